"""Word documents: order, styles, tracked changes, and packages made to do harm."""

import io
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from archive.errors import UnreadableDocument
from archive.reading.format import Head
from archive.reading.office import docx
from archive.records import Metadata, RawRecord, Role

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
SAMPLE = (SEEDS / "24_ferry_harbour-courier.docx").read_bytes()
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def read(content: bytes, **metadata):
    return docx.read(RawRecord(name="a.docx", content=content, metadata=Metadata(**metadata)))


def saved(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_body(*xml: str) -> bytes:
    """A document whose body holds elements written by hand."""
    document = python_docx.Document()
    for each in reversed(xml):
        document.element.body.insert(
            0, parse_xml(each.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))
        )
    return saved(document)


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A package with a part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new) if name == part else data)
    return made.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_the_sample_is_the_story_of_the_plain_text():
    """The line in the style of a title is the headline, and the document one story."""
    plain = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8")
    document = read(SAMPLE)
    assert (
        document.text.split("\n\n")
        == plain.replace("Quayside Herald", "Harbour Courier").splitlines()
    )
    assert [part.role for part in document.parts] == [Role.HEADLINE] + [None] * 6
    assert document.metadata == Metadata(
        headline="Ferry with 312 aboard runs aground off Tolven",
        byline="Lina Osterby",
        language="en",
    )


def test_styles_give_roles_and_tables_keep_their_place():
    """A row is a line; headings below the title are subheadings."""
    document = python_docx.Document()
    document.add_heading("Rain floods Tolven", 1)
    document.add_paragraph("Streets are closed.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Town", "mm", "Tolven", "65"),
        strict=True,
    ):
        cell.text = text
    document.add_heading("What comes next", 2)
    document.add_paragraph("More rain.")
    document.add_paragraph("A street in Tolven.", style="Caption")
    read_back = read(saved(document))
    roles = [part.role for part in read_back.parts]
    lines = [read_back.text[part.char_start : part.char_end] for part in read_back.parts]
    assert list(zip(lines, roles, strict=True)) == [
        ("Rain floods Tolven", Role.HEADLINE),
        ("Streets are closed.", None),
        ("Town mm", None),
        ("Tolven 65", None),
        ("What comes next", Role.SUBHEADING),
        ("More rain.", None),
        ("A street in Tolven.", Role.CAPTION),
    ]


@pytest.mark.parametrize("titles", [(), ("One story", "Another story")])
def test_without_one_title_the_document_may_hold_many_stories(titles):
    """Then no parts are given, and the text is cut by its looks."""
    document = python_docx.Document()
    for title in titles or ("Nothing marked",):
        document.add_heading(title, 1) if titles else document.add_paragraph(title)
        document.add_paragraph("It rained.")
    assert read(saved(document)).parts == ()


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (
            f"<w:p>{run('It ')}<w:ins>{run('really ')}</w:ins>{run('rained.')}</w:p>",
            "It really rained.",
        ),
        (
            f"<w:p>{run('It rained')}<w:del><w:r><w:delText> a lot</w:delText></w:r></w:del></w:p>",
            "It rained",
        ),
        (
            f"<w:p><w:moveFrom>{run('old ')}</w:moveFrom><w:moveTo>{run('new')}</w:moveTo></w:p>",
            "new",
        ),
        (f"<w:p><w:hyperlink>{run('a link')}</w:hyperlink></w:p>", "a link"),
        (
            f"<w:p><w:sdt><w:sdtContent>{run('in a control')}</w:sdtContent></w:sdt></w:p>",
            "in a control",
        ),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>text</w:t></w:r></w:p>", "text"),
        (
            f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden </w:t></w:r>{run('seen')}</w:p>",
            "seen",
        ),
        ("<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r></w:p>", "one two"),
        ("<w:p><w:r><w:t>One.</w:t><w:br/><w:t>Two.</w:t></w:r></w:p>", "One.\n\nTwo."),
        ("<w:p><w:r><w:t>the</w:t><w:br/><w:t>same line</w:t></w:r></w:p>", "the same line"),
        (
            f"<w:p>{run('before')}<w:r><w:pict><w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"
            "</w:pict></w:r></w:p>",
            "before\n\nboxed",
        ),
    ],
)
def test_text_is_what_the_page_shows(xml, text):
    """What was inserted with changes tracked counts, what was deleted does not."""
    assert read(with_body(xml)).text == text


