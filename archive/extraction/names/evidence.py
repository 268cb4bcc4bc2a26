"""What a sequence of capitalised words names: evidence for each type, added up.

Each piece of evidence has a rule name, an entity type and a weight; the type with the largest sum
wins, and the rule that gave it most is the mention's rule. The score is the winner's share.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from archive.extraction.names import lexicon
from archive.extraction.names.lexicon import Entry, Word
from archive.extraction.names.runs import Span
from archive.extraction.names.tokens import PARTICLES, Tokens, is_capital
from archive.vocabulary.names import Cue, cues

_INNER_CAPITALS = ("Mc", "Mac", "De", "Di", "La", "Le", "Van")
_LINKS = ([","], ["and"], ["or"], [",", "and"], [",", "or"], ["&"], ["and", "the"])


@dataclass(frozen=True, slots=True)
class Typed:
    """A type, how sure it is (0 to 1), and the rule that spoke most for it."""

    type: str
    score: float
    rule: str


def type_spans(tokens: Tokens, spans: list[Span]) -> list[Typed]:
    """Type the spans of one paragraph by lexicon entry, head word or the evidence around them.

    Members of a list (`A, B and C`) share their evidence; an abbreviation in brackets takes the
    type of the name before it.
    """
    votes = [_votes(tokens, span) for span in spans]
    for members in _lists(tokens, spans):
        _share([votes[at] for at in members])
    found: list[Typed] = []
    for at, span in enumerate(spans):
        if at and _is_abbreviation(tokens, spans[at - 1], span):
            found.append(Typed(found[at - 1].type, found[at - 1].score, "abbreviation"))
        else:
            found.append(votes[at].winner())
    return found


def _votes(tokens: Tokens, span: Span) -> "_Votes":
    votes = _Votes()
    if span.head is not None:
        votes.decide(Typed(span.head, 0.8, "head-word"))
    elif span.entry is not None and span.entry.kind not in {"city", "document"}:
        votes.decide(Typed(span.entry.type, span.entry.weight, span.entry.kind))
    else:
        _from_words(tokens, span, votes)
        _from_context(tokens, span, votes)
        if span.titled is not None:
            votes.add("PERSON", 3.0, "title")
        if span.entry is not None:
            _from_entry(span.entry, votes)
    return votes


def _from_entry(entry: Entry, votes: "_Votes") -> None:
    """Add a listed town; let the document overrule what is not clear here by itself."""
    if entry.kind == "city":
        votes.add("GPE", 2.6 * entry.weight, "city")
        return
    own = votes.winner()
    if own.type != entry.type or own.score < entry.weight / 2:
        votes.decide(Typed(entry.type, entry.weight, entry.kind))


def _lists(tokens: Tokens, spans: list[Span]) -> list[list[int]]:
    """Runs of spans that only commas and a last `and` or `or` part, as indices of `spans`."""
    runs: list[list[int]] = []
    current, joined = [0] if spans else [], False
    for at in range(1, len(spans)):
        between = tokens.words[spans[at - 1].end : spans[at].start]
        if between in _LINKS:
            current.append(at)
            joined = joined or between != [","]
        else:
            if joined:
                runs.append(current)
            current, joined = [at], False
    if joined:
        runs.append(current)
    return runs


def _share(members: list["_Votes"]) -> None:
    """Give each undecided member of a list what the others have on average."""
    sums = [votes.weights() for votes in members]
    for at, votes in enumerate(members):
        for other, weights in enumerate(sums):
            if other != at:
                for type_, weight in weights.items():
                    votes.add(type_, max(0.0, weight) / (len(members) - 1), "list")


def _is_abbreviation(tokens: Tokens, before: Span, span: Span) -> bool:
    """Whether a span is `(ABC)` right behind a longer name."""
    words = tokens.words
    return (
        span.start == before.end + 1
        and words[before.end] == "("
        and span.end == span.start + 1
        and before.end - before.start > 1
        and lexicon.word(words[span.start]).is_acronym
        and words[span.end : span.end + 1] == [")"]
    )


class _Votes:
    """Sums of evidence by type, and the strongest rule for each."""

    def __init__(self) -> None:
        self._sum: defaultdict[str, float] = defaultdict(float)
        self._shape: defaultdict[str, float] = defaultdict(float)
        self._best: dict[str, tuple[float, str]] = {}
        self._decided: Typed | None = None

    def decide(self, typed: Typed) -> None:
        """Fix the type; evidence no longer changes it."""
        self._decided = typed

    def weights(self) -> dict[str, float]:
        """Evidence so far by type, mere shape aside; a fixed type is strong evidence of itself."""
        if self._decided is not None:
            return {self._decided.type: 2.0 * self._decided.score}
        return {type_: weight - self._shape[type_] for type_, weight in self._sum.items()}

    def add(self, type_: str, weight: float, rule: str) -> None:
        self._sum[type_] += weight
        if rule == "shape":
            self._shape[type_] += weight
        if weight > self._best.get(type_, (0.0, ""))[0]:
            self._best[type_] = (weight, rule)

    def add_cues(self, found: tuple[Cue, ...], rule: str) -> None:
        """Add what a word beside the name says."""
        for cue in found:
            self.add(cue.type, cue.weight, rule)

    def winner(self) -> Typed:
        """The type with most evidence; ties fall to the type that comes first by name."""
        if self._decided is not None:
            return self._decided
        ranked = sorted(self._sum.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] <= 0:
            return Typed("ORG", 0.2, "shape")
        total = sum(weight for _, weight in ranked if weight > 0) + 0.5
        best, weight = ranked[0]
        return Typed(best, weight / total, self._best[best][1])


def _from_words(tokens: Tokens, span: Span, votes: _Votes) -> None:
    """Add what the words of the name itself tell."""
    words = [w for w in tokens.words[span.start : span.end] if w not in PARTICLES]
    infos = [lexicon.word(word) for word in words]
    if len(words) < span.end - span.start:
        votes.add("PERSON", 0.8, "particle")
    if len(words) == 1:
        _from_single(words[0], infos[0], votes)
    else:
        _from_several(words, infos, votes)
    for word in words:
        for vote in _shape_votes(word):
            votes.add(*vote)


def _from_single(text: str, info: Word, votes: _Votes) -> None:
    if info.is_given:
        votes.add("PERSON", 0.8, "given-name")
    if info.is_surname:
        votes.add("PERSON", 0.5, "surname")
    if info.is_acronym:
        votes.add("ORG", 1.8 if len(text) <= 6 else 0.5, "acronym")
    else:
        votes.add("PERSON", 0.45, "shape")
        votes.add("ORG", 0.3, "shape")


def _from_several(words: list[str], infos: list[Word], votes: _Votes) -> None:
    first, last = infos[0], infos[-1]
    begins = lexicon.entry_of(words[0])
    if begins is not None and begins.type == "GPE" and not first.is_given:
        votes.add("ORG", 1.2, "place-first")  # `Cambridge Analytica`, `China Telecom`
    if first.first == "ORG" and not first.common:
        votes.add("ORG", 2.5, "head-word")  # `Jamaat`, `Hizb`: parties in their own language
    if first.is_given:
        votes.add("PERSON", 2.0, "given-name")
    if last.is_surname:
        votes.add("PERSON", 0.9, "surname")
    if last.is_given:
        votes.add("PERSON", 0.6, "given-name")
    if lexicon.is_roman(words[-1]):
        votes.add("PERSON", 1.5, "numeral")
    if any(len(word) == 2 and word[1] == "." for word in words):
        votes.add("PERSON", 1.5, "initial")
    if "&" in words:
        votes.add("ORG", 1.5, "ampersand")
    _from_commonness(infos, votes)


def _from_commonness(infos: list[Word], votes: _Votes) -> None:
    """Common words speak for a body; none at all, in a name of usual length, for a person."""
    plain = sum(info.common > 0.3 for info in infos)
    if plain:
        votes.add("PERSON", -0.9 * plain, "common-word")
        votes.add("ORG", 0.6 * plain, "common-word")
    elif len(infos) <= 4 and not any(info.is_acronym for info in infos):
        is_listed = infos[0].is_given or infos[-1].is_surname
        votes.add("PERSON", 1.3 if is_listed else 0.9, "shape")


@lru_cache(maxsize=1 << 14)
def _shape_votes(word: str) -> tuple[tuple[str, float, str], ...]:
    """What the form of a word tells: type, weight, rule."""
    found: list[tuple[str, float, str]] = []
    if "-e-" in word or "-i-" in word or word.endswith(("-e", "-i")):
        found.append(("ORG", 2.2, "ezafe"))  # Persian: bodies and papers more often than persons
    elif is_capital(word) and not word[0].isupper():
        found.append(("PERSON", 0.4, "arabic-article"))
    if any(c.isdigit() for c in word):
        found.append(("PRODUCT", 1.5, "digits"))
    if word.isalpha() and word[1:] != word[1:].lower() and not word.isupper():
        inner = word.startswith(_INNER_CAPITALS)
        found.append(("PERSON" if inner else "ORG", 1.0, "inner-capital"))
    return tuple(found)


def _from_context(tokens: Tokens, span: Span, votes: _Votes) -> None:
    """Add what the words before and after the name tell."""
    size = span.end - span.start
    last, before, earlier = _neighbours(tokens, range(span.start - 1, span.start - 4, -1))
    after, later = _neighbours(tokens, range(span.end, span.end + 2))
    if last.lower() == "the":
        votes.add("PERSON", -1.5, "article")
        votes.add("ORG", 0.8, "article")
    else:
        before, earlier = last, before
    before, earlier = before.lower(), earlier.lower()
    for cue in cues("preposition").get(before, ()) if size <= 3 else ():
        votes.add(cue.type, cue.weight, "preposition")
    if before == "of":
        votes.add_cues(cues("before-of").get(earlier, ()), "noun-of")
    votes.add_cues(cues("before").get(earlier if before == "," else before, ()), "noun-before")
    votes.add_cues(cues("after").get(after, ()), "noun-after")
    votes.add_cues(cues("says").get(after, ()), "reporting-verb")
    if size == 1:
        votes.add_cues(cues("after-surname").get(after, ()), "surname-noun")
    _from_apposition(tokens, span, after, later, votes)


def _neighbours(tokens: Tokens, places: range) -> list[str]:
    """Words at some places, empty where the paragraph has none."""
    size = len(tokens.words)
    return [tokens.words[at] if 0 <= at < size else "" for at in places]


def _from_apposition(tokens: Tokens, span: Span, after: str, later: str, votes: _Votes) -> None:
    if after != ",":
        return
    if later.isdigit() and len(later) <= 2:
        votes.add("PERSON", 1.8, "age")
    elif later in {"who", "whose"}:
        votes.add("PERSON", 1.4, "relative-pronoun")
    elif later and later[0].isupper():
        entry = lexicon.entry_of(later)
        if entry is not None and entry.kind == "country" and span.end - span.start <= 2:
            votes.add("GPE", 1.4, "country-after")
