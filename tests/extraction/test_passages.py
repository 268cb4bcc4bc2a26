"""Long paragraphs are cut into passages, and nothing shows of it."""

import time

from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.document import extract
from archive.extraction.passages import LONGEST, cut_passages
from archive.reading import read
from archive.records import RawRecord
from archive.segmenting import segment


@given(
    st.integers(1, 900), st.sampled_from(["word ", "A word. ", "x" * 7000, "No “end ", "\u00a0y"])
)
def test_passages_are_short_and_lose_nothing(times, unit):
    """In order, without overlap, and whatever is between them is white space."""
    text = (unit * times)[: LONGEST * 6]
    end = 0
    for passage in cut_passages(3, text):
        assert passage.paragraph == 3
        assert len(passage.text) <= LONGEST + LONGEST // 2
        assert not text[end : passage.start].strip()
        assert text[passage.start :].startswith(passage.text)
        end = passage.start + len(passage.text)
    assert not text[end:].strip()


def facts_of(text: str):
    segments = segment(read(RawRecord(name="a.txt", content=text.encode())))
    return segments, extract(segments)


SENTENCES = (
    "Ada Lindqvist, head of the Norland Coast Guard, said at least {} people died on Monday. "
    "“We warned them,” she added. "
)


def test_a_paragraph_without_end_gives_the_same_rows_as_short_ones():
    """Offsets, references and counts are those of the paragraph, not of its passages."""
    text = "".join(SENTENCES.format(number) for number in range(20, 220))
    assert len(text) > 3 * LONGEST
    segments, facts = facts_of(text)
    (paragraph,), (found,) = segments.paragraphs, facts
    assert [figure.low for figure in found.figures] == list(range(20, 220))
    for spans in (found.mentions, found.figures, found.dates, found.quotes, found.roles):
        assert len(spans) >= 200
        for span in spans:
            assert paragraph.text[span.char_start : span.char_end] == span.text
    for figure in found.figures:
        sentence = paragraph.text[figure.sentence_start : figure.sentence_end]
        assert figure.text in sentence
        assert figure.attributed_to is not None
        index, number = figure.attributed_to.mention
        assert index == 0
        assert found.mentions[number].text == "Ada Lindqvist"


def test_time_grows_with_the_length_of_a_paragraph():
    """Sixteen times the text takes about sixteen times the time, not its square."""
    seconds = []
    for times in (40, 640):
        text = "".join(SENTENCES.format(number + 20) for number in range(times))
        start = time.process_time()
        facts_of(text)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 40 * max(seconds[0], 0.02)
