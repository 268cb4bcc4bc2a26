"""The tables and everything that reads or writes them; the database has one writer, `Writer`."""
