"""What single lines look like."""

import pytest

from archive.segmenting.shapes import (
    Shape,
    bare_text,
    looks_like_caption,
    looks_like_writer,
    shape_of,
)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Snow Cuts Road to the Border", Shape.HEADING),
        ("Snow cuts road to the border, drivers told to turn back", Shape.HEADING),
        ("Will the road open again?", Shape.HEADING),
        ("## Who voted how", Shape.HEADING),
        ("باران شدید در پایتخت", Shape.HEADING),
        ("Snow has cut the road.", Shape.BODY),
        ("“We have sent six ploughs.”", Shape.BODY),
        ("- six ploughs and two diggers", Shape.BODY),
        ("Q: What happens next?", Shape.BODY),
        ("Ann Lee: We were told to wait", Shape.BODY),
        (
            "中国外交部发言人周二在北京举行的例行记者会上表示阿富汗局势需要国际社会共同关注和努力解决问题",
            Shape.BODY,
        ),
        ("Snow has cut the road between Herat and the…", Shape.TEASER),
        ("Snow has cut the road between Herat and the [...]", Shape.TEASER),
        ("By Ann Lee and Omar Noor in Herat", Shape.CREDIT),
        ("*By Ilse Marren, 18 June 2025*", Shape.CREDIT),
        ("By Ann Lee, economics correspondent", Shape.CREDIT),
        ("By Ann Lee | Harbour Courier | 4 January 2024", Shape.CREDIT),
        ("By the end of the year all roads will be open.", Shape.BODY),
        ("Photo: Reuters", Shape.CREDIT),
        ("Reporting by Ann Lee; editing by Omar Noor", Shape.CREDIT),
        ("3 May 2021", Shape.CREDIT),
        ("A plough at work near Herat. (AP Photo/Ann Lee)", Shape.CAPTION),
        ("File photo of the border post", Shape.CAPTION),
        ("A plough at work near Herat. Image: Ann Lee.", Shape.CAPTION),
        ("The pass at noon Image: Ann Lee (photos), Omar Noor (map).", Shape.CAPTION),
        ("Ann LeeImage: Omar Noor.", Shape.CAPTION),
        ("██ Road open", Shape.CAPTION),
        ("Image: Ann Lee.", Shape.CREDIT),
        ("“We have sent six ploughs” — Ann Lee, head of the office", Shape.BODY),
        ("$5m for ploughs", Shape.HEADING),
        ("Read also: Ten mountain passes", Shape.FURNITURE),
        ("READ ALSO", Shape.FURNITURE),
        ("Share  |  Facebook  |  X  |  WhatsApp  |  Print", Shape.FURNITURE),
        ("SHARE  TWEET  SAVE", Shape.FURNITURE),
        ("© 2021 The Gazette", Shape.FURNITURE),
        ("Copyright (c) 2021 The Gazette", Shape.FURNITURE),
        ("Copyright law to change, minister says", Shape.HEADING),
        ("The Gazette of the North and West | Subscribe | Log in", Shape.FURNITURE),
        ("Snow cuts road to the border | The Gazette", Shape.HEADING),
        ("You are reading: World", Shape.FURNITURE),
        ("1,204 views", Shape.FURNITURE),
        ("12 Comments", Shape.FURNITURE),
        ("Voters share their views", Shape.HEADING),
        ("The governor puts it like this in one of his comments:", Shape.BODY),
        ("File:The pass in winter (cropped).jpg", Shape.FURNITURE),
        ("More on the road is in the report, which the office put out on Friday.", Shape.BODY),
        ("Home › World › Asia", Shape.FURNITURE),
        ("https://example.org/news", Shape.FURNITURE),
        ("Sharing power is hard, the governor said.", Shape.BODY),
        (
            "Published on Monday, the report says that two bridges in the north have fallen.",
            Shape.BODY,
        ),
        ("Loading of the grain ships began on Monday.", Shape.BODY),
        ("The firm lost a tenth of its shares.", Shape.BODY),
        ("Twitter has changed its terms of use, lawyers say.", Shape.BODY),
        (
            "We use cookies to improve your experience, by staying you agree to them.",
            Shape.FURNITURE,
        ),
        ("010020070750000", Shape.FURNITURE),
        ("* * *", Shape.RULE),
        ("———", Shape.RULE),
    ],
)
def test_a_line_tells_its_shape(text, shape):
    """Phrases, punctuation and length settle what a line can be."""
    assert shape_of(text) is shape


@pytest.mark.parametrize(
    ("text", "bare"),
    [("# Snow", "Snow"), ("### Snow ###", "Snow"), ("**Snow**", "Snow"), ("#snow", "#snow")],
)
def test_markdown_marks_are_left_out(text, bare):
    """Marks of headings and emphasis go, a hash tag stays."""
    assert bare_text(text) == bare


@pytest.mark.parametrize(
    ("text", "expected"),
    [("MERIDIAN WIRE", True), ("Omar Noor", True), ("Border Closures", False), ("Omar", False)],
)
def test_bare_names_below_a_headline_are_writers(text, expected):
    """Capitals throughout, or a given name first."""
    assert looks_like_writer(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Workers enter the province through the pass in Herat, November 5, 2012.", True),
        ("The office will open on time, its head said on November 5, 2012.", False),
        ("Workers enter the province.", False),
    ],
)
def test_captions_end_with_the_day_of_the_picture(text, expected):
    """A date at the end, unless somebody said so that day."""
    assert looks_like_caption(text) is expected
