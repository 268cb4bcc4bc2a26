"""The layers of docs/architecture.md hold: imports go one way."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "archive"

LAYERS = (
    {"cli"},
    {"pipeline", "publishing"},
    {"reading", "segmenting", "extraction", "resolution", "storage"},
    {"vocabulary"},
    {"records", "errors", "resources"},
)
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}


def part_of(module: str) -> str | None:
    """`archive.storage.engine` belongs to `storage`; the package itself to no part."""
    names = module.split(".")
    return names[1] if names[0] == "archive" and len(names) > 1 else None


def imported_parts(path: Path) -> set[str]:
    """Parts of the package that a module imports, at any depth of its code."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {part_of(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            if module == "archive":
                found |= {alias.name for alias in node.names if alias.name in LEVEL}
            else:
                found.add(part_of(module))
    return found - {None}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_a_module_imports_from_lower_layers_only(path: Path):
    """A module imports its own part and parts below it, never its own line or above."""
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        assert not imported_parts(path)
        return
    for other in imported_parts(path) - {own}:
        assert LEVEL[other] > LEVEL[own], f"{own} imports {other}"


def test_every_part_has_its_layer():
    """A new module or package must be given a place in the layers."""
    parts = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert parts - {"__init__"} == set(LEVEL)
