"""By what names are found: the archive's own network, or a pipeline of the user's."""

from collections.abc import Callable, Sequence

from archive.errors import MisuseError
from archive.extraction.names import model, spacy_model
from archive.records import Mention

Finder = Callable[[Sequence[str]], list[list[Mention]]]
"""The paragraphs of a document to their names, as `archive.extraction.names.find_names`."""

_SPACY = "spacy:"


def finder(choice: str | None) -> Finder:
    """The finder that `--names` asks for: `spacy:MODEL`, or None for the archive's own.

    Raises MisuseError for another choice, ArchiveError for a model that cannot be used.
    """
    return model.recognize if choice is None else _spacy(choice).find_names


def finder_version(choice: str | None) -> str:
    """Name and version of the model chosen, empty for the archive's own; raises as `finder`."""
    return "" if choice is None else _spacy(choice).version


def _spacy(choice: str) -> spacy_model.SpacyModel:
    name = choice.removeprefix(_SPACY)
    if name == choice or not name:
        raise MisuseError(f"--names {choice}: give spacy:MODEL, such as spacy:en_core_web_trf.")
    return spacy_model.load(name)
