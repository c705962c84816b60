"""Ways of taking files in that a room has saved by name, as TOML in its folder ``mappings``."""

import re
from pathlib import Path
from typing import Final

from ledger import trouble
from ledger.exchange.directions import Directions, InvalidDirections
from ledger.room.outgoing import put
from ledger.room.room import Room
from ledger.text import quoted

__all__ = ["free", "load", "save", "saved"]

FOLDER: Final = "mappings"
_NAME: Final = re.compile(r"[\w-]{1,40}")


def saved(room: Room) -> tuple[str, ...]:
    """The names of what has been saved."""
    return tuple(sorted(path.stem for path in (room.folder / FOLDER).glob("*.toml")))


def load(room: Room, name: str) -> Directions:
    """The directions of a name, or in the file of that name; raises ``InvalidDirections``."""
    path = Path(name) if name.endswith(".toml") else _path(room, name)
    try:
        return Directions.read(path.read_text("utf-8"), name)
    except FileNotFoundError:
        known = "、".join(saved(room)) or "还没有存过"
        raise InvalidDirections(f"没有名为{quoted(name)}的导入办法，已存的：{known}") from None
    except UnicodeDecodeError:
        raise InvalidDirections(f"导入办法{quoted(name)}读不通：不是UTF-8编码") from None
    except OSError as error:
        said = trouble.of_file(error)
        raise InvalidDirections(f"导入办法{quoted(name)}打不开：{said}") from None


def save(room: Room, name: str, directions: Directions) -> Path:
    """Save directions by a name that is not in use yet; raises ``InvalidDirections``."""
    path = free(room, name)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return put(path, directions.text().encode())


def free(room: Room, name: str) -> Path:
    """Where directions go that are saved by a name nobody uses; raises ``InvalidDirections``."""
    path = _path(room, name)
    if path.exists():
        raise InvalidDirections(f"已有名为{quoted(name)}的导入办法，请换一个名字")
    return path


def _path(room: Room, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise InvalidDirections(f"导入办法的名字只能用字、数字和短横，读到{quoted(name)}")
    return room.folder / FOLDER / f"{name}.toml"
