"""How well copies are found, and in what time.

    python benchmarks/copies.py DOCUMENTS.jsonl [PAIRS.json]
    python benchmarks/copies.py --generate 1000 [--seed 11] [--half 0|1] [--write FOLDER]
    python benchmarks/copies.py --scale [1000 10000 100000]

DOCUMENTS has `{"id", "text"}` a line. They are cut into stories and stored in a database of their
own, where `storage.pairs` finds which articles are copies; the documents of such articles are then
compared as wholes. With PAIRS, `[{"a", "b", "relation"}]` with `a` the longer document, precision,
recall and F1 are printed: of the pairs, of the pairs with the right relation (and, for `contains`
and `excerpt`, the right way round), and for each relation. Without it the pairs found are printed.

`--generate` makes the documents and pairs from real news (see `generated_copies.py`).
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from itertools import islice
from pathlib import Path

from cutting_documents import half, load_news
from generated_copies import Pair, distinct, generate, true_pairs
from sqlalchemy import Connection

from archive.records import Article, ArticleKind, Document, Paragraph, Role, Segments
from archive.resolution import copies
from archive.segmenting import segment
from archive.storage import pairs
from archive.storage.engine import write_engine
from archive.storage.models import Base
from archive.storage.rows import article_uid

REPORTED_HALF = 1
"""The half of the news that nothing was tuned on."""
BATCH = 1000
RELATIONS = ("identical", "revision", "contains", "excerpt")
COMPARER = pairs.Comparer(copies.read_text, copies.judge)

DocumentPair = tuple[str, str, str]
"""Longer document, other document, relation."""


# ---------------------------------------------------------------------------- the archive


class Archive:
    """A database of articles and paragraphs alone, and the time spent on copies in it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.seconds = 0.0
        self._article = self._source = 0
        with connection.begin():
            connection.exec_driver_sql(
                "INSERT INTO runs VALUES (1, 'ingest', '', 1, '', '', '', '', 0, 0, 0, 0, 0, 0, 0)"
            )

    def add(self, batch: Iterable[tuple[str, str, Segments]]) -> None:
        """Store documents (name, text, segments) in one transaction and pair their articles."""
        with self.connection.begin():
            prints: dict[int, tuple[int, ...]] = {}
            for name, text, segments in batch:
                prints |= self._store(name, text, segments)
            started = time.process_time()
            pairs.link(self.connection, prints, COMPARER)
            self.seconds += time.process_time() - started

    def _store(self, name: str, text: str, segments: Segments) -> dict[int, tuple[int, ...]]:
        self._source += 1
        digest = sha256(text.encode()).hexdigest()
        execute = self.connection.exec_driver_sql
        execute(
            "INSERT INTO sources (id, name, sha256, media_type, byte_count, extractor_version, "
            "metadata_json, run_id) VALUES (?, ?, ?, 'text/plain', 0, '', '{}', 1)",
            (self._source, name, digest),
        )
        first = self._article + 1
        self._article += len(segments.articles)
        if segments.articles:
            execute(
                "INSERT INTO articles (id, uid, source_id, position, kind, status, word_count, "
                "char_start, char_end) VALUES (?, ?, ?, ?, ?, 'usable', 0, ?, ?)",
                [
                    (
                        first + index, article_uid(digest, article.char_start), self._source,
                        article.position, article.kind.value, article.char_start, article.char_end,
                    )
                    for index, article in enumerate(segments.articles)
                ],
            )  # fmt: skip
        if segments.paragraphs:
            execute(
                "INSERT INTO paragraphs (source_id, article_id, position, role, page_role, text, "
                "char_start, char_end) VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7)",
                [
                    (
                        self._source, None if each.article is None else first + each.article,
                        each.position, each.role.value, each.text, each.char_start, each.char_end,
                    )
                    for each in segments.paragraphs
                ],
            )  # fmt: skip
        started = time.process_time()
        prints = copies.hash_document(segments).fingerprints
        self.seconds += time.process_time() - started
        return dict(enumerate(prints, start=first))

    def document_pairs(self) -> list[tuple[str, str]]:
        """Names of each two documents of which articles are paired."""
        found = self.connection.exec_driver_sql(
            "SELECT DISTINCT min(s.name, t.name), max(s.name, t.name) FROM article_pairs p "
            "JOIN articles a ON a.id = p.article_id JOIN sources s ON s.id = a.source_id "
            "JOIN articles b ON b.id = p.other_id JOIN sources t ON t.id = b.source_id "
            "WHERE s.id <> t.id ORDER BY 1, 2"
        )
        return [(row[0], row[1]) for row in found]


