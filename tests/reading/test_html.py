"""Web pages: the story, what the page says of itself, encodings, and what is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from archive.errors import UnreadableDocument
from archive.reading.format import Head
from archive.reading.web import html
from archive.records import Document, Metadata, Precision, RawRecord, Role
from tests.reading.pages import HEADLINE, PARAGRAPHS, damaged, page

SAMPLE = Path(__file__).parents[2] / "seeds" / "documents" / "24_ferry_harbour-courier.html"
STORY = [HEADLINE, *PARAGRAPHS]


def read(content: str | bytes, url: str | None = None, **given: str) -> Document:
    content = content if isinstance(content, bytes) else content.encode()
    return html.read(
        RawRecord(
            name="page.html", content=content, found=Metadata(url=url), metadata=Metadata(**given)
        )
    )


def lines(document: Document) -> list[str]:
    return document.text.split("\n\n")


def linked(**node: object) -> str:
    told = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **node})
    return f'<script type="application/ld+json">{told}</script>'


# ---------------------------------------------------------------------------- recognition


@pytest.mark.parametrize(
    ("name", "content", "is_html"),
    [
        ("a", b"<!DOCTYPE html><title>x</title>", True),
        ("a", b"\xef\xbb\xbf\r\n <HTML lang=en>", True),
        ("a", b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'><html>", True),
        ("a", b"<!-- saved from url=(0019)https://a.example/ -->\n<html>", True),
        ("a", "<!doctype html><p>x".encode("utf-16"), True),
        ("a.htm", b"<div><p>Rain fell.</p></div>", True),
        ("a.html", b"Rain fell.<br>Rivers rose.", True),
        ("a.txt", b"<p>Rain fell.</p>", False),
        ("a", b"Rain fell on <html> writers.", False),
        ("a", b"<?xml version='1.0'?><nitf><body/></nitf>", False),
        ("a.html", b'{"html": "<p>x</p>"}', False),
        ("a.html", b"%PDF-1.7 <p>", False),
        ("a.html", b"Rain fell.", False),
        ("a", b"", False),
    ],
)
def test_pages_are_told_by_content(name, content, is_html):
    """A root element or a doctype tells a page; tags elsewhere only where the name says so."""
    assert html.recognises(Head(name=name, content=content)) is is_html


# -------------------------------------------------------------------------------- story


def test_story_is_rendered_line_by_line_with_roles():
    """Headline first, then paragraphs, subheadings, list items and rows, each a line."""
    body = f"""<article><h1>{HEADLINE}</h1><p>{PARAGRAPHS[0]}</p><h2>Homes left</h2>
<p>{PARAGRAPHS[1]}</p><blockquote><p>{PARAGRAPHS[2]}</p></blockquote><ul><li>Two gates are
open</li><li>Two are shut</li></ul><table><tr><th>Gate</th><th>State</th></tr><tr><td>One</td>
<td>open</td></tr></table><p>{PARAGRAPHS[3]} <a href="/x">Read the <b>plan</b></a>.<br>More
soon.</p></article>"""
    document = read(page(body=body))
    assert lines(document) == [
        HEADLINE,
        PARAGRAPHS[0],
        "Homes left",
        PARAGRAPHS[1],
        PARAGRAPHS[2],
        "Two gates are open",
        "Two are shut",
        "Gate State",
        "One open",
        f"{PARAGRAPHS[3]} Read the plan.",
        "More soon.",
    ]
    roles = [part.role for part in document.parts]
    assert roles[:3] == [Role.HEADLINE, None, Role.SUBHEADING]
    assert set(roles[3:]) == {None}
    parts = [document.text[part.char_start : part.char_end] for part in document.parts]
    assert parts == lines(document)
    assert document.is_rendition
    assert document.media_type == "text/html"


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(PARAGRAPHS),
        "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
        "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in PARAGRAPHS),
    ],
)
@pytest.mark.parametrize("shown", ["", f"<article><p>{PARAGRAPHS[0]}</p></article>"])
def test_story_in_structured_data_is_taken_where_the_page_shows_little(body, shown):
    """`articleBody` counts where the page shows nothing or a teaser, as text or as HTML."""
    document = read(page(linked(headline=HEADLINE, articleBody=body), body=shown))
    assert lines(document) == STORY


def test_story_on_the_page_is_preferred_to_structured_data():
    """The page's own paragraphs stand where both have the story."""
    head = linked(headline=HEADLINE, articleBody=" ".join(PARAGRAPHS))
    assert lines(read(page(head))) == STORY


