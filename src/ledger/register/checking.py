"""What the book holds of inspections and of leaks, from what was found to the closed file."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve

from ledger.act import Act
from ledger.event.incident import (
    ClosingRequested,
    Corrected,
    Investigated,
    LeakFound,
    Remedied,
)
from ledger.event.inspection import (
    Criticized,
    FileBound,
    InspectionHeld,
    InspectionNotified,
    Rectified,
)
from ledger.register.draft import Draft
from ledger.register.leaving import open_case
from ledger.register.numbering import take
from ledger.register.proceeding import Inspection
from ledger.register.routine import done
from ledger.register.standing import Round

__all__ = ["EFFECTS", "EXPECTED"]

EXPECTED: Final = "迎检"
"""The round whose day is that of the next visit the bureau has announced."""


def notified(event: InspectionNotified, act: Act, draft: Draft) -> None:
    """A visit is expected."""
    draft.put("rounds", EXPECTED, Round(on=event.scheduled, act=act.n))


def held(event: InspectionHeld, act: Act, draft: Draft) -> None:
    """The inspection has a page; each place and department was looked at on this day."""
    take(draft, "inspection", event.number)
    inspection = Inspection(
        number=event.number,
        scope=event.scope,
        on=act.on,
        act=act.n,
        sites=event.sites,
        departments=event.departments,
        problems=event.problems,
        rectify_by=event.rectify_by,
        responsible=event.responsible,
    )
    draft.put("inspections", event.number, inspection)
    done(draft, f"检查/{event.scope}", act)
    for site in event.sites:
        done(draft, f"场所检查/{site}", act)


def rectified(event: Rectified, _act: Act, draft: Draft) -> None:
    """Those problems are put right."""
    inspection = draft.inspections[event.inspection]
    items = set(event.items or range(1, len(inspection.problems) + 1))
    put_right = tuple(sorted({*inspection.rectified, *items}))
    draft.put("inspections", event.inspection, evolve(inspection, rectified=put_right))


def criticized(event: Criticized, act: Act, draft: Draft) -> None:
    """The notice of criticism has gone out."""
    inspection = draft.inspections[event.inspection]
    draft.put("inspections", event.inspection, evolve(inspection, criticized_on=act.on))


def file_bound(event: FileBound, _act: Act, draft: Draft) -> None:
    """The inspection is in its file."""
    inspection = draft.inspections[event.inspection]
    draft.put("inspections", event.inspection, evolve(inspection, archive_no=event.archive_no))


def leak_found(event: LeakFound, act: Act, draft: Draft) -> None:
    """A case is open, and its clocks run from today's discovery."""
    number = open_case("泄密", event.carriers, (event.circumstances,), act, draft)
    case = draft.cases[number]
    detailed = evolve(
        case,
        level=event.level,
        content=event.content,
        happened_on=event.happened_on,
        persons=event.persons,
    )
    draft.put("cases", number, detailed)


def _case(draft: Draft, number: str, **changed: Any) -> None:
    draft.put("cases", number, evolve(draft.cases[number], **changed))


def investigated(event: Investigated, act: Act, draft: Draft) -> None:
    """The case shows who investigates, the course, and whether all is found out."""
    case = draft.cases[event.case]
    _case(
        draft,
        event.case,
        group=event.group,
        course=event.course,
        harm=event.harm or case.harm,
        persons=event.persons or case.persons,
        established_on=act.on if event.established else case.established_on,
    )


def remedied(event: Remedied, act: Act, draft: Draft) -> None:
    """The case shows the remedy."""
    case = draft.cases[event.case]
    _case(draft, event.case, remedies=(*case.remedies, f"{act.on} {event.measures}"))


def corrected(event: Corrected, act: Act, draft: Draft) -> None:
    """The case shows what was changed so that it does not happen again."""
    case = draft.cases[event.case]
    _case(draft, event.case, corrections=(*case.corrections, f"{act.on} {event.measures}"))


def closing_requested(event: ClosingRequested, act: Act, draft: Draft) -> None:
    """The bureau was asked to close the case."""
    _case(draft, event.case, closing_asked_on=act.on)


EFFECTS: Final[Mapping[Any, Callable[[Any, Act, Draft], None]]] = {
    InspectionNotified: notified,
    InspectionHeld: held,
    Rectified: rectified,
    Criticized: criticized,
    FileBound: file_bound,
    LeakFound: leak_found,
    Investigated: investigated,
    Remedied: remedied,
    Corrected: corrected,
    ClosingRequested: closing_requested,
}
