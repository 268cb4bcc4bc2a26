"""What a web page says of itself: headline, byline, outlet, dates, address, language, section.

Each field is looked for in the same order: the page's JSON-LD, OpenGraph and `article:` elements
(ogp.me), other `meta` elements (Parse.ly, Sailthru, Dublin Core), the markup itself. Nothing is
guessed from the text, and nothing depends on the day.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from archive.reading.markup import clean_line, render_line
from archive.reading.moments import moment_of, published_of
from archive.reading.web.linked_data import LinkedData, read_linked_data
from archive.records import Metadata, Published

_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "og:published_time",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "datepublished", "date.published", "publish-date", "publish_date", "publication_date",
    "pubdate", "article.published", "dcterms.created", "dcterms.issued", "dcterms.date",
    "dc.date.issued", "dc.date.created", "dc.date", "article:published", "date",
)  # fmt: skip
_UPDATED: Final = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "article:updated_time", "dcterms.modified", "dc.date.modified", "last-modified",
)  # fmt: skip
_TITLES: Final = ("og:title", "parsely-title", "sailthru.title", "twitter:title", "dcterms.title",
                  "dc.title")  # fmt: skip
_AUTHORS: Final = ("article:author", "og:article:author", "parsely-author", "sailthru.author",
                   "author", "byl", "dc.creator", "dcterms.creator", "article:author_name",
                   "twitter:creator")  # fmt: skip
_OUTLETS: Final = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher",
                   "article:publisher", "twitter:site")  # fmt: skip
_SECTIONS: Final = ("article:section", "og:article:section", "parsely-section", "section")

_BY: Final = re.compile(r"^(?:(?:written|story|report(?:ed)?|words|text)\s+)?by[\s:]+", re.I)
_NO_NAME: Final = re.compile(r"https?:|www\.|[@{}<>|]|^\W*$|\.(?:com|org|net)\b", re.I)
_PLACEHOLDER: Final = re.compile(
    r"^(?:admin(?:istrator)?|editors?|staff|unknown|none|null|n/?a|undefined|author|redaktion|"
    r"web ?master|guest)$", re.I
)  # fmt: skip
"""What content management systems write where they know no author."""

_LONGEST_BYLINE: Final = 8
"""Words of a line in the page that is taken for a name or two."""

_DIGIT: Final = re.compile("[0-9]")
_LONGEST_NAME: Final = 120
_LONGEST_HEADLINE: Final = 500
_SEPARATOR: Final = re.compile(r"\s+[|\-–—·•»:]\s+|\s*\|\s*")
_WORDS: Final = re.compile(r"\w+")
_LANGUAGE: Final = re.compile(r"^([a-z]{2,3})(?:[-_][a-z0-9]+)*$", re.I)
_DAY_IN_URL: Final = re.compile(r"/((?:19|20)[0-9]{2})[/-]([01]?[0-9])[/-]([0-3]?[0-9])(?=[/-]|$)")
_WAYBACK: Final = re.compile(r"^https?://web\.archive\.org/web/[0-9]{4,14}[a-z_]*/(https?://.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed page: its tree, its address as far as known, and what it says of itself.

    `meta` maps names of `meta` elements, in lower case, to their contents, in order.
    """

    root: etree._Element
    url: str | None = None
    meta: dict[str, list[str]] = field(default_factory=dict)
    linked: LinkedData = field(default_factory=LinkedData)

    @property
    def is_article(self) -> bool:
        """Whether the page declares itself an article."""
        return (
            self.linked.is_article
            or any(kind.lower().startswith("article") for kind in self.meta.get("og:type", []))
            or "article:published_time" in self.meta
        )


def read_page(root: etree._Element, url: str | None) -> Page:
    """Collect the metadata elements of a parsed page, before anything is cut from its tree."""
    scripts = [
        element.text
        for element in root.iter("script")
        if element.text and "ld+json" in (element.get("type") or "").lower()
    ]
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        if content and content.strip():
            for key in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(key):
                    meta.setdefault(name.strip().lower(), []).append(content)
                    break
    return Page(root=root, url=url, meta=meta, linked=read_linked_data(scripts))


