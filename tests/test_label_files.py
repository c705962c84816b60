"""Labels as files for printers: sheets measured, and label languages read back dot for dot."""

import base64
import re
import zlib
from io import BytesIO
from itertools import islice

import pypdfium2
import pytest
import zxingcpp
from attrs import evolve
from PIL import Image

from ledger.printing.calibration import WHOLE_PAGE, first_cell, labels, page, tells
from ledger.printing.payload import write
from ledger.printing.pdf import Placed, corner_dots, write_pdf
from ledger.printing.picture import Unfit, at, draw
from ledger.printing.printer import printers
from ledger.printing.roll import png, shifted, tspl, zpl
from ledger.printing.sheet import Place, cells, centred, sheet_for, sheets
from ledger.printing.template import templates
from tests.labels import CODE, KEY, LONGEST, RAREST, SUBJECT, zxing

PLAIN = printers()["file-pdf"]
EXACT = 0.9999999 / 72
"""A hair less than an inch's 72 points, so that a page of whole dots is not rounded up by one."""
SIZES = [(template, dpi) for template in templates().values() for dpi in (203, 300, 600)]
IDS = [f"{template.id}-{dpi}" for template, dpi in SIZES]


def sheet_pdf(sheet, template, place, printer, count):
    """A PDF of so many labels, and for each code where its middle ought to be, in millimetres."""
    expected, file = {}, BytesIO()

    def placed():
        for n, cell in enumerate(islice(cells(sheet, place), count)):
            code = write(SUBJECT._replace(ident=n), 1, KEY)
            here = centred(cell, sheet, template)
            item = template.code
            x, y = here.x_mm + item.x + item.w / 2, here.y_mm + item.y + item.h / 2
            expected[code] = (
                cell.page,
                x * printer.scale_x + printer.offset_x_mm,
                y * printer.scale_y + printer.offset_y_mm,
            )
            picture = draw(template, LONGEST | {"code": code}, printer)
            yield Placed(sheet, here, picture)

    written = write_pdf(file, placed(), printer)
    return file.getvalue(), expected, written


def measured(pdf, dpi=600):
    """Each code of a PDF, the page it is on and where its middle is, in millimetres."""
    found = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for number, sheet in enumerate(document):
            assert abs(sheet.get_width() - 595.28) < 0.2
            assert abs(sheet.get_height() - 841.89) < 0.2
            image = sheet.render(scale=EXACT * dpi).to_pil().convert("L")
            for code in zxingcpp.read_barcodes(image):
                at_ = code.position
                corners = (at_.top_left, at_.top_right, at_.bottom_left, at_.bottom_right)
                x, y = (sum(getattr(c, axis) for c in corners) / 4 for axis in "xy")
                found[code.text] = (number, x / dpi * 25.4, y / dpi * 25.4)
    return found


SHEETS = {
    "whole": ("a4-60x40", "computer-60x40", Place(), {}, 20),
    "nth": ("a4-3x7", "computer-50x30", Place(9), {}, 16),
    "skipped": ("a4-3x7", "computer-50x30", Place(2, (3, 7, 20)), {}, 25),
    "offset": ("a4-40x12", "medium-40x12", Place(5), {"offset_x_mm": 1.3, "offset_y_mm": -2.1}, 12),
    "scaled": ("a4-60x40", "computer-60x40", Place(), {"scale_x": 1.006, "scale_y": 0.993}, 18),
    "all at once": (
        "a4-4x12",
        "medium-25x15",
        Place(3, (4, 48)),
        {"scale_x": 0.995, "scale_y": 1.004, "offset_x_mm": -0.7, "offset_y_mm": 1.9},
        50,
    ),
    "large": ("a4-100x70", "cabinet-100x70", Place(2), {"dpi": 600}, 4),
}


@pytest.mark.parametrize("name", SHEETS)
def test_codes_stand_where_the_sheet_says(name):
    """Every code of a rasterised sheet is within a tenth of a millimetre of its place."""
    sheet, template, place, change, count = SHEETS[name]
    printer = evolve(PLAIN, **change)
    pdf, expected, written = sheet_pdf(
        sheets()[sheet], templates()[template], place, printer, count
    )
    found = measured(pdf)

    assert written == (count, max(page for page, _, _ in expected.values()) + 1)
    assert found.keys() == expected.keys()
    for code, (number, x, y) in expected.items():
        assert found[code][0] == number
        assert abs(found[code][1] - x) < 0.1, (name, code, found[code], x)
        assert abs(found[code][2] - y) < 0.1, (name, code, found[code], y)


