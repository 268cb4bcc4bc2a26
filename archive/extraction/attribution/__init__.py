"""Who said what: speakers of quotations, sources of figures, reported statements.

| module | owns |
|---|---|
| `frames` | reporting clauses: a source phrase, a verb or `according to`, and what they cover |
| `sources` | which name, person or body a source phrase means, with what was read before it |
| `assign` | the steps in order, and what is handed to quotations, figures and statements |
"""

from archive.extraction.attribution.assign import attribute

__all__ = ["attribute"]
