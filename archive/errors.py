"""The errors a person can put right. Each says what is wrong, where, and what to do.

Only the command line turns them into messages and exit codes; everything else lets them pass.
"""


class ArchiveError(Exception):
    """Something the person at the keyboard can put right; the message says how."""


class MisuseError(ArchiveError):
    """Arguments that contradict each other or name what is not there (exit code 2)."""


class UnreadableDocument(ArchiveError):
    """A document that cannot be stored; the run goes on and a row in `failures` keeps the reason.

    `name` is the source's name, `reason` one line without it that ends with the remedy.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple[type["UnreadableDocument"], tuple[str, str]]:
        """Rebuild from both arguments, so that the error crosses from a worker process."""
        return type(self), (self.name, self.reason)


class DatabaseError(ArchiveError):
    """A database that is missing, locked, foreign, damaged or of another schema revision."""


class SnapshotError(ArchiveError):
    """A snapshot that does not exist, does not verify, or cannot be made."""
