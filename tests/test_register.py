"""What single acts do to the register: numbers, copies, compilations, reversals, cases."""

from datetime import date, datetime, time

import pytest
from attrs import evolve

from ledger import (
    EMPTY,
    Act,
    Amended,
    Circle,
    Circumstances,
    Level,
    Mark,
    Numbering,
    Opened,
    Redacted,
    check,
    propose,
)
from ledger.carrier import Document, Paper
from ledger.event import Excerpted, Filed
from ledger.event.access import SignInFailed
from ledger.notation.listing import row_of, rows
from ledger.place import AtUnit, Awaiting, Closed, Closing, InCabinet, InRoom, WithPerson
from ledger.register.balance import balance, whereabouts
from ledger.register.fold import after as folded_after
from ledger.register.fold import changes_of, fold, replay
from ledger.review import check_page
from tests.world import PACK, TODAY, act_of, world


def after(*cases):
    book = world()
    for case in cases:
        book = book.after(act_of(case))
    return book


def readings_of(book, document):
    keys = sorted(
        book.register.readers.get(document, ()), key=lambda key: int(key.partition("/")[0])
    )
    return [book.register.readings[key] for key in keys]


def custody(book, number):
    return book.register.carriers[number].custody


def test_numbers_follow_their_masks_by_kind_and_year():
    """Yearly series begin again each year, and the others run on."""
    book = after({"like": "receive", "on": "2026-06-01"}, {"like": "receive"}, "register")
    later = book.after(act_of("receive"), at=datetime(2027, 1, 4)).after(
        act_of({"like": "register", "serial": "N2"}), at=datetime(2027, 1, 4)
    )

    assert "WJ-2026-0008" in later.register.carriers
    assert later.register.carriers["WJ-2027-0001"].thing.incoming_no == "2027-密-0001"
    assert "JZ-0008" in later.register.carriers


def test_the_five_numbers_of_a_document_are_five_fields():
    """发文字号, 份号, 收文编号, 发文编号 and 载体编号 stand beside each other."""
    book = after(
        {"like": "receive", "doc_no": "示厅发〔2026〕9号", "copy_nos": "000123"},
        {"like": "dispatch", "carriers": "WJ-2026-0007"},
    )
    row = row_of(book.register, "WJ-2026-0007")

    assert row["number"] == "WJ-2026-0007"
    assert row["doc_no"] == "示厅发〔2026〕9号"
    assert row["copy_no"] == "000123"
    assert row["incoming_no"] == "2026-密-0006"
    assert row["outgoing_no"] == "2026-发-0001"


def test_a_void_number_stays_void():
    """A spoiled number keeps its place, and the next one follows it."""
    book = after({"act": "作废编号", "number": "JZ-0007", "reason": "打坏"}, "register")

    assert book.register.spoiled["JZ-0007"] == "打坏"
    assert "JZ-0007" not in book.register.carriers
    assert "JZ-0008" in book.register.carriers


def test_a_number_of_foreign_style_uses_up_none_of_ours():
    """A thing that keeps its old number leaves our series as it was."""
    book = after({"like": "register", "number": "旧-U-7"}, {"like": "register", "serial": "N2"})

    assert {"旧-U-7", "JZ-0007"} <= set(book.register.carriers)


OLD = {
    "act": "登记",
    "kind": "文件",
    "title": "旧件",
    "mark": "机密★5年",
    "issued_on": "2026-01-01",
}
STAMPED = OLD | {"incoming_no": "2026-密-0041", "outgoing_no": "2026-发-0007"}


def test_numbers_stamped_before_the_book_are_not_given_again():
    """A paper registered or amended with its old 收文编号 and 发文编号 moves both series past them."""
    old = after(STAMPED)
    twins = after(STAMPED, STAMPED)
    amended = old.after(
        {"act": "更正登记", "kind": "文件", "number": "WJ-2026-0007", "incoming_no": "2026-密-0050"}
    )
    came = [
        each.after(act_of("receive")).acts[-1].event.incoming_no for each in (old, twins, amended)
    ]

    assert came == ["2026-密-0042", "2026-密-0042", "2026-密-0051"]
    assert old.after(act_of("dispatch")).acts[-1].event.outgoing_no == "2026-发-0008"
    assert old.register.sequences["incoming/2026"].gaps == ()
    assert "2026-密-0041" not in old.register.idents


