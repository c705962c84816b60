"""Signing in at the command line: asked for at the terminal, or read from a descriptor, never a word of it."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import click

from ledger.cli.speech import say
from ledger.room import Room
from ledger.room.passwords import new_one_time, one_time_link
from ledger.room.signing_in import NotSignedIn, sign_in

__all__ = [
    "OFFICER",
    "ask_hidden",
    "ask_new",
    "enrol",
    "let_in",
    "refuse_pipes",
    "say_who_reads",
    "secret_lines",
    "shown_once",
]

OFFICER: Final = "保密员"
"""Who writes in a room without operators, unless somebody else is named."""
_AWAY: Final = "\033[H\033[2J\033[3J"
"""Clears the screen and what was scrolled off it."""
_MOST: Final = 4096


def let_in(room: Room, name: str, descriptor: int | None, *, reading: bool) -> None:
    """Sign somebody in where there are operators; raises what ``sign_in`` does.

    Who only wants to read and names nobody is let in as nobody, and sees numbers and levels.
    """
    if not room.register.guarded:
        return
    if reading and name == OFFICER and descriptor is None:
        return
    if descriptor is None:
        refuse_pipes()
        name = click.prompt("姓名", err=True) if name == OFFICER else name
        password = click.prompt("口令", hide_input=True, err=True)
        code = click.prompt("一次性口令", err=True) if _one_time(room) else ""
    else:
        password, code, *_ = [*secret_lines(descriptor), "", ""]
    session = sign_in(room, name, password, code)
    if session.before and descriptor is None:
        say(f"上次登录：{session.before}。不是本人的，马上更换口令并报告安全保密管理员")


def say_who_reads(room: Room) -> None:
    """Tell somebody who has not signed in why he sees so little."""
    if room.register.guarded and room.session is None:
        say("没有登录，只显示编号、种类、密级；要看内容，用 baomi --by 姓名 登录")


def _one_time(room: Room) -> bool:
    from ledger.room.passwords import needs_one_time

    return needs_one_time(room, frozenset())


def secret_lines(descriptor: int) -> list[str]:
    """The lines that wait on a descriptor; raises ``click.BadParameter`` for one that is not open."""
    try:
        with os.fdopen(descriptor, "rb") as file:
            return file.read(_MOST).decode("utf-8", "replace").splitlines()
    except OSError:
        raise click.BadParameter(f"文件描述符{descriptor}没有打开或读不出") from None


def ask_new(descriptor: int | None, whose: str) -> str:
    """A new password, typed twice by whoever it is to be, or the first line on a descriptor."""
    if descriptor is not None:
        return next(iter(secret_lines(descriptor)), "")
    refuse_pipes()
    first: str = click.prompt(f"请{whose}本人输入新口令", hide_input=True, err=True)
    if first != click.prompt("再输入一次", hide_input=True, err=True):
        raise click.BadParameter("两次输入的口令不一样，没有设置")
    return first


def enrol(room: Room, name: str) -> tuple[str, str]:
    """A secret for one-time passwords, shown once as a QR code, and the first code made of it.

    The terminal is cleared as soon as the code is typed.
    """
    secret = new_one_time()
    link = one_time_link(secret, room, name)
    return secret, shown_once(link, "用动态口令器扫上面的码，输入它显示的6位数字")


def shown_once(said: str, question: str, lines: Sequence[str] = ()) -> str:
    """Show a text as a QR code, with lines above it, until a question is answered; the answer.

    The terminal is cleared then, with what was scrolled off it. Raises ``NotSignedIn`` without one.
    """
    import qrcode

    refuse_pipes()
    symbol = qrcode.QRCode(border=1)
    symbol.add_data(said)
    with open("/dev/tty", "w", encoding="utf-8") as screen:  # noqa: PTH123 - a device
        try:
            screen.write("".join(f"{line}\n" for line in lines))
            symbol.print_ascii(out=screen, invert=True)
            screen.flush()
            answer: str = click.prompt(question, err=True)
        finally:
            screen.write(_AWAY)
    return answer


def ask_hidden(question: str, descriptor: int | None) -> str:
    """A secret typed unseen, or the first line on a descriptor; raises ``NotSignedIn``."""
    if descriptor is not None:
        return next(iter(secret_lines(descriptor)), "")
    refuse_pipes()
    answer: str = click.prompt(question, hide_input=True, err=True)
    return answer


def refuse_pipes() -> None:
    """Raise ``NotSignedIn`` where nobody could type unseen."""
    with suppress(OSError), open("/dev/tty", "rb"):  # noqa: PTH123 - a device
        if sys.stderr.isatty():
            return
    raise NotSignedIn("这里没有终端可以输入口令：程序用 --password-fd 从文件描述符读入")
