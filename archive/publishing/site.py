"""What all pages of a served snapshot share: title, digest, static files, filters, headers."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from archive.errors import SnapshotError
from archive.publishing.manifest import read_manifest
from archive.publishing.pages import links, wording

STATIC = Path(__file__).resolve().parent / "static"
"""Folder of style sheet, script and images."""

_MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}

SECURITY_HEADERS: Mapping[str, str] = {
    # Nothing but files of this site: no inline script or style, no frame, no other host.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
"""Headers of every answer (https://www.w3.org/TR/CSP3/); those of TLS are the proxy's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The published archive as a whole.

    What the manifest tells of the snapshot (name, time, digests, size in bytes) is None where
    a database is served without one.
    """

    title: str
    description: str | None
    licence: str | None
    licence_url: str | None
    source: str | None
    snapshot: str | None = None
    created_at: str | None = None
    sha256: str | None = None
    content_digest: str | None = None
    byte_count: int | None = None

    @property
    def cited_as(self) -> str | None:
        """The snapshot's name and the first digits of its digest, for citations."""
        if self.snapshot is None or self.sha256 is None:
            return None
        return f"snapshot {self.snapshot} (SHA-256 {self.sha256[:16]}…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A static file: its content, media type, and a version that changes with the content."""

    content: bytes
    media_type: str
    version: str


def site_of(metadata: Mapping[str, Any], database: Path) -> Site:
    """Describe the site that serves this database with this metadata of Datasette's."""
    described: dict[str, Any] = {
        "title": metadata.get("title") or "News Archive",
        "description": metadata.get("description"),
        "licence": metadata.get("license"),
        "licence_url": metadata.get("license_url"),
        "source": metadata.get("source"),
    }
    try:
        manifest = read_manifest(database.resolve().parent)
    except SnapshotError:
        return Site(**described)
    return Site(
        **described,
        snapshot=database.resolve().parent.name,
        created_at=manifest.created_at,
        sha256=manifest.sha256,
        content_digest=manifest.content_digest,
        byte_count=manifest.byte_count,
    )


@cache
def assets() -> Mapping[str, Asset]:
    """The static files by name, read once."""
    found = {}
    for path in sorted(STATIC.iterdir()):
        if path.suffix in _MEDIA_TYPES:
            content = path.read_bytes()
            found[path.name] = Asset(
                content=content,
                media_type=_MEDIA_TYPES[path.suffix],
                version=hashlib.sha256(content).hexdigest()[:12],
            )
    return found


def asset_address(name: str) -> str:
    """Address of a static file; another one once its content changes, so that it can be kept."""
    return f"/static/{name}?v={assets()[name].version}"


def filters() -> Mapping[str, Callable[..., str]]:
    """Filters of the templates, by name."""
    return {
        "number": wording.number,
        "short_number": wording.short_number,
        "amount": wording.amount,
        "day": wording.day,
        "month": wording.month,
        "type_name": wording.type_name,
        "group_of": wording.group_of,
        "counted": wording.counted,
        "words": wording.words,
    }


def template_globals(site: Site, at: Callable[[str], str]) -> Mapping[str, object]:
    """Names that every template knows, error pages too; `at` puts a path under the site's root."""
    return {
        "site": site,
        "links": links,
        "at": at,
        "asset": lambda name: at(asset_address(name)),
    }
