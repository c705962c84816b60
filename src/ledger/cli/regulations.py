"""rules, manual: what the regulations ask, what holds it, and what is left to people."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import click
from attrs import asdict

from ledger.cli.desk import json_option
from ledger.cli.speech import ChineseCommand, Exit, print_json, print_table, say
from ledger.conflict import CONFLICTS
from ledger.coverage import Demand, demands
from ledger.duties import ALL as OBLIGATIONS
from ledger.manual import Chapter, Line, chapters, faults
from ledger.regulation import COMPENDIUM, LOCAL, Citation, find, named
from ledger.rules import ALL
from ledger.text import quoted

__all__ = ["manual", "rules_"]


@click.command("rules", cls=ChineseCommand, short_help="查看条文和台账怎样执行它")
@click.argument("article", nargs=-1, metavar="[条文]")
@click.option(
    "--coverage", "--覆盖", "coverage", is_flag=True, help="各制度有多少条要求、由什么承担"
)
@click.option(
    "--conflicts", "--冲突", "conflicts", is_flag=True, help="制度与现行规定不一致的地方和处理办法"
)
@json_option
def rules_(article: tuple[str, ...], *, coverage: bool, conflicts: bool, as_json: bool) -> int:
    """查看条文：哪些由台账核对，哪些到期提示，哪些由登记承担，哪些由人负责。

    \b
    例：baomi rules 计算机 12
        baomi rules 一（九）
        baomi rules --coverage
    """
    if coverage:
        return _tell_coverage(as_json=as_json)
    if conflicts:
        return _tell_conflicts(as_json=as_json)
    words = " ".join(article)
    cited = find(words)
    if not cited:
        raise click.BadParameter(f"没有找到条文{quoted(words)}")
    held = _by_article()
    if as_json:
        print_json([row for each in cited for row in _rows(each, held)])
        return Exit.DONE
    for each in cited:
        for row in _rows(each, held):
            click.echo(f"{row['force']} {row['article']}  {row['gist']}")
    return Exit.DONE


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


_HOLDERS = ("规则", "应办", "审批", "记录", "报表", "表项")
"""What may hold a demand, as the table's columns."""


def _tell_coverage(*, as_json: bool) -> int:
    rows = [_covered(short, group) for short, group in _by_regulation().items()]
    wrong = list(faults())
    if as_json:
        print_json(rows)
    else:
        columns = ("制度", "要求", "台账承担", "由人负责", *_HOLDERS)
        print_table(columns, [(*list(row.values())[:4], *row["by"].values()) for row in rows])
        total, left = sum(r["demands"] for r in rows), sum(r["people"] for r in rows)
        say(
            f"共{total}条要求：台账承担{total - left}条，由人负责{left}条（都有说明）；"
            f"规则{len(ALL)}条，到期事项{len(OBLIGATIONS)}种"
        )
    for each in wrong:
        say(each)
    return Exit.FAULT if wrong else Exit.DONE


def _by_regulation() -> dict[str, list[Demand]]:
    found: dict[str, list[Demand]] = {}
    for demand in demands():
        found.setdefault(demand.regulation.short, []).append(demand)
    return found


def _covered(short: str, group: list[Demand]) -> dict[str, Any]:
    people = sum(demand.by_people for demand in group)
    by = Counter(holder.word for demand in group for holder in demand.held)
    return {
        "regulation": short,
        "demands": len(group),
        "held": len(group) - people,
        "people": people,
        "by": {word: by[word] for word in _HOLDERS},
    }


def _tell_conflicts(*, as_json: bool) -> int:
    if as_json:
        print_json([asdict(each) for each in CONFLICTS])
        return Exit.DONE
    for each in CONFLICTS:
        click.echo(f"{each.number}. {each.subject}")
        click.echo(f"   制度  {each.seed}")
        click.echo(f"   现行  {each.today}")
        click.echo(f"   处理  {each.decision}")
    return Exit.DONE


@click.command(
    "manual", cls=ChineseCommand, short_help="保密员手册：每个制度台账做什么、留给人什么"
)
@click.argument("name", required=False, default="", metavar="[制度]")
@json_option
def manual(name: str, *, as_json: bool) -> None:
    """翻看手册：一个制度一章；不写制度就列出各章。

    \b
    例：baomi manual
        baomi manual 载体制度
        baomi manual 10
    """
    if name:
        found = _chapter(name)
        if as_json:
            print_json(asdict(found, value_serializer=_plain))
        else:
            _tell_chapter(found)
        return
    every = list(chapters())
    if as_json:
        print_json([{"chapter": c.file[:2], "regulation": c.regulation.short} for c in every])
        return
    rows = [(c.file[:2], c.regulation.short, c.regulation.title) for c in every]
    print_table(("章", "简称", "制度"), rows)


def _chapter(name: str) -> Chapter:
    wanted = named(name)
    found = [
        each
        for each in chapters()
        if name in (each.file[:2], each.regulation.title) or each.regulation is wanted
    ]
    if not found:
        short = "、".join(regulation.short for regulation in (*COMPENDIUM, *LOCAL))
        raise click.BadParameter(f"手册里没有{quoted(name)}这一章；可以写：{short}")
    return found[0]


def _plain(_: Any, attribute: Any, value: Any) -> Any:
    return value.short if attribute is not None and attribute.name == "regulation" else value


def _tell_chapter(found: Chapter) -> None:
    click.echo(f"《{found.regulation.title}》\n\n{found.opening}\n")
    click.echo(f"常用事项：{'、'.join(found.acts)}")
    for name, zh in found.reports:
        click.echo(f"报表：{zh}（baomi report {name}）")
    for heading, group in found.parts:
        click.echo(f"\n{heading}")
        for line in group:
            _tell_line(line)
    for note in found.notes:
        click.echo(f"\n与现行规定不一致的：{note}")


def _tell_line(line: Line) -> None:
    click.echo(f"  {line.articles}　{line.gist}")
    for each in line.held:
        click.echo(f"      {each}")
