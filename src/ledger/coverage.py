"""对照表: every demand of the thirty rule sets, and what in the ledger holds it.

The table is data beside the code, one line a demand: its planning id, the articles it stands in,
what a program can do about it, what does it, and its gist in our own words. What it names is
checked against the code, so that it cannot say more than is there.
"""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from attrs import frozen

from ledger.regulation import Citation, Regulation, named

__all__ = ["KINDS", "WORDS", "Demand", "Holder", "citations", "demands", "of_set", "sets"]

KINDS: Final = {
    "记": "记录",
    "拦": "拦下",
    "警": "提醒",
    "期": "到期提示",
    "算": "计算",
    "表": "表单",
    "批": "审批",
    "人": "由人负责",
}
"""What a program can do about a demand."""
WORDS: Final = ("规则", "应办", "审批", "记录", "报表", "表项", "由人")
"""The kinds of things a demand may be held by; 由人 is followed by the reason."""

_SETS: Final = (
    "jiangmen",
    "enping",
    "legal",
    "district",
    "organisation",
    "drafting",
    "staffing",
    "bureau",
    "audit",
    "posts",
)
_BETWEEN: Final = "；"


@frozen
class Holder:
    """What holds a demand: its kind and its name, or the reason why it is left to people."""

    word: str
    name: str

    def __str__(self) -> str:
        return f"{self.word}:{self.name}"


@frozen(kw_only=True)
class Demand:
    """One demand of a regulation."""

    id: str
    regulation: Regulation
    articles: tuple[str, ...]
    kinds: tuple[str, ...]
    held: tuple[Holder, ...]
    gist: str

    @property
    def by_people(self) -> bool:
        """Whether nothing but people can see to it."""
        return self.kinds == ("人",)

    @property
    def cites(self) -> Citation:
        """The first article it stands in."""
        return self.regulation[self.articles[0]]

    def names(self, word: str) -> tuple[str, ...]:
        """The names of what holds it, of one kind."""
        return tuple(holder.name for holder in self.held if holder.word == word)


def sets() -> tuple[str, ...]:
    """The names of the rule sets, which are those of their packs."""
    return _SETS


@cache
def of_set(name: str) -> tuple[Demand, ...]:
    """The demands of one rule set in printed order.

    Raises ``KeyError`` for a regulation or article that does not exist.
    """
    text = (files("ledger") / "articles" / f"{name}.tsv").read_text("utf-8")
    rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    next(rows)
    return tuple(_demand(row) for row in rows)


def _demand(row: list[str]) -> Demand:
    ident, short, articles, kinds, held, gist = row
    regulation = named(short)
    if regulation is None:
        raise KeyError(short)
    numbers = tuple(articles.split("、"))
    for number in numbers:
        regulation[number]
    return Demand(
        id=ident,
        regulation=regulation,
        articles=numbers,
        kinds=tuple(kinds.split("、")),
        held=tuple(Holder(*each.split(":", 1)) for each in held.split(_BETWEEN)),
        gist=gist,
    )


def demands() -> Iterator[Demand]:
    """Every demand of every rule set."""
    for name in _SETS:
        yield from of_set(name)


def citations(name: str) -> dict[str, Citation]:
    """Under which article of a set its demands are held, by the name of the rule or duty."""
    found: dict[str, Citation] = {}
    for demand in of_set(name):
        for holder in (*demand.names("规则"), *demand.names("应办")):
            found.setdefault(holder, demand.cites)
    return found