def open_archive(folder: str) -> Connection:
    """Open a new database with the archive's tables, written as the archive writes."""
    engine = write_engine(Path(folder) / "copies.db")
    connection = engine.connect()
    with connection.begin():
        Base.metadata.create_all(connection)
    return connection


# ------------------------------------------------------------------------------ the scores


def cut(name: str, text: str) -> Segments:
    """Cut a document into stories and paragraphs."""
    return segment(Document(name=name, text=text, media_type="text/plain", encoding="utf-8"))


def whole_text(name: str, segments: Segments) -> copies.Text:
    """A document as one text of several stories; teasers beside stories are furniture."""
    stories = {
        index
        for index, article in enumerate(segments.articles)
        if article.kind is not ArticleKind.TEASER
    } or set(range(len(segments.articles)))
    return copies.Text(
        [
            copies.Passage(
                text=each.text,
                role=each.role if each.article in stories else Role.FURNITURE,
                story=-1 if each.article is None else each.article,
            )
            for each in segments.paragraphs
        ],
        order=(name,),
    )


def find_pairs(documents: Sequence[tuple[str, str]]) -> list[DocumentPair]:
    """Store the documents (id, text) and tell which are copies, and how."""
    cuts = {name: cut(name, text) for name, text in documents}
    with tempfile.TemporaryDirectory() as folder, open_archive(folder) as connection:
        archive = Archive(connection)
        waiting = iter(documents)
        while batch := list(islice(waiting, BATCH)):
            archive.add((name, text, cuts[name]) for name, text in batch)
        candidates = archive.document_pairs()
    texts = {name: whole_text(name, segments) for name, segments in cuts.items()}
    found = []
    for one, other in candidates:
        pairing = copies.compare(texts[one], texts[other])
        if pairing is not None:
            longer, shorter = (other, one) if pairing.is_reversed else (one, other)
            found.append((longer, shorter, str(pairing.relation)))
    return found


def score(found: Sequence[DocumentPair], gold: Sequence[DocumentPair]) -> str:
    """Table of precision, recall and F1, in percent."""
    ours, theirs = _by_pair(found), _by_pair(gold)
    both = ours.keys() & theirs.keys()
    right = [pair for pair in both if _agree(ours[pair], theirs[pair])]
    lines = [
        _line("pairs", len(both), len(ours), len(theirs)),
        _line("with relation", len(right), len(ours), len(theirs)),
    ]
    for relation in RELATIONS:
        hits = sum(theirs[pair][2] == relation for pair in right)
        said = sum(each[2] == relation for each in ours.values())
        there = sum(each[2] == relation for each in theirs.values())
        lines.append(_line(relation, hits, said, there))
    return "\n".join(lines)


def _by_pair(found: Iterable[DocumentPair]) -> dict[frozenset[str], DocumentPair]:
    return {frozenset(each[:2]): each for each in found}


def _agree(ours: DocumentPair, theirs: DocumentPair) -> bool:
    one_way = theirs[2] in ("contains", "excerpt")
    return ours[2] == theirs[2] and (not one_way or ours[:2] == theirs[:2])


def _line(name: str, right: int, found: int, gold: int) -> str:
    precision, recall = 100 * right / max(found, 1), 100 * right / max(gold, 1)
    f1 = 200 * right / max(found + gold, 1)
    return (
        f"{name:14} P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}  ({found} found, {gold} true)"
    )


def confusion(found: Sequence[DocumentPair], gold: Sequence[DocumentPair]) -> str:
    """What was said where something else is true, most frequent first."""
    ours, theirs = _by_pair(found), _by_pair(gold)
    counts = Counter(
        (theirs[pair][2] if pair in theirs else "-", ours[pair][2] if pair in ours else "-")
        for pair in ours.keys() | theirs.keys()
    )
    wrong = [(count, pair) for pair, count in counts.items() if pair[0] != pair[1]]
    return "\n".join(
        f"{true:>10} said {said:10} {count}" for count, (true, said) in sorted(wrong)[::-1]
    )


# ------------------------------------------------------------------------------- the scale