def test_copies_are_carriers_of_the_same_document():
    """Each photocopy has a number and a stamp of its own, and the original's level and circle."""
    book = after({"like": "copy", "copies": 2})
    first, second = (book.register.carriers[f"WJ-2026-000{n}"] for n in (7, 8))

    assert first.thing.document == second.thing.document == "WG-2026-0001"
    assert first.thing.stamp == "示范局复印 2026年6月15日 第1份/共2份 编号WJ-2026-0007"
    assert second.thing.stamp.endswith("第2份/共2份 编号WJ-2026-0008")
    assert book.register.level_of(first) is Level.机密
    assert first.thing.original == "WJ-2026-0001"


def test_a_compilation_remembers_its_parts_and_inherits_from_them():
    """Its mark is the highest and latest, its circle the common one, its day of issue today."""
    book = after("compile")
    document = book.register.document_of("WJ-2026-0007")

    assert document.made_from == ("WG-2026-0001", "WG-2026-0003")
    assert document.mark == Mark.parse("机密★2036年3月2日")
    assert document.issuer == "示范局"
    assert document.issued_on == TODAY
    people = book.register.people
    admitted = {number for number in people if document.circle.admits(people[number])}
    assert admitted == {"RY-003"}


def test_a_parts_change_lists_the_compilations_it_affects():
    """When a part is regraded, the compilations that no longer cover it are named at once."""
    book = after("compile")

    def noted(mark):
        proposal = book.propose(act_of({"like": "regrade", "mark": mark}))
        return [(f.rule, f.subject) for f in proposal.notes]

    assert noted("绝密★30年") == [("compilations_follow_their_parts", "WG-2026-0006")]
    assert noted("秘密★1年") == []


def test_an_excerpt_is_as_secret_as_its_source():
    """An excerpt on its own sheet takes over mark, issue and circle."""
    book = after("excerpt")
    source, document = (
        book.register.document_of(number) for number in ("WJ-2026-0001", "WJ-2026-0007")
    )

    assert (document.mark, document.circle, document.issued_on) == (
        source.mark,
        source.circle,
        source.issued_on,
    )
    assert document.title == "要点"
    assert document.made_from == ("WG-2026-0001",)


def test_an_excerpt_keeps_the_numbers_it_comes_with():
    """Each of its two numbers is kept where it is given, and given where it is not."""
    for numbers in (
        {},
        {"number": "WJ-2026-0900"},
        {"document": "WG-2026-0900"},
        {"number": "WJ-2026-0900", "document": "WG-2026-0900"},
    ):
        event = after({"like": "excerpt", **numbers}).acts[-1].event

        assert event.number == numbers.get("number", "WJ-2026-0007")
        assert event.document.number == numbers.get("document", "WG-2026-0006")


def test_an_excerpt_in_a_notebook_raises_what_it_holds():
    """A notebook that takes an excerpt holds its level."""
    book = after(
        {"act": "登记", "kind": "保密本", "level": "机密", "keeper": "陈刚"},
        {"like": "excerpt", "into": "BJ-2026-001", "without": ["title"]},
    )

    assert book.register.carriers["BJ-2026-001"].holds is Level.机密
    assert len(book.register.documents) == len(world().register.documents)


def test_a_regrade_notice_changes_all_copies_at_once():
    """Level and circle are the document's, so every copy follows its notice."""
    book = after(
        {"like": "regrade", "document": "WJ-2026-0001", "mark": "绝密★10年", "circle": "李国强"}
    )
    levels = [book.register.level_of(book.register.carriers[f"WJ-2026-000{n}"]) for n in (1, 2)]

    assert levels == [Level.绝密, Level.绝密]
    assert book.register.documents["WG-2026-0001"].circle == Circle.of(["李国强"])


