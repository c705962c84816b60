"""pack: what differs between units, shown, compared and checked."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import ChineseCommand, ChineseGroup, Exit, print_json, print_table, say
from ledger.pack import Pack
from ledger.packfile import differences, load, names, settings
from ledger.register.pages import NOBODY
from ledger.room import NotARoom, Room

__all__ = ["pack"]


@click.group("pack", cls=ChineseGroup, short_help="查看、比较、检查规章包")
def pack() -> None:
    """规章包：各单位不同的审批人、期限、次数，都在这里。"""


@pack.command("show", cls=ChineseCommand, short_help="列出一个规章包的各项")
@click.argument("name", required=False, metavar="[规章包]")
@json_option
@click.pass_obj
def show(desk: Desk, name: str | None, *, as_json: bool) -> None:
    """列出一个规章包的审批人、期限、次数，各项出自哪里；不写名字就是本台账的。"""
    with _place(desk, name) as (chosen, room):
        folder = desk.folder if room else None
        found = list(settings(chosen, folder))
        title = load(chosen, folder).title
    if as_json:
        print_json(
            [{"key": s.key, "label": s.label, "value": s.value, "source": s.source} for s in found]
        )
        return
    print_table(("项目", "规定", "出自"), [(s.label, s.value, s.source) for s in found])
    say(f"{title}，共{len(found)}项；可选的规章包：{'、'.join(names(folder))}")


@pack.command("diff", cls=ChineseCommand, short_help="比较两个规章包")
@click.argument("one", metavar="规章包")
@click.argument("other", metavar="规章包")
@json_option
@click.pass_obj
def diff(desk: Desk, one: str, other: str, *, as_json: bool) -> None:
    """列出两个规章包不同的各项。"""
    found = list(differences(one, other, desk.folder))
    if as_json:
        print_json([{"label": d.label, one: d.one, other: d.other} for d in found])
        return
    print_table(
        ("项目", one, other), [(d.label, d.one or "没有", d.other or "没有") for d in found]
    )
    say(f"不同{len(found)}项")


@pack.command("check", cls=ChineseCommand, short_help="检查规章包写得对不对")
@click.argument("name", required=False, metavar="[规章包]")
@json_option
@click.pass_obj
def check(desk: Desk, name: str | None, *, as_json: bool) -> int:
    """读一遍规章包，写错的地方指出来；再看审批人的职责有没有人担任。"""
    with _place(desk, name) as (chosen, room):
        found = load(chosen, desk.folder if room else None)
        nobody = _unfilled(found, room) if room else []
    if as_json:
        print_json({"pack": chosen, "title": found.title, "unfilled": nobody})
    else:
        for role in nobody:
            click.echo(f"职责“{role}”还没有人担任，要它批准的事现在只能登记书面审批")
        later = "、".join(f"{on}" for on, _ in found.later)
        say(f"{found.title}读得通" + (f"；{later}起另有修订" if later else ""))
    return Exit.DONE


_OUTSIDE = ("机关", "部门", "国务院", "单位", "委员会", "小组")
"""Endings of roles that are organs and not people of the unit."""


def _unfilled(found: Pack, room: Room) -> list[str]:
    """Roles the pack asks approval of that nobody in the book has."""
    asked = {
        role
        for by_grade in found.approvals.values()
        for who in by_grade.values()
        for role in who.roles
        if not role.endswith(_OUTSIDE)
    }
    return sorted(role for role in asked if not room.register.posts.get(role, NOBODY))


@contextmanager
def _place(desk: Desk, name: str | None) -> Iterator[tuple[str, Room | None]]:
    """The pack asked for, and the room it is asked in, if this is one."""
    try:
        with desk.room(reading=True) as room:
            yield name or room.settings.pack, room
    except NotARoom:
        if name is None:
            raise
        yield name, None
