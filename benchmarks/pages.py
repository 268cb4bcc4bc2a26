"""How well and how fast web pages are read, beside trafilatura alone on the same pages.

Pages are generated around known text (the reports of `cutting_stories.txt`, each in every layout
below); the layouts are written after the habits of news sites: semantic markup, `div`s without
meaning, live blogs, AMP, a paywall's teaser with the story in JSON-LD, a story in JSON-LD alone,
readers' comments, paragraphs by line breaks, tables and lists, old pages of nested tables. F1 is
over the words of the body, as bags; the headline is left out on both sides.

    python benchmarks/pages.py [--stories N]
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import trafilatura
from lxml import html as lxml_html

from archive.errors import UnreadableDocument
from archive.reading.web import html
from archive.records import RawRecord

STORIES = Path(__file__).with_name("cutting_stories.txt")
OUTLET = "Harbour Courier"
SITE = "https://harbourcourier.example"


@dataclass(frozen=True)
class Story:
    """A report: headline, paragraphs, and words of other reports for the page's surroundings."""

    number: int
    headline: str
    paragraphs: list[str]
    others: list[str]
    comments: list[str]


def stories() -> list[Story]:
    """The reports of the file, with headlines and sentences of others for what surrounds them."""
    blocks = [block.strip().splitlines() for block in STORIES.read_text().split("## ")]
    reports = [(lines[0], lines[1:]) for lines in blocks if len(lines) > 3]
    found = []
    for number, (headline, paragraphs) in enumerate(reports):
        chance = random.Random(number)
        away = [report for report in reports if report[0] != headline]
        others = [title for title, _ in chance.sample(away, 12)]
        comments = [chance.choice(text).split(". ")[0] for _, text in chance.sample(away, 6)]
        found.append(Story(number, headline, paragraphs, others, comments))
    return found


# --------------------------------------------------------------------------------- layouts

WIDGETS = "<script>window.dataLayer=window.dataLayer||[];" + "var a=[1,2,3];" * 400 + "</script>"
STYLES = "<style>" + ".card{margin:0 auto;padding:1em}" * 300 + "</style>"


def links(titles: Iterable[str]) -> str:
    """A list of links to other pages."""
    return (
        "<ul>" + "".join(f'<li><a href="/x">{escape(title)}</a></li>' for title in titles) + "</ul>"
    )


def linked(story: Story, **more: object) -> str:
    """JSON-LD of a news article."""
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": "2025-09-09T07:40:00+01:00",
        "author": [{"@type": "Person", "name": "Lina Osterby"}],
        "publisher": {"@type": "Organization", "name": OUTLET},
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def page(story: Story, main: str, head: str = "") -> str:
    """A whole page: head, menu, cookie notice, the story's part, other stories, footer."""
    sections = ["World", "Politics", "Business", "Sport", "Culture", "Weather", "Podcasts", "Jobs"]
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{escape(story.headline)} | {OUTLET}</title>
<meta property="og:site_name" content="{OUTLET}">
<meta property="article:published_time" content="2025-09-09T07:40:00+01:00">
<link rel="canonical" href="{SITE}/2025/09/09/{story.number}">{head}{STYLES}{WIDGETS}</head><body>
<div id="cookie-banner" role="dialog"><p>We and our 312 partners store and read information on your
device. You can change your choice at any time.</p><button>Accept all</button></div>
<header><a href="/">{OUTLET}</a><nav>{links(sections)}</nav></header>
{main}
<section class="related"><h3>More from {OUTLET}</h3>{links(story.others[:8])}</section>
<footer><nav>{links(["About us", "Contact", "Privacy", "Terms"])}</nav>
<p>© 2025 {OUTLET}. All rights reserved.</p></footer>{WIDGETS}</body></html>"""


def paragraphs(story: Story, tag: str = "p", attributes: str = "") -> list[str]:
    """The paragraphs of a story in an element each, a link and emphasis among their words."""
    made = []
    for number, text in enumerate(story.paragraphs):
        words = escape(text, quote=False).split(" ")
        if number % 2 == 0 and len(words) > 8:
            words[3] = f'<a href="/topic">{words[3]}</a>'
            words[6] = f"<em>{words[6]}</em>"
        made.append(f"<{tag}{attributes}>{' '.join(words)}</{tag}>")
    return made


def semantic(story: Story) -> str:
    """`article`, `header`, `figure`, an advertisement and a newsletter form among paragraphs."""
    body = paragraphs(story)
    body.insert(
        2, '<aside class="letter"><p>Sign up for our morning letter</p><form></form></aside>'
    )
    main = f"""<main><article><header><h1>{escape(story.headline)}</h1><p class="byline">By Lina
