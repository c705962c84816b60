"""起草: an act being filled in field by field, judged while it is typed, written when it is whole.

What a screen shows of an act is the same description of its fields that the command line reads
it by. Nothing here writes; ``Room.record`` does.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from attrs import NOTHING, evolve, fields, frozen

from ledger.carrier import Document
from ledger.day import InvalidDay
from ledger.event import Amended, Event, Received
from ledger.exchange.field import plain_type, read_value
from ledger.exchange.script import COMMANDS, ENVELOPE, InvalidAct, Slot, build, slots
from ledger.mark import InvalidMark
from ledger.notation.codec import carries_thing
from ledger.notation.fields import label
from ledger.notation.listing import plain
from ledger.notation.usual import usual
from ledger.notation.words import ACTS, KINDS
from ledger.number import InvalidMask
from ledger.review import Proposal
from ledger.room.barring import only_asks
from ledger.room.room import Room
from ledger.room.viewing import hides
from ledger.text import InvalidText, digits

__all__ = ["DOINGS", "Doing", "Draft", "Field", "day_of", "fields_of", "read"]

_BESIDE: Final = ("on", "note")
"""What every act may say besides its own fields, of ``ENVELOPE``, as far as a form asks for it."""


@frozen
class Doing:
    """One thing an officer can set out to do: an act, and for one that brings a page, which kind."""

    kind: type[Event]
    page: type | None = None

    @property
    def words(self) -> str:
        """What it is called.

        >>> from ledger.event import Registered
        >>> from ledger.carrier import Medium
        >>> Doing(Registered, Medium).words
        '登记介质'
        """
        return ACTS[self.kind] + (KINDS[self.page][1] if self.page else "")

    @property
    def command(self) -> str:
        """The command that alone does it; blank for what a form can do."""
        return COMMANDS.get(self.kind, "")


def _doings() -> Iterator[Doing]:
    for kind in ACTS:
        if not carries_thing(kind):
            yield Doing(kind)
            continue
        for page in KINDS:
            if page is not Document or kind is Amended:
                yield Doing(kind, page)


DOINGS: Final = tuple(_doings())
"""Everything that can be done, in the order of a carrier's life."""


@frozen(kw_only=True)
class Field:
    """One field of a form.

    ``of`` is the type that goes in (``str``, ``date``, ``Level``, ``PersonRef`` …), ``several``
    whether there may be more than one, set apart by 、; ``blank`` what it stands for when it is
    left empty, in words.
    """

    name: str
    label: str
    of: Any
    several: bool
    takes: str
    required: bool
    blank: str = ""
    usual: bool = True
    """Whether it stands among those the act is usually told with."""


def fields_of(doing: Doing) -> tuple[Field, ...]:
    """The fields of a form: the usual ones first, then what must be there, then all others."""
    amended = doing.kind is Amended
    own = slots(doing.kind, doing.page)
    first = ("number", *usual(doing.kind, doing.page)) if amended else usual(doing.kind, doing.page)
    beside = [Slot(name, label(name), ENVELOPE[name], required=False) for name in _BESIDE]
    made = [_field(slot, doing, required=slot.required and not amended) for slot in (*own, *beside)]
    known = {field.name: field for field in made}
    head = [known.pop(name) for name in first if name in known]
    rest = sorted(known.values(), key=lambda field: not field.required)
    return (*head, *(evolve(field, usual=not first or field.required) for field in rest))


def _field(slot: Slot, doing: Doing, *, required: bool) -> Field:
    of, _, several = plain_type(slot.kind, named=True)
    return Field(
        name=slot.name,
        label=slot.label,
        of=of,
        several=several,
        takes=slot.takes,
        required=required,
        blank=_blank(slot.name, doing),
    )


def _blank(name: str, doing: Doing) -> str:
    """What a field stands for when it is left empty, in words."""
    if name == "on":
        return "今天"
    if (doing.kind, name) in _FOLLOWS:
        return f"同{label(_FOLLOWS[doing.kind, name])}"
    for kind in (doing.kind, doing.page):
        for each in fields(kind) if kind else ():
            if each.name == name and each.default is not NOTHING and not callable(each.default):
                value = plain(each.default)
                return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
    return ""


