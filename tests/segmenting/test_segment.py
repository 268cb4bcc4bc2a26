"""Documents to paragraphs and articles."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.reading import read, records
from archive.records import ArticleKind, Document, Metadata, Published, RawRecord, Segments
from archive.segmenting import segment

SHARED = Path(__file__).parents[2].parent / "shared"


def cut(text: str, **metadata: object) -> Segments:
    return segment(
        Document(
            name="news.txt",
            text=text,
            media_type="text/plain",
            encoding="utf-8",
            metadata=Metadata(**metadata),  # type: ignore[arg-type]
        )
    )


def roles(segments: Segments) -> list[str]:
    return [str(paragraph.role) for paragraph in segments.paragraphs]


def check_whole(text: str, segments: Segments) -> None:
    """Hold that paragraphs cover what is not white space, and articles their paragraphs."""
    covered = []
    end = 0
    for position, paragraph in enumerate(segments.paragraphs, start=1):
        assert paragraph.position == position
        assert end <= paragraph.char_start < paragraph.char_end <= len(text)
        assert text[end : paragraph.char_start].strip() == ""
        assert paragraph.text == text[paragraph.char_start : paragraph.char_end]
        assert paragraph.text == paragraph.text.strip()
        end = paragraph.char_end
        covered.append(paragraph.text)
    assert "".join("".join(covered).split()) == "".join(text.split())
    for index, article in enumerate(segments.articles):
        own = [item for item in segments.paragraphs if item.article == index]
        assert article.position == index + 1
        assert (article.char_start, article.char_end) == (own[0].char_start, own[-1].char_end)


@given(st.binary(max_size=300))
def test_any_bytes_are_covered_exactly_once_or_refused(content):
    """Paragraphs cover every non-blank character once, in order, whatever the bytes."""
    try:
        document = read(RawRecord(name="x", content=content))
    except UnreadableDocument as refused:
        assert refused.reason
        return
    check_whole(document.text, segment(document))


PIECES = [
    "By Ann Lee", "Photo: The Gazette", "Rain Falls on the Hills", "***", "Read more", "\n\n",
    "\u2028", "\f", "HERAT (AP) — Rain fell on Monday.", "He said it would rain on.", "\u00a0",
    "A storm has hit the coast, officials in the capital said on Sunday, and…", "12 May 2021",
    "Police in the port said on Friday that Omar Noor had been found.", "© 2021 The Gazette",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=25),
    st.sampled_from(["\n", "\r\n", " "]),
)
def test_any_lines_are_covered_exactly_once(pieces, newline):
    """The law holds for lines of every role in any order."""
    text = newline.join(pieces)
    check_whole(text, cut(text))


STORM = """\
A storm has cut the road between Herat and the border, the governor’s office said on Sunday.
The office said that snow had blocked two passes. It asked drivers to turn back.
“We have sent six ploughs,” the governor, Omar Noor, said.
Noor added that the road would open within days."""

STRIKE = """\
Teachers in the port of Odense walked out on Monday after talks on pay with the town council failed.
Union leader Karen Holm said the walkout would last until the council improved its offer.
Holm said members had waited two years for a rise."""


def test_stories_that_share_nothing_are_told_apart():
    """Two leads with nothing between them are two articles."""
    segments = cut(STORM + "\n" + STRIKE)
    assert [item.article for item in segments.paragraphs] == [0] * 4 + [1] * 3
    assert [article.kind for article in segments.articles] == ["article"] * 2


def test_layout_is_told_from_text():
    """Credits before a headline belong to its story; furniture belongs to none."""
    text = (
        "Photo: Reuters\n\nSnow Cuts Road to the Border\n\nBy Ann Lee\n3 May 2021\n"
        + STORM
        + "\nRead also: Ten mountain passes\nShare\n© 2021 The Gazette"
    )
    segments = cut(text)
    assert roles(segments) == (
        ["credit", "headline", "credit", "credit"] + ["body"] * 4 + ["furniture"] * 3
    )
    (article,) = segments.articles
    assert article.char_start == 0
    assert (article.headline, article.byline) == ("Snow Cuts Road to the Border", "Ann Lee")
    assert article.published == Published(on="2021-05-03", source="byline")
    assert [item.article for item in segments.paragraphs] == [0] * 8 + [None] * 3


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Source: Xinhua", "Xinhua"),
        ("By Ann Lee, AFP", "AFP"),
        ("Reuters", "Reuters"),
        ("Photo: Reuters", None),
    ],
)
def test_agency_is_who_wrote_the_story(line, agency):
    """Named in a byline or as the source; who made the picture is somebody else."""
    (article,) = cut(f"Snow Cuts Road to the Border\n{line}\n{STORM}").articles
    assert article.agency == agency


def test_cut_off_lines_are_teasers_and_a_lost_beginning_makes_a_fragment():
    """Each line that ends in an ellipsis is a story; one that opens with `He` lost its lead."""
    text = (
        "He said that snow had blocked two passes and that drivers should turn back.\n"
        "The office, meanwhile, sent six ploughs.\n"
        "Teachers in the port of Odense walked out on Monday after talks…\n"
        "A ferry with ninety people on board ran aground near the island..."
    )
    segments = cut(text)
    assert [article.kind for article in segments.articles] == [
        ArticleKind.FRAGMENT,
        ArticleKind.TEASER,
        ArticleKind.TEASER,
    ]
    assert roles(segments) == ["body", "body", "teaser", "teaser"]


def test_single_teaser_below_an_article_is_a_story():
    """Cut off within its only sentence and about something else; speech that trails off is not."""
    teaser = "Interest rates stay where they are for a third month, the bank said, as prices…"
    segments = cut(f"{STORM}\nShare this page · Print · Sign up\n{teaser}")
    assert [article.kind for article in segments.articles] == ["article", "teaser"]
    assert cut(f"{STORM}\nNoor would not say when the ploughs will…").articles[0].kind == "article"
    assert len(cut(f"{STORM}\n“When the snow stops, when the ploughs come…”").articles) == 1


def test_site_bar_above_the_headline_is_no_headline():
    """Neither a bar of links nor share buttons take the headline's place."""
    for bar in ("You are reading the weather pages | Subscribe | Log in", "SHARE  TWEET  SAVE"):
        (article,) = cut(f"{bar}\nSnow Cuts Road to the Border\n{STORM}").articles
        assert article.headline == "Snow Cuts Road to the Border"


