"""Generated pages are up to date, and the examples of the API's page are answered as printed."""

import asyncio
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from datasette.app import Datasette

from archive.errors import MisuseError
from archive.publishing import codebook, metadata, server
from archive.publishing.definitions import queries
from archive.publishing.explained import tables
from archive.publishing.manifest import INSPECT
from archive.publishing.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(
    r"```console\n\$ curl (?:-O )?'http://127\.0\.0\.1:8001(?P<path>[^']+)'\n```\n"
    r"(?:```(?P<kind>json|csv|xml)(?: status=(?P<status>\d+))?\n(?P<body>.*?)```)?",
    (ROOT / "docs" / "api.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


@pytest.fixture(scope="session")
def served(published: Path) -> Datasette:
    """Datasette on the published sample archive, set up as `archive serve` does."""
    return Datasette(
        [],
        immutables=[str(published)],
        inspect_data=json.loads((published.parent / INSPECT).read_text(encoding="utf-8")),
        metadata=yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8")),
        plugins_dir=str(server.PLUGINS),
        settings={
            name: {"on": True, "off": False}.get(value, value) for name, value in SETTINGS.items()
        },
    )


def get(served: Datasette, path: str):
    """The answer to a request, within this process."""
    return asyncio.run(served.client.get(path))


def differences(example: object, real: object, where: str = "$") -> list[str]:
    """Places where an answer has another shape than its example.

    Keys of the example must be there; values must be of the same type or null; of a list the
    first item is compared.
    """
    if example is None or real is None:
        return []
    if isinstance(example, dict) and isinstance(real, dict):
        missing = [f"{where}.{key}: missing" for key in example.keys() - real.keys()]
        shared = example.keys() & real.keys()
        return missing + [
            difference
            for key in sorted(shared)
            for difference in differences(example[key], real[key], f"{where}.{key}")
        ]
    if isinstance(example, list) and isinstance(real, list):
        if bool(example) != bool(real):
            return [f"{where}: {len(real)} items"]
        return differences(example[0], real[0], f"{where}[0]") if example else []
    numbers = (int, float)
    if isinstance(example, numbers) and isinstance(real, numbers):
        return []
    return [] if type(example) is type(real) else [f"{where}: {real!r}"]


@pytest.mark.parametrize(
    ("path", "kind", "status", "body"), EXAMPLES, ids=[example[0] for example in EXAMPLES]
)
def test_each_example_is_answered_as_printed(served, path, kind, status, body):
    """Status, keys and types of the answer are those of the page."""
    answer = get(served, path)
    assert answer.status_code == int(status or 200)
    if kind == "json":
        assert differences(json.loads(body), answer.json()) == []
    elif kind == "csv":
        assert answer.text.splitlines()[0] == body.splitlines()[0]
        assert len(answer.text.splitlines()) > 1
    elif kind == "xml":
        assert body.strip() in answer.text
    else:
        assert answer.content.startswith(b"SQLite format 3\x00")


def test_the_page_has_examples_of_everything():
    """Tables, rows, canned queries, SQL, CSV, streams, downloads and errors have an example."""
    paths = " ".join(example[0] for example in EXAMPLES)
    for part in ("_shape=array", "/figures/1", "figures_about", "sql=", ".csv", "_stream", ".db"):
        assert part in paths
    assert {example[2] for example in EXAMPLES} >= {"400", "404"}


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_each_canned_query_has_a_page_and_json(served, query):
    """Under its name, with its example values, a query answers with rows and explains itself."""
    address = f"/archive/{query.name}"
    answer = asyncio.run(
        served.client.get(f"{address}.json", params={**query.params, "_shape": "array"})
    )
    assert answer.status_code == 200
    assert answer.json()
    page = asyncio.run(served.client.get(address, params=query.params))
    assert page.status_code == 200
    assert query.title in page.text


def test_the_search_box_finds_a_word(served):
    """The pages of paragraphs, articles, entities and of views have a box, and find with it."""
    for name, word in (
        ("paragraphs", "Kabul"),
        ("articles", "president"),
        ("entities", "Iran"),
        ("article_list", "president"),
        ("figure_facts", "deported"),
    ):
        assert 'name="_search"' in get(served, f"/archive/{name}").text
        assert get(served, f"/archive/{name}.json?_shape=array&_search={word}").json()


@pytest.mark.parametrize("text", ['"', "NEAR(", "*", "a OR", "'", "%00", "-", '"" "'])
def test_no_search_gives_an_error(served, text):
    """Table search and ranked search take whatever is typed."""
    for path in ("/archive/paragraphs.json", "/archive/search_paragraphs.json"):
        answer = asyncio.run(served.client.get(path, params={"_search": text, "text": text}))
        assert answer.status_code == 200


def test_every_table_and_view_is_described(served):
    """No table, view or column is shown without its meaning."""
    shown = get(served, "/archive.json").json()
    described = metadata.generated()["archive"]["tables"]
    for relation in [*shown["tables"], *({"name": view} for view in _names(shown["views"]))]:
        name = relation["name"]
        if relation.get("hidden") and name not in described:
            continue  # what search and SQLite keep for themselves
        if name in ("alembic_version", "sqlite_sequence"):
            continue
        assert described[name]["description"]
        columns = get(served, f"/archive/{name}.json?_size=0").json()["columns"]
        assert [column for column in columns if not described[name]["columns"].get(column)] == []


def _names(views: list) -> list[str]:
    return [view["name"] if isinstance(view, dict) else view for view in views]


def test_strangers_are_held_within_bounds(served, monkeypatch):
    """A public server refuses what eats its memory, and tells no path of the machine."""
    monkeypatch.setenv("ARCHIVE_PUBLIC", "1")
    fresh = Datasette(
        [], immutables=[served.databases["archive"].path], plugins_dir=str(server.PLUGINS)
    )
    bomb = get(fresh, "/archive.json?sql=select+length(zeroblob(900000000))")
    assert bomb.status_code == 400
    assert "too big" in bomb.json()["error"]
    listed = get(fresh, "/archive.json?sql=select+file+from+pragma_database_list&_shape=array")
    assert listed.json() == []
    assert get(fresh, "/-/databases.json").status_code == 404
    assert get(fresh, "/archive").status_code == 200


# ---------------------------------------------------------------------- generated pages


def test_metadata_is_up_to_date():
    """`metadata.yml` is what the models and the SQL give."""
    current = metadata.PATH.read_text(encoding="utf-8")
    assert metadata.render(current) == current, "run: python -m archive.publishing.metadata"


def test_what_is_written_by_hand_stays_in_the_metadata(tmp_path: Path):
    """Rendering replaces what is below `databases:` and nothing above, comments included."""
    path = tmp_path / "metadata.yml"
    path.write_text("# mine\ntitle: My archive\ndatabases:\n  archive: {}\n")
    metadata.main(path)
    text = path.read_text()
    assert text.startswith("# mine\ntitle: My archive\n")
    assert yaml.safe_load(text)["databases"] == metadata.generated()
    metadata.main(path)
    assert path.read_text() == text
    with pytest.raises(MisuseError, match="databases:"):
        metadata.render("title: x\n")


def test_pages_of_the_schema_and_queries_are_up_to_date(tmp_path: Path):
    """`docs/schema.md` and `docs/queries.md` are what the models and the SQL give."""
    codebook.main(tmp_path)
    for name in ("schema.md", "queries.md"):
        made = (tmp_path / name).read_text(encoding="utf-8")
        kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert made == kept, "run: python -m archive.publishing.codebook"


def test_every_column_of_every_table_is_explained():
    """No model leaves a table or column without a meaning."""
    for table in tables():
        assert table.description
        assert [column.name for column in table.columns if not column.meaning] == []


def test_examples_point_to_this_server_only():
    """Every example is of the address that `make serve` prints."""
    assert len(EXAMPLES) >= 18
    begins = ("/archive", "/api/", "/feed.atom")
    assert all(urlsplit(path).path.startswith(begins) for path, *_rest in EXAMPLES)