def test_declassified_papers_have_no_level_and_keep_their_mark():
    """After declassification a paper is plain, and its old mark can still be seen."""
    book = after(
        {"act": "解密", "document": "WG-2026-0003", "notice_no": "1", "issuer": "示范省厅"}
    )
    document = book.register.documents["WG-2026-0003"]

    assert document.level is None
    assert document.mark == Mark.parse("秘密★5年")
    assert document.declassified_on == TODAY


MOVES = [
    (("circulate",), "WJ-2026-0001", WithPerson("RY-003", "传阅"), "传阅中"),
    (("lend",), "WJ-2026-0001", WithPerson("RY-003", "借阅", date(2026, 6, 30)), "借出"),
    (("lend", "return"), "WJ-2026-0001", InRoom(), "在室"),
    (("store",), "WJ-2026-0001", InCabinet("G-01", "1"), "在柜"),
    (
        ("dispatch", {"like": "confirm", "carriers": "WJ-2026-0001"}),
        "WJ-2026-0001",
        AtUnit("示范省厅", "发文"),
        "在外单位",
    ),
    (({"like": "hand_over", "to": "张华"},), "JZ-0001", Awaiting("RY-003", "RY-004"), "待签收"),
    (
        ({"like": "hand_over", "to": "张华"}, {"like": "confirm", "signed_by": "张华"}),
        "JZ-0001",
        WithPerson("RY-004", "使用"),
        "在用",
    ),
    (({"like": "hand_over", "to": "王敏"}, "confirm"), "JZ-0001", InRoom(), "在室"),
    (("carry_out", "bring_back"), "WJ-2026-0001", InRoom(), "在室"),
    (("repair",), "JSJ-0001", AtUnit("定点维修站", "维修"), "送修"),
    (
        ("repair", {"act": "修复取回", "carrier": "JSJ-0001", "new_disk_serial": "D2"}),
        "JSJ-0001",
        WithPerson("RY-003", "使用"),
        "在用",
    ),
    (("clear",), "WJ-2026-0001", Closed(Closing.CLEARED), "已清退"),
    (("archive",), "WJ-2026-0001", Closed(Closing.ARCHIVED), "已归档"),
    (("destroy",), "WJ-2026-0001", Closed(Closing.DESTROYED), "已销毁"),
    (("dispose",), "JSJ-0001", Closed(Closing.DISPOSED), "已处置"),
    (
        ("lost", {"act": "结案", "case": "AJ-2026-001", "outcome": "查无下落"}),
        "JZ-0001",
        Closed(Closing.LOST),
        "遗失结案",
    ),
    (
        ("lost", {"act": "找回", "carrier": "JZ-0001", "where": "会议室"}),
        "JZ-0001",
        InRoom(),
        "在室",
    ),
]


@pytest.mark.parametrize(("acts", "number", "where", "word"), MOVES)
def test_each_move_books_the_carrier_where_it_went(acts, number, where, word):
    """After each kind of move the carrier is in the custody the act says."""
    found = custody(after(*acts), number)

    assert found == where
    assert whereabouts(found) == word


def test_being_on_the_way_names_who_carries_it():
    """A carrier in transit is in the charge of its bearers, or of the channel."""
    assert str(custody(after("dispatch"), "WJ-2026-0001")) == "机要通信（往示范省厅）"
    assert whereabouts(custody(after("dispatch"), "WJ-2026-0001")) == "递送途中"
    assert whereabouts(custody(after("carry_out"), "WJ-2026-0001")) == "携带外出"


def test_a_new_keeper_stands_on_the_page():
    """After a confirmed hand-over the page names who answers for it now."""
    book = after({"like": "hand_over", "to": "张华"}, "confirm")

    assert book.register.carriers["JZ-0001"].thing.keeper == "RY-004"


