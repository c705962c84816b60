"""A question put together for an engine: one statement over everything it stands on.

What a question names is looked for among the views, and what those name among the relations of the
documented format; each becomes a part of one ``WITH``, with the columns that are asked for and no more.
The SQL is written once, as DuckDB reads it; ``sqlglot`` says it in the engine's own dialect.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

import sqlglot
from attrs import frozen
from sqlglot import exp

from ledger.bureau.question import Question, Value, views
from ledger.bureau.refusal import InvalidQuestion
from ledger.bureau.schema import ACTS, PAGES, TABLES, UNIT, Fields, only
from ledger.notation.words import ACTS as ACT_WORDS
from ledger.notation.words import act_name

__all__ = ["BASES", "Dialect", "Statement", "composed", "copying"]

_HOME: Final = "duckdb"
BASES: Final[Mapping[str, Fields]] = {"written": ACTS, "units": UNIT, **PAGES}
"""The relations every view stands on."""
WORDS: Final = "words"
"""The relation of what each act is called in Chinese."""


@frozen(kw_only=True, eq=False)
class Dialect:
    """How an engine says what SQL has no one word for."""

    name: str
    from_json: Callable[[str, Fields], str]
    """The text of a document as an object with typed fields."""
    functions: Mapping[str, str]
    """Days and months after a day, days between two, and such."""
    materialized: bool
    """Whether a part that is used twice can be kept."""


@frozen(kw_only=True)
class Statement:
    """A question as an engine runs it, and what it reads of the books."""

    sql: str
    bases: Mapping[str, Fields]
    """The relations it stands on, each with the fields that are asked of it."""


def composed(
    question: Question, values: Mapping[str, Value], dialect: Dialect, *, copied: bool
) -> Statement:
    """One statement that answers a question.

    ``copied`` takes the relations from a copy, where each is ``copy_`` and its name. Raises
    ``InvalidQuestion`` for SQL that does not read.
    """
    tree = _tree(question, values)
    parts = _stood_on(tree)
    bases = bases_of(tree, *map(_read, parts.values()))
    uses = Counter(name for sql in parts.values() for name in _tables(_read(sql)))
    uses.update(_tables(tree))
    uses["pages"] = sum(name in PAGES for name in bases)
    said = relations(bases, dialect, copied=copied)
    said |= {name: _spoken(sql, dialect) for name, sql in parts.items()}
    keep = {name: _kept(name, uses[name], copied=copied) for name in said}
    how = keep if dialect.materialized else dict.fromkeys(said, "")
    return Statement(sql=_whole(said, how, _said(tree, values, dialect), dialect), bases=bases)


def _kept(name: str, uses: int, *, copied: bool) -> str:
    """Whether a part is kept once it is worked out, in DuckDB's words.

    Documents are kept in any case: the planner would parse one anew for each field of it. A copy
    is quicker read twice, each time only what is asked of it.
    """
    if name in BASES and copied:
        return "NOT MATERIALIZED "
    return "MATERIALIZED " if uses > 1 or name in PAGES else ""


def _tree(question: Question, values: Mapping[str, Value]) -> exp.Expr:
    try:
        tree = _read(question.sql)
    except sqlglot.errors.ParseError as error:
        raise InvalidQuestion(f"问题“{question.title}”的SQL读不通") from error
    if not isinstance(tree, exp.Query):
        raise InvalidQuestion(f"问题“{question.title}”应当是一个查询")
    unknown = {node.name for node in tree.find_all(exp.Placeholder)} - values.keys()
    if unknown:
        raise InvalidQuestion(f"问题“{question.title}”用了开头没有说明的参数“{min(unknown)}”")
    return tree


def _whole(
    said: Mapping[str, str], how: Mapping[str, str], tree: exp.Expr, dialect: Dialect
) -> str:
    """One statement of a question and the parts before it, in an engine's words."""
    own = tree.args.get("with_")
    tree.set("with_", None)
    word = "WITH RECURSIVE" if own and own.recursive else "WITH"
    parts = [f"{name} AS {how[name]}({sql})" for name, sql in said.items()]
    parts += [cte.sql(dialect.name) for cte in own.expressions] if own else []
    before = f"{word} {', '.join(parts)} " if parts else ""
    return before + tree.sql(dialect.name)


def _stood_on(tree: exp.Expr) -> dict[str, str]:
    """The SQL of the views a query stands on, those first on which others stand."""
    known, found = views(), dict[str, str]()

    def visit(part: exp.Expr) -> None:
        for name in _tables(part):
            if name in known and name not in found:
                visit(_read(known[name]))
                found[name] = known[name]
            elif name == WORDS:
                found[name] = _words()

    visit(tree)
    return found


@cache
def _spoken(sql: str, dialect: Dialect, typed: tuple[str, ...] = ()) -> str:
    """SQL without parameters in an engine's words; ``TYPED`` makes objects with these fields."""
    return _said(_read(sql), {}, dialect, typed).sql(dialect.name)


