"""Near-copies in an archive: found through the index, whatever the order of arrival."""

import random
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection

from archive.resolution import copies
from archive.resolution.words import comparison_words
from archive.storage import pairs
from archive.storage.engine import write_engine
from archive.storage.models import Base
from archive.storage.rows import article_uid

COMPARER = pairs.Comparer(copies.read_text, copies.judge)

VOCABULARY = [
    first + second + third
    for first in (
        "bal",
        "cor",
        "dun",
        "fer",
        "gos",
        "hin",
        "jar",
        "kel",
        "lom",
        "mir",
        "nap",
        "pol",
    )
    for second in ("a", "e", "i", "o", "u")
    for third in ("ba", "den", "fi", "gor", "lin", "mos", "nat", "per", "sa", "tum")
]
"""Words of no language: stories of them share what the test makes them share."""

MINE = (
    "Firefighters put out a blaze at the paper mill in Lowerby on Sunday after eleven hours, and "
    "the mill's 230 workers were told to stay at home for a week.",
    "The fire began in a dryer shortly after four in the morning and jumped to the roof, the "
    "district's fire chief, Oskar Brandt, told reporters at the gate.",
    "“We had water from the river, and we had luck with the wind,” Brandt said. Two of his crew "
    "were treated for smoke and went home the same day.",
    "Lowerby Paper, the town's largest employer, makes cardboard for half the bakeries of the "
    "county. It put the damage at about three million crowns.",
    "An inspector had found fault with the dryers in March. The company said that it replaced the "
    "parts in question before the summer.",
    "Mayor Signe Falk asked families in Mill Road to keep windows shut until the smell was gone.",
)
OTHER_NEWS = (
    "The regional orchestra opens its season on Friday with a symphony that was thought lost for "
    "ninety years, its director announced in Quayford.",
    "A student found the score in a box of tax papers in the town archive in spring. It is signed "
    "by Ludmila Harms, who taught the piano there and died in 1934.",
    "Conductor Felix Adeyemi spent four months on gaps in the string parts. “Most of the melody "
    "survives, and where it breaks off we stay silent,” he explained.",
    "Tickets for the first two evenings are sold out; a third concert may follow in November, and "
    "national radio plans a broadcast before Christmas.",
)


class Archive:
    """An archive of articles and paragraphs alone; each source is one article."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.ids: dict[str, int] = {}
        self._last = 0
        connection.exec_driver_sql(
            "INSERT INTO runs VALUES (1, 'ingest', '', 1, '', '', '', '', 0, 0, 0, 0, 0, 0, 0)"
        )

    def add(self, *stories: tuple[str, tuple[str, ...]], day: dict[str, str] | None = None) -> None:
        """Store stories (name, paragraphs) as one batch."""
        prints = {}
        for name, paragraphs in stories:
            self._last += 1
            prints[self._last] = self._store(name, paragraphs, (day or {}).get(name))
            self.ids[name] = self._last
        pairs.link(self.connection, prints, COMPARER)

    def _store(self, name: str, paragraphs: tuple[str, ...], day: str | None) -> tuple[int, ...]:
        digest = sha256("\n".join((name, *paragraphs)).encode()).hexdigest()
        execute = self.connection.exec_driver_sql
        execute(
            "INSERT INTO sources (id, name, sha256, media_type, byte_count, extractor_version, "
            "metadata_json, given_json, run_id) "
            "VALUES (?, ?, ?, 'text/plain', 0, '', '{}', '{}', 1)",
            (self._last, name, digest),
        )
        execute(
            "INSERT INTO articles (id, uid, source_id, position, kind, status, word_count, "
            "char_start, char_end, published_on) "
            "VALUES (?1, ?2, ?1, 1, 'article', 'usable', 0, 0, 1, ?3)",
            (self._last, article_uid(digest, 0), day),
        )
        for position, text in enumerate(paragraphs, start=1):
            execute(
                "INSERT INTO paragraphs (source_id, article_id, position, role, page_role, text, "
                "char_start, char_end) VALUES (?, ?, ?, 'body', 'body', ?, ?, ?)",
                (self._last, self._last, position, text, position, position + 1),
            )
        return copies.fingerprints([word for each in paragraphs for word in comparison_words(each)])

    def remove(self, name: str) -> None:
        """Take a source out with its rows."""
        number = self.ids.pop(name)
        pairs.unlink(self.connection, number, COMPARER)
        for table in ("paragraphs", "articles"):
            self.connection.exec_driver_sql(f"DELETE FROM {table} WHERE source_id = ?", (number,))
        self.connection.exec_driver_sql("DELETE FROM sources WHERE id = ?", (number,))

    def article_pairs(self) -> list[tuple]:
        """Pairs with names in place of ids, sorted."""
        return self._rows(
            "SELECT s.name, t.name, relation, similarity, shared_words FROM article_pairs "
            "JOIN sources s ON s.id = article_id JOIN sources t ON t.id = other_id"
        )

    def paragraph_pairs(self) -> list[tuple]:
        """Pairs with sources' names and positions in place of ids, sorted."""
        return self._rows(
            "SELECT s.name, p.position, t.name, o.position, similarity, shared_words "
            "FROM paragraph_pairs "
            "JOIN paragraphs p ON p.id = paragraph_id JOIN sources s ON s.id = p.source_id "
            "JOIN paragraphs o ON o.id = other_id JOIN sources t ON t.id = o.source_id"
        )

    def fingerprints(self) -> list[tuple]:
        """Fingerprints with names in place of ids, sorted."""
        return self._rows("SELECT hash, name FROM fingerprints JOIN sources s ON s.id = article_id")

    def contents(self) -> tuple[list[tuple], ...]:
        """All that pairing has written."""
        return self.article_pairs(), self.paragraph_pairs(), self.fingerprints()

    def _rows(self, statement: str) -> list[tuple]:
        return sorted(tuple(row) for row in self.connection.exec_driver_sql(statement))


