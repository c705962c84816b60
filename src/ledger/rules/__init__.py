"""The rules, one module a 制度, in the order of the 制度.

Nothing is discovered: a rule holds because it stands in the list of its module, and a module's
list because it stands here.
"""

from typing import Final

from ledger.regulation import BOOK_ORDER, CARRIERS, COMPUTERS, Regulation
from ledger.rule import Rule
from ledger.rules import computers, custody, entry, keyposts, labelling, law, media, order, paper

__all__ = ["ALL", "ENTRY", "HELD", "PEOPLE"]

ENTRY: Final[tuple[Rule, ...]] = (*entry.RULES, *labelling.ENTRY)
"""What holds for recording as well as for doing; asked first."""

ALL: Final[tuple[Rule, ...]] = (
    *ENTRY,
    *order.RULES,
    *custody.RULES,
    *law.RULES,
    *keyposts.RULES,
    *paper.RULES,
    *media.RULES,
    *computers.RULES,
    *labelling.RULES,
)
"""Every rule the ledger asks."""

HELD: Final[dict[Regulation, dict[str, str]]] = {
    BOOK_ORDER: {},
    CARRIERS: {**paper.HELD, **media.HELD},
    COMPUTERS: computers.HELD,
}
"""Articles that hold by what the book records or works out, so that no rule can be broken."""

PEOPLE: Final[dict[Regulation, dict[str, str]]] = {
    CARRIERS: {**paper.PEOPLE, **media.PEOPLE},
    COMPUTERS: computers.PEOPLE,
}
"""Articles that are left to people, and why."""
