"""Names by a spaCy pipeline of the user's: labels, spans, versions, errors, workers."""

import sqlite3
import sys

import pytest
from click.testing import CliRunner

from archive import pipeline
from archive.cli import cli
from archive.errors import ArchiveError, MisuseError
from archive.extraction.names.finder import finder, finder_version

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install spacy")

_ONTONOTES = [
    ("PERSON", "President Alma Duarte"),
    ("ORG", "the Kazembe Institute's"),
    ("GPE", "Chad"),
    ("WORK_OF_ART", "The Salt Road"),
    ("FAC", "Duma Bridge"),
    ("DATE", "Monday"),
    ("NORP", "Kenyan"),
]
_CONLL = [
    ("PER", "Alma Duarte"),
    ("LOC", "Kenya"),
    ("LOC", "Zuma River"),
    ("LOC", "Lodwar Airport"),
    ("LOC", "Molambe"),
    ("MISC", "Nobel Prize"),
]


def _saved(folder, patterns, version="1.2.0"):
    """A blank English pipeline with an entity ruler, written to disk; its name for `--names`."""
    nlp = spacy.blank("en", meta={"name": "ruler", "version": version})
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": text} for label, text in patterns])
    nlp.to_disk(folder)
    return f"spacy:{folder}"


def _found(choice, *paragraphs):
    return [[(m.text, str(m.type)) for m in some] for some in finder(choice)(paragraphs)]


def test_labels_of_ontonotes_become_types_and_spans_are_trimmed(tmp_path):
    """Titles, articles and possessives fall off; what is no name is left out."""
    choice = _saved(tmp_path / "model", _ONTONOTES)
    text = (
        "President Alma Duarte met the Kazembe Institute's staff in Chad on Monday, near Duma "
        "Bridge, and read The Salt Road to Kenyan guests."
    )
    assert _found(choice, "", text) == [
        [],
        [
            ("Alma Duarte", "PERSON"), ("Kazembe Institute", "ORG"), ("Chad", "GPE"),
            ("Duma Bridge", "FAC"), ("Salt Road", "WORK"), ("Kenyan", "NORP"),
        ],
    ]  # fmt: skip
    for mention in finder(choice)([text])[0]:
        assert text[mention.char_start : mention.char_end] == mention.text
        assert mention.rule == "spacy:en_ruler-1.2.0"


def test_the_gazetteer_tells_the_places_of_one_label_apart(tmp_path):
    """Where all places are LOC, lists and head words say which are GPE and FAC."""
    choice = _saved(tmp_path / "model", _CONLL)
    text = "Alma Duarte left Kenya by Lodwar Airport for Molambe on Zuma River: a Nobel Prize."
    assert _found(choice, text) == [
        [
            ("Alma Duarte", "PERSON"), ("Kenya", "GPE"), ("Lodwar Airport", "FAC"),
            ("Molambe", "LOC"), ("Zuma River", "LOC"),
        ]
    ]  # fmt: skip


@pytest.mark.parametrize("choice", ["spacy:", "flair:ner", "en_core_web_sm"])
def test_a_choice_of_another_form_is_misuse(choice):
    """Only `spacy:MODEL` is understood, and the message says so."""
    with pytest.raises(MisuseError, match="give spacy:MODEL"):
        finder(choice)


def test_a_model_that_is_not_there_says_how_to_install_it():
    """The command that installs the model is part of the message."""
    with pytest.raises(ArchiveError, match="spacy download xx_no_such_model"):
        finder_version("spacy:xx_no_such_model")


def test_without_spacy_the_message_names_the_extra(monkeypatch):
    """The extra that brings spaCy is part of the message."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ArchiveError, match=r"pip install 'news-archive\[spacy\]'"):
        finder("spacy:whatever")


def test_a_pipeline_without_names_is_refused(tmp_path):
    """A pipeline whose labels are none of ours would store nothing."""
    with pytest.raises(ArchiveError, match="its labels are DRUG"):
        finder(_saved(tmp_path / "drugs", [("DRUG", "aspirin")]))
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ArchiveError, match="its labels are none"):
        finder(f"spacy:{tmp_path / 'blank'}")


def _rows(db, query):
    with sqlite3.connect(db) as connection:
        return connection.execute(query).fetchall()


def test_workers_use_the_model_and_rows_tell_of_it(tmp_path):
    """Ingest in two processes, `mentions.rule`, the source's version, and what counts as stale."""
    choice = _saved(tmp_path / "model", [("ORG", "blue heron")])
    documents = tmp_path / "documents"
    documents.mkdir()
    for number in range(2 * pipeline.CHUNK):
        text = f"Minutes of meeting {number}\n\nThe blue heron spoke to member {number} today.\n"
        (documents / f"{number:03}.txt").write_text(text, encoding="utf-8")
    db = tmp_path / "a.db"
    report = pipeline.ingest([documents], db, workers=2, names_by=choice, name_prefix="")
    assert not report.failures
    assert _rows(db, "SELECT DISTINCT text, substr(rule, 1, 20) FROM mentions") == [
        ("blue heron", "spacy:en_ruler-1.2.0")
    ]
    ((version,),) = _rows(db, "SELECT DISTINCT extractor_version FROM sources")
    assert version == f"{pipeline.extractor_version()} spacy:en_ruler-1.2.0"
    assert not pipeline.reprocess(db, stale=True, names_by=choice).outcomes
    newer = _saved(tmp_path / "newer", [("ORG", "blue heron")], version="1.3.0")
    again = pipeline.reprocess(db, ["000.txt"], stale=True, names_by=newer)
    assert sum(again.outcomes.values()) == 1
    done = CliRunner().invoke(cli, ["reprocess", "--db", str(db), "--stale"])
    assert done.exit_code == 0, done.output
    assert not _rows(db, "SELECT 1 FROM mentions WHERE text = 'blue heron'")


def test_the_command_explains_a_missing_model_and_writes_nothing(tmp_path):
    """Exit code and message come before the database is made."""
    (tmp_path / "a.txt").write_text("Kenya\n", encoding="utf-8")
    db = tmp_path / "a.db"
    command = ["ingest", str(tmp_path / "a.txt"), "--db", str(db), "--names", "spacy:xx_none"]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code != 0
    assert not db.exists()
