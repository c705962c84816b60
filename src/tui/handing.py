"""Two scans that belong together: a person and what he borrows, a cabinet and what goes into it."""

from typing import TYPE_CHECKING

from ledger.event import LabelBound, Stored
from ledger.room.drafting import Doing

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["bound", "together"]


def together(desk: "Baomi", shown: str, scanned: str) -> bool:
    """Do what a scan means beside the page that is shown; whether it meant anything together.

    A person and a carrier, in either order, begin a loan; a cabinet and a carrier, a storing.
    Whatever is scanned next is added to it.
    """
    register = desk.room.register
    carriers = [n for n in (shown, scanned) if n in register.carriers]
    others = [n for n in (shown, scanned) if n not in register.carriers]
    if len(carriers) != 1 or len(others) != 1:
        return False
    (carrier,), (other,) = carriers, others
    if other in register.people:
        from tui.screens.lending import Lending

        desk.push_screen(Lending(other, carrier))
        return True
    if other in register.cabinets:
        desk.open_form(Doing(Stored), {"carriers": carrier, "cabinet": other})
        return True
    return False


def bound(desk: "Baomi", shown: str, blank: str) -> bool:
    """A blank label scanned at a page is to be stuck on it; whether it can be."""
    register = desk.room.register
    if not any(shown in pages for pages in (register.carriers, register.cabinets, register.sites)):
        return False
    desk.open_form(Doing(LabelBound), {"page": shown, "blank": blank})
    return True
