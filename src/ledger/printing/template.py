"""Label templates: millimetres in a TOML file, no code. An unknown word in one is an error."""

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, Self

from attrs import NOTHING, Attribute, field, fields, frozen

from ledger import trouble
from ledger.text import quoted

__all__ = ["FIELDS", "InvalidTemplate", "Item", "Template", "template_for"]

FIELDS: Final = ("unit", "level", "number", "name", "person", "department", "place", "code", "kind")
"""What a template may print, between braces."""


class InvalidTemplate(ValueError):
    """A template that does not read; the message is a Chinese sentence."""


def _one_of(*choices: str) -> Any:
    def check(_item: object, attribute: "Attribute[str]", value: str) -> None:
        if value not in choices:
            raise ValueError(f"{attribute.name}只能是{'、'.join(choices)}，读到{quoted(value)}")

    return check


def _at_least(least: float) -> Any:
    def check(_item: object, attribute: "Attribute[float]", value: object) -> None:
        if not isinstance(value, (int, float)) or isinstance(value, bool) or value < least:
            raise ValueError(f"{attribute.name}应是不小于{least:g}的数，读到{quoted(value)}")

    return check


_SIZE: Final = _at_least(0.1)


@frozen(kw_only=True)
class Item:
    """One thing on a label, in a box of its own, measured in millimetres from the top left."""

    kind: str = field(validator=_one_of("qr", "text", "badge", "line", "box"))
    x: float = field(validator=_at_least(0))
    y: float = field(validator=_at_least(0))
    w: float = field(validator=_SIZE)
    h: float = field(validator=_SIZE)
    text: str = ""
    align: str = field(default="left", validator=_one_of("left", "center"))
    overflow: str = field(default="refuse", validator=_one_of("refuse", "shrink", "wrap"))
    min_mm: float = field(default=2.0, validator=_SIZE)
    """The smallest height of a character."""
    min_module_mm: float = field(default=0.33, validator=_SIZE)
    """The smallest module of a code."""
    quiet: int = field(default=2, validator=_at_least(1))
    """The white margin of a code, in modules."""


@frozen(kw_only=True)
class Template:
    """A size of label, the kinds of thing it is for, and what stands on it."""

    id: str
    name: str
    serves: tuple[str, ...]
    width_mm: float = field(validator=_SIZE)
    height_mm: float = field(validator=_SIZE)
    items: tuple[Item, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any], source: str) -> Self:
        """The template a TOML table describes; raises ``InvalidTemplate`` naming the file."""
        try:
            _known(data, ("format", "label", "item"), required=("label", "item"))
            _numbered(data.get("format"))
            head = dict(data["label"])
            names = ("id", "name", "for", "width_mm", "height_mm")
            _known(head, names, required=names)
            made = cls(
                serves=tuple(head.pop("for")),
                items=tuple(_item(item) for item in data["item"]),
                **head,
            )
        except ValueError as error:
            raise InvalidTemplate(f"标签模板{source}：{error}") from None
        made._fits(source)
        return made

    def _fits(self, source: str) -> None:
        for item in self.items:
            if item.x + item.w > self.width_mm + 1e-9:
                raise InvalidTemplate(f"标签模板{source}：{item.kind}超出标签左右边")
            if item.y + item.h > self.height_mm + 1e-9:
                raise InvalidTemplate(f"标签模板{source}：{item.kind}超出标签下边")


def _item(data: Mapping[str, Any]) -> Item:
    needed = [each.name for each in fields(Item) if each.default is NOTHING]
    _known(data, [each.name for each in fields(Item)], required=needed)
    item = Item(**data)
    for word in item.text.split("{")[1:]:
        name = word.partition("}")[0]
        if name not in FIELDS:
            raise ValueError(f"没有{quoted(name)}这个内容，可以是：{'、'.join(FIELDS)}")
    return item


def _numbered(number: object) -> None:
    if number != 1:
        raise ValueError("format 应为 1")


def _known(data: Mapping[str, Any], known: Iterable[str], required: Iterable[str]) -> None:
    for key in required:
        if key not in data:
            raise ValueError(f"缺少{quoted(key)}")
    for key in data:
        if key not in known:
            close = get_close_matches(key, list(known), 1, 0.5)
            hint = f"，是不是{quoted(close[0])}？" if close else ""
            raise ValueError(f"不认识{quoted(key)}{hint}")


def shipped() -> Traversable:
    """The folder of templates that come with the program: in the wheel, or in a checkout."""
    inside = files("ledger") / "labels"
    if inside.is_dir():
        return inside
    return Path(__file__).parents[3] / "labels"


def template_for(kind: str, room: Path | None = None) -> Template:
    """The template that serves a kind of thing: the room's own first, then the shipped ones.

    Raises ``InvalidTemplate`` when none does or one does not read.
    """
    folders: list[Traversable] = [room / "labels"] if room else []
    for folder in (*folders, shipped()):
        if not folder.is_dir():
            continue
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.name.endswith(".toml"):
                made = Template.of(_toml(file), file.name)
                if kind in made.serves:
                    return made
    raise InvalidTemplate(f"没有适用于{quoted(kind)}的标签模板")


def _toml(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidTemplate(f"标签模板{file.name}读不通：{trouble.of_toml(error)}") from None
