"""The marked stories and stand-off labels that the names model is trained on."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "training" / "names"
NEWS = ROOT.parent / "shared" / "news"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_data", FOLDER / "check_data.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_data"] = module
    spec.loader.exec_module(module)
    return module


check_data = _load()
STORY_FILES = sorted(FOLDER.glob("stories/*.txt"))
HEADER = "# region=Europe; beat=courts; style=wire\n"


def test_marks_become_offsets() -> None:
    """A marked line gives its plain text and the characters of each name in it."""
    text, spans = check_data.parse_marks("In [GPE|Oslo], [PERSON|Kari Nes]'s bus.", "here")
    assert text == "In Oslo, Kari Nes's bus."
    assert [(text[start:end], label) for start, end, label in spans] == [
        ("Oslo", "GPE"),
        ("Kari Nes", "PERSON"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[PLACE|Oslo]",
        "[GPE|Oslo",
        "Oslo | Bergen",
        "[GPE| Oslo]",
        "[GPE|Oslo's]",
        "[PERSON|President Kari Nes]",
        "[ORG|the Storting]",
        "[ORG|Bank of [GPE|Norway]]",
    ],
)
def test_marks_that_break_the_guidelines_are_refused(line: str) -> None:
    """Unknown types, stray brackets, nesting, titles, articles and possessives are errors."""
    with pytest.raises(check_data.BadData, match="here"):
        check_data.parse_marks(line, "here")


@pytest.mark.parametrize(
    "block",
    [
        "No header at all.\n",
        "# region=Atlantis; beat=courts; style=wire\nText.\n",
        "# region=Europe; beat=courts\nText.\n",
        HEADER,
        HEADER + "One.\n\nTwo.\n",
    ],
)
def test_a_block_needs_its_header_and_paragraphs(block: str) -> None:
    """A story without a complete header, without text or with a blank line is an error."""
    with pytest.raises(check_data.BadData):
        check_data.parse_story(block, "here")


def test_spans_of_later_paragraphs_count_from_the_start_of_the_story() -> None:
    """Offsets run through the whole story, a line feed between its paragraphs."""
    story = check_data.parse_story(HEADER + "[GPE|Rome] waits.\nSo does [GPE|Bari].\n", "here")
    assert [story.text[start:end] for start, end, _ in story.spans] == ["Rome", "Bari"]


def test_a_forgotten_surname_is_shown() -> None:
    """A word that is marked elsewhere is listed where it opens a sentence unmarked."""
    block = HEADER + "[PERSON|Kari Nes] left. Nes and Bodil said nothing.\n"
    story = check_data.parse_story(block, "here")
    found = list(check_data.unmarked(story, check_data.name_words([story])))
    assert len(found) == 2


@pytest.mark.parametrize("path", STORY_FILES, ids=lambda path: path.name)
def test_every_stories_file_keeps_the_format(path: Path) -> None:
    """Each file parses, and every tenth story of it is held back."""
    stories = check_data.read_stories(path)
    assert sum(story.held for story in stories) == len(stories) // 10


def test_every_type_is_frequent_enough_to_learn() -> None:
    """Training and held stories together show each of the ten types at least eighty times."""
    counts = Counter(
        label
        for path in STORY_FILES
        for story in check_data.read_stories(path)
        for _, _, label in story.spans
    )
    assert {name for name in check_data.TYPES if counts[name] < 80} == set()


def test_a_label_made_on_another_text_is_refused() -> None:
    """The digest ties a label to the exact text on which it was made."""
    label = check_data.Label("a.csv", "u", "train", "0" * 64, ((0, 4, "GPE", "Oslo"),))
    with pytest.raises(check_data.BadData, match="not the one"):
        check_data.check_text(label, "Oslo")


def test_overlapping_labels_are_refused(tmp_path: Path) -> None:
    """Spans of one article are sorted and do not overlap."""
    row = {"file": "a.csv", "url": "u", "split": "train", "sha256": "0" * 64}
    path = tmp_path / "l.jsonl"
    spans = [[0, 4, "GPE", "Oslo"], [2, 4, "GPE", "lo"]]
    path.write_text(json.dumps(row | {"spans": spans}), encoding="utf-8")
    with pytest.raises(check_data.BadData, match="overlap"):
        check_data.read_labels(path)


def test_labels_stand_on_the_articles_they_name() -> None:
    """Every label's names are found at their offsets in the openly licensed news set."""
    if not NEWS.is_dir():
        pytest.skip("the openly licensed news set is not beside the project")
    labels = [x for path in FOLDER.glob("labels/*.jsonl") for x in check_data.read_labels(path)]
    check_data.check_news(labels, NEWS)
