"""Any file as sheets of text: what it is decides who reads it."""

from collections.abc import Callable, Mapping
from typing import Final

from ledger.exchange import objects
from ledger.exchange.delimited import delimited, separator
from ledger.exchange.directions import Directions
from ledger.exchange.encoding import decode
from ledger.exchange.markup import markup
from ledger.exchange.oldbook import oldbook
from ledger.exchange.sheet import Contents
from ledger.exchange.source import Source, Unreadable, sniff
from ledger.exchange.workbook import workbook

__all__ = ["FORMATS", "contents"]


def _workbook(source: Source, _wanted: Directions) -> Contents:
    return Contents(type="xlsx", sheets=workbook(source))


def _oldbook(source: Source, _wanted: Directions) -> Contents:
    return Contents(type="xls", sheets=oldbook(source))


def _markup(source: Source, wanted: Directions) -> Contents:
    kind, encoding, sheets = markup(source, wanted.encoding)
    return Contents(type=kind, encoding=encoding, sheets=sheets)


def _text(source: Source, wanted: Directions) -> Contents:
    text, encoding = decode(source, wanted.encoding)
    sign = wanted.delimiter or separator(text)
    kind = "tsv" if sign == "\t" else "csv"
    return Contents(type=kind, encoding=encoding, sheets=(delimited(text, source.name, sign),))


def _json(source: Source, wanted: Directions) -> Contents:
    text, encoding = decode(source, wanted.encoding)
    lines = wanted.format != "json" and not wanted.path and objects.one_a_line(text)
    if wanted.format == "jsonl" or lines:
        sheet = objects.lines(text, source.name)
        return Contents(type="jsonl", encoding=encoding, sheets=(sheet,))
    if not wanted.format and not _document(text):
        return _text(source, wanted)
    sheet = objects.array(text, source.name, wanted.path)
    return Contents(type="json", encoding=encoding, sheets=(sheet,))


def _document(text: str) -> bool:
    """Whether a text that begins with a bracket goes on as JSON does."""
    return text.lstrip()[1:].lstrip()[:1] in ('"', "{", "[", "]", "}")


_READERS: Final[Mapping[str, Callable[[Source, Directions], Contents]]] = {
    "xlsx": _workbook,
    "xls": _oldbook,
    "markup": _markup,
    "json": _json,
    "text": _text,
}

FORMATS: Final[Mapping[str, str]] = {
    "csv": "text",
    "tsv": "text",
    "xlsx": "xlsx",
    "xls": "xls",
    "et": "xls",
    "html": "markup",
    "xml": "markup",
    "json": "json",
    "jsonl": "json",
}
"""What an officer may call a format, and which reader it means."""


def contents(source: Source, wanted: Directions) -> Contents:
    """The sheets of a file, read as what its content says it is or as what was asked for.

    Raises ``Unreadable``.
    """
    if not source.raw.strip():
        if wanted.format == "jsonl" or source.name.lower().endswith(".jsonl"):
            return Contents(
                type="jsonl", encoding="utf-8", sheets=(objects.lines("", source.name),)
            )
        raise Unreadable(f"“{source.name}”是空文件")
    kind = FORMATS[wanted.format] if wanted.format else sniff(source)
    return _READERS[kind](source, wanted)
