"""WARC records made for the tests of web archives."""

import gzip

import brotli
import zstandard

ENCODERS = {
    "gzip": lambda body: gzip.compress(body, mtime=0),
    "x-gzip": lambda body: gzip.compress(body, mtime=0),
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def http(
    body: bytes,
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    *more: str,
) -> bytes:
    """An HTTP response."""
    lines = [f"HTTP/1.1 {status}", "Server: nginx", *more]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(body: bytes, size: int = 100) -> bytes:
    """A body in HTTP's chunked coding."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def record(number: int, payload: bytes, kind: str = "response", **headers: str) -> bytes:
    """A WARC record of `https://a.example/<number>`."""
    told = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{identity(number)}>",
        "WARC-Date": "2025-09-09T12:00:00Z",
        "WARC-Target-URI": f"https://a.example/{number}",
        "Content-Type": "application/http; msgtype=response",
        **{name.replace("_", "-"): value for name, value in headers.items()},
        "Content-Length": headers.get("Content_Length", str(len(payload))),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + payload + b"\r\n\r\n"


def identity(number: int) -> str:
    """The id of a record."""
    return f"00000000-0000-4000-8000-{number:012d}"


def zipped(records: list[bytes]) -> bytes:
    """Records compressed one by one, as `.warc.gz` has them."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)
