"""room.toml: whose room it is, as an officer reads it; the book's first line says the same."""

import json
import tomllib
from pathlib import Path
from typing import Final, Self

from attrs import fields, frozen

from ledger import trouble
from ledger.mark import InvalidMark, Level
from ledger.number import InvalidMask, Mask, Numbering
from ledger.store.digest import ALGORITHMS
from ledger.text import quoted
from ledger.trouble import Illegible

__all__ = ["SETTINGS", "InvalidSettings", "Settings"]


SETTINGS: Final = "room.toml"


class InvalidSettings(Illegible, ValueError):
    """A room.toml that does not read; its message is a Chinese sentence."""


@frozen(kw_only=True)
class Settings:
    """Unit, level, rule pack, masks and digest of a room."""

    unit: str
    level: Level = Level.机密
    pack: str = "jiangmen"
    hash: str = ALGORITHMS[0]
    room: str = ""
    """An identifier given once, which the book's files name."""
    numbering: Numbering = Numbering()

    @classmethod
    def read(cls, path: Path) -> Self:
        """The settings in a file; raises ``InvalidSettings``."""
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InvalidSettings(_unread(trouble.of_toml(error))) from None
        masks = data.get("numbers", {})
        known = {each.name for each in fields(Numbering)}
        missing = sorted({"unit", "level", "pack", "hash"} - set(data))
        unknown = sorted(set(masks) - known)
        if missing or unknown:
            said = f"缺少{missing[0]}" if missing else f"不认识的登记簿{quoted(unknown[0])}"
            raise InvalidSettings(_unread(said))
        try:
            return cls(
                unit=data["unit"],
                level=Level.parse(data["level"]),
                pack=data["pack"],
                hash=data["hash"],
                room=data.get("room", ""),
                numbering=Numbering(**{name: Mask.parse(text) for name, text in masks.items()}),
            )
        except (InvalidMark, InvalidMask) as error:
            raise InvalidSettings(_unread(error)) from None

    def text(self) -> str:
        """The file these settings are written as."""
        words = (
            ("unit", self.unit, "单位名称"),
            ("level", str(self.level), "本室最高密级"),
            ("pack", self.pack, "采用的规章包，见 packs/"),
            ("hash", self.hash, "账本的摘要算法：sm3 或 sha256"),
            ("room", self.room, "本台账的识别号，账本各年的首行都写着它"),
        )
        lines = [f"{key} = {_quote(value)}  # {why}" for key, value, why in words]
        lines += ["", "[numbers]  # 各登记簿的编号格式：{year} 年份，{seq:4} 四位顺序号"]
        lines += [
            f"{each.name} = {_quote(getattr(self.numbering, each.name).pattern)}"
            for each in fields(Numbering)
        ]
        return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _unread(why: object) -> str:
    return f"room.toml读不通：{why}；请改正，或从备份里恢复这个文件"
