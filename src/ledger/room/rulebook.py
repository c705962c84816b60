"""规章包 of a room: its own, or one that is shipped."""

import tomllib
from importlib.resources import files
from pathlib import Path

from ledger import trouble
from ledger.pack import InvalidPack, Pack

__all__ = ["load_pack"]


def load_pack(name: str, folder: Path) -> Pack:
    """The rule pack of a name: the room's own if it has one, else the one that is shipped.

    Raises ``InvalidPack``.
    """
    own = folder / "packs" / f"{name}.toml"
    shipped = files("ledger") / "packs" / f"{name}.toml"
    if not own.is_file() and not shipped.is_file():
        raise InvalidPack(f"没有名为“{name}”的规章包")
    text = own.read_text("utf-8") if own.is_file() else shipped.read_text("utf-8")
    try:
        return Pack.of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidPack(f"规章包“{name}”读不通：{trouble.of_toml(error)}") from None
