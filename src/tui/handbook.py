"""The manual's chapters as they are read on a screen."""

from functools import cache

from textual.content import Content

from ledger.event import Event
from ledger.manual import Chapter, Line, chapters
from ledger.notation.words import ACTS
from tui.plain import plain, styled

__all__ = ["every", "in_full", "of_act"]


@cache
def every() -> tuple[Chapter, ...]:
    """Every chapter, put together once; takes about a second the first time."""
    return tuple(chapters())


def in_full(chapter: Chapter) -> list[Content]:
    """A chapter as lines: its opening, then what is held and by what, part by part."""
    told = [plain(chapter.opening), plain(f"用到的事项：{'、'.join(chapter.acts)}")]
    for heading, lines in chapter.parts:
        told.append(plain(heading, "bold $accent"))
        told += [line for each in lines for line in _line(each)]
    if chapter.notes:
        told += [plain("与现行规定不同之处", "bold $accent"), *map(plain, chapter.notes)]
    return told


def _line(line: Line) -> list[Content]:
    return [
        styled((f"  {line.articles}　", "bold"), line.gist),
        *(plain(f"    {h}", "$dim") for h in line.held),
    ]


def of_act(kind: type[Event]) -> list[Content]:
    """What the regulations an act is bound by ask of it, for the help beside its form."""
    word = ACTS[kind]
    bound = [chapter for chapter in every() if word in chapter.acts]
    told = [plain(f"{word}依据的制度", "bold $accent")] if bound else []
    for chapter in bound:
        told.append(plain(f"  {chapter.regulation.title}", "bold"))
        told += [
            styled((f"    {line.articles}　", "$dim"), line.gist)
            for line in chapter.refused
            if any(word in held for held in line.held)
        ]
    return told
