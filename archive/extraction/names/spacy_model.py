"""The names that a spaCy pipeline of the user's finds, by the archive's types and guidelines.

The pipeline comes through `spacy.load`: an installed package (`en_core_web_trf`) or a folder that
`nlp.to_disk` wrote. Its labels may be those of OntoNotes 5, or of CoNLL 2003, where one label has
all places and the gazetteer tells them apart. Numbers, dates and `MISC` are no names here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from archive.errors import ArchiveError
from archive.extraction.names import lexicon
from archive.extraction.names.recognizer import tokens_of
from archive.extraction.names.tokens import Tokens
from archive.extraction.names.trimming import bare, untitled
from archive.records import EntityType, Mention

_LABELS = MappingProxyType(
    {str(type_): type_ for type_ in EntityType}
    | {"PER": EntityType.PERSON, "WORK_OF_ART": EntityType.WORK}
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})


class SpacyModel:
    """A loaded pipeline; `version` is its name and version as its `meta.json` has them."""

    def __init__(self, pipeline: Any) -> None:
        meta = pipeline.meta
        self.version = f"spacy:{meta['lang']}_{meta['name']}-{meta['version']}"
        self._pipeline = pipeline
        self._has_one_place = "GPE" not in _labels(pipeline)

    def find_names(self, paragraphs: Sequence[str]) -> list[list[Mention]]:
        """Find the names of one document; what `archive.extraction.names.find_names` promises.

        The zone gives back what the pipeline keeps of words once the document is done, so that
        memory stays flat.
        """
        with self._pipeline.memory_zone():
            return [
                self._mentions(tokens_of(text), doc.ents)
                for text, doc in zip(paragraphs, self._pipeline.pipe(paragraphs), strict=True)
            ]

    def _mentions(self, tokens: Tokens, entities: Sequence[Any]) -> list[Mention]:
        found: list[Mention] = []
        for entity in entities:
            type_ = _LABELS.get(entity.label_.upper())
            span = None if type_ is None else _span(tokens, entity, type_)
            if type_ is None or span is None or (found and span[0] < found[-1].char_end):
                continue
            text = tokens.text[span[0] : span[1]]
            if type_ is EntityType.LOC and self._has_one_place:
                type_ = _place_type(text)
            found.append(
                Mention(
                    char_start=span[0], char_end=span[1], text=text, type=type_, rule=self.version
                )
            )
        return found


def _span(tokens: Tokens, entity: Any, type_: EntityType) -> tuple[int, int] | None:
    """Offsets of an entity in whole words, trimmed; None where nothing of it is a name."""
    start = bisect_right(tokens.ends, entity.start_char)
    end = bisect_left(tokens.starts, entity.end_char)
    if type_ is EntityType.PERSON and start < end:
        start = untitled(tokens, start, end)
    return bare(tokens, start, end) if start < end else None


def _place_type(name: str) -> EntityType:
    """GPE for what the gazetteer has as one or a head word makes one; else LOC or FAC."""
    entry = lexicon.entry_of(name)
    if entry is not None and entry.type in _PLACES:
        return EntityType(entry.type)
    words = name.split()
    for head in (lexicon.word(words[-1]).last, lexicon.word(words[0]).first):
        if head in _PLACES and len(words) > 1:
            return EntityType(head)
    return EntityType.LOC


def _labels(pipeline: Any) -> set[str]:
    """Labels of the components that find entities."""
    labels: Mapping[str, Sequence[str]] = pipeline.pipe_labels
    return {label.upper() for name in _finders(pipeline) for label in labels.get(name, ())}


def _finders(pipeline: Any) -> Iterator[str]:
    """Names of the components that find entities, such as `ner` and `entity_ruler`."""
    for name in pipeline.pipe_names:
        if "doc.ents" in pipeline.get_pipe_meta(name).assigns:
            yield name


def _missing(name: str) -> str:
    return (
        f"--names spacy:{name} needs spaCy 3.8 or later, which is not installed. Install it "
        "with: pip install 'news-archive[spacy]'"
    )


@cache
def load(name: str) -> SpacyModel:
    """Load a pipeline, once a process.

    Raises ArchiveError where spaCy or the pipeline is not installed, or finds no names.
    """
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise ArchiveError(_missing(name)) from error
    if not hasattr(spacy.Language, "memory_zone"):
        raise ArchiveError(_missing(name))
    try:
        pipeline = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise ArchiveError(
            f"--names spacy:{name}: spaCy cannot load it ({reason}). Install it with: python -m "
            f"spacy download {name}; or give the folder of a pipeline."
        ) from error
    known = _labels(pipeline)
    if not known & _LABELS.keys():
        raise ArchiveError(
            f"--names spacy:{name}: this pipeline finds no names; its labels are "
            f"{', '.join(sorted(known)) or 'none'}. Give one with labels such as PERSON, ORG, GPE."
        )
    return SpacyModel(pipeline)
