"""校准: the calibration page on a printer or in a file; nothing of it is written into the book."""

from io import BytesIO

from ledger.printing.calibration import WHOLE_PAGE, calibration, first_cell
from ledger.printing.delivery import deliver
from ledger.printing.outcome import Outcome, State
from ledger.printing.pdf import Placed, write_pdf
from ledger.printing.roll import LANGUAGES
from ledger.printing.template import Template
from ledger.room.issuing import Paper

__all__ = ["calibrate"]


def calibrate(paper: Paper, template: Template) -> Outcome:
    """Put out a calibration page: A4 for a PDF, a label of the template's size otherwise."""
    printer = paper.printer
    if printer.language == "pdf":
        wide, high = WHOLE_PAGE.size_mm
        picture = calibration(wide, high, printer)
        file = BytesIO()
        write_pdf(file, [Placed(WHOLE_PAGE, first_cell(), picture)], printer)
        made = file.getvalue()
    else:
        picture = calibration(template.width_mm, template.height_mm, printer)
        made = LANGUAGES[printer.language](picture, printer)
    if paper.path is not None:
        paper.path.write_bytes(made)
        return Outcome(State.PRINTED, f"已写入 {paper.path}")
    return deliver(printer, [made], "L-000000", "A4", paper.patience, paper.wait)
