"""The values that pass between the steps, and what their fields mean.

Offsets
    `char_start` and `char_end` count characters (code points) from 0, end exclusive. In a
    `Paragraph` and an `Article` they count from the start of the source's decoded text, with
    newlines as in the file and without a byte-order mark. In what extraction finds (`Mention`,
    `Figure`, `DateSpan`, `Quote`, `Statement`, `RoleHeld`) they count from the start of the
    paragraph, so that extraction can be called on any string; the writer adds the paragraph's
    own `char_start`. In every record `text` is exactly the slice at its offsets.

Null
    `None` always means "the text does not say", never zero and never "unknown to us".

Dates
    Days are ISO 8601 strings (`2025-07-15`), so that they sort and go into SQLite as they are.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a paragraph is to its article."""

    HEADLINE = "headline"
    SUBHEADING = "subheading"
    BODY = "body"
    CREDIT = "credit"
    CAPTION = "caption"
    TEASER = "teaser"
    FURNITURE = "furniture"


class ArticleKind(StrEnum):
    """Whether a story is whole: with a lead, cut off, or without its beginning."""

    ARTICLE = "article"
    TEASER = "teaser"
    FRAGMENT = "fragment"


class EntityType(StrEnum):
    """What a name names (the types of OntoNotes 5, without its numeric ones)."""

    PERSON = "PERSON"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    FAC = "FAC"
    NORP = "NORP"
    EVENT = "EVENT"
    PRODUCT = "PRODUCT"
    LAW = "LAW"
    WORK = "WORK"


class FigureKind(StrEnum):
    """The dimension of a figure."""

    COUNT = "count"
    MONEY = "money"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    DURATION = "duration"
    PERCENTAGE = "percentage"
    AGE = "age"
    TEMPERATURE = "temperature"
    SPEED = "speed"
    RATE = "rate"
    OTHER = "other"


class Modifier(StrEnum):
    """How a number is hedged; with `about` and `nearly`, low and high are the number stated."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    VAGUE = "vague"


class Status(StrEnum):
    """Whether the text tells a figure as fact, plan, disputed claim, denial or possibility."""

    REPORTED = "reported"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


class AttributionKind(StrEnum):
    """On whose word a figure stands."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    OUTLET = "outlet"


class QuoteKind(StrEnum):
    """A sentence or more, a part of a sentence, or words set off at arm's length."""

    DIRECT = "direct"
    PARTIAL = "partial"
    SCARE = "scare"


class Relation(StrEnum):
    """How the longer or later of two articles stands to the other."""

    IDENTICAL = "identical"
    REVISION = "revision"
    CONTAINS = "contains"
    EXCERPT = "excerpt"


