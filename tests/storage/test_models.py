"""The schema keeps its own rules."""

import re

import pytest
from sqlalchemy import UniqueConstraint

from archive.storage.models import Base

TABLES = Base.metadata.sorted_tables
CLASSES = sorted(
    (mapper.class_ for mapper in Base.registry.mappers), key=lambda each: each.__name__
)
CONTRACT = {
    *("sources", "source_contents", "outlets", "articles", "paragraphs", "article_pairs"),
    *("paragraph_pairs", "fingerprints", "entities", "aliases", "mentions", "roles", "decisions"),
    *("figures", "units", "measures", "dates", "quotes", "reported_statements", "countries"),
    *("runs", "failures", "removals", "entity_keys", "unsettled_entities", "unsettled_keys"),
}


def test_the_tables_are_those_of_the_contract():
    """No table is missing, none is extra."""
    assert {table.name for table in TABLES} == CONTRACT


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_explained(table):
    """The published schema page is made of the comments."""
    assert [column.name for column in table.columns if not column.comment] == []


@pytest.mark.parametrize("model", CLASSES, ids=lambda model: model.__name__)
def test_every_table_is_explained(model):
    """A table's description is its class's docstring."""
    assert model.__doc__.strip()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_foreign_key_is_indexed(table):
    """Deleting a parent, and following a link back, never scans a table."""
    leading = [next(iter(index.columns)).name for index in table.indexes]
    leading += [
        next(iter(constraint.columns)).name
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    leading.append(next(iter(table.primary_key.columns)).name)
    keys = {column.name for column in table.columns if column.foreign_keys}
    assert keys <= set(leading)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_constraints_are_named_by_the_convention(table):
    """A migration can name every constraint it drops."""
    names = [constraint.name for constraint in table.constraints]
    names += [index.name for index in table.indexes]
    assert all(name and re.match(rf"(pk|fk|uq|ck|ix)_{table.name}", name) for name in names)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("articles", ["outlet_id", "published_on"]),
        ("figures", ["measure", "place_entity_id", "period_start"]),
        ("dates", ["start_date"]),
    ],
)
def test_what_users_ask_for_is_indexed(table, columns):
    """The indexes of the contract are there."""
    indexes = [[c.name for c in index.columns] for index in Base.metadata.tables[table].indexes]
    assert columns in indexes
