"""The tables of the archive.

Every column explains itself in `comment=`; the schema page and the column descriptions in
`metadata.yml` are made from these. Offsets count characters of the source's decoded text, from
0, end exclusive. Days and times are ISO 8601 text, so that they sort, compare and read as they
are.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from archive.records import (
    ArticleKind,
    AttributionKind,
    EntityType,
    FigureKind,
    Modifier,
    Precision,
    QuoteKind,
    Relation,
    Role,
    Status,
)

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables; names every constraint by one convention."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[type, TypeEngine[str]]] = {str: Text()}


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Allow only the values of an enumeration (null passes, as in SQL)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def span() -> CheckConstraint:
    """Hold that a span is not empty and does not begin before the text."""
    return CheckConstraint("0 <= char_start AND char_start < char_end", name="span")


Id = Annotated[int, mapped_column(primary_key=True, comment="Number of the row in this archive")]
CharStart = Annotated[
    int, mapped_column(comment="First character in the source's text, counted from 0")
]
CharEnd = Annotated[int, mapped_column(comment="One past the last character in the source's text")]
ParagraphRef = Annotated[
    int,
    mapped_column(
        ForeignKey("paragraphs.id", ondelete="CASCADE"), index=True, comment="Paragraph it is in"
    ),
]
CountryRef = Annotated[str | None, mapped_column(ForeignKey("countries.code"), index=True)]
Rule = Annotated[str, mapped_column(comment="Name of the rule or model that found it")]
Score = Annotated[
    float, mapped_column(comment="How sure that rule is, from 0 to 1, three decimals")
]


def entity_ref(comment: str) -> Mapped[int | None]:
    """Refer to an entity by a column that is emptied when the entity goes."""
    return mapped_column(
        ForeignKey("entities.id", ondelete="SET NULL"), index=True, comment=comment
    )


def own_ref(of: str) -> Mapped[int | None]:
    """Remember beside a reference the entity that the document alone gave.

    A plain number without a foreign key, for it is looked up only where it is set; `archive check`
    holds that it names an entity. `digest.natural_select` reads `refers_to`.
    """
    return mapped_column(
        comment=f"Entity that `{of}` was before it was merged into that one; null where it is "
        "that one",
        info={"refers_to": "entities"},
    )


def own_index(column: str) -> Index:
    """Find the rows of an entity that was merged away; few rows have one."""
    return Index(None, column, sqlite_where=text(f"{column} IS NOT NULL"))


# ------------------------------------------------------------------------------ sources


class Run(Base):
    """One call that wrote to the archive: software versions and what it brought."""

    __tablename__ = "runs"

    id: Mapped[Id]
    command: Mapped[str] = mapped_column(comment="ingest, reprocess or remove")
    started_at: Mapped[str] = mapped_column(comment="UTC time the run began")
    is_complete: Mapped[bool] = mapped_column(comment="0 while it runs, and for ever if killed")
    archive_version: Mapped[str] = mapped_column(comment="Version of News Archive")
    extractor_version: Mapped[str] = mapped_column(comment="Version of the extraction rules")
    python_version: Mapped[str] = mapped_column(comment="Version of Python")
    sqlite_version: Mapped[str] = mapped_column(comment="Version of SQLite")
    stored: Mapped[int] = mapped_column(comment="Sources stored that were not known before")
    revised: Mapped[int] = mapped_column(comment="Sources stored as a revision of a known one")
    reprocessed: Mapped[int] = mapped_column(comment="Sources extracted again")
    unchanged: Mapped[int] = mapped_column(comment="Sources that were already stored")
    left_out: Mapped[int] = mapped_column(comment="Sources skipped because they were removed once")
    removed: Mapped[int] = mapped_column(comment="Sources taken out")
    failed: Mapped[int] = mapped_column(comment="Documents that could not be read")


class Source(Base):
    """A file, or a record of a container, exactly as it came."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("name", "sha256"),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(comment="Path as given, or URL; `#` before a record's name")
    sha256: Mapped[str] = mapped_column(index=True, comment="SHA-256 of the raw bytes, hex")
    media_type: Mapped[str] = mapped_column(comment="IANA media type of the raw bytes")
    encoding: Mapped[str | None] = mapped_column(
        comment="Python codec that decodes the raw bytes; null for formats that are no text"
    )
    byte_count: Mapped[int] = mapped_column(comment="Length of the raw bytes")
    url: Mapped[str | None] = mapped_column(index=True, comment="Where it was published")
    outlet_id: Mapped[int | None] = mapped_column(
        ForeignKey("outlets.id"), index=True, comment="Outlet that published it"
    )
    retrieved_at: Mapped[str | None] = mapped_column(
        comment="When it was fetched, where the format or the user tells"
    )
    superseded_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("sources.id", ondelete="SET NULL"),
        index=True,
        comment="Source that replaced this one under the same name; null for current sources",
    )
    extractor_version: Mapped[str] = mapped_column(
        index=True, comment="Version of the rules that made this source's rows"
    )
    metadata_json: Mapped[str] = mapped_column(
        comment="What is known of the document beside its text, from the user, its own bytes or "
        "its container, as a JSON object"
    )
    given_json: Mapped[str] = mapped_column(
        server_default=text("'{}'"), comment="The part of it that the user said, as a JSON object"
    )
    run_id: Mapped[int] = mapped_column(
        ForeignKey("runs.id"), index=True, comment="Run that stored it"
    )


