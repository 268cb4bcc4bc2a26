"""A relational archive of news: every row traceable to characters of an unchanged source."""

__version__ = "0.1.0"
