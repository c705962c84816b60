"""The options that say how a file is to be read and taken in, shared by every command on files."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from ledger.cli.speech import WHOLE
from ledger.exchange.directions import Directions
from ledger.exchange.reading import FORMATS
from ledger.text import quoted

__all__ = ["directions_of", "reading_options", "taking_options"]

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def _pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        left, equals, right = text.rpartition("=")
        if not equals or not left:
            raise click.BadParameter(f"{option} 要写成 甲=乙，读到“{text}”")
        pairs[left] = right
    return pairs


def _values(texts: tuple[str, ...]) -> dict[str, dict[str, str]]:
    values: dict[str, dict[str, str]] = {}
    for text in texts:
        name, colon, pair = text.replace("：", ":").partition(":")
        before, equals, after = pair.partition("=")
        if not colon or not equals:
            raise click.BadParameter(f"--map-value 要写成 项目:原文=改作，读到{quoted(text)}")
        values.setdefault(name, {})[before] = after
    return values


_READING = (
    click.option("--format", "--格式", "format", default="", metavar="格式", help="不写就看内容"),
    click.option("--encoding", "--编码", "encoding", default="", metavar="编码", help="文字编码"),
    click.option(
        "--delimiter",
        "--分隔符",
        "delimiter",
        default="",
        metavar="符号",
        help="分隔符，不写就看内容",
    ),
    click.option("--path", "--路径", "path", default="", metavar="路径", help="记录在JSON里的位置"),
    click.option(
        "--sheet", "--工作表", "sheet", default="", metavar="名称|序号", help="哪一张工作表"
    ),
    click.option(
        "--all-sheets", "--全部工作表", "all_sheets", is_flag=True, help="全部像登记表的工作表"
    ),
    click.option(
        "--include-hidden", "--含隐藏表", "include_hidden", is_flag=True, help="隐藏的工作表也看"
    ),
    click.option(
        "--header-row",
        "--表头行",
        "header_row",
        default=0,
        metavar="行",
        type=WHOLE,
        help="表头在第几行",
    ),
)
_TAKING = (
    click.option(
        "--map",
        "--对应",
        "mapping",
        multiple=True,
        metavar="列=项目",
        help="表头的一列对应哪个项目",
    ),
    click.option(
        "--set", "--填", "fixed", multiple=True, metavar="项目=值", help="每一行都填同样的值"
    ),
    click.option(
        "--map-value",
        "--改值",
        "values",
        multiple=True,
        metavar="项目:原文=改作",
        help="原文换成什么",
    ),
    click.option(
        "--ignore", "--不导入", "ignored", multiple=True, metavar="列", help="这一列不导入"
    ),
    click.option("--key", "--区分", "key", default="", metavar="项目,…", help="用哪几项区分各条"),
    click.option(
        "--mode",
        "--方式",
        "mode",
        default="",
        metavar="方式",
        help="create只新建（不写就是它），update只更新，upsert都可以",
    ),
    click.option(
        "--blank",
        "--空白",
        "blank",
        default="",
        metavar="办法",
        help="空白格：keep保留原值，clear清空",
    ),
    click.option(
        "--date-order",
        "--日期次序",
        "date_order",
        default="",
        metavar="次序",
        help="mdy月日年，dmy日月年",
    ),
    click.option("--calendar", "--纪年", "calendar", default="", metavar="纪年", help="roc民国"),
    click.option(
        "--century",
        "--世纪",
        "century",
        default=0,
        type=WHOLE,
        metavar="20",
        help="两位年份前加什么",
    ),
    click.option(
        "--fill-down", "--向下填", "fill_down", multiple=True, metavar="列", help="空白格同上一格"
    ),
    click.option(
        "--keep-text",
        "--存备注",
        "keep_text",
        multiple=True,
        metavar="项目",
        help="读不通的放进备注",
    ),
)


def reading_options(command: CommandT) -> CommandT:
    """Give a command the options that say how a file is read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def taking_options(command: CommandT) -> CommandT:
    """Give a command the options that say what becomes of a file as well."""
    for option in reversed(_TAKING):
        command = option(command)
    return reading_options(command)


def directions_of(kind: str, options: Mapping[str, Any]) -> Directions:
    """The directions that options come to; raises ``InvalidDirections``."""
    if options.get("format") and options["format"] not in FORMATS:
        known = "、".join(FORMATS)
        raise click.BadParameter(f"--format 可以是{known}，读到{quoted(options['format'])}")
    told: dict[str, Any] = {"kind": kind}
    for name, value in options.items():
        match name:
            case "mapping" | "fixed":
                told[name] = _pairs(value, "--map" if name == "mapping" else "--set")
            case "values":
                told[name] = _values(value)
            case "key":
                told[name] = tuple(part for part in value.split(",") if part)
            case "delimiter":
                told[name] = {"\\t": "\t", "tab": "\t"}.get(value, value)
            case _:
                told |= {name: value} if value else {}
    if len(told.get("delimiter", "")) > 1:
        raise click.BadParameter("--delimiter 只能是一个字符")
    return Directions.of(told)