class SourceContent(Base):
    """The raw bytes of a source, and its text where decoding the bytes does not give it."""

    __tablename__ = "source_contents"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True, comment="Source"
    )
    content: Mapped[bytes] = mapped_column(LargeBinary, comment="Raw bytes, compressed")
    compression: Mapped[str] = mapped_column(comment="How `content` is compressed: zlib or none")
    text: Mapped[str | None] = mapped_column(
        comment="The rendition that offsets count in; null where decoding `content` gives it"
    )
    parts: Mapped[str | None] = mapped_column(
        comment="Parts that the format sets apart, as JSON: [[first character, one past the last, "
        "role or null], ...]; null where the format tells nothing of roles"
    )


class Outlet(Base):
    """Who publishes: a newspaper, site, broadcaster or agency."""

    __tablename__ = "outlets"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True, comment="Name as given")
    domain: Mapped[str | None] = mapped_column(
        index=True, comment="Internet domain it publishes at"
    )
    country_code: Mapped[CountryRef] = mapped_column(comment="Country it publishes from")


class Removal(Base):
    """A source that was taken out and is kept out."""

    __tablename__ = "removals"
    __table_args__ = (UniqueConstraint("name", "sha256"),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(comment="Name the source had")
    sha256: Mapped[str] = mapped_column(comment="SHA-256 of its raw bytes, hex")
    reason: Mapped[str] = mapped_column(comment="Why it was taken out")
    run_id: Mapped[int] = mapped_column(
        ForeignKey("runs.id"), index=True, comment="Run that took it out"
    )


class Failure(Base):
    """A document that could not be read; the row goes when a later run reads it."""

    __tablename__ = "failures"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True, comment="Name of the document")
    reason: Mapped[str] = mapped_column(comment="What is wrong with it and what to do")
    run_id: Mapped[int] = mapped_column(
        ForeignKey("runs.id"), index=True, comment="Last run that failed to read it"
    )


# ----------------------------------------------------------------------------- articles


