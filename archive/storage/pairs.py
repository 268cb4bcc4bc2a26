"""Which stored articles and paragraphs are near-copies of one another.

An article is compared with those alone that share fingerprints with it, found through an index.
Some fingerprints are *common*, carried by more than `CROWD` articles: a sentence printed under
everything, a story that every outlet took over. So that the number of pairs does not square, a
common fingerprint leads to its *hubs* alone: the `HUBS` articles of lowest rank among those that
carry it, where an article's rank is a number drawn from its uid. In a large group of copies every
member is thus paired with a few, the same for all; in smaller groups each is paired with each.

What is paired is a property of the set of current articles, whatever order they came in: when a
fingerprint becomes common or a newcomer takes a hub's place, pairs that rested on it go, and when
articles go, others take their place. As ranks are as good as drawn by lot, the n-th article of a
crowd becomes a hub with a chance of HUBS/n, and the work for n articles stays within n log n.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from math import ceil
from operator import itemgetter
from typing import Any, Generic, TypeVar

import numpy as np
from sqlalchemy import Connection

from archive.records import Relation

CROWD = 20
"""Articles that a fingerprint pairs each with each; of more it pairs each with the hubs."""

HUBS = 3
"""Articles of a crowd that all its others are paired with. More than one, for edits differ: what
one hub has changed another has kept."""

RANK_BITS = 20
"""Low bits of `fingerprints.hash` that hold the article's rank, so that the index sorts the
articles of a fingerprint by it. The 44 bits above tell fingerprints apart: two of them agree by
chance once in 10^13, and what they would pair, comparison sorts out."""

LEAST_SUPPORT = 0.1
"""Share of the shorter article's fingerprints that two articles must have in common to be compared.
With a fifth of the words changed about a quarter is left; a line in common is mostly less."""

_RANK_MASK = (1 << RANK_BITS) - 1
_CHUNK = 500
"""Pairs compared before their rows are written."""
_TEXTS_KEPT = 1000
"""Articles kept ready for comparison, some 25 kB each."""

ArticleDecision = tuple[Relation, float, int, bool]
"""Relation, similarity, shared words, and whether the second article is the longer or later."""
ParagraphDecision = tuple[int, int, float, int]
"""Id of the longer or later paragraph, id of the other, similarity, shared words."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Comparer(Generic[T]):
    """How two articles are compared; handed in, for storage knows nothing of texts.

    `read` makes an article comparable, from (id, role, text) of its paragraphs and a sort key that
    puts earlier articles first. `judge` tells of each of many pairs what the two are to each other,
    None where they are no pair, and which of their paragraphs are near-copies.
    """

    read: Callable[[Sequence[tuple[int, str, str]], tuple[Any, ...]], T]
    judge: Callable[
        [Sequence[tuple[T, T]]],
        Sequence[tuple[ArticleDecision | None, Sequence[ParagraphDecision]]],
    ]


def link(
    connection: Connection, fingerprints: Mapping[int, Sequence[int]], comparer: Comparer[Any]
) -> None:
    """Store the fingerprints of new articles, by id, and pair the articles with all others.

    Call it in the transaction that wrote their rows, after articles and paragraphs. Articles of
    superseded sources are passed over.
    """
    added = _store(connection, fingerprints)
    if not added:
        return
    supported = _supported(connection, added)
    displaced = _displaced(connection)
    _compare(connection, supported, comparer)
    _drop_unsupported(connection, displaced)


def unlink(connection: Connection, source_id: int, comparer: Comparer[Any]) -> None:
    """Take a source's articles out of all pairs: it is superseded, or its rows are to be deleted.

    Call it before they are. Articles that become hubs in their place are paired anew.
    """
    articles = _column(connection, "SELECT id FROM articles WHERE source_id = ?", source_id)
    _fill(connection, "linked", articles)
    _probe(connection)
    connection.exec_driver_sql("DELETE FROM temp.probes WHERE border IS NULL")
    for statement in (
        "DELETE FROM fingerprints WHERE article_id = ?",
        "DELETE FROM article_pairs WHERE article_id = ?",
        "DELETE FROM article_pairs WHERE other_id = ?",
        "DELETE FROM paragraph_pairs WHERE paragraph_id IN "
        "(SELECT id FROM paragraphs WHERE article_id = ?)",
        "DELETE FROM paragraph_pairs WHERE other_id IN "
        "(SELECT id FROM paragraphs WHERE article_id = ?)",
    ):
        if articles:
            connection.exec_driver_sql(statement, [(article,) for article in articles])
    promoted = _column(connection, _PROMOTED)
    if promoted:
        _compare(connection, _supported(connection, promoted), comparer)


