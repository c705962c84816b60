"""The command line's own words in Chinese, data on stdout and talk on stderr."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, Final

import click

from ledger.finding import Finding
from ledger.text import digits, quoted, shown

__all__ = [
    "DESCRIPTOR",
    "WHOLE",
    "ChineseCommand",
    "ChineseGroup",
    "Exit",
    "OneOf",
    "Whole",
    "as_json",
    "explain",
    "finding_json",
    "print_json",
    "print_table",
    "say",
    "say_findings",
]


class Exit(IntEnum):
    """What an exit code means; scripts rely on these."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    PARTLY = 3
    REFUSED = 4
    UNREADABLE = 5
    LOCKED = 6
    NOT_PERMITTED = 7
    TAMPERED = 8


_HEADINGS: Final = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}


def _in_chinese(text: str) -> str:
    """What click adds to the help of an option, in our words."""
    return text.replace("[required]", "（必填）")


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 40, col_spacing: int = 2
    ) -> None:
        told = [(name, _in_chinese(text)) for name, text in rows]
        widest = max(columns_of(name) for name, _ in told)
        for name, text in told:
            pad = " " * (min(widest, col_max) - columns_of(name) + col_spacing)
            self.write(f"{'':>{self.current_indent}}{name}{pad}{text}\n")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_HEADINGS.get(name, name)):
            yield


class _Context(click.Context):
    formatter_class = _Formatter


class _Whole(click.ParamType[int]):
    """A whole number, asked for again in Chinese when it is none."""

    name = "整数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number a word stands for."""
        try:
            return int(value)
        except ValueError:
            name = param.opts[0] if param and param.opts[0].startswith("-") else "编号"
            self.fail(f"{name} 要写整数，读到{quoted(value)}", param, ctx)


WHOLE: Final = _Whole()


class ChineseCommand(click.Command):
    """A command whose help is in Chinese throughout."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The ``--help`` option, explained in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明"
        return option


class Whole(click.ParamType[int]):
    """A whole number in a range, full-width digits too; what is none is told in Chinese."""

    name = "整数"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number a word is."""
        text = digits(str(value))
        if not re.fullmatch(r"[0-9]{1,10}", text) or not self.least <= int(text) <= self.most:
            name = f"{param.opts[0]} " if param and param.opts[0].startswith("-") else ""
            self.fail(f"{name}应是{self.least}到{self.most}的整数，读到{quoted(value)}", param, ctx)
        return int(text)


DESCRIPTOR: Final = Whole(0, 2**31 - 1)
"""The number of an open file, from which a secret is read."""


class OneOf(click.ParamType[str]):
    """One of a few words; any other is told in Chinese, with all of them."""

    name = "词"

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if it is one of them."""
        if value not in self.words:
            self.fail(f"没有{quoted(value)}，可以写：{'、'.join(self.words)}", param, ctx)
        return str(value)


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands whose help is in Chinese throughout."""

    command_class = ChineseCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click names it
        """The commands in the order in which an officer meets them."""
        return list(self.commands)


def explain(error: click.ClickException) -> str:
    """What was wrong with a command line, in a Chinese sentence."""
    match error:
        case click.exceptions.NoSuchCommand():
            close = f"，是不是 {error.possibilities[0]}？" if error.possibilities else ""
            return f"没有“{error.command_name}”这个命令{close}"
        case click.NoSuchOption():
            close = f"，是不是 {error.possibilities[0]}？" if error.possibilities else ""
            return f"没有“{error.option_name}”这个选项{close}"
        case click.MissingParameter():
            param = error.param
            name = param.make_metavar(error.ctx) if param and error.ctx else ""
            option = param.opts[0] if isinstance(param, click.Option) else name
            return f"缺少“{option}”"
        case click.BadOptionUsage():
            return f"选项“{error.option_name}”后面要跟一个值"
        case click.BadParameter():
            return str(error.message)
        case click.UsageError() if error.message.startswith("Got unexpected"):
            extra = error.message.partition("(")[2].rstrip(")")
            return f"多出了“{extra}”"
        case click.UsageError() if error.message.startswith("Missing command"):
            return "没有写命令"
        case _:
            return error.message


def say(text: str) -> None:
    """Talk to the person, on stderr; what steers a terminal is spelled out."""
    click.echo("\n".join(map(shown, text.split("\n"))), err=True)


def say_findings(findings: Iterable[Finding]) -> None:
    """Tell findings to the person, each as fact, article and remedy."""
    for finding in findings:
        say(str(finding))


def as_json(value: object) -> str:
    """A value as one line of JSON with its Chinese readable."""
    return json.dumps(value, ensure_ascii=False, default=str)


def print_json(value: object) -> None:
    """Data for a script, on stdout."""
    click.echo(as_json(value))


def finding_json(finding: Finding) -> dict[str, str]:
    """A finding as a script sees it."""
    return {
        "force": str(finding.force),
        "subject": finding.subject,
        "fact": finding.fact,
        "article": str(finding.cites),
        "gist": finding.gist,
        "remedy": finding.remedy,
        "rule": finding.rule,
    }


def columns_of(text: str) -> int:
    """How many columns of a terminal a text fills."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def print_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on stdout, its columns aligned and nothing cut."""
    cells = [[str(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(columns_of(row[place]) for row in cells) for place in range(len(headers))]
    for row in cells:
        padded = (
            cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)
        )
        click.echo("  ".join(padded).rstrip())
