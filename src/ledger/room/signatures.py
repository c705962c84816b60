"""Whether every line is signed by the operator it names, and his password file is the book's."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from ledger.register.access import Operator
from ledger.register.draft import Draft
from ledger.register.pages import NOBODY
from ledger.store.book import Book
from ledger.store.credential import AlteredCredential, stored
from ledger.store.line import signed
from ledger.store.place import Row
from ledger.store.signature import genuine_bytes

__all__ = ["Signer", "Signers", "fault_of", "files_altered", "operator_of", "raw_line"]

_SHOWN: Final = 8
"""How many digits of a key tell it from an operator's others."""


@frozen(kw_only=True)
class Signer:
    """One key of an operator, and the lines it has signed: which was the first, the last, how many."""

    operator: str
    key: str
    first: int
    last: int
    lines: int = 1

    def __str__(self) -> str:
        return f"{self.operator}的密钥{self.key[:_SHOWN]}签了账本第{self.first}至{self.last}行中的{self.lines}行"


class Signers:
    """Which key signed what, line after line."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Signer] = {}

    def add(self, row: Row, draft: Draft) -> None:
        """One more line that is signed as it should be."""
        by, line = str(row.data["acts"][0]["by"]), row.before.line + 1
        operator = operator_of(by, draft)
        if operator is None or not operator.public:
            return
        key = (operator.name, operator.public)
        known = self._known.get(key)
        if known is None:
            known = Signer(operator=by, key=operator.public, first=line, last=line, lines=0)
        self._known[key] = evolve(known, last=line, lines=known.lines + 1)

    @property
    def all(self) -> tuple[Signer, ...]:
        """The keys in the order in which they first signed."""
        return tuple(self._known.values())

    @property
    def changed(self) -> tuple[str, ...]:
        """The keys of operators who have had more than one, a sentence each."""
        often = Counter(name for name, _ in self._known)
        return tuple(str(each) for (name, _), each in self._known.items() if often[name] > 1)


def operator_of(by: str, draft: Draft) -> Operator | None:
    """The operator whom an act's writer stands for, by number, name or a program's own name."""
    known = [number for number in draft.named.get(by, NOBODY) if number in draft.people]
    return draft.operators.get(known[0] if by not in draft.people and len(known) == 1 else by)


def raw_line(book: Book, row: Row) -> bytes:
    """The bytes of a line, its end included."""
    return bytes(book.disk.view(book.journal.path(row.before.year))[row.before.end : row.end])


def fault_of(book: Book, row: Row, draft: Draft) -> str:
    """What is wrong with the signature of a line with acts, given all before it; blank for nothing.

    Only a failed sign-in is written by no operator, and needs none; a line that was blanked has lost its own.
    """
    if not len(draft.operators):
        return ""
    acts = row.data["acts"]
    by = str(acts[0]["by"])
    operator = operator_of(by, draft)
    if any(act["by"] != by for act in acts):
        return f"{row}写着不止一个经办人"
    if operator is None:
        at_the_door = all(act["act"] == "sign_in_failed" for act in acts)
        return "" if at_the_door else f"{row}写明是{by}记的，他不是操作员"
    if not operator.public:
        return ""
    said, signature = signed(raw_line(book, row), row.before.head)
    if not signature:
        return f"{row}写明是{by}记的，却没有他的签名"
    if not genuine_bytes(said, signature, operator.public):
        return f"{row}的签名不是{by}的"
    return ""


def files_altered(folder: Path, operators: Mapping[str, Any]) -> Iterator[str]:
    """The operators whose password file is not the one the book names, in words."""
    for name, operator in operators.items():
        if not operator.removed:
            try:
                stored(folder, operator.credential)
            except AlteredCredential as error:
                yield f"{name}：{error}"
