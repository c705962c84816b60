"""How fast labels are drawn and put on paper, beside the usual ways of doing it.

Run ``python benchmarks/printing.py``; ``--labels`` and ``--rounds`` take other sizes. Each part runs in
a process of its own, so that every cache is cold, and the parts take turns; every figure is the
median of the rounds. The peers are installed with ``pip install pylabels reportlab blabel`` (they
are needed by nothing else) and left out where they are missing.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import qrcode
from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont
from qrcode.util import QRData

from ledger.printing.font import shipped_face
from ledger.printing.payload import Subject, grouped, write
from ledger.printing.pdf import Placed, write_pdf
from ledger.printing.picture import BLACK, Canvas, at, draw
from ledger.printing.printer import printers
from ledger.printing.proof import prove
from ledger.printing.roll import zpl
from ledger.printing.sheet import cells, sheet_for
from ledger.printing.template import Item, fill, templates

TEMPLATE = templates()["computer-60x40"]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "建国志强晓明丽华秀英海燕永红䶮㛃桂兰玉梅春生"
DEPARTMENTS = ("办公室", "业务科", "财务科", "档案室", "综合实验室", "保密工作领导小组办公室")
NAMES = ("办公电脑", "便携式电脑", "超低温冰箱联机工作站", "细胞计数仪（台式）", "涉密单机")
KEY = bytes(range(32))
KEEP = os.environ.get("KEEP_BLABEL", "")
"""Where to leave the PDF of a peer, to look at it."""


def records(count: int) -> Iterator[dict[str, str]]:
    """So many different labels: number, name, person and code of each its own."""
    for n in range(count):
        person = SURNAMES[n % 32] + GIVEN[n % 19] + GIVEN[(n * 7) % 19]
        number = f"JSJ-{n:04}"
        yield {
            "unit": "示范市示范区示范局",
            "level": ("绝密", "机密", "秘密", "内部", "互联网")[n % 5],
            "number": number,
            "name": NAMES[n % 5],
            "person": person,
            "department": DEPARTMENTS[n % 6],
            "code": write(Subject("computer", n, "机密", number), 1, KEY),
        }


# --- plain python-qrcode and Pillow, drawing the same dots -----------------------------------


class Plain:
    """The same labels by the two libraries as one writes them first: nothing kept but open fonts."""

    def __init__(self, *, search_mask: bool, whole_lines: bool) -> None:
        self.mask = None if search_mask else 3
        self.whole_lines = whole_lines
        self.fonts: dict[int, FreeTypeFont] = {}

    def font(self, size: int) -> FreeTypeFont:
        """The font at a height, opened once."""
        if size not in self.fonts:
            layout = ImageFont.Layout.BASIC
            self.fonts[size] = ImageFont.truetype(shipped_face().path, size, layout_engine=layout)
        return self.fonts[size]

    def label(self, values: dict[str, str], dpi: int) -> Image.Image:
        """One label."""
        canvas = Canvas(TEMPLATE.width_mm, TEMPLATE.height_mm, at(dpi))
        said = {**values, "code": grouped(values["code"])}
        for item in TEMPLATE.items:
            left, top, width, height = canvas.box(item)
            corners = (left, top, left + width - 1, top + height - 1)
            if item.kind == "qr":
                self.code(canvas, item, values["code"])
            elif item.kind == "line":
                canvas.pen.rectangle(corners, fill=BLACK)
            elif item.kind == "box":
                canvas.pen.rectangle(corners, outline=BLACK, width=max(1, canvas.down(0.2)))
            else:
                self.words(canvas, item, fill(item.text, said).strip())
        return canvas.image

    def code(self, canvas: Canvas, item: Item, code: str) -> None:
        """The symbol, as python-qrcode draws it."""
        left, top, side = canvas.symbol(item)
        made = qrcode.QRCode(
            version=1,
            error_correction=qrcode.ERROR_CORRECT_Q,
            box_size=side // 21,
            border=0,
            mask_pattern=self.mask,
        )
        made.add_data(QRData(code, mode=1), optimize=0)
        made.make(fit=False)
        canvas.image.paste(made.make_image().get_image().convert("1"), (left, top))

    def words(self, canvas: Canvas, item: Item, text: str) -> None:
        """A text at the greatest height that fits, or in two lines."""
        left, top, width, height = canvas.box(item)
        ink, room, tall = BLACK, width, height
        if item.kind == "badge":
            ink = plate(canvas, (left, top, width, height), text)
            room, tall = width - height // 2, int(height * 0.8)
        lines = self.fitted(item, text, room, tall, canvas.printer.dots_y)
        pitch = height // len(lines)
        for place, dots in enumerate(lines):
            aside = (width - dots.width) // 2 if item.kind == "badge" else 0
            y = top + place * pitch + (pitch - dots.height) // 2
            canvas.image.paste(ink, (left + aside, y), dots)

    def fitted(
        self, item: Item, text: str, width: int, height: int, dots_mm: float
    ) -> list[Image.Image]:
        """The ink of the lines a text is set in."""
        least = max(-int(-item.min_mm * dots_mm // 1), 16 if max(text) > "\u2e7f" else 11)
        size = height
        while size >= least:
            ahead = int(self.font(size).getlength(text, mode="1"))
            if ahead <= width + size // 4:
                dots = self.line(text, size)
                if dots.width <= width and dots.height <= height:
                    return [dots]
            size -= max(1, (ahead - width) * size // max(ahead, 1) // 2)
        for size in (*range(height // 2, least, -max(1, height // 20)), least):
            lines = [self.line(line, size) for line in self.broken(text, size, width)]
            if all(d.width <= width and d.height <= height // len(lines) for d in lines):
                return lines
        raise ValueError(text)

    def broken(self, text: str, size: int, width: int) -> list[str]:
        """The text in lines that are no wider."""
        lines = [""]
        for character in text:
            if lines[-1] and self.font(size).getlength(lines[-1] + character, mode="1") > width:
                lines.append("")
            lines[-1] += character
        return [line.strip() for line in lines]

    def line(self, text: str, size: int) -> Image.Image:
        """The ink of one line."""
        font = self.font(size)
        canvas = Image.new("1", (int(font.getlength(text, mode="1")) + 2 * size, size * 4), 0)
        pen = ImageDraw.Draw(canvas)
        pen.fontmode = "1"
        if self.whole_lines:
            pen.text((size, size * 2), text, fill=1, font=font, anchor="ls")
        else:
            x = size
            for character in text:
                pen.text((x, size * 2), character, fill=1, font=font, anchor="ls")
                x += int(font.getlength(character, mode="1"))
        return canvas.crop(canvas.getbbox())


def plate(canvas: Canvas, box: tuple[int, int, int, int], word: str) -> int:
    """The plate under a level, as the templates have it."""
    from ledger.printing.picture import _plate

    return _plate(canvas, box, word)


# --- the parts, each run in a process of its own -----------------------------------------------


def drawing(make: Callable[[dict[str, str]], Image.Image], count: int) -> dict[str, Any]:
    """Labels drawn one after the other, and the digest of all their dots."""
    digest, seconds = hashlib.sha256(), 0.0
    for values in list(records(count)):
        start = perf_counter()
        picture = make(values)
        seconds += perf_counter() - start
        digest.update(picture.tobytes())
    return {"seconds": seconds, "digest": digest.hexdigest()}


def ours(count: int) -> dict[str, Any]:
    """Our drawing."""
    return drawing(lambda values: draw(TEMPLATE, values, at(300)), count)


def ours_proved(count: int) -> dict[str, Any]:
    """Our drawing, every code read back."""
    return drawing(lambda values: prove(TEMPLATE, values, at(300)).picture, count)


def plain(count: int) -> dict[str, Any]:
    """The same dots, nothing kept."""
    made = Plain(search_mask=False, whole_lines=False)
    return drawing(lambda values: made.label(values, 300), count)


def plain_lines(count: int) -> dict[str, Any]:
    """Whole lines in one call; a dot here and there differs."""
    made = Plain(search_mask=False, whole_lines=True)
    return drawing(lambda values: made.label(values, 300), count)


def plain_usual(count: int) -> dict[str, Any]:
    """As it is usually written: whole lines, and the mask searched for."""
    made = Plain(search_mask=True, whole_lines=True)
    return drawing(lambda values: made.label(values, 300), count)


def pdf(count: int) -> dict[str, Any]:
    """An A4 PDF of labels, every code read back first, and the most memory it took."""
    sheet, printer = sheet_for(TEMPLATE), printers()["file-pdf"]
    start = perf_counter()
    with tempfile.TemporaryFile() as file:
        places = islice(cells(sheet), count)
        pictures = (prove(TEMPLATE, values, printer).picture for values in records(count))
        placed = (
            Placed(sheet, cell, picture) for cell, picture in zip(places, pictures, strict=True)
        )
        write_pdf(file, placed, printer)
        size = file.tell()
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "bytes": size, "peak_kib": peak}


def pylabels(count: int) -> dict[str, Any]:
    """The same labels by pylabels and reportlab, its own QR widget and Chinese font."""
    from reportlab.graphics import shapes
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    import labels

    start = perf_counter()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    size = labels.Specification(210, 297, 3, 6, 60, 40, column_gap=2, row_gap=2)

    def one(label: Any, _width: float, _height: float, values: dict[str, str]) -> None:
        widget = QrCodeWidget(values["code"], barLevel="Q")
        widget.barWidth = widget.barHeight = 22 * mm
        widget.x, widget.y = 36 * mm, 16 * mm
        label.add(widget)
        lines = (
            (values["level"], 31, 18),
            (values["number"], 24, 14),
            (values["name"], 18, 9),
            (f"部门 {values['department']}", 12, 9),
            (f"责任人 {values['person']}", 8.5, 9),
            (values["unit"], 5, 8),
            (grouped(values["code"]), 2, 6),
        )
        for text, y, points in lines:
            string = shapes.String(2 * mm, y * mm, text, fontName="STSong-Light", fontSize=points)
            label.add(string)

    sheet = labels.Sheet(size, one, border=True)
    for values in records(count):
        sheet.add_label(values)
    sheet.save(BytesIO())
    return {"seconds": perf_counter() - start}


PLACES = (
    ("level", 1.8, 2, 6.5),
    ("number", 1.8, 11.4, 5),
    ("name", 1.8, 17.4, 3),
    ("department", 1.8, 25, 3),
    ("person", 1.8, 28.8, 3),
    ("unit", 1.8, 32.6, 2.8),
    ("grouped", 1.8, 36, 2.3),
)
"""Where blabel is to put each text of the label: left, top and height in millimetres."""


def blabel(count: int) -> dict[str, Any]:
    """The same labels on the same A4 sheets by blabel (HTML through WeasyPrint)."""
    import blabel as peer

    html = "<img src={{label_tools.qr_code(code, error_correction=3)}}>" + "".join(
        f"<p class={name}>{{{{{name}}}}}</p>" for name, *_ in PLACES
    )
    css = (
        f"@font-face {{font-family: sc; src: url({Path(shipped_face().path).as_uri()})}}"
        "@page {size: A4} .print-area {padding: 23.5mm 13mm; font-family: sc}"
        ".item {width: 60mm; height: 40mm; margin: 0 1mm 2mm 0; position: relative;"
        " box-shadow: none; outline: 0.2mm solid}"
        ".item img {position: absolute; left: 36.2mm; top: 1.8mm; width: 22mm}"
        ".item p {position: absolute; margin: 0; white-space: nowrap}"
    ) + "".join(
        f".{name} {{left: {x}mm; top: {y}mm; font-size: {high}mm}}" for name, x, y, high in PLACES
    )
    start = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "label.css"
        sheet.write_text(css, "utf-8")
        writer = peer.LabelWriter(
            item_template=html, default_stylesheets=(str(sheet),), items_per_page=18
        )
        said = [{**each, "grouped": grouped(each["code"])} for each in records(count)]
        writer.write_labels(said, target=str(Path(folder) / "labels.pdf"))
        if KEEP:
            Path(KEEP).write_bytes((Path(folder) / "labels.pdf").read_bytes())
    return {"seconds": perf_counter() - start}


def zpl_sizes(count: int) -> dict[str, Any]:
    """The bytes of ZPL labels at 203 dots an inch, and what plain hexadecimal would take."""
    printer = printers()["file-zpl"]
    packed = plain_hex = 0
    start = perf_counter()
    for values in records(count):
        picture = draw(TEMPLATE, values, printer)
        packed += len(zpl(picture, printer))
        plain_hex += 2 * ((picture.width + 7) // 8) * picture.height
    return {"seconds": perf_counter() - start, "bytes": packed, "hex": plain_hex}


PARTS = {
    part.__name__: part
    for part in (
        ours,
        ours_proved,
        plain,
        plain_lines,
        plain_usual,
        pdf,
        pylabels,
        blabel,
        zpl_sizes,
    )
}


def apart(name: str, count: int) -> dict[str, Any] | None:
    """What a part comes to in a process of its own; ``None`` where its peer is not installed."""
    words = [sys.executable, __file__, "--part", name, "--labels", str(count)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def rounds(names: tuple[str, ...], count: int, many: int) -> dict[str, list[dict[str, Any]]]:
    """Each part's results over some rounds in which the parts take turns."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(many):
        for name in names:
            result = apart(name, count)
            if result is not None:
                found[name].append(result)
    return {name: results for name, results in found.items() if results}


