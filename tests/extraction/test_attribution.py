"""Who said what: speakers, sources of figures, reported statements."""

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.attribution import attribute
from archive.extraction.dates import find_dates
from archive.extraction.quotes import find_quotes
from archive.extraction.sentences import sentence_at, sentence_spans
from archive.records import (
    AttributionKind,
    EntityType,
    Facts,
    Figure,
    FigureKind,
    Mention,
    Modifier,
    Reference,
    Status,
)

NAMES = {
    "Ana Ruiz": EntityType.PERSON,
    "Ruiz": EntityType.PERSON,
    "Tom Bell": EntityType.PERSON,
    "Bell": EntityType.PERSON,
    "Ministry of Works": EntityType.ORG,
    "Harbour Watch": EntityType.ORG,
    "Morning Post": EntityType.ORG,
    "Freedonia": EntityType.GPE,
    "Freedonian": EntityType.NORP,
    "Port Royal": EntityType.GPE,
}
_NAME = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
_NUMBER = re.compile(r"\b\d+\b")


def _facts(text):
    """Mentions of the names above, numbers as figures, and quotations of a paragraph."""
    sentences = sentence_spans(text)
    return Facts(
        mentions=tuple(
            Mention(
                char_start=m.start(),
                char_end=m.end(),
                text=m.group(),
                type=NAMES[m.group()],
                rule="test",
            )
            for m in _NAME.finditer(text)
        ),
        figures=tuple(
            Figure(
                char_start=m.start(),
                char_end=m.end(),
                text=m.group(),
                kind=FigureKind.COUNT,
                low=float(m.group()),
                high=float(m.group()),
                value=float(m.group()),
                modifier=Modifier.EXACT,
                sentence_start=sentence_at(sentences, m.start())[0],
                sentence_end=sentence_at(sentences, m.start())[1],
                rule="test",
            )
            for m in _NUMBER.finditer(text)
        ),
        quotes=tuple(find_quotes(text)),
    )


def _read(*paragraphs):
    return attribute(paragraphs, [_facts(text) for text in paragraphs])