class Article(Base):
    """A story: whole, cut off (teaser) or without its beginning (fragment)."""

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("source_id", "position"),
        Index(None, "outlet_id", "published_on"),
        CheckConstraint("0 <= char_start AND char_start < char_end", name="span"),
        CheckConstraint("status IN ('usable', 'corrected', 'cancelled')", name="status"),
        one_of("kind", ArticleKind),
        one_of("published_precision", Precision),
        own_index("place_own_entity_id"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(
        index=True,
        comment="Permanent name: first 16 hex digits of SHA-256 over the source's SHA-256, a "
        "colon and char_start; the same in every archive that holds the same bytes",
    )
    source_id: Mapped[int] = mapped_column(
        ForeignKey("sources.id", ondelete="CASCADE"), comment="Source it stands in"
    )
    position: Mapped[int] = mapped_column(comment="Place in the source, from 1")
    kind: Mapped[str] = mapped_column(
        comment="article, teaser (cut off) or fragment (opens in mid-story)"
    )
    headline: Mapped[str | None] = mapped_column(comment="Headline as written")
    byline: Mapped[str | None] = mapped_column(comment="Line that names the writers")
    agency: Mapped[str | None] = mapped_column(index=True, comment="News agency it comes from")
    section: Mapped[str | None] = mapped_column(comment="Section of the outlet")
    dateline: Mapped[str | None] = mapped_column(comment="Place part of the opening, as written")
    place_entity_id: Mapped[int | None] = entity_ref("Place of the dateline")
    place_own_entity_id: Mapped[int | None] = own_ref("place_entity_id")
    outlet_id: Mapped[int | None] = mapped_column(
        ForeignKey("outlets.id"), comment="Outlet that published it"
    )
    url: Mapped[str | None] = mapped_column(index=True, comment="Where it was published")
    published_on: Mapped[str | None] = mapped_column(
        index=True, comment="Day of publication; first day of the month or year if no more is known"
    )
    published_at: Mapped[str | None] = mapped_column(comment="Time of publication, with offset")
    published_precision: Mapped[str | None] = mapped_column(comment="minute, day, month or year")
    published_source: Mapped[str | None] = mapped_column(
        comment="Where the date came from: option, metadata, byline, dateline"
    )
    updated_at: Mapped[str | None] = mapped_column(comment="When the outlet last changed it")
    status: Mapped[str] = mapped_column(comment="usable, corrected or cancelled by its publisher")
    language: Mapped[str | None] = mapped_column(
        index=True, comment="ISO 639-1 code; extraction runs for en only"
    )
    word_count: Mapped[int] = mapped_column(comment="Words of its paragraphs, furniture aside")
    char_start: Mapped[CharStart]
    char_end: Mapped[CharEnd]


class Paragraph(Base):
    """A line of the source that is not blank, in its role."""

    __tablename__ = "paragraphs"
    __table_args__ = (
        UniqueConstraint("source_id", "position"),
        CheckConstraint("0 <= char_start AND char_start < char_end", name="span"),
        Index(None, "words_hash", "copy_of_id"),
        one_of("role", Role),
        one_of("page_role", Role),
    )

    id: Mapped[Id]
    source_id: Mapped[int] = mapped_column(
        ForeignKey("sources.id", ondelete="CASCADE"), comment="Source it stands in"
    )
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"),
        index=True,
        comment="Article it belongs to; null for furniture outside any",
    )
    position: Mapped[int] = mapped_column(comment="Place in the source, from 1")
    role: Mapped[str] = mapped_column(
        comment="headline, subheading, body, credit, caption, teaser or furniture"
    )
    page_role: Mapped[str] = mapped_column(
        comment="Role as its own page tells; `role` is furniture where the outlet repeats the line"
    )
    text: Mapped[str] = mapped_column(comment="Exactly the source's characters at the offsets")
    words_hash: Mapped[int | None] = mapped_column(
        comment="64-bit hash of its words (case, punctuation and space aside); null without words",
    )
    char_start: Mapped[CharStart]
    char_end: Mapped[CharEnd]
    copy_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("paragraphs.id", ondelete="SET NULL"),
        index=True,
        comment="Earliest paragraph of a current source with the same words; null if it is that",
    )


class ArticlePair(Base):
    """Two articles of which one repeats the other, whole or in part."""

    __tablename__ = "article_pairs"
    __table_args__ = (one_of("relation", Relation),)

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        comment="The longer or later article",
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
        comment="The other article",
    )
    relation: Mapped[str] = mapped_column(
        comment="What the first is to the other: identical, revision, contains, excerpt"
    )
    similarity: Mapped[float] = mapped_column(comment="Share of words in common, 0 to 1")
    shared_words: Mapped[int] = mapped_column(comment="Number of words in common")


