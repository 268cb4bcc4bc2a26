"""Signals that a passage opens a story, each a number that can be shown and explained.

Three questions are asked, each with signals of its own: does a story start at this passage
(`opening_signals`), is this heading a headline rather than a subheading (`heading_signals`), and
does the text open in the middle of a story (`mid_story_signals`)?

What the signals rest on: lexical cohesion between neighbouring blocks, and its dip against the
text's usual level (Hearst 1997, TextTiling); the news lead, which tells who did what, when and
where, and on whose word; and reference: what points back continues a story, while what names
its actors in full again starts one.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from archive.segmenting.wording import Name, Wording, cosine, likeness, weight_of
from archive.vocabulary.countries import demonyms
from archive.vocabulary.discourse import discourse_words, opens_with
from archive.vocabulary.names import titles
from archive.vocabulary.speech import reporting_verbs

Signals = dict[str, float]

WINDOW: Final = 3
"""Passages on each side whose vocabulary is compared."""

_DAY: Final = re.compile(
    r"\b(on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday|[Tt]oday|tonight|overnight"
    r"|[Tt]his (?:morning|week|weekend|evening|afternoon))\b(?! [A-Z])"
)
_PERFECT: Final = re.compile(
    r"\b(?:has|have) ((?:not|also|long|never|already|repeatedly|previously|since|yet) )?"
    r"(?:\w+ly )?(?:been )?\w+"
)
_UNTIL_NOW: Final = re.compile(
    r"\b(?:since|so far|in recent (?:days|weeks|months|years)|over the|in the (?:past|last)|ever)\b"
)
_BACKGROUND: Final = re.compile(
    r"\b(?:[Ss]ince|[Ee]arlier|[Pp]reviously|[Ll]ast (?:year|month|week)|[Ii]n (?:recent|the past)"
    r"|ago|[Oo]ver the|(?:[Ii]n|of) (?:19|20)\d\d|had|long|repeatedly|[Ss]o far"
    r"|[Aa]ccording to|estimat\w+)\b"
)
_QUOTE: Final = re.compile(r"[“\"«]|(?<!\w)[‘'](?=\w)")
_PRONOUNS: Final = frozenset(
    {"he", "she", "they", "his", "her", "their", "it", "its", "him", "them"}
)
_QUANTITY: Final = re.compile(
    r"(?:At least|More than|Nearly|About|Around|Some|Several|Dozens|Hundreds|Thousands|Tens"
    r"|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|\d[\d,.]*) [a-zA-Z]"
)
_ATTRIBUTION_TAIL: Final = re.compile(
    r", (?:according to|as reported by) [^,]+\.?$|, [^,]{3,70} "
    r"(?:said|says|say|reported|announced|confirmed)(?: (?:on |in )?[^,]{3,40})?\.?$"
)
_APPOSITION: Final = re.compile(r"(?:[A-Z][\w’'.-]+ ){1,4}?[A-Z][\w’'.-]+(?: \([^)]*\))?, \w[^,]*,")
_SHORT_FORM: Final = re.compile(r"[a-z] \([A-Z][A-Za-z&-]*[A-Z]s?\)")
_SUBORDINATE: Final = re.compile(
    r"\b(?:that|who|which|whose|as|if|where|because|after|although|while|said|says)\b"
)
_NUMBER: Final = re.compile(r"\d")
_TOKEN: Final = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a line's signals need to know of the document: habits to compare with.

    `gap_ratio` compares the blank lines before the line with the usual number, `usual_cohesion`
    is the mean likeness of neighbouring passages. `credit_before` and `credit_after` tell whether
    a credit or caption stands next to the line.
    """

    gap_ratio: float
    usual_cohesion: float
    credit_before: bool = False
    credit_after: bool = False