def test_properties_count_only_where_they_can_be_believed():
    """A title that the text does not show and an author that is no person say nothing."""
    document = python_docx.Document()
    document.core_properties.title, document.core_properties.author = "template", "python-docx"
    document.add_paragraph("It rained.")
    assert read(saved(document)).metadata == Metadata()


@pytest.mark.parametrize(
    "media_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_documents_with_macros_and_templates_are_read_alike(media_type):
    """DOCM, DOTX and DOTM differ in a media type."""
    other = changed(SAMPLE, "[Content_Types].xml", MAIN_TYPE.encode(), media_type.encode())
    assert docx.recognises(Head(name="x", content=other))
    assert read(other).text == read(SAMPLE).text


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def bomb(part: str, size: int) -> bytes:
    made = io.BytesIO(SAMPLE)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, bytes(size))
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SAMPLE[: len(SAMPLE) // 2], "cut off or damaged"),
        (b"PK\x03\x04", "cut off or damaged"),
        (b"", "cut off or damaged"),
        (changed(SAMPLE, "word/document.xml", b"</w:body>", b""), "damaged Word document"),
        (changed(SAMPLE, "_rels/.rels", b"word/document.xml", b"word/nothing.xml"), "damaged"),
        (changed(SAMPLE, "_rels/.rels", b"<Relationships", b"<Relations"), "damaged"),
        (bomb("word/more.xml", docx.MAX_XML + 1), "unpacks to more than"),
        (saved(python_docx.Document()), "without text"),
        (OLE + "WordDocument".encode("utf-16-le"), r"old Word document \(\.doc\)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_reason_and_remedy(content, reason):
    """Before anything is unpacked that is too large."""
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(content)
    assert caught.value.name == "a.docx"
    assert caught.value.reason.endswith(".")


def test_pictures_are_never_unpacked():
    """However large they are, and whether they are there at all."""
    assert read(bomb("word/media/image.png", 200_000_000)).text == read(SAMPLE).text
    relation = (
        b'<Relationship Id="rId99" Target="NULL" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/image"/></Relationships>'
    )
    without = changed(SAMPLE, "word/_rels/document.xml.rels", b"</Relationships>", relation)
    assert without != SAMPLE
    assert read(without).text == read(SAMPLE).text


def test_the_strict_variant_is_read_alike():
    """Its namespaces differ."""
    strict = changed(
        SAMPLE,
        "word/document.xml",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    for part in ("_rels/.rels", "word/_rels/document.xml.rels"):
        strict = changed(
            strict,
            part,
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    assert read(strict).text == read(SAMPLE).text


def test_footnotes_follow_the_text():
    """A part of its own holds them; the lines that separate them are none."""
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='0'>"
        f"<w:p>{run('---')}</w:p></w:footnote>"
        f"<w:footnote w:id='1'><w:p>{run('A note.')}</w:p></w:footnote></w:footnotes>"
    )
    relation = (
        b'<Relationship Id="rId98" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    made = io.BytesIO(
        changed(SAMPLE, "word/_rels/document.xml.rels", b"</Relationships>", relation)
    )
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("word/footnotes.xml", notes)
    assert read(made.getvalue()).text == read(SAMPLE).text + "\n\nA note."


def test_entities_are_not_resolved():
    """A document type with entities within entities would fill the memory."""
    entities = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document'
    hostile = changed(SAMPLE, "word/document.xml", b"<w:document", entities)
    hostile = changed(hostile, "word/document.xml", b"A car ferry", b"&b; car ferry")
    assert "aaaa" not in read(hostile).text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("story.txt", SAMPLE, True),
        ("story.docx", b"PK\x03\x04" + bytes(60), False),
        ("report.doc", OLE, True),
        ("report.xls", OLE, False),
        ("report", OLE + "WordDocument".encode("utf-16-le"), True),
        ("story.docx", b"Rain fell.", False),
    ],
)
def test_word_documents_are_told_by_what_lies_in_them(name, content, told):
    """Old ones too, so that the remedy can be named; other archives and old files are not."""
    assert docx.recognises(Head(name=name, content=content)) is told
    assert docx.recognises(Head(name=name, content=content[:65_536], is_whole=False)) is told
