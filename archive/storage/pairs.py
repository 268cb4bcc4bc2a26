"""Which stored articles and paragraphs are near-copies of one another.

An article is compared with those alone that share fingerprints with it, found through an index.
Some fingerprints stand in very many articles: a sentence printed under everything, a story that
every outlet took over. So that their number does not square, an article meets, through one
fingerprint, only that fingerprint's *hubs*: the `HUBS` articles of lowest rank among all that
carry it, where an article's rank is a number drawn from its uid. Every member of a large group of
copies is paired with the group's hubs, in smaller groups each with each.

What is paired is thus a property of the set of current articles, whatever order they came in: when
a newcomer takes a hub's place, pairs that rested on that hub go. As ranks are as good as drawn by
lot, the n-th article does so with a chance of HUBS/n, and the work for n articles stays within
n log n.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from archive.records import Relation

HUBS = 32
"""Articles through which a fingerprint pairs; up to so many copies are all paired with each other."""

RANK_BITS = 20
"""Low bits of `fingerprints.hash` that hold the article's rank, so that the index sorts the
articles of a fingerprint by it. The 44 bits above tell fingerprints apart: two of them agree by
chance once in 10^13, and what they would pair, comparison sorts out."""

LEAST_SUPPORT = 0.05
"""Share of the shorter article's fingerprints that two articles must have in common to be compared.
With a fifth of the words changed about a quarter is left; a common line of two is less."""

_RANK_MASK = (1 << RANK_BITS) - 1
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
    puts earlier articles first. `judge` tells what two of them are to each other, None where they
    are no pair, and which of their paragraphs are near-copies.
    """

    read: Callable[[Sequence[tuple[int, str, str]], tuple[Any, ...]], T]
    judge: Callable[[T, T], tuple[ArticleDecision | None, Sequence[ParagraphDecision]]]


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
    connection.exec_driver_sql(
        "DELETE FROM temp.probes WHERE border IS NULL OR NOT EXISTS (SELECT 1 FROM temp.linked l "
        "JOIN fingerprints f ON f.article_id = l.article_id "
        f"WHERE f.hash BETWEEN probes.lo AND probes.border)"
    )
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

