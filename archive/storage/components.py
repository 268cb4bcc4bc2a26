"""The entities that hang together by decisions, and the clusters that these make."""

from collections.abc import Iterable

from sqlalchemy import Connection

from archive.records import EntityKey
from archive.storage.clustering import Link, Node, cluster
from archive.storage.evidence import fill

# A side's entity; `+` keeps the planner from the index on the country. A sense that is null
# stands for all.
_SIDE = (
    "{one}.name_key = d.{side}_key AND {one}.type = d.{side}_type "
    "AND {one}.country_code IS d.{side}_country_code "
    "AND (d.{side}_sense IS NULL OR {one}.sense = d.{side}_sense)"
)
_FROM_SIDE = (
    "d.{side}_key = e.name_key AND d.{side}_type = e.type "
    "AND +d.{side}_country_code IS e.country_code "
    "AND (d.{side}_sense IS NULL OR d.{side}_sense = e.sense)"
)


def _neighbours(side: str, other: str) -> str:
    return (
        f"SELECT {'e.id, o.id' if side == 'left' else 'o.id, e.id'}, d.score, d.block IS NULL "
        "FROM temp.frontier f CROSS JOIN entities e ON e.id = f.entity_id "
        f"CROSS JOIN decisions d ON {_FROM_SIDE.format(side=side)} "
        f"CROSS JOIN entities o ON {_SIDE.format(one='o', side=other)} "
        "WHERE d.verdict = 'same' AND d.undone_at IS NULL"
    )


_NEIGHBOURS = f"{_neighbours('left', 'right')} UNION ALL {_neighbours('right', 'left')}"

_DIFFERENT = (
    "SELECT l.id, r.id FROM decisions d "
    f"CROSS JOIN entities l ON {_SIDE.format(one='l', side='left')} "
    f"CROSS JOIN entities r ON {_SIDE.format(one='r', side='right')} "
    "WHERE d.block IS NULL AND d.verdict = 'different' AND d.undone_at IS NULL"
)
_USER_DECIDED = " UNION ".join(
    f"SELECT e.id FROM decisions d CROSS JOIN entities e ON {_SIDE.format(one='e', side=side)} "
    "WHERE d.block IS NULL"
    for side in ("left", "right")
)


def components(connection: Connection, seeds: Iterable[int]) -> dict[int, int]:
    """The survivor of each of these entities and of all that are linked to them, however far."""
    links: set[Link] = set()
    reached = set(seeds)
    frontier = reached
    while frontier:
        fill(connection, "frontier", "entity_id INTEGER PRIMARY KEY", sorted(frontier))
        found = [
            Link(left, right, score, bool(is_user))
            for left, right, score, is_user in connection.exec_driver_sql(_NEIGHBOURS).fetchall()
        ]
        links.update(found)
        frontier = {end for link in found for end in (link.left, link.right)} - reached
        reached |= frontier
    nodes = _nodes(connection, reached)
    different = [
        (row[0], row[1])
        for row in connection.exec_driver_sql(_DIFFERENT).fetchall()
        if row[0] in nodes and row[1] in nodes
    ]
    return cluster(nodes, links, different)


def _nodes(connection: Connection, entities: Iterable[int]) -> dict[int, Node]:
    fill(connection, "frontier", "entity_id INTEGER PRIMARY KEY", sorted(entities))
    found = connection.exec_driver_sql(
        "SELECT e.id, e.name, e.name_key, e.type, ifnull(e.country_code, ''), e.sense "
        "FROM temp.frontier f CROSS JOIN entities e ON e.id = f.entity_id"
    )
    return {row[0]: Node(row[1], (row[2], row[3], row[4], row[5])) for row in found.fetchall()}


def user_decided(connection: Connection) -> set[int]:
    """Entities of which users ever decided anything, decisions taken back included."""
    return set(connection.exec_driver_sql(_USER_DECIDED).scalars())


def ids_of(connection: Connection, keys: Iterable[EntityKey]) -> dict[EntityKey, int]:
    """Numbers of the own entities that have these natural keys; the archive may not hold some."""
    found = {}
    for key in keys:
        row = connection.exec_driver_sql(
            "SELECT id FROM entities WHERE name_key = ? AND type = ? AND country_code IS ? "
            "AND sense = ?",
            (key[0], key[1].value, *key[2:]),
        ).fetchone()
        if row is not None:
            found[key] = int(row[0])
    return found
