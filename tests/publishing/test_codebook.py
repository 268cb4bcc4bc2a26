"""The codebook: whole, true to the models and the scores, its diagram without crossed boxes."""

import asyncio
import csv
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from datasette.app import Datasette

from archive.publishing import diagram, server
from archive.publishing.entries import entries, examples
from archive.publishing.explained import ExplainedColumn, ExplainedTable, tables
from archive.publishing.manifest import INSPECT
from archive.publishing.measured import METRICS, SETS, metric_of, scores, write
from archive.publishing.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
EMPTY = {"failures", "removals", "unsettled_entities", "unsettled_keys", "figure_changes"}
"""What the sample archive may have no row of."""


@pytest.fixture(scope="module")
def site(published: Path) -> Datasette:
    """The published sample archive, set up as `archive serve` does."""
    return Datasette(
        [],
        immutables=[str(published)],
        inspect_data=json.loads((published.parent / INSPECT).read_text(encoding="utf-8")),
        metadata=yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8")),
        plugins_dir=str(server.PLUGINS),
        template_dir=str(server.TEMPLATES),
        settings={
            name: {"on": True, "off": False}.get(value, value) for name, value in SETTINGS.items()
        },
    )


@pytest.fixture(scope="module")
def page(site: Datasette) -> str:
    """The codebook's page."""
    answer = asyncio.run(site.client.get("/codebook"))
    assert answer.status_code == 200
    return answer.text


# ------------------------------------------------------------------------------ entries


def test_everything_that_may_be_null_says_what_null_means():
    """A column of a table tells what null means exactly where it may be null."""
    nullable = {
        (table.name, column.name)
        for table in tables()
        for column in table.columns
        if column.is_nullable
    }
    told = {
        (entry.name, column.name)
        for entry in entries()
        for column in entry.columns
        if column.null_means
    }
    assert told == nullable


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_each_entry_has_an_example_that_runs(published: Path, entry):
    """The example reads what it explains, and finds rows in the sample archive."""
    assert entry.example is not None, "write one in examples.yml"
    assert entry.example.question.endswith("?")
    assert re.search(rf"\b{entry.name}\b", entry.example.sql)
    with closing(sqlite3.connect(f"file:{published}?immutable=1", uri=True)) as connection:
        rows = connection.execute(entry.example.sql).fetchall()
    assert rows or entry.name in EMPTY


def test_every_example_is_of_something():
    """No example outlives its table, view or summary."""
    assert examples().keys() == {entry.name for entry in entries()}


# ------------------------------------------------------------------------------- scores


def test_every_metric_has_a_score_on_every_set():
    """Scores are percentages, F1 is the harmonic mean of the others, and rows were annotated."""
    assert scores().keys() == METRICS.keys()
    for of in scores().values():
        assert of.keys() == SETS.keys()
        for score in of.values():
            assert 0 <= score.precision <= 100
            assert 0 <= score.recall <= 100
            assert score.annotated > 0
            mean = 2 * score.precision * score.recall / (score.precision + score.recall)
            assert score.f1 == pytest.approx(mean, abs=0.15)


def test_every_metric_tells_of_a_column():
    """No score is shown that belongs to no column, and none of a column that is not there."""
    told = {
        metric
        for table in tables()
        for column in table.columns
        if (metric := metric_of(table.name, column.name))
    }
    assert told == METRICS.keys()