class Fingerprint(Base):
    """A run of words that an article shares with every article of the same hash.

    Of the hashes of all runs of a few words, those chosen by winnowing: enough that any longer
    shared passage shares at least one. By them a new article finds its copies without reading
    the others.
    """

    __tablename__ = "fingerprints"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[int] = mapped_column(
        primary_key=True,
        comment="Hash of a run of words (upper 44 bits) and of the article's uid (lower 20 bits)",
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
        comment="Article that has it",
    )


class ParagraphPair(Base):
    """Two paragraphs that say nearly the same in nearly the same words."""

    __tablename__ = "paragraph_pairs"

    paragraph_id: Mapped[int] = mapped_column(
        ForeignKey("paragraphs.id", ondelete="CASCADE"),
        primary_key=True,
        comment="The longer or later paragraph",
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("paragraphs.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
        comment="The other paragraph",
    )
    similarity: Mapped[float] = mapped_column(comment="Share of words in common, 0 to 1")
    shared_words: Mapped[int] = mapped_column(comment="Number of words in common")


# ----------------------------------------------------------------------------- entities


class Entity(Base):
    """Somebody or something that has a name.

    Names that documents give alike are one entity from the start; entities found to be the same
    are merged into one of them. The others keep their row and say which.
    """

    __tablename__ = "entities"
    __table_args__ = (
        Index(None, "name_key", "type", "country_code", "sense"),
        one_of("type", EntityType),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, comment="Number of the entity; never given to another"
    )
    name: Mapped[str] = mapped_column(index=True, comment="Name it goes by")
    name_key: Mapped[str] = mapped_column(
        comment="Name as compared: lower case, without accents, punctuation or leading article; "
        "mentions that agree in it, in type, in country and in sense are one entity"
    )
    type: Mapped[str] = mapped_column(
        index=True,
        comment="PERSON, ORG, GPE (country, province, city), LOC, FAC, NORP, EVENT, PRODUCT, LAW "
        "or WORK",
    )
    country_code: Mapped[CountryRef] = mapped_column(
        comment="Country that it is, lies in, belongs to, or names the people of"
    )
    sense: Mapped[str] = mapped_column(
        server_default=text("''"),
        comment="What documents say of the bearer, where bearers of one name must be told apart",
    )
    latitude: Mapped[float | None] = mapped_column(comment="Degrees north (WGS 84)")
    longitude: Mapped[float | None] = mapped_column(comment="Degrees east (WGS 84)")
    merged_into_id: Mapped[int | None] = entity_ref(
        "Entity that decisions found this to be; every reference in the archive is to that one"
    )


class Alias(Base):
    """A form in which an entity is named."""

    __tablename__ = "aliases"

    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True, comment="Entity"
    )
    name: Mapped[str] = mapped_column(
        primary_key=True, index=True, comment="Form as some paragraph writes it"
    )
    is_own: Mapped[bool] = mapped_column(
        server_default=text("1"),
        comment="0 for a form that only entities merged into this one have",
    )


class EntityKey(Base):
    """A key under which an entity is compared with others of the same key, and with no others."""

    __tablename__ = "entity_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[str] = mapped_column(primary_key=True, comment="Key, made from type and names")
    entity_id: Mapped[int] = mapped_column(
        primary_key=True,
        index=True,
        comment="Entity that has it",
        info={"refers_to": "entities"},
    )


class UnsettledEntity(Base):
    """An entity that is new, changed or gone since it was last compared with others.

    The end of a run leaves none; where a run was killed, the next one goes on with these.
    """

    __tablename__ = "unsettled_entities"

    entity_id: Mapped[int] = mapped_column(primary_key=True, comment="Number of the entity")


class UnsettledKey(Base):
    """A key whose entities are to be compared again; the end of a run leaves none."""

    __tablename__ = "unsettled_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[str] = mapped_column(primary_key=True, comment="Key, as in `entity_keys`")


