"""Look-ups of words and reference rows, read from `seeds/reference/*.csv`."""