def test_a_pdf_is_the_picture_dot_for_dot():
    """Rasterised at the printer's own dots, a label on a sheet is exactly its picture."""
    template = templates()["computer-60x40"]
    sheet = evolve(sheet_for(template), cut=False)
    pdf, _, _ = sheet_pdf(sheet, template, Place(), PLAIN, 3)
    with pypdfium2.PdfDocument(pdf) as document:
        whole = document[0].render(scale=EXACT * 300).to_pil().convert("L")
    for n, cell in enumerate(islice(cells(sheet), 3)):
        code = write(SUBJECT._replace(ident=n), 1, KEY)
        picture = draw(template, LONGEST | {"code": code}, PLAIN).convert("L")
        left, top = corner_dots(cell, PLAIN)
        seen = whole.crop((left, top, left + picture.width, top + picture.height))
        assert seen.point(lambda grey: 255 * (grey > 127)).tobytes() == picture.tobytes()


def test_a_pdf_asks_not_to_be_scaled_and_names_nobody():
    """A sheet asks viewers for its true size and carries neither title nor program nor date."""
    pdf, _, _ = sheet_pdf(sheets()["a4-60x40"], templates()["computer-60x40"], Place(), PLAIN, 1)

    assert b"/PrintScaling/None" in pdf
    assert not re.search(rb"/(Info|Title|Producer|Creator|CreationDate|Metadata)\b", pdf)


def test_paper_that_is_cut_has_lines_to_cut_along():
    """Plain paper gets a hairline round every label, label stock none."""
    template = templates()["computer-50x30"]
    for sheet, lines in (("a4-50x30", 2), ("a4-3x7", 0)):
        pdf, _, _ = sheet_pdf(sheets()[sheet], template, Place(), PLAIN, 2)
        assert len(re.findall(rb" re S\n", pdf)) == lines


@pytest.mark.parametrize(("template", "dpi"), SIZES, ids=IDS)
def test_zpl_comes_back_dot_for_dot(template, dpi):
    """Another program's ZPL interpreter draws exactly our picture, widths of any number of dots."""
    zplkit = pytest.importorskip("zplkit")
    from zplkit.rendering import Limits

    picture = draw(template, RAREST, at(dpi))
    options = zplkit.Options(dpi=dpi, width=picture.width, height=picture.height)
    limits = Limits(graphic_bytes=10**7, pixels=10**8)
    drawn = zplkit.render(zpl(picture, at(dpi)), options, limits=limits)
    (label,) = drawn.labels
    raster = label.rasterize()

    assert drawn.warnings == []
    assert (raster.width, raster.height) == picture.size
    assert raster.pixels == picture.convert("L").tobytes()


def test_zpl_is_packed_as_others_pack_it():
    """The compressed field unpacks to what another encoder packs, under the same checksum."""
    zebrafy = pytest.importorskip("zebrafy")
    picture = draw(templates()["computer-60x40"], LONGEST, at(203))
    theirs = zebrafy.ZebrafyImage(picture, format="Z64", dither=False).to_zpl()
    packed = re.search(r":Z64:([^:]+):(\w+)", theirs)
    ours = re.search(rb"GFA,(\d+),\1,(\d+),:Z64:([^:]+):(\w{4})\^FS", zpl(picture, at(203)))
    import binascii

    assert zlib.decompress(base64.b64decode(packed[1])) == zlib.decompress(
        base64.b64decode(ours[3])
    )
    assert f"{binascii.crc_hqx(packed[1].encode(), 0):04X}" == packed[2].upper()
    assert int(ours[2]) == (picture.width + 7) // 8
    assert int(ours[1]) == int(ours[2]) * picture.height


def test_zpl_says_size_darkness_and_speed():
    """A printer's settings go before the label, and only those that were set."""
    picture = draw(templates()["medium-40x12"], LONGEST, at(203))
    plain = zpl(picture, at(203))
    told = zpl(picture, evolve(at(203), density=8, speed=3))

    assert plain.startswith(b"^XA^PW320^LL96^LH0,0^FO0,0^GFA,")
    assert told.startswith(b"~SD08^XA^PR3^PW320")
    assert plain.count(b"^XZ") == 1
    assert b"^PQ" not in plain


def read_tspl(data, *, invert=False):
    """The labels a TSPL printer would print: its commands by name, and the picture."""
    while data:
        said = {}
        while not data.startswith(b"BITMAP"):
            line, data = data.split(b"\r\n", 1)
            name, _, rest = line.decode("ascii").partition(" ")
            said[name] = rest
        head = re.match(rb"BITMAP 0,0,(\d+),(\d+),0,", data)
        stride, height = int(head[1]), int(head[2])
        rows = data[head.end() : head.end() + stride * height]
        tail = b"\r\nPRINT 1,1\r\n"
        data = data[head.end() + stride * height :]
        assert data.startswith(tail)
        data = data[len(tail) :]
        if invert:
            rows = bytes(byte ^ 0xFF for byte in rows)
        yield said, Image.frombytes("1", (stride * 8, height), rows)


