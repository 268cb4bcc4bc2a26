"""Mail: headers, which part is the text, mailboxes."""

import tracemalloc
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings

from archive.reading import mail
from archive.reading.format import Container
from archive.records import Document, RawRecord
from tests.reading.damage import check, damaged, read_all, recognises, split

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
BOX = (SEEDS / "32_newsletters.mbox").read_bytes()

HEAD = (
    "From: Harbour Courier <news@harbourcourier.example>\nTo: reader@x.example\n"
    "Subject: Rain falls again\nDate: Tue, 9 Sep 2025 07:45:00 +0200\n"
    "Message-ID: <1@x.example>\nMIME-Version: 1.0\n"
)
LONG = (
    "<p>"
    + "</p><p>".join(f"Paragraph {n} tells of the rain and the dam." for n in range(20))
    + "</p>"
)


def read(content: bytes | str) -> Document:
    raw = content if isinstance(content, bytes) else content.encode()
    return mail.read(RawRecord(name="a.eml", content=raw))


def message(text: str | None, html: str | None = None, **headers: str) -> bytes:
    built = EmailMessage()
    built["From"], built["Subject"], built["Message-ID"] = "X <x@x.example>", "Rain", "<1@x>"
    for name, value in headers.items():
        del built[name.replace("_", "-")]
        built[name.replace("_", "-")] = value
    if text is not None:
        built.set_content(text)
    if html is not None and text is None:
        built.set_content(html, subtype="html")
    elif html is not None:
        built.add_alternative(html, subtype="html")
    return bytes(built)


def lines(content: bytes | str) -> list[str]:
    return read(content).text.split("\n\n")


def test_a_plain_message():
    """Subject first, then the paragraphs; outlet and date from the headers; no parts."""
    document = read(HEAD + "\nRain fell.\n\nRivers rose.\n")
    assert document.text == "Rain falls again\n\nRain fell.\n\nRivers rose."
    assert document.metadata.outlet == "Harbour Courier"
    assert document.metadata.published.at == "2025-09-09T07:45+02:00"
    assert document.metadata.headline == "Rain falls again"
    assert document.parts == () and document.encoding is None and document.is_rendition


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Subject: =?utf-8?Q?Caf=C3=A9?= burns", "Café burns"),
        ("Subject: =?utf-8?B?Q2Fmw6k=?=\n =?utf-8?Q?_burns?=", "Café burns"),
        ("Subject: =?iso-8859-1?Q?Caf=E9?=", "Café"),
        ("Subject: =?no-such-charset?Q?Caf=C3=A9?=", "Café"),
        ("Subject: =?utf-8?Q?Caf=E9?=", "Café"),
        ("Subject: Café burns", "Café burns"),
        ("Subject:\n folded\n\tline", "folded line"),
        ("SUBJECT: Rain", "Rain"),
        ("Subject: =?utf-8?B?a?=", "=?utf-8?B?a?="),
        ("Subject:", None),
        ("X: y", None),
    ],
)
def test_subjects(header, expected):
    """Encoded words of any kind, raw bytes, and what is no encoded word."""
    document = read(f"{header}\nMessage-ID: <1@x>\n\nRain fell.")
    assert document.metadata.headline == expected


@pytest.mark.parametrize(
    ("sender", "outlet"),
    [
        ('"The X, Daily" <x@x.example>', "The X, Daily"),
        ("=?utf-8?Q?Caf=C3=A9_News?= <x@x.example>", "Café News"),
        ("x@x.example", None),
        ("<x@x.example>", None),
        ("", None),
        ("a" * 50_000, None),
    ],
)
def test_outlet_is_the_name_of_the_sender(sender, outlet):
    """An address is none."""
    assert read(f"From: {sender}\nSubject: T\n\nRain fell.").metadata.outlet == outlet


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (message("Rain fell.", "<p>Rain fell.</p>"), ["Rain", "Rain fell."]),
        (message("Read it online.", LONG), None),
        (message(None, "<h2>One</h2><p>Rain&nbsp;fell.</p>"), ["Rain", "One", "Rain fell."]),
        (message(" \n", "<p>Rain fell.</p>"), ["Rain", "Rain fell."]),
        (message("Rain fell."), ["Rain", "Rain fell."]),
    ],
)
def test_which_part_is_the_text(content, expected):
    """Plain text, unless it is empty or a stub beside the HTML."""
    found = lines(content)
    assert found == expected if expected else len(found) == 21