def per_label(results: list[dict[str, Any]], count: int) -> float:
    """The median seconds a label takes."""
    return median(result["seconds"] for result in results) / count


def compare(what: str, found: dict[str, list[dict[str, Any]]], count: int) -> None:
    """One line a part: how many labels a second, and how many times as many as each peer."""
    first, *peers = found
    base = per_label(found[first], count)
    print(f"{what}: {first} {1 / base:,.0f} labels/s")
    for peer in peers:
        each = per_label(found[peer], count)
        print(f"   {each / base:6.1f} x {peer} ({1 / each:,.0f} labels/s)")


def main() -> None:
    """Run every measurement and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", choices=PARTS)
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps(PARTS[asked.part](asked.labels)))
        return
    count = asked.labels
    drawn = rounds(
        ("ours", "ours_proved", "plain", "plain_lines", "plain_usual"), count, asked.rounds
    )
    same = {
        results[0]["digest"] for name, results in drawn.items() if not name.startswith("plain_")
    }
    print(
        f"pixels of ours, ours_proved and plain: {'identical' if len(same) == 1 else 'DIFFERENT'}"
    )
    compare(f"{count} different 60x40 labels at 300 dpi, cold", drawn, count)
    papers = rounds(("pdf", "pylabels", "blabel"), count, asked.rounds)
    compare(f"A4 PDF of {count}, every code read back", papers, count)
    (sizes,) = rounds(("zpl_sizes",), count, 1)["zpl_sizes"]
    print(
        f"ZPL at 203 dpi: {sizes['bytes'] // count:,} bytes a label, 1/{sizes['hex'] / sizes['bytes']:.1f} of hex"
    )
    few, many = (rounds(("pdf",), n, 1)["pdf"][0]["peak_kib"] for n in (count, 10 * count))
    print(f"memory: {many / few:.2f} x from {count} to {10 * count} labels ({few // 1024} MiB)")


if __name__ == "__main__":
    main()
