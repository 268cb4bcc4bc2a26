"""The finders in their order, over the paragraphs of one document.

1. names, with the whole document as context;
2. dates, counted from the article's day of publication where that is known;
3. figures, which are neither names nor dates;
4. quotes and roles;
5. who said what, article by article, since no pronoun reaches into another story.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from archive.extraction.attribution import attribute
from archive.extraction.dates import find_dates
from archive.extraction.figures import find_figures
from archive.extraction.names import find_names
from archive.extraction.quotes import find_quotes
from archive.extraction.roles import find_roles
from archive.records import (
    Article,
    EntityType,
    Facts,
    Figure,
    Mention,
    Paragraph,
    Precision,
    Quote,
    Reference,
    Role,
    RoleHeld,
    Segments,
    Statement,
)

_PLACE_TYPES = frozenset({EntityType.GPE, EntityType.LOC, EntityType.FAC})

LANGUAGE = "en"
"""The language the finders read; text in another is stored and searchable, without facts."""


def extract(segments: Segments) -> list[Facts]:
    """Find what each paragraph says; one `Facts` a paragraph, in order.

    Furniture, and articles known to be in another language than English, give empty facts. The
    paragraph index of every `Reference` counts `segments.paragraphs`.
    """
    chosen = [
        index
        for index, paragraph in enumerate(segments.paragraphs)
        if _is_readable(paragraph, segments.articles)
    ]
    names = find_names([segments.paragraphs[index].text for index in chosen])
    mentions = dict(zip(chosen, names, strict=True))
    _place_datelines(segments, mentions)
    found = [Facts() for _ in segments.paragraphs]
    for article, group in groupby(chosen, key=lambda index: segments.paragraphs[index].article):
        indices = list(group)
        published = _publication_day(None if article is None else segments.articles[article])
        texts = [segments.paragraphs[index].text for index in indices]
        facts = [
            _paragraph_facts(text, mentions[index], published, position)
            for position, (index, text) in enumerate(zip(indices, texts, strict=True))
        ]
        places = dict(enumerate(indices))
        for index, each in zip(indices, attribute(texts, facts), strict=True):
            found[index] = _moved(each, places)
    return found


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


def _place_datelines(segments: Segments, mentions: dict[int, list[Mention]]) -> None:
    """What a dateline names is a place, however unknown its name is."""
    for number, article in enumerate(segments.articles):
        index = _dateline_paragraph(number, segments)
        if index is None or index not in mentions:
            continue
        mentions[index] = [
            replace(mention, type=EntityType.GPE, rule="dateline")
            if mention.type not in _PLACE_TYPES and _in_dateline(mention, article)
            else mention
            for mention in mentions[index]
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


def _paragraph_facts(
    text: str, mentions: Sequence[Mention], published: str | None, position: int
) -> Facts:
    dates = find_dates(text, published=published)
    found = Facts(
        mentions=tuple(mentions),
        dates=tuple(dates),
        figures=tuple(find_figures(text, dates=dates, mentions=mentions, published=published)),
        quotes=tuple(find_quotes(text)),
        roles=tuple(find_roles(text, mentions)),
    )
    return found if position == 0 else _moved(found, {0: position})


# -------------------------------------------------------------------------- references


def _moved(facts: Facts, places: Mapping[int, int]) -> Facts:
    """Facts whose references count paragraphs anew: index `i` becomes `places[i]`."""
    if all(old == new for old, new in places.items()):
        return facts
    return replace(
        facts,
        figures=tuple(_moved_figures(facts.figures, places)),
        quotes=tuple(_moved_quotes(facts.quotes, places)),
        statements=tuple(_moved_statements(facts.statements, places)),
        roles=tuple(_moved_roles(facts.roles, places)),
    )


def _pointed(reference: Reference | None, places: Mapping[int, int]) -> Reference | None:
    if reference is None or reference.mention is None:
        return reference
    paragraph, mention = reference.mention
    return Reference(text=reference.text, mention=(places[paragraph], mention))


def _moved_figures(figures: Sequence[Figure], places: Mapping[int, int]) -> Iterator[Figure]:
    for figure in figures:
        pointed = {
            name: _pointed(reference, places)
            for name, reference in (
                ("attributed_to", figure.attributed_to),
                ("counted_entity", figure.counted_entity),
                ("actor", figure.actor),
                ("place", figure.place),
            )
            if reference is not None
        }
        yield replace(figure, **pointed) if pointed else figure  # type: ignore[arg-type]


def _moved_quotes(quotes: Sequence[Quote], places: Mapping[int, int]) -> Iterator[Quote]:
    for quote in quotes:
        yield replace(quote, speaker=_pointed(quote.speaker, places)) if quote.speaker else quote


def _moved_statements(
    statements: Sequence[Statement], places: Mapping[int, int]
) -> Iterator[Statement]:
    for statement in statements:
        yield replace(statement, source=_pointed(statement.source, places))


def _moved_roles(roles: Sequence[RoleHeld], places: Mapping[int, int]) -> Iterator[RoleHeld]:
    for role in roles:
        holder = _pointed(role.holder, places)
        assert holder is not None  # noqa: S101 - a role always has a holder
        yield replace(role, holder=holder, of=_pointed(role.of, places))
