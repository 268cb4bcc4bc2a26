"""The published archive: snapshots of the tables, what is derived from them, and their server."""
