"""Records that other tools write: JSON, JSON Lines, CSV."""