def made_documents(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Make short documents of drawn words: new ones, edited copies, and one that all take over.

    A fifth copy one of the last thousand with a tenth of the words changed, one in fifty copies
    the same early document, each new one has three of a thousand stock phrases, some of them very
    frequent (Zipf's law), and half end in the same sentence.
    """
    chance = random.Random(seed)
    words = sorted(
        {word for item in load_news() for text in item.paragraphs for word in text.split()}
    )
    phrases = [chance.choices(words, k=6) for _ in range(1000)]
    weights = [1 / rank for rank in range(1, 1001)]
    common = chance.choices(words, k=25)
    recent: list[list[str]] = []
    for number in range(count):
        way = chance.random()
        if recent and way < 0.22:
            text = list(recent[0] if way < 0.02 else chance.choice(recent[1:] or recent))
            for place in chance.sample(range(len(text)), len(text) // 10):
                text[place] = chance.choice(words)
        else:
            parts = [chance.choices(words, k=chance.randint(12, 45)) for _ in range(4)]
            stock = chance.choices(phrases, weights, k=3)
            text = [*parts[0], *(word for pair in zip(stock, parts[1:], strict=True)
                                 for part in pair for word in part)]  # fmt: skip
        recent.append(text)
        if len(recent) > BATCH:
            del recent[1]
        end = f" {' '.join(common)}." if chance.random() < 0.5 else ""
        yield f"{number:07}", f"{' '.join(text)}.{end}"


def one_story(text: str) -> Segments:
    """A document that needs no cutting: one paragraph of one article."""
    return Segments(
        articles=(Article(position=1, kind=ArticleKind.ARTICLE, char_start=0, char_end=len(text)),),
        paragraphs=(
            Paragraph(
                position=1, role=Role.BODY, article=0, text=text, char_start=0, char_end=len(text)
            ),
        ),
    )


def measure_scale(sizes: Sequence[int]) -> None:
    """Print, for each size, the time for fingerprints, candidates, comparison and pairs."""
    titles = ("documents", "words", "pairs", "seconds", "µs/word", "ms/document", "peak MB")
    print("".join(f"{title:>13}" for title in titles))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, open_archive(folder) as connection:
            archive, words = Archive(connection), 0
            documents = made_documents(size, seed=3)
            while batch := list(islice(documents, BATCH)):
                archive.add((name, text, one_story(text)) for name, text in batch)
                words += sum(len(text.split()) for _, text in batch)
            count = connection.exec_driver_sql("SELECT count(*) FROM article_pairs").scalar()
        spent = archive.seconds
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:13,}{words:13,}{count:13,}{spent:13.1f}{1e6 * spent / words:13.2f}"
            f"{1000 * spent / size:13.2f}{peak:13.0f}",
            flush=True,
        )


# ------------------------------------------------------------------------------- the command


def main() -> None:
    """Read or make the documents, find the pairs, print them or their scores."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path, nargs="?")
    parser.add_argument("pairs", type=Path, nargs="?")
    parser.add_argument("--generate", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--half", type=int, choices=(0, 1), default=REPORTED_HALF)
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="keep what was generated")
    parser.add_argument("--scale", type=int, nargs="*", metavar="N")
    options = parser.parse_args()
    if options.scale is not None:
        measure_scale(options.scale or (1_000, 10_000, 100_000))
    elif options.generate:
        documents, gold = _generated(options.generate, options.seed, options.half, options.write)
        _report(documents, gold)
    elif options.documents:
        with options.documents.open(encoding="utf-8") as file:
            lines = [json.loads(line) for line in file if line.strip()]
        documents = [(str(line["id"]), line["text"]) for line in lines]
        if options.pairs is None:
            found = [
                dict(zip(("a", "b", "relation"), each, strict=True))
                for each in find_pairs(documents)
            ]
            print(json.dumps(found, indent=1))
        else:
            rows = json.loads(options.pairs.read_text(encoding="utf-8"))
            _report(documents, [(str(row["a"]), str(row["b"]), row["relation"]) for row in rows])
    else:
        parser.error("name DOCUMENTS, or use --generate or --scale")


def _generated(
    count: int, seed: int, which: int, folder: Path | None
) -> tuple[list[tuple[str, str]], list[DocumentPair]]:
    made = list(generate(distinct(half(load_news(), which)), count, seed))
    truth: list[Pair] = true_pairs(made)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
            for copy in made:
                file.write(
                    json.dumps({"id": copy.id, "text": copy.text}, ensure_ascii=False) + "\n"
                )
        rows = [asdict(pair) for pair in truth]
        (folder / "pairs.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    documents = [(copy.id, copy.text) for copy in made]
    return documents, [(pair.a, pair.b, pair.relation) for pair in truth]


def _report(documents: Sequence[tuple[str, str]], gold: Sequence[DocumentPair]) -> None:
    started = time.process_time()
    found = find_pairs(documents)
    seconds = time.process_time() - started
    words = sum(len(text.split()) for _name, text in documents)
    print(score(found, gold))
    if wrong := confusion(found, gold):
        print("\ntrue and said, where they differ:\n" + wrong)
    print(f"\n{len(documents):,} documents, {words:,} words in {seconds:.1f} s, cutting included")


if __name__ == "__main__":
    main()