@cache
def _read(sql: str, dialect: str = _HOME) -> exp.Expr:
    """SQL as a tree, which is copied where it is changed."""
    return sqlglot.parse_one(sql, dialect=dialect)


def _tables(part: exp.Expr) -> Iterator[str]:
    own = {cte.alias for cte in part.find_all(exp.CTE)}
    return (table.name for table in part.find_all(exp.Table) if table.name not in own)


def bases_of(*parts: exp.Expr) -> dict[str, Fields]:
    """The relations some queries stand on, each with the fields they may ask of it."""
    names = frozenset(word.name for part in parts for word in part.find_all(exp.Identifier))
    stars = any(
        not isinstance(star.parent, exp.Count) for part in parts for star in part.find_all(exp.Star)
    )
    asked = {name for part in parts for name in _tables(part)}
    return {
        name: fields if stars and name not in ("written", "things") else only(fields, names)
        for name, fields in BASES.items()
        if name in asked
    }


def relations(bases: Mapping[str, Fields], dialect: Dialect, *, copied: bool) -> dict[str, str]:
    """The SQL of each relation in an engine's words, what others need first."""
    if copied:
        return {
            name: _spoken(f"SELECT {_columns(fields)} FROM copy_{name}", dialect)
            for name, fields in bases.items()
        }
    tables = [table for name in bases for table in TABLES.get(name, ())]
    found = {"pages": _spoken(_PAGES.format(_one_of(tables)), dialect)} if tables else {}
    for name, fields in bases.items():
        found[name] = _spoken(_from_the_books(name, fields), dialect, tuple(fields))
    return found


@cache
def _words() -> str:
    rows = ", ".join(f"('{act_name(kind)}', '{zh}')" for kind, zh in ACT_WORDS.items())
    return f"SELECT act, word FROM (VALUES {rows}) AS w(act, word)"


_PAGES: Final = """
SELECT latest.room, latest.tab, latest.doc
FROM (
  SELECT room, tab, id, ARG_MAX(doc, l) AS doc, MAX(l) AS l
  FROM journal_records
  WHERE {}
  GROUP BY room, tab, id) AS latest
JOIN filed AS u ON u.room = latest.room
WHERE latest.doc <> '' AND latest.l >= COALESCE(u.pages_from, 0)
"""
"""The documents as they stand: of each the one written last, unless it was taken out."""


def _from_the_books(name: str, fields: Fields) -> str:
    if name == "units":
        return f"SELECT {_columns(fields)} FROM filed"
    if name == "written":
        return f"SELECT {_columns(fields, 'a.')} FROM journal_acts"
    return (
        f"SELECT {_columns(fields, 'd.')} FROM (SELECT room, TYPED(doc, '{name}') AS d"
        f" FROM pages WHERE {_one_of(TABLES[name])}) AS p"
    )


def _one_of(tables: Sequence[str]) -> str:
    """A list of texts would be a join to DuckDB, and be made once more for each who asks."""
    return " OR ".join(f"tab = '{table}'" for table in tables)


def _columns(fields: Fields, of: str = "") -> str:
    names = [f'{of}"{name}" AS "{name}"' for name in fields if name != "room"]
    return ", ".join(["room", *names])


def _said(
    part: exp.Expr, values: Mapping[str, Value], dialect: Dialect, typed: Sequence[str] = ()
) -> exp.Expr:
    """A query with the parameters filled in and the engine's own words for what has no one word."""

    def change(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Placeholder):
            return _literal(values[node.name])
        if isinstance(node, exp.Anonymous):
            word, args = node.name.lower(), node.expressions
            if word == "typed":
                fields = {name: BASES[args[1].name][name] for name in typed}
                return _read(dialect.from_json(args[0].sql(), fields), dialect.name).copy()
            if word in dialect.functions:
                said = [arg.transform(change) for arg in args]
                return _filled(dialect.functions[word], said, dialect.name)
        return node

    return part.transform(change)


def _filled(text: str, args: Sequence[exp.Expr], dialect: str) -> exp.Expr:
    """An engine's own words with the arguments in their places."""
    places = [f"place_{place}" for place in range(len(args))]
    said = dict(zip(places, args, strict=True))
    for column in (tree := _read(text.format(*places), dialect).copy()).find_all(exp.Column):
        if column.name in said:
            arg = said[column.name]
            column.replace(exp.paren(arg) if isinstance(arg, exp.Binary) else arg.copy())
    return tree


def _literal(value: Value) -> exp.Expr:
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "date")
    return exp.Literal.number(value) if isinstance(value, int) else exp.Literal.string(value)


def copying(dialect: Dialect) -> tuple[str, Mapping[str, str]]:
    """The statement of all documents as they stand, and for each relation that of all it has."""
    said = relations(BASES, dialect, copied=False)
    return said.pop("pages"), said
