"""How fast each format is read, beside its library's own bare parsing of the same bytes.

    python benchmarks/readers.py [DOCUMENTS] [--format NAME]

The same stories are written in every format. On one core, of the same file: `ours` is from the
file to `Document` (format told, records found, text and metadata made), `bare` what the named
library does with it alone, `facts` the steps after it (cutting, names, figures, ...). The overhead
is what ours takes beyond bare, in percent of bare and facts together: how much slower ingest is
than the library and our extraction by themselves. The best of three runs counts.
"""

import argparse
import bz2
import csv
import email
import email.policy
import gzip
import io
import json
import mailbox
import statistics
import tarfile
import tempfile
import textwrap
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from pathlib import Path

import docx
import fastwarc
import feedparser
import lxml.html
import pypdf
import trafilatura
from lxml import etree
from news_pages import Story, page, stories
from striprtf.striprtf import rtf_to_text

from archive import pipeline, reading
from archive.records import Metadata, RawRecord

_RUNS = 3
_FACTS = 40
"""Documents of which the steps after reading are measured; they cost most of the time."""


# ---------------------------------------------------------------- stories as each format


def write_html(story: Story) -> bytes:
    """A page of a news site."""
    return page(story)


def write_text(story: Story) -> bytes:
    """Headline and paragraphs."""
    return story.text.encode()


def row(story: Story) -> dict[str, str]:
    """The fields that tools which collect news give."""
    return {
        "title": story.headline,
        "text": "\n\n".join(story.paragraphs),
        "url": story.url,
        "date": story.day.isoformat(),
        "author": story.byline,
        "source": story.outlet,
    }


def write_jsonl(told: Sequence[Story]) -> bytes:
    """A record a line."""
    return b"".join(json.dumps(row(story)).encode() + b"\n" for story in told)


def write_json(told: Sequence[Story]) -> bytes:
    """One list."""
    return json.dumps([row(story) for story in told], indent=1).encode()