def _figure_sources(*paragraphs):
    return [
        figure.attributed_to and figure.attributed_to.text
        for facts in _read(*paragraphs)
        for figure in facts.figures
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ana Ruiz said 40 boats had sunk.", "Ana Ruiz"),
        ("Ana Ruiz has repeatedly said that 40 boats sank.", "Ana Ruiz"),
        ("Ana Ruiz, head of the harbour, said 40 boats had sunk.", "Ana Ruiz"),
        ("The head of the harbour, Ana Ruiz, said 40 boats had sunk.", "Ana Ruiz"),
        ("The Ministry of Works (MoW) said 40 boats had sunk.", "Ministry of Works"),
        ("Harbour Watch told reporters on Monday that 40 boats had sunk.", "Harbour Watch"),
        ("According to the Morning Post newspaper, 40 boats sank.", "Morning Post"),
        ("At least 40 boats sank, according to Ana Ruiz of Harbour Watch.", "Ana Ruiz"),
        ("At least 40 boats sank in the night, Ana Ruiz said on Monday.", "Ana Ruiz"),
        ("At least 40 boats sank in the night, said Ana Ruiz.", "Ana Ruiz"),
        ("As reported by Harbour Watch, 40 boats sank.", "Harbour Watch"),
        ("Ana Ruiz confirmed the loss and said 40 boats had sunk.", "Ana Ruiz"),
        ("Ana Ruiz left the port, saying 40 boats had sunk.", "Ana Ruiz"),
        ("Ana Ruiz was quoted as saying that 40 boats had sunk.", "Ana Ruiz"),
        ("Ana Ruiz announced a plan to build 40 boats.", "Ana Ruiz"),
        ("“We lost 40 boats,” Ana Ruiz said.", "Ana Ruiz"),
        ("A senior Freedonian officer said 40 boats had sunk.", "senior Freedonian officer"),
        ("Residents of Port Royal said 40 boats had sunk.", "Residents of Port Royal"),
        ("According to recent reports, 40 boats sank.", "recent reports"),
        ("Some 40 boats sank, local fishermen's leaders said.", "local fishermen's leaders"),
        ("The statement of the Ministry of Works said 40 boats sank.", "Ministry of Works"),
        ("Ana Ruiz put the number of lost boats at 40.", "Ana Ruiz"),
        ("Ana Ruiz put 40 boats to sea.", None),
        ("Many sank, Ana Ruiz said, and 40 boats were lost.", "Ana Ruiz"),
        ("Some 40 sank, according to figures released by Harbour Watch.", "Harbour Watch"),
        ("State television, quoting a sailor, said 40 boats sank.", "State television"),
        ("Neither Ana Ruiz nor Tom Bell said that 40 boats sank.", None),
        ("The watchdog, Harbour Watch, says 40 boats sank.", "Harbour Watch"),
        ("Harbour Watch: 40 boats sank in the night", "Harbour Watch"),
        ("At least 40 boats sank in the night: Harbour Watch", "Harbour Watch"),
        ("At Least 40 Boats Sank, Says Ana Ruiz", "Ana Ruiz"),
        ("At least 40 boats sank, says minister", "minister"),
        ("Some sank, according to Ana Ruiz, but 40 boats did not.", "Ana Ruiz"),
        ("All sank according to Ana Ruiz but 40 boats did not.", None),
        ("The Freedonian army holds 40 boats.", None),
        ("Ana Ruiz said nothing. In the night 40 boats sank.", None),
        ("At least 40 boats sank in the storm.", None),
        ("Ana Ruiz did not say that 40 boats had sunk.", None),
        ("The move signalled that 40 boats would be lost.", None),
        ("The report of 40 lost boats came late.", None),
        ("Ana Ruiz met 40 officers who wept.", None),
        ("Harbour Watch recorded 40 cases of rust.", "Harbour Watch"),
        ("Freedonia recorded 40 cases of rust.", None),
        ("Harbour Watch raised the death toll to 40.", "Harbour Watch"),
        ("Harbour Watch raised the price of tickets to 40.", None),
        ("The wave was recorded as height 40 by Harbour Watch.", "Harbour Watch"),
        ("Some 40 losses were reported by Harbour Watch.", "Harbour Watch"),
        ("The 40 losses reported by Harbour Watch came late.", "Harbour Watch"),
        ("The boats sank and, by early reports, 40 sailors drowned.", "early reports"),
        ("In a report by Harbour Watch, 40 boats were lost.", "Harbour Watch"),
        ("Some 40 boats sank, per a tally by Harbour Watch.", "Harbour Watch"),
        ("A Harbour Watch tally showed 40 boats had sunk.", "Harbour Watch"),
        ("Figures released by the Ministry of Works show 40 boats sank.", "Ministry of Works"),
        ("Estimates, provided by officials to the press, exceeded 40.", "officials"),
        ("A study in the Morning Post said 40 boats sank.", "study in the Morning Post"),
        ("Many sank, with officials reporting 40 boats lost.", "officials"),
        ("Ana Ruiz, of Harbour Watch, described seeing 40 wrecks.", "Ana Ruiz"),
        ("Ana Ruiz issued a statement saying 40 boats had sunk.", "Ana Ruiz"),
        ("Some 40 boats sank, the Morning Post quoted Ana Ruiz as saying.", "Ana Ruiz"),
        ("Some 40 boats sank, the Morning Post reported, citing sailors.", "sailors"),
        ("Ana Ruiz of Port Royal and author of a guide wrote that 40 sank.", "Ana Ruiz"),
        ("Sailrix reported 40 boats were damaged.", "Sailrix"),
    ],
)
def test_figures_are_given_their_source(text, source):
    """A figure belongs to the reporting clause that covers it, and to nobody outside one."""
    assert _figure_sources(text) == [source]


@pytest.mark.parametrize(
    ("paragraphs", "source"),
    [
        (("Ana Ruiz spoke on Monday.", "She said 40 boats had sunk."), "Ana Ruiz"),
        (
            ("Tom Bell came.", "Ana Ruiz spoke. She said it rained.", "He said 40 boats sank."),
            "Tom Bell",
        ),
        (("Harbour Watch said it rained.", "The group said 40 boats sank."), "Harbour Watch"),
        (
            (
                "Harbour Watch spoke of rain.",
                "The Ministry of Works agreed.",
                "The ministry said 40 boats sank.",
            ),
            "Ministry of Works",
        ),
        (
            (
                "Spokesman Tom Bell was there.",
                "Ana Ruiz left.",
                "The spokesperson said 40 boats sank.",
            ),
            "Tom Bell",
        ),
        (("Nobody was named.", "The police chief said 40 boats sank."), "police chief"),
        (("Ana Ruiz spoke.", "They said 40 boats sank."), None),
        (("Ana Ruiz spoke.", "According to her, 40 boats sank."), "Ana Ruiz"),
        (
            (
                "Prime Minister Ana Ruiz left.",
                "Finance Minister Tom Bell stayed.",
                "The prime minister said 40 boats sank.",
            ),
            "Ana Ruiz",
        ),
        (("Harbour Watch issued a report.", "The report said 40 boats sank."), "Harbour Watch"),
        (("A study said it rained.", "The same study said 40 boats sank."), "study"),
    ],
)
def test_pronouns_and_descriptions_take_up_a_name(paragraphs, source):
    """`She`, `the group` and `the spokesperson` mean whoever was named before."""
    assert _figure_sources(*paragraphs)[-1:] == [source]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ana Ruiz said 40 boats had sunk.", AttributionKind.NAMED),
        ("A local official said 40 boats had sunk.", AttributionKind.ANONYMOUS),
        ("In the storm 40 boats sank.", AttributionKind.OUTLET),
        ("In the storm 40 boats reportedly sank.", None),
    ],
)
def test_the_kind_of_source_is_told(text, kind):
    """A name, a description, the outlet's own voice, and hearsay are told apart."""
    (facts,) = _read(text)
    assert [figure.attribution_kind for figure in facts.figures] == [kind]


