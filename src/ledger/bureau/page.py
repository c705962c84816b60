"""A page as one HTML file: nothing fetched, nothing run, prints on A4; text is only ever text."""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from ledger.text import shown

__all__ = ["Page"]

_STYLE: Final = """
@page { size: A4; margin: 18mm 15mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
body { font: 10.5pt/1.6 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", SimSun, sans-serif;
  color: #1a1a1a; max-width: 180mm; margin: 8mm auto; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 2mm; }
h2 { font-size: 13pt; margin: 8mm 0 1mm; border-bottom: 0.6pt solid #888; break-after: avoid; }
p { margin: 1mm 0; } .said { text-align: center; } .mark { font-weight: bold; } .note { color: #555; font-size: 9pt; break-after: avoid; }
table { border-collapse: collapse; width: 99.8%; font-size: 9pt; margin: 2mm 0; }
th, td { border: 0.4pt solid #999; padding: 0.6mm 1.5mm; text-align: left; overflow-wrap: anywhere; }
th { background: #eee; white-space: nowrap; } thead { display: table-header-group; } tr { break-inside: avoid; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.word { white-space: nowrap; }
svg { display: block; margin: 2mm 0; } figure { margin: 0; break-inside: avoid; }
figcaption { font-size: 9.5pt; font-weight: bold; }
.figures { display: grid; grid-template-columns: 1fr 1fr; gap: 3mm 8mm; }
"""
_BAR: Final = 14
_GAP: Final = 6
_LABEL: Final = 118
_WIDTH: Final = 320
_VALUE: Final = 46
"""Measures of a chart: a bar, between bars, the names, the whole, the numbers."""
_WORD: Final = 12
"""So many characters of a cell are not broken."""
_SHADES: Final = ("#8c2f1f", "#c98b2b", "#4f7d5b", "#3d5a80", "#6b6b6b")


class Page:
    """An HTML page that is written from top to bottom."""

    def __init__(self, title: str, *said: str, mark: str) -> None:
        self._html = Element("html", lang="zh-CN")
        head = SubElement(self._html, "head")
        SubElement(head, "meta", charset="utf-8")
        SubElement(head, "title").text = shown(title)
        SubElement(head, "style").text = _STYLE
        self._body = SubElement(self._html, "body")
        self._figures: Element | None = None
        self.paragraph(mark, "mark")
        SubElement(self._body, "h1").text = shown(title)
        for line in said:
            self.paragraph(line, "said")

    def heading(self, text: str, note: str = "") -> None:
        """A heading, and the articles behind what follows."""
        SubElement(self._body, "h2").text = shown(text)
        self._figures = None
        if note:
            self.paragraph(note, "note")

    def paragraph(self, text: str, kind: str = "") -> None:
        """A paragraph."""
        attributes = {"class": kind} if kind else {}
        SubElement(self._body, "p", attributes).text = shown(text)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table whose headings come again on every printed page."""
        whole = SubElement(self._body, "table")
        top = SubElement(SubElement(whole, "thead"), "tr")
        for place, heading in enumerate(headings):
            counted = all(isinstance(row[place], (int, float)) for row in rows)
            SubElement(top, "th", {"class": "number"} if counted else {}).text = shown(heading)
        body = SubElement(whole, "tbody")
        for row in rows:
            line = SubElement(body, "tr")
            for cell in row:
                text = "" if cell is None else shown(str(cell))
                kind = (
                    "number"
                    if isinstance(cell, (int, float))
                    else "word"
                    if len(text) <= _WORD
                    else ""
                )
                SubElement(line, "td", {"class": kind} if kind else {}).text = text

    def bars(self, title: str, values: Sequence[tuple[str, int]]) -> None:
        """A chart of bars, each with its name and its number in words: no colour has to be told apart."""
        if self._figures is None:
            self._figures = SubElement(self._body, "div", {"class": "figures"})
        figure = SubElement(self._figures, "figure")
        SubElement(figure, "figcaption").text = shown(title)
        if not values:
            SubElement(figure, "p").text = "没有"
            return
        most = max(value for _, value in values) or 1
        height = len(values) * (_BAR + _GAP) + _GAP
        box = f"0 0 {_WIDTH} {height}"
        svg = SubElement(figure, "svg", viewBox=box, width="100%", role="img")
        SubElement(svg, "title").text = shown(title)
        for place, (name, value) in enumerate(values):
            top = _GAP + place * (_BAR + _GAP)
            text = {"y": str(top + _BAR - 3), "font-size": "11"}
            label = SubElement(svg, "text", {**text, "x": str(_LABEL - 6), "text-anchor": "end"})
            label.text = shown(_short(name))
            length = (_WIDTH - _LABEL - _VALUE) * value / most
            bar = {"x": str(_LABEL), "y": str(top), "width": f"{max(length, 0.5):.1f}"}
            SubElement(
                svg, "rect", {**bar, "height": str(_BAR), "fill": _SHADES[place % len(_SHADES)]}
            )
            number = SubElement(svg, "text", {**text, "x": f"{_LABEL + length + 5:.1f}"})
            number.text = str(value)

    def written(self) -> bytes:
        """The file."""
        text: str = tostring(self._html, encoding="unicode", method="html")
        return f"<!DOCTYPE html>\n{text}\n".encode()


def _short(name: str, most: int = 10) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
