"""Which labels a page has had, what they say, and whether that is still so."""

from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve

from ledger.act import Act
from ledger.carrier import Carrier, Paper
from ledger.event import BlanksPrinted, KeyRotated, LabelBound, Labelled, LabelSpoiled
from ledger.mark import Level
from ledger.person import Person
from ledger.place import Cabinet, Site
from ledger.register.draft import Draft
from ledger.register.numbering import take
from ledger.register.record import Entry, Issue, Label, Shown
from ledger.register.register import Register
from ledger.register.series import series_of

__all__ = [
    "BLANK",
    "badge",
    "blanks_printed",
    "bound",
    "current",
    "faults",
    "key_rotated",
    "labelled",
    "lacking",
    "outdated",
    "shown",
    "spoiled",
    "unlabelled",
]

BLANK: Final = "blank"
"""The kind of a label that belongs to nothing yet."""
PLAIN: Final = "非涉密"
PERSON: Final = "人员"
"""The badge of a person's label, which is to be scanned and says nothing of what he may see."""


def badge(level: Level | None, thing: object) -> str:
    """The word that stands on a label where its level would stand."""
    network, sensitivity = (getattr(thing, name, None) for name in ("network", "sensitivity"))
    return str(level or network or sensitivity or PLAIN)


def _page(pages: Register | Draft, number: str) -> Carrier | Cabinet | Site | Person | None:
    entry = pages.carriers.get(number)
    if entry is not None:
        return entry.thing
    return pages.cabinets.get(number) or pages.sites.get(number) or pages.people.get(number)


def shown(pages: Register | Draft, number: str) -> Shown | None:
    """What a label printed now would say of a page; ``None`` for what carries no label."""
    thing = _page(pages, number)
    if thing is None:
        return None
    if isinstance(thing, Person):
        return Shown(level=PERSON)
    text: Any = pages.documents[thing.document] if isinstance(thing, Paper) else thing
    asset_no, keeper, department = (
        getattr(thing, name, "") for name in ("asset_no", "keeper", "department")
    )
    word = badge(text.level, text)
    return Shown(level=word, asset_no=asset_no, keeper=keeper, department=department)


def labelled(event: Labelled, act: Act, draft: Draft) -> None:
    """The page has one more label."""
    _add(event.page, _printed(event, act), event.reason, draft)


def _printed(event: Labelled | BlanksPrinted, act: Act) -> Issue:
    """A label as it came out of the printer, whatever it says."""
    return Issue(
        on=act.on,
        act=act.n,
        by=act.by,
        key=event.key,
        template=event.template,
        layout=event.layout,
        device=event.device,
    )


def _add(number: str, issue: Issue, reason: str, draft: Draft) -> None:
    """Put a label at the end of a page's row, saying what is so now."""
    thing: Any = _page(draft, number)
    label = draft.labels.get(number) or Label(
        ident=str(draft.idents[number]), kind=series_of(thing), issues=()
    )
    says = shown(draft, number) or issue.shown
    last = evolve(issue, n=len(label.issues) + 1, shown=says, reason=reason)
    draft.put("labels", number, evolve(label, issues=(*label.issues, last)))


def spoiled(event: LabelSpoiled, _act: Act, draft: Draft) -> None:
    """That label does not count; its place in the row is not given again."""
    label = draft.labels[event.page]
    issues = tuple(
        evolve(issue, void=event.reason) if issue.n == event.issue else issue
        for issue in label.issues
    )
    draft.put("labels", event.page, evolve(label, issues=issues))


def blanks_printed(event: BlanksPrinted, act: Act, draft: Draft) -> None:
    """Blank labels lie ready, each with a number of its own."""
    for number in event.blanks:
        take(draft, BLANK, number)
        issue = evolve(_printed(event, act), shown=Shown(level=badge(event.level, None)))
        label = Label(ident=str(draft.idents[number]), kind=BLANK, issues=(issue,))
        draft.put("labels", number, label)


def bound(event: LabelBound, act: Act, draft: Draft) -> None:
    """The blank label is that page's label from now on."""
    blank = draft.labels[event.blank]
    issue = evolve(blank.issues[0], on=act.on, act=act.n, by=act.by, blank=event.blank)
    _add(event.page, issue, event.reason, draft)
    draft.put("labels", event.blank, evolve(blank, stuck_on=event.page))


def key_rotated(_event: KeyRotated, _act: Act, _draft: Draft) -> None:
    """The change stands in the book; no page changes."""


def current(register: Register, number: str) -> Issue | None:
    """The label that ought to be on a page: the last one that was not spoiled."""
    label = register.labels.get(number)
    good = [issue for issue in label.issues if not issue.void] if label else []
    return good[-1] if good else None


_WORDS: Final = (
    ("level", "密级"),
    ("asset_no", "资产编号"),
    ("keeper", "责任人"),
    ("department", "部门"),
)


def faults(issue: Issue, register: Register, number: str) -> tuple[str, ...]:
    """What a label says that its page no longer does, each as a few Chinese words."""
    now = shown(register, number) or issue.shown
    pairs = ((word, getattr(issue.shown, name), getattr(now, name)) for name, word in _WORDS)
    return tuple(
        f"{word}由{_name(register, was) or '空白'}改为{_name(register, became) or '空白'}"
        for word, was, became in pairs
        if was != became
    )


def _name(register: Register, ref: str) -> str:
    person = register.person(ref)
    return ref if person is None else person.name


def _pages(register: Register) -> Iterator[str]:
    for entry in register.open_carriers():
        if not isinstance(entry.thing, Paper):
            yield entry.number
    yield from register.numbers(register.cabinets)
    yield from register.numbers(register.sites)


def lacking(register: Register, number: str) -> str:
    """Why a page needs a label, in a few Chinese words; blank for one that has a true one."""
    issue = current(register, number)
    if issue is None:
        return "没有标签"
    changed = faults(issue, register, number)
    return f"标签过时：{'，'.join(changed)}" if changed else ""


def unlabelled(register: Register) -> Iterator[str]:
    """What the room answers for and has never labelled, papers apart, in the book's order."""
    return (number for number in _pages(register) if current(register, number) is None)


def outdated(register: Register) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pages whose label says what is no longer so, each with what has changed."""
    numbers = (n for n in register.numbers(register.labels) if _open(register, n))
    for number in numbers:
        issue = current(register, number)
        found = faults(issue, register, number) if issue else ()
        if found:
            yield number, found


def _open(register: Register, number: str) -> bool:
    entry: Entry[Carrier] | None = register.carriers.get(number)
    return entry.open if entry else number in register.cabinets or number in register.sites
