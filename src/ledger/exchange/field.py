"""One field as somebody typed it: read by the type it is to have, or refused in a sentence."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin

from ledger.access import OperatorRole
from ledger.approval import Approval
from ledger.carrier import Isolation, Network
from ledger.day import read_day
from ledger.event.access import Wanted
from ledger.mark import Level, Mark, Sensitivity
from ledger.notation.codec import compartment
from ledger.person import Category, Circle
from ledger.place import Compartment
from ledger.text import clean, digits, quoted

__all__ = ["describe_type", "plain_type", "read_value"]

_SEPARATORS: Final = re.compile(r"[、,，;；\n]")
_YES: Final = ("是", "有", "已", "true", "yes", "1", "√")
_NO: Final = ("否", "无", "未", "不", "false", "no", "0", "×")


def _text(raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise ValueError(f"应是一段文字，读到{quoted(raw)}")  # noqa: TRY004 - the input is at fault
    return clean(str(raw))


def _whole(raw: Any) -> int:
    text = digits(_text(raw))
    if not re.fullmatch(r"\d{1,9}(\.0)?", text):
        raise ValueError(f"应是整数，读到{quoted(raw)}")
    return int(float(text))


def _decimal(raw: Any) -> float:
    text = digits(_text(raw))
    if not re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        raise ValueError(f"应是数字，读到{quoted(raw)}")
    return float(text)


def _truth(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = _text(raw).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(f"应填“是”或“否”，读到{quoted(raw)}")


def _hour(raw: Any) -> time:
    found = re.fullmatch(r"(\d{1,2})[:：](\d{2})", digits(_text(raw)))
    try:
        return time(int(found[1]), int(found[2])) if found else time.max.replace(hour=24)
    except ValueError:
        raise ValueError(f"时间应写作 09:30，读到{quoted(raw)}") from None


def _one_of(kind: type[Enum]) -> Callable[[Any], Enum]:
    def read(raw: Any) -> Enum:
        word = _text(raw)
        for member in kind:
            if word == member.value:
                return member
        choices = "、".join(str(member.value) for member in kind)
        raise ValueError(f"只能填{choices}，读到{quoted(raw)}")

    return read


def _approval(raw: Any) -> Approval:
    """An approval as an object, or as a text: 李局, 主管领导:李局, 制发机关:省厅:粤密函1号."""
    if isinstance(raw, Mapping):
        unknown = set(raw) - {"by", "role", "paper_no", "on"}
        if unknown or "by" not in raw:
            raise ValueError(f"审批应写 by、role、paper_no、on，读到{quoted(dict(raw))}")
        on = read_day(_text(raw["on"])) if raw.get("on") else None
        texts = {key: _text(raw.get(key, "")) for key in ("by", "role", "paper_no")}
        return Approval(on=on, **texts)
    match [part.strip() for part in re.split("[:：]", _text(raw))]:
        case [by] if by:
            return Approval(by=by)
        case [role, by, *paper] if role and by and len(paper) <= 1:
            return Approval(by=by, role=role, paper_no="".join(paper))
        case _:
            raise ValueError(f"审批应写作“主管领导:姓名”，读到{quoted(raw)}")


def _wanted(_raw: Any) -> Any:
    raise ValueError("要办的事不能这样填：用申请的命令，或在它自己的表里按 F7")


_READERS: Final[Mapping[Any, tuple[Callable[[Any], Any], str]]] = {
    str: (_text, "文字"),
    int: (_whole, "整数"),
    float: (_decimal, "数字"),
    bool: (_truth, "是/否"),
    date: (lambda raw: read_day(_text(raw)), "日期"),
    time: (_hour, "时间"),
    Level: (lambda raw: Level.parse(_text(raw)), "绝密/机密/秘密"),
    Mark: (lambda raw: Mark.parse(_text(raw)), "密级★保密期限"),
    Approval: (_approval, "角色:姓名"),
    Compartment: (lambda raw: compartment(_text(raw)), "格名，或 格名:密级"),
    Sensitivity: (_one_of(Sensitivity), "内部/工作秘密"),
    Network: (_one_of(Network), "涉密/内部/互联网"),
    Isolation: (_one_of(Isolation), "物理隔离/逻辑隔离"),
    Category: (_one_of(Category), "核心/重要/一般"),
    OperatorRole: (_one_of(OperatorRole), "/".join(OperatorRole)),
    Wanted: (_wanted, "要办的事项"),
}


@cache
def plain_type(kind: Any, *, named: bool = False) -> tuple[Any, bool, bool]:
    """A field's type without ``None`` and container: type, optional, several.

    A kind of number (``CarrierNo`` …) is the text it is made of unless ``named`` keeps it.
    """
    optional = False
    if get_origin(kind) is UnionType:
        parts = [part for part in get_args(kind) if part is not NoneType]
        kind, optional = parts[0], True
    if kind is Circle:
        return str, optional, True
    if get_origin(kind) in (tuple, frozenset):
        kind = get_args(kind)[0]
        return kind if named else getattr(kind, "__supertype__", kind), optional, True
    return kind if named else getattr(kind, "__supertype__", kind), optional, False


def read_value(kind: Any, raw: Any) -> Any:
    """The value of a field of this type; blank is ``None`` where the field may be unknown.

    Raises ``ValueError`` whose message is a Chinese sentence.
    """
    plain, optional, several = plain_type(kind)
    if optional and (raw is None or (isinstance(raw, str) and not raw.strip(" \u3000"))):
        return None
    reader = _READERS[plain][0]
    if not several:
        return reader(raw)
    values = [reader(each) for each in _split(raw, plain)]
    if _is_circle(kind):
        return Circle.of(values)
    return frozenset(values) if _container(kind) is frozenset else tuple(values)


def _split(raw: Any, plain: Any) -> list[Any]:
    if isinstance(raw, (list, tuple)):
        return list(raw)
    if isinstance(raw, Mapping) and plain is Approval:
        return [raw]
    if raw is None:
        return []
    listed = (
        raw if isinstance(raw, str) else _text(raw)
    )  # however long; each part is read by itself
    return [part for part in _SEPARATORS.split(listed) if part.strip(" \u3000")]


def _is_circle(kind: Any) -> bool:
    return kind is Circle or Circle in get_args(kind)


def _container(kind: Any) -> Any:
    if get_origin(kind) is UnionType:
        kind = next(part for part in get_args(kind) if part is not NoneType)
    return get_origin(kind)


def describe_type(kind: Any) -> str:
    """What a field takes, in a few Chinese words."""
    plain, _, several = plain_type(kind)
    words = _READERS[plain][1]
    return f"{words}（可多个，用、隔开）" if several else words
