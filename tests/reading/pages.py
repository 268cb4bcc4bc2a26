"""Web pages and what damages files, for the tests of the readers."""

from collections.abc import Callable

from hypothesis import strategies as st

HEADLINE = "Gates opened at dam as rain goes on"
PARAGRAPHS = (
    "Rain fell on the northern valleys for a third day on Tuesday, and the river authority opened "
    "two of the four gates at the Orlen dam to keep the water below the safe mark.",
    "Officials in Vellin said that 412 people had left their homes, most of them from the streets "
    "below the old mill, and that schools would stay closed until Thursday.",
    "“We have seen worse, but not in September,” said Mara Vell, who runs the café on the square, "
    "as she carried sacks of flour upstairs with her two sons.",
    "The authority expects the rain to ease on Wednesday night. It will decide then whether the "
    "gates can be closed again, and what the summer’s repairs are to cost.",
)


def page(
    head: str = "", body: str | None = None, title: str = f"{HEADLINE} | Harbour Courier"
) -> str:
    """A page: a menu, an article of `PARAGRAPHS` or the body given, links to others, a footer."""
    if body is None:
        text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
        body = f"<article><h1>{HEADLINE}</h1>{text}</article>"
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
{body}
<aside><h3>Most read</h3><ul><li><a href="/1">Old bridge closes for good</a></li></ul></aside>
<footer><p>All rights reserved.</p></footer></body></html>"""


def flip(content: bytes, at: int, value: int) -> bytes:
    """One byte changed."""
    at %= len(content)
    return content[:at] + bytes([value]) + content[at + 1 :]


def cut(content: bytes, at: int, _value: int) -> bytes:
    """The end cut off."""
    return content[: at % len(content)]


def splice(content: bytes, at: int, value: int) -> bytes:
    """A piece from elsewhere put in."""
    at %= len(content)
    start = (at * 7 + value) % len(content)
    return content[:at] + content[start : start + value] + content[at:]


def drop(content: bytes, at: int, value: int) -> bytes:
    """A piece taken out."""
    at %= len(content)
    return content[:at] + content[at + value :]


_CHANGES: tuple[Callable[[bytes, int, int], bytes], ...] = (flip, cut, splice, drop)


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes of a sample after one to six changes."""
    for change in draw(st.lists(st.sampled_from(_CHANGES), min_size=1, max_size=6)):
        if not content:
            break
        at = draw(st.integers(0, len(content) - 1))
        content = change(content, at, draw(st.integers(0, 255)))
    return content
