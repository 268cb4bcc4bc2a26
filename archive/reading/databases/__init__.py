"""Exports of press databases, many stories in a file."""
