"""Records that programs write: a JSON array of objects, or one object a line."""

import json
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Final

from ledger.exchange.sheet import Blemish, Line, Sheet
from ledger.exchange.source import MOST_COLUMNS, MOST_ROWS, Unreadable
from ledger.text import quoted

__all__ = ["Twice", "array", "lines", "one_a_line", "strict"]

MOST_JSON: Final = 32 * 1024 * 1024
"""How long one JSON document may be; what is longer goes one record a line."""


class Twice(ValueError):
    """An object that says one thing twice; the message is a Chinese sentence."""


def strict(text: str) -> Any:
    """What a JSON text says, read to the letter: no name twice, no number that is none.

    Raises ``Twice``, and ``ValueError`` or ``RecursionError`` for what is no JSON.
    """
    return json.loads(text, object_pairs_hook=_once, parse_constant=_finite, parse_float=_finite)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        again = next(name for name in names if names.count(name) > 1)
        raise Twice(f"{quoted(again)}写了两次")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def one_a_line(text: str) -> bool:
    """Whether a text is JSON lines: its first line is an object by itself, and no list of them."""
    full = [line for line in text.split("\n", 100) if line.strip()][:2]
    try:
        first = json.loads(full[0]) if full else None
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and (len(full) > 1 or not any(map(_records, first.values())))


def _records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def array(text: str, name: str, path: str = "") -> Sheet:
    """The records of one JSON document, found under ``path`` if that is given.

    Raises ``Unreadable``.
    """
    if len(text) > MOST_JSON:
        raise Unreadable(f"“{name}”太大，请改成一行一个对象（JSONL）")
    try:
        found = strict(text)
    except Twice as error:
        raise Unreadable(f"“{name}”里有一项{error}") from None
    except (ValueError, RecursionError):
        raise Unreadable(f"“{name}”不是完整的JSON") from None
    records = _under(found, path, name)
    return _sheet(enumerate(records, 1), name)


def _under(found: Any, path: str, name: str) -> list[Any]:
    for step in filter(None, path.split(".")):
        found = found.get(step) if isinstance(found, Mapping) else None
    if isinstance(found, Mapping) and not path:
        lists = [key for key, value in found.items() if isinstance(value, list)]
        if len(lists) == 1:
            return found[lists[0]]  # type: ignore[no-any-return]
        if not lists:
            return [found]
        choices = "、".join(quoted(key) for key in lists)
        raise Unreadable(f"“{name}”里有几组记录，请用 --path 指明一组：{choices}")
    if not isinstance(found, list):
        raise Unreadable(f"“{name}”里的{quoted(path)}不是一组记录")
    return found


def lines(text: str, name: str) -> Sheet:
    """The records of a text with one JSON object a line; a line that does not read is torn."""
    records: list[tuple[int, Any]] = []
    blank = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            blank += 1
            continue
        try:
            records.append((number, strict(line)))
        except Twice as error:
            records.append((number, _Torn(str(error))))
        except (ValueError, RecursionError):
            records.append((number, _Torn(f"不是完整的JSON：{quoted(line.strip())}")))
    return _sheet(records, name, max(blank - 1, 0))


class _Torn(str):
    """Why a line is no record."""

    __slots__ = ()


def _sheet(records: Iterable[tuple[int, Any]], name: str, blank: int = 0) -> Sheet:
    known = list(records)
    if len(known) > MOST_ROWS:
        raise Unreadable(f"“{name}”超过{MOST_ROWS}行，请分成几个文件")
    keys: dict[str, int] = {}
    for _, record in known:
        if isinstance(record, Mapping):
            for key in record:
                keys.setdefault(str(key), len(keys))
    if len(keys) > MOST_COLUMNS:
        raise Unreadable(f"“{name}”里的项目超过{MOST_COLUMNS}种")
    heading = Line(0, tuple(keys))
    read = (_line(number, record, keys) for number, record in known)
    return Sheet(lines=(heading, *read), blank=blank, keyed=True)


def _line(number: int, record: Any, keys: Mapping[str, int]) -> Line:
    if isinstance(record, _Torn):
        return Line(number, (), torn=str(record))
    if not isinstance(record, Mapping):
        shown = json.dumps(record, ensure_ascii=False)
        return Line(number, (), torn=f"一条记录应是一个对象，读到{quoted(shown)}")
    cells = [""] * len(keys)
    blemishes = {}
    for key, value in record.items():
        place = keys[str(key)]
        try:
            cells[place] = _text(value)
        except ValueError:
            cells[place] = json.dumps(value, ensure_ascii=False)
            blemishes[place] = Blemish.NESTED
    return Line(number, tuple(cells), blemishes)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case str():
            return value
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case list() if not any(isinstance(each, (list, dict)) for each in value):
            return "、".join(map(_text, value))
        case _:
            raise ValueError
