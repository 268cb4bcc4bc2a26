"""Training data for names: what becomes of labels on the way to the network."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from archive.extraction.names.labels import LABELS, TAGS
from training.names import sets
from training.names.examples import Vocabulary, examples
from training.names.sets import Document
from training.names.substitution import substituted
from training.names.targets import allowed, code, label_of

_TEXT = "Masoud Amiri left Herat. Amiri told the Foreign Ministry so."
_SPANS = ((0, 12, "PERSON"), (18, 23, "GPE"), (25, 30, "PERSON"), (40, 56, "ORG"))
_SETS = Path(__file__).parents[2].parent / "shared" / "ner"


def _document(source="stories", spans=_SPANS, missing=()):
    return Document(_TEXT, spans, missing, source)


@pytest.mark.parametrize("seed", range(5))
def test_substituted_names_stand_where_their_spans_say(seed):
    """One word is exchanged for the same word throughout, and the text between stays as it is."""
    changed = substituted(_document(missing=((57, 59),)), random.Random(seed), 1.0)  # noqa: S311
    names = [changed.text[start:end] for start, end, _ in changed.spans]
    assert names[0].split()[1] == names[2]
    assert names[0] != "Masoud Amiri"
    assert names[3] == "Foreign Ministry"
    assert changed.text == f"{names[0]} left {names[1]}. {names[2]} told the {names[3]} so."
    start, end = changed.missing[0]
    assert changed.text[start:end] == "so"


def test_tags_follow_the_labels_and_missing_words_carry_no_weight():
    """Each name gets the tags of its words; what is missing is not taught as outside."""
    vocabulary = Vocabulary()
    (example,) = examples([_document(missing=((40, 47),), spans=_SPANS[:3])], vocabulary)
    tags = example.tags[example.tags > 0].tolist()
    person, place = 1 + 4 * LABELS.index("PERSON"), 1 + 4 * LABELS.index("GPE")
    assert tags == [person, person + 2, place + 3, person + 3]
    assert example.weights.sum() == np.count_nonzero(example.candidate) - 1


def test_open_sets_do_not_teach_which_kind_of_place():
    """A place of an open set may become any of three types; one of a story is what it says."""
    number = code("GPE", 3, is_own=False)
    right = {LABELS[(tag - 1) // 4] for tag in np.flatnonzero(allowed()[number])}
    assert right == {"GPE", "LOC", "FAC"}
    assert allowed()[code("GPE", 3, is_own=True)].sum() == 1
    assert label_of(code("MISC", 0, is_own=False)) is None
    assert allowed().shape[1] == TAGS


def test_the_stories_are_readable_and_split():
    """Every type is taught, and the stories held back are none of those taught."""
    taught, held = list(sets.stories("train")), list(sets.stories("held"))
    assert {label for document in taught for _, _, label in document.spans} == set(LABELS)
    assert not {d.text for d in taught} & {d.text for d in held}


def test_missing_stretches_of_the_open_sets_are_read(tmp_path):
    """Offsets, labels and source come through; a document without `missing` misses nothing."""
    row = {"text": "Oslo", "ents": [[0, 4, "GPE"]], "source": "X", "genre": "news:a"}
    row |= {"labels_complete": ["GPE+LOC+FAC"]}
    (tmp_path / "dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (document,) = sets.open_sets(tmp_path, "dev")
    assert document.spans == ((0, 4, "GPE"),)
    assert document.source == "X news"
    assert document.missing == ()


@pytest.mark.skipif(not _SETS.is_dir(), reason="the open sets are not beside the project")
def test_few_names_of_the_open_sets_cannot_be_taught():
    """Words are cut so that at most three names in a hundred do not begin and end with one."""
    documents = [d for d in sets.open_sets(_SETS, "dev") if d.source.startswith("GUM")]
    vocabulary = Vocabulary()
    tagged = sum(
        int(np.isin((example.tags - 1) % 4, (0, 3))[example.tags > 0].sum())
        for example in examples(documents, vocabulary)
    )
    assert tagged >= 0.97 * sum(len(document.spans) for document in documents)
