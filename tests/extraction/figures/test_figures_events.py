"""What happened to what is counted, in lists, participles and subjects; ages and magnitudes."""

import pytest

from archive.extraction.figures import find_figures
from archive.records import FigureKind, Modifier, Status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Police seized 12 rifles, three pistols and 40 knives.",
            ["seized", "seized", "seized"],
        ),
        ("Aid groups counted 30 soldiers, 14 nurses and 9 children killed.", ["killed"] * 3),
        ("The clinic treated 18 injured hikers.", ["injured"]),
        ("About 300 residents near the dam in the valley have been relocated.", ["displaced"]),
        ("Some 76 farms were affected.", ["affected"]),
        ("The toll rose from five people to six.", ["killed", "killed"]),
        ("The number of confirmed cases of cholera surpassed 9,000.", ["infected"]),
        ("The storm left 4,000 homes without power.", ["affected"]),
        ("At least a dozen people lost their lives.", ["killed"]),
        ("She won 35% of the vote.", ["voted"]),
        ("In 36 states most of those who caught it died.", [None]),
        ("They spoke to three candidates who did not participate.", [None]),
    ],
)
def test_measure(text: str, expected: list[str | None]) -> None:
    """The measure comes from a verb, a participle or a noun, over a whole list."""
    assert [figure.measure for figure in find_figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "written", "value", "counted"),
    [
        ("The princess, 67, was treated.", "67", 67, "princess"),
        ("The painter died at 95.", "95", 95, "painter"),
        ("I was eight when the war began.", "eight", 8, None),
        ("Lee was 66.", "66", 66, "Lee"),
        ("Berg, who is 23 years old, won.", "23 years old", 23, "Berg"),
    ],
)
def test_age(text: str, written: str, value: int, counted: str | None) -> None:
    """An age is told in years, of the person beside it."""
    (figure,) = find_figures(text)
    told = (figure.text, figure.low, figure.unit, figure.kind, figure.counted)
    assert told == (written, value, "year", FigureKind.AGE, counted)


@pytest.mark.parametrize(
    ("text", "written", "counted"),
    [
        ("The 5.0 earthquake cut roads.", "5.0", "earthquake"),
        ("A tremor with a magnitude of 4.1 followed.", "4.1", "tremor"),
        ("The quake, measuring 6.3, hit at dawn.", "6.3", "quake"),
    ],
)
def test_magnitude(text: str, written: str, counted: str) -> None:
    """A magnitude is of its earthquake, however it is worded."""
    (figure,) = find_figures(text)
    assert (figure.text, figure.unit, figure.counted) == (written, "magnitude", counted)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("He won in a time of 3:43.1.", 223.1),
        ("Her record is 2:14:04.", 8044),
        ("He needed 1 hour 59 minutes 40.2 seconds.", 7180.2),
    ],
)
def test_race_time(text: str, seconds: float) -> None:
    """The time of a race is a duration in seconds."""
    (figure,) = find_figures(text)
    assert (figure.low, figure.unit) == (pytest.approx(seconds), "second")


@pytest.mark.parametrize(
    "text",
    ["The talks began at 5:30.", "They met at 14:05:10 on the train.", "A Boeing 737-800 landed."],
)
def test_no_race_time(text: str) -> None:
    """Times of day and types are no figures."""
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The rebels claimed 20 soldiers were killed.", Status.ALLEGED),
        ("The group claimed responsibility for the blast that killed 12 people.", Status.REPORTED),
        ("The ministry ordered the killing of over 300,000 pigs.", Status.PLANNED),
        ("This would be nearly half of its output.", Status.REPORTED),
        ("A curfew would be imposed on the island's 5.5 million people.", Status.REPORTED),
    ],
)
def test_status(text: str, status: Status) -> None:
    """Only what a word of planning or claiming governs is planned or claimed."""
    assert [figure.status for figure in find_figures(text)] == [status]


def test_conversion() -> None:
    """A conversion in brackets tells of the same thing as the figure before it."""
    first, second = find_figures("Winds are predicted to reach 75 miles per hour (120 kph).")
    assert first.counted is not None
    assert (first.counted, first.status) == (second.counted, second.status)


def test_bounding_verb() -> None:
    """A verb that bounds its number is part of the figure."""
    (figure,) = find_figures("Sales exceeded 100 units.")
    assert (figure.text, figure.modifier) == ("exceeded 100", Modifier.MORE_THAN)


def test_places_of_a_list() -> None:
    """Each item of a list has its own place."""
    found = find_figures("There were 21 injured guests in Rome, 36 in Milan and seven in Turin.")
    assert [figure.counted for figure in found] == [
        "injured guests in Rome",
        "injured guests in Milan",
        "injured guests in Turin",
    ]
