"""status, verify, head, key, rebuild, redact, backup, restore, drill: the book kept safe."""

import sys
from pathlib import Path

import click
from attrs import asdict

from ledger.cli.desk import Desk, json_option
from ledger.cli.signing import let_in
from ledger.cli.speech import ChineseCommand, Exit, print_json, say, say_findings
from ledger.room import Room
from ledger.room.anchor import Anchor, InvalidAnchor, anchor
from ledger.room.audit import Audit
from ledger.room.bundle import evidence
from ledger.room.outgoing import put
from ledger.room.rebuilding import rebuild
from ledger.room.redaction import redact
from ledger.room.safekeeping import Restored, back_up, drill, latest, restore
from ledger.room.sealing import holders
from ledger.room.verification import verify_folder
from ledger.store.signature import PUBLIC, new_key

__all__ = [
    "backup",
    "drill_",
    "evidence_",
    "head_",
    "key_",
    "rebuild_",
    "redact_",
    "restore_",
    "status",
    "verify_",
]

_OFTEN = 50_000
"""After how many acts a long verification says how far it is."""


@click.command(
    "status", cls=ChineseCommand, short_help="账本的状况：记到哪里，核对到哪里，何时备份"
)
@json_option
@click.pass_obj
def status(desk: Desk, *, as_json: bool) -> int:
    """显示账本记到哪里、核对到哪里、最近一次清点和备份；没有核对完的接着在后台核对。"""
    with desk.room(reading=True) as room:
        audit = Audit(room)
        audit.start()
        if not as_json and not audit.done:
            click.echo(audit.line)
        audit.wait()
        backup_, count = latest(room), room.register.counts.get("")
        if as_json:
            print_json(
                {
                    "acts": len(room.acts),
                    "lines": audit.total,
                    "head": room.head,
                    "checked": audit.lines,
                    "fault": audit.fault,
                    "counted_on": count and count.on,
                    "backed_up_on": backup_ and backup_.on,
                    "backup": backup_ and backup_.file,
                    "sealed": bool(room.register.content_key),
                }
            )
        else:
            click.echo(audit.line)
            click.echo(f"最近清点：{count.on if count else '没有清点过'}")
            click.echo(f"最近备份：{f'{backup_.on} {backup_.file}' if backup_ else '没有备份过'}")
            if room.register.content_key:
                having = sum(each.has for each in holders(room))
                click.echo(f"内容加密：已启用，{having}位操作员掌握内容密钥")
            if not room.register.guarded:
                click.echo("操作员：未设，谁都能以保密员的名义记账（baomi operator add）")
    return Exit.TAMPERED if audit.fault else Exit.DONE


@click.command("verify", cls=ChineseCommand, short_help="核验账本是否被改动")
@click.option("--head", "--链首", "head", default="", metavar="链首", help="与打印在纸上的链首核对")
@click.option("--signed", "--链首文件", "signed", metavar="文件", help="与保存的链首文件核对")
@click.option(
    "--public", "--公钥", "public", default="", metavar="公钥", help="链首文件须由这把密钥签名"
)
@json_option
@click.pass_obj
def verify_(desk: Desk, head: str, signed: str | None, public: str, *, as_json: bool) -> int:
    """从第一行起重读账本：摘要链、流水推算的登记、登记文件是否都一致。

    账本自己看不出末尾被截去、或整本被重写过；用打印在清点单上的链首核对就能看出。
    内容加密的台账，用 baomi --by 姓名 verify 登录后核验，密文也逐项解开核对。
    """
    if signed is not None:
        head = _signed(Path(signed), public)

    def enter(room: Room) -> None:
        if room.register.content_key:
            let_in(room, desk.by, desk.password_fd, reading=True)

    found = verify_folder(desk.folder, head, _tell_progress, enter)
    if as_json:
        print_json(
            {
                "holds": found.holds,
                "lines": found.lines,
                "acts": found.acts,
                "head": found.head,
                "faults": found.faults,
                "notes": found.notes,
                "signers": [asdict(each) for each in found.signers],
            }
        )
    else:
        if found.acts is not None:
            click.echo(f"{found.lines}行，{found.acts}笔，链首 {found.head[:20]}")
        for said in (*found.notes, *found.faults):
            click.echo(said)
        say("账本完整，登记与流水一致" if found.holds else "账本不符，请保留现场并报告分管领导")
    return Exit.DONE if found.holds else Exit.TAMPERED


