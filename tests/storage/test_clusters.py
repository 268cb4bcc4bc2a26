"""Entities of the whole archive: merged, taken apart, and the same whatever the order."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from archive.errors import MisuseError


@pytest.fixture
def archive(new_archive):
    """One empty archive."""
    return new_archive()


def test_a_surname_joins_its_one_bearer_across_documents(archive, names):
    """Every reference names the survivor, and every derived name is the survivor's."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Bell")])
    assert archive.settle() == 1
    assert archive.clusters() == {frozenset({"Ada Bell", "Bell"})}
    assert archive.counts() == {"Ada Bell": 2}
    assert archive.ask("SELECT DISTINCT attributed_to FROM figures") == [("Ada Bell",)]
    assert archive.ask("SELECT DISTINCT speaker FROM quotes") == [("Ada Bell",)]
    assert archive.ask("SELECT DISTINCT source FROM reported_statements") == [("Ada Bell",)]
    for table, column in (("roles", "entity_id"), ("articles", "place_entity_id")):
        assert len(archive.ask(f"SELECT DISTINCT {column} FROM {table}")) == 1
    assert archive.faults() == []


def test_later_documents_are_written_under_the_survivor(archive, names):
    """Before anything is settled anew, a known surname already stands where it belongs."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Bell")])
    archive.settle()
    archive.add("c", [names("Bell")])
    assert archive.counts() == {"Ada Bell": 3}
    assert archive.ask("SELECT DISTINCT speaker FROM quotes") == [("Ada Bell",)]
    assert archive.faults() == []


def test_a_second_bearer_takes_the_surname_away(archive, names):
    """A merge rests on what the archive holds; when that changes it is taken back."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Bell")])
    archive.settle()
    apart = archive.digest()
    archive.add("c", [names("Carl Bell")])
    archive.settle()
    assert archive.clusters() == set()
    assert archive.ask("SELECT speaker FROM quotes ORDER BY id") == [
        ("Ada Bell",),
        ("Bell",),
        ("Carl Bell",),
    ]
    archive.remove("c")
    archive.settle()
    assert archive.digest(without=["removals"]) == {
        table: value for table, value in apart.items() if table != "removals"
    }
    assert archive.faults() == []


def test_the_survivor_goes_and_the_others_stay(archive, names):
    """What was merged into an entity that no document names any more stands alone again."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Bell")])
    archive.settle()
    archive.remove("a")
    assert archive.faults() == []
    archive.settle()
    assert archive.counts() == {"Bell": 1}
    assert archive.ask("SELECT name FROM aliases") == [("Bell",)]
    assert archive.ask("SELECT count(*) FROM decisions") == [(0,)]
    assert archive.faults() == []


def test_extracting_the_survivor_again_merges_again(archive, names):
    """A survivor that goes and comes back under another number gathers its own."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Bell")])
    archive.settle()
    before = archive.digest()
    archive.again("a", [names("Ada Bell")])
    archive.settle()
    assert archive.digest() == before
    assert archive.faults() == []


def test_what_stands_around_a_name_counts(archive, names):
    """An initial joins whom it is named with, and only while a current document says so."""
    archive.add("a", [names("Ada Bell"), names("Tom Oak")])
    archive.add("b", [names("A Bell"), names("Tom Oak")])
    archive.settle()
    assert archive.clusters() == {frozenset({"Ada Bell", "A Bell"})}
    archive.add("b", [names("A Bell"), names("Una Pine")])
    archive.settle()
    assert archive.clusters() == set()
    assert archive.faults() == []


def test_a_name_that_comes_in_better_spelling_renames_everything(archive, names):
    """The survivor's own name may change, and with it every name derived from it."""
    archive.add("a", [names("ADA BELL")])
    archive.add("b", [names("Bell")])
    archive.settle()
    assert archive.counts() == {"Bell": 2}
    archive.add("c", [names("Ada Bell")])
    archive.settle()
    assert archive.counts() == {"Ada Bell": 3}
    assert archive.ask("SELECT DISTINCT left_name, right_name FROM decisions") == [
        ("Ada Bell", "Bell")
    ]
    assert archive.faults() == []


