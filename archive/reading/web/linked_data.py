"""JSON-LD as news pages carry it: broken, nested, escaped; and what it says of the article.

Vocabulary: schema.org/NewsArticle and its parents; Google's advice for publishers
(developers.google.com/search/docs/appearance/structured-data/article).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

_MAX_NODES: Final = 5000
_MAX_DEPTH: Final = 12
"""How much of one page's JSON-LD is looked at; a page made to exhaust a reader has more."""

_ARTICLE: Final = re.compile(r"(?:Article|BlogPosting|SocialMediaPosting|Report)$")
_BEST: Final = re.compile(
    r"(?:News|Newspaper|Reportage\w*|Analysis\w*|Opinion\w*|Review\w*)Article$"
)
"""Types that are articles, and those of them that are news (schema.org/NewsArticle#subtypes)."""

_ASIDE: Final = ("itemListElement", "hasPart", "relatedLink", "mentions", "citation", "comment")
"""Where a page names articles other than its own."""

_COMMENT: Final = re.compile(r"^(?:<!--|/\* ?<!\[CDATA\[ ?\*/|// ?<!\[CDATA\[|<!\[CDATA\[)")
_COMMENT_END: Final = re.compile(r"(?:-->|/\* ?\]\]> ?\*/|// ?\]\]>|\]\]>)$")
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_FIELD: Final = re.compile(
    r'"(@type|headline|datePublished|dateModified|articleSection|inLanguage|articleBody)"\s*:\s*'
    r'("(?:[^"\\]|\\.)*")'
)
"""Fields with a string, picked out of JSON that no repair makes whole."""

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The node of the page's own article, empty if it names none, and all nodes by their id."""

    article: Node = field(default_factory=dict)
    by_id: dict[str, Node] = field(default_factory=dict)

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article."""
        return bool(self.article)

    def resolve(self, value: Any) -> Any:
        """A value, or the node it refers to by `@id` alone."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            return self.by_id.get(str(value.get("@id")), value)
        return value


def read_linked_data(scripts: list[str]) -> LinkedData:
    """Read the contents of a page's `application/ld+json` scripts; what cannot be read is left.

    Of several articles the one whose type is nearest to news and that fills most fields counts,
    the first of equals; articles in lists of others are not the page's own.
    """
    nodes = [node for script in scripts for node in _nodes(_parse(script))]
    articles = [(rank, node) for node in nodes if (rank := _rank(node))]
    best = max(articles, key=lambda ranked: ranked[0], default=((0, 0), {}))[1]
    by_id: dict[str, Node] = {}
    for node in nodes:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > len(by_id.get(identity, {})):
            by_id[identity] = node
    return LinkedData(article=best, by_id=by_id)


def _rank(node: Node) -> tuple[int, int] | None:
    kinds = _types(node)
    if not any(_ARTICLE.search(kind) for kind in kinds):
        return None
    told = ("headline", "datePublished", "author", "articleBody", "publisher", "dateModified")
    return int(any(_BEST.search(kind) for kind in kinds)), sum(key in node for key in told)


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _parse(script: str) -> Any:
    """The JSON of a script, mended where that is safe; a node of its plain fields else."""
    text = _COMMENT_END.sub("", _COMMENT.sub("", script.strip()).rstrip("; \t\r\n"))
    text = text.strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), unescape(text)):
        try:
            return json.loads(attempt, strict=False)  # raw newlines in strings are common
        except (ValueError, RecursionError):
            continue
    return _salvage(text)


def _salvage(text: str) -> Node | None:
    """The first of each plain field in JSON that is broken beyond repair (cut off, bad quotes)."""
    found: Node = {}
    for match in _FIELD.finditer(text):
        try:
            found.setdefault(match[1], json.loads(match[2], strict=False))
        except ValueError:
            continue
    return found or None


def _nodes(value: Any) -> Iterator[Node]:
    """The nodes of a document, outer before inner, in order; lists of other articles left out."""
    stack: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while stack and seen < _MAX_NODES:
        item, depth = stack.pop()
        seen += 1
        if depth > _MAX_DEPTH:
            continue
        if isinstance(item, list):
            stack.extend((each, depth + 1) for each in reversed(item))
        elif isinstance(item, dict):
            yield item
            inner = [child for key, child in item.items() if key not in _ASIDE]
            stack.extend(
                (child, depth + 1) for child in reversed(inner) if isinstance(child, (dict, list))
            )
