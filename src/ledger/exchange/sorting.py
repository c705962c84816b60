"""Rows sorted into what is new, changed, the same, wrong, or not for a file to say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from attrs import define, evolve, field, fields, frozen

from ledger.approval import Approval
from ledger.carrier import Document, Paper
from ledger.event import Amended, Event, Registered
from ledger.exchange.cell import Fault
from ledger.exchange.holding import canonical, closing_word, held_back
from ledger.exchange.known import Difference, Key, Known, Page, count_keys
from ledger.exchange.rows import CLOSING, COMPUTED, Item, carries_custody
from ledger.exchange.script import InvalidAct, Slot, build
from ledger.exchange.texts import Texts, text_key
from ledger.mark import InvalidMark, Mark
from ledger.notation.fields import label
from ledger.notation.words import OPENED
from ledger.register.register import Register
from ledger.text import quoted

__all__ = ["Closure", "Planned", "Sorter"]

_BESIDE: Final = frozenset({*COMPUTED, *CLOSING, "status", "on"})
"""What a row says that is no field of a page."""
_WHERE: Final = frozenset({"cabinet", "compartment"})
_UNMADE: Final[Mapping[type, str]] = {
    Document: "文稿随文件一起登记，不能单独新建",
    **{kind: f"{name}由台账上的事项产生，不能导入" for kind, (_, name) in OPENED.items()},
}


@frozen(kw_only=True)
class Planned:
    """A row and the act it would become."""

    row: int
    event: Event
    sheet: str = ""
    on: date | None = None
    """The day the act is dated, where the row says so."""
    number: str = ""
    """The record it changes, if there is one."""
    changes: tuple[Difference, ...] = ()
    text: object = None
    """What tells the text of a paper: papers of one file with the same share their document."""


@frozen(kw_only=True)
class Closure:
    """A row that says its carrier is gone, and what it says of how."""

    row: int
    sheet: str
    act: str
    details: Mapping[str, Any]
    on: date | None = None
    number: str = ""
    planned: int = -1
    """Which of the new records it closes, where the record is not in the book yet."""


@define(kw_only=True)
class Sorter:
    """Sorts the things a file tells of by what the register has of them."""

    page: type
    slots: Mapping[str, Slot]
    known: Known
    register: Register
    mode: str
    clear: bool
    approvals: tuple[Approval, ...]
    before: Mapping[tuple[str, int], Sequence[str]]
    """The records that rows of the very same file became before."""
    mapped: frozenset[str]
    """The fields that a column or a fixed value fills."""
    new: list[Planned] = field(factory=list)
    updated: list[Planned] = field(factory=list)
    closures: list[Closure] = field(factory=list)
    unchanged: list[int] = field(factory=list)
    faults: list[Fault] = field(factory=list)
    held: list[Fault] = field(factory=list)
    agreed: list[Fault] = field(factory=list)
    notes: Counter[tuple[str, str]] = field(factory=Counter)
    unkeyed: list[int] = field(factory=list)
    texts: Texts = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.texts = Texts(self.register)

    def sort(self, items: Sequence[Item], spoiled: Sequence[Item] = ()) -> None:
        """Sort every item, those with a certain key first; of ``spoiled`` rows compare the key."""
        often = count_keys(self.known, [item.values for item in items], self.known.loose)
        first: dict[Any, Item] = {}
        found = [self._certain(item, first) for item in items]
        for item in spoiled:
            self._twice(item, self.known.certain(item.values), first)
        for item, number in zip(items, found, strict=True):
            if number is None:
                continue
            match = number or self._guess(item, often)
            if match:
                self._compare(item, self.known.pages[match])
            else:
                self._new(item)

    def _twice(self, item: Item, key: tuple[Key, Key] | None, first: dict[Any, Item]) -> bool:
        """Whether another row has the key of this one, which is then a fault."""
        other = item if key is None else first.setdefault(key, item)
        if key is None or other is item:
            return False
        where = f"“{other.sheet}”" if other.sheet != item.sheet else ""
        said = f"{quoted('、'.join(key[1]))}与{where}第{other.number}行相同"
        hint = "改正编号；编号本来就不能区分的，用 --key 另选一项"
        self.faults.append(item.fault("key.duplicate", said, hint))
        return True

    def _certain(self, item: Item, first: dict[Any, Item]) -> str | None:
        """The record an item is about by a certain key; ``None`` after a fault."""
        key = self.known.certain(item.values)
        if key is None:
            return ""
        if self._twice(item, key, first):
            return None
        numbers = self.known.sure(item.values)
        if len(numbers) > 1:
            told = quoted("、".join(key[1]))
            said = f"{told}在台账里有几条登记：{'、'.join(numbers)}"
            hint = "加上编号一列，写明是哪一条"
            self.faults.append(item.fault("key.conflict", said, hint))
            return None
        self.known.taken.update(numbers)
        return numbers[0] if numbers else ""

    def _guess(self, item: Item, often: Counter[Any]) -> str:
        """The record an item without a certain key is about, if it is about one."""
        if self.known.certain(item.values) is not None:
            return ""
        self.unkeyed.append(item.number)
        number = (
            self._alike(item) or self._remembered(item) or self.known.likely(item.values, often)
        )
        if number:
            self.known.taken.add(number)
        return number

    def _remembered(self, item: Item) -> str:
        """What this row of the very same file became before."""
        numbers = self.before.get((item.sheet, item.number), ())
        free = (n for n in numbers if n in self.known.pages and n not in self.known.taken)
        return next(free, "")

    def _alike(self, item: Item) -> str:
        event = self._built(item)
        if not isinstance(event, Registered):
            return ""
        page = Page("", event.thing, event.document)
        own = {each.name for each in fields(self.page)} | (_TEXT if self.page is Paper else set())
        whole = {name: page.value(name) for name in self.mapped & own}
        told = {name: value for name, value in item.values.items() if name in own}
        if "on" in item.values and carries_custody(self.page):
            whole["on"] = told["on"] = item.values["on"]
        return self.known.alike(told, whole)

    def _built(self, item: Item) -> Event | str:
        """The act that registers the item, or why there can be none."""
        told = {name: value for name, value in item.values.items() if name not in _BESIDE}
        if self.page is Paper and told.get("mark") is not None and "level" in told:
            if told["mark"].level is not told.pop("level"):
                return "“密级”与“标志”不一致"
            told.pop("term", None)
        for slot in self.slots.values():
            if slot.required and slot.name not in told and slot.name not in _BESIDE:
                return f"没有填“{slot.label}”"
        try:
            return build(Registered, self.page, told, self.register)
        except (InvalidMark, InvalidAct) as error:
            return str(error)

    def _new(self, item: Item) -> None:
        if self.mode == "update" or self.page in _UNMADE:
            said = _UNMADE.get(self.page, "台账里没有这一条，只更新时不新建")
            self.faults.append(item.fault("missing", said, "核对编号；要新建，用 --mode upsert"))
            return
        event = self._built(item)
        if isinstance(event, str):
            self.faults.append(item.fault("row.invalid", event))
            return
        if self._waits(item, None, []):
            return
        if word := closing_word(item):
            self.closures.append(self._closure(item, word, planned=len(self.new)))
        planned = self._planned(item, cast("Registered", event))
        self.new.append(planned)

    def _planned(self, item: Item, event: Registered) -> Planned:
        """The act of a new record; a paper may share its text with one that is there already."""
        text: object = None
        event = evolve(event, approvals=self.approvals)
        if isinstance(event.thing, Paper) and event.document is not None:
            text = text_key(event.document)
            kept = self.texts.kept(event.document)
            if kept is not None:
                thing = evolve(event.thing, document=kept)
                event = evolve(event, thing=thing, document=None)
        on = item.values.get("on")
        return Planned(row=item.number, sheet=item.sheet, event=event, on=on, text=text)

    def _compare(self, item: Item, page: Page) -> None:
        told = {n: v for n, v in item.values.items() if n not in (*COMPUTED, *CLOSING)}
        if page.entry is None:
            told.pop("on", None)
        if "status" in told:
            told["status"] = canonical(str(told["status"]))
        found = self.known.differences(page.number, told) + self._cleared(item, page)
        if self._waits(item, page, found):
            return
        word = closing_word(item)
        if word and any(each.field == "status" for each in found):
            self.closures.append(self._closure(item, word, number=page.number))
            found = [each for each in found if each.field != "status"]
        elif not [each for each in found if each.field != "status"]:
            self.unchanged.append(item.number)
        changes = [each for each in found if each.field not in ("status", *_WHERE)]
        if changes and self.mode == "create":
            names = "、".join(label(each.field) for each in changes)
            said = f"已登记为{page.number}，{names}不同；要改请用更正登记"
            self.faults.append(item.fault("differs", said, "要按文件更新，加 --mode upsert"))
        elif changes:
            self._amend(item, page, changes)

    def _cleared(self, item: Item, page: Page) -> list[Difference]:
        """What a blank cell takes away, where blank cells are to do so."""
        if not self.clear:
            return []
        defaults = {each.name: each.default for each in fields(type(page.thing))}
        if page.text is not None:
            defaults |= {each.name: each.default for each in fields(Document)}
        keep = {"number", *_BESIDE, *_WHERE}
        names = [name for name in item.blank if name in defaults and name not in keep]
        return [
            Difference(name, page.value(name), defaults[name])
            for name in names
            if page.value(name) != defaults[name]
        ]

    def _waits(self, item: Item, page: Page | None, found: list[Difference]) -> bool:
        """Whether the row has to wait for a person; if so, why has been noted."""
        waiting = False
        for held in held_back(item, page, found):
            agreed = held.approvable and bool(self.approvals)
            fault = item.fault(held.code, held.message, held.hint)
            (self.agreed if agreed else self.held).append(fault)
            waiting = waiting or not agreed
        return waiting

    def _closure(self, item: Item, act: str, number: str = "", planned: int = -1) -> Closure:
        details = {name: item.values[name] for name in CLOSING if name in item.values}
        return Closure(
            row=item.number,
            sheet=item.sheet,
            act=act,
            details=details,
            number=number,
            planned=planned,
        )

    def _amend(self, item: Item, page: Page, changes: Sequence[Difference]) -> None:
        """The acts that make the page, and for a paper its text, say what the row does."""
        own = {each.name for each in fields(type(page.thing))}
        of_thing = {each.field: each.after for each in changes if each.field in own}
        of_text = {each.field: each.after for each in changes if each.field not in own}
        for record, told in ((page.thing, of_thing), (page.text, of_text)):
            if record is None or not told:
                continue
            if "level" in told and isinstance(record, Document):
                told["mark"] = Mark.parse(f"{told.pop('level')}★{told.pop('term', '')}")
            event = Amended(thing=evolve(record, **told), approvals=self.approvals)
            shown = tuple(each for each in changes if (each.field in own) == (record is page.thing))
            self.updated.append(
                Planned(
                    row=item.number,
                    sheet=item.sheet,
                    event=event,
                    number=page.number,
                    changes=shown,
                )
            )


_TEXT: Final = {each.name for each in fields(Document)} - {"number"}