def test_every_number_stays_with_what_it_was(archive, names):
    """An entity that is merged away keeps its row, its forms and where it went."""
    archive.add("a", [names("Bell")])
    archive.add("b", [names("Ada Bell")])
    archive.settle()
    assert archive.ask("SELECT id, name, merged_into_id FROM entities ORDER BY id") == [
        (1, "Bell", 2),
        (2, "Ada Bell", None),
    ]
    assert archive.ask("SELECT * FROM aliases ORDER BY 1, 2") == [
        (1, "Bell", 1),
        (2, "Ada Bell", 1),
        (2, "Bell", 0),
    ]
    assert archive.ask("SELECT entity_id, own_entity_id FROM mentions ORDER BY id") == [
        (2, 1),
        (2, None),
    ]


def test_what_is_settled_is_not_looked_at_again(archive, names):
    """A small document costs what it touches, not what the archive holds."""
    for number in range(20):
        archive.add(f"{number}", [names(f"Ada Name{number}")], [names(f"Name{number}")])
    archive.settle()
    assert len(archive.compared) == 40
    archive.add("new", [names("Name7")])
    archive.settle()
    assert archive.compared == ["Ada Name7", "Name7"]
    archive.settle()
    assert archive.compared == []


def test_a_killed_run_is_settled_by_the_next(archive, names):
    """What is to be settled stands in the database, not in the run that made it."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Bell")])
    assert archive.ask("SELECT count(*) FROM unsettled_entities") == [(2,)]
    assert archive.faults() == []
    archive.close()
    other = type(archive)(archive.db)
    other.settle()
    assert other.clusters() == {frozenset({"Ada Bell", "Bell"})}
    other.close()


def test_of_a_batch_that_failed_nothing_is_remembered(archive, names, monkeypatch):
    """Written again, as after Ctrl-C, its entities get their own numbers and no others'."""

    def interrupted(*_args):
        raise KeyboardInterrupt

    archive.add("a", [names("Ada Bell")])
    with monkeypatch.context() as patched:
        patched.setattr("archive.storage.copies.elect_originals", interrupted)
        with pytest.raises(KeyboardInterrupt):
            archive.add("b", [names("Tom Oak")])
    archive.add("c", [names("Una Pine")])
    archive.settle()
    assert archive.counts() == {"Ada Bell": 1, "Tom Oak": 1, "Una Pine": 1}
    assert archive.faults() == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE mentions SET entity_id = 1, own_entity_id = NULL WHERE own_entity_id = 1",
        "UPDATE mentions SET own_entity_id = 3 WHERE own_entity_id = 1",
        "UPDATE mentions SET own_entity_id = 999 WHERE own_entity_id = 1",
        "UPDATE figures SET place_own_entity_id = 2 WHERE place_entity_id = 2",
        "UPDATE entities SET merged_into_id = NULL WHERE id = 1",
        "UPDATE entities SET merged_into_id = 2 WHERE id = 3",
        "UPDATE entities SET merged_into_id = 3 WHERE id = 2",
        "UPDATE quotes SET speaker = 'Bell' WHERE speaker_own_entity_id = 1",
        "DELETE FROM aliases WHERE entity_id = 2 AND NOT is_own",
        "INSERT INTO aliases VALUES (3, 'Bell', 0)",
        "INSERT INTO aliases VALUES (3, 'Tim', 1)",
        "UPDATE aliases SET is_own = 1 WHERE entity_id = 2",
        "DELETE FROM decisions",
        "UPDATE decisions SET score = 0.5",
        "UPDATE decisions SET decided_by = 'whim'",
        "UPDATE decisions SET left_key = 'tom oak', left_name = 'Tom Oak'",
        "INSERT INTO entity_keys VALUES ('PERSON:oak', 1)",
        "DELETE FROM entity_keys WHERE entity_id = 1",
    ],
)
def test_what_does_not_follow_from_the_decisions_is_found(archive, names, tampering):
    """`archive check` derives keys, links, clusters and references again."""
    archive.add("a", [names("Bell")])
    archive.add("b", [names("Ada Bell")])
    archive.add("c", [names("Tom Oak")])
    archive.settle()
    assert archive.faults() == []
    with archive.connection.begin():
        archive.connection.exec_driver_sql(tampering)
    assert archive.faults() != []


# ------------------------------------------------------------------------- decisions