def write_csv(told: Sequence[Story]) -> bytes:
    """A table."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(row(told[0])))
    writer.writeheader()
    writer.writerows(map(row, told))
    return buffer.getvalue().encode()


def write_ninjs(story: Story) -> bytes:
    """One item."""
    body = "".join(f"<p>{escape(line)}</p>" for line in story.paragraphs)
    item = {
        "uri": f"urn:example:{story.number}",
        "type": "text",
        "version": "1",
        "pubstatus": "usable",
        "headline": story.headline,
        "byline": story.byline,
        "versioncreated": f"{story.day.isoformat()}T08:30:00Z",
        "language": "en",
        "body_xhtml": f"<div>{body}</div>",
    }
    return json.dumps(item).encode()


def write_feed(told: Sequence[Story]) -> bytes:
    """RSS with full content."""
    items = "".join(
        f"<item><title>{escape(story.headline)}</title><link>{story.url}</link>"
        f"<guid>{story.url}</guid><pubDate>{story.day:%a, %d %b %Y} 08:30:00 GMT</pubDate>"
        f"<dc:creator>{story.byline}</dc:creator><content:encoded><![CDATA["
        + "".join(f"<p>{escape(line)}</p>" for line in story.paragraphs)
        + "]]></content:encoded></item>"
        for story in told
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Harbour Courier</title><link>https://harbourcourier.example/</link>"
        f"<description>News</description>{items}</channel></rss>"
    ).encode()


def write_nitf(story: Story) -> bytes:
    """One NITF 3.6 document."""
    body = "".join(f"<p>{escape(line)}</p>" for line in story.paragraphs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<nitf><head>'
        f"<title>{escape(story.headline)}</title><docdata><doc-id id-string='{story.number}'/>"
        f"<date.issue norm='{story.day:%Y%m%d}T083000Z'/></docdata></head><body><body.head>"
        f"<hedline><hl1>{escape(story.headline)}</hl1></hedline>"
        f"<byline>{story.byline}</byline></body.head><body.content>{body}</body.content>"
        "</body></nitf>"
    ).encode()


def write_newsml(story: Story) -> bytes:
    """One NewsML-G2 item with its text as XHTML."""
    body = "".join(f"<p>{escape(line)}</p>" for line in story.paragraphs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" '
        f'standardversion="2.30" guid="urn:example:{story.number}" version="1" xml:lang="en">'
        '<itemMeta><itemClass qcode="ninat:text"/>'
        f"<versionCreated>{story.day.isoformat()}T08:30:00Z</versionCreated>"
        '<pubStatus qcode="stat:usable"/></itemMeta><contentMeta>'
        f"<headline>{escape(story.headline)}</headline><by>{story.byline}</by></contentMeta>"
        '<contentSet><inlineXML contenttype="application/xhtml+xml">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
        "</inlineXML></contentSet></newsItem>"
    ).encode()


def write_newsml1(story: Story) -> bytes:
    """One NewsML 1.2 item."""
    body = "".join(f"<p>{escape(line)}</p>" for line in story.paragraphs)
    stamp = f"{story.day:%Y%m%d}T083000Z"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<NewsML Version="1.2"><NewsEnvelope>'
        f"<DateAndTime>{stamp}</DateAndTime></NewsEnvelope><NewsItem><Identification>"
        "<NewsIdentifier><ProviderId>harbourcourier.example</ProviderId>"
        f"<DateId>{story.day:%Y%m%d}</DateId><NewsItemId>N{story.number}</NewsItemId>"
        '<RevisionId PreviousRevision="0" Update="N">1</RevisionId><PublicIdentifier>'
        f"urn:newsml:harbourcourier.example:{story.day:%Y%m%d}:N{story.number}:1N"
        "</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>"
        f'<NewsItemType FormalName="News"/><FirstCreated>{stamp}</FirstCreated>'
        f"<ThisRevisionCreated>{stamp}</ThisRevisionCreated>"
        '<Status FormalName="Usable"/></NewsManagement><NewsComponent xml:lang="en"><NewsLines>'
        f"<HeadLine>{escape(story.headline)}</HeadLine><ByLine>By {story.byline}</ByLine>"
        '</NewsLines><ContentItem><MediaType FormalName="Text"/>'
        f"<DataContent>{body}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    ).encode()


def message(story: Story) -> EmailMessage:
    """A newsletter of one story."""
    mail = EmailMessage()
    mail["From"] = f"{story.outlet} <news@harbourcourier.example>"
    mail["To"] = "reader@sandholm.example"
    mail["Subject"] = story.headline
    mail["Date"] = f"{story.day:%a, %d %b %Y} 08:30:00 +0000"
    mail["Message-ID"] = f"<{story.number}@harbourcourier.example>"
    mail.set_content("\n\n".join(story.paragraphs) + "\n")
    return mail


def write_eml(story: Story) -> bytes:
    """One mail."""
    return message(story).as_bytes()


def write_mbox(told: Sequence[Story]) -> bytes:
    """A mailbox."""
    return b"".join(
        b"From news@harbourcourier.example Tue Mar 11 08:30:00 2025\n"
        + message(story).as_bytes().replace(b"\nFrom ", b"\n>From ")
        + b"\n"
        for story in told
    )


def write_docx(story: Story) -> bytes:
    """A Word document with a title."""
    document = docx.Document()
    document.add_heading(story.headline, 0)
    for line in story.paragraphs:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def write_rtf(story: Story) -> bytes:
    """RTF as a word processor writes it."""
    lines = "\\par\n".join(
        "".join(
            char if char < "\x80" and char not in "\\{}" else f"\\u{ord(char)}?" for char in line
        )
        for line in (story.headline, *story.paragraphs)
    )
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Times;}}}}\\f0\\fs24 {lines}\\par}}".encode()


def write_pdf(story: Story) -> bytes:
    """Pages of 48 lines in Helvetica, as small tools write them (ISO 32000-1, 7.5)."""
    lines = [part for line in story.text.split("\n") for part in _wrapped(line)]
    sheets = [lines[at : at + 48] for at in range(0, len(lines), 48)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont"]
    objects[2] += b"/Helvetica/Encoding/WinAnsiEncoding>>"
    kids = []
    for sheet in sheets:
        shown = b"".join(b"(%s) Tj T*\n" % _pdf_string(line) for line in sheet)
        stream = b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects)
        )
    told = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (told, len(kids))
    content, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (count, table, count, len(content))
    )


def _wrapped(line: str) -> list[str]:
    """A line in pieces of at most 90 characters."""
    pieces = [""]
    for word in line.split():
        if len(pieces[-1]) + len(word) > 90:
            pieces.append("")
        pieces[-1] += (" " if pieces[-1] else "") + word
    return pieces


def _pdf_string(line: str) -> bytes:
    escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return escaped.encode("cp1252", "replace")


def warc_record(story: Story, kilobytes: int = 60) -> bytes:
    """A response record of WARC 1.1 (ISO 28500)."""
    body = page(story, kilobytes)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{story.number:012d}>\r\n"
        f"WARC-Date: {story.day.isoformat()}T10:00:00Z\r\nWARC-Target-URI: {story.url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def write_warc(told: Sequence[Story]) -> bytes:
    """A web archive, compressed record by record as is usual."""
    return b"".join(gzip.compress(warc_record(story), 6, mtime=0) for story in told)


def write_wacz(told: Sequence[Story]) -> bytes:
    """A web archive in its ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as box:
        box.writestr("archive/data.warc.gz", write_warc(told))
        box.writestr("datapackage.json", json.dumps({"profile": "data-package", "wacz": "1"}))
    return buffer.getvalue()


