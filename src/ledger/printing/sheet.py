"""Labels on A4 sheets, one PDF, drawn page by page."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from ledger.printing.picture import BLACK, MM_PER_INCH, WHITE

__all__ = ["grid", "pages", "save_pdf"]

A4_MM: Final = (210.0, 297.0)
MARGIN_MM: Final = 10.0
GAP_MM: Final = 2.0


def grid(width_mm: float, height_mm: float) -> tuple[int, int]:
    """How many labels of a size stand beside and below each other on a sheet."""
    across = int((A4_MM[0] - 2 * MARGIN_MM + GAP_MM) // (width_mm + GAP_MM))
    down = int((A4_MM[1] - 2 * MARGIN_MM + GAP_MM) // (height_mm + GAP_MM))
    return max(across, 1), max(down, 1)


def pages(
    labels: Iterable[Image.Image], width_mm: float, height_mm: float, dpi: int
) -> Iterator[Image.Image]:
    """The labels on sheets, row by row, each with a hairline to cut along."""
    dots = dpi / MM_PER_INCH
    across, down = grid(width_mm, height_mm)
    waiting = iter(labels)
    while batch := tuple(islice(waiting, across * down)):
        size = (round(A4_MM[0] * dots), round(A4_MM[1] * dots))
        sheet = Image.new("1", size, WHITE)
        pen = ImageDraw.Draw(sheet)
        for place, label in enumerate(batch):
            row, column = divmod(place, across)
            x = round((MARGIN_MM + column * (width_mm + GAP_MM)) * dots)
            y = round((MARGIN_MM + row * (height_mm + GAP_MM)) * dots)
            pen.rectangle((x - 1, y - 1, x + label.width, y + label.height), outline=BLACK)
            sheet.paste(label, (x, y))
        yield sheet


def save_pdf(sheets: Iterable[Image.Image], path: Path, dpi: int) -> int:
    """Write the sheets as one PDF whose pages are their true size; how many there were."""
    waiting = iter(sheets)
    first = next(waiting)
    count = 1

    def rest() -> Iterator[Image.Image]:
        nonlocal count
        for sheet in waiting:
            count += 1
            yield sheet

    draft = path.with_name(path.name + ".draft")
    try:
        first.save(draft, "PDF", resolution=dpi, save_all=True, append_images=rest(), title="L")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count
