"""制度 and articles: what every finding leans on.

Only titles and article numbers are kept here. The sentences of a regulation are not shipped;
each rule tells the gist of its article in our own words.
"""

from typing import Final

from ledger.regulation.article import Citation, Regulation
from ledger.regulation.compendium import CARRIERS, COMPENDIUM, COMPUTERS, KEY_POSTS
from ledger.regulation.local import LOCAL
from ledger.regulation.national import NATIONAL, STATE_SECRETS_LAW
from ledger.text import digits

__all__ = [
    "BOOK_ORDER",
    "CARRIERS",
    "COMPENDIUM",
    "COMPUTERS",
    "KEY_POSTS",
    "LOCAL",
    "REGULATIONS",
    "STATE_SECRETS_LAW",
    "Citation",
    "Regulation",
    "find",
]

BOOK_ORDER: Final = Regulation.numbered("保密室台账的记账规则", "记账规则", "baomi", 20)

REGULATIONS: Final = (*COMPENDIUM, *LOCAL, *NATIONAL, BOOK_ORDER)
_BY_NAME: Final = {regulation.short: regulation for regulation in REGULATIONS}


def named(short: str) -> Regulation | None:
    """The regulation of this short name, if there is one."""
    return _BY_NAME.get(short)


def find(words: str) -> tuple[Citation, ...]:
    """Every article whose citation contains the words; digits stand for Chinese numerals too.

    >>> [str(cited) for cited in find("计算机 12")]
    ['计算机制度 第十二条']
    """
    wanted = digits(words).split()
    found = []
    for regulation in REGULATIONS:
        for number, article in enumerate(regulation.articles, 1):
            names = (regulation.short, regulation.title, article, str(number))
            if all(_names(word, names) for word in wanted):
                found.append(regulation[article])
    return tuple(found)


def _names(word: str, names: tuple[str, ...]) -> bool:
    *titles, number = names
    return word == number if word.isdigit() else any(word in title for title in titles)
