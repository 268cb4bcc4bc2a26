"""Office files and database exports, damaged at random: only reasons come out, and sound parts.

A longer run: `FUZZ_EXAMPLES=5000 pytest -n 0 tests/reading/test_office_fuzz.py`.
"""

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.reading.databases import factiva, nexis
from archive.reading.format import HEAD_BYTES, Container, Format, Head
from archive.reading.office import docx, pdf, rtf
from archive.records import Document, RawRecord

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
SAMPLES = [
    (pdf.FORMAT, "24_ferry_lowland-post.pdf"),
    (docx.FORMAT, "24_ferry_harbour-courier.docx"),
    (rtf.FORMAT, "24_ferry_northern-ledger.rtf"),
    (nexis.FORMAT, "40_nexis-uni_three-outlets.docx"),
    (nexis.FORMAT, "41_lexisnexis_three-outlets.txt"),
    (factiva.FORMAT, "42_factiva_two-outlets.rtf"),
    (factiva.FORMAT, "43_factiva_two-outlets.html"),
]
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
OFTEN_HOSTILE = [
    *(b"{", b"}", b"\\", b"\\bin999999999 ", b"\\u-99999?", b"<", b"<div>", b"\0", b"\xff", b"\n"),
    *(b"0 0 R", b"<<", b">>", b"[", b"99999999999", b"-1", b"1 of 1 DOCUMENTS\n"),
]


@st.composite
def damaged(draw, content: bytes) -> bytes:
    """Bytes with some flipped, cut out, copied elsewhere, or replaced by what steers a parser."""
    place = st.integers(0, len(content))
    for _ in range(draw(st.integers(1, 6))):
        start, length, to = draw(place), draw(st.integers(0, 400)), draw(place)
        kind = draw(st.integers(0, 4))
        if kind == 0:
            content = content[:start] + draw(st.binary(max_size=8)) + content[start + 4 :]
        elif kind == 1:
            content = content[:start] + content[start + length :]
        elif kind == 2:
            content = content[:to] + content[start : start + length] + content[to:]
        elif kind == 3:
            content = content[:start] + draw(st.sampled_from(OFTEN_HOSTILE)) + content[start:]
        else:
            content = content[: max(start, 8)]
    return content


def outcome(known: Format, content: bytes) -> list[Document | str]:
    """What a file gives: documents and reasons; anything else that is raised fails the test."""
    known.recognises(Head(name="x", content=content[:HEAD_BYTES]))
    record = RawRecord(name="x", content=content)
    found = (
        known.split(Container(name="x", stream=io.BytesIO(content))) if known.split else [record]
    )
    outcomes: list[Document | str] = []
    for each in found:
        try:
            if isinstance(each, UnreadableDocument):
                raise each
            assert isinstance(each, RawRecord)
            assert known.read is not None
            outcomes.append(known.read(each))
        except UnreadableDocument as error:
            assert error.name.startswith("x")
            outcomes.append(error.reason)
    return outcomes


@pytest.mark.parametrize(("known", "name"), SAMPLES, ids=[name for _, name in SAMPLES])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_gives_reasons_or_sound_documents(known, name, data):
    """The same ones every time; every part is a line of the text."""
    content = data.draw(damaged((SEEDS / name).read_bytes()))
    outcomes = outcome(known, content)
    assert outcomes == outcome(known, content)
    assert outcomes
    for each in outcomes:
        if isinstance(each, str):
            assert each.strip()
            continue
        assert each.text.strip()
        assert "\0" not in each.text
        each.text.encode()  # no half surrogates
        lines = each.text.split("\n\n")
        assert (
            not each.parts
            or [each.text[part.char_start : part.char_end] for part in each.parts] == lines
        )
        assert all(line == line.strip() and "\n" not in line for line in lines)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_word_document_with_a_damaged_part_gives_reasons_or_sound_documents(part, data):
    """Within a sound archive, where damage to the file's bytes hardly ever reaches."""
    made = io.BytesIO()
    with zipfile.ZipFile(SEEDS / SAMPLES[1][1]) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, data.draw(damaged(content)) if name == part else content)
    (only,) = outcome(docx.FORMAT, made.getvalue())
    assert isinstance(only, str) or only.text.strip()


@pytest.mark.parametrize(
    "known", {each.name: each for each, _ in SAMPLES}.values(), ids=lambda f: f.name
)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_give_reasons_or_sound_documents(known, content):
    """A format that is forced on a file of another kind says so."""
    assert all(isinstance(each, str) or each.text.strip() for each in outcome(known, content))