class Mention(Base):
    """A name in a paragraph."""

    __tablename__ = "mentions"
    __table_args__ = (
        span(),
        one_of("type", EntityType),
        Index(None, "entity_id", "own_entity_id"),
        own_index("own_entity_id"),
    )

    id: Mapped[Id]
    paragraph_id: Mapped[ParagraphRef]
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), comment="Entity it names")
    own_entity_id: Mapped[int | None] = own_ref("entity_id")
    text: Mapped[str] = mapped_column(comment="Name as written")
    name: Mapped[str] = mapped_column(
        comment="Fullest name of the same bearer in its document, by which the entity was found"
    )
    type: Mapped[str] = mapped_column(comment="Type of what is named, as for entities")
    char_start: Mapped[CharStart]
    char_end: Mapped[CharEnd]
    rule: Mapped[Rule]
    score: Mapped[Score]


class RoleHeld(Base):
    """A post that somebody is said to hold."""

    __tablename__ = "roles"
    __table_args__ = (span(), own_index("own_entity_id"), own_index("of_own_entity_id"))

    id: Mapped[Id]
    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entities.id"), index=True, comment="Who holds the post"
    )
    own_entity_id: Mapped[int | None] = own_ref("entity_id")
    role: Mapped[str] = mapped_column(comment="Post as written")
    of_entity_id: Mapped[int | None] = entity_ref("Body, place or people that the post is of")
    of_own_entity_id: Mapped[int | None] = own_ref("of_entity_id")
    paragraph_id: Mapped[ParagraphRef]
    char_start: Mapped[CharStart]
    char_end: Mapped[CharEnd]