def page_metadata(page: Page) -> Metadata:
    """What the page says of itself; what it leaves open, or fills with nonsense, is None."""
    article = page.linked.article
    url = _canonical(page)
    outlet = _outlet(page)
    return Metadata(
        headline=_headline(page, outlet),
        byline=_byline(page, outlet),
        outlet=outlet,
        outlet_domain=domain_of(url or page.url),
        published=_published(page, url or page.url),
        updated_at=_first(
            moment_of(value)
            for value in (*_texts(article.get("dateModified")), *_meta(page, _UPDATED))
        ),
        url=url,
        section=_first(
            render_line(value)
            for value in (*_texts(article.get("articleSection")), *_meta(page, _SECTIONS))
            if not value.startswith("http")
        ),
        language=_language(page),
        status="corrected" if article.get("correction") else None,
    )


def domain_of(url: str | None) -> str | None:
    """The host of an address without `www.`; None where there is none.

    >>> domain_of("https://www.example.org/news/1")
    'example.org'
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def web_address(value: object, base: str | None = None) -> str | None:
    """A value as the absolute address of a web page, out of the Wayback Machine's; else None."""
    if not isinstance(value, str) or not value.strip() or len(value) > 2000:
        return None
    try:
        url = urljoin(base or "", value.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        return None
    return match[1] if (match := _WAYBACK.match(url)) else url


def _headline(page: Page, outlet: str | None) -> str | None:
    """The headline, without the outlet's name that titles end with."""
    shown = [render_line("".join(map(str, h1.itertext()))) for h1 in page.root.iter("h1")]
    title = page.root.find(".//title")
    titles = [
        *_meta(page, _TITLES),
        "".join(map(str, title.itertext())) if title is not None else "",
    ]
    told = [_texts(page.linked.article.get(key)) for key in ("headline", "name")]
    for value in [text for texts in told for text in texts]:
        headline = render_line(value)
        if headline:
            return _whole(headline, shown)[:_LONGEST_HEADLINE]
    for value in titles:
        headline = _without_outlet(render_line(value), shown, outlet)
        if headline:
            return headline[:_LONGEST_HEADLINE]
    return _first(line[:_LONGEST_HEADLINE] for line in shown)


def _whole(headline: str, shown: list[str]) -> str:
    """The page's own line where a headline was cut to fit a limit (`Rain closes the m...`)."""
    start = headline.rstrip(".… ")
    if start == headline and len(headline) < 100:
        return headline
    return next((line for line in shown if line.startswith(start)), headline)


def _without_outlet(title: str, shown: list[str], outlet: str | None) -> str:
    """A page title without the outlet or section after the headline."""
    for line in shown:
        if line and title.casefold().startswith(line.casefold()):
            return line
    pieces = _SEPARATOR.split(title)
    if outlet and len(pieces) > 1:
        for end in (pieces[-1], pieces[0]):
            if _same_words(end, outlet):
                title = title.removesuffix(end) if end is pieces[-1] else title.removeprefix(end)
                return title.strip(" |-–—·•»:")
    return title


def _byline(page: Page, outlet: str | None) -> str | None:
    """The names of the writers: `Ann Lee, Bo Ek and Cy Dunn`."""
    authors = page.linked.article.get("author") or page.linked.article.get("creator")
    candidates: list[Iterable[str]] = [_names(authors, page.linked)]
    candidates += [_meta(page, (name,)) for name in _AUTHORS]
    candidates.append(_marked_authors(page.root))
    for values in candidates:
        names = _clean_names(values, outlet)
        if names:
            return join_names(names)
    return None


def join_names(names: list[str]) -> str:
    """Names as a byline has them: `Ann Lee, Bo Ek and Cy Dunn`."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _names(value: Any, linked: LinkedData) -> Iterator[str]:
    """Names in a JSON-LD value: a string, an object with a name, or a list of such."""
    for item in value if isinstance(value, list) else [value]:
        told = linked.resolve(item)
        if isinstance(told, str):
            yield told
        elif isinstance(told, dict):
            yield from _texts(told.get("name"))


def _clean_names(values: Iterable[str], outlet: str | None) -> list[str]:
    """Values that are names, once each, without `By`; the outlet itself is no writer."""
    names: list[str] = []
    for value in values:
        name = _BY.sub("", render_line(value)).strip(" ,;|-–—")
        is_name = 1 < len(name) <= _LONGEST_NAME and not _NO_NAME.search(name)
        if not is_name or _PLACEHOLDER.match(name) or (outlet and _same_words(name, outlet)):
            continue
        if name.casefold() not in map(str.casefold, names):
            names.append(name)
    return names


def _marked_authors(root: etree._Element) -> list[str]:
    """Names in elements that the markup calls the author (microdata, `rel`, usual classes)."""
    found = root.xpath(
        '//*[@itemprop="author" or @rel="author" or @class="byline" or @class="author" '
        'or @class="author-name" or @class="byline__name" or @class="article-author"]'
    )
    texts = []
    for element in found if isinstance(found, list) else []:
        if isinstance(element, etree._Element):
            inner = element.find('.//*[@itemprop="name"]')
            text = "".join(map(str, (element if inner is None else inner).itertext()))
            # Where the line goes on with a date or a place, it is no bare name.
            if len(text.split()) <= _LONGEST_BYLINE and not _DIGIT.search(text):
                texts.append(text)
    return texts[:10]


def _outlet(page: Page) -> str | None:
    publisher = page.linked.article.get("publisher") or page.linked.article.get(
        "sourceOrganization"
    )
    values = (*_names(publisher, page.linked), *_meta(page, _OUTLETS))
    return _first(
        name
        for value in values
        if (name := render_line(value)) and len(name) <= _LONGEST_NAME and not _NO_NAME.search(name)
    )


def _published(page: Page, url: str | None) -> Published | None:
    """The date of publication: JSON-LD, `meta`, `time` elements, the day in the address."""
    article = page.linked.article
    values = (
        *_texts(article.get("datePublished")),
        *_meta(page, _PUBLISHED),
        *_texts(article.get("dateCreated")),
        *_times(page.root),
    )
    for value in values:
        if found := published_of(value):
            return found
    match = _DAY_IN_URL.search(urlsplit(url).path) if url else None
    found = published_of(f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}") if match else None
    return replace(found, source="url") if found else None


def _times(root: etree._Element) -> Iterator[str]:
    """Machine-readable times: those marked as the publication's, then the article's first."""
    queries = (
        '//*[@itemprop="datePublished"]',
        "//time[@pubdate]",
        '//time[contains(concat(" ", @class, " "), " published ") or '
        'contains(concat(" ", @class, " "), " entry-date ")]',
        "(//article//time | //main//time | //header//time)[1]",
    )
    for query in queries:
        found = root.xpath(query)
        for element in found if isinstance(found, list) else []:
            if isinstance(element, etree._Element):
                value = element.get("datetime") or element.get("content")
                if value:
                    yield value


def _canonical(page: Page) -> str | None:
    """The address that the page gives as its own; a front page's is that of no article."""
    article = page.linked.article
    main = article.get("mainEntityOfPage")
    values: list[object] = [
        link.get("href")
        for link in page.root.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    values += _meta(page, ("og:url", "parsely-link"))
    values += [article.get("url"), main.get("@id") if isinstance(main, dict) else main]
    found = [url for value in values if (url := web_address(value, page.url))]
    deep = [url for url in found if urlsplit(url).path.strip("/") or urlsplit(url).query]
    return _first(deep) or web_address(page.url) or _first(found)


def _language(page: Page) -> str | None:
    """The language's code of ISO 639 (`en`), without script or country."""
    values = (
        page.root.get("lang") or "",
        *_texts(page.linked.article.get("inLanguage")),
        *_meta(page, ("og:locale", "content-language", "dc.language", "dcterms.language")),
        page.root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or page.root.get("xml:lang")
        or "",
    )
    return _first(match[1].lower() for value in values if (match := _LANGUAGE.match(value.strip())))


def _meta(page: Page, names: Iterable[str]) -> list[str]:
    return [value for name in names for value in page.meta.get(name, [])]


def _texts(value: Any) -> list[str]:
    """The strings of a JSON-LD value: itself, a list's, an object's `@value` or `name`."""
    values = value if isinstance(value, list) else [value]
    found = []
    for each in values:
        inner = (each.get("@value") or each.get("name")) if isinstance(each, dict) else each
        if isinstance(inner, str) and clean_line(inner):
            found.append(inner)
        elif isinstance(inner, (int, float)) and not isinstance(inner, bool):
            found.append(str(inner))
    return found


def _same_words(one: str, other: str) -> bool:
    return _WORDS.findall(one.casefold()) == _WORDS.findall(other.casefold())


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