def test_paragraphs_run_together_are_cut_again():
    """A story that only a last resort finds keeps its lines."""
    body = "".join(f"<div><span>{text}</span></div>" for text in PARAGRAPHS)
    document = read(page(linked(headline=HEADLINE), body=f"<article>{body}</article>"))
    assert lines(document) == STORY


def test_menus_comments_and_links_stay_out():
    """What surrounds the story is no part of it."""
    comments = "".join(f"<li class='comment'><p>I think so too, {n}.</p></li>" for n in range(9))
    text = read(page().replace("<aside>", f"<ol id='comments'>{comments}</ol><aside>")).text
    assert not any(word in text for word in ("think", "Sport", "bridge", "rights"))


# ------------------------------------------------------------------------------- metadata

FULL = {
    "headline": HEADLINE,
    "datePublished": "2025-09-09T07:40:00+02:00",
    "dateModified": "2025-09-09T09:00:00Z",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "By Bo Ek"}],
    "publisher": {"@type": "Organization", "name": "Harbour Courier"},
    "articleSection": ["Weather", "Region"],
    "inLanguage": "en-GB",
    "mainEntityOfPage": {"@id": "https://www.courier.example/2025/dam"},
}


def test_structured_data_fills_all_fields():
    """JSON-LD comes before all other elements of the page."""
    head = (
        linked(**FULL)
        + '<meta property="og:title" content="Other"><meta name="author" content="X Y">'
    )
    found = read(page(head)).metadata
    assert found.published is not None
    assert (found.published.at, found.published.source) == ("2025-09-09T07:40+02:00", "metadata")
    assert found.updated_at == "2025-09-09T09:00+00:00"
    assert found.url == "https://www.courier.example/2025/dam"
    assert (found.headline, found.byline) == (HEADLINE, "Ann Lee and Bo Ek")
    assert (found.outlet, found.outlet_domain) == ("Harbour Courier", "courier.example")
    assert (found.section, found.language) == ("Weather", "en")


@pytest.mark.parametrize(
    "script",
    [
        json.dumps([{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], **FULL}]),
        json.dumps(
            {
                "@graph": [
                    {
                        "@type": "BreadcrumbList",
                        "itemListElement": [{"@type": "Article", "name": "No"}],
                    },
                    {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
                    {"@type": "ReportageNewsArticle", **FULL, "author": [{"@id": "#ann"}, "Bo Ek"]},
                ]
            }
        ),
        json.dumps(
            {"@type": "WebPage", "mainEntity": {"@type": "http://schema.org/Article", **FULL}}
        ),
        "<!-- " + json.dumps({"@type": "NewsArticle", **FULL}) + " -->",
        "//<![CDATA[\n" + json.dumps({"@type": "NewsArticle", **FULL}) + "\n//]]>",
        json.dumps({"@type": "NewsArticle", **FULL})[:-1] + ",}",
        json.dumps({"@type": "NewsArticle", **FULL}).replace(HEADLINE, HEADLINE + "\n"),
    ],
)
def test_messy_structured_data_is_read(script):
    """Lists, graphs, references, comments, stray commas and raw newlines do no harm."""
    found = read(page(f'<script type="application/ld+json">{script}</script>')).metadata
    assert (found.headline, found.byline) == (HEADLINE, "Ann Lee and Bo Ek")
    assert found.published is not None
    assert found.published.at == "2025-09-09T07:40+02:00"


