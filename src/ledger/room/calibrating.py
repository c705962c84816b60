"""校准: the calibration page on a printer or in a file; nothing of it is written into the book."""

from io import BytesIO

from ledger.printing.calibration import WHOLE_PAGE, first_cell, labels, page
from ledger.printing.delivery import deliver
from ledger.printing.outcome import Outcome, State
from ledger.printing.pdf import Placed, write_pdf
from ledger.printing.roll import LANGUAGES
from ledger.printing.template import Template
from ledger.room.issuing import Paper
from ledger.room.labelling import NoLabel
from ledger.room.outgoing import put

__all__ = ["calibrate"]


def calibrate(paper: Paper, template: Template) -> Outcome:
    """Put out a calibration page: A4 for a PDF, labels of the template's size otherwise.

    Raises ``NoLabel`` for a PNG, which has no size of its own on paper, and ``OSError``.
    """
    made = _made(paper, template)
    if paper.path is not None:
        put(paper.path, b"".join(made))
        return Outcome(State.PRINTED, f"已写入 {paper.path}")
    return deliver(paper.printer, made, "L-000000", "A4", paper.patience, paper.wait)


def _made(paper: Paper, template: Template) -> list[bytes]:
    printer = paper.printer
    if printer.language == "png":
        raise NoLabel("校准页请输出成 .pdf、.zpl 或 .tspl，图片打印出来大小不准")
    if printer.language == "pdf":
        file = BytesIO()
        write_pdf(file, [Placed(WHOLE_PAGE, first_cell(), page(printer, paper.sheet))], printer)
        return [file.getvalue()]
    encode = LANGUAGES[printer.language]
    pictures = labels(template.width_mm, template.height_mm, printer)
    return [encode(picture, printer) for picture in pictures]