# Highest hash of a fingerprint's hubs; null where there are fewer articles than hubs.
_BORDER = (
    f"(SELECT b.hash FROM fingerprints b WHERE b.hash BETWEEN lo AND lo + {_RANK_MASK} "  # noqa: S608
    f"ORDER BY b.hash LIMIT 1 OFFSET {HUBS - 1})"
)
_PROMOTED = (
    "SELECT DISTINCT o.article_id FROM "  # noqa: S608
    f"(SELECT lo, border, {_BORDER} AS new_border FROM temp.probes) JOIN fingerprints o "
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
"""  # noqa: S608 - own numbers
# Hubs that new ones pushed out: as many of the old ones as came in, in the order of ranks.
_DISPLACED = f"""
SELECT DISTINCT o.article_id
FROM (
    SELECT p.lo, p.border, count(*) AS arrived
    FROM temp.linked l
    JOIN fingerprints f ON f.article_id = l.article_id
    JOIN temp.probes p ON p.lo = f.hash & ~{_RANK_MASK}
    WHERE f.hash <= p.border
    GROUP BY p.lo
) h
JOIN fingerprints o ON o.hash > h.border AND o.hash <= ifnull(
    (SELECT x.hash FROM fingerprints x WHERE x.hash > h.border AND x.hash <= h.lo + {_RANK_MASK}
        AND x.article_id NOT IN (SELECT article_id FROM temp.linked)
        ORDER BY x.hash LIMIT 1 OFFSET h.arrived - 1),
    h.lo + {_RANK_MASK})
WHERE o.article_id NOT IN (SELECT article_id FROM temp.linked)
"""  # noqa: S608 - own numbers

_Pair = tuple[int, int]
"""Ids of two articles, the smaller first."""


def _store(connection: Connection, fingerprints: Mapping[int, Sequence[int]]) -> list[int]:
    """Insert the fingerprints of articles of current sources; the ids of those articles."""
    _fill(connection, "linked", fingerprints)
    found = connection.exec_driver_sql(
        "SELECT a.id, a.uid FROM temp.linked l JOIN articles a ON a.id = l.article_id "
        "JOIN sources s ON s.id = a.source_id WHERE s.superseded_by_id IS NULL ORDER BY a.id"
    ).fetchall()
    rows = [
        (value & ~_RANK_MASK | rank, article)
        for article, uid in found
        for rank in (int(uid, 16) & _RANK_MASK,)
        for value in {each & ~_RANK_MASK for each in fingerprints[article]}
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO fingerprints (hash, article_id) VALUES (?, ?)", sorted(rows)
        )
    return [article for article, _uid in found]


def _probe(connection: Connection) -> None:
    """Fill `temp.probes` with the fingerprints of the articles in `temp.linked`."""
    connection.exec_driver_sql(
        "CREATE TEMP TABLE IF NOT EXISTS probes (lo INTEGER PRIMARY KEY, border INTEGER)"
    )
    connection.exec_driver_sql("DELETE FROM temp.probes")
    connection.exec_driver_sql(
        f"INSERT INTO temp.probes SELECT lo, {_BORDER} FROM "  # noqa: S608 - own numbers
        f"(SELECT DISTINCT f.hash & ~{_RANK_MASK} AS lo FROM temp.linked l "
        "JOIN fingerprints f ON f.article_id = l.article_id)"
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
    """Articles that may be hubs no more since those in `temp.linked` came."""
    return _column(connection, _DISPLACED)


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
JOIN paragraphs p ON p.article_id = l.article_id
JOIN paragraph_pairs x ON x.paragraph_id = p.id
JOIN paragraphs o ON o.id = x.other_id
UNION
SELECT x.paragraph_id, x.other_id, p.article_id, o.article_id
FROM temp.linked l
JOIN paragraphs o ON o.article_id = l.article_id
JOIN paragraph_pairs x ON x.other_id = o.id
JOIN paragraphs p ON p.id = x.paragraph_id
"""


def _stored(connection: Connection) -> set[_Pair]:
    """Pairs, as they stand in the table, of the articles in `temp.linked`."""
    found = connection.exec_driver_sql(
        "SELECT p.article_id, p.other_id FROM temp.linked l "
        "JOIN article_pairs p ON p.article_id = l.article_id "
        "UNION SELECT p.article_id, p.other_id FROM temp.linked l "
        "JOIN article_pairs p ON p.other_id = l.article_id"
    )
    return {(row[0], row[1]) for row in found}


# ------------------------------------------------------------------------- comparison


def _compare(connection: Connection, pairs: set[_Pair], comparer: Comparer[Any]) -> None:
    """Compare what is not paired yet and write what is found."""
    known = {(min(pair), max(pair)) for pair in _stored(connection)}
    texts = _Texts(connection, comparer)
    article_rows, paragraph_rows = [], []
    for one, other in sorted(pairs - known):
        decision, paragraphs = comparer.judge(texts[one], texts[other])
        if decision is not None:
            relation, similarity, shared, is_reversed = decision
            ids = (other, one) if is_reversed else (one, other)
            article_rows.append((*ids, relation.value, similarity, shared))
        paragraph_rows += paragraphs
    if article_rows:
        connection.exec_driver_sql(
            "INSERT INTO article_pairs (article_id, other_id, relation, similarity, shared_words) "
            "VALUES (?, ?, ?, ?, ?)",
            sorted(article_rows),
        )
    if paragraph_rows:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO paragraph_pairs "
            "(paragraph_id, other_id, similarity, shared_words) VALUES (?, ?, ?, ?)",
            sorted(tuple(row) for row in paragraph_rows),
        )


class _Texts:
    """Articles made comparable, those used last kept."""

    def __init__(self, connection: Connection, comparer: Comparer[Any]) -> None:
        self._connection = connection
        self._comparer = comparer
        self._kept: OrderedDict[int, Any] = OrderedDict()

    def __getitem__(self, article: int) -> Any:
        text = self._kept.pop(article, None)
        if text is None:
            text = self._read(article)
            if len(self._kept) >= _TEXTS_KEPT:
                self._kept.popitem(last=False)
        self._kept[article] = text
        return text

    def _read(self, article: int) -> Any:
        published_on, published_at, *where = self._connection.exec_driver_sql(
            "SELECT a.published_on, a.published_at, s.name, s.sha256, a.char_start "
            "FROM articles a JOIN sources s ON s.id = a.source_id WHERE a.id = ?",
            (article,),
        ).one()
        paragraphs = self._connection.exec_driver_sql(
            "SELECT id, role, text FROM paragraphs WHERE article_id = ? ORDER BY position",
            (article,),
        ).fetchall()
        # Earliest date first, dated before undated: as originals are elected among copies.
        order = (published_on is None, published_on or "")
        order += (published_at is None, published_at or "", *where)
        return self._comparer.read([tuple(row) for row in paragraphs], order)


# ------------------------------------------------------------------------ small parts


def _fill(connection: Connection, table: str, articles: Iterable[int]) -> None:
    """Put article ids into a temporary table of that name, in place of what was there."""
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE IF NOT EXISTS {table} (article_id INTEGER PRIMARY KEY)"
    )
    connection.exec_driver_sql(f"DELETE FROM temp.{table}")  # noqa: S608 - own names
    rows = [(article,) for article in sorted(articles)]
    if rows:
        connection.exec_driver_sql(f"INSERT INTO temp.{table} VALUES (?)", rows)  # noqa: S608


def _column(connection: Connection, statement: str, *values: object) -> list[int]:
    return list(connection.exec_driver_sql(statement, values).scalars())
