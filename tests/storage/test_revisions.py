"""What changed between two versions of a source."""

import pytest

from archive import pipeline
from archive.errors import MisuseError
from archive.storage.revisions import Change

FIRST = (
    "River Bursts Its Banks\n"
    "At least 14 people were killed in Tolven on Tuesday, Ada Lindqvist said.\n"
    "The state has pledged €2 million for repairs.\n"
    "Schools are shut.\n"
)


def versions(tmp_path, *texts):
    """An archive that holds the texts as versions of one source, in this order."""
    db, file = tmp_path / "a.db", tmp_path / "story.txt"
    for text in texts:
        file.write_text(text, encoding="utf-8")
        pipeline.ingest([file], db, name_prefix="")
    return db


def test_changed_paragraphs_figures_and_names_are_told(tmp_path):
    """A figure that grew is one change, not one gone and one new."""
    second = FIRST.replace("14 people", "17 people").replace("Ada Lindqvist", "Piet Vanderholt")
    db = versions(tmp_path, FIRST, second.replace("Schools are shut.\n", "Roads are open.\n"))
    (found,) = pipeline.diff(db, "story.txt")
    assert [(c.before and c.before[:11], c.after and c.after[:11]) for c in found.paragraphs] == [
        ("At least 14", "At least 17"),
        ("Schools are", None),
        (None, "Roads are o"),
    ]
    (figure,) = found.figures
    assert figure.before.startswith("At least 14")
    assert figure.after.startswith("At least 17")
    assert Change("Ada Lindqvist (PERSON)", None) in found.names
    assert Change(None, "Piet Vanderholt (PERSON)") in found.names


@pytest.mark.parametrize(
    "edited",
    [
        FIRST.replace("At least", "AT LEAST"),
        FIRST.replace("\n", "\r\n\r\n"),
        FIRST.replace("Tuesday,", "Tuesday –"),
    ],
    ids=["case", "layout", "punctuation"],
)
def test_trivial_edits_are_left_out(tmp_path, edited):
    """Other case, layout or punctuation changes no paragraph."""
    db = versions(tmp_path, FIRST, edited)
    (found,) = pipeline.diff(db, "story.txt")
    assert found.paragraphs == ()


def test_every_revision_is_compared_with_the_one_before(tmp_path):
    """Three versions give two comparisons, oldest first."""
    texts = [FIRST, FIRST.replace("14", "15"), FIRST.replace("14", "16")]
    found = pipeline.diff(versions(tmp_path, *texts), "story.txt")
    assert [(each.before.source_id, each.after.source_id) for each in found] == [(1, 2), (2, 3)]


def test_content_that_came_back_is_the_last_version(tmp_path):
    """Every version that was there is in the history."""
    texts = [FIRST, FIRST.replace("14", "15"), FIRST.replace("14", "16"), FIRST.replace("14", "15")]
    found = pipeline.diff(versions(tmp_path, *texts), "story.txt")
    assert [(each.before.source_id, each.after.source_id) for each in found] == [(1, 3), (3, 2)]


def test_a_source_without_revisions_has_no_changes(tmp_path):
    """One version gives nothing to compare; an unknown name is misuse."""
    db = versions(tmp_path, FIRST)
    assert pipeline.diff(db, "story.txt") == []
    with pytest.raises(MisuseError, match="no source of that name"):
        pipeline.diff(db, "other.txt")
