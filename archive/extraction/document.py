"""The finders in their order, over the paragraphs of one document, in passages.

1. names, with the whole document as context;
2. dates, counted from the article's day of publication where that is known;
3. figures, which are neither names nor dates;
4. quotes and roles;
5. who said what, article by article, since no pronoun reaches into another story.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from archive.extraction.attribution import attribute
from archive.extraction.dates import find_dates
from archive.extraction.figures import find_figures
from archive.extraction.names import find_names
from archive.extraction.names.finder import Finder
from archive.extraction.passages import Passage, Place, cut_passages, put_together
from archive.extraction.quotes import find_quotes
from archive.extraction.roles import find_roles
from archive.records import (
    Article,
    EntityType,
    Facts,
    Mention,
    Paragraph,
    Precision,
    Role,
    Segments,
)

_PLACE_TYPES = frozenset({EntityType.GPE, EntityType.LOC, EntityType.FAC})

LANGUAGE = "en"
"""The language the finders read; text in another is stored and searchable, without facts."""


def extract(segments: Segments, finder: Finder = find_names) -> list[Facts]:
    """Find what each paragraph says; one `Facts` a paragraph, in order.

    `finder` finds the names. Furniture, and articles known to be in another language than
    English, give empty facts. The paragraph index of every `Reference` counts
    `segments.paragraphs`.
    """
    passages = [
        passage
        for index, paragraph in enumerate(segments.paragraphs)
        if _is_readable(paragraph, segments.articles)
        for passage in cut_passages(index, paragraph.text)
    ]
    names = finder([passage.text for passage in passages])
    _place_datelines(segments, passages, names)
    found = [Facts() for _ in segments.paragraphs]
    for article, group in groupby(
        zip(passages, names, strict=True),
        key=lambda pair: segments.paragraphs[pair[0].paragraph].article,
    ):
        of_article = list(group)
        published = _publication_day(None if article is None else segments.articles[article])
        facts = [
            _passage_facts(passage.text, mentions, published, position)
            for position, (passage, mentions) in enumerate(of_article)
        ]
        parts = [passage for passage, _mentions in of_article]
        attributed = attribute([passage.text for passage in parts], facts)
        places = _places(parts, facts)
        for index, members in groupby(range(len(parts)), key=lambda i: parts[i].paragraph):
            numbers = list(members)
            found[index] = put_together(
                [parts[i] for i in numbers], [attributed[i] for i in numbers], places
            )
    return found


def _places(parts: Sequence[Passage], facts: Sequence[Facts]) -> dict[int, Place]:
    """Where each passage of an article goes: its paragraph, and the mentions before its own."""
    places: dict[int, Place] = {}
    before: dict[int, int] = {}
    for number, (passage, each) in enumerate(zip(parts, facts, strict=True)):
        places[number] = (passage.paragraph, before.get(passage.paragraph, 0))
        before[passage.paragraph] = places[number][1] + len(each.mentions)
    return places


def dateline_place(
    article_index: int, segments: Segments, facts: Sequence[Facts]
) -> tuple[int, int] | None:
    """The first name in an article's dateline, as (paragraph, mention); None without one."""
    article = segments.articles[article_index]
    index = _dateline_paragraph(article_index, segments)
    if index is None or not facts[index].mentions:
        return None
    return (index, 0) if _in_dateline(facts[index].mentions[0], article) else None


def _dateline_paragraph(article_index: int, segments: Segments) -> int | None:
    """Index of the paragraph that opens with an article's dateline."""
    dateline = segments.articles[article_index].dateline
    if not dateline:
        return None
    for index, paragraph in enumerate(segments.paragraphs):
        if paragraph.article == article_index and paragraph.text.startswith(dateline):
            return index
    return None


def _in_dateline(mention: Mention, article: Article) -> bool:
    return article.dateline is not None and mention.char_end <= len(article.dateline)


def _place_datelines(
    segments: Segments, passages: Sequence[Passage], names: list[list[Mention]]
) -> None:
    """What a dateline names is a place, however unknown its name is."""
    first = {passage.paragraph: i for i, passage in enumerate(passages) if passage.start == 0}
    for number, article in enumerate(segments.articles):
        index = _dateline_paragraph(number, segments)
        if index is None or index not in first:
            continue
        names[first[index]] = [
            replace(mention, type=EntityType.GPE, rule="dateline")
            if mention.type not in _PLACE_TYPES and _in_dateline(mention, article)
            else mention
            for mention in names[first[index]]
        ]


def _is_readable(paragraph: Paragraph, articles: Sequence[Article]) -> bool:
    if paragraph.role is Role.FURNITURE:
        return False
    if paragraph.article is None:
        return True
    return articles[paragraph.article].language in (None, LANGUAGE)


def _publication_day(article: Article | None) -> str | None:
    """The day relative dates are counted from; a month or a year alone fixes none."""
    if article is None or article.published is None:
        return None
    if article.published.precision in (Precision.DAY, Precision.MINUTE):
        return article.published.on
    return None


def _passage_facts(
    text: str, mentions: Sequence[Mention], published: str | None, position: int
) -> Facts:
    """What one passage says; references in it count it as number `position`."""
    dates = find_dates(text, published=published)
    found = Facts(
        mentions=tuple(mentions),
        dates=tuple(dates),
        figures=tuple(find_figures(text, dates=dates, mentions=mentions, published=published)),
        quotes=tuple(find_quotes(text)),
        roles=tuple(find_roles(text, mentions)),
    )
    if position == 0:
        return found
    return put_together([Passage(position, 0, text)], [found], {0: (position, 0)})
