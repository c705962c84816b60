"""Forms as DOCX, to be signed: the table's XML is written directly, python-docx packs it.

What makes them open alike in Word, WPS and LibreOffice: widths are written three times (table,
grid, cell), every run names its font for all four scripts, and boxes have runs of their own.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from ledger.forms.layout import LINE, Box, Layout, Run

__all__ = ["docx"]

SONG: Final = "宋体"
HEI: Final = "黑体"
_TWIPS: Final = 567
"""Twentieths of a point in a centimetre."""
_LONG_CM: Final = 29.7
_SHORT_CM: Final = 21.0
_MARGIN_CM: Final = 1.4
_MADE: Final = (2000, 1, 1, 0, 0, 0)
"""The time of every part of the file, so that equal contents are equal files."""
_NS: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(layout: Layout) -> bytes:
    """The form as a document, the same bytes for the same content."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    _plain(document)
    _page(document, layout)
    body = document.element.body
    end = body.sectPr
    for xml in (*_above(layout), _table(layout), *_below(layout)):
        end.addprevious(parse_xml(xml))
    if layout.numbered:
        footer = document.sections[0].footer
        footer.paragraphs[0]._p.getparent().replace(  # noqa: SLF001 - the element is the interface
            footer.paragraphs[0]._p,  # noqa: SLF001
            parse_xml(_footer(layout)),
        )
    return _packed(document)


def _plain(document: Any) -> None:
    """Take out what the template brings: properties that tell who wrote it, and theme fonts."""
    properties = document.core_properties
    for name in ("author", "last_modified_by", "comments", "title", "keywords", "subject"):
        setattr(properties, name, "")
    from datetime import datetime

    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed
    properties.revision = 1
    for language in document.styles.element.iter(f"{{{_W}}}lang"):
        language.set(f"{{{_W}}}eastAsia", "zh-CN")
    for fonts in document.styles.element.iter(f"{{{_W}}}rFonts"):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(f"{{{_W}}}{script}", SONG)


_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _page(document: Any, layout: Layout) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = document.sections[0]
    long, short = Cm(_LONG_CM), Cm(_SHORT_CM)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if layout.landscape else (short, long)
    wide = _LONG_CM if layout.landscape else _SHORT_CM
    section.left_margin = section.right_margin = Cm((wide - sum(layout.columns_cm)) / 2)
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    section.header_distance = section.footer_distance = Cm(0.8)
    # The template's line grid would stretch every line of a cell.
    for grid in section._sectPr.findall(f"{{{_W}}}docGrid"):  # noqa: SLF001 - not in the interface
        section._sectPr.remove(grid)  # noqa: SLF001


def _above(layout: Layout) -> Iterator[str]:
    yield _paragraph(_run(layout.title, HEI, 18), align="center", after=120)
    for sides in layout.before:
        yield _sides(layout, sides)


def _below(layout: Layout) -> Iterator[str]:
    for place, sides in enumerate(layout.after):
        last = place == len(layout.after) - 1
        yield _sides(layout, sides, together=not last, before=80 if place == 0 else 0)


def _sides(
    layout: Layout, sides: tuple[str, str], *, together: bool = True, before: int = 0
) -> str:
    """A line with something at the left and at the right end of the table."""
    size = min(layout.size_pt, 10.5)
    left, (right, spare) = sides[0], _ended(sides[1], size)
    width = sum(_twips(layout)) - spare
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>' if right else ""
    runs = _run(left, SONG, size)
    if right:
        runs += f"<w:r><w:tab/></w:r>{_run(right, SONG, size)}"
    keep = "<w:keepNext/>" if together else ""
    space = f'<w:spacing w:before="{before}" w:after="40"/>'
    return f"<w:p {_NS}><w:pPr>{keep}{tabs}{space}</w:pPr>{runs}</w:p>"