# ------------------------------------------------------------------------- candidates

# Articles that carry a fingerprint, in the order of their ranks.
_CARRIERS = f"FROM fingerprints c WHERE c.hash BETWEEN lo AND lo + {_RANK_MASK}"
# Hash of the last hub of a common fingerprint; null for one that is not common.
_BORDER = (
    f"CASE WHEN EXISTS (SELECT 1 {_CARRIERS} LIMIT 1 OFFSET {CROWD}) "
    f"THEN (SELECT c.hash {_CARRIERS} ORDER BY c.hash LIMIT 1 OFFSET {HUBS - 1}) END"
)
_PROMOTED = (
    "SELECT DISTINCT o.article_id FROM "
    f"(SELECT lo, border, {_BORDER} AS new_border FROM temp.probes) CROSS JOIN fingerprints o "
    f"ON o.hash > border AND o.hash <= ifnull(new_border, lo + {_RANK_MASK})"
)
_CANDIDATES = f"""
SELECT f.article_id, o.article_id, count(*)
FROM temp.linked l
CROSS JOIN fingerprints f ON f.article_id = l.article_id
CROSS JOIN temp.probes p ON p.lo = f.hash & ~{_RANK_MASK}
CROSS JOIN fingerprints o ON o.hash BETWEEN p.lo
    AND CASE WHEN f.hash > p.border THEN p.border ELSE p.lo + {_RANK_MASK} END
WHERE o.article_id <> f.article_id
GROUP BY f.article_id, o.article_id
"""
_OLDER = f"{_CARRIERS} AND c.article_id NOT IN (SELECT article_id FROM temp.linked)"
_CHANGED = f"""
SELECT lo, border FROM temp.probes
WHERE border IS NOT NULL AND (
    NOT EXISTS (SELECT 1 {_OLDER} LIMIT 1 OFFSET {CROWD})
    OR EXISTS (SELECT 1 FROM fingerprints c CROSS JOIN temp.linked USING (article_id)
        WHERE c.hash BETWEEN lo AND border)
)
"""
_FIRST_OLDER = (f"SELECT c.hash, c.article_id {_OLDER} ORDER BY c.hash LIMIT {CROWD + 1}").replace(
    "lo ", "?1 "
)

_Pair = tuple[int, int]
"""Ids of two articles, the smaller first."""


def _store(connection: Connection, fingerprints: Mapping[int, Sequence[int]]) -> list[int]:
    """Insert the fingerprints of articles of current sources; the ids of those articles."""
    _fill(connection, "linked", fingerprints)
    found = connection.exec_driver_sql(
        "SELECT a.id, a.uid FROM temp.linked l CROSS JOIN articles a ON a.id = l.article_id "
        "CROSS JOIN sources s ON s.id = a.source_id WHERE s.superseded_by_id IS NULL ORDER BY a.id"
    ).fetchall()
    if not found:
        return []
    articles = [article for article, _uid in found]
    sizes = [len(fingerprints[article]) for article in articles]
    ranks = [int(uid, 16) & _RANK_MASK for _article, uid in found]
    hashes = np.fromiter(
        chain.from_iterable(fingerprints[article] for article in articles), np.int64, sum(sizes)
    )
    hashes = hashes & ~_RANK_MASK | np.repeat(ranks, sizes)
    carriers = np.repeat(articles, sizes)
    order = np.lexsort((carriers, hashes))
    rows = dict.fromkeys(zip(hashes[order].tolist(), carriers[order].tolist(), strict=True))
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO fingerprints (hash, article_id) VALUES (?, ?)", list(rows)
        )
    return articles


