"""Documents whose format tells that they are one story."""

from hypothesis import given
from hypothesis import strategies as st

from archive.records import ArticleKind, Document, Metadata, Part, Role, Segments
from archive.segmenting import segment

TEXT = (
    "Ferry Fares To Rise\n\n"
    "Harbour board votes\n\n"
    "The board said on Monday that fares would rise by 8%.\n\n"
    "What it means\n\n"
    "SANDHOLM, Norland — A crossing will cost 14 crowns from May, the board said in a note.\n\n"
    "A ferry leaves the quay. Photo: Ada Lindqvist\n\n"
    "Trains were late on Tuesday after a signal failed near Elverton, the railway said."
)


def cut(text: str, *roles: Role | None, **metadata: str) -> Segments:
    """Segments of a text whose lines are parts with these roles."""
    parts, at = [], 0
    for line, role in zip(filter(None, text.split("\n")), roles, strict=False):
        at = text.index(line, at)
        parts.append(Part(char_start=at, char_end=at + len(line), role=role))
        at += len(line)
    return segment(
        Document(
            name="page.html",
            text=text,
            media_type="text/html",
            encoding="utf-8",
            is_rendition=True,
            metadata=Metadata(**metadata),  # type: ignore[arg-type]
            parts=tuple(parts),
        )
    )


def test_marked_text_is_one_story_with_the_roles_that_are_given():
    """Neither a dateline nor another subject in the middle opens a second story."""
    segments = cut(TEXT, Role.HEADLINE, None, None, Role.SUBHEADING, None, Role.CAPTION, None)
    assert [paragraph.role for paragraph in segments.paragraphs] == [
        Role.HEADLINE,
        Role.BODY,
        Role.BODY,
        Role.SUBHEADING,
        Role.BODY,
        Role.CAPTION,
        Role.BODY,
    ]
    (article,) = segments.articles
    assert (article.headline, article.kind) == ("Ferry Fares To Rise", ArticleKind.ARTICLE)


def test_lines_without_a_role_are_told_by_their_looks():
    """Where the format marks no heading, a short line before a passage is one."""
    segments = cut(TEXT, None, headline="Ferry Fares To Rise")
    assert [paragraph.role for paragraph in segments.paragraphs][:5] == [
        Role.HEADLINE,
        Role.SUBHEADING,
        Role.BODY,
        Role.SUBHEADING,
        Role.BODY,
    ]
    assert len(segments.articles) == 1


def test_text_that_is_cut_off_from_the_first_is_a_teaser():
    """A summary that breaks off is no whole article."""
    segments = cut("Ferry Fares To Rise\n\nThe board said fares would rise ...", Role.HEADLINE)
    assert segments.articles[0].kind is ArticleKind.TEASER


@given(
    st.text(alphabet="ab .,…\n\tÄ—’“”:*-", max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40), st.sampled_from([None, *Role]))),
)
def test_any_text_and_any_parts_give_whole_paragraphs(text, spans):
    """Every character but space lies in one paragraph, and there is one article at most."""
    segments = segment(
        Document(
            name="x",
            text=text,
            media_type="text/html",
            encoding=None,
            is_rendition=True,
            parts=tuple(
                Part(char_start=start, char_end=start + length, role=role)
                for start, length, role in spans
            ),
        )
    )
    kept = "".join(paragraph.text for paragraph in segments.paragraphs)
    assert "".join(kept.split()) == "".join(text.split())
    if spans:
        assert len(segments.articles) <= 1
