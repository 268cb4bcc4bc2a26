"""ninjs of all versions: bodies, versions, kills."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from archive.reading.agencies import ninjs
from archive.reading.data import json_lines, json_records
from archive.records import Role
from tests.reading.damage import check, damaged, read_all, recognises

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
NINJS = ninjs.FORMAT
URI = "urn:newsml:meridianwire.example:20250909:42"

FIRST = {
    "uri": URI, "type": "text", "version": "2", "versioncreated": "2025-09-09T07:45:00Z",
    "pubstatus": "usable", "language": "en", "byline": "By Ann Lee", "headline": "Rain &amp; wind",
    "slugline": "RAIN-WIND", "copyrightholder": "Meridian Wire",
    "subject": [{"name": "weather", "code": "1"}],
    "body_text": "Rain fell. Rivers rose.",
    "body_xhtml": "<p>Rain fell.</p><h2>What next</h2><p>Rivers rose.</p>",
}  # fmt: skip
SECOND = {
    "uri": URI, "type": "text", "version": "2", "versionCreated": "2025-09-09T07:45:00Z",
    "pubStatus": "usable", "language": "en", "by": "By Ann Lee", "copyrightHolder": "Meridian Wire",
    "subjects": [{"name": "weather"}], "slugline": "RAIN-WIND",
    "headlines": [{"role": "short", "value": "Rain"}, {"role": "main", "value": "Rain & wind"}],
    "bodies": [
        {"role": "plain", "contentType": "text/plain", "value": "Rain fell. Rivers rose."},
        {"role": "html", "contentType": "text/html", "value": FIRST["body_xhtml"]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("item", [FIRST, SECOND], ids=["1.x", "2.x"])
def test_an_item(item):
    """The body that tells paragraphs, the main headline, the metadata; a slugline is none."""
    content = json.dumps(item).encode()
    (document,), reasons = read_all(NINJS, content)
    assert recognises(NINJS, content) and reasons == []
    assert document.name == URI
    assert document.text.split("\n\n") == ["Rain & wind", "Rain fell.", "What next", "Rivers rose."]
    assert [part.role for part in document.parts] == [Role.HEADLINE, None, Role.SUBHEADING, None]
    metadata = document.metadata
    assert (metadata.byline, metadata.outlet, metadata.section) == (
        "Ann Lee",
        "Meridian Wire",
        "weather",
    )
    assert (metadata.version, metadata.status, metadata.language) == (2, None, "en")
    assert metadata.published.at == "2025-09-09T07:45+00:00"
    assert metadata.updated_at is None


def test_later_versions_tell_their_time():
    """First created, and updated since."""
    item = {**SECOND, "firstCreated": "2025-09-08T10:00:00Z"}
    ((document,), _) = read_all(NINJS, json.dumps(item).encode())
    assert document.metadata.published.on == "2025-09-08"
    assert document.metadata.updated_at == "2025-09-09T07:45+00:00"


@pytest.mark.parametrize("status", ["canceled", "cancelled"])
def test_cancelled_item_is_kept(status):
    """With its headline, though it has no text."""
    item = {
        "uri": URI,
        "pubstatus": status,
        "version": 3,
        "headline": "KILL: Rain",
        "body_text": "",
    }
    ((document,), reasons) = read_all(NINJS, json.dumps(item).encode())
    assert (document.text, reasons) == ("KILL: Rain", [])
    assert (document.metadata.status, document.metadata.version) == ("cancelled", 3)


def test_correction_is_told():
    """By a signal."""
    item = {**FIRST, "signal": [{"code": "correction", "name": "Correction"}]}
    ((document,), _) = read_all(NINJS, json.dumps(item).encode())
    assert document.metadata.status == "corrected"


def test_picture_is_no_story():
    """Its description is a caption; a text's is a teaser."""
    item = {"uri": URI, "type": "picture", "renditions": [], "description_text": "The dam."}
    documents, (reason,) = read_all(NINJS, json.dumps(item).encode())
    assert documents == [] and "a ninjs picture without text" in reason.reason
    ((document,), _) = read_all(NINJS, json.dumps({**item, "type": "text"}).encode())
    assert [part.role for part in document.parts] == [Role.TEASER]


@pytest.mark.parametrize("known", [json_records.FORMAT, json_lines.FORMAT])
def test_lists_of_items_keep_their_names(known):
    """In JSON and JSON Lines items are named as they are alone."""
    second = {**FIRST, "uri": URI + "x"}
    items = [FIRST, second]
    content = b"\n".join(json.dumps(item).encode() for item in items)
    if known is json_records.FORMAT:
        content = json.dumps(items).encode()
    documents, reasons = read_all(known, content)
    assert recognises(known, content) and not recognises(NINJS, content)
    assert ([each.name for each in documents], reasons) == ([URI, URI + "x"], [])


@pytest.mark.parametrize("uri", ["42", "rain", "a b:c", "", "x" * 2000, "urn:" + "x" * 2000])
def test_identifier_that_names_nothing_beyond_its_provider(uri):
    """Then the file names the item."""
    ((document,), _) = read_all(NINJS, json.dumps({**FIRST, "uri": uri}).encode(), "a.json")
    assert document.name == "a.json"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (json.dumps(FIRST).encode()[:-20], "breaks off"),
        (b"", "NUL"),
        (b"[]", "a list, not an object"),
        (b'{"title": "T", "text": "Rain."}', "no ninjs"),
    ],
)
def test_damage_is_named(content, reason):
    """In a sentence."""
    documents, (error,) = read_all(NINJS, content)
    assert documents == [] and reason in error.reason


@pytest.mark.parametrize(
    "content",
    [
        b'{"title": "T", "text": "Rain."}',
        b'{"uri": "x", "title": "T", "body": "Rain."}',
        b"",
        b"[]",
    ],
)
def test_other_json_is_no_ninjs(content):
    """A `uri` alone is not enough."""
    assert not recognises(NINJS, content)


def test_sample():
    """The ferry's story."""
    content = (SEEDS / "24_ferry_northern-ledger.json").read_bytes()
    plain = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8").split("\n")
    (document,), _ = read_all(NINJS, content)
    assert recognises(NINJS, content) and not recognises(json_records.FORMAT, content)
    assert document.text.split("\n\n") == [plain[0], *plain[2:7]]


@settings(max_examples=80, deadline=None)
@given(damaged((SEEDS / "24_ferry_northern-ledger.json").read_bytes()))
def test_damaged_items(content):
    """Only documents and reasons, the same each time."""
    check(NINJS, content)