class Story:
    """What is known of the story so far, kept up to date passage by passage.

    `earlier` are the full names of the stories before it in the document.
    """

    def __init__(self, earlier: Collection[Name] = ()) -> None:
        self.earlier = earlier
        self.passages: list[Wording] = []
        self.full: set[Name] = set()
        self.surnames: set[str] = set()
        self.shortened: set[str] = set()
        self.single: set[str] = set()
        self.stems: set[str] = set()

    def last_stems(self) -> frozenset[str]:
        """Stems of the last passages, as many as the window holds."""
        return frozenset[str]().union(*(item.stems for item in self.passages[-WINDOW:]))

    def add(self, passage: Wording) -> None:
        """Take in the next passage of the story."""
        self.passages.append(passage)
        self.shortened.update(last for _, last in passage.full - self.full if last in self.surnames)
        self.surnames |= passage.lasts
        self.shortened |= passage.single & self.surnames
        if passage.opener in self.surnames:
            self.shortened.add(passage.opener)
        self.full |= passage.full
        self.single |= passage.single
        self.stems |= passage.stems


def opening_signals(story: Story, after: Sequence[Wording], setting: Setting) -> Signals:
    """Signals that `after[0]` opens a story rather than goes on with `story`.

    `after` holds the passage in question and the few that follow it.
    """
    passage = after[0]
    signals = dict(_lead_of(passage))
    signals.update(_reference_signals(story, passage))
    ahead = frozenset[str]().union(*(item.stems for item in after[1:WINDOW]))
    signals.update(_cohesion_signals(story, passage, ahead, setting.usual_cohesion))
    signals.update(_later_signals(story, after))
    before = story.passages[-1] if story.passages else None
    length = len(story.passages)
    own = _lead_score(passage)
    signals["lead_above_before"] = (own - _lead_score(before)) / 5 if before else 0.0
    signals["lead_above_next"] = (own - _lead_score(after[1])) / 5 if len(after) > 1 else 0.0
    signals["cut_off"] = float(passage.text.endswith(("…", "...", "…]", "...]")))
    signals["wider_gap"] = float(setting.gap_ratio > 1.5)
    signals["second_passage"] = float(length == 1)
    signals["third_passage"] = float(length == 2)
    signals["after_background"] = float(
        before is not None and _BACKGROUND.search(before.first) is not None
    )
    return signals


def heading_signals(
    story: Story, heading: Wording, after: Sequence[Wording], setting: Setting
) -> Signals:
    """Signals that `heading`, which stands before `after`, is a headline of a new story."""
    signals = opening_signals(story, after, setting)
    words = heading.text.split()
    ahead = after[0].stems.union(*(passage.stems for passage in after[1:2]))
    signals["heading_credit_before"] = float(setting.credit_before)
    signals["heading_credit_after"] = float(setting.credit_after)
    signals["heading_words"] = min(len(words), 15) / 5
    signals["heading_short"] = float(len(words) <= 4)
    signals["heading_known_words"] = _share_known(heading.stems, story.stems)
    signals["heading_words_ahead"] = _share_known(heading.stems, ahead)
    signals["heading_question"] = float(heading.text.endswith("?"))
    signals["heading_punctuated"] = float(any(sign in heading.text for sign in ",:;?“‘\"'’"))
    return signals


def mid_story_signals(after: Sequence[Wording]) -> Signals:
    """Signals that the text opens in the middle of a story at `after[0]`."""
    passage = after[0]
    signals = lead_signals(passage)
    later = after[1] if len(after) > 1 else None
    signals["lone_speaker"] = float(_has_lone_speaker(passage))
    signals["next_refers_back"] = _refers_back(passage, later) if later else 0.0
    signals["next_names_speaker"] = float(
        later is not None and bool(later.opening_full - passage.full)
    )
    signals["background"] = float(_BACKGROUND.search(passage.first) is not None)
    return signals


_FOR_LEAD: Final = (
    "day_named",
    "perfect_early",
    "attribution_tail",
    "lead_length",
    "full_names",
    "gives_short_form",
    "says_now",
)
_AGAINST_LEAD: Final = (
    "opens_with_pronoun",
    "opens_with_connective",
    "opens_with_setting",
    "opens_with_definite",
    "opens_with_quote",
    "opens_with_speaker",
    "introduces_speaker",
    "additive_word",
    "short_sentence",
    "no_name",
    "past_perfect",
)


@lru_cache(maxsize=64)
def _lead_of(passage: Wording) -> Signals:
    """`lead_signals`, kept for the neighbours, which are compared with the passage."""
    return lead_signals(passage)


