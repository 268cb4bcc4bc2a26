"""How to cite an article of the archive: as text, BibTeX and RIS.

What is cited is the article as this archive holds it: its permanent name (`uid`), the snapshot with
its digest, and the address of its page; and the publisher's own address where it is known.
"""

import re
from dataclasses import dataclass

from archive.publishing.pages.rows import Row
from archive.publishing.pages.wording import day

_SPACE = re.compile(r"\s+")
_BIBTEX = str.maketrans({
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One article's citation in three notations."""

    text: str
    bibtex: str
    ris: str


def cite(article: Row, address: str, archive: str, snapshot: str | None) -> Citation:
    """Cite an article.

    `article` has uid, headline, byline, outlet, published_on, published_precision and url;
    `address` is the whole URL of its page, `archive` the archive's title, `snapshot` its name and
    digest, None where unknown.
    """
    title = _line(article["headline"] or "Untitled")
    note = f"{archive}, {snapshot + ', ' if snapshot else ''}article {article['uid']}"
    parts = (
        f"“{title}.”",
        f"{_line(article['outlet'])}." if article["outlet"] else "",
        f"{day(article['published_on'], article['published_precision'])}."
        if article["published_on"]
        else "Undated.",
        f"{note}.",
        address,
    )
    return Citation(
        text=" ".join(part for part in parts if part),
        bibtex=_bibtex(article, title, note, address),
        ris=_ris(article, title, note, address),
    )


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _bibtex(article: Row, title: str, note: str, address: str) -> str:
    """Write an entry of BibTeX; `misc` is the type that every style knows."""
    year, month = _year_and_month(article)
    fields = {
        "title": f"{{{title.translate(_BIBTEX)}}}",
        "author": _line(article["byline"] or "").translate(_BIBTEX),
        "howpublished": _line(article["outlet"] or "").translate(_BIBTEX),
        "year": year,
        "month": month,
        "note": note.translate(_BIBTEX),
        "url": address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{newsarchive-{article['uid']},\n{lines}}}\n"


def _year_and_month(article: Row) -> tuple[str, str]:
    published = article["published_on"] or ""
    return published[:4], "" if article["published_precision"] == "year" else published[5:7]


def _ris(article: Row, title: str, note: str, address: str) -> str:
    """Write a record of RIS: two letters, two spaces, a hyphen, a space, one line each."""
    year, month = _year_and_month(article)
    published = article["published_on"] or ""
    day_of_month = published[8:10] if article["published_precision"] in ("day", "minute") else ""
    fields = (
        ("TY", "NEWS"),
        ("TI", title),
        ("AU", _line(article["byline"] or "")),
        ("T2", _line(article["outlet"] or "")),
        ("PY", year),
        ("DA", f"{year}/{month}/{day_of_month}" if year else ""),
        ("UR", address),
        ("L2", _line(article["url"] or "")),
        ("AN", article["uid"]),
        ("N1", note),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"