def write_zip(told: Sequence[Story]) -> bytes:
    """Text files in a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as box:
        for story in told:
            box.writestr(f"{story.number}.txt", write_text(story))
    return buffer.getvalue()


def write_tar(told: Sequence[Story]) -> bytes:
    """Text files in a TAR."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as box:
        for story in told:
            content = write_text(story)
            info = tarfile.TarInfo(f"{story.number}.txt")
            info.size = len(content)
            box.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def write_nexis(told: Sequence[Story]) -> bytes:
    """An export of LexisNexis as plain text, in the layout until 2019."""
    return "\n\n".join(
        f"{number:>32} of {len(told)} DOCUMENTS\n\n\n"
        f"{story.outlet:>45}\n\n{story.day:%B %-d, %Y %A}\n\n{story.headline}\n\n"
        f"BYLINE: {story.byline}\n\nSECTION: {story.section}; Pg. 3\n\n"
        f"LENGTH: {story.words} words\n\n\n"
        + "\n\n".join("\n".join(textwrap.wrap(line, 79)) for line in story.paragraphs)
        + f"\n\nLOAD-DATE: {story.day:%B %-d, %Y}\n\nLANGUAGE: ENGLISH\n\n"
        f"PUBLICATION-TYPE: Newspaper\n\n\n"
        f"Copyright {story.day.year} {story.outlet}\nAll Rights Reserved\n"
        for number, story in enumerate(told, 1)
    ).encode()


def write_factiva(told: Sequence[Story]) -> bytes:
    """An export of Factiva as HTML."""
    articles = "".join(
        f'<div id="article-a{story.number:024d}" class="article">'
        f'<div class="article enArticle"><p>\n<div id="hd"><span class="enHeadline">'
        f'{escape(story.headline)}</span></div><div class="author">{story.byline}</div>\n'
        f"<div>{story.words} words</div>\n<div>{story.day:%-d %B %Y}</div>\n<div>06:00</div>\n"
        f"<div>{story.outlet}</div>\n<div>HARCOU</div>\n<div>English</div>\n"
        f"<div>© {story.day.year} {story.outlet}</div>\n</p>\n"
        + "\n".join(
            f'<p class="articleParagraph enarticleParagraph">{escape(line)}</p>'
            for line in story.paragraphs
        )
        + f"\n<p>Document a{story.number:024d}</p>\n</div>\n</div><br/><span></span>\n"
        for story in told
    )
    head = '<!DOCTYPE html>\n<html><head><meta charset="UTF-8"/><title>Factiva</title></head>'
    return f"{head}\n<body>{articles}</body></html>".encode()