def test_who_learned_a_document_is_kept_with_time_out_and_back():
    """The knowledge record has a line for each reader, closed when the paper is back."""
    book = world().after(act_of("circulate"), at=datetime(2026, 6, 15, 9, 30))
    book = book.after(act_of("return"), at=datetime(2026, 6, 15, 16, 5))
    book = book.after(
        {
            "act": "传阅",
            "carrier": "WJ-2026-0001",
            "reader": "李国强",
            "on": "2026-06-14",
            "time": "10:00",
        },
        at=datetime(2026, 6, 15, 17, 0),
    )
    first, second = readings_of(book, "WG-2026-0001")

    assert (
        first.person,
        first.out_at.isoformat("minutes"),
        first.back_at.isoformat("minutes"),
    ) == (
        "RY-003",
        "09:30",
        "16:05",
    )
    assert (second.out, second.out_at.hour, second.back) == (date(2026, 6, 14), 10, None)


def test_who_signs_for_a_paper_has_learned_it():
    """The knowledge record of a paper handed over begins when its new keeper signs, not before."""
    given = {"like": "hand_over", "carriers": "WJ-2026-0001"}
    signed = {"like": "confirm", "carriers": "WJ-2026-0001"}
    before, book = after(given), after(given, signed)
    officer = after(given | {"to": "王敏"}, signed | {"signed_by": "王敏"})

    assert readings_of(before, "WG-2026-0001") == []
    assert [r.person for r in readings_of(book, "WG-2026-0001")] == ["RY-003"]
    assert readings_of(book.after(act_of("return")), "WG-2026-0001")[0].back == TODAY
    assert readings_of(officer, "WG-2026-0001") == []


BACK_AGAIN = {
    "taken along and brought back": ("carry_out", "bring_back"),
    "lost and found": (
        {"like": "lost", "carrier": "WJ-2026-0001"},
        {"act": "找回", "carrier": "WJ-2026-0001", "where": "抽屉"},
    ),
}


@pytest.mark.parametrize("ways", BACK_AGAIN.values(), ids=BACK_AGAIN)
def test_a_reader_has_given_back_what_the_officer_has_again(ways):
    """However a paper that was lent comes back to the officer, its reader's line is closed."""
    out, back = map(act_of, ways)
    book = world().after(act_of("lend")).after(out)
    (reading,) = readings_of(book, "WG-2026-0001")
    assert reading.back is None

    book = book.after(back)
    (reading,) = readings_of(book, "WG-2026-0001")
    assert reading.back == TODAY
    assert not book.register.unreturned.get("WJ-2026-0001")


def test_a_past_fact_has_no_hour_unless_it_is_stated():
    """The moment of writing is not passed off as the hour of a fact of another day."""
    book = world().after(
        {"act": "传阅", "carrier": "WJ-2026-0001", "reader": "陈刚", "on": "2026-06-14"},
        at=datetime(2026, 6, 15, 17, 0),
    )

    (reading,) = readings_of(book, "WG-2026-0001")
    assert reading.out_at is None


def test_a_count_opens_a_case_for_what_is_missing():
    """What the book expects and nobody saw is a case; what was seen beyond it is noted."""
    book = after({"like": "count", "seen": "WJ-2026-0001、WJ-2026-0002、不认识的"})
    count = book.register.counts[""]
    (case,) = book.register.cases.values()

    assert count.missing == case.subjects
    assert count.extra == ("不认识的",)
    assert count.clearance_on == TODAY
    assert book.register.carriers["WJ-2026-0003"].missing == case.number
    assert row_of(book.register, "WJ-2026-0003")["status"] == "在室，遗失待查"


def test_what_is_known_to_be_missing_is_not_counted_missing_again():
    """A second count opens no second case for the same carriers."""
    book = after(
        {"like": "count", "seen": "WJ-2026-0001"}, {"like": "count", "seen": "WJ-2026-0001"}
    )

    assert len(book.register.cases) == 1


def test_one_cabinet_can_be_counted_alone():
    """A count of a cabinet expects what is in it and nothing else."""
    book = after("store", {"like": "count", "cabinet": "G-01", "seen": "", "clearance": "否"})

    assert book.register.counts["G-01"].missing == ("WJ-2026-0001",)
    assert book.register.counts["G-01"].clearance_on is None


