"""Web pages, archives of them, and feeds."""
