"""Who sees what of a register: titles by category and circle, numbers for everybody."""

import pytest
from attrs import evolve

from ledger.access import OperatorRole
from ledger.level import Level
from ledger.place import Awaiting, InRoom, InTransit, WithPerson
from ledger.register.pages import Pages
from ledger.sight import HIDDEN, UNOPENED, NotShown, reads_page, seen_by, sight_of, top_secret
from ledger.text import Ciphertext
from tests.world import TODAY, by, guarded

SECRETS = ("WJ-2026-0001", "WJ-2026-0003", "WJ-2026-0004", "WJ-2026-0006")
"""机密 for 李国强 and 陈刚; 绝密 for 李国强; 秘密 for 办公室 and 陈刚; 机密 for nobody yet."""
READS = {
    "王敏": "1111",  # the officer, 核心
    "李国强": "1100",
    "陈刚": "1010",  # 重要: not 绝密 even if he were in the circle
    "张华": "0000",  # the system administrator, though 秘密 is for his office
    "赵明": "0000",
    "导入程序": "0000",
    "没有此人": "0000",
}


def sight(name, register=None):
    return sight_of(register or guarded().register, name, TODAY)


@pytest.mark.parametrize(("name", "cells"), READS.items())
def test_titles_are_read_by_category_and_circle(name, cells):
    """Who may read a title is said document by document, and everybody else sees that there is one."""
    register = guarded().register
    seen = seen_by(register, sight(name, register))
    for number, cell in zip(SECRETS, cells, strict=True):
        shown, real = seen.document_of(number), register.document_of(number)
        assert (shown == real) == (cell == "1")
        assert shown.level is real.level
        assert shown.mark == real.mark
        assert (shown.title == HIDDEN) == (cell == "0")
        if cell == "0":
            assert (shown.circle, shown.issuer, shown.doc_no) == (None, "", "")
    assert seen.document_of("WJ-2026-0005").title == "会议日程"


def test_what_is_hidden_is_still_counted_and_found():
    """A register seen by somebody has as many pages as before, under the same numbers."""
    register = guarded().register
    seen = seen_by(register, sight("赵明"))
    for table in ("carriers", "documents", "readings", "cases", "meetings", "supplies"):
        assert list(getattr(seen, table)) == list(getattr(register, table))
        assert len(getattr(seen, table)) == len(getattr(register, table))


def test_the_officer_of_the_highest_category_sees_the_register_itself():
    """Whoever may see everything is not made to wait for it."""
    register = guarded().register

    assert seen_by(register, sight("王敏")) is register
    lower = evolve(sight("王敏"), level=min(type(sight("王敏").level)))
    assert seen_by(register, lower).document_of("WJ-2026-0001").title == HIDDEN


HOLDERS = {
    "store": (InRoom(), "without its cabinet"),
    "circulate": (WithPerson(HIDDEN, "传阅"), "without the reader"),
    "carry_out": (InTransit((HIDDEN,), HIDDEN, "携带外出"), "without the bearers"),
    "hand_over": (Awaiting(HIDDEN, HIDDEN), "without giver and receiver"),
}


def moved(name):
    """The register after one of the sample moves, as a fact, and the carrier that moved."""
    from tests.world import WORLD

    book = guarded()
    raw = dict(WORLD["like"][name])
    after = book.after(raw, **by(book, "王敏"))
    numbers = raw.get("carrier") or raw["carriers"]
    return after.register, numbers.split("、")[0]


@pytest.mark.parametrize("name", HOLDERS)
def test_where_a_secret_is_shows_no_name(name):
    """Who has a secret, and in which cabinet it lies, is not told to those it does not concern."""
    register, number = moved(name)
    shown = seen_by(register, sight("赵明")).carriers[number]

    assert shown.custody == HOLDERS[name][0]
    assert shown.thing.number == number


def test_readers_of_a_hidden_document_are_hidden():
    """The knowledge record of a document is read by those who may read the document."""
    register, number = moved("circulate")
    (line,) = register.readers[register.document_of(number).number]
    real = register.readings[line]

    assert seen_by(register, sight("陈刚")).readings[line] == real
    assert seen_by(register, sight("赵明")).readings[line].person == HIDDEN


def test_media_are_seen_by_category():
    """A medium's keeper and serial are for whom its level is; one without level is everybody's."""
    register = guarded().register
    seen = seen_by(register, sight("陈刚"))

    assert seen.carriers["JZ-0001"] == register.carriers["JZ-0001"]
    assert (seen.carriers["JZ-0002"].thing.serial, seen.carriers["JZ-0002"].thing.keeper) == (
        "",
        "",
    )
    assert seen.carriers["JZ-0002"].thing.level is register.carriers["JZ-0002"].thing.level
    assert seen.carriers["JZ-0004"] == register.carriers["JZ-0004"]


