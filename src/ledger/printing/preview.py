"""A label in a terminal: half blocks for the dots, and its true size in words."""

from typing import Final

from PIL import Image

from ledger.printing.printer import MM_PER_INCH, Printer
from ledger.printing.proof import Proof
from ledger.printing.template import Template

__all__ = ["blocks", "size_in_words"]

_BLOCKS: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
"""Characters by whether their upper and lower half is black."""
_INK: Final = 110
"""How light a mixed dot may be and still count as black; thin strokes have to survive."""


def blocks(picture: Image.Image, columns: int = 78) -> list[str]:
    """The picture as lines of half blocks, no wider than so many columns and framed.

    Two dots stand in a character, one above the other. A smaller picture is shown dot for dot.
    """
    wide = min(columns - 2, picture.width)
    high = max(2, round(picture.height * wide / picture.width))
    grey = picture.convert("L")
    if wide < picture.width:
        grey = grey.resize((wide, high), Image.Resampling.BOX)
    dots = grey.tobytes()

    def black(x: int, y: int) -> bool:
        return y < high and dots[y * wide + x] < _INK + 60 * (wide < picture.width)

    lines = [
        "".join(_BLOCKS[black(x, y), black(x, y + 1)] for x in range(wide))
        for y in range(0, high, 2)
    ]
    edge = "─" * wide
    return [f"┌{edge}┐", *(f"│{line}│" for line in lines), f"└{edge}┘"]


def size_in_words(template: Template, proof: Proof, printer: Printer) -> str:
    """How large the label and a module of its code come out on a printer."""
    wide, high = proof.picture.size
    mm = MM_PER_INCH / printer.dpi
    return (
        f"{template.name}：实际{wide * mm:.1f}×{high * mm:.1f}毫米，"
        f"每英寸{printer.dpi}点，{wide}×{high}点；"
        f"二维码每格{proof.module_dots}点，{proof.module_mm:.2f}毫米"
    )
