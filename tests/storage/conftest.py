"""An archive of documents that consist of nothing but names, and rules simple enough to follow."""

import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from archive import pipeline
from archive.records import (
    Article,
    ArticleKind,
    Candidate,
    Document,
    EntityType,
    Facts,
    Figure,
    FigureKind,
    Link,
    Mention,
    Modifier,
    Paragraph,
    Prepared,
    Quote,
    QuoteKind,
    Reference,
    ResolvedName,
    Role,
    RoleHeld,
    Segments,
    Statement,
)
from archive.storage import clusters, contents, decisions, runs
from archive.storage.audit import audit
from archive.storage.cluster_audit import audit_clusters
from archive.storage.digest import content_digest
from archive.storage.engine import migrate, read_engine, write_engine
from archive.storage.links import Linker
from archive.storage.writer import Writer


class Named(NamedTuple):
    """A name as a document gives it."""

    text: str
    sense: str = ""
    type: EntityType = EntityType.PERSON
    country_code: str | None = None

    @property
    def label(self) -> decisions.Name:
        """The same as decisions have it."""
        return decisions.Name(
            self.text, self.text.lower(), self.type.value, self.country_code, self.sense
        )


# ------------------------------------------------------------------------------ rules


def _keys(_name, type_, _country, _sense, names):
    return sorted({f"{type_}:{name.split()[-1].lower()}" for name in names})


def _link(_block, candidates):
    """A name joins its one sense; a surname its one bearer; an initial whom it is named with."""
    found = []
    full = [each for each in candidates if " " in each.key[0]]
    for one in candidates:
        senses = [o for o in candidates if o.key[:3] == one.key[:3] and o.key[3]]
        if not one.key[3] and len(senses) == 1:
            found.append((one, senses[0], "same-name", 0.9))
        bearers = sorted({other.key[0] for other in full})
        if one not in full and len(bearers) == 1:
            found += [(one, other, "surname", 0.8) for other in full]
        if one.key[0][1:2] == " ":
            found += [
                (one, other, "initial", 0.6)
                for other in full
                if other.key[0] != one.key[0]
                and other.key[0][0] == one.key[0][0]
                and set(other.context.companions) & set(one.context.companions)
            ]
    ordered = ((*sorted((a.key, b.key), key=str), rule, score) for a, b, rule, score in found)
    return [Link(left=a, right=b, rule=rule, score=score) for a, b, rule, score in set(ordered)]


RULES = Linker(_keys, lambda _key: 50, lambda _key: True, _link)


# -------------------------------------------------------------------------- documents


def prepared(name: str, paragraphs: Sequence[Sequence[Named]]) -> Prepared:
    """A document whose paragraphs name these; the first of each speaks, counts and holds a post."""
    lines = [" met ".join(each.text for each in names) for names in paragraphs]
    text = "\n".join(lines)
    content = text.encode()
    packed, compression = contents.pack(content)
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    article = Article(position=1, kind=ArticleKind.ARTICLE, char_start=0, char_end=len(text))
    return Prepared(
        document=Document(name=name, text=text, media_type="text/plain", encoding="utf-8"),
        sha256=hashlib.sha256(content).hexdigest(),
        byte_count=len(content),
        packed=packed,
        compression=compression,
        segments=Segments(
            articles=(article,),
            paragraphs=tuple(
                Paragraph(
                    position=at + 1,
                    role=Role.BODY,
                    article=0,
                    text=line,
                    char_start=starts[at],
                    char_end=starts[at] + len(line),
                )
                for at, line in enumerate(lines)
            ),
        ),
        facts=tuple(_facts(at, line, paragraphs[at]) for at, line in enumerate(lines)),
        names=tuple(
            tuple(
                ResolvedName(
                    name=each.text,
                    key=each.text.lower(),
                    type=each.type,
                    country_code=each.country_code,
                    sense=each.sense,
                    rule="test",
                )
                for each in names
            )
            for names in paragraphs
        ),
        places=((0, 0),),
        words_hashes=(None,) * len(lines),
        word_counts=tuple(len(line.split()) for line in lines),
        fingerprints=((),),
    )


def _facts(at: int, line: str, names: Sequence[Named]) -> Facts:
    first = Reference(text=names[0].text, mention=(at, 0))
    last = Reference(text=names[-1].text, mention=(at, len(names) - 1))
    span = {"char_start": 0, "char_end": len(line), "text": line}
    mentions, start = [], 0
    for each in names:
        end = start + len(each.text)
        mentions.append(
            Mention(char_start=start, char_end=end, text=each.text, type=each.type, rule="test")
        )
        start = end + len(" met ")
    figure = Figure(
        **span,
        kind=FigureKind.COUNT,
        low=1,
        high=1,
        value=1,
        modifier=Modifier.EXACT,
        sentence_start=0,
        sentence_end=len(line),
        rule="test",
        attributed_to=first,
        counted_entity=last,
        actor=first,
        place=last,
    )
    return Facts(
        mentions=tuple(mentions),
        figures=(figure,),
        quotes=(Quote(**span, kind=QuoteKind.DIRECT, speaker=first),),
        statements=(Statement(**span, source=last),),
        roles=(RoleHeld(**span, holder=first, of=last),),
    )


