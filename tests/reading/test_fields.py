"""Records of known tools and of unknown ones: which field is which."""

import json

import pytest

from archive.reading.data import json_records
from archive.reading.data.fields import find_field, status_of, version_of
from archive.records import Document, Metadata, RawRecord, Role
from tests.reading.damage import read_all


def read(fields: dict, **options) -> Document:
    record = RawRecord(name="a", content=json.dumps(fields).encode(), **options)
    return json_records.read(record)


NEWS_PLEASE = {
    "authors": ["Ann Lee", "Bo Ek"], "date_download": "2025-09-12 06:00:00", "date_modify": "None",
    "date_publish": "2025-09-09 07:45:00", "description": "Rain fell …", "filename": "x.html",
    "image_url": None, "language": "en", "localpath": None, "maintext": "Rain fell.\nRivers rose.",
    "source_domain": "www.harbourcourier.example", "title": "Rain", "title_page": None,
    "title_rss": None, "url": "https://harbourcourier.example/rain",
}  # fmt: skip
FUNDUS = {
    "title": "Rain", "authors": ["Ann Lee"], "publishing_date": "2025-09-09 07:45:00+02:00",
    "topics": ["Weather"], "lang": "en",
    "body": {
        "summary": ["Rain fell."],
        "sections": [{"headline": ["What next"], "paragraphs": ["Rivers rose.", "Roads closed."]}],
    },
    "html": {"responded_url": "https://x.example/rain", "crawl_date": "2025-09-12 06:00:00"},
}  # fmt: skip
EVENT_REGISTRY = {
    "uri": "8123", "lang": "eng", "date": "2025-09-10", "time": "01:00:00", "isDuplicate": False,
    "dateTime": "2025-09-10T01:00:00Z", "dateTimePub": "2025-09-09T07:45:00Z", "dataType": "news",
    "url": "https://x.example/rain", "title": "Rain", "body": "Rain fell.\n\nRivers rose.",
    "source": {"uri": "x.example", "dataType": "news", "title": "The X"},
    "authors": [{"uri": "ann_lee@x.example", "name": "Ann Lee", "type": "author"}],
}  # fmt: skip
TRAFILATURA = {
    "title": "Rain", "author": "Ann Lee; Bo Ek", "hostname": "x.example", "date": "2025-09-09",
    "fingerprint": "abc", "raw_text": "Rain fell. Rivers rose.", "text": "Rain fell.\nRivers rose.",
    "source": "https://x.example/rain", "source-hostname": "The X", "excerpt": "Rain …",
    "categories": "Weather", "tags": "rain",
}  # fmt: skip
GUARDIAN = {
    "id": "weather/rain", "sectionName": "Weather", "webPublicationDate": "2025-09-09T07:45:00Z",
    "webTitle": "Rain", "webUrl": "https://x.example/rain", "apiUrl": "https://api.x.example/rain",
    "fields": {"byline": "Ann Lee", "body": "<p>Rain fell.</p><p>Rivers rose.</p>"},
}  # fmt: skip
WORDPRESS = {
    "id": 7, "date": "2025-09-09T07:45:00", "modified": "2025-09-09T09:00:00",
    "link": "https://x.example/rain", "title": {"rendered": "Rain &amp; wind"},
    "content": {"rendered": "<p>Rain fell.</p>\n<h2>What next</h2>\n<p>Rivers rose.</p>"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "lines", "expected"),
    [
        (
            NEWS_PLEASE,
            ["Rain", "Rain fell.", "Rivers rose."],
            {"byline": "Ann Lee and Bo Ek", "outlet_domain": "harbourcourier.example",
             "language": "en", "updated_at": None, "retrieved_at": "2025-09-12T06:00"},
        ),
        (
            FUNDUS,
            ["Rain", "Rain fell.", "What next", "Rivers rose.", "Roads closed."],
            {"byline": "Ann Lee", "url": "https://x.example/rain", "language": "en"},
        ),
        (
            EVENT_REGISTRY,
            ["Rain", "Rain fell.", "Rivers rose."],
            {"outlet": "The X", "byline": "Ann Lee", "url": "https://x.example/rain"},
        ),
        (
            TRAFILATURA,
            ["Rain", "Rain fell.", "Rivers rose."],
            {"url": "https://x.example/rain", "outlet": "The X", "outlet_domain": "x.example",
             "section": "Weather"},
        ),
        (
            GUARDIAN,
            ["Rain", "Rain fell.", "Rivers rose."],
            {"byline": "Ann Lee", "section": "Weather", "url": "https://x.example/rain"},
        ),
        (
            WORDPRESS,
            ["Rain & wind", "Rain fell.", "What next", "Rivers rose."],
            {"url": "https://x.example/rain", "updated_at": "2025-09-09T09:00"},
        ),
    ],
)  # fmt: skip
def test_records_of_known_tools(fields, lines, expected):
    """Text by paragraphs, headline first, and the metadata that the tool gives."""
    document = read(fields)
    assert document.text.split("\n\n") == lines
    assert document.metadata.published.on == "2025-09-09"
    assert {name: getattr(document.metadata, name) for name in expected} == expected
    assert document.is_rendition


