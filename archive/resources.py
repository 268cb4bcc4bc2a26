"""Where the files that travel with the package lie: beside it in a checkout, else inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"

ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
"""Folder that holds `alembic.ini`, `metadata.yml`, `migrations/` and `seeds/`."""

REFERENCE = ROOT / "seeds" / "reference"
"""Folder of the reference tables, one CSV each."""