class Precision(StrEnum):
    """How finely a date is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


# ------------------------------------------------------------------------------ reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article appeared and how that is known.

    `on` is the first day of the period (`2024-11-01` for November 2024), `at` the time with its
    offset from UTC where known. `source` tells where the date came from: `option`, `metadata`,
    `byline`, `dateline` ...
    """

    on: str
    at: str | None = None
    precision: Precision = Precision.DAY
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a document beside its text, from the user or the file's format.

    `status` is `corrected` or `cancelled` where the publisher says so; of the documents of one
    name the one with the highest `version` is current, whichever came last.
    """

    outlet: str | None = None
    outlet_domain: str | None = None
    published: Published | None = None
    updated_at: str | None = None
    url: str | None = None
    headline: str | None = None
    byline: str | None = None
    agency: str | None = None
    section: str | None = None
    language: str | None = None
    retrieved_at: str | None = None
    status: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """The bytes of one source, a file or a record of a container, before they are read.

    `content` is what the archive keeps and never changes; `name` identifies the source.
    `metadata` is what the user said of it, `found` what the container it came in says of it.
    `format` names the format that reads it, None where its bytes tell; `mapping` pairs fields of
    the archive with fields of the record (`("text", "body")`), as the user gave them.
    """

    name: str
    content: bytes
    metadata: Metadata = field(default_factory=Metadata)
    found: Metadata = field(default_factory=Metadata)
    format: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a document's text that its format sets apart, and its role if that tells it.

    Offsets count characters of the document's text.
    """

    char_start: int
    char_end: int
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source as text. Every offset in the archive counts characters of `text`.

    `encoding` decodes the raw bytes (Python's codec name). `is_rendition` is true where `text` is
    not the decoded bytes but was made from them by a reader (HTML, PDF, ...): then it is stored.
    `metadata` is what the user, else the file, else its container said. Where `parts` are given
    the text is one story, and a line within a part that has a role has that role; without them
    the text may hold any number of stories.
    """

    name: str
    text: str
    media_type: str
    encoding: str | None
    is_rendition: bool = False
    metadata: Metadata = field(default_factory=Metadata)
    parts: tuple[Part, ...] = ()


# --------------------------------------------------------------------------- segmenting


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A stretch of text without surrounding white space, and its role.

    `article` is the index of its article in `Segments.articles`, None for furniture that
    belongs to no story. `position` counts from 1 within the source.
    """

    position: int
    role: Role
    article: int | None
    text: str
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One story of a source, from its first to its last paragraph.

    `position` counts from 1 within the source. `headline`, `byline` and `dateline` are as
    written; `dateline` is the place part of an opening such as `Kabul, Afghanistan — `.
    """

    position: int
    kind: ArticleKind
    char_start: int
    char_end: int
    headline: str | None = None
    byline: str | None = None
    agency: str | None = None
    section: str | None = None
    dateline: str | None = None
    published: Published | None = None
    updated_at: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The articles and paragraphs of one document, each in the order of the text."""

    articles: tuple[Article, ...]
    paragraphs: tuple[Paragraph, ...]


# --------------------------------------------------------------------------- extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in a paragraph: no article, title or possessive; names do not nest.

    `rule` names what found it, `score` (0 to 1) how sure that is.
    """

    char_start: int
    char_end: int
    text: str
    type: EntityType
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Somebody or something that a paragraph speaks of.

    `text` is as written (`Human Rights Watch`, `senior military official`), without article.
    `mention` points to the name meant, as (index of the paragraph in the sequence extracted
    together, index in its mentions), also from a pronoun; None for a description.
    """

    text: str
    mention: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity that a paragraph states, in digits or in words.

    `low` and `high` bound the number in `unit`, scale words multiplied out: `more than one
    million` has low 1000000 and high None. `value` is the number as written, None where it is
    vague or a range. `unit` is the singular name of the unit of measure, the ISO 4217 code for
    money, `person` where people are counted, else the singular head noun; `unit_name` is its
    name in the `units` table, None for a head noun. `si_low` and `si_high` are the bounds in the
    SI unit of the kind. `period_start` and `period_end` are days. `sentence_start` and
    `sentence_end` bound the sentence that states it.
    """

    char_start: int
    char_end: int
    text: str
    kind: FigureKind
    low: float | None
    high: float | None
    value: float | None
    modifier: Modifier
    sentence_start: int
    sentence_end: int
    rule: str
    score: float = 1.0
    unit: str | None = None
    unit_name: str | None = None
    per: str | None = None
    counted: str | None = None
    measure: str | None = None
    status: Status = Status.REPORTED
    trend: str | None = None
    period: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    attributed_to: Reference | None = None
    attribution_kind: AttributionKind | None = None
    counted_entity: Reference | None = None
    actor: Reference | None = None
    place: Reference | None = None
    si_low: float | None = None
    si_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """A calendar expression, resolved to the days it covers where the text allows it.

    `start_date` and `end_date` are its first and last day; `edtf` the same in the Extended
    Date/Time Format (ISO 8601-2): `2021-08`, `XXXX-04-01`. `precision` is day, month, season,
    quarter, year, decade ...; `resolved_from` the publication day that a relative expression was
    counted from, None where none was needed.
    """

    char_start: int
    char_end: int
    text: str
    start_date: str | None = None
    end_date: str | None = None
    edtf: str | None = None
    precision: str | None = None
    resolved_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words between quotation marks, without the marks."""

    char_start: int
    char_end: int
    text: str
    kind: QuoteKind
    speaker: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Reported speech without quotation marks, and whose it is."""

    char_start: int
    char_end: int
    text: str
    source: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """A post as written (`Acting Foreign Minister`), who holds it and of what."""

    char_start: int
    char_end: int
    text: str
    holder: Reference
    of: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that was found in one paragraph, each list in the order of the text."""

    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateSpan, ...] = ()
    quotes: tuple[Quote, ...] = ()
    statements: tuple[Statement, ...] = ()
    roles: tuple[RoleHeld, ...] = ()