@pytest.mark.parametrize(
    ("paragraphs", "speakers"),
    [
        (("“We lost all,” Ana Ruiz said.",), ["Ana Ruiz"]),
        (("“We lost all,” said Ana Ruiz after the storm.",), ["Ana Ruiz"]),
        (
            ("“We lost all,” Ana Ruiz, a sailor, told the press. “All of it is gone.”",),
            ["Ana Ruiz", "Ana Ruiz"],
        ),
        (("Ana Ruiz said: “We lost all.”",), ["Ana Ruiz"]),
        (("Ana Ruiz on the radio: “We lost all of it.”",), ["Ana Ruiz"]),
        (("“We,” Ana Ruiz said, “have lost all of our boats.”",), ["Ana Ruiz", "Ana Ruiz"]),
        (("“We lost all. Nothing is left. We go,” said Ana Ruiz.",), ["Ana Ruiz"]),
        (("Ana Ruiz spoke of rain. “We lost all of it,” she said.",), ["Ana Ruiz"]),
        (("“We lost all,” Ana Ruiz said. “Nothing at all is left.”",), ["Ana Ruiz", "Ana Ruiz"]),
        (("Ana Ruiz said: “We lost all. We", "“And now we go home.”"), ["Ana Ruiz", "Ana Ruiz"]),
        (("Ana Ruiz described the boats as “unsafe”.",), ["Ana Ruiz"]),
        (("The boats were described by Ana Ruiz as “unsafe”.",), ["Ana Ruiz"]),
        (("Ana Ruiz avoided calling the boats “unsafe”.",), [None]),
        (("The “unsafe” boats sank.",), [None]),
        (("“We lost all,” a witness said.",), [None]),
        (("One sailor, Ana Ruiz, told Harbour Watch it was “all lost”.",), ["Ana Ruiz"]),
        (("A source within the Ministry of Works said “we lost all of it”.",), [None]),
        (
            ("Port crews spoke, with Ana Ruiz calling it “bad” and Tom Bell calling it “sad”.",),
            ["Ana Ruiz", "Tom Bell"],
        ),
    ],
)
def test_quotations_are_given_their_speaker(paragraphs, speakers):
    """The speaker is the name behind the reporting clause, None where the text names nobody."""
    quotes = [quote for facts in _read(*paragraphs) for quote in facts.quotes]
    assert [quote.speaker and quote.speaker.text for quote in quotes] == speakers


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("Ana Ruiz said that the port was shut.", [("the port was shut", "Ana Ruiz")]),
        (
            "Ana Ruiz said the port was shut, adding that it would open soon.",
            [("the port was shut", "Ana Ruiz"), ("it would open soon", "Ana Ruiz")],
        ),
        ("The port is shut for good, Ana Ruiz said.", [("The port is shut for good", "Ana Ruiz")]),
        ("According to Ana Ruiz, the port is shut.", [("the port is shut", "Ana Ruiz")]),
        ("Ana Ruiz told Tom Bell that the port was shut.", [("the port was shut", "Ana Ruiz")]),
        (
            "Ana Ruiz said Monday the storm sank all boats.",
            [("the storm sank all boats", "Ana Ruiz")],
        ),
        ("Ana Ruiz announced a plan.", []),
        ("“The port is shut,” Ana Ruiz said.", []),
        ("The port is shut.", []),
    ],
)
def test_indirect_speech_is_a_statement(text, statements):
    """Reported clauses are statements; objects and quotations are not."""
    (facts,) = _read(text)
    assert [(s.text, s.source.text) for s in facts.statements] == statements
    assert all(text[s.char_start : s.char_end] == s.text for s in facts.statements)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ana Ruiz claimed 40 boats had sunk.", Status.ALLEGED),
        ("Ana Ruiz said 40 boats had sunk.", Status.REPORTED),
        ("Ana Ruiz claimed nothing. Some 40 boats had sunk.", Status.REPORTED),
    ],
)
def test_what_is_only_claimed_is_alleged(text, status):
    """A number that one party claims is no reported fact."""
    (facts,) = _read(text)
    assert [figure.status for figure in facts.figures] == [status]