@lru_cache(maxsize=64)
def _lead_score(passage: Wording) -> float:
    """How much a passage looks like a lead: its signals for it less those against."""
    signal = _lead_of(passage).__getitem__
    return sum(map(signal, _FOR_LEAD)) - sum(map(signal, _AGAINST_LEAD))


def lead_signals(passage: Wording) -> Signals:
    """Signals from the passage alone: the shape of a lead, or of what cannot be one."""
    text, first = passage.text, passage.first
    words = _TOKEN.findall(first)
    day = _DAY.search(first) if _may_name_day(first) else None
    perfect = _PERFECT.search(first, 0, 100) if "has " in first or "have " in first else None
    if perfect is not None and _SUBORDINATE.search(first, 0, perfect.start()):
        perfect = None
    hedged = perfect is not None and (
        perfect[1] is not None or _UNTIL_NOW.search(first, perfect.end()) is not None
    )
    return {
        "bias": 1.0,
        "opens_with_pronoun": float(opens_with("pronoun", text)),
        "opens_with_connective": float(opens_with("connective", text)),
        "opens_with_setting": float(opens_with("setting", text)),
        "opens_with_quote": float(text[0] in "“\"‘'«"),
        "opens_with_definite": float(passage.definite is not None),
        "opens_with_number": float(_QUANTITY.match(text) is not None),
        "opens_with_article": float(passage.opener in ("A", "An")),
        "says_now": float("says" in words[:12] or "say" in words[:12]),
        "opens_with_people": float(passage.opener in demonyms()),
        "opens_with_title": float(titles().get(passage.opener) in ("office", "rank")),
        "opens_with_speaker": float(_opens_with_speaker(words)),
        "additive_word": float(not discourse_words("additive").isdisjoint(words)),
        "pronoun_first": float(_points_back(words)),
        "day_named": float(day is not None),
        "on_day": float(day is not None and day[1] is not None),
        "perfect_early": float(perfect is not None and not hedged),
        "perfect_hedged": float(perfect is not None and hedged),
        "lead_length": float(18 <= len(words) <= 45),
        "short_sentence": float(len(words) < 12),
        "full_names": min(len(passage.opening_full), 3) / 3,
        "no_name": float(not passage.opening_full and not passage.opening_single),
        "number": float(_NUMBER.search(first) is not None),
        "contains_quote": float(_QUOTE.search(first, 1) is not None),
        "attribution_tail": float(_ends_with_source(first)),
        "introduces_speaker": float(_introduces_speaker(first)),
        "gives_short_form": float(" (" in first and _SHORT_FORM.search(first) is not None),
        "past_perfect": float(" had " in first),
    }


def _may_name_day(text: str) -> bool:
    """Whether it is worth while to look for a day: each form of `_DAY` has one of these parts."""
    return "day" in text or "night" in text or "his " in text


def _ends_with_source(first: str) -> bool:
    """`..., officials said on Sunday.`: after the last comma, who says so."""
    comma = first.rfind(",")
    return comma >= 0 and _ATTRIBUTION_TAIL.match(first, comma) is not None


def _points_back(words: Sequence[str]) -> bool:
    """Whether a pronoun stands among the first words with no noun or name before it to mean."""
    for word in words[:8]:
        if word.lower() in _PRONOUNS:
            return True
        if word[0].isupper() and word != words[0]:
            return False
    return False


@cache
def _saying() -> frozenset[str]:
    return frozenset(reporting_verbs())


def _opens_with_speaker(words: Sequence[str]) -> bool:
    """`Rahimi said`, `The ministry also said`: somebody known, then a verb of saying."""
    return bool(words) and words[0] not in ("A", "An") and not _saying().isdisjoint(words[1:4])


def _introduces_speaker(first: str) -> bool:
    """`Engineer Ann Lee, who heads the office, said`: a name, what it is, a verb of saying."""
    match = _APPOSITION.match(first)
    return match is not None and not _saying().isdisjoint(
        _TOKEN.findall(first, match.end(), match.end() + 40)
    )


def _has_lone_speaker(passage: Wording) -> bool:
    """Whether a single name speaks in the first sentence that has not been given in full."""
    known = {last for _, last in passage.full}
    words = _TOKEN.findall(passage.first)
    return any(
        word[0].isupper()
        and verb in _saying()
        and not before[:1].isupper()
        and word not in known
        and word not in demonyms()
        for before, word, verb in zip(["", *words], words, words[1:], strict=False)
    )


