"""request: an act asked for, approved or refused, signed for by witnesses, and done."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import click

from ledger.cli.acts import pair
from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import (
    ChineseCommand,
    ChineseGroup,
    finding_json,
    print_json,
    print_table,
    say,
    say_findings,
)
from ledger.day import read_day
from ledger.event import Event
from ledger.exchange.script import read_act
from ledger.notation.codec import write_event
from ledger.notation.listing import asked_for
from ledger.notation.sentence import said_of
from ledger.review import Proposal
from ledger.room import Room, approving
from ledger.room.approving import Standing
from ledger.room.viewing import reads_request

__all__ = ["request_"]


@click.group(
    "request",
    cls=ChineseGroup,
    short_help="申请、审批、到场签名、凭申请办理",
    help="要审批的事：先申请，有权的人登录批准，再凭申请编号办理一次。",
)
def request_() -> None:
    """The group every command about approvals belongs to."""


@request_.command("ask", cls=ChineseCommand, short_help="申请办一件事")
@click.argument("act", metavar="事项")
@click.argument("pairs", nargs=-1, metavar="[项目=值]…")
@click.option("--until", "--有效期至", "until", metavar="日期", help="最晚哪天办")
@click.option("--purpose", "--事由", "purpose", default="", metavar="事由", help="为什么要办")
@json_option
@click.pass_obj
def ask(
    desk: Desk, act: str, pairs: tuple[str, ...], until: str | None, purpose: str, *, as_json: bool
) -> None:
    """申请办一件要审批的事，项目与 baomi do 相同，审批一项留空。

    \b
    baomi --by 陈刚 request ask 借阅 载体=WJ-2026-0001 去向=陈刚 应还日期=2026-12-01
    """
    with desk.room() as room:
        line = read_act({"act": act, **dict(map(pair, pairs))}, room.register)
        day = read_day(until) if until else None
        done = approving.ask_for(room, line.event, good_until=day, purpose=purpose, by=desk.by)
        found = approving.standing(room, done.number)
        told = _json(room, found)
    if as_json:
        print_json({"n": done.act.n, **told})
        return
    click.echo(done.number)
    say(f"已申请（第{done.act.n}笔），要由{_needed(found)}批准")
    say_findings(found.findings)


@request_.command("list", cls=ChineseCommand, short_help="列出申请；审批人只列等自己批的")
@click.option("--all", "--全部", "every", is_flag=True, help="办完的、终结的也列")
@json_option
@click.pass_obj
def list_(desk: Desk, *, every: bool, as_json: bool) -> None:
    """列出申请。审批人登录的，列出等自己批的；别人列出还没有办完的。"""
    with desk.room(reading=True) as room:
        found = list(_listed(room, every=every))
        rows = [_row(room, each) for each in found]
        told = [_json(room, each) for each in found]
    if as_json:
        print_json(told)
        return
    print_table(("编号", "事项", "申请人", "申请日期", "有效期至", "要谁批", "现状"), rows)
    say(f"共{len(rows)}份")


def _listed(room: Room, *, every: bool) -> list[Standing]:
    waiting = list(approving.requests_for(room))
    if waiting and not every:
        return waiting
    if not every:
        return list(approving.open_requests(room))
    numbers = room.register.numbers(room.register.requests)
    return [approving.standing(room, number) for number in numbers]


def _row(room: Room, found: Standing) -> tuple[str, ...]:
    request = found.request
    return (
        request.number,
        asked_for(request.wanted.event),  # type: ignore[arg-type]
        getattr(room.register.person(request.applicant), "name", request.applicant),
        str(request.on),
        str(request.good_until or ""),
        _needed(found),
        found.said,
    )


def _needed(found: Standing) -> str:
    return "；".join(map(str, found.needed)) or "（不用批）"


@request_.command("show", cls=ChineseCommand, short_help="查看一份申请")
@click.argument("number", metavar="编号")
@json_option
@click.pass_obj
def show(desk: Desk, number: str, *, as_json: bool) -> None:
    """查看一份申请：要谁批、谁批了、还差什么、谁已到场。"""
    with desk.room(reading=True) as room:
        found = approving.standing(room, number)
        wanted, told = cast("Event", found.request.wanted.event), _json(room, found)
        said = said_of(wanted, room.register)[1:] if reads_request(room, found.request) else []
        name = {each: getattr(room.register.person(each), "name", each) for each in _people(found)}
    if as_json:
        print_json(told)
        return
    request = found.request
    click.echo(f"{request.number}　{asked_for(request.wanted.event)}　{found.said}")  # type: ignore[arg-type]
    click.echo(f"申请人：{name[request.applicant]}　{request.on}　{request.purpose}".rstrip())
    for label, value in said:
        click.echo(f"{label}：{value}")
    click.echo(f"要由：{_needed(found)}")
    for each in request.approvals:
        click.echo(
            f"批准：{each.role} {name[each.by]} {each.on} {each.paper_no}".replace("：　", "：")
        )
    for each_ in request.attested:
        click.echo(f"到场：{name[each_]} {request.attested_on}")
    say_findings(found.findings)


def _people(found: Standing) -> list[str]:
    request = found.request
    return [request.applicant, *(each.by for each in request.approvals), *request.attested]


def _json(room: Room, found: Standing) -> dict[str, Any]:
    request = found.request
    wanted = cast("Event", request.wanted.event)
    whole = reads_request(room, request)
    return {
        "number": request.number,
        "wanted": write_event(wanted) if whole else asked_for(wanted),
        "applicant": request.applicant,
        "on": request.on,
        "good_until": request.good_until,
        "needed": [str(each) for each in found.needed],
        "approvals": [
            {"by": a.by, "role": a.role, "paper_no": a.paper_no, "on": a.on}
            for a in request.approvals
        ],
        "attested": list(request.attested),
        "state": found.said,
        "ready": found.ready,
        "findings": [finding_json(each) for each in found.findings],
    }


def _paper(command: Callable[..., None]) -> Callable[..., None]:
    """Options for what was signed on paper and is written down by the officer."""
    for option in (
        click.option("--on", "--签批日期", "on", metavar="日期", help="批件上的日期"),
        click.option("--paper", "--文号", "paper", default="", metavar="文号", help="批件的文号"),
        click.option(
            "--approver", "--批准人", "approver", default="", metavar="姓名", help="谁在纸上批的"
        ),
    ):
        command = option(command)
    return command


@request_.command("approve", cls=ChineseCommand, short_help="批准，或代录纸上的批示")
@click.argument("number", metavar="编号")
@_paper
@click.option(
    "--role", "--身份", "role", default="", metavar="身份", help="外单位的身份，如制发机关"
)
@json_option
@click.pass_obj
def approve(
    desk: Desk, number: str, approver: str, paper: str, on: str | None, role: str, *, as_json: bool
) -> None:
    """批准一份申请。批在纸上的，由保密员写明批准人、文号、日期。

    \b
    baomi --by 李国强 request approve SP-2026-0001
    baomi --by 王敏 request approve SP-2026-0001 --approver 李国强 --paper 局批3号 --on 2026-11-20
    """
    with desk.room() as room:
        done = approving.grant(
            room, number, approver=approver, role=role, paper_no=paper, paper_on=_day(on)
        )
        found = approving.standing(room, number)
    _tell(done, f"已批准，现在{found.said}", as_json=as_json)


@request_.command("deny", cls=ChineseCommand, short_help="不批准")
@click.argument("number", metavar="编号")
@click.option("--reason", "--原因", "reason", required=True, metavar="原因", help="为什么不批准")
@_paper
@json_option
@click.pass_obj
def deny(
    desk: Desk,
    number: str,
    reason: str,
    approver: str,
    paper: str,
    on: str | None,
    *,
    as_json: bool,
) -> None:
    """不批准一份申请，写明原因；这份申请就此终结。"""
    with desk.room() as room:
        done = approving.deny(
            room, number, reason, approver=approver, paper_no=paper, paper_on=_day(on)
        )
    _tell(done, "已不批准", as_json=as_json)


def _day(text: str | None) -> date | None:
    return read_day(text) if text else None


@request_.command("withdraw", cls=ChineseCommand, short_help="撤回自己的申请")
@click.argument("number", metavar="编号")
@click.option("--reason", "--原因", "reason", default="", metavar="原因", help="为什么撤回")
@json_option
@click.pass_obj
def withdraw(desk: Desk, number: str, reason: str, *, as_json: bool) -> None:
    """撤回自己的一份申请。"""
    with desk.room() as room:
        done = approving.withdraw(room, number, reason)
    _tell(done, "已撤回", as_json=as_json)


@request_.command("attest", cls=ChineseCommand, short_help="监销人到场签名")
@click.argument("number", metavar="编号")
@json_option
@click.pass_obj
def attest(desk: Desk, number: str, *, as_json: bool) -> None:
    """监销人到场，自己登录签名；当天有效，每位监销人都签了才能销毁。"""
    with desk.room() as room:
        done = approving.attest(room, number)
    _tell(done, "已签到场", as_json=as_json)


@request_.command("do", cls=ChineseCommand, short_help="凭批准了的申请办理")
@click.argument("number", metavar="编号")
@json_option
@click.pass_obj
def do(desk: Desk, number: str, *, as_json: bool) -> None:
    """凭批准了的申请办理，只能办一次，办的就是申请的那一件。"""
    with desk.room() as room:
        done = approving.fulfil(room, number, by=desk.by)
    _tell(done, f"已办理 {'、'.join(done.numbers)}".rstrip(), as_json=as_json)


def _tell(done: Proposal, said: str, *, as_json: bool) -> None:
    if as_json:
        found = [finding_json(each) for each in (*done.findings, *done.notes)]
        print_json({"n": done.act.n, "numbers": list(done.numbers), "findings": found})
        return
    click.echo(f"第{done.act.n}笔")
    say(said)
    say_findings((*done.findings, *done.notes))
