"""`archive serve`: Datasette on the newest snapshot, in a process of its own.

Replacing a file under a running Datasette keeps the old one served, so the server is stopped and
started again where a newer snapshot appears.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from archive.errors import MisuseError, SnapshotError
from archive.publishing import snapshots
from archive.publishing.manifest import DATABASE, INSPECT
from archive.publishing.settings import PUBLIC_SETTINGS, SETTINGS, Serving, arguments
from archive.resources import ROOT

METADATA = ROOT / "metadata.yml"
"""Metadata of a server that is given none."""

PLUGINS = Path(__file__).resolve().parent / "plugin"
TEMPLATES = Path(__file__).resolve().parent / "templates"
"""Folder of the plugin that every server is started with."""

_GRACE = 10.0
"""Seconds a server may take to finish its answers before it is killed."""


def serve(
    db: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    public: bool = False,
    robots: bool = True,
    cors: bool = False,
    metadata: Path = METADATA,
    watch_seconds: float = 2.0,
) -> int:
    """Serve the newest snapshot until told to end; the exit code of Datasette, 0 if told.

    SIGINT, SIGTERM and SIGHUP tell it, the last unless it is ignored, as `nohup` has it. However
    this process ends, Datasette ends with it.

    Makes a snapshot first where the archive is newer, and looks for a newer one every
    `watch_seconds`. `public` sets tighter limits, `robots` lets search engines list the pages,
    `cors` lets scripts of other sites read the answers. Raises MisuseError where the port is taken
    or `metadata` is missing, and what `snapshots.create` raises.
    """
    if not metadata.is_file():
        raise MisuseError(f"{metadata}: no such file. Name Datasette's metadata with --metadata.")
    _require_free(host, port)
    how = Serving(is_public=public, allows_robots=robots, allows_scripts=cors)
    if snapshots.is_stale(db):
        snapshots.create(db)
    with _stop_on_signal() as stop:
        while True:
            shown = _newest(db)
            process = subprocess.Popen(  # noqa: S603 - our own command
                command(host=host, port=port, public=public, cors=cors, metadata=metadata),
                cwd=shown,
                env=environment(how),
                # Held open by this process alone: the plugin ends the server where it is closed.
                stdin=subprocess.PIPE,
                # A Ctrl-C goes to all processes of the terminal's group; ours is passed on once.
                start_new_session=True,
            )
            try:
                code = _watch(process, db, shown, stop, watch_seconds)
            finally:
                _end(process)
            if code is not None:
                return code


def command(*, host: str, port: int, public: bool, metadata: Path, cors: bool = False) -> list[str]:
    """Command that serves the snapshot in whose folder it is run.

    The database is named without its folder: Datasette writes the name into a URI unescaped.
    """
    return [
        *(sys.executable, "-m", "datasette", "serve", "-i", DATABASE),
        *("--inspect-file", INSPECT, "--metadata", str(metadata.resolve())),
        *("--plugins-dir", str(PLUGINS), "--template-dir", str(TEMPLATES)),
        *("--host", host, "--port", str(port)),
        *(["--cors"] if cors else []),
        *arguments(PUBLIC_SETTINGS if public else SETTINGS),
    ]


def environment(how: Serving) -> Mapping[str, str]:
    """Environment of the server, which tells the plugins how it is run and whose child it is."""
    return {**os.environ, **how.environment, "ARCHIVE_TIED": "1"}


def _newest(db: Path) -> Path:
    snapshot = snapshots.newest(db)
    if snapshot is None:
        raise SnapshotError(
            f"{db}: its snapshots are gone. Make one with: archive snapshot create --db {db}"
        )
    return snapshot.path


def _watch(
    process: subprocess.Popen[bytes],
    db: Path,
    shown: Path,
    stop: threading.Event,
    seconds: float,
) -> int | None:
    """Wait until the server ends or is told to (its exit code), or is out of date (None)."""
    while not stop.wait(seconds):
        code = process.poll()
        if code is not None:
            return code
        if _newest(db) != shown:
            return None
    return 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the server finish its answers; kill it where it does not."""
    if process.stdin is not None:
        process.stdin.close()
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _stop_on_signal() -> Iterator[threading.Event]:
    """Yield an event that the signals set instead of ending this process."""
    stop = threading.Event()

    def handler(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {each: signal.signal(each, handler) for each in _heeded()}
    try:
        yield stop
    finally:
        for each, previous in before.items():
            signal.signal(each, previous)


def _heeded() -> list[signal.Signals]:
    """Signals that end the server; SIGHUP, which Windows has not, unless it is ignored."""
    heeded = [signal.SIGINT, signal.SIGTERM]
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
        heeded.append(hangup)
    return heeded


def _require_free(host: str, port: int) -> None:
    """Raise MisuseError where nothing can listen at this address."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        raise MisuseError(
            f"Nothing can be served at {host}:{port}: {error}. "
            "Another server may stand there; give another with --port or --host."
        ) from error