def test_subheadings_keep_their_role():
    """From Fundus' sections and from HTML."""
    for fields in (FUNDUS, WORDPRESS):
        document = read(fields)
        (heading,) = [part for part in document.parts if part.role is Role.SUBHEADING]
        assert document.text[heading.char_start : heading.char_end] == "What next"


@pytest.mark.parametrize(
    ("theirs", "value", "ours", "expected"),
    [
        ("Headline", "Rain", "headline", "Rain"),
        ("article_title", " Rain\n fell ", "headline", "Rain fell"),
        ("link", "https://x.example/1", "url", "https://x.example/1"),
        ("url", "not a link", "url", None),
        ("publisher", {"name": "The X"}, "outlet", "The X"),
        ("publisher", "thex.example", "outlet_domain", "thex.example"),
        ("publisher", "https://www.thex.example/about", "outlet_domain", "thex.example"),
        ("source", {"id": None, "name": "The X"}, "outlet", "The X"),
        ("By-line", "By Ann Lee", "byline", "Ann Lee"),
        ("authors", "['Ann Lee', 'Bo Ek', \"Cy D'Or\"]", "byline", "Ann Lee, Bo Ek and Cy D'Or"),
        ("authors", [], "byline", None),
        ("author", "nan", "byline", None),
        ("category", ["Weather", "News"], "section", "Weather"),
        ("lang", "en_GB", "language", "en-GB"),
        ("language", "English (United States)", "language", None),
        ("last-modified", 1757398500, "updated_at", "2025-09-09T06:15+00:00"),
        ("pubstatus", "canceled", "status", "cancelled"),
        ("status", "ok", "status", None),
    ],
)
def test_names_that_tools_commonly_use(theirs, value, ours, expected):
    """Whatever their case and separators; values that say nothing are left out."""
    document = read({"text": "Rain fell on the town.", theirs: value})
    assert getattr(document.metadata, ours) == expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One.\nTwo.\r\n\r\nThree.", ["One.", "Two.", "Three."]),
        ("<p>One &amp; <b>two</b>.</p><ul><li>Three</li></ul>", ["One & two.", "Three"]),
        ("One <a href='x'>two</a>.\nThree.", ["One two.", "Three."]),
        ("AT&amp;T fell.\n\nSo did B.", ["AT&T fell.", "So did B."]),
        ("3 < 5 and 7 > 2.", ["3 < 5 and 7 > 2."]),
        (["One.", "<i>Two.</i>", "", None], ["One.", "Two."]),
        (
            [{"type": "header", "data": {"text": "One"}}, {"type": "p", "text": "Two."}],
            ["One", "Two."],
        ),
    ],
)
def test_shapes_of_text(text, lines):
    """Strings, HTML, lists of paragraphs, blocks of an editor."""
    assert read({"title": "T", "content": text}).text.split("\n\n") == ["T", *lines]


