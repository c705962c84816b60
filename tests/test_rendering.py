"""Forms on paper: LibreOffice prints them on the pages they should fill, every word in its place."""

import re
import tomllib
from pathlib import Path

import pytest

from ledger.books import BOOKS
from ledger.forms.docx import docx
from ledger.forms.form import form_named, shipped
from ledger.forms.layout import laid_out
from ledger.forms.xlsx import xlsx
from ledger.notation.words import KIND_LABELS
from ledger.room.filling import Subject
from ledger.room.paperwork import book_content, paper_of, register_of, table
from tests.rendering import OFFICE, pages, printed, smallest_pt, words
from tests.showroom import Showroom

CASES = tomllib.loads((Path(__file__).parent / "cases" / "forms.toml").read_text("utf-8"))
FILLED = {
    "inspection": (),
    "count_sheet": ("G-01",),
    "count_record": (),
    "destruction_list": ("WJ-2026-0006", "WJ-2026-0007"),
    "clearance_list": ("WJ-2026-0001", "WJ-2026-0002"),
    "loan_slip": ("WJ-2026-0006",),
    "circulation_slip": ("WJ-2026-0001",),
    "hand_over_list": ("陈刚",),
    "carry_out_sheet": ("JZ-0001",),
    "copy_register": (),
    "leak_report": ("AJ-2026-002",),
    "leak_closing": ("AJ-2026-002",),
    "closing_papers": ("AJ-2026-002",),
}

REGISTERS = ("paper", "computer")
"""Registers of too many columns for a page."""
READABLE_PT = 6.5

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed"),
]


@pytest.fixture(name="show", scope="module")
def _show(tmp_path_factory):
    return Showroom(tmp_path_factory.mktemp("show") / "room")


@pytest.fixture(name="paper", scope="module")
def _paper(show, tmp_path_factory):
    """Every form blank and filled, as DOCX and as XLSX, and every book, printed in one go."""
    documents = {}
    for name in shipped():
        blank = laid_out(form_named(name), {})
        documents[f"{name}.docx"] = docx(blank)
        documents[f"sheet-{name}.xlsx"] = xlsx(blank)
    for name, numbers in FILLED.items():
        filled = paper_of(show.room, name, Subject(numbers=numbers), {}).layout
        documents[f"filled-{name}.docx"] = docx(filled)
        documents[f"filled-sheet-{name}.xlsx"] = xlsx(filled)
    for book in BOOKS:
        content = book_content(show.room, book, Subject())
        documents[f"book-{book.name}.docx"] = table(content, "docx")
        documents[f"grid-{book.name}.xlsx"] = table(content, "xlsx")
    for kind in REGISTERS:
        documents[f"register-{kind}.xlsx"] = table(register_of(show.room, kind), "xlsx")
    return printed(documents, tmp_path_factory.mktemp("pdf"))


def missing(name, text):
    at = 0
    for word in CASES[name]["words"]:
        plain = re.sub(r"\s", "", word)
        found = text.find(plain, at)
        if found < 0:
            return word
        at = found + len(plain)
    return ""


@pytest.mark.parametrize("name", shipped())
def test_a_form_fills_its_pages_with_every_word_in_order(paper, name):
    """A blank form has the pages it should, and all its words stand in the order of its cells."""
    pdf = paper[f"{name}.docx"]

    assert pages(pdf) == CASES[name]["pages"] == form_named(name).pages
    assert missing(name, words(pdf)) == ""


@pytest.mark.parametrize("name", shipped())
def test_a_form_prints_from_a_spreadsheet_as_well(paper, name):
    """The same form as a spreadsheet has all its words on as many pages."""
    pdf = paper[f"sheet-{name}.xlsx"]
    text = words(pdf)

    assert pages(pdf) == CASES[name]["pages"]
    lost = [w for w in CASES[name]["words"] if re.sub(r"\s", "", w) not in text]
    assert lost == []


@pytest.mark.parametrize("name", FILLED)
def test_a_filled_form_has_no_more_pages_than_a_blank_one(paper, name):
    """What the ledger fills in fits where a person would have written it."""
    assert pages(paper[f"filled-{name}.docx"]) == CASES[name]["pages"]
    assert pages(paper[f"filled-sheet-{name}.xlsx"]) == CASES[name]["pages"]


def test_ticks_on_paper_match_the_data(paper):
    """The boxes that are black on the page are those the book says yes to."""
    text = words(paper["filled-inspection.docx"])

    assert "■绝密□机密□秘密" in text
    assert "□齐全■外借2份■复印2份" in text


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.title)
@pytest.mark.parametrize("way", ["book", "grid"])
def test_books_print_with_title_and_headings(paper, book, way):
    """A book on paper has its title, its unit, every heading, and numbered pages."""
    pdf = paper[f"{way}-{book.name}.{'docx' if way == 'book' else 'xlsx'}"]
    text = words(pdf)

    assert text.count(book.title) >= 1
    assert "单位：示范局（盖章）" in text
    assert "第1页" in text
    assert [head for _, head in book.columns if head not in text] == []
    assert pages(pdf) >= 1


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.title)
def test_a_book_from_a_spreadsheet_can_be_read(paper, book):
    """A book printed from a workbook has all its columns on one page, in words that can be read."""
    pdf = paper[f"grid-{book.name}.xlsx"]

    assert pages(pdf) == 1
    assert smallest_pt(pdf) >= READABLE_PT


@pytest.mark.parametrize("kind", REGISTERS)
def test_a_wide_register_goes_on_over_pages_side_by_side(paper, kind):
    """A register of many columns is no smaller for that: each page has the numbers, one the title."""
    pdf = paper[f"register-{kind}.xlsx"]
    text = words(pdf)

    assert pages(pdf) > 1
    assert smallest_pt(pdf) >= READABLE_PT
    first = "WJ-2026-0001" if kind == "paper" else "JSJ-0001"
    assert text.count(first) >= pages(pdf)
    assert text.count(f"{KIND_LABELS[kind]}登记") == 1
    assert text.count("单位：") == 1


def test_headings_are_repeated_on_every_page(show, tmp_path):
    """A long list has its headings at the top of each page, and says which page of how many."""
    layout = laid_out(
        form_named("destruction_list"),
        {"carriers": [{"at": n, "number": f"WJ-2026-{n:04}"} for n in range(1, 61)], "total": 60},
    )
    pdf = printed({"long.docx": docx(layout)}, tmp_path)["long.docx"]
    text = words(pdf)

    assert pages(pdf) > 1
    assert text.count("原收文编号") == pages(pdf)
    assert f"第2页共{pages(pdf)}页" in text
    assert text.count("监销人（保密员）签字") == 1
