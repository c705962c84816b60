"""What every command shares: which room, who is writing, and how a fault is told."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from attrs import frozen

from ledger import trouble
from ledger.approval import Approval
from ledger.cli.signing import let_in
from ledger.cli.speech import Exit, explain, finding_json, print_json, say, say_findings
from ledger.review import Refused
from ledger.room import Room
from ledger.room.acts import told_of_reading

__all__ = ["Desk", "approvals_of", "json_option", "late", "run"]


@frozen
class Desk:
    """Where the command works and for whom."""

    folder: Path
    by: str
    password_fd: int | None = None
    """Where a program's password is read from."""

    @contextmanager
    def room(self, *, afresh: bool = False, reading: bool = False) -> Iterator[Room]:
        """The room, open for the block; ``afresh`` reads its book from the first line.

        Where it has operators one signs in, unless the block is only ``reading``.
        """
        with ExitStack() as opened:
            with told_of_reading(_reading):
                room = opened.enter_context(Room.open(self.folder, afresh=afresh))
            if room.book.earlier:  # is read once more for the first act that is written
                opened.enter_context(told_of_reading(_reading))
            room.by = self.by
            let_in(room, self.by, self.password_fd, reading=reading)
            for notice in room.notices:
                say(f"{notice}。")
            yield room


_LONG: Final = 20_000
"""Acts from which on reading a whole book takes longer than anybody waits without a word."""
_STEP: Final = 10_000


def _reading(done: int, every: int) -> None:
    """Say on stderr that a book of an earlier program is being read, and to a person how far."""
    if every < _LONG:
        return
    if not done:
        say(f"账本是旧版程序记的，正在整本重读（{every:,}笔），可能要几分钟")
    if sys.stderr.isatty() and done % _STEP == 0:
        click.echo(f"\r已读 {done:,} / {every:,} 笔", nl=done + _STEP > every, err=True)


def approvals_of(text: str) -> tuple[Approval, ...]:
    """The approval an option names, as 职责:姓名; none for a blank one."""
    from ledger.exchange.field import read_value

    try:
        return tuple(read_value(tuple[Approval, ...], text))
    except ValueError as error:
        raise click.BadParameter(f"--approved-by：{error}") from None


def late(reason: str, *, happened: bool) -> None:
    """Refuse a record of what has happened without a reason, and a reason for nothing of the kind."""
    if happened and not reason.strip():
        raise click.BadParameter("--happened 要同时用 --reason 写明原因")
    if reason and not happened:
        raise click.BadParameter("--reason 是补记的原因，要与 --happened 同用")


CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def json_option(command: CommandT) -> CommandT:
    """Give a command its ``--json`` switch."""
    option = click.option("--json", "as_json", is_flag=True, help="结果输出为JSON，供程序读取")
    return option(command)


def run(group: click.Group, args: list[str]) -> int:
    """Run the command line and give back its exit code; every fault is one Chinese sentence."""
    try:
        code = group.main(args, prog_name="baomi", standalone_mode=False)
        sys.stdout.flush()
        return int(code or Exit.DONE)
    except click.exceptions.NoArgsIsHelpError as help_:
        click.echo(help_.format_message())
        return Exit.USAGE
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("已中断。回答过的都在账上；没有回答的，用 baomi status 看记到第几笔")
        return Exit.FAULT
    except click.ClickException as error:
        hint = "" if isinstance(error, click.BadParameter) else "用 baomi --help 查看用法"
        told = explain(error)
        say(f"{told}{'' if told.endswith('？') else '。'}{hint}")
        return Exit.USAGE
    except Refused as refusal:
        if "--json" in args:
            print_json({"refused": [finding_json(finding) for finding in refusal.findings]})
        say_findings(refusal.findings)
        late = "确已发生的事，加 --happened --reason 原因 记录" if _may_be_late(group, args) else ""
        say(f"不能办理，账本未变。{late}")
        return Exit.REFUSED
    except UnicodeEncodeError:
        say("命令里有读不成文字的字节，请改用UTF-8重新输入。账本未变")
        return Exit.USAGE
    except SystemExit:  # click leaves so when whoever was reading has gone
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - an officer never sees a traceback
        return _told(error)


def _may_be_late(group: click.Group, args: list[str]) -> bool:
    """Whether the command that was typed can record what has happened all the same."""
    named = (group.commands[arg] for arg in args if arg in group.commands)
    return any(option.name == "happened" for command in named for option in command.params)


_CODES: Final[dict[type, Exit]] = {
    trouble.Misuse: Exit.USAGE,
    trouble.Illegible: Exit.UNREADABLE,
    trouble.Inadmissible: Exit.REFUSED,
    trouble.Forbidden: Exit.NOT_PERMITTED,
    trouble.Busy: Exit.LOCKED,
    trouble.Tampered: Exit.TAMPERED,
    trouble.Failure: Exit.FAULT,
}
"""Which exit code each kind of trouble has."""


def _told(error: Exception) -> int:
    if isinstance(error, trouble.Trouble):
        code = next(_CODES[kind] for kind in type(error).__mro__ if kind in _CODES)
        say(f"{error}。" if not str(error).endswith(("。", "？")) else str(error))
        if code is Exit.TAMPERED:
            say("账本不符，请保留现场，不要再动文件夹，并报告分管领导")
        return code
    if isinstance(error, PermissionError):
        say(f"没有权限读写“{error.filename}”，请检查文件夹权限。")
        return Exit.NOT_PERMITTED
    if isinstance(error, OSError):
        say(f"{trouble.told(error)}。")
        return Exit.FAULT
    say(f"程序内部出错（{type(error).__name__}），账本未因此改动；请保留现场并联系维护人员。")
    if os.environ.get("BAOMI_DEBUG"):
        raise error
    return Exit.FAULT
