"""JSON and JSON Lines: what is a record, what its bytes are, and what damage leaves."""

import json
import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.reading import limits
from archive.reading.data import json_lines, json_records
from archive.reading.format import Container
from archive.records import RawRecord, Role
from tests.reading.damage import check, damaged, read_all, recognises, split

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
JSON, LINES = json_records.FORMAT, json_lines.FORMAT

STORY = {
    "title": "Gates opened at dam",
    "text": "Rain fell for a third day.\nTwo of four gates were opened, said “Mara Vell”.",
    "url": "https://harbourcourier.example/dam",
    "date": "2025-09-09 10:00:00",
}
OTHER = {
    "title": "Bridge closes",
    "text": "The old bridge closes for good.",
    "url": "https://x.example/2",
}


def dump(value, encoding="utf-8", **options) -> bytes:
    return json.dumps(value, ensure_ascii=False, **options).encode(encoding)


ANSWER = {"status": "ok", "totalResults": 2, "articles": [STORY, OTHER], "next": {"page": [1, 2]}}
TITLES = [STORY["title"], OTHER["title"]]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (dump(STORY), ["a"]),
        (dump([STORY, OTHER]), ["a#1", "a#2"]),
        (dump([STORY, OTHER], indent=2), ["a#1", "a#2"]),
        (dump([STORY, OTHER], "utf-8-sig"), ["a#1", "a#2"]),
        (dump([STORY, OTHER], "utf-16"), ["a#1", "a#2"]),
        (dump([STORY, OTHER], "utf-16-be"), ["a#1", "a#2"]),
        (dump([STORY, OTHER], "utf-32"), ["a#1", "a#2"]),
        (dump([STORY, OTHER], "cp1252"), ["a#1", "a#2"]),
        (dump(ANSWER), ["a#1", "a#2"]),
        (dump({"response": {"meta": {"hits": 2}, "docs": [STORY, OTHER]}}), ["a#1", "a#2"]),
        (dump({"hits": {"hits": [{"_id": 1, "_source": STORY}]}}), ["a#1"]),
        (dump([ANSWER, ANSWER]), ["a#1", "a#2", "a#3", "a#4"]),
        (dump(STORY, indent=1) + b"\n" + dump(OTHER, indent=1), ["a#1", "a#2"]),
        (dump(ANSWER) + b"\n" + dump(ANSWER), ["a#1", "a#2", "a#3", "a#4"]),
        (b"\x1e" + dump(STORY) + b"\n\x1e" + dump(OTHER) + b"\n", ["a#1", "a#2"]),
        # A story with a list of its own is one story.
        (dump({**STORY, "items": [OTHER, OTHER]}), ["a"]),
        (dump({"items": [OTHER, OTHER], **STORY}), ["a"]),
    ],
)
def test_records_of_json(content, names):
    """Lists, answers of APIs and single objects, in any encoding; each record can be read."""
    documents, reasons = read_all(JSON, content, "a")
    assert reasons == []
    assert [document.name for document in documents] == names
    assert [document.metadata.headline for document in documents] == (TITLES * 2)[: len(names)]
    assert documents[0].text.endswith("opened, said “Mara Vell”.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_records_of_json_lines(encoding):
    """Line by line; the number in the name is the line's, blank lines counted."""
    text = "\n\n".join(json.dumps(each, ensure_ascii=False) for each in (STORY, OTHER)) + "\n"
    content = text.encode(encoding)
    documents, reasons = read_all(LINES, content, "a.jsonl")
    assert recognises(LINES, content)
    assert reasons == []
    assert [document.name for document in documents] == ["a.jsonl#1", "a.jsonl#3"]
    assert [document.metadata.headline for document in documents] == TITLES


def test_content_of_a_record_is_its_own_bytes():
    """As they stand in the file, white space within included."""
    first, second = b'{"title":  "A",\n "text": "B c."}', b'{"text":"D e.","n":[{"x":"]}"}]}'
    content = b"[ " + first + b" ,\n" + second + b"\n]"
    assert [each.content for each in split(JSON, content)] == [first, second]
    assert [each.content for each in split(LINES, second + b"\r\n" + second)] == [second] * 2


@pytest.mark.parametrize(
    ("content", "lines", "other"),
    [
        (dump(STORY), False, True),
        (dump([STORY]), False, True),
        (dump(STORY) + b"\n" + dump(STORY), True, False),
        (dump(ANSWER) + b"\n" + dump(ANSWER), False, True),
        (b"[]", False, True),
        (b"{}", False, True),
        (b"[Photo: the dam] Rain fell.", False, False),
        (b"[[File:Dam.jpg]] Rain fell.", False, False),
        (b'["We have seen worse," she said.]', False, False),
        (b"{note} Rain fell.", False, False),
        (b"[1, 2, 3]", False, False),
        (b'"Rain fell," he said.', False, False),
        (b"", False, False),
    ],
)
def test_json_is_told_from_prose(content, lines, other):
    """A bracket or a quotation mark in front makes no JSON of a text."""
    assert recognises(LINES, content) == lines
    assert recognises(JSON, content) == other


@pytest.mark.parametrize("name", ["a.jsonl", "A.NDJSON", "a.jl"])
def test_name_decides_on_a_single_line(name):
    """One line is JSON and JSON Lines alike."""
    assert recognises(LINES, dump(STORY), name)
    assert not recognises(JSON, dump(STORY), name)


@pytest.mark.parametrize(
    ("content", "stored", "reason"),
    [
        (dump([STORY, OTHER, STORY])[:-30], 2, "breaks off after record 2"),
        (dump([STORY, OTHER])[:40], 0, "breaks off before its first record"),
        (dump([STORY, OTHER])[:-1], 2, "breaks off after record 2"),
        (dump([STORY, STORY, OTHER]).replace(b"Rain fell", b'"Rain fell', 1), 2, "does not close"),
        (dump([STORY, OTHER]).replace(b'"url"', b"url", 1), 1, "not valid JSON"),
        (b"[1, 2, " + dump(STORY) + b', "x"]', 1, "not an object"),
        (b"[[" + dump(STORY) + b"], " + dump(OTHER) + b"]", 1, "not an object"),
        (b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}, " + dump(STORY) + b"]", 1, "nested"),
        (b"[]", 0, "no records"),
        (b'{"status": "ok", "articles": []}', 0, "no field with text among: status, articles"),
        (b"", 0, "no records"),
    ],
)
def test_damage_to_json_is_named(content, stored, reason):
    """The records that are whole are kept, also those behind the damage."""
    documents, reasons = read_all(JSON, content)
    assert len(documents) == stored
    assert len(reasons) >= 1
    assert reason in str(reasons[0])