def test_structured_data_that_is_cut_off_gives_its_plain_fields():
    """What is whole in broken JSON counts."""
    script = (
        '{"@type": "NewsArticle", "datePublished": "2025-09-09", "headline": "Gates shut", "autho'
    )
    found = read(page(f'<script type="application/ld+json">{script}</script>')).metadata
    assert found.headline == "Gates shut"
    assert found.published is not None
    assert (found.published.on, found.published.precision) == ("2025-09-09", Precision.DAY)


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (
            '<meta property="og:title" content="Gates shut &amp; locked">',
            "headline",
            "Gates shut & locked",
        ),
        ("", "headline", HEADLINE),
        (linked(headline=HEADLINE[:20] + "..."), "headline", HEADLINE),
        ('<meta name="parsely-author" content="By Ann Lee">', "byline", "Ann Lee"),
        ('<meta name="author" content="https://a.example/ann">', "byline", None),
        ('<meta name="author" content="admin">', "byline", None),
        (linked(author="Ann Lee"), "byline", "Ann Lee"),
        (
            linked(author={"name": ["Ann Lee", "Bo Ek", "Cy Dun"]}),
            "byline",
            "Ann Lee, Bo Ek and Cy Dun",
        ),
        (linked(author={"name": "Courier"}, publisher={"name": "Courier"}), "byline", None),
        ('<meta property="og:site_name" content="Courier">', "outlet", "Courier"),
        ('<meta name="twitter:site" content="@courier">', "outlet", None),
        ('<link rel="canonical" href="/2025/dam">', "url", "https://a.example/2025/dam"),
        ('<link rel="canonical" href="https://a.example/">', "url", "https://a.example/x"),
        ('<link rel="canonical" href="javascript:1">', "url", "https://a.example/x"),
        (
            '<link rel="canonical" href="https://web.archive.org/web/2025im_/https://b.example/1">',
            "url",
            "https://b.example/1",
        ),
        ('<meta property="article:section" content="Region">', "section", "Region"),
        (linked(correction="An earlier version had 421."), "status", "corrected"),
        (
            '<meta property="article:modified_time" content="2025-09-10">',
            "updated_at",
            "2025-09-10",
        ),
    ],
)
def test_each_field_is_found_and_cleaned(head, field, value):
    """The fields from the elements that hold them; nonsense is left out."""
    assert getattr(read(page(head), url="https://a.example/x").metadata, field) == value


@pytest.mark.parametrize(
    ("head", "url", "published"),
    [
        (linked(datePublished="2025-09-09"), None, ("2025-09-09", None, "metadata")),
        (
            '<meta name="sailthru.date" content="2025-09-09T07:40:00Z">',
            None,
            ("2025-09-09", "2025-09-09T07:40+00:00", "metadata"),
        ),
        (
            '<meta name="pubdate" content="soon"><meta name="DC.date" content="2025-09">',
            None,
            ("2025-09-01", None, "metadata"),
        ),
        ("", "https://a.example/2025/09/09/dam", ("2025-09-09", None, "url")),
        ("", "https://a.example/2025/99/09/dam", None),
        ("", None, None),
    ],
)
def test_dates_keep_their_precision_and_say_where_they_stand(head, url, published):
    """Structured data first, the day in the address last, nothing by guessing."""
    found = read(page(head), url=url).metadata.published
    assert (found and (found.on, found.at, found.source)) == published


def test_what_the_user_says_comes_first_and_the_container_last():
    """User before page before container."""
    document = read(
        page('<link rel="canonical" href="https://a.example/own">'),
        url="https://a.example/container",
        headline="Mine",
    )
    assert (document.metadata.headline, document.metadata.url) == ("Mine", "https://a.example/own")
    assert lines(document)[0] == "Mine"


# ------------------------------------------------------------------------------ saved pages

SINGLE_FILE = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://a.example/2025/dam
 saved date: Tue Sep 09 2025 10:00:00 GMT+0200 (Central European Summer Time)