# ---------------------------------------------------------------------------- archive


class NamesArchive:
    """An archive of such documents, written without the rest of the pipeline."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self._engine = write_engine(db)
        self.connection = self._engine.connect()
        self._writer = self._new_writer()
        self.compared: list[str] = []  # names that rules looked at when it was settled last

    def _new_writer(self) -> Writer:
        run_id = runs.start_run(self.connection, "ingest", "test")
        return Writer(self.connection, run_id, "test", pipeline.COMPARER)

    def add(self, name: str, *paragraphs: Sequence[Named]) -> None:
        """Store a document, or a revision of it."""
        self._writer.add(prepared(name, paragraphs))
        self._writer.flush()

    def again(self, name: str, *paragraphs: Sequence[Named]) -> None:
        """Put the same rows in the place of those of the current version."""
        with self.connection.begin():
            found = self.connection.exec_driver_sql(
                "SELECT id FROM sources WHERE name = ? AND superseded_by_id IS NULL", (name,)
            ).scalar_one()
        self._writer.replace(found, prepared(name, paragraphs))

    def remove(self, name: str) -> None:
        """Take a document out."""
        self._writer.remove(name, "test")

    def settle(self) -> int:
        """What the end of a run does; the number of entities moved."""
        self.compared.clear()
        moved = clusters.settle(self.connection, replace(RULES, link=self._link))
        self._writer = self._new_writer()
        return moved

    def _link(self, block: str, candidates: Sequence[Candidate]) -> Sequence[Link]:
        self.compared += [each.name for each in candidates]
        return _link(block, candidates)

    def decide(self, verdict: str, left: Named, right: Named) -> decisions.Decision:
        """Decide as a user; carried out when settled."""
        with self.connection.begin():
            return decisions.decide(
                self.connection, left.label, right.label, verdict, by="me", reason=None
            )

    def undo(self, decision_id: int) -> None:
        """Take a decision back; carried out when settled."""
        with self.connection.begin():
            decisions.undo(self.connection, decision_id)

    def ask(self, sql: str, *values: object) -> list[tuple]:
        """Rows of a query."""
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql, values).fetchall()

    def digest(self, *, without: Sequence[str] = ()) -> dict[str, str]:
        """Content digest by table, some left out."""
        with closing(sqlite3.connect(self.db)) as connection:
            found = content_digest(connection)
        return {table: value for table, value in found.items() if table not in ("all", *without)}

    def clusters(self) -> set[frozenset[str]]:
        """Names (with senses) that are one entity, where they are more than one."""
        found: dict[int, set[str]] = {}
        for survivor, name, sense in self.ask(
            "SELECT coalesce(merged_into_id, id), name, sense FROM entities"
        ):
            found.setdefault(survivor, set()).add(f"{name} {sense}".strip())
        return {frozenset(names) for names in found.values() if len(names) > 1}

    def counts(self) -> Counter[str]:
        """Mentions by the name of the entity they stand under."""
        return Counter(
            dict(
                self.ask(
                    "SELECT e.name, count(*) FROM mentions m JOIN entities e ON e.id = m.entity_id "
                    "GROUP BY e.id"
                )
            )
        )

    def faults(self) -> list[str]:
        """All that `archive check` would find."""
        with closing(sqlite3.connect(self.db)) as connection:
            found = [str(each) for each in audit(connection, lambda content, _: content.decode())]
        engine = read_engine(self.db)
        with engine.connect() as reader:
            found += [str(each) for each in audit_clusters(reader, RULES)]
        engine.dispose()
        return found

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()
        self._engine.dispose()


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, to be copied."""
    db = tmp_path_factory.mktemp("empty") / "archive.db"
    migrate(db)
    return db


@pytest.fixture
def new_archive(empty_archive: Path, tmp_path_factory: pytest.TempPathFactory):
    """Makes archives of names; they are closed when the test ends."""
    made: list[NamesArchive] = []

    def make() -> NamesArchive:
        db = tmp_path_factory.mktemp("names") / "archive.db"
        shutil.copy(empty_archive, db)
        made.append(NamesArchive(db))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def names() -> Callable[..., Named]:
    """Makes a name as a document gives it: text, sense, type, country."""
    return Named