@pytest.fixture
def new_archive(tmp_path: Path):
    """Makes empty archives; they are closed when the test ends."""
    connections = []

    def make() -> Archive:
        engine = write_engine(tmp_path / f"{len(connections)}.db")
        connection = engine.connect()
        connections.append(connection)
        Base.metadata.create_all(connection)
        return Archive(connection)

    yield make
    for connection in connections:
        connection.rollback()
        connection.close()
        connection.engine.dispose()


def dice(seed: int) -> random.Random:
    """Repeatable chance."""
    return random.Random(seed)  # noqa: S311 - no secret


def drawn(chance: random.Random, words: int = 120) -> tuple[str, ...]:
    """A story of words drawn by lot, in four paragraphs."""
    text = [chance.choice(VOCABULARY) for _ in range(words)]
    quarter = words // 4
    return tuple(" ".join(text[start : start + quarter]) for start in range(0, words, quarter))


def edited(story: tuple[str, ...], chance: random.Random, share: float = 0.06) -> tuple[str, ...]:
    """The story with a share of its words replaced."""
    return tuple(
        " ".join(
            chance.choice(VOCABULARY) if chance.random() < share else word
            for word in paragraph.split()
        )
        for paragraph in story
    )


def mixture(seed: int) -> list[tuple[str, tuple[str, ...]]]:
    """A crowd of edited copies, smaller groups, excerpts, and lines under everything."""
    chance = dice(seed)
    stories = []
    line = " ".join(chance.choice(VOCABULARY) for _ in range(30))
    for group, size in enumerate((2 * pairs.CROWD, pairs.CROWD + 3, 5, 4, 1, 1, 1)):
        first = drawn(chance)
        for number in range(size):
            story = edited(first, chance) if number else first
            if chance.random() < 0.2:
                story = story[:2]
            if chance.random() < 0.5:
                story = (*story, line)
            stories.append((f"{group}-{number:02}", story))
    return stories


@pytest.mark.parametrize("seed", range(2))
def test_order_and_batches_change_nothing(new_archive, seed):
    """The pairs depend on the articles alone, through crowds and common lines too."""
    stories = mixture(seed)
    whole = new_archive()
    whole.add(*stories)
    parts = new_archive()
    chance = dice(seed)
    chance.shuffle(stories)
    while stories:
        size = chance.choice((1, 2, 7, 20))
        parts.add(*stories[:size])
        del stories[:size]
    assert parts.contents() == whole.contents()
    assert len(whole.article_pairs()) > 100


