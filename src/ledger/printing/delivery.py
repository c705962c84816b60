"""Labels on their way: a road for every printer, and what became of them at its end."""

from collections.abc import Iterable

from ledger.printing import job, lp, wire
from ledger.printing.outcome import PAUSE, Outcome, State, Wait
from ledger.printing.printer import Printer

__all__ = ["deliver"]


def deliver(
    printer: Printer,
    pieces: Iterable[bytes],
    title: str,
    page: str = "A4",
    patience: float = 60,
    wait: Wait = PAUSE,
) -> Outcome:
    """Send what was written in the printer's language to where the printer is.

    ``title`` is all that a print system learns of the job. Gives up following it after
    ``patience`` seconds.
    """
    match printer.road:
        case "lp":
            queue = printer.target.partition(":")[2]
            paper = page if printer.language == "pdf" else ""
            return lp.send(queue, pieces, title, page=paper, patience=patience, wait=wait)
        case "ipp":
            return job.send(printer.target, pieces, title, page, patience, wait)
        case "socket" | "device":
            return wire.send(printer, pieces, patience, wait)
        case _:
            said = f"打印机“{printer.name}”没有写 target，只能输出到文件"
            return Outcome(State.NOTHING, said)