-->"""


@pytest.mark.parametrize(
    ("opening", "retrieved_at"),
    [
        ("<!-- saved from url=(0026)https://a.example/2025/dam -->\n<!DOCTYPE html><html>", None),
        (SINGLE_FILE, "2025-09-09T10:00+02:00"),
    ],
)
def test_saved_pages_tell_their_address(opening, retrieved_at):
    """The marks of browsers and of SingleFile give address and time."""
    found = read(page().replace('<!DOCTYPE html><html lang="en">', opening)).metadata
    assert (found.url, found.retrieved_at) == ("https://a.example/2025/dam", retrieved_at)


def test_source_saved_from_the_source_window_is_read_as_the_page():
    """The page that a browser's view-source window shows is the document."""
    rows = "".join(
        f'<tr><td class="line-number"></td><td class="line-content">{line}</td></tr>'
        for line in page().replace("&", "&amp;").replace("<", "&lt;").split("\n")
    )
    assert lines(read(f"<html><body><table>{rows}</table></body></html>")) == STORY


# -------------------------------------------------------------------------------- encodings

RUSSIAN = (
    "Дождь шёл в северных долинах третий день подряд, и управление реки открыло два из четырёх "
    "шлюзов плотины, чтобы вода не поднялась выше опасной отметки, сообщили власти."
)

JAPANESE = (
    "今日は北の谷で三日目の雨が降り、川の管理局はダムの四つの門のうち二つを開いた。"
    "町の役場によると、古い水車の下の通りに住む四百十二人が家を離れ、学校は木曜日まで休みになる。"
)


CHINESE = "北谷连续三天下雨，河流管理局打开了水坝，两扇闸门，居民离家，“学校停课”。"


@pytest.mark.parametrize(
    ("text", "written", "declared", "codec"),
    [
        (PARAGRAPHS[2], "utf-8", "utf-8", "utf-8"),
        (PARAGRAPHS[2], "utf-8", "iso-8859-1", "utf-8"),
        (PARAGRAPHS[2], "utf-8-sig", "windows-1251", "utf-8-sig"),
        (PARAGRAPHS[2], "utf-16", "utf-8", "utf-16"),
        (PARAGRAPHS[2], "cp1252", "iso-8859-1", "cp1252"),
        (PARAGRAPHS[2], "cp1252", "utf-8", "cp1252"),
        (PARAGRAPHS[2], "cp1252", "windows-1251", "cp1252"),
        (PARAGRAPHS[2], "cp1252", "no-such-thing", "cp1252"),
        (PARAGRAPHS[2], "cp1252", "base64", "cp1252"),
        (RUSSIAN, "cp1251", "windows-1251", "cp1251"),
        (RUSSIAN, "cp1251", "iso-8859-1", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8-r", "koi8-r"),
        (JAPANESE, "shift_jis", "shift_jis", "cp932"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp", "iso2022_jp"),
        (CHINESE, "gb18030", "gb2312", "gb18030"),
    ],
)  # fmt: skip
def test_wrongly_declared_encodings_do_not_ruin_the_text(text, written, declared, codec):
    """Marks and the bytes themselves outweigh what a page says of its encoding."""
    paragraphs = "".join(f"<p>{n}: {text}</p>" for n in range(3))
    content = page(f'<meta charset="{declared}">', f"<article>{paragraphs}</article>", "Rain")
    document = read(content.encode(written))
    assert document.text.count(text) == 3
    assert document.encoding == codec


def test_damaged_utf8_keeps_its_other_characters():
    """A page cut within a character is no reason to read all of it wrongly."""
    content = page('<meta charset="utf-8">').encode().replace("café".encode(), b"caf\xc3")
    document = read(content)
    assert "“We have seen worse" in document.text
    assert document.encoding is None


# ---------------------------------------------------------------------------------- refusal


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html></html>", "menus, scripts or forms only"),
        ("<!doctype html>" + " " * 1000, "no"),
        ("<html><body><script>var a = 'Rain fell for days.';</script></body></html>", "scripts"),
        (
            page(body="<h1>Page not found</h1><p>We could not find that.</p>", title="404"),
            "error page",
        ),
        (
            page(body="<p>Checking your browser, please wait.</p>", title="Just a moment..."),
            "error page",
        ),
        (
            page(body="<p>We use data to improve our pages.</p>", title="Before you continue"),
            "consent",
        ),
        (
            page(
                body="".join(
                    f'<p><a href="/{n}">The council met in week {n} of the year to talk.</a></p>'
                    for n in range(20)
                ),
                title="News",
            ),
            "list of links",
        ),
    ],
)
def test_pages_without_an_article_are_refused(content, reason):
    """Error pages, requests for consent and lists of links are named as what they are."""
    with pytest.raises(UnreadableDocument, match=reason):
        read(content)


