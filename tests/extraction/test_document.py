"""The finders together, over one document."""

from archive.extraction.document import dateline_place, extract
from archive.reading import read
from archive.records import Metadata, RawRecord
from archive.segmenting import segment

STORY = (
    "Ferry sinks\n"
    "QUORVAN, Norland — Nine people died on Monday, Ada Lindqvist, the harbour master, said.\n"
    "“We warned them,” she added.\n"
)


def found(text: str, metadata: Metadata | None = None):
    """Segments and facts of a text."""
    record = RawRecord(name="a.txt", content=text.encode(), metadata=metadata or Metadata())
    segments = segment(read(record))
    return segments, extract(segments)


def test_what_a_dateline_names_is_a_place():
    """A town that no list knows is a place all the same."""
    segments, facts = found(STORY)
    place = dateline_place(0, segments, facts)
    assert place is not None
    mention = facts[place[0]].mentions[place[1]]
    assert (mention.text, mention.type.value) == ("QUORVAN", "GPE")


def test_references_count_the_documents_paragraphs():
    """A speaker found through a pronoun points at the name in another paragraph."""
    _segments, facts = found(STORY + "\nTeaser of another story…\n")
    (quote,) = facts[2].quotes
    assert quote.speaker is not None
    paragraph, number = quote.speaker.mention
    assert facts[paragraph].mentions[number].text == "Ada Lindqvist"


def test_another_language_is_kept_without_facts():
    """Extraction reads English and says nothing of what it cannot read."""
    french = (
        "Le ministre a déclaré lundi que 14 personnes avaient été tuées dans la ville de Lyon.\n"
        "Les écoles resteront fermées jusqu'à la fin de la semaine, selon la mairie de la ville.\n"
    )
    segments, facts = found(french)
    assert {article.language for article in segments.articles} == {"fr"}
    assert all(not each.mentions and not each.figures for each in facts)
    assert len(segments.paragraphs) == 2
