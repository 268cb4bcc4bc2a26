"""The first schema: every table of the archive.

Revision: 0001
Revises: none
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "countries",
        sa.Column("code", sa.Text(), nullable=False, comment="ISO 3166-1 alpha-2 code"),
        sa.Column("name", sa.Text(), nullable=False, comment="Common English name"),
        sa.Column(
            "latitude", sa.Double(), nullable=True, comment="Degrees north of its middle (WGS 84)"
        ),
        sa.Column(
            "longitude", sa.Double(), nullable=True, comment="Degrees east of its middle (WGS 84)"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_countries")),
        sa.UniqueConstraint("name", name=op.f("uq_countries_name")),
    )
    op.create_table(
        "measures",
        sa.Column("name", sa.Text(), nullable=False, comment="Name, a past participle"),
        sa.Column("definition", sa.Text(), nullable=False, comment="What falls under it"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_measures")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("command", sa.Text(), nullable=False, comment="ingest, reprocess or remove"),
        sa.Column("started_at", sa.Text(), nullable=False, comment="UTC time the run began"),
        sa.Column(
            "is_complete",
            sa.Boolean(),
            nullable=False,
            comment="0 while it runs, and for ever if killed",
        ),
        sa.Column("archive_version", sa.Text(), nullable=False, comment="Version of News Archive"),
        sa.Column(
            "extractor_version",
            sa.Text(),
            nullable=False,
            comment="Version of the extraction rules",
        ),
        sa.Column("python_version", sa.Text(), nullable=False, comment="Version of Python"),
        sa.Column("sqlite_version", sa.Text(), nullable=False, comment="Version of SQLite"),
        sa.Column(
            "stored",
            sa.Integer(),
            nullable=False,
            comment="Sources stored that were not known before",
        ),
        sa.Column(
            "revised",
            sa.Integer(),
            nullable=False,
            comment="Sources stored as a revision of a known one",
        ),
        sa.Column("reprocessed", sa.Integer(), nullable=False, comment="Sources extracted again"),
        sa.Column(
            "unchanged", sa.Integer(), nullable=False, comment="Sources that were already stored"
        ),
        sa.Column(
            "left_out",
            sa.Integer(),
            nullable=False,
            comment="Sources skipped because they were removed once",
        ),
        sa.Column("removed", sa.Integer(), nullable=False, comment="Sources taken out"),
        sa.Column(
            "failed", sa.Integer(), nullable=False, comment="Documents that could not be read"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column(
            "name", sa.Text(), nullable=False, comment="Singular name; ISO 4217 for currencies"
        ),
        sa.Column("symbol", sa.Text(), nullable=True, comment="Symbol: km, %, €"),
        sa.Column("kind", sa.Text(), nullable=False, comment="Dimension, as in figures.kind"),
        sa.Column("si_unit", sa.Text(), nullable=True, comment="SI unit of the same dimension"),
        sa.Column(
            "si_factor",
            sa.Double(),
            nullable=True,
            comment="SI units in one of this unit; null for money and for temperatures",
        ),
        sa.CheckConstraint(
            "kind IN ('count', 'money', 'length', 'area', 'volume', 'mass', 'duration', 'percentage', 'age', 'temperature', 'speed', 'rate', 'other')",
            name=op.f("ck_units_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("name", name=op.f("uq_units_name")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("left_name", sa.Text(), nullable=False, comment="One name"),
        sa.Column("left_type", sa.Text(), nullable=False, comment="Its type"),
        sa.Column("left_country_code", sa.Text(), nullable=True, comment="Its country"),
        sa.Column("right_name", sa.Text(), nullable=False, comment="The other name"),
        sa.Column("right_type", sa.Text(), nullable=False, comment="Its type"),
        sa.Column("right_country_code", sa.Text(), nullable=True, comment="Its country"),
        sa.Column("verdict", sa.Text(), nullable=False, comment="same or different"),
        sa.Column(
            "score",
            sa.Double(),
            nullable=False,
            comment="How sure that rule is, from 0 to 1, three decimals",
        ),
        sa.Column(
            "decided_by",
            sa.Text(),
            nullable=False,
            comment="Name of the rule, or `user:` and who decided",
        ),
        sa.Column("made_at", sa.Text(), nullable=False, comment="UTC time of the decision"),
        sa.Column("undone_at", sa.Text(), nullable=True, comment="UTC time it was taken back"),
        sa.CheckConstraint(
            "left_type IN ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT', 'PRODUCT', 'LAW', 'WORK')",
            name=op.f("ck_decisions_left_type"),
        ),
        sa.CheckConstraint(
            "right_type IN ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT', 'PRODUCT', 'LAW', 'WORK')",
            name=op.f("ck_decisions_right_type"),
        ),
        sa.CheckConstraint("verdict IN ('same', 'different')", name=op.f("ck_decisions_verdict")),
        sa.ForeignKeyConstraint(
            ["left_country_code"],
            ["countries.code"],
            name=op.f("fk_decisions_left_country_code_countries"),
        ),
        sa.ForeignKeyConstraint(
            ["right_country_code"],
            ["countries.code"],
            name=op.f("fk_decisions_right_country_code_countries"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decisions_left_country_code"), ["left_country_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decisions_left_name"), ["left_name"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_decisions_right_country_code"), ["right_country_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decisions_right_name"), ["right_name"], unique=False)

    op.create_table(
        "entities",
        sa.Column(
            "id",
            sa.Integer(),
            nullable=False,
            comment="Number of the entity; never given to another",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name it goes by"),
        sa.Column(
            "name_key",
            sa.Text(),
            nullable=False,
            comment="Name as compared: lower case, without accents, punctuation or leading article; mentions that agree in it, in type and in country are one entity",
        ),
        sa.Column(
            "type",
            sa.Text(),
            nullable=False,
            comment="PERSON, ORG, GPE (country, province, city), LOC, FAC, NORP, EVENT, PRODUCT, LAW or WORK",
        ),
        sa.Column(
            "country_code",
            sa.Text(),
            nullable=True,
            comment="Country that it is, lies in, belongs to, or names the people of",
        ),
        sa.Column("latitude", sa.Double(), nullable=True, comment="Degrees north (WGS 84)"),
        sa.Column("longitude", sa.Double(), nullable=True, comment="Degrees east (WGS 84)"),
        sa.Column(
            "merged_into_id",
            sa.Integer(),
            nullable=True,
            comment="Entity that a decision found this to be",
        ),
        sa.CheckConstraint(
            "type IN ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT', 'PRODUCT', 'LAW', 'WORK')",
            name=op.f("ck_entities_type"),
        ),
        sa.ForeignKeyConstraint(
            ["country_code"], ["countries.code"], name=op.f("fk_entities_country_code_countries")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["entities.id"],
            name=op.f("fk_entities_merged_into_id_entities"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entities")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entities_country_code"), ["country_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_entities_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_entities_name"), ["name"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entities_name_key_type_country_code"),
            ["name_key", "type", "country_code"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_entities_type"), ["type"], unique=False)

    op.create_table(
        "failures",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name of the document"),
        sa.Column(
            "reason", sa.Text(), nullable=False, comment="What is wrong with it and what to do"
        ),
        sa.Column(
            "run_id", sa.Integer(), nullable=False, comment="Last run that failed to read it"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_failures_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failures")),
        sa.UniqueConstraint("name", name=op.f("uq_failures_name")),
    )
    with op.batch_alter_table("failures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failures_run_id"), ["run_id"], unique=False)

    op.create_table(
        "outlets",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as given"),
        sa.Column("domain", sa.Text(), nullable=True, comment="Internet domain it publishes at"),
        sa.Column("country_code", sa.Text(), nullable=True, comment="Country it publishes from"),
        sa.ForeignKeyConstraint(
            ["country_code"], ["countries.code"], name=op.f("fk_outlets_country_code_countries")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
        sa.UniqueConstraint("name", name=op.f("uq_outlets_name")),
    )
    with op.batch_alter_table("outlets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outlets_country_code"), ["country_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_outlets_domain"), ["domain"], unique=False)

    op.create_table(
        "removals",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name the source had"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="SHA-256 of its raw bytes, hex"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why it was taken out"),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="Run that took it out"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_removals_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removals")),
        sa.UniqueConstraint("name", "sha256", name=op.f("uq_removals_name_sha256")),
    )
    with op.batch_alter_table("removals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_removals_run_id"), ["run_id"], unique=False)

    op.create_table(
        "aliases",
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="Entity"),
        sa.Column("name", sa.Text(), nullable=False, comment="Form as some paragraph writes it"),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entities.id"],
            name=op.f("fk_aliases_entity_id_entities"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entity_id", "name", name=op.f("pk_aliases")),
    )
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aliases_name"), ["name"], unique=False)

    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="Path as given, or URL; `#` before a record's name",
        ),
        sa.Column("sha256", sa.Text(), nullable=False, comment="SHA-256 of the raw bytes, hex"),
        sa.Column(
            "media_type", sa.Text(), nullable=False, comment="IANA media type of the raw bytes"
        ),
        sa.Column(
            "encoding",
            sa.Text(),
            nullable=True,
            comment="Python codec that decodes the raw bytes; null for formats that are no text",
        ),
        sa.Column("byte_count", sa.Integer(), nullable=False, comment="Length of the raw bytes"),
        sa.Column("url", sa.Text(), nullable=True, comment="Where it was published"),
        sa.Column("outlet_id", sa.Integer(), nullable=True, comment="Outlet that published it"),
        sa.Column(
            "retrieved_at",
            sa.Text(),
            nullable=True,
            comment="When it was fetched, where the format or the user tells",
        ),
        sa.Column(
            "superseded_by_id",
            sa.Integer(),
            nullable=True,
            comment="Source that replaced this one under the same name; null for current sources",
        ),
        sa.Column(
            "extractor_version",
            sa.Text(),
            nullable=False,
            comment="Version of the rules that made this source's rows",
        ),
        sa.Column(
            "metadata_json",
            sa.Text(),
            nullable=False,
            comment="What the user or the format said of the document, as a JSON object",
        ),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="Run that stored it"),
        sa.ForeignKeyConstraint(
            ["outlet_id"], ["outlets.id"], name=op.f("fk_sources_outlet_id_outlets")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_sources_run_id_runs")),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["sources.id"],
            name=op.f("fk_sources_superseded_by_id_sources"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("name", "sha256", name=op.f("uq_sources_name_sha256")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sources_extractor_version"), ["extractor_version"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sources_outlet_id"), ["outlet_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sources_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sources_sha256"), ["sha256"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sources_superseded_by_id"), ["superseded_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sources_url"), ["url"], unique=False)

    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column(
            "uid",
            sa.Text(),
            nullable=False,
            comment="Permanent name: first 16 hex digits of SHA-256 over the source's SHA-256, a colon and char_start; the same in every archive that holds the same bytes",
        ),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="Source it stands in"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Place in the source, from 1"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="article, teaser (cut off) or fragment (opens in mid-story)",
        ),
        sa.Column("headline", sa.Text(), nullable=True, comment="Headline as written"),
        sa.Column("byline", sa.Text(), nullable=True, comment="Line that names the writers"),
        sa.Column("agency", sa.Text(), nullable=True, comment="News agency it comes from"),
        sa.Column("section", sa.Text(), nullable=True, comment="Section of the outlet"),
        sa.Column(
            "dateline", sa.Text(), nullable=True, comment="Place part of the opening, as written"
        ),
        sa.Column("place_entity_id", sa.Integer(), nullable=True, comment="Place of the dateline"),
        sa.Column("outlet_id", sa.Integer(), nullable=True, comment="Outlet that published it"),
        sa.Column("url", sa.Text(), nullable=True, comment="Where it was published"),
        sa.Column(
            "published_on",
            sa.Text(),
            nullable=True,
            comment="Day of publication; first day of the month or year if no more is known",
        ),
        sa.Column(
            "published_at", sa.Text(), nullable=True, comment="Time of publication, with offset"
        ),
        sa.Column(
            "published_precision", sa.Text(), nullable=True, comment="minute, day, month or year"
        ),
        sa.Column(
            "published_source",
            sa.Text(),
            nullable=True,
            comment="Where the date came from: option, metadata, byline, dateline",
        ),
        sa.Column(
            "updated_at", sa.Text(), nullable=True, comment="When the outlet last changed it"
        ),
        sa.Column(
            "status",
            sa.Text(),
            nullable=False,
            comment="usable, corrected or cancelled by its publisher",
        ),
        sa.Column(
            "language",
            sa.Text(),
            nullable=True,
            comment="ISO 639-1 code; extraction runs for en only",
        ),
        sa.Column(
            "word_count",
            sa.Integer(),
            nullable=False,
            comment="Words of its paragraphs, furniture aside",
        ),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="First character in the source's text, counted from 0",
        ),
        sa.Column(
            "char_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character in the source's text",
        ),
        sa.CheckConstraint(
            "kind IN ('article', 'teaser', 'fragment')", name=op.f("ck_articles_kind")
        ),
        sa.CheckConstraint(
            "published_precision IN ('minute', 'day', 'month', 'year')",
            name=op.f("ck_articles_published_precision"),
        ),
        sa.CheckConstraint(
            "status IN ('usable', 'corrected', 'cancelled')", name=op.f("ck_articles_status")
        ),
        sa.CheckConstraint(
            "0 <= char_start AND char_start < char_end", name=op.f("ck_articles_span")
        ),
        sa.ForeignKeyConstraint(
            ["outlet_id"], ["outlets.id"], name=op.f("fk_articles_outlet_id_outlets")
        ),
        sa.ForeignKeyConstraint(
            ["place_entity_id"],
            ["entities.id"],
            name=op.f("fk_articles_place_entity_id_entities"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name=op.f("fk_articles_source_id_sources"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("source_id", "position", name=op.f("uq_articles_source_id_position")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_articles_agency"), ["agency"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_language"), ["language"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_articles_outlet_id_published_on"),
            ["outlet_id", "published_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_articles_place_entity_id"), ["place_entity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_articles_published_on"), ["published_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_articles_uid"), ["uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_url"), ["url"], unique=False)

    op.create_table(
        "source_contents",
        sa.Column("source_id", sa.Integer(), nullable=False, comment="Source"),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="Raw bytes, compressed"),
        sa.Column(
            "compression",
            sa.Text(),
            nullable=False,
            comment="How `content` is compressed: zlib or none",
        ),
        sa.Column(
            "text",
            sa.Text(),
            nullable=True,
            comment="The rendition that offsets count in; null where decoding `content` gives it",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name=op.f("fk_source_contents_source_id_sources"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_contents")),
    )
    op.create_table(
        "article_pairs",
        sa.Column(
            "article_id", sa.Integer(), nullable=False, comment="The longer or later article"
        ),
        sa.Column("other_id", sa.Integer(), nullable=False, comment="The other article"),
        sa.Column(
            "relation",
            sa.Text(),
            nullable=False,
            comment="What the first is to the other: identical, revision, contains, excerpt",
        ),
        sa.Column(
            "similarity", sa.Double(), nullable=False, comment="Share of words in common, 0 to 1"
        ),
        sa.Column(
            "shared_words", sa.Integer(), nullable=False, comment="Number of words in common"
        ),
        sa.CheckConstraint(
            "relation IN ('identical', 'revision', 'contains', 'excerpt')",
            name=op.f("ck_article_pairs_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_pairs_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["articles.id"],
            name=op.f("fk_article_pairs_other_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_article_pairs")),
    )
    with op.batch_alter_table("article_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_pairs_other_id"), ["other_id"], unique=False)

    op.create_table(
        "fingerprints",
        sa.Column(
            "hash",
            sa.Integer(),
            nullable=False,
            comment="Hash of a run of words (upper 44 bits) and of the article's uid (lower 20 bits)",
        ),
        sa.Column("article_id", sa.Integer(), nullable=False, comment="Article that has it"),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_fingerprints_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", "article_id", name=op.f("pk_fingerprints")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("fingerprints", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fingerprints_article_id"), ["article_id"], unique=False
        )

    op.create_table(
        "paragraphs",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="Source it stands in"),
        sa.Column(
            "article_id",
            sa.Integer(),
            nullable=True,
            comment="Article it belongs to; null for furniture outside any",
        ),
        sa.Column("position", sa.Integer(), nullable=False, comment="Place in the source, from 1"),
        sa.Column(
            "role",
            sa.Text(),
            nullable=False,
            comment="headline, subheading, body, credit, caption, teaser or furniture",
        ),
        sa.Column(
            "page_role",
            sa.Text(),
            nullable=False,
            comment="Role as its own page tells; `role` is furniture where the outlet repeats the line",
        ),
        sa.Column(
            "text",
            sa.Text(),
            nullable=False,
            comment="Exactly the source's characters at the offsets",
        ),
        sa.Column(
            "words_hash",
            sa.Integer(),
            nullable=True,
            comment="64-bit hash of its words (case, punctuation and space aside); null without words",
        ),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="First character in the source's text, counted from 0",
        ),
        sa.Column(
            "char_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character in the source's text",
        ),
        sa.Column(
            "copy_of_id",
            sa.Integer(),
            nullable=True,
            comment="Earliest paragraph of a current source with the same words; null if it is that",
        ),
        sa.CheckConstraint(
            "page_role IN ('headline', 'subheading', 'body', 'credit', 'caption', 'teaser', 'furniture')",
            name=op.f("ck_paragraphs_page_role"),
        ),
        sa.CheckConstraint(
            "role IN ('headline', 'subheading', 'body', 'credit', 'caption', 'teaser', 'furniture')",
            name=op.f("ck_paragraphs_role"),
        ),
        sa.CheckConstraint(
            "0 <= char_start AND char_start < char_end", name=op.f("ck_paragraphs_span")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_paragraphs_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["copy_of_id"],
            ["paragraphs.id"],
            name=op.f("fk_paragraphs_copy_of_id_paragraphs"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name=op.f("fk_paragraphs_source_id_sources"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraphs")),
        sa.UniqueConstraint("source_id", "position", name=op.f("uq_paragraphs_source_id_position")),
    )
    with op.batch_alter_table("paragraphs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paragraphs_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paragraphs_copy_of_id"), ["copy_of_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_paragraphs_words_hash_copy_of_id"),
            ["words_hash", "copy_of_id"],
            unique=False,
        )

    op.create_table(
        "dates",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("paragraph_id", sa.Integer(), nullable=False, comment="Paragraph it is in"),
        sa.Column(
            "text", sa.Text(), nullable=False, comment="Expression as written, without preposition"
        ),
        sa.Column("start_date", sa.Text(), nullable=True, comment="First day it covers"),
        sa.Column("end_date", sa.Text(), nullable=True, comment="Last day it covers"),
        sa.Column(
            "edtf",
            sa.Text(),
            nullable=True,
            comment="The same in the Extended Date/Time Format (ISO 8601-2): 2021-08, XXXX-04-01",
        ),
        sa.Column(
            "precision", sa.Text(), nullable=True, comment="day, month, season, year, decade ..."
        ),
        sa.Column(
            "resolved_from",
            sa.Text(),
            nullable=True,
            comment="Day of publication that a relative expression was counted from",
        ),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="First character in the source's text, counted from 0",
        ),
        sa.Column(
            "char_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character in the source's text",
        ),
        sa.CheckConstraint("0 <= char_start AND char_start < char_end", name=op.f("ck_dates_span")),
        sa.ForeignKeyConstraint(
            ["paragraph_id"],
            ["paragraphs.id"],
            name=op.f("fk_dates_paragraph_id_paragraphs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dates")),
    )
    with op.batch_alter_table("dates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dates_paragraph_id"), ["paragraph_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dates_start_date"), ["start_date"], unique=False)

    op.create_table(
        "figures",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("paragraph_id", sa.Integer(), nullable=False, comment="Paragraph it is in"),
        sa.Column(
            "text",
            sa.Text(),
            nullable=False,
            comment="From the hedge to the unit of measure, as written",
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="count, money, length, area, volume, mass, duration, percentage, age, temperature, speed, rate or other",
        ),
        sa.Column(
            "value",
            sa.Double(),
            nullable=True,
            comment="The number as written, in `unit`; null where it is vague or a range",
        ),
        sa.Column(
            "low",
            sa.Double(),
            nullable=True,
            comment="Smallest value stated, in `unit`; null when open below",
        ),
        sa.Column(
            "high",
            sa.Double(),
            nullable=True,
            comment="Largest value stated, in `unit`; null when open above",
        ),
        sa.Column(
            "modifier",
            sa.Text(),
            nullable=False,
            comment="How the number is hedged: exact, about, nearly, at_least, more_than, at_most, less_than, between or vague",
        ),
        sa.Column(
            "unit",
            sa.Text(),
            nullable=True,
            comment="Singular unit of measure, ISO 4217 code for money, person, or the noun counted",
        ),
        sa.Column(
            "unit_id",
            sa.Integer(),
            nullable=True,
            comment="Unit of measure; null for nouns counted",
        ),
        sa.Column(
            "per", sa.Text(), nullable=True, comment="What a rate is per: day, person, barrel"
        ),
        sa.Column(
            "counted",
            sa.Text(),
            nullable=True,
            comment="What is measured, with the participle of what happened: Afghans deported",
        ),
        sa.Column(
            "measure",
            sa.Text(),
            nullable=True,
            comment="What happened to what is counted, from `measures`",
        ),
        sa.Column(
            "status",
            sa.Text(),
            nullable=False,
            comment="reported, planned, alleged, denied or hypothetical",
        ),
        sa.Column("trend", sa.Text(), nullable=True, comment="up or down, where a change is told"),
        sa.Column(
            "period", sa.Text(), nullable=True, comment="Time expression that bounds it, as written"
        ),
        sa.Column("period_start", sa.Text(), nullable=True, comment="First day of the period"),
        sa.Column("period_end", sa.Text(), nullable=True, comment="Last day of the period"),
        sa.Column(
            "attributed_to",
            sa.Text(),
            nullable=True,
            comment="Whoever the text gives as source: a name, or a description without its article",
        ),
        sa.Column(
            "attribution_kind", sa.Text(), nullable=True, comment="named, anonymous or outlet"
        ),
        sa.Column(
            "attributed_entity_id",
            sa.Integer(),
            nullable=True,
            comment="The source, where it has a name",
        ),
        sa.Column(
            "counted_entity_id", sa.Integer(), nullable=True, comment="Who or what is counted"
        ),
        sa.Column("actor_entity_id", sa.Integer(), nullable=True, comment="Who did it"),
        sa.Column("place_entity_id", sa.Integer(), nullable=True, comment="Where"),
        sa.Column("si_low", sa.Double(), nullable=True, comment="`low` in the SI unit of the kind"),
        sa.Column(
            "si_high", sa.Double(), nullable=True, comment="`high` in the SI unit of the kind"
        ),
        sa.Column(
            "sentence_start",
            sa.Integer(),
            nullable=False,
            comment="First character of the sentence, in the source's text",
        ),
        sa.Column(
            "sentence_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character of the sentence",
        ),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="First character in the source's text, counted from 0",
        ),
        sa.Column(
            "char_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character in the source's text",
        ),
        sa.Column(
            "rule", sa.Text(), nullable=False, comment="Name of the rule or model that found it"
        ),
        sa.Column(
            "score",
            sa.Double(),
            nullable=False,
            comment="How sure that rule is, from 0 to 1, three decimals",
        ),
        sa.CheckConstraint(
            "attribution_kind IN ('named', 'anonymous', 'outlet')",
            name=op.f("ck_figures_attribution_kind"),
        ),
        sa.CheckConstraint(
            "kind IN ('count', 'money', 'length', 'area', 'volume', 'mass', 'duration', 'percentage', 'age', 'temperature', 'speed', 'rate', 'other')",
            name=op.f("ck_figures_kind"),
        ),
        sa.CheckConstraint(
            "modifier IN ('exact', 'about', 'nearly', 'at_least', 'more_than', 'at_most', 'less_than', 'between', 'vague')",
            name=op.f("ck_figures_modifier"),
        ),
        sa.CheckConstraint(
            "status IN ('reported', 'planned', 'alleged', 'denied', 'hypothetical')",
            name=op.f("ck_figures_status"),
        ),
        sa.CheckConstraint("trend IN ('up', 'down')", name=op.f("ck_figures_trend")),
        sa.CheckConstraint(
            "0 <= char_start AND char_start < char_end", name=op.f("ck_figures_span")
        ),
        sa.CheckConstraint("low IS NOT NULL OR high IS NOT NULL", name=op.f("ck_figures_bounded")),
        sa.CheckConstraint(
            "low IS NULL OR high IS NULL OR low <= high", name=op.f("ck_figures_ordered")
        ),
        sa.ForeignKeyConstraint(
            ["actor_entity_id"],
            ["entities.id"],
            name=op.f("fk_figures_actor_entity_id_entities"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["attributed_entity_id"],
            ["entities.id"],
            name=op.f("fk_figures_attributed_entity_id_entities"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["counted_entity_id"],
            ["entities.id"],
            name=op.f("fk_figures_counted_entity_id_entities"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["measure"], ["measures.name"], name=op.f("fk_figures_measure_measures")
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"],
            ["paragraphs.id"],
            name=op.f("fk_figures_paragraph_id_paragraphs"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["place_entity_id"],
            ["entities.id"],
            name=op.f("fk_figures_place_entity_id_entities"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_figures_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures")),
    )
    with op.batch_alter_table("figures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_figures_actor_entity_id"), ["actor_entity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_figures_attributed_entity_id"), ["attributed_entity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_figures_counted_entity_id"), ["counted_entity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_figures_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_figures_measure_place_entity_id_period_start"),
            ["measure", "place_entity_id", "period_start"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_figures_paragraph_id"), ["paragraph_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_figures_place_entity_id"), ["place_entity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_figures_unit"), ["unit"], unique=False)
        batch_op.create_index(batch_op.f("ix_figures_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("paragraph_id", sa.Integer(), nullable=False, comment="Paragraph it is in"),
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="Entity it names"),
        sa.Column("text", sa.Text(), nullable=False, comment="Name as written"),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="Fullest name of the same bearer in its document, by which the entity was found",
        ),
        sa.Column(
            "type", sa.Text(), nullable=False, comment="Type of what is named, as for entities"
        ),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="First character in the source's text, counted from 0",
        ),
        sa.Column(
            "char_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character in the source's text",
        ),
        sa.Column(
            "rule", sa.Text(), nullable=False, comment="Name of the rule or model that found it"
        ),
        sa.Column(
            "score",
            sa.Double(),
            nullable=False,
            comment="How sure that rule is, from 0 to 1, three decimals",
        ),
        sa.CheckConstraint(
            "type IN ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT', 'PRODUCT', 'LAW', 'WORK')",
            name=op.f("ck_mentions_type"),
        ),
        sa.CheckConstraint(
            "0 <= char_start AND char_start < char_end", name=op.f("ck_mentions_span")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entities.id"], name=op.f("fk_mentions_entity_id_entities")
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"],
            ["paragraphs.id"],
            name=op.f("fk_mentions_paragraph_id_paragraphs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentions_entity_id"), ["entity_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mentions_paragraph_id"), ["paragraph_id"], unique=False
        )

    op.create_table(
        "paragraph_pairs",
        sa.Column(
            "paragraph_id", sa.Integer(), nullable=False, comment="The longer or later paragraph"
        ),
        sa.Column("other_id", sa.Integer(), nullable=False, comment="The other paragraph"),
        sa.Column(
            "similarity", sa.Double(), nullable=False, comment="Share of words in common, 0 to 1"
        ),
        sa.Column(
            "shared_words", sa.Integer(), nullable=False, comment="Number of words in common"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["paragraphs.id"],
            name=op.f("fk_paragraph_pairs_other_id_paragraphs"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"],
            ["paragraphs.id"],
            name=op.f("fk_paragraph_pairs_paragraph_id_paragraphs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("paragraph_id", "other_id", name=op.f("pk_paragraph_pairs")),
    )
    with op.batch_alter_table("paragraph_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paragraph_pairs_other_id"), ["other_id"], unique=False)

    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("paragraph_id", sa.Integer(), nullable=False, comment="Paragraph it is in"),
        sa.Column("text", sa.Text(), nullable=False, comment="The words, without the marks"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="direct (a sentence or more), partial (part of one) or scare (set off)",
        ),
        sa.Column("speaker", sa.Text(), nullable=True, comment="Whose words; null where left open"),
        sa.Column(
            "speaker_entity_id", sa.Integer(), nullable=True, comment="The speaker, where named"
        ),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="First character in the source's text, counted from 0",
        ),
        sa.Column(
            "char_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character in the source's text",
        ),
        sa.CheckConstraint("kind IN ('direct', 'partial', 'scare')", name=op.f("ck_quotes_kind")),
        sa.CheckConstraint(
            "0 <= char_start AND char_start < char_end", name=op.f("ck_quotes_span")
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"],
            ["paragraphs.id"],
            name=op.f("fk_quotes_paragraph_id_paragraphs"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_entity_id"],
            ["entities.id"],
            name=op.f("fk_quotes_speaker_entity_id_entities"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
    )
    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quotes_paragraph_id"), ["paragraph_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_quotes_speaker_entity_id"), ["speaker_entity_id"], unique=False
        )

    op.create_table(
        "reported_statements",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("paragraph_id", sa.Integer(), nullable=False, comment="Paragraph it is in"),
        sa.Column("text", sa.Text(), nullable=False, comment="The statement as written"),
        sa.Column(
            "source", sa.Text(), nullable=True, comment="Whose statement; a name or a description"
        ),
        sa.Column(
            "source_entity_id", sa.Integer(), nullable=True, comment="The source, where named"
        ),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="First character in the source's text, counted from 0",
        ),
        sa.Column(
            "char_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character in the source's text",
        ),
        sa.CheckConstraint(
            "0 <= char_start AND char_start < char_end", name=op.f("ck_reported_statements_span")
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"],
            ["paragraphs.id"],
            name=op.f("fk_reported_statements_paragraph_id_paragraphs"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_entity_id"],
            ["entities.id"],
            name=op.f("fk_reported_statements_source_entity_id_entities"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_statements")),
    )
    with op.batch_alter_table("reported_statements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reported_statements_paragraph_id"), ["paragraph_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reported_statements_source_entity_id"),
            ["source_entity_id"],
            unique=False,
        )

    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row in this archive"),
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="Who holds the post"),
        sa.Column("role", sa.Text(), nullable=False, comment="Post as written"),
        sa.Column(
            "of_entity_id",
            sa.Integer(),
            nullable=True,
            comment="Body, place or people that the post is of",
        ),
        sa.Column("paragraph_id", sa.Integer(), nullable=False, comment="Paragraph it is in"),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="First character in the source's text, counted from 0",
        ),
        sa.Column(
            "char_end",
            sa.Integer(),
            nullable=False,
            comment="One past the last character in the source's text",
        ),
        sa.CheckConstraint("0 <= char_start AND char_start < char_end", name=op.f("ck_roles_span")),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entities.id"], name=op.f("fk_roles_entity_id_entities")
        ),
        sa.ForeignKeyConstraint(
            ["of_entity_id"],
            ["entities.id"],
            name=op.f("fk_roles_of_entity_id_entities"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"],
            ["paragraphs.id"],
            name=op.f("fk_roles_paragraph_id_paragraphs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
    )
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roles_entity_id"), ["entity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roles_of_entity_id"), ["of_entity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roles_paragraph_id"), ["paragraph_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roles_paragraph_id"))
        batch_op.drop_index(batch_op.f("ix_roles_of_entity_id"))
        batch_op.drop_index(batch_op.f("ix_roles_entity_id"))

    op.drop_table("roles")
    with op.batch_alter_table("reported_statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reported_statements_source_entity_id"))
        batch_op.drop_index(batch_op.f("ix_reported_statements_paragraph_id"))

    op.drop_table("reported_statements")
    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quotes_speaker_entity_id"))
        batch_op.drop_index(batch_op.f("ix_quotes_paragraph_id"))

    op.drop_table("quotes")
    with op.batch_alter_table("paragraph_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paragraph_pairs_other_id"))

    op.drop_table("paragraph_pairs")
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentions_paragraph_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_entity_id"))

    op.drop_table("mentions")
    with op.batch_alter_table("figures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figures_unit_id"))
        batch_op.drop_index(batch_op.f("ix_figures_unit"))
        batch_op.drop_index(batch_op.f("ix_figures_place_entity_id"))
        batch_op.drop_index(batch_op.f("ix_figures_paragraph_id"))
        batch_op.drop_index(batch_op.f("ix_figures_measure_place_entity_id_period_start"))
        batch_op.drop_index(batch_op.f("ix_figures_kind"))
        batch_op.drop_index(batch_op.f("ix_figures_counted_entity_id"))
        batch_op.drop_index(batch_op.f("ix_figures_attributed_entity_id"))
        batch_op.drop_index(batch_op.f("ix_figures_actor_entity_id"))

    op.drop_table("figures")
    with op.batch_alter_table("dates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dates_start_date"))
        batch_op.drop_index(batch_op.f("ix_dates_paragraph_id"))

    op.drop_table("dates")
    with op.batch_alter_table("paragraphs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paragraphs_words_hash_copy_of_id"))
        batch_op.drop_index(batch_op.f("ix_paragraphs_copy_of_id"))
        batch_op.drop_index(batch_op.f("ix_paragraphs_article_id"))

    op.drop_table("paragraphs")
    with op.batch_alter_table("fingerprints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fingerprints_article_id"))

    op.drop_table("fingerprints")
    with op.batch_alter_table("article_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_pairs_other_id"))

    op.drop_table("article_pairs")
    op.drop_table("source_contents")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_articles_url"))
        batch_op.drop_index(batch_op.f("ix_articles_uid"))
        batch_op.drop_index(batch_op.f("ix_articles_published_on"))
        batch_op.drop_index(batch_op.f("ix_articles_place_entity_id"))
        batch_op.drop_index(batch_op.f("ix_articles_outlet_id_published_on"))
        batch_op.drop_index(batch_op.f("ix_articles_language"))
        batch_op.drop_index(batch_op.f("ix_articles_agency"))

    op.drop_table("articles")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_url"))
        batch_op.drop_index(batch_op.f("ix_sources_superseded_by_id"))
        batch_op.drop_index(batch_op.f("ix_sources_sha256"))
        batch_op.drop_index(batch_op.f("ix_sources_run_id"))
        batch_op.drop_index(batch_op.f("ix_sources_outlet_id"))
        batch_op.drop_index(batch_op.f("ix_sources_extractor_version"))

    op.drop_table("sources")
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aliases_name"))

    op.drop_table("aliases")
    with op.batch_alter_table("removals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_removals_run_id"))

    op.drop_table("removals")
    with op.batch_alter_table("outlets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outlets_domain"))
        batch_op.drop_index(batch_op.f("ix_outlets_country_code"))

    op.drop_table("outlets")
    with op.batch_alter_table("failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failures_run_id"))

    op.drop_table("failures")
    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entities_type"))
        batch_op.drop_index(batch_op.f("ix_entities_name_key_type_country_code"))
        batch_op.drop_index(batch_op.f("ix_entities_name"))
        batch_op.drop_index(batch_op.f("ix_entities_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_entities_country_code"))

    op.drop_table("entities")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_right_name"))
        batch_op.drop_index(batch_op.f("ix_decisions_right_country_code"))
        batch_op.drop_index(batch_op.f("ix_decisions_left_name"))
        batch_op.drop_index(batch_op.f("ix_decisions_left_country_code"))

    op.drop_table("decisions")
    op.drop_table("units")
    op.drop_table("runs")
    op.drop_table("measures")
    op.drop_table("countries")
