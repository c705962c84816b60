"""Acts and pages as plain JSON objects, one flat object an act.

``{"act": "lent", "carrier": "WJ-2026-0001", "to": "RY-003", "due": "2026-12-01"}``: the field
names are those of the event's class; a document or a page that an event carries lies flat
beside them, the page under its ``kind``. What a field leaves at its default is left out.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final, cast, get_args

import cattrs
from attrs import evolve, fields

from ledger.act import Act
from ledger.carrier import Document, Paper
from ledger.event import Event, Thing
from ledger.event.access import Wanted
from ledger.mark import Level, Mark
from ledger.notation.words import ACTS, KINDS, act_name, kind_name
from ledger.number import DocumentNo, Mask, Numbering
from ledger.person import Circle
from ledger.place import Compartment

__all__ = [
    "ACT_KINDS",
    "JSON",
    "THING_KINDS",
    "carries_document",
    "carries_thing",
    "compartment",
    "field_names",
    "nested",
    "read_act",
    "read_event",
    "write_act",
    "write_event",
]

ACT_KINDS: Final[Mapping[str, type[Event]]] = {act_name(kind): kind for kind in ACTS}
"""Event classes by the name of their act."""
THING_KINDS: Final[Mapping[str, type]] = {name: kind for kind, (name, _) in KINDS.items()}
"""Page classes by the name of their register."""

_JSON: Final = cattrs.Converter(
    forbid_extra_keys=True, omit_if_default=True, detailed_validation=False
)


def compartment(text: str) -> Compartment:
    """The compartment a text such as ``1`` or ``3:绝密`` names."""
    name, _, level = text.replace("：", ":").partition(":")
    return Compartment(name.strip(), Level.parse(level) if level.strip() else None)


def _both(kind: type, write: Any, read: Any) -> None:
    _JSON.register_unstructure_hook(kind, write)
    _JSON.register_structure_hook(kind, lambda raw, _: read(raw))


_both(date, date.isoformat, date.fromisoformat)
_both(datetime, datetime.isoformat, datetime.fromisoformat)
_both(time, lambda at: at.isoformat("minutes"), time.fromisoformat)
_both(Mark, str, Mark.parse)
_both(Circle, lambda circle: sorted(circle.members), Circle.of)
_both(Compartment, str, compartment)


def _masks(numbering: Numbering) -> dict[str, str]:
    """The masks by register; one that came later than the first books only where it differs."""
    usual = Numbering()
    named = ((f.name, getattr(numbering, f.name)) for f in fields(Numbering))
    return {n: m.pattern for n, m in named if n not in _LATER or m != getattr(usual, n)}


_LATER: Final = ("blank", "request")
_both(
    Numbering,
    _masks,
    lambda raw: Numbering(**{name: Mask.parse(pattern) for name, pattern in raw.items()}),
)
_JSON.register_unstructure_hook_func(
    lambda kind: getattr(kind, "__origin__", None) is frozenset, sorted
)
_JSON.register_unstructure_hook_func(
    lambda kind: getattr(kind, "__origin__", None) is tuple and Ellipsis not in get_args(kind),
    lambda pair: [_JSON.unstructure(each) for each in pair],  # as JSON gives it back
)


def _thing(raw: dict[str, Any], _: Any) -> Any:
    rest = {key: value for key, value in raw.items() if key != "kind"}
    return _JSON.structure(rest, THING_KINDS[raw["kind"]])


for _union in (Thing, Thing | Document):
    _JSON.register_structure_hook(_union, _thing)


def field_names(kind: type) -> tuple[str, ...]:
    """The names of a class's fields, in order."""
    return tuple(each.name for each in fields(kind))


def carries_document(kind: type) -> bool:
    """Whether an event brings a text of its own, whose fields lie flat in its JSON."""
    return any(f.name == "document" and f.type is not DocumentNo for f in fields(kind))


def carries_thing(kind: type) -> bool:
    """Whether an event brings a page, whose fields lie flat in its JSON under a ``kind``."""
    return "thing" in field_names(kind)


def write_event(event: Event) -> dict[str, Any]:
    """The event as a flat JSON object with its ``act``."""
    data: dict[str, Any] = _JSON.unstructure(event)
    flat: dict[str, Any] = {"act": act_name(type(event))}
    if (thing := data.pop("thing", None)) is not None:
        flat |= {"kind": kind_name(type(cast(Any, event).thing)), **thing}
    if isinstance(document := data.get("document"), dict):
        data.pop("document")
        flat |= document | {"document": document.pop("number", "")}
    return flat | data


def read_event(data: Mapping[str, Any]) -> Event:
    """The event that ``write_event`` wrote as this object.

    Raises ``KeyError`` for an act or kind that is not known, and what cattrs raises for fields
    that are missing, unknown or of a wrong type.
    """
    kind = ACT_KINDS[data["act"]]
    rest = {key: value for key, value in data.items() if key != "act"}
    return _JSON.structure(nested(kind, rest), kind)


_TEXT: Final = frozenset(field_names(Document)) - {"number"}


def nested(kind: type, flat: Mapping[str, Any]) -> dict[str, Any]:
    """A flat object with the fields of its page put under ``thing``, of its text under ``document``.

    A paper's ``document`` alone names a text the book already has; any other field of a
    document beside it makes a new one. Keys that belong nowhere stay at the top.
    """
    page = THING_KINDS.get(str(flat.get("kind"))) if carries_thing(kind) else None
    of_page = {"kind", *field_names(page)} if page else set()
    of_text = _TEXT if carries_document(kind) and page in (None, Paper) else frozenset()
    lifted = of_page | of_text | ({"document"} if of_text else set())
    data = {key: value for key, value in flat.items() if key not in lifted}
    if page:
        data["thing"] = {key: value for key, value in flat.items() if key in of_page}
    text = {key: value for key, value in flat.items() if key in of_text}
    if text or (of_text and page is None and "document" in flat):
        data["document"] = {"number": flat.get("document", ""), **text}
    return data


_both(
    Wanted,
    lambda wanted: write_event(wanted.event),
    lambda raw: Wanted(read_event(raw)),
)


def write_act(act: Act) -> dict[str, Any]:
    """The act as a flat JSON object: what every act has first, then the event's own fields."""
    data: dict[str, Any] = _JSON.unstructure(act)
    data.pop("event")
    return data | write_event(act.event)


def read_act(data: Mapping[str, Any]) -> Act:
    """The act that ``write_act`` wrote as this object; raises as ``read_event`` does."""
    common = {key: data[key] for key in _COMMON if key in data}
    event = read_event({key: value for key, value in data.items() if key not in _COMMON})
    return evolve(_JSON.structure({**common, "event": None}, Act), event=event)


_COMMON: Final = frozenset(field_names(Act)) - {"event"}
_JSON.register_structure_hook(Event, lambda raw, _: raw)


JSON: Final = _JSON
"""What turns values into JSON and back; pages of the registers use it too."""