def test_an_acronym_points_to_the_name_it_stands_for():
    """After `Harbour Watch (HW)` the source `HW` is Harbour Watch."""
    names = {**NAMES, "HW": EntityType.ORG}
    texts = ["Harbour Watch (HW) was there.", "HW said 40 boats sank."]
    facts = [
        replace(
            _facts(text),
            mentions=tuple(
                Mention(
                    char_start=text.index(name),
                    char_end=text.index(name) + len(name),
                    text=name,
                    type=names[name],
                    rule="test",
                )
                for name in ("Harbour Watch", "HW")
                if name in text
            ),
        )
        for text in texts
    ]
    _, found = attribute(texts, facts)
    assert found.figures[0].attributed_to == Reference(text="Harbour Watch", mention=(0, 0))


def test_time_expressions_are_no_part_of_a_source():
    """`officials on Sunday` are officials."""
    text = "According to officials on Sunday, 40 boats sank."
    facts = replace(_facts(text), dates=tuple(find_dates(text)))
    (found,) = attribute([text], [facts])
    assert found.figures[0].attributed_to == Reference(text="officials")


def test_references_point_to_the_mention_meant():
    """A pronoun's reference carries the paragraph and the mention of the name."""
    _, facts = _read("Tom Bell met Ana Ruiz of Harbour Watch.", "Ana Ruiz said 40 sank.")
    assert facts.figures[0].attributed_to.mention == (1, 0)
    _, facts = _read("Ana Ruiz spoke.", "She said 40 sank.")
    assert facts.figures[0].attributed_to.mention == (0, 0)


def test_facts_and_paragraphs_must_match():
    """Sequences of different length are refused."""
    with pytest.raises(ValueError, match="zip"):
        attribute(["a", "b"], [Facts()])


_PIECES = [
    *NAMES,
    "said",
    "told",
    "that",
    ",",
    "“",
    "”",
    "he",
    "she",
    "the group",
    "according to",
    "and",
    "40",
    "who",
    "(",
    ")",
    ".",
    "saying",
    "was",
    "by",
    "as",
    ":",
    "the spokesman",
    "report",
    "the same report",
    "recorded",
    "with",
    "citing",
    "figures",
    "exceeded",
    "by",
    "claimed",
    "\n",
]


@given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join), max_size=4))
def test_references_and_statements_hold_whatever_the_text(paragraphs):
    """References point to mentions of the same words; statements lie in the text in order."""
    found = _read(*paragraphs)
    for text, facts in zip(paragraphs, found, strict=True):
        sources = [quote.speaker for quote in facts.quotes]
        sources += [figure.attributed_to for figure in facts.figures]
        sources += [statement.source for statement in facts.statements]
        for source in sources:
            if source is not None and source.mention is not None:
                paragraph, index = source.mention
                assert found[paragraph].mentions[index].text == source.text
        end = 0
        for statement in facts.statements:
            assert end <= statement.char_start < statement.char_end <= len(text)
            assert text[statement.char_start : statement.char_end] == statement.text
            end = statement.char_end


@pytest.mark.parametrize(
    "unit",
    [
        "said ",
        "he said 5 ",
        "“a,” Bell said. ",
        "according to Bell, ",
        "Bell was, saying ",
        "Bell (a) said ",
        "was said by a ",
        "“said ",
        "the group said that ",
        "figures by Bell ",
        "by early reports ",
        "was recorded as a ",
        "with officials saying ",
        "in a report by ",
    ],
)
def test_long_repetition_takes_linear_time(unit):
    """A paragraph of 100,000 repetitive characters is read within seconds."""
    text = unit * (100_000 // len(unit))
    facts = _facts(text)
    started = time.perf_counter()
    attribute([text], [facts])
    assert time.perf_counter() - started < 8
