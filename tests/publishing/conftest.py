"""A small archive made row by row, so that a test knows every number in it."""

import hashlib
import sqlite3
import zlib
from pathlib import Path
from typing import Any

import pytest

from archive.publishing import snapshots
from archive.storage.engine import migrate
from archive.vocabulary.measures import measure_rows

_DEFAULTS: dict[str, dict[str, Any]] = {
    "runs": {
        "command": "ingest",
        "started_at": "2025-07-01T00:00:00Z",
        "is_complete": 1,
        "archive_version": "0",
        "extractor_version": "0",
        "python_version": "3",
        "sqlite_version": "3",
        **dict.fromkeys(
            ("stored", "revised", "reprocessed", "unchanged", "left_out", "removed", "failed"), 0
        ),
    },
    "sources": {
        "media_type": "text/plain",
        "encoding": "utf-8",
        "extractor_version": "0",
        "metadata_json": "{}",
    },
    "articles": {"kind": "article", "status": "usable", "word_count": 10, "position": 1},
    "paragraphs": {"role": "body", "page_role": "body"},
    "mentions": {"rule": "test", "score": 1.0},
    "figures": {
        "kind": "count",
        "modifier": "exact",
        "status": "reported",
        "rule": "test",
        "score": 1.0,
    },
    "quotes": {"kind": "direct"},
}


class Rows:
    """Puts rows into an archive; whatever a test does not care about has a plain value."""

    def __init__(self, path: Path) -> None:
        migrate(path)
        self.path = path
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA foreign_keys=ON")
        self.connection.executemany(
            "INSERT OR IGNORE INTO measures (name, definition) VALUES (?, ?)", measure_rows()
        )
        self._places: dict[int, tuple[str, int]] = {}
        self.run_id = self.add("runs")

    def add(self, table: str, **values: Any) -> int:
        """Insert one row and return its id."""
        row = {**_DEFAULTS.get(table, {}), **values}
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )
        return int(cursor.lastrowid or 0)

    def run(self) -> None:
        """Begin another run."""
        self.run_id = self.add("runs")

    def outlet(self, name: str) -> int:
        """Id of the outlet of this name."""
        found = self.connection.execute("SELECT id FROM outlets WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else self.add("outlets", name=name)

    def entity(self, name: str, type: str = "GPE") -> int:  # noqa: A002
        """Id of the entity of this name."""
        found = self.connection.execute(
            "SELECT id FROM entities WHERE name = ?", (name,)
        ).fetchone()
        if found:
            return int(found[0])
        entity_id = self.add("entities", name=name, name_key=name.casefold(), type=type)
        self.add("aliases", entity_id=entity_id, name=name)
        return entity_id

    def article(
        self,
        name: str,
        *paragraphs: str,
        outlet: str | None = None,
        published_on: str | None = None,
        **values: Any,
    ) -> list[int]:
        """Store a document of one article; ids of its paragraphs, the first its headline."""
        text = "\n".join(paragraphs)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        outlet_id = self.outlet(outlet) if outlet else None
        source_id = self.add(
            "sources",
            name=name,
            sha256=sha256,
            byte_count=len(text.encode()),
            outlet_id=outlet_id,
            run_id=self.run_id,
        )
        self.add(
            "source_contents",
            source_id=source_id,
            content=zlib.compress(text.encode()),
            compression="zlib",
        )
        article_id = self.add(
            "articles",
            source_id=source_id,
            uid=hashlib.sha256(f"{sha256}:0".encode()).hexdigest()[:16],
            headline=paragraphs[0],
            outlet_id=outlet_id,
            published_on=published_on,
            published_precision="day" if published_on else None,
            char_start=0,
            char_end=len(text),
            **values,
        )
        ids, start = [], 0
        for position, paragraph in enumerate(paragraphs, 1):
            ids.append(
                self.add(
                    "paragraphs",
                    source_id=source_id,
                    article_id=article_id,
                    position=position,
                    role="headline" if position == 1 else "body",
                    text=paragraph,
                    char_start=start,
                    char_end=start + len(paragraph),
                )
            )
            self._places[ids[-1]] = (paragraph, start)
            start += len(paragraph) + 1
        return ids

    def in_paragraph(self, table: str, paragraph_id: int, text: str, **values: Any) -> int:
        """Insert a row that stands at the first occurrence of `text` in a paragraph."""
        paragraph, offset = self._places[paragraph_id]
        start = offset + paragraph.index(text)
        return self.add(
            table,
            paragraph_id=paragraph_id,
            text=text,
            char_start=start,
            char_end=start + len(text),
            **values,
        )

    def figure(self, paragraph_id: int, text: str, number: float, **values: Any) -> int:
        """Insert an exact figure whose sentence is the whole paragraph."""
        paragraph, offset = self._places[paragraph_id]
        bounds = {"value": number, "low": number, "high": number, "unit": "person"}
        return self.in_paragraph(
            "figures",
            paragraph_id,
            text,
            sentence_start=offset,
            sentence_end=offset + len(paragraph),
            **{**bounds, **values},
        )

    def mention(self, paragraph_id: int, text: str, name: str | None = None) -> int:
        """Insert a mention of the entity of this name."""
        return self.in_paragraph(
            "mentions",
            paragraph_id,
            text,
            entity_id=self.entity(name or text),
            name=name or text,
            type="GPE",
        )

    def commit(self) -> Path:
        """Make the rows seen by others; the database's path."""
        self.connection.commit()
        return self.path

    def commit_to_log(self) -> Path:
        """The same, and go on with a write-ahead log as `archive ingest` does."""
        self.connection.commit()
        mode = self.connection.execute("PRAGMA journal_mode=WAL").fetchone()
        assert mode == ("wal",)
        return self.path


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """An empty archive to put rows into."""
    return Rows(tmp_path / "news.db")


@pytest.fixture
def small_archive(rows: Rows) -> Path:
    """Two outlets, three articles: one told twice in the same words, one in conflict with it."""
    first = rows.article(
        "a.txt",
        "Bridge falls at Port Elver",
        "A bridge fell at Port Elver. Police said 14 people were killed.",
        outlet="Harbour Courier",
        published_on="2025-07-01",
    )
    copy = rows.article(
        "b.txt",
        "Port Elver mourns",
        "A bridge fell at Port Elver. Police said 14 people were killed.",
        outlet="Lowland Post",
        published_on="2025-07-02",
    )
    other = rows.article(
        "c.txt",
        "Seventeen dead",
        "The mayor of Port Elver said 17 people were killed.",
        outlet="Lowland Post",
        published_on="2025-07-03",
    )
    place = rows.entity("Port Elver")
    for paragraph_id, text, number, source in (
        (first[1], "14", 14, "Police"),
        (copy[1], "14", 14, "Police"),
        (other[1], "17", 17, "mayor of Port Elver"),
    ):
        rows.mention(paragraph_id, "Port Elver")
        rows.figure(
            paragraph_id,
            text,
            number,
            measure="killed",
            counted="people killed",
            place_entity_id=place,
            attributed_to=source,
            attribution_kind="named",
        )
    rows.connection.execute(
        "UPDATE paragraphs SET copy_of_id = ? WHERE id = ?", (first[1], copy[1])
    )
    return rows.commit()


@pytest.fixture(scope="session")
def published(built_sample_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a snapshot of the sample archive; not to be changed."""
    db = tmp_path_factory.mktemp("published") / "archive.db"
    db.write_bytes(built_sample_archive.read_bytes())
    return snapshots.create(db) / "archive.db"
