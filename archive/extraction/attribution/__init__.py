"""Who said what: speakers of quotations, sources of figures, reported statements.

| module | owns |
|---|---|
| `clauses` | the words of a sentence, its dates, and the frame of a reporting clause |
| `citations` | sources without a verb: `according to X`, `in a report by X`, `citing X` |
| `statements` | where the words of indirect speech begin and end |
| `frames` | reporting clauses: a source phrase, a verb, and what they cover |
| `sources` | which name, person or body a source phrase means, with what was read before it |
| `assign` | the steps in order, and what is handed to quotations, figures and statements |
"""

from archive.extraction.attribution.assign import attribute

__all__ = ["attribute"]
