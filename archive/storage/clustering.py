"""From links to clusters: pure, and the same whatever order the links come in.

Nothing here reads or writes the database.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from archive.storage.entities import spelling_rank


class Node(NamedTuple):
    """An own entity: its name, and its natural key with nulls as empty text."""

    name: str
    key: tuple[str, str, str, str]


class Link(NamedTuple):
    """Two nodes that are one, how sure that is, and whether a user says so.

    A user's link prefers the name on its left.
    """

    left: int
    right: int
    score: float
    is_user: bool


def cluster(
    nodes: Mapping[int, Node], links: Iterable[Link], different: Iterable[tuple[int, int]]
) -> dict[int, int]:
    """The survivor of each node's cluster.

    Clusters grow from the surest link to the least sure (Kruskal, "On the shortest spanning
    subtree of a graph", Proc. AMS 7, 1956), users' links first; a link that would bring together
    two nodes that are `different` is passed over. So of the links between two such nodes the
    weakest gives way, and equals in the order of their keys.
    """
    order = sorted(
        {link for link in links if link.left != link.right},
        key=lambda link: (
            not link.is_user,
            -link.score,
            *sorted((nodes[link.left].key, nodes[link.right].key)),
        ),
    )
    groups = _Groups(nodes, different)
    for link in order:
        groups.join(link.left, link.right)
    preferred = _preferred(groups, (link for link in order if link.is_user))
    best: dict[int, int] = {}
    for number in sorted(nodes, key=lambda each: (each not in preferred, *_rank(nodes[each]))):
        best.setdefault(groups.of(number), number)
    return {number: best[groups.of(number)] for number in nodes}


def _rank(node: Node) -> tuple[object, ...]:
    """Sort key by which a cluster's survivor is its first node: a total order over keys.

    One with a country before one without, then as for spellings of one name.
    """
    shouting, length, name = spelling_rank(node.name)
    _name_key, _type, country_code, _sense = node.key
    return (shouting, not country_code, length, name, node.key)


def _preferred(groups: "_Groups", links: Iterable[Link]) -> set[int]:
    """Nodes whose name a user preferred to others, and no others to it.

    Where users went in a circle, all those of the circle.
    """
    lefts: dict[int, set[int]] = {}
    rights: dict[int, set[int]] = {}
    for link in links:
        group = groups.of(link.left)
        if group == groups.of(link.right):
            lefts.setdefault(group, set()).add(link.left)
            rights.setdefault(group, set()).add(link.right)
    return {
        number for group, chosen in lefts.items() for number in (chosen - rights[group] or chosen)
    }


class _Groups:
    """Disjoint sets of nodes, of which some must not be joined."""

    def __init__(self, nodes: Iterable[int], different: Iterable[tuple[int, int]]) -> None:
        self._above = {number: number for number in nodes}
        self._barred: dict[int, set[int]] = {}
        for left, right in different:
            self._barred.setdefault(left, set()).add(right)
            self._barred.setdefault(right, set()).add(left)

    def of(self, number: int) -> int:
        """One node that stands for the whole set, until it is joined to another."""
        while (above := self._above[number]) != number:
            self._above[number] = self._above[above]
            number = above
        return number

    def join(self, left: int, right: int) -> None:
        """Make the sets of two nodes one, unless they are barred."""
        one, other = self.of(left), self.of(right)
        if one == other or any(self.of(each) == other for each in self._barred.get(one, ())):
            return
        self._above[other] = one
        if other in self._barred:
            self._barred.setdefault(one, set()).update(self._barred[other])