def test_reports_stand_in_their_case():
    """The case shows who was told and when first."""
    book = after(
        "lost", {"act": "报告", "case": "AJ-2026-001", "to": "市保密局", "paper_no": "3号"}
    )
    case = book.register.cases["AJ-2026-001"]

    assert tuple(map(str, case.reports)) == ("2026-06-15 市保密局 3号",)
    assert case.reported_on == TODAY


def test_voiding_restores_what_stood_before():
    """A reversal undoes the effect, and both lines stay in the book."""
    moved = after("circulate")
    voided = moved.after(act_of({"like": "void", "voids": moved.register.acts}))

    assert voided.register.carriers == world().register.carriers
    assert voided.register.readings == world().register.readings
    assert len(voided.acts) == len(world().acts) + 2


def test_voiding_a_registration_leaves_the_number_void():
    """A page written by mistake stays, closed as void, and its number is never given again."""
    made = after("register")
    voided = made.after(act_of({"like": "void", "voids": made.register.acts}))
    again = voided.after(act_of("register"))

    assert custody(voided, "JZ-0007") == Closed(Closing.VOIDED)
    assert "JZ-0008" in again.register.carriers


def test_voiding_a_person_takes_the_page_away_and_keeps_the_number_used():
    """Somebody registered by mistake is gone from the register, and the next one has a new number."""
    made = after({"act": "登记", "kind": "人员", "name": "误登"})
    voided = made.after(act_of({"like": "void", "voids": made.register.acts}))

    assert "RY-006" not in voided.register.people
    assert (
        "RY-007"
        in voided.after(
            act_of(
                {
                    "like": "register",
                    "act": "登记",
                    "kind": "人员",
                    "name": "再登",
                    "without": ["level", "serial", "keeper"],
                }
            )
        ).register.people
    )


def test_a_reversal_can_itself_be_reversed():
    """Voiding an act that voided another brings the first one's effect back."""
    moved = after("circulate")
    n = moved.register.acts
    twice = moved.after(act_of({"like": "void", "voids": n})).after(
        act_of({"like": "void", "voids": n + 1})
    )

    assert custody(twice, "WJ-2026-0001") == WithPerson("RY-003", "传阅")
    assert fold(twice.acts) == twice.register


def test_what_an_act_changed_can_be_found_again():
    """The changes of any act are known from the acts up to it, and unknown acts changed nothing."""
    book = after("store")

    (change,) = changes_of(book.acts, book.register.acts)
    assert (change.table, change.key) == ("carriers", "WJ-2026-0001")
    assert changes_of(book.acts, 999) == ()


def test_a_regrade_moves_copies_between_the_lines_of_the_balance():
    """Papers that change level leave one line of the balance and enter another."""
    book = after({"like": "regrade", "document": "WG-2026-0001", "mark": "绝密★10年"}, "destroy")
    found = balance(book.acts, date(2026, 6, 1), date(2026, 6, 30))
    lines = {line.level: line for line in found.lines if line.kind == "paper"}

    assert lines["机密"].went == {"变更转出": 2}
    assert lines["绝密"].came == {"变更转入": 2}
    assert lines["绝密"].went == {"已销毁": 1}
    assert found.holds


def test_a_carrier_that_comes_back_from_the_dead_is_booked_in_again():
    """A destroyed carrier that turns up is back in the balance, with its breach on record."""
    book = after("destroy", "circulate")
    found = balance(book.acts, date(2026, 6, 1), date(2026, 6, 30))
    (line,) = (line for line in found.lines if (line.kind, line.level) == ("paper", "机密"))

    assert line.came == {"恢复在账": 1}
    assert line.went == {"已销毁": 1}
    assert found.holds


def test_an_empty_book_balances():
    """No acts, no lines, nothing out of balance."""
    found = balance((), date(2026, 1, 1), date(2026, 12, 31))

    assert found.lines == ()
    assert found.holds
    assert fold(()) is EMPTY


def test_a_moved_computer_stands_elsewhere_with_the_same_keeper():
    """Moving changes the place on the page and not who answers for it."""
    book = after({"act": "移位", "carriers": "JSJ-0001、WJ-2026-0001", "place": "5楼"})

    assert book.register.carriers["JSJ-0001"].thing.place == "5楼"
    assert custody(book, "JSJ-0001") == custody(world(), "JSJ-0001")
    assert book.register.carriers["WJ-2026-0001"] == world().register.carriers["WJ-2026-0001"]