_FOLLOWS: Final[Mapping[tuple[type, str], str]] = {(Received, "issuer"): "sender"}
"""Fields that are as another field of the act says, unless they say otherwise."""
_AHEAD: Final = re.compile(r"([+-])(\d{1,4})")
_SHORT: Final = re.compile(r"(\d{2})(\d{2})")
_WORDS: Final = {"今天": 0, "今日": 0, "明天": 1, "后天": 2, "昨天": -1, "前天": -2}


def day_of(text: str, today: date) -> str:
    """A day as it is typed at a desk, written out; what is none of the short ways stays as it is.

    ``+7`` is in a week, ``0101`` the first of January of this year.

    >>> day_of("+7", date(2026, 11, 25)), day_of("0101", date(2026, 11, 25))
    ('2026-12-02', '2026-01-01')
    """
    word = digits(text.strip(" \u3000")).replace("＋", "+").replace("。", ".")
    if word in _WORDS:
        return (today + timedelta(days=_WORDS[word])).isoformat()
    if found := _AHEAD.fullmatch(word):
        return (today + timedelta(days=int(found[1] + found[2]))).isoformat()
    if found := _SHORT.fullmatch(word):
        return f"{today.year}-{found[1]}-{found[2]}"
    return word


@frozen(kw_only=True)
class Draft:
    """What a form comes to as it is filled in now.

    ``faults`` are by field, in Chinese; ``missing`` the labels of what is still to be filled in;
    ``proposal`` is what the rules say once the act can be read.
    """

    faults: Mapping[str, str]
    missing: tuple[str, ...] = ()
    event: Event | None = None
    circumstances: Mapping[str, Any]
    proposal: Proposal | None = None
    asks: bool = False
    """Whether another does it, and what was filled in can be asked for."""

    @property
    def ready(self) -> bool:
        """Whether it would be written."""
        return self.proposal is not None and not self.proposal.refused


def read(
    room: Room,
    doing: Doing,
    typed: Mapping[str, str],
    *,
    happened: str = "",
    saw: int | None = None,
) -> Draft:
    """What the words typed into a form mean, and what the rules say of it.

    ``happened`` is the reason for recording what has already taken place, ``saw`` the last act
    the officer had seen.
    """
    every = {field.name: field for field in fields_of(doing)}
    kinds = {slot.name: slot.kind for slot in slots(doing.kind, doing.page)} | dict(ENVELOPE)
    values, faults = dict[str, Any](), dict[str, str]()
    followed = {n: typed.get(o, "") for (kind, n), o in _FOLLOWS.items() if kind is doing.kind}
    for name, text in {
        **followed,
        **{n: t for n, t in typed.items() if t or n not in followed},
    }.items():
        if text.strip(" \u3000") or _emptied(doing, name):
            try:
                values[name] = read_value(kinds[name], _as_typed(every[name], text, room))
            except (ValueError, InvalidDay, InvalidMark, InvalidText, InvalidMask) as error:
                faults[name] = str(error)
    faults |= _unread(room, doing, values)
    missing = tuple(f.label for f in every.values() if f.required and f.name not in values | faults)
    beside = {name: values.pop(name) for name in list(values) if name in ENVELOPE}
    beside |= {"by": room.by, "happened": happened, "saw": saw}
    beside = {k: v for k, v in beside.items() if v not in (None, "")}
    asks = only_asks(room, doing.kind)
    draft = Draft(faults=faults, missing=missing, circumstances=beside, asks=asks)
    if faults or missing:
        return draft
    try:
        event = build(doing.kind, doing.page, values, room.register)
    except (InvalidMark, InvalidAct) as error:
        return evolve(draft, faults={"": str(error)})
    return evolve(draft, event=event, proposal=room.propose(event, **beside))


def _unread(room: Room, doing: Doing, values: Mapping[str, Any]) -> dict[str, str]:
    """Why a page is not to be amended by whoever cannot read what he would write again."""
    if doing.kind is Amended and hides(room, str(values.get("number", ""))):
        return {"number": "不在你的知悉范围，不能更正；请知悉的保密员办理"}
    return {}


def _as_typed(field: Field, text: str, room: Room) -> str:
    return day_of(text, room.clock().date()) if field.of is date else text


def _emptied(doing: Doing, name: str) -> bool:
    """Whether a field of a page that is being amended was made empty on purpose."""
    return doing.kind is Amended and name != "number" and name not in _BESIDE
