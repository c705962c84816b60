"""What goes out comes back as it was: every register, in every form, after any history."""

import json

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.carrier import Paper
from ledger.exchange.directions import Directions
from ledger.exchange.export import FORMATS, register_content, written
from ledger.exchange.importing import plan_source
from ledger.exchange.source import Source
from ledger.level import Level, Sensitivity
from ledger.notation.listing import rows
from ledger.notation.words import KIND_LABELS
from ledger.register.register import Register
from ledger.room import Room
from ledger.spreadsheet import TooLong
from ledger.text import InvalidText, clean
from tests.histories import HISTORIES, play
from tests.world import Book, world

WAYS = [*((form, False) for form in FORMATS), ("csv", True)]
"""Every form, and the CSV for programs."""


def back(register: Register, kind: str, form: str, for_programs: bool, **said):  # noqa: FBT001
    content = register_content(register, kind)
    raw = written(content, form, for_programs=for_programs)
    return plan_source(Source(f"x.{form}", raw), register, Directions(kind=kind, **said))


def nothing_new(plan, count):
    return (len(plan.unchanged), plan.new, plan.updated, plan.closures, plan.faults, plan.held) == (
        *(count, (), (), (), (), ()),
    )


@pytest.mark.parametrize("kind", KIND_LABELS)
@pytest.mark.parametrize(("form", "plain"), WAYS)
@pytest.mark.parametrize("mode", ["create", "upsert"])
def test_every_register_reads_back_as_it_was(kind, form, plain, mode):
    """Nothing is new and nothing is changed, for workbooks, CSV and JSON lines."""
    register = world().register
    count = len(list(rows(register, kind)))
    plan = back(register, kind, form, plain, mode=mode)

    assert nothing_new(plan, count), plan
    assert plan.unmapped == ()


MEETING = [("circulate", 0, 0, 0), ("circulate", 0, 0, 0), ("meeting", 0, 0, 0), ("issue", 0, 0, 0)]
"""A paper was given out at a meeting, whose page then holds pairs."""


@settings(max_examples=12)
@given(HISTORIES)
@example(MEETING)
def test_registers_read_back_after_any_history(history):
    """Lent, lost, copied, destroyed, void: whatever became of things, their registers agree."""
    register = play(history)[-1].register
    for kind in KIND_LABELS:
        count = len(list(rows(register, kind)))
        for form, plain in WAYS:
            plan = back(register, kind, form, plain, mode="upsert")
            assert nothing_new(plan, count), (kind, form, plan.faults, plan.held, plan.new)


def _kept(text: str) -> bool:
    try:
        return bool(clean(text))
    except InvalidText:
        return False


TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "=+-@'\"，、;；|\\/<>&_x0041D[]{}无一 　\u2003０９１E+.年月日★〔〕（）#*:："
        ),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    min_size=1,
    max_size=20,
).filter(_kept)


AWKWARD = [
    "=1+1",
    "'=1+1",
    "''-",
    "@SUM(A1)",
    "+86 750",
    "-86°",
    "＝1",
    "'引",
    '"引"',
    'a"b,c',
    "a;b|c",
    "<r>红</r>",
    "<b>&amp;</b>",
    "_x000D_",
    "_x005F_",
    "x005F_",
    "\uffff",
    "00012",
    "1.0",
    "1.23E+15",
    "440102199001011234",
    "2024-03-05",
    "45356",
    "TRUE",
    "是",
    "无",
    "/",
    "0",
    "合计",
    "备注：注",
    "（示例）",
    "编号",
    "粤保[2011]第3号",
    "粤保〔2011〕 3号",
    "𠮷㛃",
    "a\u2003b",
    "#N/A",
    "{=x}",
    "null",
    "甲、乙",
    "长" * 500,
]
"""Texts that some program on the way out or in takes for something else."""


def full_of(*texts: str) -> Book:
    """A book whose records say these texts wherever a record says anything."""
    book = world()
    places = {
        "medium": ("name", "model", "serial", "asset_no", "capacity", "place", "remark"),
        "computer": ("name", "disk_serial", "system", "mac", "ip", "filed_no", "remark"),
        "person": ("name", "department", "post", "phone"),
        "unit": ("name", "address", "contact"),
        "cabinet": ("name", "model", "serial", "place"),
        "site": ("name", "purpose", "place"),
        "paper": ("title", "alias", "issuer", "doc_no", "copy_no", "stamp", "remark"),
    }
    for kind, fields in places.items():
        for turn in range(len(texts)):
            words = (texts[(turn + at) % len(texts)] for at in range(len(fields)))
            told = dict(zip(fields, words, strict=True))
            book = book.after({"act": "登记", "kind": kind, **told})
    return book


def agrees(book: Book) -> None:
    """Whether every register of a book reads back from every form."""
    for kind in KIND_LABELS:
        count = len(list(rows(book.register, kind)))
        for form, plain in WAYS:
            plan = back(book.register, kind, form, plain, mode="upsert")
            assert nothing_new(plan, count), (kind, form, plain, plan.faults, plan.updated)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_survive_the_way_out_and_in(text):
    """Formulas, quotes, escapes, markup and texts that look like numbers change no record."""
    agrees(full_of(text))