# ------------------------------------------------------- what the library does by itself


def parse_html(content: bytes) -> object:
    """Main text and metadata of a page."""
    return trafilatura.bare_extraction(content, fast=True, with_metadata=True)


def parse_warc(content: bytes) -> object:
    """Main text and metadata of each response."""
    records = fastwarc.ArchiveIterator(
        io.BytesIO(content), record_types=fastwarc.WarcRecordType.response
    )
    return [parse_html(record.reader.read()) for record in records]


def parse_wacz(content: bytes) -> object:
    """The web archive in a ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return parse_warc(box.read("archive/data.warc.gz"))


def parse_eml(content: bytes) -> object:
    """Header fields and text of a mail."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    body = mail.get_body(("plain",))
    return mail["Subject"], mail["Date"], body and body.get_content()


def parse_mbox(content: bytes) -> object:
    """Header fields and text of each mail."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        box = mailbox.mbox(file.name)
        return [parse_eml(box.get_bytes(key)) for key in box.iterkeys()]


def parse_zip(content: bytes) -> object:
    """The bytes of each member, decoded."""
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return [box.read(name).decode() for name in box.namelist()]


def parse_tar(content: bytes) -> object:
    """The bytes of each member, decoded."""
    with tarfile.open(fileobj=io.BytesIO(content)) as box:
        return [file.read().decode() for info in box if (file := box.extractfile(info))]


def parse_pdf(content: bytes) -> object:
    """The text of each page."""
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]


def parse_docx(content: bytes) -> object:
    """The text of each paragraph."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def parse_lines(content: bytes) -> object:
    """Every line."""
    return content.decode().splitlines()


def parse_xml(content: bytes) -> object:
    """All the text of a document."""
    return list(etree.fromstring(content).itertext())


