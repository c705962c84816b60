"""Definitions: what an officer may set in a TOML file, told apart word by word.

Templates, sheets and printers are each a file with ``format = 1``. An unknown word is an error
that names the nearest known one; a number out of its range names the range. A room's own files
come first and hide shipped ones of the same id.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from attrs import NOTHING, Attribute, field, fields, frozen

from ledger import trouble
from ledger.text import InvalidText, clean, quoted
from ledger.trouble import Illegible, Misuse

__all__ = [
    "Definition",
    "InvalidDefinition",
    "Unsuitable",
    "between",
    "checked",
    "copied",
    "found",
    "named",
    "one_of",
    "plain",
    "shipped",
    "sources",
    "truth",
    "whole",
]

FORMAT: Final = 1


class InvalidDefinition(Illegible, ValueError):
    """A template, sheet or printer file that does not read; the message is a Chinese sentence."""


class Unsuitable(Misuse, InvalidDefinition):
    """What was asked for does not exist, or does not go with the rest; a Chinese sentence."""


class Definition(Protocol):
    """What every definition has: the id it is asked for by, and the name an officer reads."""

    @property
    def id(self) -> str:
        """The word it is asked for by."""

    @property
    def name(self) -> str:
        """What an officer reads in a list."""


DefinitionT = TypeVar("DefinitionT", bound=Definition)
Reader = Callable[[Mapping[str, Any], Traversable], DefinitionT]


def one_of(*choices: str) -> Any:
    """A validator: the word is one of these."""

    def check(_item: object, attribute: "Attribute[str]", value: object) -> None:
        if value not in choices:
            close = _nearest(str(value), choices)
            raise ValueError(
                f"{attribute.name}只能是{'、'.join(choices)}，读到{quoted(value)}{close}"
            )

    return check


def between(least: float, most: float) -> Any:
    """A validator: the number is in this range, both ends in."""

    def check(_item: object, attribute: "Attribute[float]", value: object) -> None:
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not good or not least <= value <= most:  # type: ignore[operator]
            raise ValueError(f"{attribute.name}应是{least:g}到{most:g}的数，读到{quoted(value)}")

    return check


def whole(least: int, most: int) -> Any:
    """A validator: the number is whole and in this range, both ends in."""

    def check(_item: object, attribute: "Attribute[int]", value: object) -> None:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"{attribute.name}应是{least}到{most}的整数，读到{quoted(value)}")

    return check


def truth(_item: object, attribute: "Attribute[bool]", value: object) -> None:
    """A validator: ``true`` or ``false``."""
    if not isinstance(value, bool):
        raise ValueError(f"{attribute.name}应是 true 或 false，读到{quoted(value)}")  # noqa: TRY004 - the file is at fault


def plain(_item: object, attribute: "Attribute[str]", value: object) -> None:
    """A validator: a text without control characters."""
    if not isinstance(value, str):
        raise ValueError(f"{attribute.name}应是一段文字，读到{quoted(value)}")  # noqa: TRY004 - the file is at fault
    try:
        clean(value)
    except InvalidText as error:
        raise ValueError(f"{attribute.name}：{error}") from None


def checked(data: Mapping[str, Any], kind: type, head: str, *lists: str) -> dict[str, Any]:
    """The table ``head`` of a file, its words known to the class that is made of it.

    ``lists`` names the other tables the file may have. Raises ``ValueError`` in Chinese.
    """
    known(data, ("format", head, *lists), (head, *lists))
    if data.get("format") != FORMAT:
        raise ValueError(f"format 应为 {FORMAT}")
    table = data[head]
    if not isinstance(table, Mapping):
        raise ValueError(f"应有一段[{head}]")  # noqa: TRY004 - the file is at fault
    known(table, *words(kind))
    return dict(table)


def words(kind: type) -> tuple[list[str], list[str]]:
    """The words a table may hold for a class, and those it must; ``for_`` is written ``for``."""
    own = [each for each in fields(kind) if each.init and not each.metadata.get("derived")]
    return (
        [each.name.rstrip("_") for each in own],
        [each.name.rstrip("_") for each in own if each.default is NOTHING],
    )


def known(data: Mapping[str, Any], may: Iterable[str], must: Iterable[str]) -> None:
    """Raise ``ValueError`` for the first word that is missing or fits nothing."""
    choices = list(may)
    for key in data:
        if key not in choices:
            raise ValueError(f"不认识{quoted(key)}{_nearest(key, choices)}")
    for key in must:
        if key not in data:
            raise ValueError(f"缺少{quoted(key)}")


def _nearest(word: str, choices: Iterable[str]) -> str:
    close = get_close_matches(word, list(choices), 1, 0.5)
    return f"，是不是{quoted(close[0])}？" if close else ""


def shipped() -> Traversable:
    """The folder of definitions that come with the program: in the wheel, or in a checkout."""
    inside = files("ledger") / "labels"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "labels"


@frozen
class Found:
    """A definition's file, and whether it is the room's own."""

    file: Traversable
    own: bool = field(default=False)


def _files(room: Path | None, folder: str) -> Iterator[Found]:
    places = [(shipped(), False)]
    if room is not None:
        places.insert(0, (room / "labels", True))
    for place, own in places:
        inside = place / folder if folder else place
        if inside.is_dir():
            for file in sorted(inside.iterdir(), key=lambda each: each.name):
                if file.name.endswith(".toml"):
                    yield Found(file, own)


def sources(
    room: Path | None, folder: str, read: "Reader[DefinitionT]"
) -> Iterator[tuple[Found, DefinitionT]]:
    """Every file of a folder with what it defines, the room's own first.

    A shipped one that a room's own replaces is left out. Raises ``InvalidDefinition`` for the
    first file that does not read.
    """
    seen: set[str] = set()
    for each in _files(room, folder):
        one = _read(each.file, read)
        if each.own and one.id in seen:
            raise InvalidDefinition(f"{each.file.name}的 id “{one.id}”与另一个文件相同")
        if one.id not in seen:
            seen.add(one.id)
            yield each, one


def found(room: Path | None, folder: str, read: "Reader[DefinitionT]") -> dict[str, DefinitionT]:
    """Every definition of a folder by its id, the room's own first; raises as ``sources``."""
    return {one.id: one for _, one in sources(room, folder, read)}


def copied(room: Path, folder: str, source: Found) -> Path:
    """Copy a shipped definition into the room, to be changed there; the file it is now.

    Raises ``InvalidDefinition`` when the room already has a file of that name.
    """
    target = room / "labels" / folder / source.file.name
    if target.exists():
        raise Unsuitable(f"台账文件夹里已经有 {target.relative_to(room)}，直接改它就行")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(0o600)
    target.write_bytes(source.file.read_bytes())
    return target


def _read(file: Traversable, read: "Reader[DefinitionT]") -> DefinitionT:
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidDefinition(f"{file.name}读不通：{trouble.of_toml(error)}") from None
    try:
        return read(data, file)
    except (ValueError, TypeError) as error:
        raise InvalidDefinition(f"{file.name}：{error}") from None


def named(made: Mapping[str, DefinitionT], word: str, what: str) -> DefinitionT:
    """The definition of an id or a name; raises ``InvalidDefinition`` with the nearest one."""
    for one in made.values():
        if word in (one.id, one.name):
            return one
    known_words = [w for one in made.values() for w in (one.id, one.name)]
    hint = _nearest(word, known_words) or f"，现有：{'、'.join(made)}"
    raise Unsuitable(f"没有{quoted(word)}这种{what}{hint}")