def test_pages_of_every_kind_can_be_amended():
    """Cabinets, sites, people, units, carriers and documents show what is true now."""
    for kind, number, field, value in (
        ("柜", "G-01", "place", "3楼"),
        ("场所", "CS-01", "place", "1楼"),
        ("人员", "RY-005", "phone", "1234"),
        ("外单位", "DW-001", "contact", "李"),
        ("计算机", "JSJ-0001", "ip", "10.0.0.1"),
        ("文稿", "WG-2026-0001", "doc_no", "1号"),
        ("组织", "ZZ-01", "remark", "调整"),
        ("手机", "SJ-001", "model", "国产"),
        ("邮箱", "YX-01", "remark", "停用"),
    ):
        book = after({"act": "更正登记", "kind": kind, "number": number, field: value})
        assert row_of(book.register, number)[field] == value


def test_rows_of_every_kind_begin_with_the_same_columns():
    """Whatever its kind, a row has number, kind, level, name and so on, in the order they came."""
    from ledger.notation.listing import COLUMNS
    from ledger.notation.words import KINDS

    for name, _ in KINDS.values():
        found = list(rows(world().register, name))
        assert all(tuple(row)[: len(COLUMNS)] == COLUMNS for row in found)
        numbers = [row["number"] for row in found]
        assert numbers == sorted(numbers, key=world().register.idents.__getitem__)


def test_an_unknown_number_has_no_row():
    """Asking for a number that is not in the book is an error of the asker."""
    with pytest.raises(KeyError):
        row_of(world().register, "X")


def test_people_are_found_by_number_or_by_a_name_only_one_has():
    """A name two people share names nobody."""
    book = after({"act": "登记", "kind": "人员", "name": "陈刚"})

    assert world().register.person("陈刚").number == "RY-003"
    assert book.register.person("陈刚") is None
    assert book.register.person("RY-003").name == "陈刚"
    assert book.register.person("") is None


def test_extended_papers_may_stay():
    """An agreed extension stands on the page of each paper."""
    thing = after("extend").register.carriers["WJ-2026-0001"].thing

    assert isinstance(thing, Paper)
    assert thing.keep_until == date(2028, 12, 31)


def test_a_case_closed_after_the_find_writes_nothing_off():
    """What came back stays in the book when its case is closed."""
    book = after(
        "lost",
        {"act": "找回", "carrier": "JZ-0001", "where": "会议室"},
        {"act": "结案", "case": "AJ-2026-001", "outcome": "找回"},
    )

    assert custody(book, "JZ-0001") == InRoom()
    assert book.register.cases["AJ-2026-001"].closed == TODAY


def test_papers_handed_over_have_no_keeper_on_their_page():
    """A paper's custody says who has it; its page has no keeper to change."""
    book = after(
        {"like": "hand_over", "carriers": "WJ-2026-0001"},
        {"like": "confirm", "carriers": "WJ-2026-0001"},
    )

    assert custody(book, "WJ-2026-0001") == WithPerson("RY-003", "使用")


def test_a_repair_without_a_new_disk_changes_no_page():
    """A machine comes back as it went unless a part was replaced."""
    book = after("repair", {"act": "修复取回", "carrier": "JSJ-0001"})

    thing = world().register.carriers["JSJ-0001"].thing
    assert book.register.carriers["JSJ-0001"].thing == thing


def test_a_document_may_keep_a_number_of_foreign_style():
    """A text that comes with a number of its own keeps it."""
    book = after({"like": "receive", "document": "旧文-7"})

    assert book.register.document_of("WJ-2026-0007").number == "旧文-7"