def _signed(path: Path, public: str) -> str:
    """The head an anchor file states, its signature looked at."""
    known = Anchor.read(path)
    if trouble := known.trouble(_public(public)):
        raise InvalidAnchor(trouble)
    return known.head


def _public(given: str) -> str:
    """A public key as it was given: in hexadecimal, or the file it is in."""
    path = Path(given)
    return path.read_text("ascii", "replace").strip() if given and path.is_file() else given


def _tell_progress(n: int) -> None:
    if n % _OFTEN == 0 and sys.stderr.isatty():
        say(f"已核验到第{n}笔…")


@click.command("head", cls=ChineseCommand, short_help="显示链首，供打印、抄写或签名保存")
@click.option("--key", "--密钥", "key", metavar="文件", help="用这把密钥签名")
@click.option(
    "-o", "--output", "--输出", "output", metavar="文件", help="存成链首文件，交给室外保管"
)
@json_option
@click.pass_obj
def head_(desk: Desk, key: str | None, output: str | None, *, as_json: bool) -> None:
    """显示链首。抄在当月清点单上由两人签字，以后用 baomi verify --head 核对。"""
    with desk.room(reading=True) as room:
        known = anchor(room, Path(key) if key else None)
    if output is not None:
        try:
            put(Path(output), known.text.encode())
        except FileExistsError:
            raise click.BadParameter(f"“{output}”已经存在，请换一个文件名") from None
    if as_json:
        click.echo(known.text, nl=False)
        return
    click.echo(f"{known.unit}  第{known.acts}笔（第{known.lines}行）  {_minute(known.moment)}")
    click.echo(f"链首 {known.printed}")
    if known.signature:
        click.echo(f"签名 {known.signature}")
    if output is not None:
        say(f"已存为{output}，请交台账之外的人保管")


@click.command("key", cls=ChineseCommand, short_help="生成给链首签名的密钥")
@click.argument("file", metavar="文件")
@json_option
def key_(file: str, *, as_json: bool) -> None:
    """生成一对密钥：文件里是私钥，只有本人能读；公钥在同名的 .pub 文件里，可以公开。"""
    public = new_key(Path(file))
    if as_json:
        print_json({"file": file, "public": public})
        return
    click.echo(public)
    say(f"私钥在{file}，不要与台账放在一起；公钥在{file}{PUBLIC}")


@click.command("rebuild", cls=ChineseCommand, short_help="按账本重新生成登记文件")
@json_option
@click.pass_obj
def rebuild_(desk: Desk, *, as_json: bool) -> None:
    """按账本的全部流水重新推算登记，写成 room.json；与原来不一致的按流水改正并在账上注明。"""
    with desk.room(afresh=True, reading=True) as room, room.writing():
        wrong = rebuild(room.book, room.acts, room.clock().year)
    if as_json:
        print_json({"corrected": wrong})
    else:
        click.echo(f"登记已按账本重新生成，改正{wrong}件")


@click.command("redact", cls=ChineseCommand, short_help="涂销误录的文字")
@click.argument("subject", metavar="编号|第几笔")
@click.option(
    "--field", "--项目", "field", required=True, metavar="项目", help="涂销哪一项，如 标题"
)
@click.option("--reason", "--原因", "reason", required=True, metavar="原因", help="为什么涂销")
@json_option
@click.pass_obj
def redact_(desk: Desk, subject: str, field: str, reason: str, *, as_json: bool) -> None:
    """把误录的文字从账本各处涂掉，账上留下谁、何时、为什么涂销；链首不因此中断。

    \b
    baomi redact WJ-2026-0001 --field 标题 --reason 误录了标题
    baomi redact 第12笔 --field 原因 --reason 误录了内容

    已经做好的备份里的文字涂不掉，要另行处理。
    """
    plain = subject.removeprefix("第").removesuffix("笔")
    act = int(plain) if plain != subject and plain.isdigit() else None
    with desk.room() as room:
        target = subject if act is None else act
        done = redact(room, target, field, reason=reason, by=desk.by)
    if as_json:
        print_json({"n": done.act.n})
        return
    click.echo(f"第{done.act.n}笔 涂销 {subject} {field}")
    say("以前的备份里还有这段文字，请按规定处理旧备份")