def test_pages_of_several_stories_have_no_parts():
    """A page that calls itself no article and names other stories is left to the cutter."""
    body = "".join(
        f'<div><h2><a href="/{n}">Story number {n} has a headline</a></h2><p>{text}</p></div>'
        for n, text in enumerate(PARAGRAPHS * 2)
    )
    assert read(page(body=f"<main>{body}</main>", title="News")).parts == ()


# ------------------------------------------------------------------------------ robustness


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 1000 + f"<p>{PARAGRAPHS[0]}</p>",
        "<html><body>" + "<font><b>" * 400 + "".join(f"<p>{t}</p>" for t in PARAGRAPHS),
        "<p>" + "a&amp;" * 200_000,
        linked(headline=HEADLINE)
        + '<script type="application/ld+json">'
        + "[" * 100_000
        + "</script>",
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><p>&b;</p>',
        "<html><body><p>Rain\x00 fell.</p></body></html>",
        "<html><body>" + "<p>Rain fell on the valley again today.</p>" * 5_000,
        "<html><body><table>" + "<tr><td>" * 5000,
        "<html><body><table>" + "<td>Rain fell. " * 60_000,
    ],
)
def test_hostile_pages_end_in_a_document_or_a_reason(content):
    """Depth, size and nonsense neither hang nor crash the reader."""
    try:
        document = read(content)
    except UnreadableDocument as refused:
        assert refused.reason.endswith(".")
    else:
        assert "\0" not in document.text


def test_story_below_hundreds_of_unclosed_elements_is_found():
    """Elements that old pages never close hide no text."""
    unclosed = "<font><b>" * 200
    body = unclosed + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    assert all(text in read(page(body=body)).text for text in PARAGRAPHS)


@settings(max_examples=60, deadline=None)
@given(damaged(SAMPLE.read_bytes()))
def test_damage_ends_in_a_document_or_a_reason(content):
    """Whatever happens to a page: a sound document, the same each time, or a reason."""
    try:
        document = read(content)
    except UnreadableDocument as refused:
        assert refused.reason
        return
    assert document == read(content)
    ends = [0, *(part.char_end for part in document.parts)]
    for end, part in zip(ends, document.parts, strict=False):
        assert end <= part.char_start < part.char_end <= len(document.text)
    assert "\0" not in document.text


def test_every_process_reads_the_same():
    """Neither hash seed nor locale nor time zone nor what was read before changes a document."""
    code = (
        "import sys; from archive.reading.web import html; from archive.records import RawRecord\n"
        "for path in sys.argv[1:]:\n"
        "    print(ascii(html.read(RawRecord(name='a.html', content=open(path, 'rb').read()))))"
    )
    outputs = set()
    for seed, locale, zone, times in (("1", "C", "UTC", 1), ("2", "C.UTF-8", "Asia/Kabul", 3)):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        command = [sys.executable, "-c", code, *[str(SAMPLE)] * times]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        outputs |= set(done.stdout.splitlines())
    assert len(outputs) == 1