@pytest.mark.parametrize(
    "event",
    [
        Filed(computer="JZ-0001", filed_no="1"),
        Excerpted(source="JZ-0001", document=Document(number="旧文-7"), number="旧件-7"),
    ],
    ids=["a filing of a drive", "an excerpt from a drive"],
)
def test_an_act_about_the_wrong_kind_of_thing_changes_no_page_of_it(event):
    """What an earlier program let through is folded as it stands and leaves the drive's page alone."""
    register = world().register
    act = Act(n=register.acts + 1, on=TODAY, at=datetime(2026, 6, 15), by="王敏", event=event)
    folded, _ = folded_after(register, act, {})

    assert folded.carriers["JZ-0001"] == register.carriers["JZ-0001"]
    assert folded.acts == act.n


def test_a_spoiled_number_of_no_series_is_kept():
    """A number from elsewhere can be spoiled, and stands with its reason."""
    spoiled = after({"act": "作废编号", "number": "别处-1", "reason": "贴错"})

    assert spoiled.register.spoiled["别处-1"] == "贴错"


def test_a_new_keeper_named_by_amendment_answers_for_what_is_in_use():
    """A computer or drive in somebody's use follows its page to the keeper now named."""
    machine = after({"act": "更正登记", "kind": "计算机", "number": "JSJ-0001", "keeper": "张华"})
    drive = after({"act": "更正登记", "kind": "介质", "number": "JZ-0001", "keeper": "张华"})
    lent = after(
        {"like": "hand_over", "carriers": "JZ-0001", "to": "王敏"},
        {"like": "confirm", "carriers": "JZ-0001"},
        {"like": "lend", "carrier": "JZ-0001"},
        {"act": "更正登记", "kind": "介质", "number": "JZ-0001", "keeper": "张华"},
    )

    assert custody(machine, "JSJ-0001") == WithPerson("RY-004", "使用")
    assert custody(drive, "JZ-0001") == WithPerson("RY-004", "使用")
    assert custody(lent, "JZ-0001").person == "RY-003"


def test_what_an_act_changes_is_in_one_order():
    """A paper passed on by five readers closes five readings, oldest first in every process."""
    book = world()
    for _ in range(5):
        book = book.after(act_of("circulate"))
    proposal = book.propose(act_of("return"))
    closed = [change.key for change in proposal.changes if change.table == "readings"]

    assert closed == sorted(closed, key=lambda key: int(key.partition("/")[0]))
    assert len(closed) == 5


def test_a_pledge_signed_twice_stands_once():
    """Signing the same letter again adds nothing to how somebody stands."""
    book = after("pledge", "pledge")

    assert book.register.standings["XR-01"].pledges == ("保密责任书",)


def test_nobody_unregistered_is_credited_with_hours():
    """Hours of somebody the register does not know are on the line and on no page."""
    book = after({"like": "train", "attendees": "孙丽、路人甲"})

    assert book.register.standings["XR-01"].hours == ((2026, 16),)
    assert "路人甲" not in book.register.standings


def test_only_papers_are_learned_by_reading():
    """Consulting a medium leaves no knowledge record, a paper beside it does."""
    book = after({"like": "consult", "carriers": "JZ-0002、WJ-2026-0003"})

    assert [reading.carrier for reading in book.register.readings.values()] == ["WJ-2026-0003"]


def test_a_person_who_gets_another_role_keeps_the_first():
    """Roles find the people who have them after each change of them."""
    book = world()
    person = next(each for each in book.register.people.values() if each.roles)
    more = Amended(thing=evolve(person, roles=frozenset({*person.roles, "讲解员"})))
    when = Circumstances(at=datetime.combine(TODAY, time()))
    register = propose(more, register=book.register, pack=PACK, circumstances=when).register

    assert person.number in register.posts["讲解员"]
    assert all(person.number in register.posts[role] for role in person.roles)


def test_what_was_voided_can_be_told_to_the_replay():
    """Whoever knows what is voided replays a history without looking through it first."""
    moved = after("circulate")
    acts = moved.after(act_of({"like": "void", "voids": moved.register.acts})).acts

    assert fold(acts, voided=frozenset({moved.register.acts})) == fold(acts)