def test_a_user_makes_one_what_no_rule_would(archive, names):
    """Both go by the left name, whatever a rule would prefer."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Countess Ada Lovelace")])
    archive.settle()
    archive.decide("same", names("Ada Bell"), names("Countess Ada Lovelace"))
    archive.settle()
    assert archive.counts() == {"Ada Bell": 2}
    assert archive.ask("SELECT DISTINCT attributed_to FROM figures") == [("Ada Bell",)]
    assert archive.faults() == []


def test_a_user_takes_apart_what_a_rule_made_one(archive, names):
    """A decision outranks the rule, also over names between the two."""
    archive.add("a", [names("Bell")])
    archive.add("b", [names("Ada Bell", "x")])
    archive.add("c", [names("Ada Bell")])
    archive.settle()
    assert len(archive.clusters()) == 1
    archive.decide("different", names("Bell"), names("Ada Bell", "x"))
    archive.settle()
    assert archive.clusters() == {frozenset({"Ada Bell", "Ada Bell x"})}
    assert archive.faults() == []


def test_the_weakest_link_between_two_different_names_gives_way(archive, names):
    """Of the links on the way from one to the other the one of lowest score is dropped."""
    archive.add("a", [names("Ada Bell"), names("Tom Oak")])
    archive.add("b", [names("A Bell"), names("Tom Oak")])
    archive.add("c", [names("A Bell", "x")])
    archive.settle()
    assert archive.clusters() == {frozenset({"Ada Bell", "A Bell", "A Bell x"})}
    archive.decide("different", names("Ada Bell"), names("A Bell", "x"))
    archive.settle()
    assert archive.clusters() == {frozenset({"A Bell", "A Bell x"})}


def test_what_is_undone_is_as_if_it_had_never_been(archive, names):
    """Content is the same to the digest, apart from the row of the decision."""
    archive.add("a", [names("Ada Bell"), names("Tom Oak")])
    archive.add("b", [names("Bell"), names("Una Pine")])
    archive.settle()
    before = archive.digest(without=["decisions"])
    rows = archive.ask("SELECT * FROM mentions ORDER BY id")
    for verdict, left, right in (
        ("same", "Una Pine", "Ada Bell"),
        ("different", "Ada Bell", "Bell"),
        ("same", "Tom Oak", "Bell"),
    ):
        made = archive.decide(verdict, names(left), names(right))
        archive.settle()
        assert archive.digest(without=["decisions"]) != before
        assert archive.faults() == []
        archive.undo(made.id)
        archive.settle()
        assert archive.digest(without=["decisions"]) == before
        assert archive.ask("SELECT * FROM mentions ORDER BY id") == rows
    assert archive.faults() == []


def test_a_decision_waits_for_its_names(archive, names):
    """It speaks of names, so it holds before they come, when they go, and when they are back."""
    archive.add("a", [names("Ada Bell")])
    archive.decide("same", names("Ada Bell"), names("Tom Oak"))
    archive.settle()
    assert archive.clusters() == set()
    for _ in range(2):
        archive.add("b", [names("Tom Oak")])
        archive.settle()
        assert archive.clusters() == {frozenset({"Ada Bell", "Tom Oak"})}
        archive.again("a", [names("Ada Bell")])
        archive.settle()
        assert archive.clusters() == {frozenset({"Ada Bell", "Tom Oak"})}
        archive.remove("b")
        with archive.connection.begin():
            archive.connection.exec_driver_sql("DELETE FROM removals")
        archive.settle()
        assert archive.clusters() == set()
        assert archive.faults() == []


def test_two_different_names_stay_apart_whatever_their_sense(archive, names):
    """Decided by name, a judgement holds for bearers of it that come later."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Bell")])
    archive.settle()
    archive.decide("different", names("Ada Bell"), names("Bell"))
    archive.add("c", [names("Bell", "x")])
    archive.settle()
    assert archive.clusters() == {frozenset({"Bell", "Bell x"})}


def test_bearers_of_one_name_can_be_told_apart(archive, names):
    """Of two that differ in their sense alone a decision speaks of just these."""
    archive.add("a", [names("Ada Bell")])
    archive.add("b", [names("Ada Bell", "x")])
    archive.settle()
    assert len(archive.clusters()) == 1
    archive.decide("different", names("Ada Bell"), names("Ada Bell", "x"))
    archive.settle()
    assert archive.clusters() == set()


