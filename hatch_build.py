"""Puts what a checkout has beside the package inside the wheel.

An installed archive then finds its migrations, metadata and reference rows as a checkout does
(`archive/resources.py` looks in either place). Editable installs keep using the checkout's own.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("alembic.ini", "metadata.yml", "migrations", "seeds")


class CarryData(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `DATA` to a standard wheel under `archive/_data/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run by hatchling before each build; `version` is `standard` or `editable`."""
        if version == "standard":
            build_data["force_include"] |= {name: f"archive/_data/{name}" for name in DATA}
