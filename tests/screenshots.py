"""The pictures of the screens in the documents: ``python -m tests.screenshots`` makes them anew.

Textual's pictures reckon a Hanzi as one cell wide and name fonts on the network; both is put
right here, so that Chinese stands in its columns on a machine without either.
"""

import html
import re
import sys
from pathlib import Path
from tempfile import mkdtemp

from rich.cells import cell_len

from tests.officer import Rooms, run_at
from tests.test_errands import LOOKS as ERRANDS
from tests.test_errands import looked_at
from tests.test_screens import LOOKS, pressed

SIZE = (100, 30)
FOLDER = Path(__file__).parents[1] / "docs" / "screens"
CELL = 12.2
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
    svg = re.sub(
        r'(<text [^>]*?) x="([^"]*)"([^>]*?)textLength="[^"]*"([^>]*>)(.*?)</text>',
        _measured,
        svg,
        flags=re.DOTALL,
    )
    return re.sub(r"[0-9a-f]{20}", "0" * 20, svg)


def _measured(found):
    """A piece of text as wide as its cells; blanks before it are room and no text."""
    head, x, middle, tail, body = found.groups()
    text = html.unescape(body)
    words = text.lstrip("\xa0")
    left = float(x) + CELL * (len(text) - len(words))
    width = cell_len(words) * CELL
    said = html.escape(words, quote=False).replace("\xa0", "&#160;")
    return f'{head} x="{left:.5g}"{middle}textLength="{width:.5g}"{tail}{said}</text>'


def pictures():
    """Every picture by its name."""
    rooms = Rooms(Path(mkdtemp()))
    for name, look in PICTURES.items():

        async def taken(app, pilot, look=look):
            app.theme = "深色"
            if look in ERRANDS:
                await looked_at(app, pilot, ERRANDS[look])
            else:
                await pressed(app, pilot, *LOOKS[look])
            return app.export_screenshot(title="保密室台账")

        with rooms.one() as room:
            yield name, put_right(run_at(room, taken, SIZE))


def main(folder=FOLDER):
    """Write them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures():
        (folder / f"{name}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
