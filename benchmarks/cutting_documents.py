"""Makes documents with known cuts from real news: stories run together, cut, reordered, dressed.

The articles are those of `../shared/news` (English Wikinews, CC BY 2.5, Wikinews and its
contributors) and the short reports of `cutting_stories.txt`, written for this project in the
manner of regional news sites, whose stories lie close together in subject. Both are divided into
two halves by the SHA-1 of their address or title, so that what is tuned on one half can be
reported on the other. The same seed always makes the same documents.
"""

import csv
import hashlib
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

STORIES = Path(__file__).with_name("cutting_stories.txt")
NEWS = Path(__file__).resolve().parents[1].parent / "shared" / "news"

_CITIES = (
    *("NAIROBI", "LIMA, Peru", "Geneva", "ANKARA, Turkey", "Dhaka", "SEOUL", "Warsaw, Poland"),
    *("MANILA", "Cairo", "JAKARTA", "Doha, Qatar", "LAGOS, Nigeria", "Ottawa", "BEIRUT"),
    *("Kathmandu", "NEW DELHI", "Tashkent, Uzbekistan", "VIENNA"),
)
_AGENCIES = ("AP", "Reuters", "AFP", "Xinhua", "Anadolu", "DPA")
_DASHES = (" — ", " – ", " - ", " -- ")
_REPORTERS = ("Dana Whitlock", "Owen Marsh", "Priya Kade", "T. J. Moss", "Ines Faro", "Lars Quist")
_PHOTO = (
    "Photo: {who}",
    "Photo by {who}",
    "Image: {who} / {agency}",
    "Photo credit: {agency}",
    "Picture: {agency}",
    "Credit: {who}/{agency}",
)
_BYLINE = (
    "By {who}",
    "By {who} and {other}",
    "BY {who}, {agency}",
    "Written by {who}",
    "By {who} | {day}",
    "{who} - {day}",
)
_DATE = (
    "{day}",
    "Published: {day}",
    "Updated {day} 14:05 GMT",
    "Published on {day}",
    "Last updated: {day}, 9:30 am",
)
_SIGN_OFF = (
    "Reporting by {who}; Editing by {other}",
    "{who} contributed to this report.",
    "Edited by: {other}",
)
_FURNITURE_AFTER = (
    "Read also: {title}",
    "Share this article",
    "Share on Facebook",
    "© 2020 The Example Times",
    "Copyright 2020. All rights reserved.",
    "Sign up for our daily newsletter",
    "Related News",
    "Follow us on Twitter",
    "Tags: politics, region, security",
    "You may also like",
    "Comments",
    "Read more: {title}",
    "Subscribe to our channel",
    "Leave a comment",
    "Advertisement",
    "We use cookies to improve your experience on this website.",
    "More from World",
    "Print",
    "SEE ALSO: {title}",
    "Read full story here",
    "Download our app for the latest news",
)
_FURNITURE_BEFORE = (
    "Home | World | Asia",
    "Advertisement",
    "Share",
    "Menu",
    "Listen to this article",
    "3 min read",
    "Skip to content",
    "Breaking News",
)
_QUESTIONS = (
    "What happens next?",
    "Why does it matter?",
    "How did you first hear of it?",
    "Who is to blame?",
    "What do you say to your critics?",
    "What are the numbers?",
    "When will there be a decision?",
    "Do you expect the talks to go on?",
    "How have people reacted so far?",
    "What has changed?",
)
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z])|(?<=[.!?][\"”])\s+(?=[A-Z])")


@dataclass(frozen=True)
class News:
    """One article of the news set, its paragraphs cleaned of captions and pull quotes."""

    url: str
    title: str
    date: str
    paragraphs: tuple[str, ...]
    words: Counter[str] = field(compare=False, hash=False)
    is_regional: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a generated document: its role, and the number of its story (None: furniture)."""

    text: str
    role: str
    story: int | None


@dataclass(frozen=True)
class Story:
    """What a story of a generated document is: where it starts (1-based line), kind, headline."""

    line: int
    kind: str
    headline: str | None


@dataclass(frozen=True)
class Example:
    """A generated document and the truth about it; `roles` maps line numbers to roles."""

    name: str
    text: str
    stories: tuple[Story, ...]
    roles: dict[int, str]
    story_of: dict[int, int | None]
    is_regional: bool


def load_news(folder: Path = NEWS) -> list[News]:
    """Read the articles of both years that are ordinary stories of three paragraphs or more."""
    found = []
    for path in sorted(folder.glob("wikinews_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                news = _clean(row)
                if news is not None:
                    found.append(news)
    return found + _load_regional()


def _load_regional() -> list[News]:
    """The reports written for this project: a title after `##`, then one paragraph a line."""
    found = []
    for block in STORIES.read_text(encoding="utf-8").split("## ")[1:]:
        title, *paragraphs = block.strip().split("\n")
        words = _words(paragraphs)
        found.append(News(title, title, "2025-08-04", tuple(paragraphs), words, is_regional=True))
    return found


def half(news: Sequence[News], which: int) -> list[News]:
    """The articles of half 0 or 1, by the SHA-1 of their address."""
    return [item for item in news if hashlib.sha1(item.url.encode()).digest()[0] % 2 == which]  # noqa: S324


def generate(news: Sequence[News], count: int, seed: int) -> Iterator[Example]:
    """Make `count` documents from `news`, always the same for one seed."""
    maker = _Maker(news, random.Random(seed))
    for number in range(count):
        yield maker.document(f"{number:05}.txt")


def _clean(row: dict[str, str]) -> News | None:
    paragraphs = []
    for raw in row["text"].split("\n"):
        text = " ".join(raw.split())
        if len(text.split()) < 6 or not re.search(r"[.!?][\"”’')\]]*$", text):
            continue
        if "Image:" in text or text.startswith(("—", "((", "Q:", "A:", "•", "*")):
            continue
        paragraphs.append(text)
    is_interview = row["text"].count("((WN") > 0 or "?\n" in row["text"]
    if not 3 <= len(paragraphs) <= 30 or is_interview:
        return None
    return News(row["url"], row["title"], row["date"], tuple(paragraphs), _words(paragraphs))


def _words(paragraphs: Sequence[str]) -> Counter[str]:
    return Counter(re.findall(r"[a-z]{4,}", " ".join(paragraphs).lower()))


class _Maker:
    def __init__(self, news: Sequence[News], chance: random.Random) -> None:
        self.pools = [
            [item for item in news if item.is_regional is regional] for regional in (False, True)
        ]
        self.news = self.pools[0]
        self.chance = chance
        self.near = {**_neighbours(self.pools[0]), **_neighbours(self.pools[1])}
        self.kinds: dict[int, str] = {}

    def document(self, name: str) -> Example:
        chance = self.chance
        self.news = chance.choice([pool for pool in self.pools if pool])
        count = chance.choices((1, 2, 3, 4, 5, 6), (45, 15, 12, 10, 10, 8))[0]
        chosen = self._choose(count)
        headlines = chance.choices(("none", "first", "all"), (35, 30, 35))[0]
        style = _Style(chance)
        self.kinds = {}
        lines: list[Line] = []
        for number, news in enumerate(chosen):
            shown = headlines == "all" or (headlines == "first" and number == 0)
            is_fragment = not shown and chance.random() < (0.22 if number == 0 else 0.02)
            lines += self._story(news, number, style, headline=shown, is_fragment=is_fragment)
        if chance.random() < 0.3:
            lines += self._teasers(len(chosen), chosen, style)
        if style.has_furniture:
            lines += [self._furniture(_FURNITURE_AFTER) for _ in range(chance.randint(1, 5))]
            if chance.random() < 0.4:
                lines.insert(0, self._furniture(_FURNITURE_BEFORE))
        return _lay_out(name, lines, self.kinds, style, is_regional=self.news is self.pools[1])

    def _choose(self, count: int) -> list[News]:
        """Stories that stand side by side, more often than not on one subject."""
        chosen = [self.chance.choice(self.news)]
        while len(chosen) < count:
            likely = self.near[chosen[-1].url] if self.chance.random() < 0.65 else self.news
            candidate = self.chance.choice(likely)
            if candidate not in chosen:
                chosen.append(candidate)
        return chosen

    def _story(
        self, news: News, number: int, style: "_Style", *, headline: bool, is_fragment: bool
    ) -> list[Line]:
        chance = self.chance
        body = style.split(news.paragraphs)
        if is_fragment:
            body = body[chance.randint(1, max(1, len(body) - 3)) :] or body[-1:]
        elif len(body) > 4 and chance.random() < 0.12:
            rest = body[1:]
            chance.shuffle(rest)
            body = [body[0], *rest]
        body = body[: chance.choice((2, 3, 4, 5, 6, 8, 10, 14, 20))]
        if not is_fragment and chance.random() < style.dateline_share:
            agency = f" ({chance.choice(_AGENCIES)})" if chance.random() < 0.6 else ""
            body[0] = f"{chance.choice(_CITIES)}{agency}{style.dash}{body[0]}"
        self.kinds[number] = "fragment" if is_fragment else "article"
        lines = []
        if headline:
            lines += self._head(news, number, style)
            if chance.random() < style.repeated_lead_share:
                lines.append(Line(body[0], "body", number))
        lines += self._body(body, number, style)
        if chance.random() < style.sign_off_share:
            lines.append(Line(self._fill(chance.choice(_SIGN_OFF), news), "credit", number))
        return lines

    def _head(self, news: News, number: int, style: "_Style") -> list[Line]:
        chance = self.chance
        title = style.case(news.title)
        lines = [Line(title, "headline", number)]
        if chance.random() < style.photo_share:
            credit = Line(self._fill(chance.choice(_PHOTO), news), "credit", number)
            lines.insert(chance.choice((0, 1)), credit)
        if chance.random() < style.byline_share:
            lines.append(Line(self._fill(chance.choice(_BYLINE), news), "credit", number))
        if chance.random() < style.date_share:
            lines.append(Line(self._fill(chance.choice(_DATE), news), "credit", number))
        return lines

    def _body(self, body: Sequence[str], number: int, style: "_Style") -> list[Line]:
        lines: list[Line] = []
        for position, paragraph in enumerate(body):
            text = paragraph
            if (
                style.has_subheadings
                and 2 <= position < len(body)
                and self.chance.random() < 0.25
                and lines[-1].role == "body"
            ):
                lines.append(Line(self._subheading(text), "subheading", number))
            if position > 0 and self.chance.random() < style.trailing_share:
                text = text.rstrip(".") + style.ellipsis
            lines.append(Line(text, "body", number))
        return lines

    def _subheading(self, text: str) -> str:
        """Two to five words of the paragraph that follows, or a question as in interviews."""
        if self.chance.random() < 0.15:
            return self.chance.choice(_QUESTIONS)
        words = re.findall(r"[A-Za-z][\w’'-]+", text)
        solid = [word for word in words if len(word) > 4 or word[0].isupper()][1:] or words
        start = self.chance.randrange(max(1, len(solid) - 4))
        picked = solid[start : start + self.chance.randint(2, 5)]
        joined = f" {self.chance.choice(('and', 'in', 'of', 'for'))} ".join(
            [" ".join(picked[:2]), *([" ".join(picked[2:])] if picked[2:] else [])]
        )
        return joined.title() if self.chance.random() < 0.6 else joined[0].upper() + joined[1:]

    def _teasers(self, first: int, chosen: Sequence[News], style: "_Style") -> list[Line]:
        chance = self.chance
        lines = []
        with_headline = chance.random() < 0.2
        number = first
        for _ in range(chance.randint(1, 6)):
            news = chance.choice(self.news)
            if news in chosen:
                continue
            words = news.paragraphs[0].split()[: chance.randint(10, 20)]
            if with_headline:
                lines.append(Line(style.case(news.title), "headline", number))
            lines.append(Line(" ".join(words).rstrip(" ,.;:") + style.ellipsis, "teaser", number))
            self.kinds[number] = "teaser"
            number += 1
        return lines

    def _furniture(self, templates: Sequence[str]) -> Line:
        template = self.chance.choice(templates)
        return Line(self._fill(template, self.chance.choice(self.news)), "furniture", None)

    def _fill(self, template: str, news: News) -> str:
        day = date.fromisoformat(news.date)
        who, other = self.chance.sample(_REPORTERS, 2)
        return template.format(
            who=who,
            other=other,
            agency=self.chance.choice(_AGENCIES),
            title=news.title,
            day=f"{day:%B} {day.day}, {day.year}",
        )


class _Style:
    """Habits that one document keeps from its first line to its last."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.newline = chance.choices(("\n", "\r\n"), (85, 15))[0]
        self.blank = chance.choices((1, 2), (65, 35))[0]
        self.wider_between = chance.random() < 0.1
        self.curly = chance.random() < 0.6
        self.short_paragraphs = chance.random() < 0.6
        self.title_case = chance.random() < 0.5
        self.dateline_share = chance.choices((0.0, 0.7, 1.0), (75, 15, 10))[0]
        self.dash = chance.choice(_DASHES)
        self.photo_share = chance.choices((0.0, 0.7), (70, 30))[0]
        self.byline_share = chance.choices((0.0, 0.9), (60, 40))[0]
        self.date_share = chance.choices((0.0, 0.9), (65, 35))[0]
        self.sign_off_share = chance.choices((0.0, 0.8), (85, 15))[0]
        self.repeated_lead_share = chance.choices((0.0, 1.0), (92, 8))[0]
        self.has_subheadings = chance.random() < 0.3
        self.trailing_share = chance.choices((0.0, 0.1), (90, 10))[0]
        self.ellipsis = chance.choice(("…", "...", "…", " …", "[…]"))
        self.has_furniture = chance.random() < 0.35

    def split(self, paragraphs: Sequence[str]) -> list[str]:
        """The paragraphs, or shorter ones of one to two sentences as agencies write."""
        if not self.short_paragraphs:
            return list(paragraphs)
        short = []
        for paragraph in paragraphs:
            sentences = _SENTENCE.split(paragraph)
            while sentences:
                take = self.chance.choice((1, 2, 2))
                short.append(" ".join(sentences[:take]))
                sentences = sentences[take:]
        return short

    def case(self, title: str) -> str:
        """The title as it is, or with capitals as many papers set them."""
        if not self.title_case:
            return title
        return " ".join(
            word if word[:1].isupper() or word in _SMALL else word[:1].upper() + word[1:]
            for word in title.split()
        )


_SMALL = frozenset("a an the of in on at to for from by with and or as".split())  # noqa: SIM905


def _lay_out(
    name: str,
    lines: Sequence[Line],
    kinds: dict[int, str],
    style: _Style,
    *,
    is_regional: bool,
) -> Example:
    """Set the lines one under the other, with the document's blank lines and quotation marks."""
    text, number = "", 1
    roles: dict[int, str] = {}
    story_of: dict[int, int | None] = {}
    starts: dict[int, int] = {}
    for index, line in enumerate(lines):
        if index:
            gap = style.blank
            if style.wider_between and line.story != lines[index - 1].story:
                gap += style.chance.choice((1, 2))
            text += style.newline * gap
            number += gap
        text += _curl(line.text) if style.curly else line.text
        roles[number] = line.role
        story_of[number] = line.story
        if line.story is not None:
            starts.setdefault(line.story, number)
    stories = tuple(
        Story(start, kinds[story], _headline(lines, story, style))
        for story, start in starts.items()
    )
    return Example(name, text, stories, roles, story_of, is_regional)


def _headline(lines: Sequence[Line], story: int, style: _Style) -> str | None:
    for line in lines:
        if line.story == story and line.role == "headline":
            return _curl(line.text) if style.curly else line.text
    return None


def _curl(text: str) -> str:
    text = re.sub(r"(^|[\s(\[—–-])\"", r"\1“", text).replace('"', "”")
    return re.sub(r"(?<=\w)'", "’", re.sub(r"(^|[\s(\[—–“-])'", r"\1‘", text)).replace("'", "’")


def _neighbours(news: Sequence[News]) -> dict[str, list[News]]:
    """For each article the eight whose words are most alike (cosine of tf-idf)."""
    spread = Counter(word for item in news for word in item.words)
    vectors = []
    for item in news:
        vector = {
            word: (1 + math.log(count)) * math.log(len(news) / spread[word])
            for word, count in item.words.items()
        }
        size = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({word: value / size for word, value in vector.items()})
    near = {}
    for index, item in enumerate(news):
        likeness = [
            (-sum(value * other.get(word, 0.0) for word, value in vectors[index].items()), place)
            for place, other in enumerate(vectors)
            if place != index
        ]
        near[item.url] = [news[place] for _, place in sorted(likeness)[:8]]
    return near
