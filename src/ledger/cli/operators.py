"""operator: who may sign in, and as what."""

from typing import Any, cast

import click

from ledger.access import OperatorRole
from ledger.cli.desk import Desk, json_option
from ledger.cli.signing import ask_new, enrol
from ledger.cli.speech import (
    DESCRIPTOR,
    ChineseCommand,
    ChineseGroup,
    print_json,
    print_table,
    say,
    say_findings,
)
from ledger.event.access import CredentialSet
from ledger.exchange.field import read_value
from ledger.review import Proposal
from ledger.room import Room, operators, sealing
from ledger.room.passwords import needs_one_time
from ledger.room.signing_in import sign_in

__all__ = ["first", "operator_", "roles_of"]

_ROLES = "、".join(OperatorRole)


@click.group(
    "operator",
    cls=ChineseGroup,
    short_help="操作员：谁能登录、有什么职责、口令",
    help="操作员：谁能登录、有什么职责、口令。设了第一位操作员以后，记账都要登录。",
)
def operator_() -> None:
    """The group every command about operators belongs to."""


def roles_of(text: str) -> frozenset[OperatorRole]:
    """The roles an option names."""
    try:
        return frozenset(read_value(frozenset[OperatorRole], text))
    except ValueError as error:
        raise click.BadParameter(f"--roles：{error}") from None


_new_fd = click.option(
    "--new-password-fd",
    "--新口令描述符",
    "new_fd",
    type=DESCRIPTOR,
    metavar="描述符",
    help="新口令从这个文件描述符读入",
)


@operator_.command("add", cls=ChineseCommand, short_help="设操作员")
@click.argument("name", metavar="姓名")
@click.option("--roles", "--职责", "roles", default="", metavar="职责", help=_ROLES)
@_new_fd
@json_option
@click.pass_obj
def add(desk: Desk, name: str, roles: str, new_fd: int | None, *, as_json: bool) -> None:
    """设操作员。第一位要有安全保密管理员的职责；口令由本人在这台终端上输入。

    \b
    baomi operator add 王敏 --roles 保密员、安全保密管理员
    baomi --by 王敏 operator add 李国强 --roles 审批人
    """
    held = roles_of(roles)
    with desk.room() as room:
        done = operators.add(room, name, held, **_new(room, name, held, new_fd))
        lacks = sealing.lacking(room, name)
    _tell(done, f"已设操作员{name}，以后用 baomi --by {name} 登录", as_json=as_json, lacks=lacks)


def _new(
    room: Room, name: str, held: frozenset[OperatorRole], descriptor: int | None
) -> dict[str, Any]:
    """A new password, and at 绝密 what makes one-time passwords."""
    password = ask_new(descriptor, name)
    if not needs_one_time(room, held):
        return {"password": password}
    one_time, code = enrol(room, name)
    return {"password": password, "one_time": one_time, "code": code}


@operator_.command("grant", cls=ChineseCommand, short_help="授予职责，原来的职责作废")
@click.argument("name", metavar="姓名")
@click.option("--roles", "--职责", "roles", required=True, metavar="职责", help=_ROLES)
@json_option
@click.pass_obj
def grant(desk: Desk, name: str, roles: str, *, as_json: bool) -> None:
    """授予一位操作员职责，原来的职责作废。由安全保密管理员办理，不能给自己。"""
    with desk.room() as room:
        done = operators.grant(room, name, roles_of(roles))
        lacks = sealing.lacking(room, name)
    _tell(done, f"{name}的职责已改", as_json=as_json, lacks=lacks)


@operator_.command("unlock", cls=ChineseCommand, short_help="解锁输错口令的操作员")
@click.argument("name", metavar="姓名")
@click.option("--reason", "--原因", "reason", required=True, metavar="原因", help="为什么解锁")
@json_option
@click.pass_obj
def unlock(desk: Desk, name: str, reason: str, *, as_json: bool) -> None:
    """让输错口令被锁定的操作员可以再试。由安全保密管理员办理，不能给自己。"""
    with desk.room() as room:
        done = operators.unlock(room, name, reason)
    _tell(done, f"{name}已解锁", as_json=as_json)


