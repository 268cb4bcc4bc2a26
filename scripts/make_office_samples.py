"""Make the samples of office files and database exports in seeds/documents.

    python scripts/make_office_samples.py

All text is invented for this project; `24_ferry_quayside-herald.txt` is the story that several
samples tell again. The same bytes come out every time: nothing depends on the clock.
"""

import io
import textwrap
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

SEEDS = Path(__file__).parent.parent / "seeds" / "documents"
WANTED = ("/officeDocument", "/core-properties", "/styles")
NO_TIME = (1980, 1, 1, 0, 0, 0)


def ferry(outlet: str) -> list[str]:
    """The lines of the story, with the credit of another outlet."""
    text = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8")
    return text.replace("Quayside Herald", outlet).splitlines()


# ------------------------------------------------------------------------------- DOCX


def word_bytes(document: WordDocument, title: str, author: str) -> bytes:
    """A Word document without anything of the hour it was made in."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, "en-GB"
    properties.created = properties.modified = datetime(2025, 9, 9, 8, tzinfo=UTC)
    # The library's template has a picture, a theme and hundreds of styles that nothing here uses.
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, each in relations.items() if not each.reltype.endswith(WANTED)]:
            del relations[key]
    styles = document.styles.element
    for element in list(styles):
        if element.get(qn("w:styleId")) not in (None, "Normal", "Title") or element.tag == qn(
            "w:latentStyles"
        ):
            styles.remove(element)
    made = io.BytesIO()
    document.save(made)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, NO_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def ferry_docx() -> bytes:
    """The story with the styles of Word: a title, a line of credit, paragraphs."""
    headline, *lines = ferry("Harbour Courier")
    document = Document()
    document.add_paragraph(headline, style="Title")
    for line in lines:
        document.add_paragraph(line)
    return word_bytes(document, headline, "Lina Osterby")


NEXIS_COVER = """\
Date and Time: Wednesday, 10 September 2025 9:14:00 CEST
Job Number: 245918203
Documents (5)
1. Tram line to Sandholm opens after nine years
2. Eels are back in the upper Elver
3. Fire closes Port Elver market
Search Terms: Elver OR Sandholm
Search Type: Terms and Connectors
"""

NEXIS_STORIES = (
    """\
Tram line to Sandholm opens after nine years
Harbour Courier
September 8, 2025 Monday
Final Edition
Copyright 2025 Harbour Courier Press Ltd All Rights Reserved
Section: NEWS; Pg. 3
Length: 121 words
Byline: By Petra Lindqvist; Owen Faraday
Highlight: The first tram left Tolven at 6.04 a.m.
Dateline: TOLVEN
Body
TOLVEN — The first tram to Sandholm left Tolven at 6.04 a.m. on Sunday with 140 people
  aboard, nine years after work on the line began.
The 14-kilometre line cost €212 million, €58 million more than planned. Mayor Ida Velling
  said that the money was “well spent, though not well counted”.
Trams run every 12 minutes and carry up to 220 passengers each. A ticket costs €2.40 until
  the end of the year.
Length: the council expects 9,000 travellers a day on the line, half of whom now drive.
Graphic
A tram of the new line crosses the Elver bridge on Sunday.
Classification
Language: ENGLISH
Publication-Type: Newspaper
Journal Code: HCO
Load-Date: September 8, 2025
End of Document
""",
    """\
Eels are back in the upper Elver
Lowland Post
Tuesday 9 September 2025 10:32 PM GMT
Copyright 2025 Lowland Post All Rights Reserved
Length: 64 words
Body
Eels have been found in the upper Elver for the first time since 1974, the Lowland Rivers
  Trust said on Tuesday.
Volunteers counted 318 young eels at the fish pass of Brannock mill in August. The pass,
  which cost €95,000, was opened in spring.
“We had hoped for twenty,” said warden Sunniva Aske.
Classification
Language: ENGLISH
Load-Date: September 10, 2025
End of Document
""",
    """\
Fire closes Port Elver market
Northern Ledger
September 5, 2025
Copyright 2025 Northern Ledger
Length: 210 words
Byline: Tomas Hjelm
Body
A fire destroyed 23 of the 80 stalls in the covered market of Port Elver on Thursday night.
  Nobody was hurt.