@pytest.mark.parametrize(("template", "dpi"), SIZES, ids=IDS)
def test_tspl_comes_back_dot_for_dot(template, dpi):
    """A TSPL printer draws exactly our picture, and white past its edge."""
    picture = draw(template, RAREST, at(dpi))
    for invert in (False, True):
        printer = evolve(at(dpi), invert=invert)
        ((said, back),) = read_tspl(tspl(picture, printer), invert=invert)
        inside = back.crop((0, 0, *picture.size)).convert("L")
        beyond = back.crop((picture.width, 0, back.width, back.height)).convert("L")

        assert inside.tobytes() == picture.convert("L").tobytes()
        assert picture.width == back.width or beyond.getextrema() == (255, 255)
        wide, _, _ = said["SIZE"].partition(" ")
        assert abs(float(wide) - template.width_mm) < 0.1


def test_tspl_says_gap_darkness_and_speed():
    """Several labels follow each other, each with the settings of its printer."""
    picture = draw(templates()["medium-40x12"], LONGEST, at(203))
    printer = evolve(at(203), density=8, speed=3, gap_mm=2.5)
    (first, _), (second, _) = read_tspl(tspl(picture, printer) + tspl(picture, at(203)))

    assert (first["GAP"], first["DENSITY"], first["SPEED"]) == ("2.5 mm,0 mm", "8", "3")
    assert (second["GAP"], "DENSITY" in second, "SPEED" in second) == ("2 mm,0 mm", False, False)


def test_a_roll_printers_corrections():
    """A label is turned and moved for its printer; ink that would leave the paper is refused."""
    picture = draw(templates()["medium-40x12"], LONGEST, at(203))
    moved = shifted(picture, evolve(at(203), offset_x_mm=1.0, offset_y_mm=0.5))

    assert moved.size == (328, 100)
    assert moved.crop((8, 4, 328, 100)).convert("L").tobytes() == picture.convert("L").tobytes()
    assert shifted(picture, at(203)) is picture
    for turn, size in ((90, (96, 320)), (180, (320, 96)), (270, (96, 320))):
        turned = shifted(picture, evolve(at(203), rotate=turn))
        assert turned.size == size
        assert zxing(turned) == [CODE]
    assert shifted(picture, evolve(at(203), offset_x_mm=-0.4)).size == picture.size
    with pytest.raises(Unfit, match="移到了纸外"):
        shifted(picture, evolve(at(203), offset_x_mm=-3.0))
    with pytest.raises(Unfit, match="最宽只能印30毫米"):
        shifted(picture, evolve(at(203), width_mm=30.0))


def test_a_png_knows_its_size():
    """A picture file says how many dots an inch it has, so that it prints at its true size."""
    picture = Image.open(BytesIO(png(draw(templates()["medium-40x12"], LONGEST, at(300)), at(300))))

    assert round(picture.info["dpi"][0]) == 300
    assert [round(side / 300 * 25.4) for side in picture.size] == [40, 12]


def test_the_calibration_page_can_be_measured():
    """The page's four codes are read, in sizes labels are printed in; its ruler is 100 millimetres long."""
    file = BytesIO()
    printer = evolve(PLAIN, dpi=600)
    write_pdf(file, [Placed(WHOLE_PAGE, first_cell(), page(printer, sheets()["a4-3x7"]))], printer)
    with pypdfium2.PdfDocument(file.getvalue()) as document:
        image = document[0].render(scale=EXACT * 600).to_pil().convert("L")
    ruler = image.crop(
        (
            int(19 / 25.4 * 600),
            int(20 / 25.4 * 600) + 2,
            int(121 / 25.4 * 600),
            int(20.8 / 25.4 * 600),
        )
    )
    ticks = [x for x in range(ruler.width) if ruler.getpixel((x, 8)) < 128]

    assert sorted(zxing(image)) == [str(n) * 24 for n in (2, 3, 4, 5)]
    assert (ticks[-1] - ticks[0]) / 600 * 25.4 == pytest.approx(100, abs=0.1)
    assert any("scale_x" in line for line in tells(printer))
    sizes = {code.text[0]: code.position for code in zxingcpp.read_barcodes(image)}
    for step, place in sizes.items():
        side = (place.top_right.x - place.top_left.x) / 600 * 25.4
        assert side == pytest.approx(21 * 2 * int(step) / 600 * 25.4, abs=0.1)
    assert any("从4点到10点（0.17到0.42毫米）" in line for line in tells(printer))
    assert any("从2点到5点（0.25到0.63毫米）" in line for line in tells(at(203)))


def test_calibration_labels_are_as_large_as_the_roll():
    """A roll gets a ruler and one label for each size of code that fits on it."""
    small, large = labels(40, 12, at(203)), labels(60, 40, at(203))

    assert {picture.size for picture in small} == {(320, 96)}
    assert [zxing(picture) for picture in small] == [[], ["2" * 24], ["3" * 24]]
    assert [zxing(picture) for picture in large][1:] == [[str(n) * 24] for n in (2, 3, 4, 5)]
