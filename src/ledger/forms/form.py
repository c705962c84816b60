"""A form as data: a grid of cells with printed words, blanks to fill and boxes to tick."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, Self

from attrs import fields, frozen

from ledger import trouble
from ledger.text import quoted
from ledger.trouble import Misuse

__all__ = ["Cell", "Form", "InvalidForm", "Row", "form_named", "shipped"]

Align = Literal["left", "center", "right"]


class InvalidForm(Misuse, ValueError):
    """A form that does not read, or that is not there; the message is a Chinese sentence."""


@frozen(kw_only=True)
class Cell:
    """One cell: its words, how many columns it takes, and how many rows of the form it reaches down.

    In the words ``{name}`` is filled in and ``{name=甲}`` is a box, ticked where the value is 甲.
    """

    text: str = ""
    span: int = 1
    down: int = 1
    align: Align = "left"
    middle: bool = True
    """Whether the words stand in the middle of the cell's height."""
    foot: str = ""
    """Words at the bottom of the cell, such as where to sign."""


@frozen(kw_only=True)
class Row:
    """One row; with ``each`` it stands once for every item of a list, and ``least`` times at least."""

    cells: tuple[Cell, ...]
    height_cm: float = 0.8
    head: bool = False
    """Whether it is repeated at the top of every page."""
    each: str = ""
    least: int = 0


@frozen(kw_only=True)
class Form:
    """A form: where it comes from, how wide its columns are, what stands above and below it."""

    name: str
    title: str
    columns_cm: tuple[float, ...]
    rows: tuple[Row, ...]
    landscape: bool = False
    before: tuple[str, ...] = ()
    """Lines above the table; a bar parts what stands left from what stands right."""
    after: tuple[str, ...] = ()
    source: str = ""
    """The regulation that asks for it."""
    about: str = ""
    """What it is filled from: 案件, 载体, 柜, 批次; blank for a form filled by hand."""
    size_pt: float = 10.5
    pages: int = 1
    """How many pages it fills when it is blank."""
    numbered: bool = False
    """Whether its pages are numbered."""

    @classmethod
    def read(cls, text: str, name: str) -> Self:
        """The form a TOML text describes; raises ``InvalidForm``."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InvalidForm(f"表格{quoted(name)}读不通：{trouble.of_toml(error)}") from None
        try:
            rows = tuple(_row(row) for row in data.pop("rows"))
            lists = {key: tuple(data[key]) for key in _LISTS & set(data)}
            form = cls(**{**_checked(cls, data), **lists, "name": name, "rows": rows})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidForm(f"表格{quoted(name)}读不通：{_said(error)}") from None
        form.check()
        return form

    def check(self) -> None:
        """Raise ``InvalidForm`` for a row whose cells do not fill the grid."""
        covered = dict.fromkeys(range(len(self.columns_cm)), 0)
        for place, row in enumerate(self.rows, 1):
            free = [column for column, rows in covered.items() if not rows]
            if sum(cell.span for cell in row.cells) != len(free):
                said = f"第{place}行的格数与列数不符"
                raise InvalidForm(f"表格{quoted(self.title)}读不通：{said}")
            covered = {column: max(rows - 1, 0) for column, rows in covered.items()}
            for cell in row.cells:
                for _ in range(cell.span):
                    covered[free.pop(0)] = cell.down - 1

    def names(self) -> tuple[str, ...]:
        """Everything that can be filled in, lists by their name."""
        texts = (*self.before, *self.after, *self._texts())
        found = [name for text in texts for name in _NAME.findall(text)]
        lists = [row.each for row in self.rows if row.each]
        return tuple(dict.fromkeys((*found, *lists)))

    def labels(self) -> dict[str, str]:
        """What is printed before each blank, and the name of what goes there; lists left out."""
        found: dict[str, str] = {}
        for line in (*self.before, *self.after):
            for side in line.split("|"):
                found |= {m[1].strip("　 ："): m[2] for m in _LABELLED.finditer(side)}
        for row in self.rows:
            before = ""
            for cell in row.cells if not row.each else ():
                names = _NAME.findall(cell.text)
                said = _NAME.sub("", cell.text).split("：")[0]
                label = re.sub(r"\s|（.*?）|[□■]", "", said if "：" in cell.text else before)
                if len(set(names)) == 1 and label and not label.isdigit():
                    found.setdefault(label, names[0])
                before = "" if names else cell.text
        return found

    def _texts(self) -> Iterator[str]:
        for row in self.rows:
            if not row.each:
                for cell in row.cells:
                    yield from (cell.text, cell.foot)


_LABELLED: Final = re.compile(r"([^{}：]+)：?\{(\w+)\}")
_NAME: Final = re.compile(r"\{(\w+)(?:=[^{}]*)?\}")
_LISTS: Final = frozenset({"before", "after", "columns_cm"})


def _said(error: Exception) -> str:
    return (
        str(error) if isinstance(error, ValueError) and str(error) else "缺少必要的项目，或写法不对"
    )


def _checked(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    known = {each.name for each in fields(kind)}
    if unknown := sorted(set(data) - known):
        raise ValueError(f"不认识的项目{quoted(unknown[0])}")
    return dict(data)


def _row(data: Mapping[str, Any]) -> Row:
    cells = tuple(Cell(**_checked(Cell, cell)) for cell in data["cells"])
    return Row(**{**_checked(Row, data), "cells": cells})


def shipped() -> tuple[str, ...]:
    """The names of the forms that come with the program."""
    folder = files("ledger.forms") / "sheets"
    found = (Path(each.name) for each in folder.iterdir())
    return tuple(sorted(each.stem for each in found if each.suffix == ".toml"))


def form_named(word: str, folder: Path | None = None) -> Form:
    """The form of a name or title, or the one whose title has the word in it.

    The room's own goes before the one that is shipped. Raises ``InvalidForm``.
    """
    texts = {name: _text(name) for name in shipped()} | _own(folder)
    if word in texts:
        return Form.read(texts[word], word)
    forms = [Form.read(text, name) for name, text in texts.items()]
    titles = {form.title.replace("{place}", ""): form for form in forms}
    found = [title for title in titles if word == title] or [t for t in titles if word in t]
    if len(found) == 1:
        return titles[found[0]]
    said = f"没有{quoted(word)}这种表格，有" if not found else f"{quoted(word)}可以是几种表格"
    raise InvalidForm(f"{said}：{'、'.join(found or titles)}")


def _own(folder: Path | None) -> dict[str, str]:
    if folder is None:
        return {}
    return {
        path.stem: path.read_text("utf-8") for path in sorted((folder / "forms").glob("*.toml"))
    }


def _text(name: str) -> str:
    return (files("ledger.forms") / "sheets" / f"{name}.toml").read_text("utf-8")
