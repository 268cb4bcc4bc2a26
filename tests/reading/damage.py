"""Bytes damaged at random, and what must hold of whatever a format gives for them."""

from io import BytesIO

from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Format, Head
from archive.records import Document, RawRecord


@st.composite
def damaged(draw: st.DrawFn, sample: bytes) -> bytes:
    """The sample with some of its bytes flipped, cut out, repeated, or replaced."""
    content = sample
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        kind = draw(st.sampled_from(["flip", "cut", "repeat", "insert", "end"]))
        if kind == "end":
            content = content[:start]
        elif kind == "insert":
            content = content[:start] + draw(st.binary(max_size=20)) + content[start:]
        elif kind == "flip" and end > start:
            mask = draw(st.integers(1, 255))
            content = content[:start] + bytes(b ^ mask for b in content[start:end]) + content[end:]
        elif kind == "cut":
            content = content[:start] + content[end:]
        else:
            content = content[:end] + content[start:end] + content[end:]
    return content


def split(
    known: Format, content: bytes, name: str = "a.dat", mapping: tuple[tuple[str, str], ...] = ()
) -> list[RawRecord | UnreadableDocument]:
    """What a format gives for a file of these bytes."""
    if known.split is None:
        return [RawRecord(name=name, content=content, format=known.name, mapping=mapping)]
    found = list(known.split(Container(name=name, stream=BytesIO(content), mapping=mapping)))
    assert all(isinstance(each, RawRecord | UnreadableDocument) for each in found)
    return found


def read_all(
    known: Format, content: bytes, name: str = "a.dat", mapping: tuple[tuple[str, str], ...] = ()
) -> tuple[list[Document], list[UnreadableDocument]]:
    """The documents of a file, and the reasons for what is none."""
    documents, reasons = [], []
    for found in split(known, content, name, mapping):
        if isinstance(found, UnreadableDocument):
            reasons.append(found)
            continue
        try:
            documents.append(known.read(found))
        except UnreadableDocument as error:
            reasons.append(error)
    return documents, reasons


def recognises(known: Format, content: bytes, name: str = "a.dat") -> bool:
    """Whether a format takes a file of these bytes for its own."""
    head = Head(name=name, content=content[:65536], is_whole=len(content) <= 65536)
    return known.recognises(head)


def check(known: Format, content: bytes) -> None:
    """Nothing but documents and reasons comes of bytes, twice the same; offsets hold."""
    recognises(known, content)
    documents, reasons = read_all(known, content)
    assert (documents, list(map(str, reasons))) == _twice(known, content)
    for document in documents:
        assert document.text.strip()
        assert "\0" not in document.text
        document.text.encode("utf-8")
        at = 0
        for part in document.parts:
            assert at <= part.char_start < part.char_end <= len(document.text)
            assert "\n" not in document.text[part.char_start : part.char_end]
            at = part.char_end
    for error in reasons:
        assert "\n" not in error.reason and error.reason.endswith(".")


def _twice(known: Format, content: bytes) -> tuple[list[Document], list[str]]:
    documents, reasons = read_all(known, content)
    return documents, list(map(str, reasons))