def _probe(connection: Connection) -> None:
    """Fill `temp.probes` with the fingerprints that articles in `temp.linked` share with others."""
    connection.exec_driver_sql(
        "CREATE TEMP TABLE IF NOT EXISTS probes (lo INTEGER PRIMARY KEY, border INTEGER)"
    )
    connection.exec_driver_sql("DELETE FROM temp.probes")
    connection.exec_driver_sql(
        f"INSERT INTO temp.probes SELECT lo, {_BORDER} FROM "
        f"(SELECT DISTINCT f.hash & ~{_RANK_MASK} AS lo FROM temp.linked l "
        "CROSS JOIN fingerprints f ON f.article_id = l.article_id) "
        f"WHERE EXISTS (SELECT 1 {_CARRIERS} LIMIT 1 OFFSET 1)"
    )


def _supported(connection: Connection, articles: Iterable[int]) -> set[_Pair]:
    """Pairs of these articles with any that share enough fingerprints.

    Leaves the articles in `temp.linked` and their fingerprints in `temp.probes`.
    """
    _fill(connection, "linked", articles)
    _probe(connection)
    found = connection.exec_driver_sql(_CANDIDATES).fetchall()
    sizes = _sizes(connection, {article for one, other, _ in found for article in (one, other)})
    return {
        (min(one, other), max(one, other))
        for one, other, shared in found
        if shared >= ceil(LEAST_SUPPORT * min(sizes[one], sizes[other]))
    }


def _sizes(connection: Connection, articles: Iterable[int]) -> dict[int, int]:
    """Number of fingerprints of each article."""
    _fill(connection, "measured", articles)
    found = connection.exec_driver_sql(
        "SELECT f.article_id, count(*) FROM temp.measured m "
        "CROSS JOIN fingerprints f ON f.article_id = m.article_id GROUP BY f.article_id"
    )
    return {row[0]: row[1] for row in found}


def _displaced(connection: Connection) -> list[int]:
    """Older articles that lost pairs to those in `temp.linked`, and perhaps some that did not.

    Hubs that are so no more, and all that carry a fingerprint that has become common.
    """
    displaced: set[int] = set()
    for lo, border in connection.exec_driver_sql(_CHANGED).fetchall():
        older = connection.exec_driver_sql(_FIRST_OLDER, (lo,)).fetchall()
        if len(older) <= CROWD:
            displaced.update(article for _value, article in older)
        else:
            last_hub = older[HUBS - 1][0]
            displaced.update(article for value, article in older if border < value <= last_hub)
    return sorted(displaced)


def _drop_unsupported(connection: Connection, articles: Sequence[int]) -> None:
    """Delete the pairs of these articles that share too little through hubs."""
    if not articles:
        return
    supported = _supported(connection, articles)
    stale = sorted(pair for pair in _stored(connection) if (min(pair), max(pair)) not in supported)
    if stale:
        connection.exec_driver_sql(
            "DELETE FROM article_pairs WHERE article_id = ? AND other_id = ?", stale
        )
    stale_paragraphs = [
        (paragraph, other)
        for paragraph, other, one, two in connection.exec_driver_sql(_PARAGRAPH_PAIRS)
        if (min(one, two), max(one, two)) not in supported
    ]
    if stale_paragraphs:
        connection.exec_driver_sql(
            "DELETE FROM paragraph_pairs WHERE paragraph_id = ? AND other_id = ?",
            sorted(stale_paragraphs),
        )


_PARAGRAPH_PAIRS = """
SELECT x.paragraph_id, x.other_id, p.article_id, o.article_id
FROM temp.linked l
CROSS JOIN paragraphs p ON p.article_id = l.article_id
CROSS JOIN paragraph_pairs x ON x.paragraph_id = p.id
CROSS JOIN paragraphs o ON o.id = x.other_id
UNION
SELECT x.paragraph_id, x.other_id, p.article_id, o.article_id
FROM temp.linked l
CROSS JOIN paragraphs o ON o.article_id = l.article_id
CROSS JOIN paragraph_pairs x ON x.other_id = o.id
CROSS JOIN paragraphs p ON p.id = x.paragraph_id
"""


def _stored(connection: Connection) -> set[_Pair]:
    """Pairs, as they stand in the table, of the articles in `temp.linked`."""
    found = connection.exec_driver_sql(
        "SELECT p.article_id, p.other_id FROM temp.linked l "
        "CROSS JOIN article_pairs p ON p.article_id = l.article_id "
        "UNION SELECT p.article_id, p.other_id FROM temp.linked l "
        "CROSS JOIN article_pairs p ON p.other_id = l.article_id"
    )
    return {(row[0], row[1]) for row in found}


# ------------------------------------------------------------------------- comparison


