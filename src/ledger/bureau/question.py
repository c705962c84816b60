"""A question as a file: what it asks, by which article, with which parameters, and its SQL.

The file is SQL as DuckDB reads it. Lines of comment before it say, each after its word, the title
(题目), the articles (依据), what it tells (说明), and every parameter (参数): name, kind, value when
none is given, and what it is. ``$name`` stands for a parameter in the SQL.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

from attrs import frozen

from ledger.bureau.refusal import InvalidQuestion
from ledger.day import InvalidDay, read_day
from ledger.text import digits, quoted

__all__ = ["OWN", "Parameter", "Question", "question", "questions", "views"]

_SAID: Final = re.compile(r"-- (题目|依据|说明|参数)：(.+)")
_PARAMETER: Final = re.compile(r"(\w+) (日期|整数|文字) = (\S+) \| (.+)")
OWN: Final = "questions"
"""The folder in the bureau's room with questions of its own."""
_FOLDER: Final = files("ledger.bureau")
Value = date | int | str


class Parameter(NamedTuple):
    """What a question wants to know first."""

    name: str
    kind: str
    given: str
    """Its value when none is given; 今天 and 今年 are the day and the year of asking."""
    about: str

    def read(self, text: str | None, today: date) -> Value:
        """The value a text stands for; raises ``InvalidQuestion``."""
        said = self.given if text is None else text
        said = {"今天": str(today), "今年": str(today.year), "空": ""}.get(said, said)
        try:
            match self.kind:
                case "日期":
                    return read_day(said)
                case "整数":
                    return int(digits(said))
                case _:
                    return said
        except (InvalidDay, ValueError) as error:
            raise InvalidQuestion(f"“{self.about}”应是{self.kind}，读到{quoted(said)}") from error


@frozen(kw_only=True)
class Question:
    """One question a bureau asks of all rooms."""

    name: str
    title: str
    articles: tuple[str, ...]
    about: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, str], today: date) -> Mapping[str, Value]:
        """A value for each parameter; raises ``InvalidQuestion`` for one it does not have."""
        known = {each.name for each in self.parameters}
        strange = sorted(set(given) - known)
        if strange:
            has = f"，它有：{'、'.join(sorted(known))}" if known else ""
            raise InvalidQuestion(f"“{self.title}”没有参数{quoted(strange[0])}{has}")
        return {each.name: each.read(given.get(each.name), today) for each in self.parameters}


def questions(own: Path | None = None) -> Iterator[Question]:
    """The questions that come with the program, and a bureau's own from a folder of its room."""
    shipped = sorted((_FOLDER / "questions").iterdir(), key=lambda each: each.name)
    ours = sorted(own.glob("*.sql")) if own is not None else []
    for path in (*shipped, *ours):
        if path.name.endswith(".sql"):
            yield _read(path.name.removesuffix(".sql"), path.read_text("utf-8"))


def question(name: str, own: Path | None = None) -> Question:
    """The question of a name or a title; raises ``InvalidQuestion``."""
    known = list(questions(own))
    for each in reversed(known):
        if name in (each.name, each.title):
            return each
    raise InvalidQuestion(
        f"没有{quoted(name)}这个问题，可以问的：{'、'.join(each.name for each in known)}"
    )


@cache
def views() -> Mapping[str, str]:
    """The SQL of every view the questions are asked over, by its name."""
    found = (_FOLDER / "views").iterdir()
    return {p.name.removesuffix(".sql"): p.read_text("utf-8") for p in found if "sql" in p.name}


def _read(name: str, text: str) -> Question:
    said: dict[str, list[str]] = {"题目": [], "依据": [], "说明": [], "参数": []}
    for word, words in _SAID.findall(text):
        said[word].append(words.strip())
    matches = [_PARAMETER.fullmatch(each) for each in said["参数"]]
    if not said["题目"] or not said["依据"] or None in matches:
        raise InvalidQuestion(f"问题文件 {name}.sql 的开头要写题目、依据和各个参数")
    return Question(
        name=name,
        title=said["题目"][0],
        articles=tuple(said["依据"][0].split("；")),
        about="".join(said["说明"]),
        parameters=tuple(Parameter(*found.groups()) for found in matches if found),
        sql=text,
    )
