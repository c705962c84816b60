"""rules, pack: what the regulations ask, what holds it, and what differs between units."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import ChineseCommand, ChineseGroup, Exit, print_json, print_table, say
from ledger.conflict import CONFLICTS
from ledger.coverage import Demand, demands
from ledger.duties import ALL as OBLIGATIONS
from ledger.pack import Pack
from ledger.packfile import differences, load, names, settings
from ledger.register.pages import NOBODY
from ledger.regulation import Citation, find
from ledger.room import NotARoom, Room
from ledger.rules import ALL
from ledger.text import quoted

__all__ = ["pack", "rules_"]


@click.command("rules", cls=ChineseCommand, short_help="查看条文和台账怎样执行它")
@click.argument("article", nargs=-1, metavar="[条文]")
@click.option(
    "--coverage", "--覆盖", "coverage", is_flag=True, help="各制度有多少条要求、由什么承担"
)
@click.option(
    "--conflicts", "--冲突", "conflicts", is_flag=True, help="制度与现行规定不一致的地方和处理办法"
)
@json_option
def rules_(article: tuple[str, ...], *, coverage: bool, conflicts: bool, as_json: bool) -> None:
    """查看条文：哪些由台账核对，哪些到期提示，哪些由登记承担，哪些由人负责。

    \b
    例：baomi rules 计算机 12
        baomi rules 一（九）
        baomi rules --coverage
    """
    if coverage:
        _tell_coverage(as_json=as_json)
        return
    if conflicts:
        _tell_conflicts(as_json=as_json)
        return
    words = " ".join(article)
    cited = find(words)
    if not cited:
        raise click.BadParameter(f"没有找到条文{quoted(words)}")
    held = _by_article()
    if as_json:
        print_json([row for each in cited for row in _rows(each, held)])
        return
    for each in cited:
        for row in _rows(each, held):
            click.echo(f"{row['force']} {row['article']}  {row['gist']}")


def _by_article() -> dict[Citation, list[Demand]]:
    found: dict[Citation, list[Demand]] = {}
    for demand in demands():
        for article in demand.articles:
            found.setdefault(demand.regulation[article], []).append(demand)
    return found


def _rows(cited: Citation, held: dict[Citation, list[Demand]]) -> Iterator[dict[str, str]]:
    """What the ledger does about an article: rules, deadlines, records, or why it is left to people."""
    for rule in ALL:
        if rule.cites == cited:
            yield {
                "article": str(cited),
                "force": str(rule.force),
                "gist": rule.gist,
                "remedy": rule.remedy,
                "rule": rule.name,
            }
    for each in OBLIGATIONS:
        if each.cites == cited:
            row = {"article": str(cited), "force": "期", "gist": each.gist}
            yield row | {"remedy": each.task, "rule": each.name}
    for demand in held.get(cited, ()):
        left = "、".join(demand.names("由人"))
        said = f"{demand.gist}（由人：{left}）" if left else demand.gist
        row = {"article": str(cited), "force": "人" if left else "记", "gist": said}
        yield row | {"id": demand.id, "held": "；".join(map(str, demand.held))}


def _tell_coverage(*, as_json: bool) -> None:
    whole: Counter[str] = Counter()
    people: Counter[str] = Counter()
    words: dict[str, Counter[str]] = {}
    for demand in demands():
        short = demand.regulation.short
        whole[short] += 1
        people[short] += demand.by_people
        words.setdefault(short, Counter()).update({holder.word for holder in demand.held})
    columns = ("规则", "应办", "审批", "记录", "报表", "表项")
    if as_json:
        print_json(
            [
                {
                    "regulation": short,
                    "demands": whole[short],
                    "held": whole[short] - people[short],
                    "people": people[short],
                    "by": dict(words[short]),
                }
                for short in whole
            ]
        )
        return
    rows = [
        (
            short,
            whole[short],
            whole[short] - people[short],
            people[short],
            *(words[short][word] or "" for word in columns),
        )
        for short in whole
    ]
    print_table(("制度", "要求", "台账承担", "由人负责", *columns), rows)
    total, left = sum(whole.values()), sum(people.values())
    say(
        f"共{total}条要求：台账承担{total - left}条，由人负责{left}条（都有说明）；"
        f"规则{len(ALL)}条，到期事项{len(OBLIGATIONS)}种，没有漏列的"
    )


def _tell_conflicts(*, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "number": each.number,
                    "subject": each.subject,
                    "seed": each.seed,
                    "today": each.today,
                    "decision": each.decision,
                    "held_by": each.held_by,
                }
                for each in CONFLICTS
            ]
        )
        return
    for each in CONFLICTS:
        click.echo(f"{each.number}. {each.subject}")
        click.echo(f"   制度  {each.seed}")
        click.echo(f"   现行  {each.today}")
        click.echo(f"   处理  {each.decision}")


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
        with desk.room() as room:
            yield name or room.settings.pack, room
    except NotARoom:
        if name is None:
            raise
        yield name, None