Forty firefighters needed three hours to put it out
""",
)
"""Lines that are set in go on with the one before. The last story breaks off, as a download does;
the first page promises five documents."""


def unfolded(text: str) -> list[str]:
    """The lines of a text, those that are set in joined with the one before."""
    return text.replace("\n  ", " ").splitlines()


def nexis_docx() -> bytes:
    """An export of Nexis Uni: the page with the search, then the stories."""
    document = Document()
    for line in unfolded(NEXIS_COVER + "".join(NEXIS_STORIES)):
        # A no-break space stands after the colon of a field.
        label, colon, value = line.partition(": ")
        is_field = bool(colon) and label.istitle() and len(label) < 20
        document.add_paragraph(f"{label}:\u00a0{value}" if is_field else line)
    return word_bytes(document, "", "")


# ------------------------------------------------------------------------- LexisNexis TXT

LEXIS_REQUEST = """\
Download Request: All Documents: 1-4
Time Of Request: Wednesday, September 10, 2025  09:20:11

Terms: (Elver)

Source: All News
Project ID: None


"""


def centred(*lines: str) -> str:
    """Lines set in the middle, as the source and date are."""
    return "".join(line.center(78).rstrip() + "\n" for line in lines)


def wrapped(*paragraphs: str) -> str:
    """Paragraphs with their lines broken at 80 characters."""
    return "\n".join(textwrap.fill(paragraph, 80) + "\n" for paragraph in paragraphs)


def lexis_txt() -> bytes:
    """An export of LexisNexis in both orders of its fields; the number of documents is wrong."""
    first = (
        centred("1 of 4 DOCUMENTS", "", "", "")
        + centred("Sandholm Star (Sandholm)", "", "September 3, 2025 Wednesday", "City Edition")
        + "\nRovers sell striker Fehr for a record fee\n\nBYLINE: Marta Ohlsen\n\n"
        "SECTION: SPORT; Pg. 12\n\nLENGTH: 74 words\n\n\n"
        + wrapped(
            "Sandholm Rovers have sold striker Jonas Fehr to Port Elver United for €4.2 "
            "million, the "
            "highest fee that a club of the Coastal League was ever paid.",
            "Fehr, 19, scored 21 goals in 28 matches last season. His contract runs for four "
            "years.",
            "“It is two hours by train, not the moon,” he said. Coach Marta Quill did not want to "
            "comment on the sale, which well-informed supporters had expected for weeks.",
        )
        + "\nLOAD-DATE: September 3, 2025\n\nLANGUAGE: ENGLISH\n\n"
        "GRAPHIC: Jonas Fehr after his last\n"
        "match at Mill Lane.\n\n"
        "PUBLICATION-TYPE: Newspaper\n\n\n"
        + centred("Copyright 2025 Sandholm Star", "All Rights Reserved")
        + "\n"
    )
    second = (
        centred("2 of 4 DOCUMENTS", "", "")
        + centred("Copyright 2025 Eastgate Dispatch Company, LLC", "All Rights Reserved", "")
        + centred("The Eastgate Dispatch", "", "August 30, 2025 Saturday", "Suburban Edition")
        + "\nLENGTH: 61 words\n\nHEADLINE: Council sells town hall and rents it back\n\n"
        "BODY:\n\n"
        + wrapped(
            "Eastgate council has sold its town hall to a pension fund for €31 million and "
            "will rent "
            "it back for €1.9 million a year, the treasurer said on Friday.",
            "The lease runs for 25 years. Opposition councillor Bram Oyelaran called the "
            "sale “a loan "
            "that does not want to be called one”.",
        )
        + "\nLANGUAGE: ENGLISH\n\nSUBJECT: LOCAL GOVERNMENT (90%); PENSION FUNDS (78%); PUBLIC\n"
        "FINANCE (72%)\n\nLOAD-DATE: August 30, 2025\n\n\n"
    )
    third = (
        centred("3 of 4 DOCUMENTS", "", "")
        + centred("Northern Ledger", "", "August 28, 2025")
        + "\nHeadland lighthouse goes dark\n\nBYLINE: By Tomas Hjelm, Staff Writer\n\n"
        "LENGTH: 320 words\n\n"
        + wrapped("The lighthouse on Skarn headland was switched off on Wednesday after 151 years.")
        + "\nShips now steer by satellite, the coast guard said, and the lamp needs 14,000"
    )
    return (LEXIS_REQUEST + first + second + third).encode("utf-8")


# -------------------------------------------------------------------------------- RTF


def rtf_escape(text: str) -> str:
    """Text as RTF writes it: Windows-1252 as hexadecimal, other characters by their number."""
    pieces = []
    for char in text:
        if char in "\\{}":
            pieces.append("\\" + char)
        elif char < "\x80":
            pieces.append(char)
        else:
            try:
                pieces.append(f"\\'{char.encode('cp1252')[0]:02x}")
            except UnicodeEncodeError:
                pieces.append(f"\\u{ord(char)}?")
    return "".join(pieces)


RTF_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}}"
    r"{\colortbl;\red0\green0\blue0;}"
)


def ferry_rtf() -> bytes:
    """The story as a word processor writes it, with a header, a picture and a link."""
    headline, *lines = ferry("Northern Ledger")
    body = "".join(rf"\pard {rtf_escape(line)}\par" + "\n" for line in lines)
    linked = body.replace(
        "Brightwater Ferries",
        r'{\field{\*\fldinst{HYPERLINK "https://brightwater.example/"}}'
        r"{\fldrslt{Brightwater Ferries}}}",
    )
    return (
        RTF_HEAD
        + rf"{{\info{{\title {rtf_escape(headline)}}}{{\author Lina Osterby}}}}"
        + r"{\header\pard Northern Ledger, page \chpgn\par}"
        + rf"\pard\b {rtf_escape(headline)}\b0\par"
        + "\n"
        + r"{\pict\pngblip\picw8\pich8 89504e470d0a1a0a0000000d49484452}"
        + linked
        + "}"
    ).encode("ascii")


FACTIVA_TABLES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("SE", "Business"),
        ("HD", "Sawmill at Brannock to double its output"),
        ("BY", "By Henrike Solberg"),
        ("WC", "83 words"),
        ("PD", "2 September 2025"),
        ("ET", "07:45"),
        ("SN", "Lowland Post"),
        ("SC", "LOWPOS"),
        ("PG", "9"),
        ("LA", "English"),
        ("CY", "(c) 2025 Lowland Post"),
        (
            "LP",
            "The sawmill at Brannock will double its output to 240,000 cubic metres of "
            "timber a year "
            "and take on 60 people, its owner said on Monday.\n"
            "Elver Timber is spending €38 million on a second line, which is to start in "
            "March 2027.",
        ),
        (
            "TD",
            "“There is more spruce than we can cut,” said managing director Ulla Renk.\n"
            "The village has 1,150 inhabitants. A road around it, planned since 2011, is to "
            "be built "
            "for €6.5 million by 2029.",
        ),
        ("IN", "i46 : Forestry/Logging"),
        ("NS", "cexpan : Capacity/Facilities | ccat : Corporate/Industrial News"),
        ("AN", "Document LOWPOS0020250902el92000a1"),
    ),
    (
        ("HD", "Correction: dredging of Tolven harbour"),
        ("WC", "39 words"),
        ("PD", "11 September 2025"),
        ("SN", "Meridian Wire"),
        ("SC", "MERWIR"),
        ("LA", "English"),
        ("CY", "Copyright 2025 Meridian Wire. All rights reserved."),
        ("CX", "The sum was given wrongly."),
        (
            "LP",
            "Dredging the harbour of Tolven costs €1.8 million, not €18 million, as Meridian Wire "
            "reported on Wednesday. The work was put off twice, in April and in July.",
        ),
        ("AN", "Document MERWIR0020250911el9b0001s"),
    ),
)


def factiva_rtf() -> bytes:
    """An export of Factiva with indexing: a table of codes and values for each story."""
    rows = []
    for table in FACTIVA_TABLES:
        for code, value in table:
            text = r"\par ".join(map(rtf_escape, value.split("\n")))
            rows.append(rf"\trowd\cellx900\cellx9000\pard\intbl\b {code}\b0\cell {text}\cell\row")
        rows.append(r"\pard\par\page")
    return (
        RTF_HEAD
        + r"{\info{\title Factiva RTF Display Format}}"
        + "\n"
        + "\n".join(rows)
        + r"\pard\qr \'a9 2025 Factiva, Inc. All rights reserved.\par}"
    ).encode("ascii")


# ------------------------------------------------------------------------ Factiva HTML

FACTIVA_ARTICLES = (
    (
        "harcou0020250904el940002k",
        ("<div>Transport</div>", "Ferry company orders two electric ships", "Jonne Amdal", ""),
        ("96 words", "4 September 2025", "06:00", "Harbour Courier", "HARCOU", "English"),
        "© 2025 Harbour Courier",
        (
            "Brightwater Ferries has ordered two electric ships for the crossing from Port "
            "Elver to "
            "Tolven. They cost €44 million each and carry 350 passengers and 90 cars.",
            "The first is to sail in June 2027. Its batteries weigh <b>160 tonnes</b> and "
            "are charged "
            "in 25 minutes at either end, the company said.",
        ),
    ),
    (
        "quaher0020250906el9600001",
        ("", "Library to open on Sundays", "", ""),
        ("41 words", "6 September 2025", "", "Quayside Herald", "QUAHER", "English"),
        "(c) 2025 Quayside Herald",
        (
            "The town library of Tolven opens on Sundays from October on, for the first time "
            "in its "
            "112 years. Staff will be paid half as much again; the council has set aside €70,000.",
        ),
    ),
)


def factiva_html() -> bytes:
    """An export of Factiva without indexing: the same values as lines in a fixed order."""
    stories = []
    for accession, heading, told, rights, paragraphs in FACTIVA_ARTICLES:
        section, headline, writer, _ = heading
        lines = [f"<div>{each}</div>" for each in (*told, rights) if each]
        author = f'<div class="author">{writer}</div>' if writer else ""
        text = "\n".join(
            f'<p class="articleParagraph enarticleParagraph">{each}</p>' for each in paragraphs
        )
        end = f"<p>Document {accession}</p>\n</div>\n</div><br/><span></span>"
        stories.append(
            f'<div id="article-{accession}" class="article"><div class="article enArticle"><p>\n'
            f"{section}<div id=\"hd\"><span class='enHeadline'>{headline}</span></div>{author}\n"
            + "\n".join(lines)
            + f"\n</p>\n{text}\n{end}\n"
        )
    return (
        "<!DOCTYPE html>\n<html><head><meta http-equiv='Content-Type' content='text/html; "
        "charset=UTF-8'/>\n<title>Factiva</title></head>\n<body><div id='navcontainer'><h1>Factiva"
        "</h1><span>Dow Jones</span></div>\n" + "".join(stories) + "</body></html>\n"
    ).encode("utf-8")


# -------------------------------------------------------------------------------- PDF


def pdf_string(text: str) -> bytes:
    """A string of a page, in Windows-1252 with parentheses escaped."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252") + b")"