def test_wrapped_lines_are_one_paragraph():
    """Those of 70 characters; short lines and lists stand."""
    text = (
        "Rain fell on the northern valleys for a third day on Tuesday, and the\n"
        "river authority opened two of the four gates at the dam to keep the\nwater low.\n\n"
        "- one\n- two\n"
    )
    assert lines(message(text))[1:] == [" ".join(text.split("\n")[:3]), "- one", "- two"]


def test_flowed_text():
    """RFC 3676: a line that ends in a space goes on."""
    content = (
        HEAD + "Content-Type: text/plain; format=flowed\n\nRain \nfell.\nRivers rose.\n-- \nX\n"
    )
    assert lines(content)[1:] == ["Rain fell.", "Rivers rose.", "--", "X"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Type: text/plain; charset=iso-8859-1\n", "Café".encode("latin-1")),
        ("Content-Type: text/plain; charset=utf-8\n", "Café".encode("latin-1")),
        ("Content-Type: text/plain; charset=nonsense\n", "Café".encode()),
        ("", "Café".encode()),
        ("Content-Transfer-Encoding: quoted-printable\n", b"Caf=C3=A9"),
        ("Content-Transfer-Encoding: base64\n", b"Q2Fmw6k="),
        ("Content-Transfer-Encoding: 8bit\nContent-Type: text/plain; charset=cp1252\n", b"Caf\xe9"),
    ],
)
def test_charsets_and_transfer_encodings(head, body):
    """What is declared, else what fits."""
    assert read((HEAD + head + "\n").encode() + body).text.endswith("Café")


def test_forwarded_messages_follow():
    """With their subjects; attachments are left out."""
    outer = EmailMessage()
    outer["Subject"] = "Fwd: Rain"
    outer.set_content("See below.")
    inner = EmailMessage()
    inner["Subject"] = "Rain on Tuesday"
    inner.set_content("Rain fell.")
    outer.add_attachment(inner)
    outer.add_attachment(b"Not this.", maintype="text", subtype="plain", filename="a.txt")
    assert lines(bytes(outer)) == ["Fwd: Rain", "See below.", "Rain on Tuesday", "Rain fell."]


@pytest.mark.parametrize(
    ("content", "url"),
    [
        (message("View in your browser: https://x.example/1\n\nRain fell."), "https://x.example/1"),
        (message(None, '<a href="https://x.example/1?a=1&amp;b=2">View <b>online</b></a> Rain.'),
         "https://x.example/1?a=1&b=2"),
        (message("Rain fell.", List_Archive="<https://x.example/list>"), "https://x.example/list"),
        (message("Rain fell.", Archived_At="<https://x.example/7>", List_Archive="<https://l.example>"),
         "https://x.example/7"),
        (message("Rain fell. https://x.example/1"), None),
        (message(None, '<a href="https://x.example/off">Unsubscribe</a> Rain fell.'), None),
    ],
)  # fmt: skip
def test_address_where_it_is_plainly_given(content, url):
    """The copy on the web, else the list's archive; no other link."""
    assert read(content).metadata.url == url


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEAD.encode() + b"\n\n", "a message without text"),
        (HEAD.encode() + b"Content-Type: image/png\n\nabc", "a message without text"),
        (b"", "a message without text"),
    ],
)
def test_message_without_text(content, reason):
    """In a sentence."""
    _, (error,) = read_all(mail.EML, content)
    assert reason in error.reason


def test_deeply_nested_parts_end():
    """No recursion without bound, no hanging."""
    content = HEAD
    for n in range(3_000):
        content += f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"
    read_all(mail.EML, (content + "\nRain fell.").encode())