def test_opening_is_moved_back_to_the_lead_that_was_nearly_one():
    """The story starts at its lead even if the next passage looks still more like one."""
    lead, *rest = STRIKE.split("\n")
    weak = "Yesterday, what unions put at 9,000 teachers, a tenth of all, marched through Odense."
    segments = cut("\n".join([STORM, weak, lead, *rest]))
    assert [item.article for item in segments.paragraphs] == [0] * 4 + [1] * 4


def test_subheading_starts_no_story():
    """A short heading within a story is a subheading."""
    lines = STORM.split("\n")
    segments = cut(
        "\n".join(["Snow Cuts Road to the Border", *lines[:2], "Six ploughs", *lines[2:]])
    )
    assert roles(segments) == ["headline", "body", "body", "subheading", "body", "body"]
    assert len(segments.articles) == 1


def test_metadata_fills_what_the_text_does_not_show():
    """Date from the user first; headline and byline of the metadata where the text has none."""
    published = Published(on="2021-05-04", source="option")
    (article,) = cut(
        STORM, headline="Snow", byline="A. Lee", agency="AP", section="World", published=published
    ).articles
    assert (article.headline, article.byline, article.agency) == ("Snow", "A. Lee", "AP")
    assert (article.section, article.published) == ("World", published)


def test_lines_round_a_headline_have_their_roles():
    """A section's name above it, itself once more, a caption, a writer's bare name."""
    lines = STORM.split("\n")
    segments = cut(
        "\n".join(
            [
                "World News Today",
                "Snow Cuts Road to the Border",
                "Snow Cuts Road to the Border",
                "Omar Noor",
                "Drivers wait for the ploughs above the town of Herat, March 3, 2021.",
                *lines,
                "Ten mountain passes you should know",
                "Snow chains compared",
            ]
        )
    )
    assert roles(segments) == (
        ["furniture", "headline", "headline", "credit", "caption"]
        + ["body"] * len(lines)
        + ["furniture"] * 2
    )
    assert [article.headline for article in segments.articles] == ["Snow Cuts Road to the Border"]


def test_sign_off_stays_with_its_story():
    """Who edited a story is named below it, who wrote the next one above that."""
    text = f"Snow\n{STORM}\nEditing by Ann Lee\nPhoto: AP\nTeachers Walk Out in Port\n{STRIKE}"
    segments = cut(text)
    credit = {item.text: item.article for item in segments.paragraphs if item.role == "credit"}
    assert credit == {"Editing by Ann Lee": 0, "Photo: AP": 1}


def test_markdown_headings_are_headline_and_subheadings():
    """The level tells one from the other; the headline is given without marks."""
    lines = STORM.split("\n")
    segments = cut("\n\n".join(["# Snow cuts road", lines[0], "## Six ploughs", *lines[1:]]))
    assert roles(segments)[:3] == ["headline", "body", "subheading"]
    assert segments.articles[0].headline == "Snow cuts road"


def test_turns_of_an_interview_open_no_story():
    """Questions and answers belong to the story they stand in."""
    turns = ["Q: Will it snow again on Sunday?", "A: The road stays shut, I have said so."] * 4
    assert len(cut("\n".join([STORM, *turns])).articles) == 1
    question = "When did you hear of the snow, and what did you do?"
    spoken = ["((Ann Lee))  Teachers in Odense walked out on Monday.", "((Omar Noor))  They did."]
    headed = cut("\n".join(["Snow Cuts Road", STORM, question, *spoken, STRIKE[:103], *spoken]))
    assert len(headed.articles) == 1
    assert headed.paragraphs[5].role == "subheading"


@pytest.mark.parametrize("text", ["", " \n\u00a0", "***", "Share"])
def test_text_without_a_story_has_no_article(text):
    """Blank text and bare furniture make no article."""
    assert cut(text).articles == ()


def test_gold_documents_are_cut_as_annotated():
    """On the annotated documents nearly every line has its role and every story its start."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared folder with annotated documents beside the checkout")
    lines = right = starts = found = 0
    for path in sorted((SHARED / "documents").glob("*.txt")):
        gold = json.loads((SHARED / "gold" / f"{path.stem}.json").read_text())
        (record,) = records(path.name, path, Metadata())
        document = read(record)
        segments = segment(document)

        def line_of(start: int, text: str = document.text) -> int:
            return text.count("\n", 0, start) + 1

        role_of = {line_of(item.char_start): item.role for item in segments.paragraphs}
        lines += len(gold["paragraphs"])
        right += sum(role_of[item["line"]] == item["role"] for item in gold["paragraphs"])
        ours = {(line_of(item.char_start), str(item.kind)) for item in segments.articles}
        wanted = {(item["lines"][0], item["kind"]) for item in gold["articles"]}
        starts += len(ours | wanted)
        found += len(ours & wanted)
    assert right / lines >= 0.97
    assert found / starts >= 0.9