@operator_.command("remove", cls=ChineseCommand, short_help="停用操作员")
@click.argument("name", metavar="姓名")
@click.option("--reason", "--原因", "reason", required=True, metavar="原因", help="为什么停用")
@json_option
@click.pass_obj
def remove(desk: Desk, name: str, reason: str, *, as_json: bool) -> None:
    """停用一位操作员。他记的账、签的名都还在，只是不能再登录。"""
    with desk.room() as room:
        done = operators.remove(room, name, reason)
    _tell(done, f"{name}已停用", as_json=as_json)


@operator_.command("password", cls=ChineseCommand, short_help="更换自己的登录口令")
@_new_fd
@json_option
@click.pass_obj
def password(desk: Desk, new_fd: int | None, *, as_json: bool) -> None:
    """更换自己的登录口令：先用原口令登录，再输入新口令。签名的密钥不变。"""
    with desk.room() as room:
        done = operators.change_password(room, ask_new(new_fd, room.by))
    _tell(done, "口令已更换", as_json=as_json)


@operator_.command("reset", cls=ChineseCommand, short_help="为忘了口令的操作员重设口令")
@click.argument("name", metavar="姓名")
@_new_fd
@json_option
@click.pass_obj
def reset(desk: Desk, name: str, new_fd: int | None, *, as_json: bool) -> None:
    """为忘了口令的操作员重设口令，由本人在这台终端上输入；他的签名密钥随之更换。"""
    with desk.room() as room:
        known = room.register.operator(name)
        held = known.roles if known else frozenset[OperatorRole]()
        done = operators.reset_password(room, name, **_new(room, name, held, new_fd))
        lacks = sealing.lacking(room, name)
    key = cast("CredentialSet", done.act.event).public[:8]
    said = f"{name}的口令已重设，以后的签名用新密钥{key}；第{done.act.n}笔以前他签的，仍按原来的密钥核对"
    _tell(done, said, as_json=as_json, lacks=lacks)


@operator_.command("list", cls=ChineseCommand, short_help="列出操作员")
@json_option
@click.pass_obj
def list_(desk: Desk, *, as_json: bool) -> None:
    """列出操作员、职责、上次登录和是否锁定。"""
    with desk.room(reading=True) as room:
        found = list(_rows(room))
    if as_json:
        print_json(found)
    elif found:
        heads = ("姓名", "编号", "职责", "状态", "上次登录", "终端")
        print_table(heads, [tuple(row.values()) for row in found])
    else:
        say("还没有设操作员：谁都能以保密员的名义记账。用 baomi operator add 设第一位")


def _rows(room: Room) -> Any:
    tries = room.pack.at(room.clock().date()).tries_allowed
    for name, each in room.register.operators.items():
        person = room.register.people.get(name)
        state = "停用" if each.removed else "锁定" if each.failed > tries else "可用"
        yield {
            "name": person.name if person else name,
            "number": name if person else "",
            "roles": "、".join(sorted(each.roles)),
            "status": state,
            "signed_in": f"{each.at:%Y-%m-%d %H:%M}" if each.at else "",
            "terminal": each.terminal,
        }


def _tell(done: Proposal, said: str, *, as_json: bool, lacks: str = "") -> None:
    if as_json:
        print_json({"n": done.act.n})
        return
    click.echo(f"第{done.act.n}笔")
    say(said)
    if lacks:
        say(lacks)
    say_findings(done.findings)


def first(room: Room, name: str, descriptor: int | None, *, seal: bool = False) -> None:
    """Register the officer of a new room and make him its first operator; ``seal`` its content."""
    from ledger.event import Registered
    from ledger.person import Category, Person

    held = frozenset({OperatorRole.OFFICER, OperatorRole.SECRECY})
    category = next(each for each in Category if each.level is room.register.level)
    told = _new(room, name, held, descriptor)
    room.record(Registered(thing=Person(name=name, roles=frozenset({"保密员"}), category=category)))
    operators.add(room, name, held, **told)
    if seal:
        sign_in(room, name, told["password"], told.get("code", ""))
        sealing.seal(room)