def test_headers_made_to_take_long_do_not():
    """Bounded in length before they are parsed."""
    for header in (
        "Subject: " + "=?utf-8?Q?a?= " * 50_000,
        'Content-Type: text/plain; a="' + ';"' * 200_000,
    ):
        documents, _ = read_all(mail.EML, (HEAD + header + "\n\nRain fell.").encode())
        assert len(documents) <= 1


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (HEAD.encode() + b"\nRain fell.", "a.dat", True),
        (b"Received: by x\nFrom: x\nTo: y\n\nRain.", "a.dat", True),
        (b"From: Ann\nDate: Tuesday\nSubject: Rain\n\nRain fell.", "a.txt", False),
        (b"From: Ann\nDate: Tuesday\nSubject: Rain\n\nRain fell.", "a.eml", True),
        (b"Rain: it fell.\nFrom: x\n", "a.eml", False),
        (b"Title\nFrom: x\nDate: y\nMessage-ID: z\n", "a.eml", False),
        (b"", "a.eml", False),
        (BOX, "a.dat", False),
    ],
)
def test_messages_are_told_from_prose(content, name, expected):
    """By headers that only mail programs write, or the name."""
    assert recognises(mail.EML, content, name) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (BOX, True),
        (b"From x@x.example Tue Sep  9 07:45:00 2025\nSubject: Rain\n\nRain.", True),
        (b"From - Tue Sep 09 07:45:00 2025\r\nSubject: Rain\r\n\r\nRain.", True),
        (b"From Tuesday 07:45 to 2025 rain fell.\nMore rain is to come.", False),
        (b"From x@x.example Tue, 09 Sep 2025 07:45:00 +0200\nSubject: Rain\n\nRain.", True),
        (b"From 17@xxx Tue Sep 09 07:45:00 +0000 2025\nSubject: Rain\n\nRain.", True),
        (b"From dawn on Tuesday at 7:45 to the end of 2025\nThe dam: rain fell.\n", False),
        (b"From 7:45 Tuesday 2025\nNote: rain.\n", False),
        (b"From the dam, rain.\n", False),
        (b"", False),
    ],
)
def test_mailboxes_are_told_from_prose(content, expected):
    """By a dated `From ` line with a header behind it."""
    assert recognises(mail.MBOX, content) == expected


def box(*messages: bytes) -> bytes:
    return b"".join(
        b"From x@x.example Tue Sep  9 07:45:00 2025\n" + each.rstrip(b"\n") + b"\n\n"
        for each in messages
    )


def test_messages_of_a_mailbox():
    """Cut at `From ` lines that begin a message; quoted ones are restored."""
    first = (
        HEAD.encode() + b"\nRain.\n\n>From the hills.\n\n>>From x.\n\nFrom 10:00 on in 2025, wind."
    )
    documents, reasons = read_all(mail.MBOX, box(first, HEAD.encode() + b"\nTwo."), "b")
    assert reasons == []
    assert [each.name for each in documents] == ["b#1", "b#2"]
    assert documents[0].text.split("\n\n")[1:] == [
        "Rain.", "From the hills.", ">From x.", "From 10:00 on in 2025, wind.",
    ]  # fmt: skip
    assert documents[1].text.endswith("Two.")


def test_mailbox_cut_off_and_empty():
    """What is whole is kept."""
    documents, reasons = read_all(mail.MBOX, BOX[:-100])
    assert (len(documents), reasons) == (2, [])
    _, (error,) = read_all(mail.MBOX, b"\n\n")
    assert "no message in it" in error.reason


def test_too_large_messages_are_passed_over(monkeypatch):
    """Their neighbours are read, and memory stays flat."""
    monkeypatch.setattr(mail, "MAX_DOCUMENT_BYTES", 10_000)
    small, large = HEAD.encode() + b"\nRain.", HEAD.encode() + b"\n" + b"x y z\n" * 500_000
    content = box(small, large, small)
    tracemalloc.start()
    found = split(mail.MBOX, content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [isinstance(each, RawRecord) for each in found] == [True, False, True]
    assert peak < len(content) + 1_000_000


def test_stream_stays_open():
    """Its owner closes it."""
    stream = BytesIO(BOX)
    assert len(list(mail.split(Container(name="b", stream=stream)))) == 2
    assert not stream.closed


def test_samples():
    """An alert that is the ferry's story, and a newsletter of two."""
    content = (SEEDS / "24_ferry_eastgate-dispatch.eml").read_bytes()
    plain = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8").split("\n")
    assert recognises(mail.EML, content) and not recognises(mail.MBOX, content)
    assert lines(content) == [plain[0], *plain[2:7]]
    documents, reasons = read_all(mail.MBOX, BOX)
    assert (len(documents), reasons) == (2, [])
    assert "Port Elver moves its tide gauge" in documents[0].text
    assert "\n\nFrom the beach some 40 people" in documents[1].text


@settings(max_examples=80, deadline=None)
@given(damaged((SEEDS / "24_ferry_eastgate-dispatch.eml").read_bytes()))
def test_damaged_messages(content):
    """Only documents and reasons, the same each time."""
    check(mail.EML, content)


@settings(max_examples=80, deadline=None)
@given(damaged(BOX))
def test_damaged_mailboxes(content):
    """Only documents and reasons, the same each time."""
    check(mail.MBOX, content)
