"""Label templates: a size in millimetres and what stands where on it; no code."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from attrs import field, fields, frozen
from PIL import Image

from ledger.notation.words import KIND_LABELS
from ledger.printing.definition import (
    InvalidDefinition,
    between,
    checked,
    found,
    known,
    one_of,
    plain,
    truth,
    whole,
    words,
)
from ledger.printing.payload import KINDS
from ledger.text import quoted

__all__ = ["FIELDS", "Item", "Template", "fill", "template_for", "templates"]

FIELDS: Final[Mapping[str, str]] = {
    "unit": "单位名称",
    "level": "密级，没有密级的写网络类别或非涉密",
    "number": "编号",
    "name": "名称",
    "person": "责任人",
    "department": "部门",
    "place": "地点",
    "code": "标签码，六位一组",
    "kind": "种类",
    "issue": "第几张",
    "model": "型号",
    "serial": "序列号",
    "asset_no": "资产编号",
    "enabled": "启用日期",
}
"""What a template may print, between braces."""

LEAST_MODULE_MM: Final = 0.25
"""Below this no scanner of an office reads a code."""
LEAST_CHARACTER_MM: Final = 1.5
_PICTURE_PIXELS: Final = 4_000_000
_WORD: Final = re.compile(r"\{([^{}]*)\}")
_MM: Final = between(0, 500)
_SIZE: Final = between(0.1, 500)


@frozen(kw_only=True)
class Item:
    """One thing on a label, in a box of its own, measured in millimetres from the top left."""

    kind: str = field(validator=one_of("qr", "text", "badge", "line", "box", "image"))
    x: float = field(validator=_MM)
    y: float = field(validator=_MM)
    w: float = field(validator=_SIZE)
    h: float = field(validator=_SIZE)
    text: str = field(default="", validator=plain)
    align: str = field(default="left", validator=one_of("left", "center", "right"))
    overflow: str = field(default="refuse", validator=one_of("refuse", "shrink", "wrap"))
    min_mm: float = field(default=2.0, validator=between(LEAST_CHARACTER_MM, 100))
    """The smallest height of a character."""
    min_module_mm: float = field(default=0.33, validator=between(LEAST_MODULE_MM, 5))
    """The smallest module of a code."""
    quiet: int = field(default=2, validator=whole(1, 10))
    """The white margin of a code, in modules."""
    file: str = field(default="", validator=plain)
    """The picture's file, which lies beside the template."""
    picture: bytes = field(default=b"", repr=False, metadata={"derived": True})

    @property
    def called(self) -> str:
        """What the item is called in a message."""
        return f"{_CALLED[self.kind]}{quoted(self.text or self.file) if self.text or self.file else ''}"

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.w, self.y + self.h

    def meets(self, other: "Item") -> bool:
        """Whether the two boxes share any area."""
        left, top, right, bottom = self.corners
        others = other.corners
        slack = 1e-6
        return (
            left < others[2] - slack
            and others[0] < right - slack
            and top < others[3] - slack
            and others[1] < bottom - slack
        )


_CALLED: Final = {
    "qr": "二维码",
    "text": "文字",
    "badge": "密级牌",
    "line": "线",
    "box": "框",
    "image": "图片",
}