def test_a_leak_of_a_higher_level_shows_no_content():
    """A case about something of a level somebody has no business with keeps its number only."""
    book = guarded()
    leak = {"act": "泄密", "level": "绝密", "content": "专项方案", "circumstances": "遗失"}
    register = book.after(leak, **by(book, "王敏")).register
    (number,) = [n for n, case in register.cases.items() if case.content]

    assert seen_by(register, sight("李国强", register)).cases[number].content == "专项方案"
    assert seen_by(register, sight("陈刚", register)).cases[number].content == ""


def test_who_has_left_or_was_removed_reads_nothing():
    """A person who has left, an operator who was removed and an officer without category see no title."""
    register = guarded().register
    gone = evolve(register.people["RY-002"], left_on=TODAY)
    left = evolve(register, people=_with(register.people, "RY-002", gone))
    removed = evolve(register.operators["RY-002"], removed="调离")
    without = evolve(register, operators=_with(register.operators, "RY-002", removed))
    plain = evolve(register.people["RY-001"], category=None)
    uncategorised = evolve(register, people=_with(register.people, "RY-001", plain))

    assert sight("李国强", left).level is None
    assert sight("李国强", without).level is None
    assert sight("王敏", uncategorised).level is None
    assert sight("王敏", uncategorised).keeps


def _with(table, key, page):
    draft = table.working()
    draft[key] = page
    return draft.finish()


def test_system_administrators_read_nothing_whatever_else_they_are():
    """Keeping the system running goes with no titles, even beside a role that reads."""
    register = guarded().register
    both = evolve(
        register.operators["RY-004"], roles=frozenset({OperatorRole.SYSTEM, OperatorRole.SECRECY})
    )

    assert (
        sight("张华", evolve(register, operators=_with(register.operators, "RY-004", both))).level
        is None
    )


def test_only_the_officer_asks_about_everything():
    """Reports of the whole room are his who keeps it."""
    sight("王敏").refuse_outsiders()
    with pytest.raises(NotShown):
        sight("李国强").refuse_outsiders()


def test_top_secrets_that_are_read_are_named_once():
    """Of some numbers those of 绝密 documents are told, papers for their documents, if he may read them."""
    register = guarded().register
    numbers = ("WJ-2026-0003", "WG-2026-0002", "WJ-2026-0001", "JZ-0002", "没有")

    assert top_secret(register, sight("李国强"), numbers) == ("WG-2026-0002",)
    assert top_secret(register, sight("陈刚"), numbers) == ()


def test_requests_are_called_by_their_purpose():
    """A request has the name of what it is for."""
    from ledger.event.access import Wanted
    from ledger.register.access import Request

    request = Request(
        number="SP-1", applicant="RY-003", on=TODAY, act=1, wanted=Wanted(None), purpose="起草"
    )
    assert request.name == "起草"


def test_the_whole_register_is_for_officers_whose_category_reaches_it():
    """Who is no officer, or not of the category, is told so instead of shown a list of everything."""
    officer = sight("王敏")

    officer.refuse_outsiders(Level.绝密)
    with pytest.raises(NotShown, match="由涉密类别够得上本室密级的保密员"):
        evolve(officer, level=Level.秘密).refuse_outsiders(Level.机密)
    with pytest.raises(NotShown, match="由保密员登录"):
        sight("李国强").refuse_outsiders()


def test_a_top_secret_title_is_shown_once_it_is_opened():
    """Whoever reads 绝密 sees its title only where he opened it, and is told that it is there."""
    register = guarded().register
    (number,) = (n for n in SECRETS if register.document_of(n).level is Level.绝密)
    document = register.document_of(number).number
    closed = evolve(sight("王敏", register), opened=())

    assert seen_by(register, closed).document_of(number).title == UNOPENED
    assert (
        seen_by(register, evolve(closed, opened=(document,))).document_of(number).title != UNOPENED
    )
    assert not reads_page(register, closed, document)
    assert reads_page(register, closed, "JZ-0001")
    assert reads_page(register, closed, "没有")


def test_a_sealed_title_stays_as_it_is_for_whoever_may_not_read_it():
    """What is sealed hides itself, and goes back to the book as it came."""
    register = guarded().register
    document = register.document_of("WJ-2026-0001")
    sealed = evolve(document, title=Ciphertext("token", "title"))
    register = evolve(register, documents=Pages({document.number: sealed}))

    shown = seen_by(register, sight("张华")).document_of("WJ-2026-0001")
    assert (shown.title, shown.doc_no) == (sealed.title, "")