@pytest.mark.parametrize(
    ("content", "stored", "reason"),
    [
        (dump(STORY) + b"\n" + dump(OTHER)[:-10], 1, "#2: it breaks off"),
        (dump(STORY) + b"\n" + b"\0" * 30 + b"\n" + dump(OTHER), 2, "#2: nothing but NUL"),
        (dump(STORY) + b"\nnull\n" + dump(OTHER), 2, "#2: null, not an object"),
        (dump(STORY) + b"\n<html>\n" + dump(OTHER), 2, "#2: not valid JSON"),
        (dump(STORY) + b"\n" + b'{"a":' * 100_000 + b"\n", 1, "#2: "),
        (b"\n\n", 0, "no records"),
        (b"", 0, "no records"),
    ],
)
def test_damage_to_json_lines_is_named(content, stored, reason):
    """A damaged line is a reason in its place."""
    documents, reasons = read_all(LINES, content)
    assert len(documents) == stored
    assert reason in str(reasons[0])


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b'{"text": "A.", "text": "B."}', "B."),
        (b'{"text": "A.", "score": NaN, "other": -Infinity}', "A."),
        (b'{"text": "A.", "n": ' + b"9" * 5000 + b"}", "A."),
        (b'{"text": "A.\tB."}', "A. B."),
        (b'{"text": "A\\u0000b.\\ud83d"}', "Ab.\ufffd"),
        ('{"text": "Caf\u00e9."}'.encode("cp1252"), "Café."),
        (b'{"text": "' + "Café é à ü ß".encode() + b'\xff."}', "Café é à ü ß\ufffd."),
    ],
)
def test_liberties_of_json(line, text):
    """What programs write though the standard forbids it, and the last of two keys."""
    (document,), reasons = read_all(LINES, line)
    assert (document.text, reasons) == (text, [])


def test_too_large_records_are_passed_over(monkeypatch):
    """Their neighbours are read; nothing is cut."""
    monkeypatch.setattr(json_records, "MAX_DOCUMENT_BYTES", 2_000)
    monkeypatch.setattr(json_lines, "MAX_DOCUMENT_BYTES", 2_000)
    large = {"title": "T", "text": "x" * 700_000, "tail": {"a": "}]"}}
    for known, content in (
        (JSON, dump([STORY, large, OTHER])),
        (LINES, b"\n".join(map(dump, (STORY, large, OTHER)))),
    ):
        documents, (reason,) = read_all(known, content)
        assert [document.metadata.headline for document in documents] == TITLES
        assert "#2: " in str(reason) and "one record may have" in str(reason)


