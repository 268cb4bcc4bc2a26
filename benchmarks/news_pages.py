"""Stories and web pages for the benchmarks of the readers: any number, each other than the next.

The words are real news where `../shared/news` is at hand, else those of the sample documents, one
in twenty replaced by another from anywhere in them. A page carries what pages of news sites do
around a story: metadata, scripts, styles, menus, links to other stories, comments.
"""

import csv
import html
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "news"
SEEDS = ROOT / "seeds" / "documents"

_OUTLETS = ("Harbour Courier", "Lowland Post", "Meridian Wire", "Quayside Herald")
_SECTIONS = ("World", "Politics", "Business", "Science", "Sport", "Culture")
_LONGEST = 1200
"""Words of a story; the longest interviews are cut to it."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as an outlet has it, before it is written in some format."""

    number: int
    headline: str
    paragraphs: tuple[str, ...]
    outlet: str
    byline: str
    section: str
    day: date
    url: str

    @property
    def text(self) -> str:
        """Headline and paragraphs, a line each, with blank lines between."""
        return "\n\n".join((self.headline, *self.paragraphs))

    @property
    def words(self) -> int:
        """Words of headline and paragraphs."""
        return len(self.text.split())


@cache
def _originals() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headline and paragraphs of each original."""
    found = []
    for file in sorted(NEWS.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            found += [(row["title"], row["text"]) for row in csv.DictReader(handle)]
    if not found:
        for file in sorted(SEEDS.glob("*.txt")):
            text = file.read_text(encoding="utf-8", errors="replace")
            found.append((text.partition("\n")[0], text.partition("\n")[2]))
    return tuple((title, paragraphs) for title, text in found if (paragraphs := _paragraphs(text)))


def _paragraphs(text: str) -> tuple[str, ...]:
    paragraphs, words = [], 0
    for line in text.splitlines():
        if line.strip() and words < _LONGEST:
            paragraphs.append(" ".join(line.split()))
            words += len(line.split())
    return tuple(paragraphs)


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(
        word for _, paragraphs in _originals() for line in paragraphs for word in line.split()
    )


def stories(count: int | None = None) -> Iterator[Story]:
    """`count` stories, without end for None; the same each time."""
    number = 0
    while count is None or number < count:
        chance = random.Random(number)
        headline, paragraphs = _originals()[number % len(_originals())]
        outlet = chance.choice(_OUTLETS)
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(900))
        slug = "-".join("".join(c for c in headline.lower() if c.isalnum() or c == " ").split()[:6])
        yield Story(
            number=number,
            headline=_varied(chance, headline),
            paragraphs=tuple(_varied(chance, line) for line in paragraphs),
            outlet=outlet,
            byline=chance.choice(("Ada Lindqvist", "Piet Vanderholt", "Mira Castellan")),
            section=chance.choice(_SECTIONS),
            day=day,
            url=f"https://{outlet.lower().replace(' ', '')}.example/{day:%Y/%m/%d}/{slug}-{number}",
        )
        number += 1


def _varied(chance: random.Random, line: str) -> str:
    words = line.split()
    return " ".join(
        chance.choice(_vocabulary()) if chance.random() < 0.05 else word for word in words
    )


def page(story: Story, kilobytes: int = 60) -> bytes:
    """A web page of that story, of about so many kilobytes beside its text."""
    chance = random.Random(story.number + 1)
    escape = html.escape
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": f"{story.day.isoformat()}T08:30:00+01:00",
        "author": {"@type": "Person", "name": story.byline},
        "publisher": {"@type": "NewsMediaOrganization", "name": story.outlet},
        "articleSection": story.section,
        "mainEntityOfPage": story.url,
    }
    head = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(story.headline)} | {story.outlet}</title>"
        f'<link rel="canonical" href="{story.url}">'
        f'<meta property="og:title" content="{escape(story.headline)}">'
        f'<meta property="og:site_name" content="{story.outlet}">'
        f'<meta property="article:published_time" content="{story.day.isoformat()}T08:30:00Z">'
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    )
    body = "".join(f'<p class="article__p">{escape(line)}</p>\n' for line in story.paragraphs)
    main = (
        f'<main><article><h1 class="headline">{escape(story.headline)}</h1>'
        f'<p class="byline">By <a href="/by/{story.number % 9}">{story.byline}</a></p>'
        f'<div class="article-body">{body}</div></article>{_related(chance)}</main>'
    )
    room = max(0, kilobytes * 1000 - len(head) - len(main) + len(body))
    return (
        f"{head}{_scripts(chance, room // 2)}</head><body>{_menu(chance, room // 2)}{main}"
        f"<footer><p>© {story.day.year} {story.outlet}. All rights reserved.</p></footer>"
        "</body></html>"
    ).encode()


def _scripts(chance: random.Random, size: int) -> str:
    """Styles and scripts of that size."""
    rule = ".c%d{margin:%dpx 0 %dpx;font:%dpx/1.4 Georgia,serif;color:#%06x}"
    style = "".join(
        rule % (n, n % 7, n % 5, 12 + n % 6, chance.randrange(2**24)) for n in range(size // 180)
    )
    script = "".join(
        f'window.q=window.q||[];q.push({{"id":{chance.randrange(10**9)},"slot":"top-{n}","x":[1]}});'
        for n in range(size // 160)
    )
    return f"<style>{style}</style><script>{script}</script>"


def _menu(chance: random.Random, size: int) -> str:
    """Menus of that size: lists of links, as news sites have them thrice."""
    item = '<li class="nav__item"><a class="nav__link" href="/{0}/{1}" data-t="{1}">{2}</a></li>'
    items = "".join(
        item.format(
            chance.choice(_SECTIONS).lower(), chance.randrange(9999), chance.choice(_SECTIONS)
        )
        for _ in range(size // 90)
    )
    return f'<header><nav class="nav"><ul>{items}</ul></nav></header>'


def _related(chance: random.Random) -> str:
    """Links to other stories, and comments."""
    links = "".join(
        f'<li><a href="/s/{chance.randrange(9999)}">{html.escape(headline)}</a></li>'
        for headline, _ in chance.sample(_originals(), min(8, len(_originals())))
    )
    comments = "".join(
        f'<div class="comment"><b>reader{chance.randrange(999)}</b><p>I read this twice.</p></div>'
        for _ in range(6)
    )
    return (
        f'<aside class="related"><h2>More</h2><ul>{links}</ul></aside>'
        f'<section class="comments"><h2>Comments</h2>{comments}</section>'
    )
