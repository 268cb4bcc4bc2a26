"""Makes documents that copy one another, and says which do, from real news.

The articles are those of `../shared/news` (English Wikinews, CC BY 2.5, Wikinews and its
contributors), divided into halves as in `cutting_documents.py`. Every word of a document made
remembers which word of which article it is, unless it was changed; from that alone the relation
of any two documents follows by its definition, whichever ways they were made. The same seed
always makes the same documents.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from cutting_documents import News

Origin = tuple[int, int] | None
"""Which word a word is: (article, place in it), None where it was put in."""
Token = tuple[str, Origin]
Sentence = list[Token]
Paragraph = list[Sentence]

CUT_SHARE = 2 / 3
"""Share of the longer up to which an unchanged cut of it is an excerpt and not a revision: both
definitions hold of a cut that leaves more than half."""
_RUN = 10
"""Words of the shortest passage in common by which two articles are not distinct."""

_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z])|(?<=[.!?][\"”])\s+(?=[A-Z])")
_REPORTERS = ("Mara Voss", "Idris Bello", "Hanna Sørby", "Tomas Reyes", "Yuki Arai", "Paul Kerr")
_PLACES = ("GENEVA", "Nairobi, Kenya", "LIMA", "Ankara, Turkey", "DHAKA", "Warsaw", "CAIRO")
_AGENCIES = ("AP", "Reuters", "AFP", "Xinhua", "dpa")
_TITLES = (
    "What we know so far", "Officials confirm new details", "Events of the day in brief",
    "Questions remain after announcement", "Residents react with surprise",
    "A closer look at the story", "Latest developments", "New figures released",
)  # fmt: skip
_BOILERPLATE = (
    "The town lies at the mouth of the river and has been the seat of the provincial government "
    "since the railway reached it at the end of the century before last.",
    "Similar incidents have been recorded several times in the region over the past ten years, "
    "and critics say that too little has been done to prevent them.",
    "The ministry did not immediately answer a request for comment sent by electronic mail, and "
    "several calls to its press office during the day went unanswered.",
    "The two neighbours have had close but often difficult ties since they agreed on their "
    "common border in a treaty that both parliaments ratified a year later.",
)
_OPERATIONS = {
    "original": 26, "identical": 15, "revision": 19, "run_together": 14, "excerpt": 14,
    "teaser": 5, "background": 7,
}  # fmt: skip


@dataclass(frozen=True)
class Copy:
    """A document made: its text, the articles it tells, and where each of its words is from."""

    id: str
    operation: str
    text: str
    articles: frozenset[int]
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Pair:
    """What the longer of two documents, `a`, is to the other."""

    a: str
    b: str
    relation: str


def distinct(news: Sequence[News]) -> list[News]:
    """Leave out articles that repeat a passage of an earlier one: their truth is not known.

    Articles of one series share paragraphs of background word for word.
    """
    seen: set[tuple[str, ...]] = set()
    kept = []
    for article in news:
        words = " ".join(article.paragraphs).split()
        runs = {tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}
        if not runs & seen:
            kept.append(article)
        seen |= runs
    return kept


def generate(news: Sequence[News], count: int, seed: int) -> Iterator[Copy]:
    """Make `count` documents from `news`, always the same for one seed."""
    maker = _Maker(news, random.Random(seed))
    for number in range(count):
        yield maker.document(f"{number:06}")


def true_pairs(copies: Sequence[Copy]) -> list[Pair]:
    """The pairs among documents made, by the definitions of the relations.

    Documents without a story's word in common are not looked at, so time is that of the pairs.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for index, copy in enumerate(copies):
        # What stands under everything (negative numbers) makes no pair by itself.
        for article in {origin[0] for origin in copy.origins if origin and origin[0] >= 0}:
            holders[article].append(index)
    together = {pair for held in holders.values() for pair in combinations(held, 2)}
    pairs = []
    for one, two in sorted(together):
        longer, other = sorted(
            (copies[one], copies[two]), key=lambda copy: len(copy.origins), reverse=True
        )
        relation = _relation(longer, other)
        if relation:
            pairs.append(Pair(longer.id, other.id, relation))
    return pairs


