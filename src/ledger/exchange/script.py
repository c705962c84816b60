"""Acts as scripts and officers write them: one flat object, names in English or Chinese."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time
from difflib import get_close_matches
from typing import Any, Final, NamedTuple, cast

from attrs import NOTHING, Attribute, evolve, fields, frozen

from ledger.carrier import Document, Paper
from ledger.event import (
    Amended,
    BackedUp,
    Event,
    HandedIn,
    HandInRefused,
    HandInTaken,
    Imported,
    Opened,
    Redacted,
    Withdrawn,
)
from ledger.event.access import (
    ContentKeyGiven,
    ContentKeyWritten,
    CredentialSet,
    OperatorAdded,
    Requested,
    SignedIn,
    SignInFailed,
    Viewed,
)
from ledger.exchange.field import describe_type, read_value
from ledger.mark import InvalidMark, Mark
from ledger.notation.codec import (
    ACT_KINDS,
    carries_document,
    carries_thing,
)
from ledger.notation.fields import label
from ledger.notation.listing import TABLES
from ledger.notation.words import ACTS, KINDS, kind_name
from ledger.register.register import Register
from ledger.text import quoted
from ledger.trouble import Misuse

__all__ = ["COMMANDS", "InvalidAct", "Line", "Slot", "build", "kind_named", "read_act", "slots"]

ENVELOPE: Final[Mapping[str, Any]] = {
    "on": date | None,
    "time": time | None,
    "by": str,
    "note": str,
    "happened": str,
    "saw": int | None,
}
"""What every act may say besides its own fields."""

COMMANDS: Final[Mapping[type, str]] = {
    Opened: "baomi init",
    BackedUp: "baomi backup",
    Redacted: "baomi redact",
    Imported: "baomi import",
    Withdrawn: "baomi import undo",
    HandedIn: "baomi hand-in",
    HandInTaken: "baomi bureau take",
    OperatorAdded: "baomi operator add",
    CredentialSet: "baomi operator password",
    SignedIn: "baomi --by 姓名",
    SignInFailed: "baomi --by 姓名",
    Requested: "baomi request ask",
    Viewed: "baomi show",
    HandInRefused: "baomi bureau take",
    ContentKeyGiven: "baomi seal give",
    ContentKeyWritten: "baomi seal sheet",
}
"""Acts that are written by a command of their own and by nothing else."""


class InvalidAct(Misuse, ValueError):
    """An act that does not read; the message is a Chinese sentence that names each field."""


class Slot(NamedTuple):
    """One field an act takes: its name, Chinese label, what goes in, whether it must be there."""

    name: str
    label: str
    kind: Any
    required: bool

    @property
    def takes(self) -> str:
        """What the field takes, in a few Chinese words."""
        return describe_type(self.kind)


@frozen
class Line:
    """An act as it was read, with the circumstances it states."""

    event: Event
    circumstances: Mapping[str, Any]


def slots(kind: type, page: type | None = None) -> tuple[Slot, ...]:
    """The fields of an act, of the page it registers and of the text it brings, all flat."""
    own = [_slot(each) for each in fields(kind) if each.name not in ("thing", "numbering")]
    if carries_document(kind):
        own = [slot for slot in own if slot.name != "document"]
    if page is not None:
        own += [_slot(each) for each in fields(page)]
    if carries_document(kind) and page in (None, Paper):
        own += [_slot(each) for each in fields(Document) if each.name != "number"]
        own += [
            Slot(name, label(name), str, required=False) for name in ("level", "term", "document")
        ]
    return tuple({slot.name: slot for slot in own}.values())


def _slot(each: "Attribute[Any]") -> Slot:
    return Slot(each.name, label(each.name), each.type, each.default is NOTHING)


def kind_named(word: str) -> type:
    """The kind of page a word names, in English or Chinese; raises ``InvalidAct``."""
    for kind, names in KINDS.items():
        if word in names:
            return kind
    known = "、".join(f"{name}（{zh}）" for name, zh in KINDS.values())
    raise InvalidAct(f"没有{quoted(word)}这种登记，可以是：{known}")


def act_named(word: str) -> type[Event]:
    """The act a word names, in English or Chinese; raises ``InvalidAct``."""
    for kind, name in ACTS.items():
        if word in (name, *[english for english, k in ACT_KINDS.items() if k is kind]):
            return kind
    close = get_close_matches(word, [*ACTS.values(), *ACT_KINDS], 1, 0.5)
    hint = f"，是不是“{close[0]}”？" if close else "，用 baomi acts 查看全部事项"
    raise InvalidAct(f"没有{quoted(word)}这个事项{hint}")


def read_act(raw: Any, register: Register) -> Line:
    """The act an object describes.

    Raises ``InvalidAct`` with every field that does not read.
    """
    if not isinstance(raw, Mapping):
        shown = json.dumps(raw, ensure_ascii=False, default=str)
        raise InvalidAct(f'一行应是一个对象，如 {{"act": "returned", …}}，读到{quoted(shown)}')
    word = raw.get("act", raw.get(label("act"), ""))
    kind = act_named(str(word))
    if kind in COMMANDS:
        raise InvalidAct(f"{ACTS[kind]}只能用 {COMMANDS[kind]}")
    page = _page(kind, raw)
    known = {slot.name: slot for slot in (*slots(kind, page), *_envelope())}
    given = _named(raw, known, skip={"act", "kind"} if page else {"act"})
    values, faults = _values(given, known)
    faults += [
        f"没有填“{slot.label}”"
        for slot in known.values()
        if slot.required and slot.name not in given and kind is not Amended
    ]
    if faults:
        raise InvalidAct("；".join(faults))
    circumstances = {name: values.pop(name) for name in list(values) if name in ENVELOPE}
    if "time" in circumstances:
        circumstances["clock"] = circumstances.pop("time")
    try:
        event = build(kind, page, values, register)
    except InvalidMark as error:
        raise InvalidAct(str(error)) from None
    return Line(event, {k: v for k, v in circumstances.items() if v not in (None, "")})


def _envelope() -> Iterator[Slot]:
    return (Slot(name, label(name), kind, required=False) for name, kind in ENVELOPE.items())


def _page(kind: type, raw: Mapping[str, Any]) -> type | None:
    if not carries_thing(kind):
        return None
    word = str(raw.get("kind", raw.get(label("kind"), "")))
    if not word:
        raise InvalidAct("没有写明种类（kind）")
    page = kind_named(word)
    if page is Document and kind is not Amended:
        raise InvalidAct("文稿随文件一起登记，请用 kind=paper 或收文、印制")
    return page


def _named(raw: Mapping[str, Any], known: Mapping[str, Slot], skip: set[str]) -> dict[str, Any]:
    """The object with every key in English; raises ``InvalidAct`` for keys that fit nothing."""
    by_label = {slot.label: slot.name for slot in known.values()}
    given, faults = {}, []
    for key, value in raw.items():
        name = by_label.get(str(key), str(key))
        if name in skip or name in {label(s) for s in skip}:
            continue
        if name in given:
            faults.append(f"“{known[name].label}”写了两次")
        elif name in known:
            given[name] = value
        else:
            close = get_close_matches(str(key), [*known, *by_label], 1, 0.6)
            hint = f"，是不是“{close[0]}”？" if close else ""
            faults.append(f"没有{quoted(key)}这一项{hint}")
    if faults:
        raise InvalidAct("；".join(faults))
    return given


def _values(
    given: Mapping[str, Any], known: Mapping[str, Slot]
) -> tuple[dict[str, Any], list[str]]:
    values, faults = {}, []
    for name, raw in given.items():
        try:
            values[name] = read_value(known[name].kind, raw)
        except ValueError as error:
            faults.append(f"“{known[name].label}”：{error}")
    return values, faults


def build(
    kind: type[Event], page: type | None, values: dict[str, Any], register: Register
) -> Event:
    """The event these values make; those of a page and of a text find their place.

    Raises ``InvalidMark`` or ``InvalidAct``.
    """
    made: dict[str, Any] = {}
    if carries_document(kind) and page in (None, Paper):
        text = _take(values, {*_names(Document), "level", "term"} - {"number"})
        number = values.pop("document", "") if page is None else values.get("document", "")
        if text or (page is None and not values.get("into")):
            made["document"] = _document(text | {"number": number})
        elif page is not None and kind is not Amended and not number:
            raise InvalidAct("文件要有文稿：填标题等各项，或填账上已有的文稿编号")
    if page is not None:
        part = _take(values, _names(page) - (_names(kind) - {"document"}))
        made["thing"] = _thing(kind, page, part, register)
    return kind(**values, **made)


def _names(kind: type) -> set[str]:
    return {each.name for each in fields(kind)}


def _take(values: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: values.pop(name) for name in list(values) if name in names}


def _document(text: dict[str, Any]) -> Document:
    """The text these fields describe; its mark may come as one field or as level and term."""
    level, term = text.pop("level", ""), text.pop("term", "")
    if level and text.get("mark") is None:
        text["mark"] = Mark.parse(f"{level}★{term}")
    elif term:
        raise InvalidAct("有保密期限，没有密级")
    return Document(**text)


def _thing(kind: type[Event], page: type, part: dict[str, Any], register: Register) -> Any:
    if kind is not Amended:
        return page(**part)
    number = part.get("number", "")
    entry = register.carriers.get(number)
    pages = {each: getattr(register, table) for each, table in TABLES.items()}
    kept = entry.thing if entry else pages.get(kind_name(page), {}).get(number)
    if not isinstance(kept, page):
        raise InvalidAct(f"{KINDS[page][1]}登记簿上没有编号{quoted(number)}")
    return evolve(cast(Any, kept), **part)