def pdf_bytes(pages: Sequence[bytes], title: str, author: str) -> bytes:
    """A PDF 1.4 file of pages of text, with a table of its objects."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Title %s /Author %s /CreationDate (D:20250909080000Z) >>"
        % (pdf_string(title), pdf_string(author)),
    ]
    for index, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 420] /Resources << /Font << /F1 "
            b"3 0 R "
            b">> >> /Contents %d 0 R >>" % (6 + 2 * index)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    made = b"%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(made))
    )


def ferry_pdf() -> bytes:
    """The story on two small pages with a running head and page numbers, and one divided word."""
    headline, *lines = ferry("Lowland Post")
    printed: list[tuple[int, int, str]] = [(16, 26, line) for line in textwrap.wrap(headline, 40)]
    for paragraph in lines:
        wrapped_lines = textwrap.wrap(paragraph, 68, break_on_hyphens=False)
        printed += [
            (11, 22 if index == 0 else 14, line) for index, line in enumerate(wrapped_lines)
        ]
    pages: list[list[bytes]] = []
    height = 0
    for size, leading, line in printed:
        if height - leading < 60:
            pages.append([])
            height = 370
        height -= leading
        pages[-1].append(
            b"BT /F1 %d Tf 1 0 0 1 50 %d Tm %s Tj ET" % (size, height, pdf_string(line))
        )
    for number, page in enumerate(pages, start=1):
        page.insert(0, b"BT /F1 8 Tf 1 0 0 1 50 396 Tm (Lowland Post, 9 September 2025) Tj ET")
        page.append(b"BT /F1 8 Tf 1 0 0 1 205 30 Tm (Page %d) Tj ET" % number)
    return pdf_bytes([b"\n".join(page) for page in pages], headline, "Lina Osterby")


SAMPLES = {
    "24_ferry_harbour-courier.docx": ferry_docx,
    "24_ferry_lowland-post.pdf": ferry_pdf,
    "24_ferry_northern-ledger.rtf": ferry_rtf,
    "40_nexis-uni_three-outlets.docx": nexis_docx,
    "41_lexisnexis_three-outlets.txt": lexis_txt,
    "42_factiva_two-outlets.rtf": factiva_rtf,
    "43_factiva_two-outlets.html": factiva_html,
}
"""Name of each sample, and what makes it."""


def main() -> None:
    """Write the samples."""
    for name, make in SAMPLES.items():
        (SEEDS / name).write_bytes(make())


if __name__ == "__main__":
    main()