@settings(max_examples=15)
@given(st.lists(st.one_of(st.sampled_from(AWKWARD), TEXTS), min_size=1, max_size=3))
def test_any_texts_survive_the_way_out_and_in(texts):
    """Whatever a record says, its register reads back as it was."""
    agrees(full_of(*map(clean, texts)))


def moved(source: Register, kinds, tmp_path, form="xlsx") -> Register:
    """A new room into which the registers of another are taken, one after another."""
    with Room.create(tmp_path / "new", unit="示范局", level=Level.绝密) as room:
        for kind in kinds:
            raw = written(register_content(source, kind), form)
            plan = plan_source(Source(f"x.{form}", raw), room.register, Directions(kind=kind))
            assert plan.faults == ()
            for row in plan.new:
                if room.register.documents.get(getattr(row.event.document, "number", "")):
                    continue
                room.record(row.event, on=row.on, happened="搬家")
        return room.register


@pytest.mark.parametrize("form", FORMATS)
def test_a_register_can_move_to_another_room(tmp_path, form):
    """People, cabinets, units and media keep their numbers and all that is on their pages."""
    source = world().register
    kinds = ("person", "unit", "cabinet", "site", "medium", "computer", "device", "notebook")
    room = moved(source, kinds, tmp_path, form)

    for table in ("people", "units", "cabinets", "sites"):
        assert dict(getattr(room, table)) == dict(getattr(source, table))
    for number, entry in source.carriers.items():
        if entry.open and not isinstance(entry.thing, Paper):
            assert room.carriers[number].thing == entry.thing
            assert room.carriers[number].entered == entry.entered


def test_a_csv_for_excel_is_marked_and_guarded():
    """Excel finds the encoding and no formula; programs find neither mark nor guard."""
    book = world().after({"act": "登记", "kind": "介质", "name": "=HYPERLINK(1)", "model": "-86"})
    content = register_content(book.register, "medium")
    excel = written(content, "csv").decode("utf-8")
    plain = written(content, "csv", for_programs=True).decode("utf-8")

    assert excel.startswith("\ufeff")
    assert "'=HYPERLINK(1)" in excel
    assert "\r\n" in excel
    assert ",=HYPERLINK(1)," in plain
    assert "\r" not in plain
    assert "\ufeff" not in plain


def test_json_lines_have_the_types_of_json():
    """Truths are truths, numbers numbers, and several values a list."""
    lines = [
        json.loads(line)
        for line in written(register_content(world().register, "person"), "jsonl").splitlines()
    ]
    media = [
        json.loads(line)
        for line in written(register_content(world().register, "medium"), "jsonl").splitlines()
    ]

    assert isinstance(lines[0]["roles"], list)
    assert media[0]["import_only"] is False
    assert "entered" in media[0]


def test_files_of_the_same_content_are_the_same_bytes():
    """A digest in the book can be found again by exporting the same register again."""
    content = register_content(world().register, "medium")
    for form in FORMATS:
        assert written(content, form) == written(content, form)


def test_titles_may_stay_at_home():
    """Without titles a list says numbers and 代称 only, and is no state secret any more."""
    book = world().after(
        {"act": "登记", "kind": "文件", "title": "甲乙丙", "alias": "一号件", "mark": "绝密★30年"}
    )
    full = register_content(book.register, "paper")
    bare = register_content(book.register, "paper", titles=False)
    raw = written(bare, "csv").decode()

    assert (full.level, full.sensitivity) == (Level.绝密, None)
    assert (bare.level, bare.sensitivity) == (None, Sensitivity.WORK_SECRET)
    assert "甲乙丙" not in raw
    assert "一号件" in raw
    assert register_content(book.register, "medium").sensitivity is Sensitivity.WORK_SECRET


def test_two_people_of_one_name_are_told_apart():
    """A keeper whose name is another's as well is written by number."""
    book = world().after({"act": "登记", "kind": "人员", "name": "王敏"})
    keeper = next(p.number for p in book.register.people.values() if p.name == "王敏")
    book = book.after({"act": "登记", "kind": "介质", "keeper": keeper})
    content = register_content(book.register, "medium")
    column = content.keys.index("keeper")

    assert content.rows[-1][column] == keeper


def test_a_text_no_cell_can_hold_is_told():
    """What a workbook would drop without a word is refused with its row."""
    content = register_content(world().register, "medium")
    long = tuple("长" * 40_000 for _ in content.keys)

    with pytest.raises(TooLong, match="第4行有一格超过32767字"):
        written(evolve(content, rows=(long,), beside="单位"), "xlsx")


def test_pages_of_one_kind_are_what_they_say():
    """The rows of an export are the records in the order in which they came."""
    register = world().register
    content = register_content(register, "paper")
    number = content.keys.index("number")

    assert [row[number] for row in content.rows] == [
        row["number"] for row in rows(register, "paper")
    ]