def test_memory_stays_flat():
    """A list of 30 MB is taken apart within a few."""
    record = dump({**STORY, "text": STORY["text"] * 100})
    content = b"[" + b",".join([record] * 3_500) + b"]"
    lines = b"\n".join([record] * 3_500)
    for known, stream in ((JSON, BytesIO(content)), (LINES, BytesIO(lines))):
        tracemalloc.start()
        count = sum(1 for _ in known.split(Container(name="a", stream=stream)))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == 3_500
        assert peak < 8_000_000


def test_stream_stays_open():
    """Its owner closes it."""
    for known in (JSON, LINES):
        stream = BytesIO(dump(STORY))
        list(known.split(Container(name="a", stream=stream)))
        assert not stream.closed


def test_mapping_outranks_what_is_known():
    """Fields the user names are the only ones; dots lead into objects."""
    mapping = (("text", "notes.body"), ("headline", "url"))
    story = {**STORY, "notes": {"body": "Only this."}}
    (document,), reasons = read_all(JSON, dump([story]), mapping=mapping)
    assert reasons == []
    assert document.text == "https://harbourcourier.example/dam\n\nOnly this."


def test_a_mapped_field_tells_the_list_of_records():
    """Also where no other field of its records is known."""
    answer = dump({"data": {"items": [{"koerper": "Rain fell."}, {"koerper": "Wind came."}]}})
    documents, reasons = read_all(JSON, answer, mapping=(("text", "koerper"),))
    assert reasons == []
    assert [document.text for document in documents] == ["Rain fell.", "Wind came."]


@pytest.mark.parametrize("known", [JSON, LINES])
def test_mapped_field_that_no_record_has(known):
    """It is said once for the file, with its name; where it is the text, also for each record."""
    content = dump(STORY) + b"\n" + dump(OTHER)
    documents, (reason,) = read_all(known, content, "a", (("url", "lnik"),))
    assert len(documents) == 2
    assert "'lnik'" in str(reason) and "a: none of its records" in str(reason)
    documents, reasons = read_all(known, content, "a", (("text", "body"),))
    assert documents == [] and len(reasons) == 3


def test_newsapi_texts_are_teasers():
    """What the tool cut off is a teaser, and its counter of characters goes."""
    content = (SEEDS / "30_newsapi-answer.json").read_bytes()
    documents, reasons = read_all(JSON, content)
    assert len(documents) == 2 and reasons == []
    for document in documents:
        assert document.text.endswith("…")
        assert {part.role for part in document.parts} == {Role.HEADLINE, Role.TEASER}


def test_samples_are_recognised():
    """Each by its own reader, and read whole."""
    for name, known in (
        ("24_ferry_harbour-courier.jsonl", LINES),
        ("30_newsapi-answer.json", JSON),
        ("33_tide-gauge_harbour-courier.json", JSON),
    ):
        content = (SEEDS / name).read_bytes()
        assert recognises(known, content, name)
        assert read_all(known, content)[1] == []


def test_ferry_is_the_same_story():
    """The words of the plain text, byline apart."""
    plain = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8").split("\n")
    content = (SEEDS / "24_ferry_harbour-courier.jsonl").read_bytes()
    documents, _ = read_all(LINES, content)
    assert documents[0].text.split("\n\n") == [plain[0], *plain[2:7]]


def test_limits_are_the_readers():
    """The bound of one record is that of every document."""
    assert json_records.MAX_DOCUMENT_BYTES == limits.MAX_DOCUMENT_BYTES


@settings(max_examples=60, deadline=None)
@given(damaged((SEEDS / "30_newsapi-answer.json").read_bytes()))
def test_damaged_json(content):
    """Only documents and reasons, the same each time."""
    check(JSON, content)


@settings(max_examples=60, deadline=None)
@given(damaged((SEEDS / "24_ferry_harbour-courier.jsonl").read_bytes()))
def test_damaged_json_lines(content):
    """Only documents and reasons, the same each time."""
    check(LINES, content)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda each: st.lists(each) | st.dictionaries(st.text(), each),
        max_leaves=20,
    )
)
def test_any_json(value):
    """Whatever the JSON holds."""
    check(JSON, dump([value, STORY]) if _can_be_written(value) else b"[]")


def _can_be_written(value) -> bool:
    try:
        dump(value)
    except UnicodeEncodeError:
        return False
    return True


@given(
    st.lists(
        st.sampled_from([STORY, OTHER, {"text": 'a "]}{[" b', "n": [{}, [], {"k": []}]}]),
        min_size=1,
    )
)
def test_lists_come_apart_as_they_were_put_together(stories):
    """Each record parses to the element it was."""
    found = split(JSON, dump(stories))
    assert all(isinstance(each, RawRecord) for each in found)
    assert not any(isinstance(each, UnreadableDocument) for each in found)
    assert [json.loads(each.content) for each in found] == stories