@pytest.mark.parametrize(
    ("earlier", "verdict", "left", "right", "message"),
    [
        ([], "same", "Ada", "Ada", "both names mean this one"),
        ([("same", "Ada", "Bell")], "same", "Ada", "Bell", "already decided"),
        ([("same", "Ada", "Bell")], "same", "Bell", "Ada", "other name.*undo 1"),
        ([("same", "Ada", "Bell")], "different", "Bell", "Ada", "contradicts.*decision 1"),
        ([("different", "Ada", "Bell")], "same", "Bell", "Ada", "contradicts.*decision 1"),
        (
            [("same", "Ada", "Bell"), ("same", "Bell", "Carl")],
            "different",
            "Carl",
            "Ada",
            "decision 2.*decision 1",
        ),
        (
            [("same", "Ada", "Bell"), ("different", "Carl", "Bell")],
            "same",
            "Carl",
            "Ada",
            "contradicts.*decision 2.*decision 1",
        ),
    ],
)
def test_contradictions_are_refused_when_they_are_made(
    archive, names, earlier, verdict, left, right, message
):
    """The message names the decisions that stand against it, and how to take one back."""
    for each in earlier:
        archive.decide(each[0], names(each[1]), names(each[2]))
    with pytest.raises(MisuseError, match=message):
        archive.decide(verdict, names(left), names(right))


# ------------------------------------------------------------------------- any order

_POOL = [
    ("Ada Bell", ""),
    ("Ada Bell", "x"),
    ("Ada Bell", "y"),
    ("ADA BELL", ""),
    ("Bell", ""),
    ("A Bell", ""),
    ("Carl Bell", ""),
    ("Tom Oak", ""),
    ("Oak", ""),
]
_paragraph = st.lists(st.sampled_from(_POOL), min_size=1, max_size=3)
_document = st.lists(_paragraph, min_size=1, max_size=2)
_history = st.lists(
    _document,
    min_size=1,
    max_size=2,
    unique_by=lambda document: str([[text for text, _sense in some] for some in document]),
)
_decision = st.tuples(
    st.sampled_from(["same", "different"]), st.sampled_from(_POOL), st.sampled_from(_POOL)
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    histories=st.lists(_history, min_size=1, max_size=5),
    extra=st.lists(_document, max_size=2),
    wanted=st.lists(_decision, max_size=3),
    data=st.data(),
)
def test_neither_order_nor_detours_show(new_archive, names, histories, extra, wanted, data):
    """Documents, revisions and decisions in any order give the same content, to the digest.

    On the way documents come and go again, are extracted again, and runs settle what there is or
    are killed before they do.
    """
    make = lambda document: [[names(*each) for each in some] for some in document]  # noqa: E731
    straight = new_archive()
    for number, history in enumerate(histories):
        for version in history:
            straight.add(f"{number}", *make(version))
    decided = [each for each in wanted if _try(straight, names, each)]
    straight.settle()
    assert straight.faults() == []

    winding = new_archive()
    lanes = [
        *(
            [("add", f"{number}", version) for version in history]
            + [("again", f"{number}", history[-1])]
            for number, history in enumerate(histories)
        ),
        *(
            [("add", f"gone{number}", document), ("remove", f"gone{number}", None)]
            for number, document in enumerate(extra)
        ),
        [("decide", each, None) for each in decided],
        [("settle", "", None)] * 3,
    ]
    while lanes := [lane for lane in lanes if lane]:
        step, name, document = data.draw(st.sampled_from(lanes)).pop(0)
        if step in ("add", "again"):
            getattr(winding, step)(name, *make(document))
        elif step == "remove":
            winding.remove(name)
        elif step == "decide":
            assert _try(winding, names, name)
        else:
            winding.settle()
            assert winding.faults() == []
    winding.settle()
    assert winding.faults() == []
    assert winding.digest(without=["removals"]) == straight.digest(without=["removals"])


def _try(archive, names, decision) -> bool:
    """Make a decision unless it contradicts earlier ones; whether it was made."""
    verdict, left, right = decision
    try:
        archive.decide(verdict, names(*left), names(*right))
    except MisuseError:
        return False
    return True
