"""Whether a line of a book has the types the questions are told: one that has not stops every engine."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ledger.bureau.schema import ACTS, PAGES, TABLES, Fields, Many, Parts

__all__ = ["misfit"]

_PAGE_OF: Final[Mapping[str, Fields]] = {
    table: PAGES[name] for name, tables in TABLES.items() for table in tables
}
_LARGEST: Final = 1 << 63
"""What a whole number stays below in every engine."""
_DAY: Final = len("2026-11-25")


def misfit(line: Any) -> str:
    """The first field of a line that is not of its type; blank where all are."""
    match line:
        case {"l": number, **rest} if not _fits("whole", number):
            return "l"
        case {"n": number, **rest} if not _fits("whole", number):
            return "n"
        case {**rest}:
            return _in_acts(rest.get("acts")) or _in_records(rest.get("records"))
        case _:
            return "整行"


def _in_acts(acts: Any) -> str:
    if acts is None:
        return ""
    if not isinstance(acts, list):
        return "acts"
    return next((name for act in acts if (name := _wrong(ACTS, act))), "")


def _in_records(records: Any) -> str:
    if records is None:
        return ""
    if not isinstance(records, list):
        return "records"
    for record in records:
        match record:
            case [str(), int() | str(), None]:
                continue
            case [str(table), int() | str(), {**page}]:
                if name := _wrong(_PAGE_OF.get(table, {}), page):
                    return name
            case _:
                return "records"
    return ""


def _wrong(fields: Fields, page: Any) -> str:
    if not isinstance(page, dict):
        return "acts"
    return next((name for name, kind in fields.items() if not _fits(kind, page.get(name))), "")


def _fits(kind: Any, value: Any) -> bool:
    match kind, value:
        case _, None:
            return True
        case Many(of), list():
            return all(_fits(of, each) for each in value)
        case Parts(fields), dict():
            return all(_fits(of, value.get(name)) for name, of in fields.items())
        case "text", {"sealed": str(), **rest}:
            return not rest
        case ("text", str()) | ("flag", bool()) | ("number", float()):
            return True
        case "day", str():
            return _is_day(value)
        case (("whole" | "number"), int()):
            return not isinstance(value, bool) and abs(value) < _LARGEST
        case _:
            return False


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == _DAY
