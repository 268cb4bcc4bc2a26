"""`Document` to paragraphs with roles and articles. Once it returns, text and offsets never change.

The way through: `lines` splits the text, `shapes` looks at each line alone, `wording` reads
words and names, `evidence` turns them into signals, `stories` decides where stories start (or
`marked` takes the roles that the format gives), `articles` makes the rows, `language` tells what
they are written in.
"""

from collections import Counter
from dataclasses import replace

from archive.records import Article, Document, Paragraph, Segments
from archive.segmenting.articles import make_article
from archive.segmenting.lines import split_lines
from archive.segmenting.marked import place_marked
from archive.segmenting.stories import Placed, place_lines

__all__ = ["segment"]


def segment(document: Document) -> Segments:
    """Cut a document into paragraphs with roles and the articles they form.

    Paragraphs are the non-blank lines, trimmed of white space; every character that is not white
    space lies in exactly one, in order. An article reaches from its first to its last paragraph;
    furniture in between belongs to no article. No text makes this raise.
    """
    lines = split_lines(document.text)
    placed = place_marked(document, lines) if document.parts else place_lines(lines)
    stories: dict[int, list[Placed]] = {}
    for item in placed:
        if item.story is not None:
            stories.setdefault(item.story, []).append(item)
    index_of = {story: index for index, story in enumerate(stories)}
    paragraphs = tuple(
        Paragraph(
            position=position,
            role=item.role,
            article=None if item.story is None else index_of[item.story],
            text=item.line.text,
            char_start=item.line.start,
            char_end=item.line.end,
        )
        for position, item in enumerate(placed, start=1)
    )
    articles = [
        make_article(document, position, items, is_only=len(stories) == 1)
        for position, items in enumerate(stories.values(), start=1)
    ]
    return Segments(articles=_with_language(articles, document), paragraphs=paragraphs)


def _with_language(articles: list[Article], document: Document) -> tuple[Article, ...]:
    """The articles, those too short to tell in the language of the others or of the metadata."""
    known = Counter(article.language for article in articles if article.language)
    usual = known.most_common(1)[0][0] if known else document.metadata.language
    return tuple(
        article if article.language else replace(article, language=usual) for article in articles
    )
