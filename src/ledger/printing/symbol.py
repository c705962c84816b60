"""The QR symbol of a code: version 1, error correction Q, digits only, always the same mask."""

from functools import lru_cache
from typing import Final

import qrcode
from PIL import Image
from qrcode.util import QRData

__all__ = ["MODULES", "symbol"]

MODULES: Final = 21
"""Modules along one side."""
_MASK: Final = 3
"""Searching for the best mask takes six times as long and reads no better."""
_NUMERIC: Final = 1


@lru_cache(maxsize=4096)
def symbol(code: str) -> Image.Image:
    """The symbol of a code of up to 27 digits, one dot a module, without a quiet zone."""
    made = qrcode.QRCode(
        version=1,
        error_correction=qrcode.ERROR_CORRECT_Q,
        border=0,
        mask_pattern=_MASK,
    )
    made.add_data(QRData(code, mode=_NUMERIC), optimize=0)
    made.make(fit=False)
    dots = bytes(0 if dark else 255 for row in made.modules for dark in row)
    return Image.frombytes("L", (MODULES, MODULES), dots).convert("1")
