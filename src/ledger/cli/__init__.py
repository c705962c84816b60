"""``baomi``: the command line of a room. It asks and shows; the room decides."""

import os
import sys
from pathlib import Path

import click

from ledger.cli import (
    acts,
    agenda,
    approvals,
    batches,
    book,
    bureau,
    counting,
    handing,
    keeping,
    labels,
    operators,
    outgoing,
    packs,
    pages,
    regulations,
    reporting,
    scanning,
    sealing,
    templates,
)
from ledger.cli.desk import Desk, run
from ledger.cli.speech import ChineseGroup

__all__ = ["cli", "main"]


@click.group(
    "baomi",
    cls=ChineseGroup,
    help="保密室台账。每个命令都可以加 --help 查看说明。",
    epilog="退出码：0完成 1故障 2用法 3部分完成 4不能办理，未写 5读不通 6被占用 7无权限 8账本不符",
)
@click.option(
    "--room",
    "--台账",
    "folder",
    default=".",
    metavar="文件夹",
    envvar="BAOMI_ROOM",
    help="台账文件夹，不写就是当前文件夹",
)
@click.option(
    "--by",
    "--经办人",
    "by",
    default="保密员",
    metavar="姓名",
    envvar="BAOMI_BY",
    help="经办人，不写就是保密员；设了操作员的，就是登录的人",
)
@click.option(
    "--password-fd",
    "--口令描述符",
    "password_fd",
    type=int,
    metavar="描述符",
    help="程序登录：口令从这个文件描述符读入，一次性口令在第二行",
)
@click.pass_context
def cli(ctx: click.Context, folder: str, by: str, password_fd: int | None) -> None:
    """The group every command belongs to."""
    ctx.obj = Desk(Path(folder), by, password_fd)


for command in (
    book.init,
    book.demo,
    pages.add,
    pages.list_,
    pages.show,
    pages.log,
    acts.do,
    acts.acts,
    acts.may_,
    approvals.request_,
    operators.operator_,
    sealing.seal_,
    agenda.today,
    agenda.calendar,
    book.check,
    book.balance,
    reporting.report_,
    keeping.verify_,
    keeping.status,
    keeping.head_,
    keeping.key_,
    keeping.evidence_,
    keeping.backup,
    keeping.restore_,
    keeping.drill_,
    keeping.rebuild_,
    keeping.redact_,
    regulations.rules_,
    regulations.manual,
    packs.pack,
    batches.import_,
    labels.label_,
    scanning.scan_,
    counting.count,
    templates.doctor,
    outgoing.export,
    outgoing.form,
    handing.hand_in_,
    bureau.bureau,
):
    cli.add_command(command)


def main() -> None:
    """Run ``baomi`` and leave with its exit code; its words are UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    words = [os.fsencode(word).decode("utf-8", "surrogateescape") for word in sys.argv[1:]]
    sys.exit(run(cli, words))