def test_headline_stands_once():
    """Also where the text begins with it."""
    assert read({"title": "Rain fell", "text": "RAIN FELL.\nRivers rose."}).text.split("\n\n") == [
        "Rain fell",
        "Rivers rose.",
    ]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Rain fell on the… [+1234 chars]", "on the…"),
        ("Rain fell on the... [1234 chars]", "on the..."),
        ("Rain fell on the… [+1,234 chars]\n", "on the…"),
    ],
)
def test_cut_off_text_is_a_teaser(text, end):
    """The counter goes; a text that only speaks of characters is none."""
    document = read({"title": "T", "content": text})
    assert document.text.endswith(end)
    assert [part.role for part in document.parts] == [Role.HEADLINE, Role.TEASER]
    whole = read({"title": "T", "content": "It has 5 chars [see below]"})
    assert [part.role for part in whole.parts] == [Role.HEADLINE, None]


def test_description_stands_in_for_text():
    """As a teaser, and only where there is no text."""
    document = read({"title": "T", "content": None, "description": "Rain fell."})
    assert [part.role for part in document.parts] == [Role.HEADLINE, Role.TEASER]
    assert "Rain" not in read({"title": "T", "content": "Wind.", "description": "Rain."}).text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"url": "https://x.example", "title": "T", "seendate": "20250909T000000Z",
             "domain": "x.example", "sourcecountry": "X"},
            "GDELT article list: title and link, but no text",
        ),
        (
            {"stories_id": 1, "title": "T", "url": "https://x.example", "media_id": 2,
             "publish_date": "2025-09-09"},
            "Media Cloud story list: title and link, but no text",
        ),
        (
            {"id": "x", "media_name": "x.example", "media_url": "x.example", "title": "T",
             "publish_date": "2025-09-09", "url": "https://x.example", "language": "en"},
            "Media Cloud story list",
        ),
        ({"title": "[Removed]", "content": "[Removed]"}, "'content' holds no text"),
        ({"name": "x", "version": "1"}, "no field with text among: name, version."),
        ({}, "no field with text among: none."),
        ({f"k{n}": n for n in range(30)}, "k11 and 18 more"),
    ],
)  # fmt: skip
def test_records_without_text(fields, reason):
    """The reason names the tool, or the fields that there are."""
    _, (error,) = read_all(json_records.FORMAT, json.dumps(fields).encode())
    assert reason in error.reason


def test_story_list_with_text_is_read():
    """Media Cloud's own archives hold the text."""
    document = read({"stories_id": 1, "url": "https://x.example", "title": "T", "text": "Rain."})
    assert document.text == "T\n\nRain."


def test_cancelled_record_is_kept():
    """With its headline alone."""
    document = read({"title": "T", "pubstatus": "canceled", "text": ""})
    assert (document.text, document.metadata.status) == ("T", "cancelled")


def test_who_outranks_whom():
    """The user, then the record, then its container."""
    document = read(
        {"title": "T", "text": "Rain.", "outlet": "Bytes", "section": "Bytes"},
        metadata=Metadata(outlet="User"),
        found=Metadata(outlet="Container", section="Container", language="en"),
    )
    assert document.metadata.outlet == "User"
    assert document.metadata.section == "Bytes"
    assert document.metadata.language == "en"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("stat:canceled", "cancelled"), ("http://x.example/signal/correction", "corrected"),
     ("usable", None), (None, None), (3, None)],
)  # fmt: skip
def test_status(value, expected):
    """Codes and URIs of the IPTC, and plain words."""
    assert status_of(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("3", 3), (" 12 ", 12), (0, 0), (-1, None), ("1.2", None), (True, None), (10**30, None),
     ("9" * 30, None), ("٣", None), (None, None)],
)  # fmt: skip
def test_version(value, expected):
    """Whole numbers that a database holds."""
    assert version_of(value) == expected


def test_fields_are_found_by_path():
    """A name that holds a dot comes before a path."""
    assert find_field({"a.b": 1, "a": {"b": 2}}, "a.b") == 1
    assert find_field({"a": {"b": {"c": 2}}}, "a.b.c") == 2
    assert find_field({"a": [1]}, "a.b") is None