# --------------------------------------------------------------------------- resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedName:
    """Which entity one mention speaks of, as its document tells.

    `name` is the fullest form that the document uses, or the vocabulary's name (`Turkey` for
    `Turkiye`). Mentions of all documents that agree in `key`, `type`, `country_code` and `sense`
    are one entity of their own; `resolution.clusters` tells which of these are the same. `sense`
    tells bearers of one name apart by what the document says of them: for persons country and
    field (`IR:politics`, `BR:sport`, see `resolution.senses`), empty where it says nothing and
    for all other types. `rule` and `score` explain the choice.
    """

    name: str
    key: str
    type: EntityType
    country_code: str | None
    rule: str
    sense: str = ""
    score: float = 1.0
    latitude: float | None = None
    longitude: float | None = None


EntityKey = tuple[str, EntityType, str | None, str]
"""Natural key of an own entity: name_key, type, country_code, sense."""

MOST_NAMES = 64
MOST_COUNTRIES = 8
MOST_COMPANIONS = 64
MOST_ROLES = 16
MOST_ARTICLES = 256
"""Bounds of what is told of a `Candidate`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What stands around an own entity in the articles that mention it.

    Taken from its current articles, of more than MOST_ARTICLES those of the smallest uid.
    `countries` are (code, number of these articles that name the country, its people or
    something with that country_code), the own entity itself left out, most articles first, then
    by code, MOST_COUNTRIES at most. `companions` are the name keys of other own entities of type
    PERSON, ORG, GPE, LOC, FAC or EVENT that these articles mention, countries (`countries.csv`)
    left out, most articles first, then by key, MOST_COMPANIONS at most. `roles` are the posts
    given to it (`roles.role`), lower case, most often first, then by text, MOST_ROLES at most.
    `articles` counts all its current articles.
    """

    countries: tuple[tuple[str, int], ...] = ()
    companions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    articles: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An own entity with all that speaks for or against its being another one.

    `names` are its aliases (all written forms and document names), sorted, MOST_NAMES at most.
    """

    key: EntityKey
    name: str
    names: tuple[str, ...]
    context: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two own entities that are one: by which rule, and how sure (0 to 1, three decimals).

    `left` is the smaller key (`None` as the empty text), so that a pair has one form.
    """

    left: EntityKey
    right: EntityKey
    rule: str
    score: float


# ------------------------------------------------------------------------------ writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One source, read, cut, extracted and resolved: all that the writer needs.

    `facts`, `names` and `words_hashes` run along `segments.paragraphs`, `names[i]` along
    `facts[i].mentions`. In `facts` the paragraph index of a `Reference` counts paragraphs of
    `segments`. `places` and `fingerprints` run along `segments.articles`: the name in the
    dateline, as (paragraph, mention), and the hashes by which copies are found. `packed` is the
    raw content compressed as `compression` says, `given` what the user said of the source.
    """

    document: Document
    given: Metadata = field(default_factory=Metadata)
    sha256: str
    byte_count: int
    packed: bytes
    compression: str
    segments: Segments
    facts: tuple[Facts, ...]
    names: tuple[tuple[ResolvedName, ...], ...]
    places: tuple[tuple[int, int] | None, ...]
    words_hashes: tuple[int | None, ...]
    word_counts: tuple[int, ...]
    fingerprints: tuple[tuple[int, ...], ...]
