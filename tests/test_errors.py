"""Errors say what to do and survive the way from a worker process."""

import pickle

from archive.errors import UnreadableDocument


def test_an_unreadable_document_crosses_processes():
    """Name and reason are there after pickling."""
    error = pickle.loads(pickle.dumps(UnreadableDocument("a.txt", "empty")))  # noqa: S301
    assert (error.name, error.reason, str(error)) == ("a.txt", "empty", "a.txt: empty")
