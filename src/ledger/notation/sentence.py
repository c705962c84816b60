"""An act in words: line by line for whoever is about to write it, in one line for a list."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from ledger.act import Act
from ledger.carrier import Carrier
from ledger.event import Event
from ledger.event.access import Requested
from ledger.notation.codec import write_act, write_event
from ledger.notation.fields import label
from ledger.notation.listing import asked_for, place_of, status_of
from ledger.notation.words import ACTS, KIND_LABELS
from ledger.register.record import Case, Change, Entry
from ledger.register.register import Register

__all__ = ["effects", "said", "said_of", "summary"]

_AROUND: Final = ("n", "on", "at", "by", "act", "findings", "happened", "clock")


def said(act: Act, register: Register) -> list[tuple[str, str]]:
    """Everything the act will say, labelled, people and units by name as well as number."""
    data = write_act(act)
    if isinstance(act.event, Requested):
        data["wanted"] = asked_for(cast("Event", act.event.wanted.event))
    head = [("事项", ACTS[type(act.event)]), ("日期", str(data["on"])), ("经办人", act.by)]
    own = _labelled(data, register)
    late = [("补记原因", act.happened)] if act.happened else []
    return [*head, *own, *late]


def said_of(event: Event, register: Register) -> list[tuple[str, str]]:
    """Everything an event says before it is an act, labelled likewise."""
    return [("事项", ACTS[type(event)]), *_labelled(write_event(event), register)]


def _labelled(data: Mapping[str, Any], register: Register) -> list[tuple[str, str]]:
    return [
        (label(key), _value(KIND_LABELS.get(value, value) if key == "kind" else value, register))
        for key, value in data.items()
        if key not in _AROUND
    ]


def summary(act: Act, register: Register) -> str:
    """What an act says, in a line."""
    own = [f"{name} {value}" for name, value in said(act, register)[3:] if name != "补记原因"]
    if act.happened:
        own.append(f"补记：{act.happened}（当时的问题{len(act.findings)}项）")
    return "，".join(own)


def _value(value: Any, register: Register) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case list():
            return "、".join(_value(each, register) for each in value)
        case dict():
            return " ".join(_value(each, register) for each in value.values())
        case str():
            page = register.people.get(value) or register.units.get(value)
            return f"{page.name}（{value}）" if page else value
        case _:
            return str(value)


def effects(changes: Iterable[Change], before: Register, after: Register) -> Iterator[str]:
    """What an act does to the registers, a sentence each: who had it and who has it then."""
    latest = {(change.table, change.key): change for change in changes}
    for (table, key), change in latest.items():
        match change.after:
            case Entry() as entry:
                yield from _moved(key, before, after, entry)
            case Case() as case if key not in before.cases:
                yield f"立案 {case.number}（{case.nature}）"
            case _ if table in ("people", "units", "cabinets", "sites", "documents"):
                new = key not in getattr(before, table)
                yield f"{key}：{'新登记' if new else '登记内容有变'}"


def _moved(key: str, before: Register, after: Register, entry: Entry[Carrier]) -> Iterator[str]:
    then = f"{place_of(after, entry)}（{status_of(entry)}）" if entry.open else status_of(entry)
    old = before.carriers.get(key)
    if old is None:
        yield f"{key}：新登记，在{then}"
    elif (place := f"{place_of(before, old)}（{status_of(old)}）") != then:
        yield f"{key}：{place} 变为 {then}"
    else:
        yield f"{key}：登记内容有变"