def test_scores_are_written_as_the_scorer_found_them(tmp_path: Path):
    """Rates become percentages with one decimal; every set and metric has a row."""
    found = {"ALL": {metric: {"p": 0.5, "r": 1.0, "f1": 2 / 3, "gold": 7} for metric in METRICS}}
    result = tmp_path / "found.json"
    result.write_text(json.dumps({"scores": found, "notes": []}))
    write(dict.fromkeys(SETS, result), tmp_path / "scores.csv")
    with (tmp_path / "scores.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(SETS) * len(METRICS)
    assert rows[0] == {
        **{"set": next(iter(SETS)), "metric": next(iter(METRICS))},
        **{"precision": "50.0", "recall": "100.0", "f1": "66.7", "annotated": "7"},
    }


# ------------------------------------------------------------------------------ diagram


def explained(name: str, **refers_to: str) -> ExplainedTable:
    """A table with a key and columns that refer to others."""
    columns = [
        ExplainedColumn(
            name=column,
            type="INTEGER",
            is_key=column == "id",
            is_nullable=column != "id",
            refers_to=(target, "id") if target else None,
            meaning="x",
        )
        for column, target in {"id": "", **refers_to}.items()
    ]
    return ExplainedTable(name=name, description="x", columns=tuple(columns))


def test_the_diagram_shows_every_table_and_reference():
    """Each table is a box with its keys; each reference to another table ends in one line."""
    drawn = diagram.draw(tuple(tables()))
    assert [box.table for box in drawn.boxes] == [table.name for table in tables()]
    boxes = {box.table: box for box in drawn.boxes}
    for table in tables():
        for column in table.columns:
            if column.refers_to and column.refers_to[0] != table.name:
                box = boxes[table.name]
                start = f"M{box.x:g} {box.heights[column.name]:g}C"
                assert sum(path.startswith(start) for path in drawn.paths) == 1


def test_no_box_lies_on_another_and_none_outside():
    """Boxes of the diagram are apart from one another and within its frame."""
    drawn = diagram.draw(tuple(tables()))
    for place, box in enumerate(drawn.boxes):
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawn.width
        assert box.y + box.height <= drawn.height
        for other in drawn.boxes[place + 1 :]:
            apart = (
                *(box.x + box.width < other.x, other.x + other.width < box.x),
                *(box.y + box.height < other.y, other.y + other.height < box.y),
            )
            assert any(apart), (box.table, other.table)


def test_a_line_goes_round_a_table_between():
    """A reference over a column takes a lane of it, not the way through its boxes."""
    drawn = diagram.draw(
        (explained("a"), explained("b", a_id="a"), explained("c", b_id="b", a_id="a"))
    )
    lanes = [re.fullmatch(r"M\S+ (\S+)H(\S+)", path) for path in drawn.paths]
    (lane,) = [match for match in lanes if match]
    between = next(box for box in drawn.boxes if box.table == "b")
    assert not between.y <= float(lane[1]) <= between.y + between.height


def test_a_table_that_refers_to_itself_and_one_alone_are_drawn():
    """Neither a reference to the same table nor the lack of any stops the drawing."""
    drawn = diagram.draw((explained("alone"), explained("tree", parent_id="tree")))
    assert drawn.paths == ()
    assert drawn.boxes[1].lines == ("id", "parent_id? ↺")
    assert diagram.draw(()).boxes == ()


def test_the_drawing_is_an_image_with_a_title():
    """The SVG is well-formed, needs no style or script, and names itself and every table."""
    text = diagram.svg(diagram.draw(tuple(tables())), "What refers to what & how")
    root = ElementTree.fromstring(text)  # noqa: S314 - made here
    names = {each.text for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {table.name for table in tables()} <= names
    assert root.find("{http://www.w3.org/2000/svg}title").text == "What refers to what & how"
    assert root.get("role") == "img"
    assert not re.search(r"\bstyle=|<style|<script|href", text)


# --------------------------------------------------------------------------------- page


def test_the_page_has_every_table_column_measure_and_unit(page: str, published: Path):
    """Each column has an anchor; every measure and unit of the archive is listed."""
    for entry in entries():
        assert f'id="{entry.name}"' in page
        for column in entry.columns:
            assert f'id="{entry.name}.{column.name}"' in page
    with closing(sqlite3.connect(f"file:{published}?immutable=1", uri=True)) as connection:
        for (name,) in connection.execute("SELECT name FROM measures"):
            assert f">{name}</a></th>" in page
        for (name,) in connection.execute("SELECT name FROM units"):
            assert f'<th scope="row">{name}</th>' in page


def test_the_page_is_whole_and_its_links_lead_somewhere(page: str):
    """Ids are unique, one main heading stands above all, and each link to a part finds it."""
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1") == 1
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert not re.search(r'\bstyle="', page)


def test_the_diagram_is_served_as_a_file(site: Datasette):
    """The diagram can be taken along, as it stands in the page."""
    answer = asyncio.run(site.client.get("/codebook/diagram.svg"))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "diagram-title" in answer.text


@pytest.mark.parametrize("path", ["/", "/archive", "/archive/figures", "/dashboards"])
def test_the_codebook_is_linked(site: Datasette, path: str):
    """The front page, the pages of tables, and the foot of every page lead to the codebook."""
    assert '"/codebook' in asyncio.run(site.client.get(path)).text
