"""Languages of texts and articles."""

import pytest

from archive.records import Document, Metadata
from archive.segmenting import segment
from archive.segmenting.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The road was closed because of the snow that had fallen in the night.", "en"),
        ("La route a été fermée à cause de la neige tombée pendant la nuit.", "fr"),
        ("Die Straße wurde wegen des Schnees gesperrt, der in der Nacht gefallen war.", "de"),
        ("De weg is afgesloten vanwege de sneeuw die in de nacht is gevallen.", "nl"),
        ("باران شدید دیشب راه‌های پایتخت را بست و مردم در خانه ماندند", "fa"),
        ("Из-за выпавшего ночью снега дорога была закрыта.", "ru"),
        ("", None),
        ("12.30 – 14.00", None),
    ],
)
def test_language_is_told(text, language):
    """English by its function words, other languages by the detector, figures by neither."""
    assert detect_language(text) == language


def languages(text: str, **metadata: str) -> list[str | None]:
    document = Document(
        name="x",
        text=text,
        media_type="text/plain",
        encoding="utf-8",
        metadata=Metadata(**metadata),
    )
    return [article.language for article in segment(document).articles]


def test_each_article_has_its_own_language():
    """Stories in two languages in one file are told apart."""
    text = (
        "The road was closed on Sunday because of the snow that had fallen in the night.\n***\n"
        "La route a été fermée dimanche à cause de la neige tombée pendant la nuit."
    )
    assert languages(text) == ["en", "fr"]


def test_what_is_too_short_takes_the_language_of_the_rest_or_of_the_metadata():
    """The document's other stories first, then what its format says."""
    lead = "The road was closed on Sunday because of the snow that had fallen in the night."
    text = f"{lead}\n***\nAaa 1.2."
    assert languages(text) == ["en", "en"]
    assert languages("Aaa 1.2.", language="sv") == ["sv"]
