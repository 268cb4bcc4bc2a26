"""The sample documents: readable, listed, small, of the encodings they show, and our own words."""

import csv
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
DOCUMENTS = SEEDS / "documents"
SHARED_DOCUMENTS = ROOT.parent / "shared" / "documents"

SAMPLES = sorted(path for path in DOCUMENTS.iterdir() if not path.name.startswith("."))
# Bundles of databases such as Nexis say of each story where it appeared.
TEXTS = [
    path
    for path in SAMPLES
    if path.suffix in (".txt", ".md") and not path.name.startswith("41_lexisnexis")
]
ENCODINGS = {"12_berlin-flight_quayside-herald.txt": "cp1252"}  # all others are UTF-8
LARGEST = 12_000  # bytes
LONGEST_SHARED_RUN = 12  # words in a row that count as copied

each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
each_text = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)


def read(path: Path) -> str:
    return path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8-sig"))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """All runs of `length` words; case, punctuation and spacing aside."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def meta_rows() -> list[dict[str, str]]:
    with (SEEDS / "meta.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@each_text
def test_a_sample_decodes_and_holds_text(path: Path) -> None:
    """A text sample decodes in its encoding and has words, and no character SQLite stops at."""
    text = read(path)
    assert runs(text, 1)
    assert "\0" not in text


@each_sample
def test_a_sample_is_small(path: Path) -> None:
    """Nobody waits for the samples: none is larger than 12 kB."""
    assert path.stat().st_size <= LARGEST


def test_every_text_is_listed_and_nothing_twice() -> None:
    """`meta.csv` names each text, which cannot say where it appeared, and no file that is not."""
    names = [row["name"] for row in meta_rows()]
    assert len(names) == len(set(names))
    assert {path.name for path in TEXTS} <= set(names) <= {path.name for path in SAMPLES}


def test_every_format_has_a_sample_and_the_story_in_eight_is_one_cluster(
    built_sample_archive: Path,
) -> None:
    """The samples show each format, and copies are found across formats."""
    connection = sqlite3.connect(built_sample_archive)
    try:
        types = connection.execute(
            "SELECT count(DISTINCT media_type) FROM sources WHERE superseded_by_id IS NULL"
        ).fetchone()[0]
        stories = connection.execute(
            "SELECT a.id, s.name FROM articles a JOIN sources s ON s.id = a.source_id "
            "WHERE s.name LIKE '24_ferry%' AND a.word_count > 100"
        ).fetchall()
        pairs = connection.execute(
            "SELECT article_id, other_id FROM article_pairs WHERE relation IN "
            "('identical', 'revision', 'contains')"
        ).fetchall()
    finally:
        connection.close()
    cluster = {stories[0][0]}
    for _ in stories:
        cluster |= {one for pair in pairs if cluster & set(pair) for one in pair}
    assert types >= 8
    assert len({name for _, name in stories}) >= 8
    assert {number for number, _ in stories} <= cluster


def test_each_row_names_an_outlet_and_a_day_or_none() -> None:
    """Each row of `meta.csv` has an outlet; its day is ISO 8601, its URL in the reserved domain."""
    for row in meta_rows():
        assert row["outlet"]
        if row["published"]:
            assert date.fromisoformat(row["published"]).isoformat() == row["published"]
        if row["url"]:
            assert re.match(r"https://\w+\.example/", row["url"])


@pytest.mark.parametrize(
    ("trouble", "pattern"),
    [
        ("byte-order mark", rb"\A\xef\xbb\xbf"),
        ("CRLF line ends throughout", rb"\A(?:[^\r\n]*\r\n)+\Z"),
        ("euro sign in one byte", rb"\x80\d"),
        ("non-breaking space", rb"\xc2\xa0"),
        ("cut-off teaser", rb"(?m)\xe2\x80\xa6$"),
        ("blank lines", rb"\n\n"),
        ("no newline at the end", rb"[^\n]\Z"),
    ],
)
def test_some_sample_shows_the_trouble(trouble: str, pattern: bytes) -> None:
    """No checkout or editor has smoothed the bytes over: each trouble still stands in a sample."""
    assert any(re.search(pattern, path.read_bytes()) for path in SAMPLES), trouble


def test_a_fragment_opens_with_a_passage_of_another_sample() -> None:
    """The sample that opens in mid-story repeats whole paragraphs of the agency's story."""
    story = read(DOCUMENTS / "01_neighbours-first_meridian-wire.txt").splitlines()
    fragment = read(DOCUMENTS / "05_continued_lowland-post.txt").splitlines()
    assert fragment[0] in story[4:]
    assert len(set(fragment) & set(story)) >= 5


@pytest.mark.skipif(
    not SHARED_DOCUMENTS.is_dir(), reason="../shared/documents is not beside this checkout"
)
@each_text
def test_a_sample_is_in_our_own_words(path: Path) -> None:
    """No twelve words in a row are those of a shared document, whose texts belong to others."""
    sample = runs(read(path), LONGEST_SHARED_RUN)
    for other in SHARED_DOCUMENTS.glob("*.txt"):
        theirs = runs(other.read_text(encoding="utf-8"), LONGEST_SHARED_RUN)
        assert not sample & theirs, other.name