class Decision(Base):
    """A judgement that two names are one entity, or are not; clusters are derived from these.

    A rule's judgement stands while the rule gives it; a user's stands until it is undone, and
    waits where the archive does not hold its names.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("verdict IN ('same', 'different')", name="verdict"),
        one_of("left_type", EntityType),
        one_of("right_type", EntityType),
        Index(None, "left_key", "left_type"),
        Index(None, "right_key", "right_type"),
        Index(None, "block", sqlite_where=text("block IS NOT NULL")),
        Index("ix_decisions_user", "id", sqlite_where=text("block IS NULL")),
    )

    id: Mapped[Id]
    left_name: Mapped[str] = mapped_column(comment="One name")
    left_key: Mapped[str] = mapped_column(
        server_default=text("''"), comment="It as compared, as in `entities.name_key`"
    )
    left_type: Mapped[str] = mapped_column(comment="Its type")
    left_country_code: Mapped[CountryRef] = mapped_column(comment="Its country")
    left_sense: Mapped[str | None] = mapped_column(comment="Its sense; null for all of them")
    right_name: Mapped[str] = mapped_column(comment="The other name")
    right_key: Mapped[str] = mapped_column(
        server_default=text("''"), comment="It as compared, as in `entities.name_key`"
    )
    right_type: Mapped[str] = mapped_column(comment="Its type")
    right_country_code: Mapped[CountryRef] = mapped_column(comment="Its country")
    right_sense: Mapped[str | None] = mapped_column(comment="Its sense; null for all of them")
    verdict: Mapped[str] = mapped_column(comment="same or different")
    score: Mapped[Score]
    decided_by: Mapped[str] = mapped_column(comment="Name of the rule, or `user:` and who decided")
    block: Mapped[str | None] = mapped_column(
        comment="Key under which the rule compared them, as in `entity_keys`; null for users"
    )
    reason: Mapped[str | None] = mapped_column(comment="Why, in the user's words")
    made_at: Mapped[str] = mapped_column(comment="UTC time of the decision")
    undone_at: Mapped[str | None] = mapped_column(comment="UTC time it was taken back")


# ------------------------------------------------------------------------------ figures


class Figure(Base):
    """A quantity that a paragraph states, in digits or in words."""

    __tablename__ = "figures"
    __table_args__ = (
        span(),
        CheckConstraint("low IS NOT NULL OR high IS NOT NULL", name="bounded"),
        CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="ordered"),
        CheckConstraint("trend IN ('up', 'down')", name="trend"),
        one_of("kind", FigureKind),
        one_of("modifier", Modifier),
        one_of("status", Status),
        one_of("attribution_kind", AttributionKind),
        Index(None, "measure", "place_entity_id", "period_start"),
        own_index("attributed_own_entity_id"),
        own_index("counted_own_entity_id"),
        own_index("actor_own_entity_id"),
        own_index("place_own_entity_id"),
    )

    id: Mapped[Id]
    paragraph_id: Mapped[ParagraphRef]
    text: Mapped[str] = mapped_column(comment="From the hedge to the unit of measure, as written")
    kind: Mapped[str] = mapped_column(
        index=True,
        comment="count, money, length, area, volume, mass, duration, percentage, age, "
        "temperature, speed, rate or other",
    )
    value: Mapped[float | None] = mapped_column(
        comment="The number as written, in `unit`; null where it is vague or a range"
    )
    low: Mapped[float | None] = mapped_column(
        comment="Smallest value stated, in `unit`; null when open below"
    )
    high: Mapped[float | None] = mapped_column(
        comment="Largest value stated, in `unit`; null when open above"
    )
    modifier: Mapped[str] = mapped_column(
        comment="How the number is hedged: exact, about, nearly, at_least, more_than, at_most, "
        "less_than, between or vague"
    )
    unit: Mapped[str | None] = mapped_column(
        index=True,
        comment="Singular unit of measure, ISO 4217 code for money, person, or the noun counted",
    )
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("units.id"), index=True, comment="Unit of measure; null for nouns counted"
    )
    per: Mapped[str | None] = mapped_column(comment="What a rate is per: day, person, barrel")
    counted: Mapped[str | None] = mapped_column(
        comment="What is measured, with the participle of what happened: Afghans deported"
    )
    measure: Mapped[str | None] = mapped_column(
        ForeignKey("measures.name"), comment="What happened to what is counted, from `measures`"
    )
    status: Mapped[str] = mapped_column(
        comment="reported, planned, alleged, denied or hypothetical"
    )
    trend: Mapped[str | None] = mapped_column(comment="up or down, where a change is told")
    period: Mapped[str | None] = mapped_column(comment="Time expression that bounds it, as written")
    period_start: Mapped[str | None] = mapped_column(comment="First day of the period")
    period_end: Mapped[str | None] = mapped_column(comment="Last day of the period")
    attributed_to: Mapped[str | None] = mapped_column(
        comment="Whoever the text gives as source: a name, or a description without its article"
    )
    attribution_kind: Mapped[str | None] = mapped_column(comment="named, anonymous or outlet")
    attributed_entity_id: Mapped[int | None] = entity_ref("The source, where it has a name")
    attributed_own_entity_id: Mapped[int | None] = own_ref("attributed_entity_id")
    counted_entity_id: Mapped[int | None] = entity_ref("Who or what is counted")
    counted_own_entity_id: Mapped[int | None] = own_ref("counted_entity_id")
    actor_entity_id: Mapped[int | None] = entity_ref("Who did it")
    actor_own_entity_id: Mapped[int | None] = own_ref("actor_entity_id")
    place_entity_id: Mapped[int | None] = entity_ref("Where")
    place_own_entity_id: Mapped[int | None] = own_ref("place_entity_id")
    si_low: Mapped[float | None] = mapped_column(comment="`low` in the SI unit of the kind")
    si_high: Mapped[float | None] = mapped_column(comment="`high` in the SI unit of the kind")
    sentence_start: Mapped[int] = mapped_column(
        comment="First character of the sentence, in the source's text"
    )
    sentence_end: Mapped[int] = mapped_column(comment="One past the last character of the sentence")
    char_start: Mapped[CharStart]
    char_end: Mapped[CharEnd]
    rule: Mapped[Rule]
    score: Mapped[Score]


class Unit(Base):
    """A unit of measure, or a currency."""

    __tablename__ = "units"
    __table_args__ = (one_of("kind", FigureKind),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True, comment="Singular name; ISO 4217 for currencies")
    symbol: Mapped[str | None] = mapped_column(comment="Symbol: km, %, €")
    kind: Mapped[str] = mapped_column(comment="Dimension, as in figures.kind")
    si_unit: Mapped[str | None] = mapped_column(comment="SI unit of the same dimension")
    si_factor: Mapped[float | None] = mapped_column(
        comment="SI units in one of this unit; null for money and for temperatures"
    )


class Measure(Base):
    """What can happen to what is counted, so that figures of different wording compare."""

    __tablename__ = "measures"

    name: Mapped[str] = mapped_column(primary_key=True, comment="Name, a past participle")
    definition: Mapped[str] = mapped_column(comment="What falls under it")


class Date(Base):
    """A calendar expression, resolved to days where the text allows it."""

    __tablename__ = "dates"
    __table_args__ = (span(),)

    id: Mapped[Id]
    paragraph_id: Mapped[ParagraphRef]
    text: Mapped[str] = mapped_column(comment="Expression as written, without preposition")
    start_date: Mapped[str | None] = mapped_column(index=True, comment="First day it covers")
    end_date: Mapped[str | None] = mapped_column(comment="Last day it covers")
    edtf: Mapped[str | None] = mapped_column(
        comment="The same in the Extended Date/Time Format (ISO 8601-2): 2021-08, XXXX-04-01"
    )
    precision: Mapped[str | None] = mapped_column(comment="day, month, season, year, decade ...")
    resolved_from: Mapped[str | None] = mapped_column(
        comment="Day of publication that a relative expression was counted from"
    )
    char_start: Mapped[CharStart]
    char_end: Mapped[CharEnd]


# ------------------------------------------------------------------------------- speech


class Quote(Base):
    """Words between quotation marks."""

    __tablename__ = "quotes"
    __table_args__ = (span(), one_of("kind", QuoteKind), own_index("speaker_own_entity_id"))

    id: Mapped[Id]
    paragraph_id: Mapped[ParagraphRef]
    text: Mapped[str] = mapped_column(comment="The words, without the marks")
    kind: Mapped[str] = mapped_column(
        comment="direct (a sentence or more), partial (part of one) or scare (set off)"
    )
    speaker: Mapped[str | None] = mapped_column(comment="Whose words; null where left open")
    speaker_entity_id: Mapped[int | None] = entity_ref("The speaker, where named")
    speaker_own_entity_id: Mapped[int | None] = own_ref("speaker_entity_id")
    char_start: Mapped[CharStart]
    char_end: Mapped[CharEnd]


class ReportedStatement(Base):
    """What somebody is reported to have said, without quotation marks."""

    __tablename__ = "reported_statements"
    __table_args__ = (span(), own_index("source_own_entity_id"))

    id: Mapped[Id]
    paragraph_id: Mapped[ParagraphRef]
    text: Mapped[str] = mapped_column(comment="The statement as written")
    source: Mapped[str | None] = mapped_column(comment="Whose statement; a name or a description")
    source_entity_id: Mapped[int | None] = entity_ref("The source, where named")
    source_own_entity_id: Mapped[int | None] = own_ref("source_entity_id")
    char_start: Mapped[CharStart]
    char_end: Mapped[CharEnd]


# ---------------------------------------------------------------------------- reference


class Country(Base):
    """A country or territory of ISO 3166-1."""

    __tablename__ = "countries"

    code: Mapped[str] = mapped_column(primary_key=True, comment="ISO 3166-1 alpha-2 code")
    name: Mapped[str] = mapped_column(unique=True, comment="Common English name")
    latitude: Mapped[float | None] = mapped_column(comment="Degrees north of its middle (WGS 84)")
    longitude: Mapped[float | None] = mapped_column(comment="Degrees east of its middle (WGS 84)")
