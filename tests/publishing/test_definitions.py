"""Views, summaries and canned queries: that they are what their headers say."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.publishing import definitions, snapshots
from archive.publishing.functions import escape_fts, register_search, sentence_start, thing_key
from archive.publishing.manifest import connect_frozen


@pytest.mark.parametrize("query", definitions.queries(), ids=lambda query: query.name)
def test_each_canned_query_finds_rows(published: Path, query: definitions.CannedQuery):
    """With its example values every query returns rows of the sample archive."""
    with connect_frozen(published) as connection:
        register_search(connection)
        cursor = connection.execute(query.sql, query.params)
        assert cursor.fetchone() is not None
        names = [column[0] for column in cursor.description]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("query", definitions.queries(), ids=lambda query: query.name)
def test_each_canned_query_names_its_parameters(query: definitions.CannedQuery):
    """The header lists every parameter of the SQL, and no other."""
    assert set(re.findall(r":([a-z_]+)", query.sql)) == set(query.params)


@pytest.mark.parametrize(
    "relation",
    [*definitions.views(), *definitions.summaries()],
    ids=lambda relation: relation.name,
)
def test_each_relation_explains_its_columns(published: Path, relation):
    """The header explains every column, in the order of the columns."""
    with connect_frozen(published) as connection:
        cursor = connection.execute(f"SELECT * FROM {relation.name}")
        assert [column[0] for column in cursor.description] == list(relation.columns)
        assert all(relation.columns.values())


def test_every_view_of_the_sample_archive_has_rows(published: Path):
    """The sample documents give every view and summary something to show.

    None of them is revised; test_figure_changes.py does that.
    """
    with connect_frozen(published) as connection:
        for relation in (*definitions.views(), *definitions.summaries()):
            if relation.name == "figure_changes":
                continue
            row = connection.execute(f"SELECT * FROM {relation.name} LIMIT 1").fetchone()
            assert row is not None, relation.name


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "-- title: No columns\n-- description: x\nSELECT 1",
        "-- title: [\nSELECT 1",
        "-- title: x\n-- description: x\n-- columns: {a: b}\n-- colour: red\nSELECT 1",
    ],
)
def test_an_unfit_header_is_refused(tmp_path: Path, monkeypatch, text: str):
    """A file without a header, or with one that says too little or too much, is named."""
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "odd.sql").write_text(text)
    monkeypatch.setattr(definitions, "_SQL", tmp_path)
    with pytest.raises(definitions.DefinitionError, match=r"odd\.sql"):
        definitions.views.__wrapped__()


# ----------------------------------------------------------------------------- meanings


def _select(rows, sql: str, *values: object) -> list[tuple]:
    path = snapshots.create(rows.commit())
    with connect_frozen(path / "archive.db") as connection:
        return connection.execute(sql, values).fetchall()


CLAIMS = "SELECT said_by, low, high, figures, outlets, is_disputed FROM claims ORDER BY id"


def test_a_copied_number_is_one_claim_and_no_conflict(rows):
    """An unattributed number in a copied paragraph stands on the outlet that had it first."""
    first = rows.article("a.txt", "H", "There were 5 dead.", outlet="A", published_on="2025-01-01")
    copy = rows.article("b.txt", "I", "There were 5 dead.", outlet="B", published_on="2025-01-02")
    rows.connection.execute(
        "UPDATE paragraphs SET copy_of_id = ? WHERE id = ?", (first[1], copy[1])
    )
    for paragraph in (first[1], copy[1]):
        rows.figure(paragraph, "5", 5, measure="killed", counted="people killed")
    assert _select(rows, CLAIMS) == [("A", 5, 5, 2, 2, 0)]


def test_two_outlets_that_disagree_are_a_conflict(rows):
    """Different numbers for the same measure, thing, place and period exclude one another."""
    for name, outlet, number in (("a", "A", 5), ("b", "B", 7)):
        ids = rows.article(name, "H", f"There were {number} dead.", outlet=outlet)
        rows.figure(ids[1], str(number), number, measure="killed", counted="people killed")
    conflicts = _select(rows, "SELECT said_by, low FROM figure_conflicts ORDER BY low")
    assert conflicts == [("A", 5), ("B", 7)]


@pytest.mark.parametrize(
    ("other", "disputed"),
    [
        ({"low": 280_000, "high": None, "modifier": "more_than", "value": 280_000}, 0),
        ({"low": 290_000, "high": 290_000, "modifier": "about", "value": 290_000}, 0),
        ({"low": 300_000, "high": None, "modifier": "at_least", "value": 300_000}, 1),
        ({"low": None, "high": 200_000, "modifier": "at_most", "value": 200_000}, 1),
        ({"low": 300_000, "high": 300_000, "measure": "returned"}, 0),
        ({"low": 300_000, "high": 300_000, "counted": "houses"}, 0),
        ({"low": 300_000, "high": 300_000, "status": "planned"}, 0),
        ({"low": 300_000, "high": 300_000, "status": "denied"}, 0),
        ({"low": 300_000, "high": 300_000, "period_start": "2024-01-01"}, 0),
        ({"low": 300_000, "high": 300_000, "unit": "percent", "kind": "percentage"}, 0),
    ],
)
def test_only_what_cannot_be_true_together_is_a_conflict(rows, other, disputed):
    """Ranges that meet, and figures of other things, times or standing, do not conflict."""
    plain = {"measure": "deported", "counted": "Afghans deported"}
    one = rows.article("a", "H", "It was 286,631.", outlet="A")
    rows.figure(one[1], "286,631", 286_631, **plain)
    two = rows.article("b", "H", "It was another.", outlet="B")
    rows.figure(two[1], "another", 1, **{**plain, **other})
    counts = _select(rows, "SELECT sum(is_disputed) FROM claims")
    assert counts == [(2 * disputed,)]


def test_numbers_within_one_article_are_no_conflict(rows):
    """An article with two numbers speaks of two things; another article can contradict it."""
    one = rows.article("a", "H", "There were 5, there 7.", outlet="A")
    for text, number in (("5", 5), ("7", 7)):
        rows.figure(one[1], text, number, measure="killed")
    assert _select(rows, "SELECT count(*) FROM figure_conflicts") == [(0,)]
    two = rows.article("b", "H", "It was 7.", outlet="B")
    rows.figure(two[1], "7", 7, measure="killed")
    found = _select(rows, "SELECT said_by, low FROM figure_conflicts ORDER BY low")
    assert found == [("A", 5), ("B", 7)]


def test_tolls_of_one_event_compare_whatever_they_call_it(rows):
    """`14 dead` under a dateline conflicts with `17 killed` at that place in that month."""
    place = rows.entity("Port Elver")
    one = rows.article(
        "a", "H", "Now 14 dead.", outlet="A", published_on="2025-03-11", place_entity_id=place
    )
    rows.figure(one[1], "14", 14, measure="killed", counted="dead", unit=None)
    two = rows.article("b", "H", "It killed 17 people.", outlet="B", published_on="2025-03-12")
    rows.figure(
        two[1],
        "17",
        17,
        measure="killed",
        counted="people killed",
        place_entity_id=place,
        period_start="2025-03-10",
        period_end="2025-03-10",
    )
    three = rows.article("c", "H", "It killed 9 people.", outlet="B", published_on="2025-04-12")
    rows.figure(three[1], "9", 9, measure="killed", counted="people killed")
    found = _select(rows, "SELECT low, place FROM figure_conflicts ORDER BY low")
    assert found == [(14, None), (17, "Port Elver")]


def test_a_rounded_number_of_the_same_source_repeats_the_exact_one(rows):
    """`More than 280,000` and `286,631` by one source are one claim in casualties and totals."""
    ids = rows.article("a", "H", "The UN said 286,631 died, more than 280,000.", outlet="A")
    plain = {
        "measure": "killed",
        "counted": "people",
        "attributed_to": "UN",
        "attribution_kind": "named",
    }
    rows.figure(ids[1], "286,631", 286_631, **plain)
    rows.figure(
        ids[1], "more than 280,000", 280_000, **{**plain, "high": None, "modifier": "more_than"}
    )
    assert _select(rows, "SELECT text FROM casualties") == [("286,631",)]


def test_unnamed_sources_of_different_outlets_are_not_one(rows):
    """`An official` of one outlet is not taken for that of another; a named source is."""
    for name in ("a", "b"):
        ids = rows.article(name, "H", "Up to 5 or 6.", outlet=name.upper())
        for text, number, kind in (("5", 5, "anonymous"), ("6", 6, "named")):
            rows.figure(
                ids[1],
                text,
                number,
                measure="killed",
                attributed_to="official",
                attribution_kind=kind,
            )
    found = _select(rows, "SELECT said_by_kind, outlets FROM claims ORDER BY low, id")
    assert found == [("anonymous", 1), ("anonymous", 1), ("source", 2)]


def test_money_totals_leave_out_what_cannot_be_added(rows):
    """Plans, vague sums, open bounds, rates and copies are not in a total."""
    ids = rows.article("a", "H", "10 20 30 40 50 60", outlet="A")
    euro = {"kind": "money", "unit": "EUR", "measure": "paid"}
    rows.figure(ids[1], "10", 10, **euro)
    rows.figure(ids[1], "20", 20, **euro)
    rows.figure(ids[1], "30", 30, **euro, status="planned")
    rows.figure(ids[1], "40", 40, **{**euro, "high": None}, modifier="vague")
    rows.figure(ids[1], "50", 50, **{**euro, "high": None}, modifier="at_least")
    rows.figure(ids[1], "60", 60, **euro, per="day")
    found = _select(rows, "SELECT currency, claims, total_low, total_high FROM money_by_currency")
    assert found == [("EUR", 2, 30, 30)]


def test_superseded_sources_are_in_no_view(rows):
    """A revised file counts once, in every view and summary."""
    for text in ("Old Tolven had 5 dead on 1 May.", "New Tolven had 6 dead on 1 May."):
        ids = rows.article("a.txt", "H", text, outlet="A", published_on="2025-05-02")
        rows.mention(ids[1], "Tolven")
        rows.figure(ids[1], text[-15], 5, measure="killed", kind="count")
        rows.in_paragraph("dates", ids[1], "1 May", start_date="2025-05-01")
        rows.in_paragraph("quotes", ids[1], "dead")
    rows.connection.execute("UPDATE sources SET superseded_by_id = 2 WHERE id = 1")
    path = snapshots.create(rows.commit())
    with connect_frozen(path / "archive.db") as connection:
        counts = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("article_list", "figure_facts", "claims", "timeline", "statements")
        }
        assert set(counts.values()) == {1}, counts
        assert connection.execute("SELECT mentions FROM entity_list").fetchall() == [(1,)]
        assert connection.execute("SELECT articles FROM coverage").fetchall() == [(1,)]


def test_pairs_count_sentences_paragraphs_and_articles_once_per_passage(rows):
    """Two names in one sentence share it, its paragraph and its article; copies do not count."""
    text = "Tolven met Sandholm. Marrowby stayed away."
    first = rows.article("a", "H", text)
    copy = rows.article("b", "H", text)
    rows.connection.execute(
        "UPDATE paragraphs SET copy_of_id = ? WHERE id = ?", (first[1], copy[1])
    )
    for paragraph in (first[1], copy[1]):
        for name in ("Tolven", "Sandholm", "Marrowby"):
            rows.mention(paragraph, name)
    found = _select(
        rows,
        "SELECT one.name, other.name, sentences, paragraphs, articles FROM entity_pairs "
        "JOIN entities AS one ON one.id = entity_id JOIN entities AS other ON other.id = other_id "
        "WHERE one.name = 'Tolven' ORDER BY 2",
    )
    assert found == [("Tolven", "Marrowby", 0, 1, 1), ("Tolven", "Sandholm", 1, 1, 1)]


def test_coverage_shows_articles_without_a_date(rows):
    """What has no date has a row of its own."""
    rows.article("a", "H", "Text.", outlet="A", published_on="2025-05-02")
    rows.article("b", "H", "Text.", outlet="A")
    assert _select(rows, "SELECT outlet, month, articles FROM coverage ORDER BY month") == [
        ("A", None, 1),
        ("A", "2025-05", 1),
    ]


def test_a_speaker_has_the_post_that_the_same_article_gives(rows):
    """The role beside a statement comes from its article, not from another one."""
    for name, role in (("a", "Minister"), ("b", "President")):
        ids = rows.article(name, "H", f"{role} Araghchi: it is done.")
        speaker = rows.entity("Araghchi")
        rows.in_paragraph("quotes", ids[1], "it is done", speaker_entity_id=speaker)
        rows.add(
            "roles",
            paragraph_id=ids[1],
            entity_id=speaker,
            role=role,
            char_start=2,
            char_end=2 + len(role),
        )
    found = _select(rows, "SELECT source, role FROM statements ORDER BY source")
    assert found == [("a", "Minister"), ("b", "President")]


# ---------------------------------------------------------------------------- functions


@pytest.mark.parametrize(
    ("counted", "unit", "measure", "key"),
    [
        ("Afghans deported", "person", "deported", "afghan"),
        ("the deported Afghans", "person", "deported", "afghan"),
        ("people killed", "person", "killed", "person"),
        ("dead", None, "killed", "person"),
        ("death toll", None, "killed", "person"),
        ("the city’s houses destroyed", "house", "destroyed", "city house"),
        (None, "house", None, "house"),
        ("detainees killed", "person", "killed", "detainee"),
    ],
)
def test_wordings_of_one_thing_have_one_key(counted, unit, measure, key):
    """Order, articles, plural and words that only tell the measure do not tell things apart."""
    assert thing_key(counted, unit, "count", measure) == key


def test_what_is_no_count_needs_no_thing():
    """A bare length or sum of money is about nothing but its measure, unit, place and time."""
    assert thing_key(None, "kilometre", "length", None) == ""


def test_a_sentence_is_found_by_any_place_in_it():
    """The start is that of the sentence that holds the offset."""
    text = "One here. Two there."
    assert [sentence_start(text, place) for place in (0, 4, 10, 19)] == [0, 0, 10, 10]


@pytest.fixture(scope="module")
def search():
    """A full-text table to try expressions on."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (text)")
        connection.execute("INSERT INTO t VALUES ('the prime minister of Iran and near')")
        yield lambda text: connection.execute(
            "SELECT count(*) FROM t WHERE t MATCH ?", (escape_fts(text),)
        ).fetchone()[0]


@given(st.text() | st.text(alphabet='"*()^:-+ aN{}\x00'))
def test_no_search_is_an_error(search, text):
    """Whatever somebody types is a valid expression."""
    assert search(text) in (0, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("iran minister", 1),
        ('"prime minister"', 1),
        ('"minister prime"', 0),
        ('"prime minister', 1),
        ("prim*", 1),
        ("prim", 0),
        ("near", 1),
        ('"', 0),
        ("", 0),
        ("iran AND", 1),
        ("iran OR", 0),
        ("minister NOT iran", 0),
    ],
)
def test_search_means_what_people_expect(search, text, found):
    """All words, phrases in quotation marks, beginnings with an asterisk; no operators."""
    assert search(text) == found


def test_a_search_of_ten_thousand_words_is_answered(search):
    """Length is no error either."""
    assert search("iran " * 10_000) == 1
