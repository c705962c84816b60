"""The manual and the page of articles, generated from the code and never behind it."""

import pytest

from ledger.manual import chapter, chapters
from ledger.notation.words import ACTS
from ledger.regulation import BOOK_ORDER, COMPENDIUM, LOCAL
from tests.manual import DOCS, pages

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(DOCS)))
def test_each_generated_page_is_up_to_date(path):
    """What is in docs is what the code would write today."""
    assert path.read_text("utf-8") == PAGES[path]


def test_no_page_is_left_over():
    """The manual has no page of a 制度 that is gone."""
    kept = set((DOCS / "manual").glob("*.md"))

    assert kept == {path for path in PAGES if path.parent.name == "manual"}


def test_every_regulation_has_its_chapter():
    """Twenty 制度 of the compendium and nine of single units, each with something to say."""
    found = {each.regulation.short: each for each in chapters()}

    assert list(found) == [each.short for each in (*COMPENDIUM, *LOCAL)]
    assert len({each.file for each in found.values()}) == len(found)
    for each in found.values():
        assert len(each.opening) > 20
        assert each.refused or each.due or each.kept
        assert set(each.acts) <= set(ACTS.values())


def test_a_chapter_is_a_value_a_screen_can_show():
    """Its lines name articles, gists and what holds them, without a word of code."""
    found = chapter(COMPENDIUM[9])
    lines = (*found.refused, *found.due, *found.kept, *found.left)

    assert len(lines) == 93
    assert all(line.articles and line.gist and line.held for line in lines)
    assert not any("_" in told for line in lines for told in line.held)
    assert found.notes


def test_a_text_without_a_chapter_is_said_to_have_none():
    """The book's own order is told elsewhere."""
    with pytest.raises(KeyError):
        chapter(BOOK_ORDER)


def test_superseded_law_is_not_printed():
    """Neither the old implementing measures nor the old criminal code stand in the manual."""
    for path, text in PAGES.items():
        if path.parent.name == "manual":
            assert "实施办法" not in text, path
            assert "一百八十六" not in text, path