def _reference_signals(story: Story, passage: Wording) -> Signals:
    surnames = story.surnames
    short = (
        passage.opener in surnames
        or not surnames.isdisjoint(passage.opening_single)
        or any(last in surnames for _, last in passage.opening_full - story.full)
    )
    anew = passage.opening_full & story.full
    restated = any(last in story.shortened for _, last in anew)
    names = passage.opening_single.union(last for _, last in passage.opening_full)
    known = story.single | surnames
    return {
        "short_name_known": float(short),
        "full_name_anew": float(restated),
        "full_name_kept": float(bool(anew) and not restated),
        "full_name_of_earlier": float(
            any(name in story.earlier for name in passage.opening_full - story.full)
        ),
        "fresh_full_names": min(len(passage.opening_full - story.full), 3) / 3,
        "names_known": _share_known(passage.single | passage.lasts, known),
        "opening_names_known": _share_known(names, known),
        "names_all_fresh": float(len(names) > 1 and names.isdisjoint(known)),
        "opener_known": float(passage.opener in known),
        "definite_known": float(passage.definite is not None and passage.definite in story.stems),
        "definite_fresh": float(
            passage.definite is not None and passage.definite not in story.stems
        ),
    }


def _cohesion_signals(
    story: Story, passage: Wording, ahead: frozenset[str], usual: float
) -> Signals:
    """Likeness of the blocks before and after, against the usual and against what comes later.

    `ahead` are the stems of the passages that follow. Likeness is that of `wording.likeness`.
    """
    own, before = passage.stems, story.last_stems()
    own_weight, ahead_weight, before_weight = passage.weight, weight_of(ahead), weight_of(before)
    shared_ahead = own & ahead
    shared_before = own & before
    back = cosine(weight_of(shared_before), before_weight, own_weight)
    forth = cosine(weight_of(shared_ahead), own_weight, ahead_weight)
    both = cosine(
        weight_of(shared_before | (ahead & before)),
        before_weight,
        own_weight + ahead_weight - weight_of(shared_ahead),
    )
    fresh = own - story.stems
    fresh_weight = weight_of(fresh)
    return {
        "cohesion": both,
        "cohesion_back": back,
        "cohesion_forth": forth,
        "cohesion_dip": forth - back,
        "cohesion_below_usual": usual - both,
        "cohesion_lead": likeness(story.passages[0], passage) if story.passages else 0.0,
        "words_known": _share(own_weight - fresh_weight, own_weight),
        "words_known_ahead": _share(weight_of(ahead & story.stems), ahead_weight),
        "chains_start": _share(weight_of(fresh & ahead), fresh_weight),
        "repeats_before": float(back > 0.7),
    }


def _later_signals(story: Story, after: Sequence[Wording]) -> Signals:
    """Whether the passages after this one lean on it, or on the story before it."""
    passage, later = after[0], after[1:WINDOW]
    own = passage.lasts
    surnames = story.surnames
    leans_back = any(
        item.opener in surnames or not surnames.isdisjoint(item.opening_single) for item in later
    )
    definites = {item.definite for item in later if item.definite is not None}
    return {
        "next_refers_back": _refers_back(passage, later[0]) if later else 0.0,
        "later_short_name_old": float(leans_back),
        "later_short_name_own": float(
            any(not own.isdisjoint(item.single | {item.opener}) for item in later)
        ),
        "later_definite_old": float(bool((definites - passage.stems) & story.stems)),
        "later_definite_own": float(bool((definites & passage.stems) - story.stems)),
        "nothing_later": float(not later),
    }


def _refers_back(passage: Wording, following: Wording) -> float:
    """1 where `following` uses a short form of a name given in full in `passage`, or a pronoun."""
    if not passage.lasts.isdisjoint(following.opening_single | {following.opener}):
        return 1.0
    return float(opens_with("pronoun", following.text))


def _share_known(words: Collection[str], known: Collection[str]) -> float:
    """Share of `words` that are in `known`; 0 where there are none."""
    return sum(word in known for word in words) / len(words) if words else 0.0


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
