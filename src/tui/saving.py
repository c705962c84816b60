"""Registers, books and forms out of the screen: what, about what, where to; recorded and judged."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledger.level import Level
from ledger.room.filling import Subject
from ledger.room.saving import Kind, Saved, kinds, save
from ledger.room.viewing import listed
from tui.files import new_file
from tui.jobs import Job, carried_out
from tui.screens.asking import Prompt
from tui.screens.pick import Item, Pick

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["save_any", "save_form", "targets"]

_HOLDERS: Final = ("medium", "computer")
_OFFERED: Final = 100
"""How many carriers are offered at once."""


async def save_any(desk: "Baomi") -> None:
    """Choose what is to be written, and write it. To be called in a worker."""
    subject = desk.page.subject
    items = [
        Item(kind, kind.title, f"{kind.sort}　{kind.about}".strip()) for kind in kinds(desk.room)
    ]
    kind = await desk.push_screen_wait(Pick("导出、打印", items))
    if not isinstance(kind, Kind):
        return
    numbers = ""
    if kind.about:
        text = f"{kind.title}按哪{kind.about}填写？写编号，几件用、隔开；填“全部”就是不指明"
        numbers = await desk.push_screen_wait(Prompt(kind.title, text, "", subject or "全部"))
        if numbers is None:
            return
    found = tuple(
        word for word in numbers.replace("，", "、").split("、") if word.strip() not in ("", "全部")
    )
    await _save(desk, kind, Subject(numbers=found))


async def save_form(desk: "Baomi", title: str, *numbers: str) -> None:
    """Write one form about some numbers. To be called in a worker."""
    kind = next(kind for kind in kinds(desk.room) if kind.title.endswith(title))
    await _save(desk, kind, Subject(numbers=numbers))


async def _save(desk: "Baomi", kind: Kind, subject: Subject) -> None:
    ending = "docx" if kind.sort == "表格" else "xlsx"
    name = "-".join((kind.title, *subject.numbers[:1])) + f".{ending}"
    said = "存成哪个文件？表格用 docx（签字）、xlsx、txt；登记簿还可以用 csv、jsonl"
    path = await new_file(desk, kind.title, said, name)
    if path is None:
        return
    target = await desk.push_screen_wait(Pick("存到哪件载体（按密级核对）", partial(targets, desk)))
    if target is None:
        return
    job = Job[Saved](
        f"导出{kind.title}",
        lambda room, _: save(room, kind, path, subject=subject, target=str(target)),
    )
    done = await carried_out(desk, job)
    if done is not None:
        desk.written(_told(done))


def targets(desk: "Baomi", typed: str) -> list[Item]:
    """Where a file can be put: nowhere that is registered, or a medium or computer by its level.

    As many as anybody looks through; whoever wants another types more of it.
    """
    register, directory = listed(desk.room), desk.gathered(_HOLDERS)
    word = typed.strip()
    nowhere = Item("", "不是登记的载体", "只有不含密级内容的文件可以")
    items = [nowhere] if word in nowhere.words else []
    numbers = [word] if word in register.carriers else []
    places = directory.find(word) if word else range(len(directory))
    for place in places:
        if len(numbers) >= _OFFERED:
            break
        number = directory.number(place)
        if register.carriers[number].open:
            numbers.append(number)
    for number in dict.fromkeys(numbers):
        entry = register.carriers[number]
        level: Level | None = register.level_of(entry)
        name = getattr(entry.thing, "name", "") or getattr(entry.thing, "model", "")
        items.append(Item(number, number, f"{level or '非涉密'} {name}"))
    return items


def _told(done: Saved) -> str:
    acts = [f"第{proposal.act.n}笔" for proposal in done.proposals]
    return f"已存为 {Path(done.path).name}" + (f"（{'、'.join(acts)}）" if acts else "")