@pytest.mark.parametrize("seed", range(2))
def test_what_is_removed_leaves_no_trace(new_archive, seed):
    """After removals the pairs are those of an archive that never held what was removed."""
    stories = mixture(seed)
    gone = {name for name, _ in dice(seed).sample(stories, len(stories) // 3)}
    before = new_archive()
    before.add(*stories)
    for name in sorted(gone):
        before.remove(name)
    after = new_archive()
    after.add(*[each for each in stories if each[0] not in gone])
    assert before.contents() == after.contents()


def test_superseded_sources_take_no_part(new_archive):
    """A source that a revision replaced is neither paired nor found by what comes later."""
    archive = new_archive()
    archive.add(("old", MINE), ("other", MINE[1:]))
    archive.add(("new", (*MINE[:3], *OTHER_NEWS[:1])))
    pairs.unlink(archive.connection, archive.ids["old"], COMPARER)
    archive.connection.exec_driver_sql(
        "UPDATE sources SET superseded_by_id = ? WHERE name = 'old'", (archive.ids["new"],)
    )
    archive.add(("later", MINE))
    assert {name for row in archive.article_pairs() for name in row[:2]} == {
        "other",
        "new",
        "later",
    }
    pairs.link(archive.connection, {archive.ids["old"]: (1, 2, 3)}, COMPARER)
    assert "old" not in {name for _hash, name in archive.fingerprints()}


def test_a_crowd_is_paired_with_its_hubs_only(new_archive):
    """Copies by the hundred give pairs by the hundred, not by the ten thousand; none is alone."""
    chance = dice(5)
    story = drawn(chance)
    archive = new_archive()
    for start in range(0, 150, 30):
        archive.add(*[(f"{number:03}", story) for number in range(start, start + 30)])
    found = archive.article_pairs()
    assert {name for row in found for name in row[:2]} == set(archive.ids)
    assert len(found) <= pairs.HUBS * 150
    meetings = Counter(name for row in found for name in row[:2])
    assert sorted(meetings.values())[-pairs.HUBS :] == [149] * pairs.HUBS


def test_a_line_under_everything_pairs_nothing(new_archive):
    """Unrelated stories with the same closing line are no copies of one another."""
    chance = dice(6)
    line = "Write to the news desk with what you know, and say whether we may name you."
    archive = new_archive()
    for batch in range(4):
        archive.add(*[(f"{batch}-{number}", (*drawn(chance), line)) for number in range(15)])
    assert archive.article_pairs() == []
    assert archive.paragraph_pairs() == []


def reworded(*changes: tuple[str, str]) -> tuple[str, ...]:
    """The story with phrases replaced, each of which must be there."""
    text = "\n".join(MINE)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return tuple(text.split("\n"))


VERSIONS = {
    "01 as it is": MINE,
    "02 in capitals": tuple(each.upper() for each in MINE),
    "03 with a dateline": (f"LOWERBY, Norland (AP) — {MINE[0]}", *MINE[1:]),
    "04 straight quotation marks": reworded(("“", '"'), ("”", '"')),
    "05 in one paragraph": (" ".join(MINE),),
    "06 other figures": reworded(("230 workers", "240 workers"), ("three million", "four million")),
    "07 paragraphs moved": (MINE[0], MINE[3], MINE[4], MINE[1], MINE[2], MINE[5]),
    "08 shortened": MINE[:3],
    "09 without its lead": MINE[1:],
    "10 the lead rewritten": (
        "Eleven hours after it broke out, a fire at Lowerby's paper mill was out on Sunday night.",
        *MINE[1:],
    ),
    "11 the quote left out": (*MINE[:2], *MINE[3:]),
    "12 with a paragraph of its own": (
        *MINE,
        "The county has asked an expert from the capital for a report on the state of all mills.",
    ),
    "13 lightly edited": reworded(
        ("shortly after four in the morning", "at about four o'clock"),
        ("the town's largest employer", "which employs most of the town"),
        ("asked families", "urged families"),
    ),
    "14 edited throughout": reworded(
        ("put out a blaze", "brought a fire under control"),
        ("were told to stay", "must stay"),
        ("and jumped to the roof", "before it reached the roof"),
        ("told reporters at the gate", "said"),
        ("were treated for smoke", "breathed in smoke"),
        ("It put the damage at about", "Damage is put at"),
        ("had found fault with", "criticised"),
        ("until the smell was gone", "until further notice"),
    ),
    "15 two paragraphs": MINE[3:5],
    "16 a teaser": (" ".join(MINE[0].split()[:20]) + " …",),
    "17 in a round-up": (*OTHER_NEWS, *MINE),
    "18 in a round-up, shortened": (*MINE[:5], *OTHER_NEWS),
    "19 without commas": tuple(each.replace(",", "") for each in MINE),
    "20 an update": (
        "The paper mill in Lowerby stays closed for a month after Sunday's fire, its owner said.",
        *reworded(("about three million", "close to nine million"))[1:],
    ),
}


def test_every_version_of_a_story_is_paired(new_archive):
    """Twenty copied or reworded versions all pair with the first, and nothing else does."""
    archive = new_archive()
    days = {name: f"2025-03-{int(name[:2]) + 9:02}" for name in VERSIONS}
    chance = dice(7)
    others = [(f"other {number}", edited(OTHER_NEWS, chance, 0.9)) for number in range(5)]
    archive.add(*others, ("the first", MINE), day={"the first": "2025-03-09"})
    archive.add(*VERSIONS.items(), day=days)
    partners = {
        (set(row[:2]) - {"the first"}).pop(): row
        for row in archive.article_pairs()
        if "the first" in row[:2]
    }
    assert partners.keys() == VERSIONS.keys()
    relations = {name[:2]: row[2] for name, row in partners.items()}
    assert {number for number, relation in relations.items() if relation == "identical"} == {
        *("01", "02", "03", "04", "05", "19")
    }
    assert relations["15"] == relations["16"] == "excerpt"
    # Of equal texts the later is named first, so the first of all is always on the other side.
    assert all(row[1] == "the first" for row in partners.values() if row[2] == "identical")


def test_edited_paragraphs_are_paired(new_archive):
    """Paragraphs of copies in nearly the same words are named, with their share."""
    archive = new_archive()
    archive.add(("one", MINE), ("two", VERSIONS["13 lightly edited"]))
    rows = archive.paragraph_pairs()
    assert [(row[1], row[3]) for row in rows] == [(2, 2), (4, 4), (6, 6)]
    assert all(0.6 <= row[4] < 1 for row in rows)
