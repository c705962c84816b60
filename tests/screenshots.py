"""The pictures of the screens in the documents: ``python -m tests.screenshots`` makes them anew.

To look at other colours, or at the plain look of terminals that draw doubtful characters wide:
``python -m tests.screenshots FOLDER 浅色``, ``… FOLDER 十六色``, ``… FOLDER 深色 plain``.

Textual's pictures reckon a Hanzi as one cell wide and name fonts on the network; both is put
right here, so that Chinese stands in its columns on a machine without either.
"""

import html
import re
import sys
import unicodedata
from pathlib import Path
from tempfile import mkdtemp

from rich.cells import cell_len

from tests.officer import Rooms, run_at
from tests.test_errands import LOOKS as ERRANDS
from tests.test_errands import looked_at
from tests.test_screens import LOOKS, pressed
from tui.plain import narrow

SIZE = (100, 30)
FOLDER = Path(__file__).parents[1] / "docs" / "screens"
CELL = 10
NARROWED = CELL / 12.2
"""A Hanzi is as wide as it is high, so a cell is half the height of the letters, not Textual's 12.2."""
FONTS = "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', 'Source Han Mono SC', 'NSimSun', monospace"
PICTURES = {
    "today": "today",
    "papers": "papers",
    "media": "media",
    "computers": "computers",
    "people": "people",
    "acts": "acts",
    "record": "a page",
    "possible": "what may be done",
    "menu": "what to do",
    "refused": "a form that is refused",
    "confirm": "a loan before it is written",
    "palette": "palette",
    "help": "help",
    "counting": "counting",
    "differences": "differences",
    "labels": "labels",
}


def put_right(svg):
    """The picture with Chinese in its columns and no font from the network."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: ?[^;}]*", f"font-family: {FONTS}", svg)
    svg = re.sub(r" *font-variant-east-asian:[^;]*;\n?", "", svg)
    svg = re.sub(r'\b(x|width)="([\d.]+)"', _narrowed, svg)
    svg = re.sub(r'(viewBox="0 0) ([\d.]+)', lambda f: f"{f[1]} {float(f[2]) * NARROWED:.6g}", svg)
    svg = re.sub(
        r'(<text [^>]*?) x="([^"]*)"([^>]*?)textLength="[^"]*"([^>]*>)(.*?)</text>',
        _measured,
        svg,
        flags=re.DOTALL,
    )
    return re.sub(r"[0-9a-f]{20}", "0" * 20, svg)


def _narrowed(found):
    return f'{found[1]}="{float(found[2]) * NARROWED:.6g}"'


def _measured(found):
    """A piece of text in parts, each where its cells are: a wide gap is room and no text.

    What fonts draw two cells wide and terminals one stands alone, squeezed into its cell.
    """
    head, x, middle, tail, body = found.groups()
    text, parts, at = html.unescape(body), [], 0
    for part in _PARTS.findall(text):
        cells = cell_len(part)
        if part.strip("\xa0"):
            left = float(x) + CELL * at
            said = html.escape(part, quote=False).replace("\xa0", "&#160;")
            squeezed = 'lengthAdjust="spacingAndGlyphs" ' if _doubtful(part) else ""
            parts.append(
                f'{head} x="{left:.6g}"{middle}textLength="{cells * CELL:.6g}" {squeezed}{tail}{said}</text>'
            )
        at += cells
    return "".join(parts)


_PARTS = re.compile(
    r"\xa0{2,}|[★☆…—–·×→←↑↓“”‘’●■□√°±№℃※]|(?:(?!\xa0{2})[^★☆…—–·×→←↑↓“”‘’●■□√°±№℃※])+"
)


def _doubtful(part):
    return len(part) == 1 and unicodedata.east_asian_width(part) == "A"


def pictures(theme="深色", *, ascii_look=False):
    """Every picture by its name."""
    rooms = Rooms(Path(mkdtemp()))
    narrow(on=ascii_look)
    for name, look in PICTURES.items():

        async def taken(app, pilot, look=look):
            app.theme = theme
            await pilot.pause(0.1)
            if look in ERRANDS:
                await looked_at(app, pilot, ERRANDS[look])
            else:
                await pressed(app, pilot, *LOOKS[look])
            return app.export_screenshot(title="保密室台账")

        with rooms.one() as room:
            yield name, put_right(run_at(room, taken, SIZE, ascii_look=ascii_look))


def main(folder=FOLDER, theme="深色", *look):
    """Write them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures(theme, ascii_look="plain" in look):
        (folder / f"{name}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER, *sys.argv[2:])