Osterby</p><time datetime="2025-09-09T07:40:00+01:00">9 September 2025</time></header>
<figure><img src="a.jpg"><figcaption>The harbour. Photograph: A. Torvald</figcaption></figure>
{"".join(body)}</article></main>"""
    return page(story, main, linked(story))


def div_soup(story: Story) -> str:
    """Nothing but `div`s with generated class names."""
    body = "".join(
        f'<div class="b{i}x"><div>{p}</div></div>' for i, p in enumerate(paragraphs(story))
    )
    main = f"""<div class="c-1"><div class="c-2"><div class="t9">{escape(story.headline)}</div>
<div class="q2">Lina Osterby</div><div class="c-3">{body}</div></div>
<div class="r7">{links(story.others[8:])}</div></div>"""
    return page(story, main)


def bare_divs(story: Story) -> str:
    """Paragraphs that are `div`s themselves."""
    body = "".join(paragraphs(story, "div"))
    return page(story, f'<div class="story"><h1>{escape(story.headline)}</h1>{body}</div>')


def interrupted(story: Story) -> str:
    """Teasers of other stories, a video's caption and a poll between the paragraphs."""
    more = [
        f'<p><strong>Read more: <a href="/x">{escape(story.others[0])}</a></strong></p>',
        '<div class="video-player"><span>Watch: the day in two minutes</span></div>',
        f'<div class="inline-promo"><a href="/y">{escape(story.others[1])}</a></div>',
        '<form class="poll"><p>Should it be so?</p><label>Yes</label><label>No</label></form>',
    ]
    body = [
        piece
        for number, text in enumerate(paragraphs(story))
        for piece in (text, more[number] if number < len(more) else "")
    ]
    main = f'<div class="post"><h1>{escape(story.headline)}</h1>{"".join(body)}</div>'
    return page(story, main, linked(story))


def live_blog(story: Story) -> str:
    """A live blog: posts with times and headings of their own."""
    posts = "".join(
        f'<article class="post" id="p{i}"><time datetime="2025-09-09T1{i % 10}:00Z">1{i % 10}.00'
        f"</time>{p}<div class='share'><a href='#'>Share</a></div></article>"
        for i, p in enumerate(paragraphs(story))
    )
    main = f'<main><h1>{escape(story.headline)}</h1><div class="live-blog">{posts}</div></main>'
    return page(story, main, linked(story))


def amp(story: Story) -> str:
    """An AMP page with its own elements and advertisements."""
    body = "<amp-ad width=300 height=250 type='x'></amp-ad>".join(paragraphs(story))
    main = f"""<amp-sidebar id="s">{links(story.others[:5])}</amp-sidebar><article class="amp">
<h1>{escape(story.headline)}</h1><amp-img src="a.jpg"></amp-img>{body}</article>"""
    return page(story, main, linked(story)).replace("<html ", "<html ⚡ ", 1)


def paywall(story: Story) -> str:
    """The first paragraph to be seen, the whole story in JSON-LD."""
    main = f"""<article><h1>{escape(story.headline)}</h1>{paragraphs(story)[0]}
<div class="paywall"><p>Subscribe to read on.</p><a href="/subscribe">Offers</a></div></article>"""
    return page(story, main, linked(story, articleBody="\n\n".join(story.paragraphs)))


def data_only(story: Story) -> str:
    """A page that scripts fill: the story stands in JSON-LD alone, as escaped HTML."""
    body = "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs)
    return page(story, '<div id="root"></div>', linked(story, articleBody=escape(body)))


def comments(story: Story) -> str:
    """Readers' comments after the story, as long as the story itself."""
    said = "".join(
        f'<div class="comment"><b>Reader {i}</b><p>{escape(text)}</p></div>'
        for i, text in enumerate(story.comments * 2)
    )
    main = f"""<article><h1>{escape(story.headline)}</h1><div class="entry-content">
{"".join(paragraphs(story))}</div></article><section id="comments" class="comments-area">
<h2>12 comments</h2>{said}</section>"""
    return page(story, main, linked(story))


