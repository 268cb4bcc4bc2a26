"""Names of persons, bodies, places and the like in the paragraphs of one document.

The rules read each paragraph; a small trained network weighs what they found. MODEL_CARD.md says
what the network was trained on and how well it does.

| module | owns |
|---|---|
| `tokens` | words and their offsets |
| `lexicon` | what the reference tables know of a word or a sequence of words |
| `runs` | capitalised words in a row |
| `titles` | what announces a person |
| `heads` | names that a head word makes |
| `spans` | where names lie: the order of attempts |
| `evidence` | of which type a name is |
| `document` | what is clear in one place and decides in another |
| `headlines` | lines in Title Case |
| `recognizer` | the rules' steps in order |
| `frequency` | how frequent a word is |
| `features` | what the network sees of a word and of its place |
| `labels` | the network's tags |
| `encoding` | a document as the network takes it |
| `network` | the network in whole numbers |
| `decoder` | from scores to names |
| `completion` | what the others and the text beside them add: surnames, years, abbreviations |
| `trimming` | names without articles, titles and possessives |
| `model` | rules and network together |
| `spacy_model` | a spaCy pipeline of the user's instead |
| `finder` | which of the two |
"""

from collections.abc import Sequence

from archive.extraction.names.model import recognize
from archive.records import Mention

__all__ = ["find_names"]


def find_names(paragraphs: Sequence[str]) -> list[list[Mention]]:
    """Find the names in the paragraphs of one document, one list of mentions for each.

    `paragraphs` are all of the document's, in order: each is context for the others. Offsets
    count characters of the mention's own paragraph; the mentions of a paragraph are in the order
    of the text, without overlaps, and bare of articles, titles and possessives. No text makes
    this raise.

    >>> [(m.text, str(m.type)) for m in find_names(["Kenya's President William Ruto spoke."])[0]]
    [('Kenya', 'GPE'), ('William Ruto', 'PERSON')]
    """
    return recognize(paragraphs)
