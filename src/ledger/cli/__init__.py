"""``baomi``: the command line of a room. It asks and shows; the room decides."""

import os
import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from ledger.cli.desk import Desk, run
from ledger.cli.speech import DESCRIPTOR, ChineseGroup
from ledger.text import InvalidText, clean

__all__ = ["cli", "main"]

_COMMANDS: Final = {
    "init": "book.init",
    "demo": "book.demo",
    "add": "pages.add",
    "list": "pages.list_",
    "show": "pages.show",
    "log": "pages.log",
    "do": "acts.do",
    "acts": "acts.acts",
    "may": "acts.may_",
    "request": "approvals.request_",
    "operator": "operators.operator_",
    "seal": "sealing.seal_",
    "today": "agenda.today",
    "calendar": "agenda.calendar",
    "check": "book.check",
    "balance": "book.balance",
    "report": "reporting.report_",
    "verify": "keeping.verify_",
    "status": "keeping.status",
    "head": "keeping.head_",
    "key": "keeping.key_",
    "evidence": "keeping.evidence_",
    "backup": "keeping.backup",
    "restore": "keeping.restore_",
    "drill": "keeping.drill_",
    "rebuild": "keeping.rebuild_",
    "redact": "keeping.redact_",
    "rules": "regulations.rules_",
    "manual": "regulations.manual",
    "pack": "packs.pack",
    "import": "batches.import_",
    "label": "labels.label_ scanning templates",
    "scan": "scanning.scan_",
    "count": "counting.count",
    "doctor": "templates.doctor",
    "export": "outgoing.export",
    "form": "outgoing.form",
    "hand-in": "handing.hand_in_",
    "bureau": "bureau.bureau",
}
"""Where each command is and what else adds to it, in the order in which an officer meets them."""


class _Commands(MutableMapping[str, click.Command]):
    """The commands by name; the module of one is loaded when it is asked for."""

    def __init__(self) -> None:
        self._places: dict[str, str] = dict(_COMMANDS)
        self._added: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._added:
            place, *also = self._places[name].split()
            module, _, attribute = place.partition(".")
            self._added[name] = getattr(import_module(f"ledger.cli.{module}"), attribute)
            for more in also:
                import_module(f"ledger.cli.{more}")
        return self._added[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._places[name], self._added[name] = "", command

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._added.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@click.group(
    "baomi",
    cls=ChineseGroup,
    commands=_Commands(),
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
    type=DESCRIPTOR,
    metavar="描述符",
    help="程序登录：口令从这个文件描述符读入，一次性口令在第二行",
)
@click.pass_context
def cli(ctx: click.Context, folder: str, by: str, password_fd: int | None) -> None:
    """The group every command belongs to."""
    try:
        who = clean(by)
    except InvalidText as error:
        raise click.BadParameter(f"--by：{error}") from None
    if not who:
        raise click.BadParameter("--by 要写经办人的姓名")
    ctx.obj = Desk(Path(folder), who, password_fd)


def _opened() -> None:
    """Give a program that was started without one of its three streams one that leads nowhere.

    The next file that is opened would get its number, and what is said would go into the book.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


def main() -> None:
    """Run ``baomi`` and leave with its exit code; its words are UTF-8 whatever the locale says.

    What it or a library writes is its owner's alone.
    """
    os.umask(0o077)
    _opened()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    words = [os.fsencode(word).decode("utf-8", "surrogateescape") for word in sys.argv[1:]]
    sys.exit(run(cli, words))
