"""How own entities are ordered and linked; the values themselves stand in `records`."""

from collections.abc import Sequence

from archive.records import Candidate, EntityKey, Link


def order(key: EntityKey) -> tuple[str, str, str, str]:
    """A key in a form that sorts: a missing country before all others."""
    return key[0], key[1].value, key[2] or "", key[3]


def linked(one: Candidate, other: Candidate, rule: str, score: float) -> Link:
    """The link between two candidates, the smaller key left, the score rounded."""
    left, right = sorted((one.key, other.key), key=order)
    return Link(left=left, right=right, rule=rule, score=round(score, 3))


def main_country(countries: Sequence[tuple[str, int]]) -> str | None:
    """The country that most articles name, None where two do alike (`Evidence.countries`)."""
    if not countries or (len(countries) > 1 and countries[0][1] == countries[1][1]):
        return None
    return countries[0][0]
