"""How a file is to be read and taken in, as an officer says it once and may save it by a name."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final, Self

from attrs import evolve, fields, frozen

from ledger import trouble
from ledger.text import quoted
from ledger.trouble import Misuse

__all__ = ["Directions", "InvalidDirections"]

_CHOICES: Final[Mapping[str, tuple[object, ...]]] = {
    "mode": ("create", "update", "upsert"),
    "blank": ("keep", "clear"),
    "date_order": ("", "ymd", "mdy", "dmy"),
    "calendar": ("", "roc"),
    "century": (0, 19, 20),
}


class InvalidDirections(Misuse, ValueError):
    """Directions that do not read; the message is a Chinese sentence."""


@frozen(kw_only=True)
class Directions:
    """Everything that may be said about a file; what is left out is found in the file itself."""

    kind: str = ""
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    path: str = ""
    """Where in a JSON document the records lie."""
    sheet: str = ""
    all_sheets: bool = False
    include_hidden: bool = False
    header_row: int = 0
    mapping: Mapping[str, str] = {}
    """Headings, or columns such as 列3 and C列, and the fields they go to."""
    fixed: Mapping[str, str] = {}
    """Fields every row gets the same value for."""
    values: Mapping[str, Mapping[str, str]] = {}
    """What a field's texts stand for, by field."""
    ignored: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    """Fields that tell one record from another, instead of the register's own."""
    mode: str = "create"
    """Whether rows may make records (create), change them (update), or both (upsert)."""
    blank: str = "keep"
    """Whether a blank cell keeps what the record has or clears it."""
    date_order: str = ""
    calendar: str = ""
    century: int = 0
    fill_down: tuple[str, ...] = ()
    """Columns whose blank cells mean the same as the cell above."""
    keep_text: tuple[str, ...] = ()
    """Fields whose text goes into the remark where it does not read."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The directions an object describes; raises ``InvalidDirections``."""
        known = {each.name: each for each in fields(cls)}
        if unknown := sorted(set(data) - set(known)):
            raise InvalidDirections(f"导入办法里没有{quoted(unknown[0])}这一项")
        read = {}
        for name, value in data.items():
            default = known[name].default
            plain = tuple(value) if isinstance(value, list) else value
            if not isinstance(plain, type(default)) or isinstance(plain, bool) != isinstance(
                default, bool
            ):
                raise InvalidDirections(f"导入办法里{quoted(name)}写得不对：{quoted(value)}")
            read[name] = plain
        return cls(**read).checked()

    @classmethod
    def read(cls, text: str, name: str) -> Self:
        """The directions saved as TOML; raises ``InvalidDirections``."""
        try:
            return cls.of(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise InvalidDirections(
                f"导入办法{quoted(name)}读不通：{trouble.of_toml(error)}"
            ) from None

    def checked(self) -> Self:
        """These directions, if every choice in them is one there is."""
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                known = "、".join(str(choice) for choice in choices if choice)
                raise InvalidDirections(f"{name} 只能是{known}，读到{quoted(getattr(self, name))}")
        return self

    def over(self, others: Self) -> Self:
        """These directions where they say something, the others where they do not."""
        said = {each.name: getattr(self, each.name) for each in fields(type(self))}
        changed: dict[str, Any] = {}
        for each in fields(type(self)):
            mine = said[each.name]
            if isinstance(mine, Mapping):
                changed[each.name] = {**getattr(others, each.name), **mine}
            elif mine != each.default:
                changed[each.name] = mine
        return evolve(others, **changed)

    def text(self) -> str:
        """The TOML these directions are saved as; what is left out is at its default."""
        return "\n".join((*self._plain(), *self._tables())) + "\n"

    def _plain(self) -> Iterator[str]:
        for each in fields(type(self)):
            value = getattr(self, each.name)
            if value != each.default and not isinstance(value, Mapping):
                yield f"{each.name} = {_toml(value)}"

    def _tables(self) -> Iterator[str]:
        for name in ("mapping", "fixed"):
            if pairs := getattr(self, name):
                yield f"[{name}]"
                yield from (f"{_toml(left)} = {_toml(right)}" for left, right in pairs.items())
        for field, pairs in self.values.items():
            yield f"[values.{_toml(field)}]"
            yield from (f"{_toml(left)} = {_toml(right)}" for left, right in pairs.items())


def _toml(value: Any) -> str:
    plain = list(value) if isinstance(value, tuple) else value
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")