def test_a_page_has_no_more_labels_than_its_codes_can_tell_apart():
    """After 99 labels the next one is refused, since a code has two digits for it."""
    book = after("label", *[{"like": "label", "reason": "磨损"}] * 98)
    proposal = book.propose(act_of({"like": "label", "reason": "磨损"}), happened="x")

    assert len(book.register.labels["JZ-0001"].issues) == 99
    assert proposal.refused
    assert "编不下去了" in str(proposal.findings[0])


def test_a_label_shows_what_its_page_did_when_it_was_printed():
    """The label's record keeps level, number, keeper and department of that moment."""
    book = after(
        "label", {"act": "更正登记", "kind": "介质", "number": "JZ-0001", "keeper": "张华"}
    )
    (issue,) = book.register.labels["JZ-0001"].issues

    assert (issue.n, issue.shown.level, issue.shown.keeper) == (1, "机密", "RY-003")
    assert list(book.register.bearers[str(book.register.idents["JZ-0001"])]) == ["JZ-0001"]
    assert row_of(book.register, "JZ-0001")["keeper"] == "张华"


def test_blank_labels_have_numbers_and_running_numbers_of_their_own():
    """Blank labels are numbered like everything else, and never share a running number with a page."""
    book = after("blanks", "register", "blanks")
    idents = book.register.idents

    assert sorted(n for n in idents if n.startswith("KB")) == [f"KB-{n:05}" for n in (1, 2, 3, 4)]
    assert len(set(idents.values())) == len(idents)


def test_a_key_change_touches_no_page():
    """The change of the labels' key stands in the book and changes nothing else."""
    book = after("new_key")

    assert book.register.carriers == world().register.carriers
    assert book.register.labels == world().register.labels


def test_acts_that_are_voided_can_be_told_beforehand():
    """Told which acts a later one voids, a replay comes to the same without looking for them."""
    book = after("circulate", {"like": "void", "voids": 45})
    *_, (_, _, register, _) = replay(iter(book.acts), voided={45})

    assert register == book.register


def test_a_text_is_blanked_only_where_there_is_a_page():
    """What is to be blanked on the page of a number nobody was given is refused."""
    event = Redacted(subject="没有的号", field="title", reason="误录")
    when = Circumstances(at=datetime(2026, 6, 15, 9, 0))
    found = propose(event, register=world().register, pack=PACK, circumstances=when)

    assert found.refused
    assert [f.subject for f in found.findings] == ["没有的号"]


def test_a_room_without_papers_owes_no_count_of_them():
    """The monthly count and the quarterly clearance are of papers, and ask nothing of a room with none."""
    opened = Act(
        n=1,
        on=TODAY,
        at=datetime(2026, 1, 1, 9, 0),
        by="保密员",
        event=Opened(unit="局", level=Level.机密, pack="jiangmen", numbering=Numbering()),
    )
    rules = {finding.rule for finding in check(fold([opened]), PACK, TODAY)}

    assert not rules & {"counted_every_month", "checked_every_quarter"}


def test_a_person_given_another_role_is_found_under_both():
    """A role that stays and one that comes are both found; one that goes is not."""
    more = after(
        {"act": "更正登记", "kind": "人员", "number": "RY-001", "roles": "保密员、通信员"}
    ).register
    other = after(
        {"act": "更正登记", "kind": "人员", "number": "RY-001", "roles": "通信员"}
    ).register

    assert "RY-001" in more.posts["保密员"]
    assert "RY-001" in more.posts["通信员"]
    assert "RY-001" not in other.posts["保密员"]


def test_a_failed_sign_in_of_nobody_touches_no_page():
    """A failed try under a name that is no operator's counts against nobody."""
    before = world().register
    act = Act(
        n=before.acts + 1,
        on=TODAY,
        at=datetime.combine(TODAY, time(9)),
        by="路人甲",
        event=SignInFailed(),
    )

    assert fold([act], before).operators == before.operators


def test_a_page_alone_is_told_what_the_whole_check_tells_of_it():
    """What the rules say of one page is what they say of it among all the others."""
    register = world().register
    page = register.carriers["JZ-0001"]
    alone = set(check_page(page, register, PACK, TODAY))

    assert alone
    assert alone == {f for f in check(register, PACK, TODAY) if f.subject == "JZ-0001"}
