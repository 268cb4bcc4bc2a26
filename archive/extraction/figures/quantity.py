"""A quantity between its number and its figure: bounds, unit and place among the tokens."""

from dataclasses import dataclass
from decimal import Decimal

from archive.records import Modifier
from archive.vocabulary.units import Unit


@dataclass(slots=True)
class Quantity:
    """A number with its bounds and unit of measure; token indices, `end` exclusive.

    The number itself begins at `number_at`; `after` is where the noun that is counted is looked
    for. `form` is as in `Number`, or `score`; `hyphened` says that a hyphen joins unit or noun to
    the number (`12-day`).
    """

    start: int
    number_at: int
    end: int
    after: int
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    modifier: Modifier
    unit: Unit | None
    form: str
    factor: Decimal = Decimal(1)
    digits: bool = False
    scaled: bool = False
    hyphened: bool = False
    per: str | None = None
    sign: bool = False
    of_more: bool = False
    age: bool = False