def parse_csv(content: bytes) -> object:
    """Every row."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def parse_jsonl(content: bytes) -> object:
    """Every line."""
    return [json.loads(line) for line in content.splitlines()]


@dataclass(frozen=True, slots=True)
class Case:
    """A format, how the stories are written in it, and what its library does with that.

    Either `one` writes a file for each story or `many` one file of all of them.
    """

    library: str
    parse: Callable[[bytes], object]
    one: Callable[[Story], bytes] | None = None
    many: Callable[[Sequence[Story]], bytes] | None = None

    def files(self, told: Sequence[Story]) -> list[bytes]:
        """The files of the format that hold the stories."""
        if self.one:
            return [self.one(story) for story in told]
        return [self.many(told)] if self.many else []


CASES = {
    "text": Case("bytes.decode", bytes.decode, one=write_text),
    "html": Case("trafilatura, fast", parse_html, one=write_html),
    "warc": Case("fastwarc, trafilatura", parse_warc, many=write_warc),
    "wacz": Case("fastwarc, trafilatura", parse_wacz, many=write_wacz),
    "json": Case("json", json.loads, many=write_json),
    "jsonl": Case("json", parse_jsonl, many=write_jsonl),
    "csv": Case("csv", parse_csv, many=write_csv),
    "ninjs": Case("json", json.loads, one=write_ninjs),
    "feed": Case("feedparser", feedparser.parse, many=write_feed),
    "nitf": Case("lxml", parse_xml, one=write_nitf),
    "newsml": Case("lxml", parse_xml, one=write_newsml),
    "newsml1": Case("lxml", parse_xml, one=write_newsml1),
    "eml": Case("email", parse_eml, one=write_eml),
    "nexis": Case("str.splitlines", parse_lines, many=write_nexis),
    "factiva": Case("lxml", lxml.html.fromstring, many=write_factiva),
    "mbox": Case("mailbox, email", parse_mbox, many=write_mbox),
    "docx": Case("python-docx", parse_docx, one=write_docx),
    "rtf": Case("striprtf", lambda content: rtf_to_text(content.decode()), one=write_rtf),
    "pdf": Case("pypdf", parse_pdf, one=write_pdf),
    "zip": Case("zipfile", parse_zip, many=write_zip),
    "tar": Case("tarfile", parse_tar, many=write_tar),
    "gzip": Case("gzip", gzip.decompress, one=lambda story: gzip.compress(write_text(story))),
    "bzip2": Case("bz2", bz2.decompress, one=lambda story: bz2.compress(write_text(story))),
}


# --------------------------------------------------------------------------- measuring


def records_of(paths: Sequence[Path]) -> Iterator[RawRecord]:
    """The records of files; what cannot be read is an error of the benchmark."""
    for path in paths:
        for record in reading.records(path.name, path, Metadata()):
            if not isinstance(record, RawRecord):
                raise record
            yield record


def best(action: Callable[[], object]) -> float:
    """Least processor time of several runs, in seconds."""
    spent = []
    for _ in range(_RUNS):
        start = time.process_time()
        action()
        spent.append(time.process_time() - start)
    return min(spent)


def facts_seconds(paths: Sequence[Path]) -> float:
    """Seconds per document of all steps after reading, by `pipeline.prepare`."""
    chosen = [record for record, _ in zip(records_of(paths), range(_FACTS), strict=False)]
    rest = []
    for record in chosen:
        start = time.process_time()
        reading.read(record)
        middle = time.process_time()
        pipeline.prepare(record)
        rest.append(time.process_time() - middle - (middle - start))
    return max(0.0, statistics.fmean(rest))


def measure(name: str, case: Case, told: Sequence[Story], folder: Path) -> str:
    """One line of the table."""
    contents = case.files(told)
    paths = [folder / f"{name}-{number}" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    documents = [reading.read(record) for record in records_of(paths)]
    words = sum(len(document.text.split()) for document in documents)
    if len(documents) != len(told):
        raise SystemExit(f"{name}: {len(documents)} documents of {len(told)}")
    ours = best(lambda: [reading.read(record) for record in records_of(paths)])
    bare = best(lambda: [case.parse(path.read_bytes()) for path in paths])
    facts = facts_seconds(paths) * len(told)
    overhead = 100 * (ours - bare) / (bare + facts)
    size = sum(map(len, contents)) / len(told) / 1000
    return (
        f"{name:7} {size:7.1f} {len(told) / ours:10,.0f} {words / ours:11,.0f} "
        f"{len(told) / bare:10,.0f} {len(told) / facts:9,.0f} {overhead:8.1f} %  {case.library}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("documents", type=int, nargs="?", default=100)
    parser.add_argument("--format", choices=sorted(CASES))
    options = parser.parse_args()
    told = list(stories(options.documents))
    print(f"{len(told)} stories of {sum(story.words for story in told)} words; one core")
    print(
        f"{'format':7} {'kB/doc':>7} {'ours doc/s':>10} {'ours word/s':>11} {'bare doc/s':>10} "
        f"{'facts/s':>9} {'overhead':>10}  bare parsing by"
    )
    for known in reading.FORMATS:
        case = CASES.get(known.name)
        if case and options.format in (None, known.name):
            with tempfile.TemporaryDirectory() as folder:
                print(measure(known.name, case, told, Path(folder)), flush=True)
        elif not case and options.format is None:
            print(f"{known.name:7} not measured")


if __name__ == "__main__":
    main()