def _relation(longer: Copy, other: Copy) -> str | None:
    if longer.origins == other.origins and None not in longer.origins:
        return "identical"
    one, two = set(longer.origins) - {None}, set(other.origins) - {None}
    shared = one & two
    share, other_share = len(shared) / len(longer.origins), len(shared) / len(other.origins)
    in_common = {origin[0] for origin in shared if origin}
    has_others = bool(longer.articles - in_common)
    if other_share >= 0.5 and has_others:
        return "contains"
    if min(share, other_share) >= 0.5:
        is_cut = share <= CUT_SHARE and _is_cut(longer.origins, other.origins)
        return "excerpt" if is_cut else "revision"
    return "excerpt" if other_share >= 0.5 else None


def _is_cut(longer: Sequence[Origin], other: Sequence[Origin]) -> bool:
    """Whether the other is one unchanged piece of the longer."""
    if None in other or other[0] not in longer:
        return False
    start = longer.index(other[0])
    return longer[start : start + len(other)] == other


class _Maker:
    def __init__(self, news: Sequence[News], chance: random.Random) -> None:
        self.chance = chance
        self.stories = [_tokens(article, number) for number, article in enumerate(news)]
        self.titles = [article.title for article in news]
        self.vocabulary = [
            word
            for story in self.stories
            for paragraph in story
            for sentence in paragraph
            for word, _origin in sentence
            if word.isalpha() and word.islower()
        ]

    def document(self, name: str) -> Copy:
        chance = self.chance
        operation = chance.choices(list(_OPERATIONS), list(_OPERATIONS.values()))[0]
        number = chance.randrange(len(self.stories))
        story = self.stories[number]
        if operation in ("original", "identical"):
            parts = [(number, story)]
        elif operation == "revision":
            parts = [(number, self._revised(story))]
        elif operation == "run_together":
            parts = self._several(number)
        elif operation == "excerpt":
            parts = [(number, self._excerpt(story))]
        elif operation == "teaser":
            parts = [(number, [[story[0][0][: chance.randint(12, 25)]]])]
        else:
            parts = [(number, [*story, chance.choice(chance.choice(self.stories))])]
        boilerplate = None
        if operation not in ("excerpt", "teaser") and chance.random() < 0.25:
            boilerplate = chance.randrange(len(_BOILERPLATE))
        origins = [
            origin for _, part in parts for paragraph in part for sentence in paragraph
            for _word, origin in sentence
        ]  # fmt: skip
        if boilerplate is not None:
            words = len(_BOILERPLATE[boilerplate].split())
            origins += [(-1 - boilerplate, place) for place in range(words)]
        lines = self._set(operation, parts)
        if boilerplate is not None:
            lines.append(_BOILERPLATE[boilerplate])
        articles = frozenset(each for each, _part in parts)
        return Copy(name, operation, self._dress(lines), articles, tuple(origins))

    def _several(self, number: int) -> list[tuple[int, list[Paragraph]]]:
        """Two to five stories, some of them cut short or edited."""
        numbers = [number]
        for other in self.chance.sample(range(len(self.stories)), self.chance.randint(1, 4)):
            if other not in numbers:
                numbers.append(other)
        self.chance.shuffle(numbers)
        parts = []
        for each in numbers:
            story = self.stories[each]
            if self.chance.random() < 0.4:
                story = story[: max(2, len(story) // 2)]
            if self.chance.random() < 0.2:
                story = self._revised(story)
            parts.append((each, story))
        return parts

    def _excerpt(self, story: list[Paragraph]) -> list[Paragraph]:
        """Up to half of the story: paragraphs, or sentences, that follow one another."""
        chance = self.chance
        size = _size(story)
        if chance.random() < 0.5:
            start = chance.randrange(len(story))
            taken: list[Paragraph] = []
            for paragraph in story[start:]:
                if taken and _size([*taken, paragraph]) > size / 2:
                    break
                taken.append(paragraph)
        else:
            sentences = [sentence for paragraph in story for sentence in paragraph]
            start = chance.randrange(len(sentences))
            taken = [[sentence] for sentence in sentences[start : start + chance.randint(1, 5)]]
        if _size(taken) < 12:
            return [story[0]]
        return taken

    def _revised(self, story: list[Paragraph]) -> list[Paragraph]:
        """The story edited: words changed, sentences cut or added, paragraphs moved."""
        chance = self.chance
        way = chance.choices(("words", "figure", "reorder", "edit", "all"), (35, 10, 20, 20, 15))[0]
        if way in ("words", "all"):
            rate = chance.choice((0.03, 0.06, 0.1, 0.1, 0.15, 0.2))
            story = [[self._changed(sentence, rate) for sentence in part] for part in story]
        if way == "figure":
            story = self._one_changed(story)
        if way in ("edit", "all"):
            story = self._edited(story)
        if way in ("reorder", "all") and len(story) > 2:
            rest = story[1:]
            chance.shuffle(rest)
            story = [story[0], *rest]
        return story

    def _changed(self, sentence: Sentence, rate: float) -> Sentence:
        """Words replaced, a few left out or put in."""
        changed: Sentence = []
        for token in sentence:
            if self.chance.random() >= rate:
                changed.append(token)
                continue
            way = self.chance.random()
            if way < 0.7:
                changed.append((self.chance.choice(self.vocabulary), None))
            elif way < 0.85:
                changed += [token, (self.chance.choice(self.vocabulary), None)]
        return changed or sentence

    def _one_changed(self, story: list[Paragraph]) -> list[Paragraph]:
        paragraph = self.chance.randrange(len(story))
        sentence = self.chance.randrange(len(story[paragraph]))
        place = self.chance.randrange(len(story[paragraph][sentence]))
        copied = [[list(each) for each in part] for part in story]
        copied[paragraph][sentence][place] = (str(self.chance.randint(3, 900)), None)
        return copied

    def _edited(self, story: list[Paragraph]) -> list[Paragraph]:
        """About a tenth of the sentences cut, and as many put in from elsewhere."""
        chance = self.chance
        edited: list[Paragraph] = []
        for paragraph in story:
            kept = [sentence for sentence in paragraph if chance.random() >= 0.12]
            if chance.random() < 0.15:
                other = chance.choice(chance.choice(chance.choice(self.stories)))
                kept.insert(chance.randint(0, len(kept)), [(word, None) for word, _ in other])
            if kept:
                edited.append(kept)
        return edited or story

    # ---- from words to text

    def _set(self, operation: str, parts: Sequence[tuple[int, list[Paragraph]]]) -> list[str]:
        """Set the stories as an outlet might: with or without headline, byline, dateline."""
        chance = self.chance
        has_titles, has_byline = chance.random() < 0.6, chance.random() < 0.4
        dateline = chance.random() < 0.2
        as_agency = chance.random() < 0.3
        lines = []
        for number, story in parts:
            title = self.titles[number]
            if operation == "identical" and chance.random() < 0.6:
                title = chance.choice((*_TITLES, title.upper()))
            if has_titles and operation not in ("excerpt", "teaser"):
                lines.append(title)
            if has_byline and operation not in ("excerpt", "teaser"):
                lines.append(f"By {chance.choice(_REPORTERS)}")
            body = _split(story) if as_agency else story
            texts = [" ".join(word for sentence in part for word, _ in sentence) for part in body]
            if dateline and operation not in ("excerpt", "teaser"):
                agency = chance.choice(_AGENCIES)
                texts[0] = f"{chance.choice(_PLACES)} ({agency}) — {texts[0]}"
            if operation == "teaser":
                texts[0] = texts[0].rstrip(" ,.;:") + chance.choice(("…", "...", " […]"))
            lines += texts
        return lines

    def _dress(self, lines: Sequence[str]) -> str:
        """Quotation marks, commas, blank lines and line ends as one outlet sets them."""
        chance = self.chance
        text = ("\n" * chance.choice((1, 2))).join(lines)
        if chance.random() < 0.5:
            text = re.sub(r"(^|[\s(])\"", r"\1“", text).replace('"', "”")
            text = text.replace("'", "’")
        if chance.random() < 0.2:
            text = re.sub(r"(?<=[a-z]),(?= [a-z])", "", text)
        if chance.random() < 0.1:
            text = text.replace("\n", "\r\n")
        return text


def _tokens(article: News, number: int) -> list[Paragraph]:
    place = 0
    story = []
    for text in article.paragraphs:
        paragraph = []
        for sentence in _SENTENCE.split(text):
            tokens: Sentence = []
            for word in sentence.split():
                tokens.append((word, (number, place)))
                place += 1
            paragraph.append(tokens)
        story.append(paragraph)
    return story


def _split(story: Sequence[Paragraph]) -> list[Paragraph]:
    """A sentence or two to the paragraph."""
    return [part[start : start + 2] for part in story for start in range(0, len(part), 2)]


def _size(story: Sequence[Paragraph]) -> int:
    return sum(len(sentence) for paragraph in story for sentence in paragraph)
