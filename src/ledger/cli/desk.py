"""What every command shares: which room, who is writing, and how a fault is told."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import frozen

from ledger import trouble
from ledger.approval import Approval
from ledger.bureau.refusal import InvalidQuestion, NoAnswer, NoEngine, RefusedHandIn
from ledger.cli.signing import let_in
from ledger.cli.speech import Exit, explain, finding_json, print_json, say, say_findings
from ledger.day import InvalidDay
from ledger.exchange.directions import InvalidDirections
from ledger.exchange.field import read_value
from ledger.exchange.heading import BadMapping
from ledger.exchange.script import InvalidAct
from ledger.exchange.source import Unreadable
from ledger.forms.form import InvalidForm
from ledger.mark import InvalidMark
from ledger.pack import InvalidPack
from ledger.printing.definition import InvalidDefinition, Unsuitable
from ledger.printing.font import MissingGlyph
from ledger.printing.keyring import KeyLost
from ledger.printing.payload import InvalidCode
from ledger.printing.picture import Unfit
from ledger.review import Refused
from ledger.room import NotARoom, OnAShare, Room, UnreadableBook
from ledger.room.anchor import InvalidAnchor
from ledger.room.approving import NoRequest
from ledger.room.bundle import NoEvidence
from ledger.room.counting import BadCount, NoCount
from ledger.room.exporting import NoTarget
from ledger.room.filling import Unfillable
from ledger.room.importing import NotApproved
from ledger.room.labelling import NoLabel
from ledger.room.passwords import WeakPassword
from ledger.room.question import NoQuestion
from ledger.room.redaction import NoRedaction
from ledger.room.reporting import NoReport
from ledger.room.sealing import BadSheet, NoContentKey
from ledger.room.signing_in import Listening, NotSignedIn
from ledger.room.withdrawing import NoBatch
from ledger.sight import NotShown
from ledger.spreadsheet import TooLong
from ledger.store.backup import BadBackup
from ledger.store.credential import AlteredCredential
from ledger.store.digest import NoSuchDigest
from ledger.store.journal import TamperedBook, Unwritten
from ledger.store.lock import Locked
from ledger.store.privacy import Exposed
from ledger.store.settings import InvalidSettings
from ledger.store.signature import NoKey
from ledger.text import InvalidText

__all__ = ["Desk", "approvals_of", "json_option", "run"]

_CODES: tuple[tuple[tuple[type[Exception], ...], Exit], ...] = (
    ((NotARoom, NoQuestion, NoReport, BadMapping, InvalidAct, InvalidText), Exit.USAGE),
    ((NoKey, NoRedaction), Exit.USAGE),
    ((InvalidQuestion, NoEngine), Exit.USAGE),
    ((NoAnswer,), Exit.UNREADABLE),
    ((RefusedHandIn,), Exit.REFUSED),
    ((BadBackup, BadCount, InvalidAnchor), Exit.UNREADABLE),
    ((OnAShare, NotApproved, NotSignedIn, NotShown, Listening, Exposed), Exit.NOT_PERMITTED),
    ((NoContentKey,), Exit.NOT_PERMITTED),
    ((WeakPassword, NoRequest, NoEvidence, BadSheet), Exit.USAGE),
    ((InvalidDay, InvalidMark, InvalidCode, Unsuitable), Exit.USAGE),
    ((NoLabel, NoCount, MissingGlyph, Unfit, TooLong), Exit.REFUSED),
    ((Unreadable, UnreadableBook, InvalidPack, InvalidSettings), Exit.UNREADABLE),
    ((InvalidDefinition,), Exit.UNREADABLE),
    ((Locked,), Exit.LOCKED),
    ((TamperedBook, AlteredCredential), Exit.TAMPERED),
    ((InvalidDirections, NoBatch, NoTarget, InvalidForm, Unfillable), Exit.USAGE),
    ((Unwritten, NoSuchDigest, KeyLost), Exit.FAULT),
)


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
        with Room.open(self.folder, afresh=afresh) as room:
            room.by = self.by
            let_in(room, self.by, self.password_fd, reading=reading)
            for notice in room.notices:
                say(f"{notice}。")
            yield room


def approvals_of(text: str) -> tuple[Approval, ...]:
    """The approval an option names, as 职责:姓名; none for a blank one."""
    try:
        return tuple(read_value(tuple[Approval, ...], text))
    except ValueError as error:
        raise click.BadParameter(f"--approved-by：{error}") from None


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
        say("已中断，没有写入")
        return Exit.FAULT
    except click.ClickException as error:
        hint = "" if isinstance(error, click.BadParameter) else "用 baomi --help 查看用法"
        say(f"{explain(error)}。{hint}")
        return Exit.USAGE
    except Refused as refusal:
        if "--json" in args:
            print_json({"refused": [finding_json(finding) for finding in refusal.findings]})
        say_findings(refusal.findings)
        late = "确已发生的事，加 --happened --reason 原因 记录" if _may_be_late(group, args) else ""
        say(f"不能办理，账本未变。{late}")
        return Exit.REFUSED
    except SystemExit:  # click leaves so when whoever was reading has gone
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - an officer never sees a traceback
        return _told(error)


def _may_be_late(group: click.Group, args: list[str]) -> bool:
    """Whether the command that was typed can record what has happened all the same."""
    named = (group.commands[arg] for arg in args if arg in group.commands)
    return any(option.name == "happened" for command in named for option in command.params)


def _told(error: Exception) -> int:
    for kinds, code in _CODES:
        if isinstance(error, kinds):
            say(f"{error}。" if not str(error).endswith(("。", "？")) else str(error))
            if code is Exit.TAMPERED:
                say("账本不符，请保留现场，不要再动文件夹，并报告分管领导")
            return code
    if isinstance(error, PermissionError):
        say(f"没有权限读写“{error.filename}”，请检查文件夹权限。")
        return Exit.NOT_PERMITTED
    if isinstance(error, OSError):
        say(f"读写“{error.filename or ''}”时出错：{trouble.of_file(error)}。")
        return Exit.FAULT
    say(f"程序内部出错（{type(error).__name__}），账本未因此改动；请保留现场并联系维护人员。")
    if os.environ.get("BAOMI_DEBUG"):
        raise error
    return Exit.FAULT
