"""Reading a pack's table: every value checked by what it stands for, in a Chinese sentence."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from ledger.mark import InvalidMark, Level
from ledger.pack.acts import ACTS, GRADES
from ledger.pack.approvers import Approvers, InvalidPack
from ledger.text import quoted

__all__ = ["FESTIVALS", "known", "merged", "read_approvals", "read_limit", "revisions"]

FESTIVALS: Final = ("元旦", "春节", "清明", "五一", "端午", "中秋", "国庆")
"""The public holidays a pack may name."""
_LEVELS: Final = frozenset(level.value for level in Level)
_LEVEL_FIELDS: Final = ("knowledge_from", "authority")


def known(data: Mapping[str, Any], names: Collection[str], required: Iterable[str]) -> None:
    """Nothing; raises ``InvalidPack`` for a key that is unknown or missing."""
    for key in data:
        if key not in names:
            raise InvalidPack(f"规章包里不认识的项目{quoted(key)}{_nearest(key, names)}")
    for name in sorted(required):
        if not isinstance(data.get(name), str):
            raise InvalidPack(f"规章包缺少项目{quoted(name)}")


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One table over another: what the upper says holds, and the rest is the lower's.

    Tables are merged key by key, approvals act by act; ``regulations`` add up.
    """
    whole = dict(below)
    for key, value in above.items():
        old = whole.get(key)
        if key == "regulations" and old is not None:
            whole[key] = [*old, *value]
        elif isinstance(value, Mapping) and isinstance(old, Mapping):
            whole[key] = {**old, **value}
        else:
            whole[key] = value
    return whole


def revisions(changes: Any) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each later version of a pack: from which day, and what it changes."""
    if not isinstance(changes, (list, tuple)):
        raise InvalidPack("规章包的revised要写成[[revised]]")
    for change in changes:
        on = change.get("on") if isinstance(change, Mapping) else None
        if not isinstance(on, date):
            raise InvalidPack("规章包的revised每一段要写明on（从哪一天起）")
        yield on, {key: value for key, value in change.items() if key != "on"}


def read_limit(name: str, value: Any, default: Any, keys: frozenset[str]) -> Any:
    """One value as its field holds it; raises ``InvalidPack`` for one of another kind."""
    if name in _LEVEL_FIELDS:
        return _level(name, value)
    if isinstance(default, tuple):
        return _several(name, value)
    if isinstance(default, dict):
        return _table(name, value, keys)
    if not _fits(value, default):
        raise InvalidPack(f"规章包的{name}写法不对，读到{quoted(value)}")
    return value


def _fits(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, str):
        return isinstance(value, str)
    wanted = int if isinstance(default, int) else (int, float)
    return isinstance(value, wanted) and value >= 0


def _level(name: str, value: Any) -> Level | None:
    try:
        return Level.parse(value) if value else None
    except (InvalidMark, TypeError):
        raise InvalidPack(f"规章包的{name}要写绝密、机密或秘密，读到{quoted(value)}") from None


def _several(name: str, value: Any) -> tuple[Any, ...]:
    of_days = name.startswith("days_")
    if isinstance(value, list):
        if of_days and all(isinstance(each, date) for each in value):
            return tuple(value)
        if not of_days and all(each in FESTIVALS for each in value):
            return tuple(value)
    wanted = "日期" if of_days else "、".join(FESTIVALS)
    raise InvalidPack(f"规章包的{name}要写成一列{wanted}，读到{quoted(value)}")


def _table(name: str, value: Any, keys: frozenset[str]) -> dict[str, Any]:
    allowed = keys | _LEVELS if keys <= _LEVELS else keys
    if not isinstance(value, Mapping) or not keys <= set(value) <= allowed:
        wanted = "、".join(sorted(allowed))
        raise InvalidPack(f"规章包的{name}要按{wanted}写齐，读到{quoted(value)}")
    if not all(_fits(number, 0.0) for number in value.values()):
        raise InvalidPack(f"规章包的{name}里要写数字，读到{quoted(value)}")
    return dict(value)


def read_approvals(data: Any) -> dict[str, dict[str, Approvers]]:
    """The table of approvals: act, then grade, ``""`` for every other grade."""
    if not isinstance(data, Mapping):
        raise InvalidPack(f"规章包的approvals要写成一张表，读到{quoted(data)}")
    table: dict[str, dict[str, Approvers]] = {}
    for act, who in data.items():
        if act not in ACTS:
            raise InvalidPack(f"审批表里不认识的事项{quoted(act)}{_nearest(act, ACTS)}")
        grades = who if isinstance(who, Mapping) else {"其他": who}
        table[act] = {
            "" if grade == "其他" else grade: _approvers(act, grade, text)
            for grade, text in grades.items()
        }
    return table


def _approvers(act: str, grade: str, text: Any) -> Approvers:
    if grade not in GRADES:
        raise InvalidPack(f"审批表的{act}里不认识{quoted(grade)}{_nearest(grade, GRADES)}")
    if not isinstance(text, str):
        raise InvalidPack(f"审批人写法读不通：{quoted(text)}")
    return Approvers.parse(text)


def _nearest(key: str, names: Iterable[str]) -> str:
    close = get_close_matches(key, sorted(names), 1, 0.5)
    return f"，是不是想写{quoted(close[0])}？" if close else ""