def line_breaks(story: Story) -> str:
    """One block of text, its paragraphs parted by two line breaks."""
    text = "<br><br>".join(escape(each, quote=False) for each in story.paragraphs)
    return page(story, f'<div id="content"><h1>{escape(story.headline)}</h1><p>{text}</p></div>')


def structured(story: Story) -> str:
    """Subheadings, a list and a quotation within the story."""
    body = paragraphs(story)
    points = "".join(f"<li>{escape(text)}</li>" for text in story.paragraphs[-2:])
    main = f"""<article><h1>{escape(story.headline)}</h1>{"".join(body[:-3])}
<blockquote>{body[-3]}</blockquote><ul>{points}</ul></article>"""
    return page(story, main, linked(story))


def old_tables(story: Story) -> str:
    """A page of about 2003: tables within tables, `font`, `center`."""
    body = "".join(paragraphs(story, "p", ' align="justify"'))
    main = f"""<center><table width="760"><tr>
<td width="150" valign="top">{links(story.others[:6])}</td>
<td valign="top"><font size="5"><b>{escape(story.headline)}</b></font><br>{body}</td>
</tr></table></center>"""
    return page(story, main)


LAYOUTS: dict[str, Callable[[Story], str]] = {
    each.__name__: each
    for each in (
        semantic, div_soup, bare_divs, interrupted, live_blog, amp, paywall, data_only, comments,
        line_breaks, structured, old_tables,
    )
}  # fmt: skip


# ------------------------------------------------------------------------------- measuring


def bag(text: str, headline: str) -> Counter[str]:
    """The words of a text without the lines that are the headline."""
    lines = [line for line in text.splitlines() if line.strip(" #") != headline]
    return Counter(re.findall(r"\w+", "\n".join(lines).casefold()))


def f1(found: Counter[str], true: Counter[str]) -> float:
    """The harmonic mean of precision and recall over two bags of words."""
    both = (found & true).total()
    return 2 * both / (found.total() + true.total()) if both else 0.0


def ours(content: bytes) -> str:
    """The rendition; empty where the page is refused."""
    try:
        return html.read(RawRecord(name="page.html", content=content)).text
    except UnreadableDocument:
        return ""


def bare(content: bytes, *, fast: bool) -> str:
    """What trafilatura extracts by itself."""
    document = trafilatura.bare_extraction(content, include_comments=False, fast=fast)
    return str(getattr(document, "text", None) or "")


READERS: dict[str, Callable[[bytes], str]] = {
    "ours": ours,
    "trafilatura": lambda content: bare(content, fast=False),
    "its fast mode": lambda content: bare(content, fast=True),
}


def measure(reports: list[Story]) -> None:
    """Print the mean F1 of each reader by layout, and their speed."""
    scores: dict[str, dict[str, float]] = {}
    seconds: Counter[str] = Counter()
    size = words = 0
    for layout, render in LAYOUTS.items():
        scores[layout] = dict.fromkeys(READERS, 0.0)
        for story in reports:
            content = render(story).encode()
            true = bag("\n".join(story.paragraphs), story.headline)
            size += len(content)
            words += true.total()
            for reader, read in READERS.items():
                started = time.perf_counter()
                text = read(content)
                seconds[reader] += time.perf_counter() - started
                scores[layout][reader] += f1(bag(text, story.headline), true) / len(reports)
            started = time.perf_counter()
            lxml_html.document_fromstring(content)
            seconds["lxml's parsing"] += time.perf_counter() - started
    pages = len(reports) * len(LAYOUTS)
    print(f"{pages} pages, {size / pages / 1000:.0f} kB and {words / pages:.0f} words each")
    print(f"{'':14}" + "".join(f"{reader:>16}" for reader in READERS))
    for layout, means in scores.items():
        print(f"{layout:14}" + "".join(f"{means[reader]:16.4f}" for reader in READERS))
    means = {r: sum(each[r] for each in scores.values()) / len(scores) for r in READERS}
    print(f"{'mean F1':14}" + "".join(f"{means[reader]:16.4f}" for reader in READERS))
    for reader, spent in seconds.items():
        print(f"{reader:16}{pages / spent:8.0f} pages/s {words / spent:10.0f} words/s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=20)
    measure(stories()[: parser.parse_args().stories])
