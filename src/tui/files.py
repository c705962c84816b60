"""Choosing a file: folders gone through as lists, or a name typed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.screens.asking import Prompt
from tui.screens.pick import Item, Pick

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["choose_file", "new_file"]

_MOST: Final = 5000
"""More names than anybody looks through; a folder with more has to be typed into."""


async def choose_file(desk: "Baomi", heading: str, endings: Sequence[str]) -> Path | None:
    """A file that is there, one of those endings; ``None`` for Esc. To be called in a worker."""
    folder = desk.last_folder
    while True:
        chosen = await desk.push_screen_wait(
            Pick(f"{heading}　{folder}", _entries(folder, endings), "文件名，或拼音首字母")
        )
        if not isinstance(chosen, Path):
            return None
        if chosen.is_dir():
            folder = chosen
        else:
            desk.last_folder = chosen.parent
            return chosen


def _entries(folder: Path, endings: Sequence[str]) -> list[Item]:
    """The folder above, the folders in it, and its files of those endings."""
    above = [Item(folder.parent, "..", "上一级文件夹")] if folder.parent != folder else []
    try:
        found = [path for path, _ in zip(sorted(folder.iterdir()), range(_MOST), strict=False)]
    except OSError:
        return [*above, Item(None, "（打不开这个文件夹）", "", "没有权限，或已经不在")]
    seen = [path for path in found if not path.name.startswith(".")]
    folders = [Item(path, f"{path.name}/", "文件夹") for path in seen if _is_folder(path)]
    wanted = [p for p in seen if p.suffix.lower().lstrip(".") in endings and not _is_folder(p)]
    return [*above, *folders, *(Item(path, path.name, _size(path)) for path in wanted)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _size(path: Path) -> str:
    try:
        return f"{path.stat().st_size:,} 字节"
    except OSError:
        return ""


async def new_file(desk: "Baomi", heading: str, text: str, name: str) -> Path | None:
    """A file to be made; ``None`` for Esc. To be called in a worker."""
    typed = await desk.push_screen_wait(Prompt(heading, text, "", str(desk.last_folder / name)))
    if not typed:
        return None
    path = Path(typed)
    desk.last_folder = path.parent
    return path
