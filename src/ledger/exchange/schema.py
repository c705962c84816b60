"""JSON Schema of what ``baomi do -`` and ``baomi import -`` take, made from the classes themselves."""

from collections.abc import Mapping
from datetime import date, time
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin

from ledger.approval import Approval
from ledger.event import Event
from ledger.exchange.rows import CLOSING, COMPUTED, slots_of
from ledger.exchange.script import COMMANDS, ENVELOPE, Slot, slots
from ledger.level import Level
from ledger.mark import Mark
from ledger.notation.codec import carries_thing
from ledger.notation.fields import label
from ledger.notation.words import ACTS, KINDS, act_name
from ledger.person import Circle

__all__ = ["act_schema", "acts_schema", "record_schema"]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final = {"type": "string", "maxLength": 500}
_DAY: Final = {"type": "string", "description": "日期，如 2026-03-02"}
_APPROVAL: Final = {
    "type": "object",
    "properties": {
        "by": _TEXT,
        "role": _TEXT,
        "paper_no": _TEXT,
        "on": _DAY,
    },
    "required": ["by"],
    "additionalProperties": False,
}
_PLAIN: Final[Mapping[Any, Mapping[str, Any]]] = {
    str: {"type": ["string", "number"]},
    int: {"type": ["integer", "string"]},
    float: {"type": ["number", "string"]},
    bool: {"enum": [True, False, "是", "否", "有", "无"]},
    date: _DAY,
    time: {"type": "string", "description": "时间，如 09:30"},
    Mark: {"type": "string", "description": "密级★保密期限，如 机密★10年"},
    Approval: {"anyOf": [{"type": "string"}, _APPROVAL]},
}


def acts_schema() -> dict[str, Any]:
    """One schema for every act a script may write, told apart by ``act``."""
    kinds = [kind for kind in ACTS if kind not in COMMANDS]
    choices = [{"$ref": f"#/$defs/{name}"} for kind in kinds for name, _, _ in _variants(kind)]
    definitions = {
        name: _act(kind, page, zh) for kind in kinds for name, page, zh in _variants(kind)
    }
    return {
        "$schema": _DRAFT,
        "title": "baomi do - 的一行",
        "oneOf": choices,
        "$defs": definitions,
    }


def act_schema(kind: type[Event]) -> dict[str, Any]:
    """The schema of one act."""
    found = [_act(kind, page, zh) for _, page, zh in _variants(kind)]
    return {"$schema": _DRAFT} | (found[0] if len(found) == 1 else {"oneOf": found})


def record_schema(page: type) -> dict[str, Any]:
    """The schema of a record of one kind, as ``baomi import`` takes it from JSON."""
    own = [slot for slot in slots_of(page).values() if slot.name not in (*COMPUTED, *CLOSING)]
    return {"$schema": _DRAFT, "title": KINDS[page][1]} | _object(own, {})


def _variants(kind: type[Event]) -> list[tuple[str, type | None, str]]:
    """An act that brings a page is as many schemas as there are kinds of pages."""
    if not carries_thing(kind):
        return [(act_name(kind), None, ACTS[kind])]
    amended = act_name(kind) == "amended"
    return [
        (f"{act_name(kind)}_{name}", page, f"{ACTS[kind]}{zh}")
        for page, (name, zh) in KINDS.items()
        if name != "document" or amended
    ]


def _act(kind: type[Event], page: type | None, title: str) -> dict[str, Any]:
    fixed: dict[str, Any] = {"act": {"enum": [act_name(kind), ACTS[kind]]}}
    if page is not None:
        fixed["kind"] = {"enum": list(KINDS[page])}
    beside = [Slot(name, label(name), type_, required=False) for name, type_ in ENVELOPE.items()]
    own = slots(kind, page)
    if act_name(kind) == "amended":
        own = tuple(slot._replace(required=False) for slot in own)
    return {"title": title} | _object([*own, *beside], fixed)


def _object(own: list[Slot], fixed: Mapping[str, Any]) -> dict[str, Any]:
    """An object of these fields, each under its English or its Chinese name."""
    properties: dict[str, Any] = {}
    for name, told in fixed.items():
        properties |= {name: told, label(name): told}
    for slot in own:
        told = _type(slot.kind) | {"title": slot.label}
        properties |= {slot.name: told, slot.label: told}
    named = [*((name, label(name)) for name in fixed)]
    named += [(slot.name, slot.label) for slot in own if slot.required]
    required = [{"anyOf": [{"required": [name]} for name in both]} for both in named]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return schema | ({"allOf": required} if required else {})


def _type(kind: Any) -> dict[str, Any]:
    optional = False
    if get_origin(kind) is UnionType:
        parts = [part for part in get_args(kind) if part is not NoneType]
        kind, optional = parts[0], True
    if get_origin(kind) in (tuple, frozenset) or kind is Circle:
        held = get_args(kind)[0] if get_args(kind) else str
        items = _one(getattr(held, "__supertype__", held))
        plain: dict[str, Any] = {"anyOf": [{"type": "array", "items": items}, {"type": "string"}]}
    else:
        plain = _one(getattr(kind, "__supertype__", kind))
    return {"anyOf": [plain, {"enum": [None, ""]}]} if optional else plain


def _one(kind: Any) -> dict[str, Any]:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if kind is Level:
        return {"enum": [level.value for level in Level]}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [str(member.value) for member in kind]}
    return dict(_TEXT)