@click.command(
    "evidence", cls=ChineseCommand, short_help="把一个编号的记录做成可以另处核对的证据包"
)
@click.argument("number", metavar="编号")
@click.option(
    "-o", "--output", "--输出", "output", required=True, metavar="文件", help="存成哪个文件"
)
@click.option("--to", "--存到", "target", default="", metavar="编号", help="存到哪个介质或计算机")
@json_option
@click.pass_obj
def evidence_(desk: Desk, number: str, output: str, target: str, *, as_json: bool) -> None:
    """把与一个编号有关的账本行、签名公钥和核对程序装进一个文件。

    收到的人解开后用 python3 check.py 核对，不用装本程序；要看有没有漏掉的行，再与纸上的链首核对。
    """
    with desk.room() as room:
        done = evidence(room, number, Path(output), to=target, by=desk.by)
    if as_json:
        print_json({"n": done.act.n, "file": output})
        return
    click.echo(output)
    say(f"已做成证据包（第{done.act.n}笔）；解开后用 python3 check.py 核对")
    say_findings(done.findings)


@click.command("backup", cls=ChineseCommand, short_help="备份整本台账")
@click.argument("file", metavar="文件")
@click.option("--onto", "--介质", "medium", default="", metavar="编号", help="备份存在哪个介质上")
@json_option
@click.pass_obj
def backup(desk: Desk, file: str, medium: str, *, as_json: bool) -> None:
    """把整本台账装进一个文件，并在账上记一笔。备份含有台账的全部内容，按台账同级保管。"""
    with desk.room() as room:
        done = back_up(room, Path(file), medium=medium, by=desk.by)
    event = done.act.event
    if as_json:
        print_json({"n": done.act.n, "file": file, "digest": getattr(event, "digest", "")})
        return
    click.echo(file)
    say(f"已备份（第{done.act.n}笔）。隔一段时间用 baomi drill 试着恢复一次")
    say_findings(done.findings)


@click.command("restore", cls=ChineseCommand, short_help="从备份恢复到空文件夹")
@click.argument("file", metavar="文件")
@click.argument("folder", metavar="文件夹")
@json_option
def restore_(file: str, folder: str, *, as_json: bool) -> None:
    """从备份恢复到一个空文件夹，逐个文件核对摘要，并从头核验账本，全部相符才算完成。"""
    _tell_restored(restore(Path(file), Path(folder)), folder, as_json=as_json)


@click.command("drill", cls=ChineseCommand, short_help="演练：试着恢复最近一次备份")
@click.argument("file", required=False, metavar="[文件]")
@json_option
@click.pass_obj
def drill_(desk: Desk, file: str | None, *, as_json: bool) -> None:
    """把最近一次备份恢复到临时文件夹并核验，核验完就删去；不写文件时用账上记的最近一次。"""
    with desk.room(reading=True) as room:
        found = drill(room, Path(file) if file else None)
    _tell_restored(found, "", as_json=as_json)


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _tell_restored(found: Restored, folder: str, *, as_json: bool) -> None:
    manifest, checked = found.manifest, found.verification
    if as_json:
        said = {"unit": manifest.unit, "made": manifest.made, "head": manifest.head}
        print_json(said | {"acts": checked.acts, "lines": checked.lines, "room": folder})
        return
    what = f"已恢复到{folder}" if folder else "演练成功，这份备份能够恢复"
    click.echo(f"{what}：{manifest.unit}，{_minute(manifest.made)}备份，{checked.acts}笔，账本完整")