def _paragraph(runs: str, *, align: str = "left", after: int = 0) -> str:
    space = f'<w:spacing w:before="0" w:after="{after}"/>'
    return f'<w:p {_NS}><w:pPr><w:keepNext/>{space}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _run(text: str, font: str, size: float) -> str:
    if not text:
        return ""
    scripts = "".join(f' w:{script}="{font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    half = round(size * 2)
    sizes = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    said = escape(_fit(text))
    return (
        f'<w:r><w:rPr><w:rFonts{scripts} w:hint="eastAsia"/>{sizes}</w:rPr>'
        f'<w:t xml:space="preserve">{said}</w:t></w:r>'
    )


def _fit(text: str) -> str:
    """The text without what no XML can hold."""
    return "".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff")


def _twips(layout: Layout) -> list[int]:
    return [round(width * _TWIPS) for width in layout.columns_cm]


def _table(layout: Layout) -> str:
    widths = _twips(layout)
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    covering = _covering(layout.boxes)
    rows = "".join(_row(layout, place, covering[place], widths) for place in sorted(covering))
    return (
        f'<w:tbl {_NS}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{border}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _covering(boxes: Sequence[Box]) -> dict[int, list[Box]]:
    """The boxes that each row has a part of, from left to right."""
    rows: dict[int, list[Box]] = {}
    for box in boxes:
        for row in range(box.row, box.row + box.rows):
            rows.setdefault(row, []).append(box)
    return {row: sorted(found, key=lambda box: box.column) for row, found in rows.items()}


def _row(layout: Layout, place: int, boxes: Sequence[Box], widths: Sequence[int]) -> str:
    height = round(layout.heights_cm[place] * _TWIPS)
    head = "<w:tblHeader/>" if place < layout.heads else ""
    cells = "".join(_cell(layout, box, place, widths) for box in boxes)
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}'
        f"</w:trPr>{cells}</w:tr>"
    )


def _cell(layout: Layout, box: Box, place: int, widths: Sequence[int]) -> str:
    width = sum(widths[box.column : box.column + box.columns])
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merge = ""
    if box.rows > 1:
        merge = '<w:vMerge w:val="restart"/>' if place == box.row else "<w:vMerge/>"
    stand = f'<w:vAlign w:val="{"center" if box.middle else "top"}"/>'
    if place != box.row:
        content = "<w:p/>"
    else:
        lines = (*box.lines, *([()] * layout.gap(box)))
        content = "".join(_cell_line(layout, line, box.align) for line in lines)
        content += "".join(_cell_line(layout, line, "right") for line in box.foot)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{stand}</w:tcPr>'
        f"{content}</w:tc>"
    )


def _ended(words: str, size: float) -> tuple[str, int]:
    """Words without the blanks at their end, and how wide those are: programs let them hang out."""
    bare = words.rstrip("\u3000")
    return bare, round((len(words) - len(bare)) * size * 20)


def _cell_line(layout: Layout, line: Sequence[Run], align: str) -> str:
    runs = "".join(_run(run.text, SONG, layout.size_pt) for run in line)
    # Lines of a fixed height, so that a form fills as many pages with any font.
    high = round(layout.size_pt * LINE * 20)
    space = f'<w:spacing w:before="0" w:after="0" w:line="{high}" w:lineRule="exact"/>'
    if align == "right" and line:
        bare, spare = _ended(line[-1].text, layout.size_pt)
        runs = "".join(_run(run.text, SONG, layout.size_pt) for run in line[:-1])
        runs += _run(bare, SONG, layout.size_pt)
        space += f'<w:ind w:right="{spare}"/>'
    return f'<w:p><w:pPr>{space}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _footer(layout: Layout) -> str:
    def number(what: str) -> str:
        return f'<w:fldSimple w:instr=" {what} ">{_run("1", SONG, size)}</w:fldSimple>'

    size = min(layout.size_pt, 9)
    runs = (
        _run("第 ", SONG, size)
        + number("PAGE")
        + _run(" 页　共 ", SONG, size)
        + number("NUMPAGES")
        + _run(" 页", SONG, size)
    )
    return f'<w:p {_NS}><w:pPr><w:jc w:val="center"/></w:pPr>{runs}</w:p>'


def _packed(document: Any) -> bytes:
    """The document's package with its parts in order and every time fixed."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, _MADE)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, parts.read(name))
    return out.getvalue()