@frozen(kw_only=True)
class Template:
    """A size of label, the kinds of thing it is for, and what stands on it."""

    id: str = field(validator=plain)
    name: str = field(validator=plain)
    for_: tuple[str, ...]
    width_mm: float = field(validator=between(10, 210))
    height_mm: float = field(validator=between(8, 297))
    safe_mm: float = field(default=0.3, validator=between(0, 10))
    """Nothing is drawn closer to the edge."""
    usual: bool = field(default=False, validator=truth)
    """Whether it is taken where nobody names one."""
    items: tuple[Item, ...] = field(default=(), metadata={"derived": True})

    @property
    def layout(self) -> str:
        """The digest of all that decides how a label looks, 16 hexadecimal digits."""
        parts = [
            f"{each.name}={getattr(item, each.name)!r}"
            for item in (self, *self.items)
            for each in fields(type(item))  # type: ignore[arg-type]
            if each.name not in ("name", "for_", "usual", "items")
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def code(self) -> Item:
        """The item that holds the code."""
        return next(item for item in self.items if item.kind == "qr")


def read_template(data: Mapping[str, Any], file: Traversable) -> Template:
    """The template a file's tables describe; raises ``ValueError`` in Chinese."""
    head = checked(data, Template, "label", "item")
    serves = head.pop("for")
    if not isinstance(serves, list) or not serves or not set(serves) <= set(KINDS):
        kinds = "、".join(f"{kind}（{KIND_LABELS[kind]}）" for kind in KINDS if kind in KIND_LABELS)
        raise ValueError(f"for 应是一串种类，可以是：{kinds}")
    items = tuple(_item(item, file, place) for place, item in enumerate(data["item"], 1))
    made = Template(for_=tuple(serves), items=items, **head)
    _fits(made)
    return made


def _item(data: Mapping[str, Any], file: Traversable, place: int) -> Item:
    try:
        known(data, *words(Item))
        item = Item(**data)
        _speaks(item)
        return _with_picture(item, file)
    except ValueError as error:
        raise ValueError(f"第{place}个 item：{error}") from None


def _speaks(item: Item) -> None:
    """Raise ``ValueError`` unless every brace holds a field's name."""
    for word in _WORD.findall(item.text):
        known({word: None}, FIELDS, ())
    if set("{}") & set(_WORD.sub("", item.text)):
        raise ValueError(f"花括号不成对：{quoted(item.text)}")
    if item.kind in ("text", "badge") and not item.text:
        raise ValueError(f"{_CALLED[item.kind]}没有写 text")


def _with_picture(item: Item, file: Traversable) -> Item:
    if item.kind != "image":
        return item
    if not item.file or set("/\\") & set(item.file) or item.file.startswith("."):
        raise ValueError("图片要写 file，只写文件名，文件与模板放在同一个文件夹")
    beside = (Path(str(file)).parent / item.file) if isinstance(file, Path) else None
    try:
        content = beside.read_bytes() if beside else b""
        picture = Image.open(BytesIO(content))
        if picture.width * picture.height > _PICTURE_PIXELS:
            raise ValueError(f"图片{quoted(item.file)}太大，缩到200万像素以内再用")
        picture.convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError(f"图片{quoted(item.file)}打不开或不是图片") from None
    return Item(
        **{each.name: getattr(item, each.name) for each in fields(Item)} | {"picture": content}
    )


def _fits(template: Template) -> None:
    """Raise ``ValueError`` for what leaves the label, or runs into the code or another text."""
    safe, items = template.safe_mm - 1e-6, template.items
    for item in items:
        left, top, right, bottom = item.corners
        if left < safe or right > template.width_mm - safe:
            raise ValueError(f"{item.called}超出标签左右边（离边至少{template.safe_mm:g}毫米）")
        if top < safe or bottom > template.height_mm - safe:
            raise ValueError(f"{item.called}超出标签上下边（离边至少{template.safe_mm:g}毫米）")
    if sum(item.kind == "qr" for item in items) != 1:
        raise ValueError("一个标签要有一个二维码，不多不少")
    for first, second in _pairs(items):
        if first.meets(second):
            raise ValueError(f"{first.called}与{second.called}重叠")


def _pairs(items: tuple[Item, ...]) -> Iterator[tuple[Item, Item]]:
    """The items that may not overlap: a frame may hold others, a line may cross no code."""
    solid = [item for item in items if item.kind not in ("line", "box")]
    for place, item in enumerate(solid):
        yield from ((item, other) for other in solid[place + 1 :])
    code = next(item for item in items if item.kind == "qr")
    for item in items:
        if item.kind == "line" or (item.kind == "box" and not _around(item, code)):
            yield item, code


def _around(frame: Item, item: Item) -> bool:
    """Whether a frame's own lines stay outside an item's box."""
    left, top, right, bottom = frame.corners
    inner = item.corners
    return left < inner[0] and top < inner[1] and right > inner[2] and bottom > inner[3]


def fill(words_: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in.

    >>> fill("责任人 {person}", {"person": "王敏"})
    '责任人 王敏'
    """
    return _WORD.sub(lambda hit: values[hit[1]], words_)


def templates(room: Path | None = None) -> dict[str, Template]:
    """Every template by its id, the room's own first; raises ``InvalidDefinition``."""
    return found(room, "", read_template)


def template_for(kind: str, room: Path | None = None) -> Template:
    """The template used for a kind of thing where nobody names one.

    The room's own come before shipped ones, and among each the usual one before others.
    Raises ``InvalidDefinition`` when none serves the kind.
    """
    serving = [each for each in templates(room).values() if kind in each.for_]
    own = set(templates()) if room else set()
    serving.sort(key=lambda each: (each.id in own, not each.usual))
    if not serving:
        raise InvalidDefinition(f"没有适用于{KIND_LABELS.get(kind, kind)}的标签模板")
    return serving[0]