def _compare(connection: Connection, pairs: set[_Pair], comparer: Comparer[Any]) -> None:
    """Compare what is not paired yet and write what is found."""
    known = {(min(pair), max(pair)) for pair in _stored(connection)}
    waiting = iter(_side_by_side(pairs - known))
    texts = _Texts(connection, comparer)
    while chunk := list(islice(waiting, _CHUNK)):
        article_rows: list[tuple[int, int, str, float, int]] = []
        paragraph_rows: set[ParagraphDecision] = set()
        texts.load({article for pair in chunk for article in pair})
        decisions = comparer.judge([(texts[one], texts[other]) for one, other in chunk])
        for (one, other), (decision, paragraphs) in zip(chunk, decisions, strict=True):
            if decision is not None:
                relation, similarity, shared, is_reversed = decision
                first, second = (other, one) if is_reversed else (one, other)
                article_rows.append((first, second, relation.value, similarity, shared))
            paragraph_rows.update(paragraphs)
        _insert(connection, "article_pairs", sorted(article_rows))
        _insert(connection, "paragraph_pairs", sorted(paragraph_rows))


def _side_by_side(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Pairs so that those of one group of copies follow one another, each text being read once."""
    first: dict[int, int] = {}

    def group(article: int) -> int:
        while (above := first.setdefault(article, article)) != article:
            first[article] = first[above]
            article = above
        return article

    ordered = sorted(pairs)
    for one, other in ordered:
        low, high = sorted((group(one), group(other)))
        first[high] = low
    return sorted(ordered, key=lambda pair: (group(pair[0]), pair))


def _insert(connection: Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert full rows; a paragraph pair may be there already, found again with its articles."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {table} VALUES ({marks})",
            list(rows),
        )


class _Texts:
    """Articles made comparable, those used last kept."""

    def __init__(self, connection: Connection, comparer: Comparer[Any]) -> None:
        self._connection = connection
        self._comparer = comparer
        self._kept: OrderedDict[int, Any] = OrderedDict()

    def __getitem__(self, article: int) -> Any:
        return self._kept[article]

    def load(self, articles: set[int]) -> None:
        """Have these articles at hand, and beside them no more than `_TEXTS_KEPT`."""
        for article in sorted(articles & self._kept.keys()):
            self._kept.move_to_end(article)
        missing = articles - self._kept.keys()
        while self._kept and len(self._kept) + len(missing) > max(_TEXTS_KEPT, len(articles)):
            self._kept.popitem(last=False)
        _fill(self._connection, "measured", missing)
        orders = {row[0]: _order(*row[1:]) for row in self._connection.exec_driver_sql(_DATES)}
        paragraphs = self._connection.exec_driver_sql(_PARAGRAPHS)
        for article, rows in groupby(paragraphs, key=itemgetter(0)):
            texts = [(row[1], row[2], row[3]) for row in rows]
            self._kept[article] = self._comparer.read(texts, orders[article])


_DATES = (
    "SELECT a.id, a.published_on, a.published_at, s.name, s.sha256, a.char_start "
    "FROM temp.measured m CROSS JOIN articles a ON a.id = m.article_id "
    "CROSS JOIN sources s ON s.id = a.source_id"
)
_PARAGRAPHS = (
    "SELECT p.article_id, p.id, p.page_role, p.text FROM temp.measured m "
    "CROSS JOIN paragraphs p ON p.article_id = m.article_id ORDER BY p.article_id, p.position"
)


def _order(day: str | None, time: str | None, *where: Any) -> tuple[Any, ...]:
    """Sort key of an article: earliest date first, dated before undated, then name and place."""
    return (day is None, day or "", time is None, time or "", *where)


# ------------------------------------------------------------------------ small parts


def _fill(connection: Connection, table: str, articles: Iterable[int]) -> None:
    """Put article ids into a temporary table of that name, in place of what was there."""
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE IF NOT EXISTS {table} (article_id INTEGER PRIMARY KEY)"
    )
    connection.exec_driver_sql(f"DELETE FROM temp.{table}")
    rows = [(article,) for article in sorted(articles)]
    if rows:
        connection.exec_driver_sql(f"INSERT INTO temp.{table} VALUES (?)", rows)


def _column(connection: Connection, statement: str, *values: object) -> list[int]:
    return list(connection.exec_driver_sql(statement, values).scalars())
