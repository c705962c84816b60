"""Taking a file into a room: planned, judged, written once, undone as a whole, never guessed at."""

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from attrs import evolve

from ledger import Circumstances, Level, Medium
from ledger.approval import Approval
from ledger.carrier import Computer, Device, Network, Paper
from ledger.event import Imported, Lent, Moved, Registered
from ledger.exchange.directions import Directions, InvalidDirections
from ledger.exchange.heading import BadMapping
from ledger.exchange.source import Source, Unreadable
from ledger.person import Person
from ledger.place import Cabinet, Closed, Compartment
from ledger.review import Refused
from ledger.room import Room
from ledger.room.importing import Import, NotApproved, batches, take_in
from ledger.room.judging import Bench, judge
from ledger.room.mappings import load, save, saved
from ledger.room.report import causes, report
from ledger.room.verification import verify
from ledger.room.withdrawing import NoBatch, withdraw
from tests import files

NOW = datetime(2026, 6, 15, 9, 0)
LEADER = Approval("李国强", "主管领导")
HEAD = "资产编号,名称,序列号,责任人,密级,状态,备注\n"


@pytest.fixture(name="room")
def _room(tmp_path):
    with Room.create(tmp_path / "room", unit="示范局", level=Level.绝密, clock=lambda: NOW) as room:
        room.record(Registered(thing=Person(name="王敏", roles=frozenset({"保密员"}))))
        room.record(Registered(thing=Person(name="李国强", roles=frozenset({"主管领导"}))))
        room.record(Registered(thing=Cabinet(level=Level.绝密, compartments=(Compartment("1"),))))
        yield room


def take(room, content, kind="medium", name="f.csv", **more):
    raw = content if isinstance(content, bytes) else content.encode()
    own = {
        key: more.pop(key)
        for key in ("by", "approvals", "skip", "rejects", "continues", "dry_run")
        if key in more
    }
    directions = Directions(kind=kind, **more)
    wanted = Import(source=Source(name, raw), directions=directions, **{"by": "王敏"} | own)
    return take_in(room, wanted)


def told(taken):
    return [(fault.row, fault.code) for fault in taken.faults]


def thing(room, number):
    return room.register.carriers[number].thing


def test_a_file_is_one_line_of_the_book_and_a_batch(room):
    """All rows and the act that closes them are one transaction, known by that act's number."""
    before = room.head
    taken = take(room, HEAD + "A1,甲,S1,王敏,机密,,\nA2,乙,,,,,\n")
    line = (room.folder / "journal" / "2026.jsonl").read_text("utf-8").splitlines()[-1]
    (batch,) = batches(room.register)

    assert taken.numbers == ("JZ-0001", "JZ-0002")
    assert (batch.act, batch.first, batch.created) == (taken.batch, taken.batch - 2, 2)
    assert (
        batch.digest
        == Source("f.csv", (HEAD + "A1,甲,S1,王敏,机密,,\nA2,乙,,,,,\n").encode()).digest
    )
    assert len(json.loads(line)["acts"]) == 3
    assert before != room.head
    assert [act.note for act in room.acts[-3:]] == ["第2行", "第3行", ""]
    assert verify(room).holds


def test_the_same_file_twice_changes_nothing(room):
    """A second time every row is there already, and no byte of the book changes."""
    content = HEAD + "A1,甲,S1,王敏,机密,在用,\nA2,乙,,,,,好\n"
    take(room, content)
    before = (room.folder / "journal" / "2026.jsonl").read_bytes()
    again = take(room, content)

    assert (again.plan.unchanged, again.batch, again.faults) == ((2, 3), None, ())
    assert (room.folder / "journal" / "2026.jsonl").read_bytes() == before


def test_rows_without_a_key_are_several_things_and_still_no_more_the_next_time(room):
    """Identical rows are different items; taken in again, each finds its own record."""
    content = "名称,型号\nU盘,甲\nU盘,甲\nU盘,乙\n"

    assert len(take(room, content).numbers) == 3
    assert len(take(room, content).plan.unchanged) == 3
    more = take(room, content + "U盘,甲\n")
    assert (len(more.plan.unchanged), len(more.numbers)) == (3, 1)
    assert more.plan.unkeyed == 4


def test_a_file_is_remembered_by_its_digest(room):
    """A record that was corrected after its file was taken in is not made a second time."""
    content = "名称,型号\nU盘,甲\n"
    (number,) = take(room, content).numbers
    take(room, f"编号,型号\n{number},新型\n", mode="upsert")
    again = take(room, content)

    assert (again.numbers, told(again)) == ((), [(2, "differs")])
    assert f"已登记为{number}，型号不同" in again.faults[0].message


def test_serial_numbers_find_a_record_where_they_are_unique(room):
    """A row without certain key is known by a serial that occurs once in file and register."""
    take(room, "编号,序列号\nJZ-0007,S1\nJZ-0008,S2\nJZ-0009,S2\n")
    found = take(room, "序列号,型号\nS1,甲\nS2,乙\n", mode="upsert")

    assert thing(room, "JZ-0007").model == "甲"
    assert len(found.numbers) == 1


def test_certain_keys_must_not_repeat_or_contradict(room):
    """Two rows with one number, or a number that two records have, are faults."""
    take(room, "编号,资产编号\nJZ-0001,A1\nJZ-0002,A2\nJZ-0003,A2\n")
    found = take(room, "编号,资产编号\n,A9\n,A9\nJZ-0001,A2\n,A2\n")

    assert told(found) == [(3, "key.duplicate"), (4, "differs"), (5, "key.conflict")]
    assert "与第2行相同" in found.faults[0].message
    assert "JZ-0002、JZ-0003" in found.faults[2].message


def test_a_number_that_is_there_twice_is_told_with_all_that_is_wrong(room):
    """Rows in which a cell is wrong are compared by their numbers as well, all at once."""
    content = "编号,密级\nJZ-0001,超密\nJZ-0002,机密\nJZ-0002,密\nJZ-0001,机密\nJZ-0003,密\n"
    found = take(room, content)

    assert sorted(told(found)) == [
        (2, "key.duplicate"),
        (2, "level.invalid"),
        (4, "key.duplicate"),
        (4, "level.invalid"),
        (6, "level.invalid"),
    ]


def test_another_key_may_be_named(room):
    """Where the usual number is none, the officer names what tells the items apart."""
    content = "资产编号,序列号\nA1,S1\nA1,S2\n"

    assert told(take(room, content)) == [(3, "key.duplicate")]
    assert len(take(room, content, key=("serial",)).numbers) == 2
    assert len(take(room, content, key=("serial",)).plan.unchanged) == 2


def test_create_upsert_and_update_differ_in_what_they_may_do(room):
    """Creating never changes, updating never creates, and both together do either."""
    take(room, "资产编号,型号\nA1,甲\n")
    changed = "资产编号,型号,备注\nA1,乙,\nA2,丙,\n"

    assert told(take(room, changed)) == [(2, "differs")]
    assert told(take(room, changed, mode="update")) == [(3, "missing")]
    both = take(room, changed, mode="upsert")
    (row,) = both.plan.updated
    assert [(c.field, c.before, c.after) for c in row.changes] == [("model", "甲", "乙")]
    assert (thing(room, "JZ-0001").model, thing(room, "JZ-0002").model) == ("乙", "丙")
    assert both.written


def test_a_blank_cell_keeps_what_is_there_unless_it_is_to_clear(room):
    """Blanks are no news by default; asked to, they take away."""
    take(room, "资产编号,型号,备注\nA1,甲,旧\n")

    assert take(room, "资产编号,型号,备注\nA1,甲,\n").plan.unchanged == (2,)
    cleared = take(room, "资产编号,型号,备注\nA1,甲,\n", mode="upsert", blank="clear")
    assert cleared.written
    assert thing(room, "JZ-0001").remark == ""


def test_a_paper_and_its_text_are_changed_by_acts_of_their_own(room):
    """A row about a paper may correct the paper, its document, or both."""
    take(room, "编号,标题,份号,备注\nWJ-2026-0001,甲,1,\n", kind="paper")
    done = take(room, "编号,标题,备注\nWJ-2026-0001,乙,注\n", kind="paper", mode="upsert")

    assert room.register.document_of("WJ-2026-0001").title == "乙"
    assert thing(room, "WJ-2026-0001").remark == "注"
    assert len(done.plan.updated) == 2


def test_a_mark_may_be_added_but_not_changed(room):
    """A paper that had no mark gets one from the file; one that has waits for a notice."""
    take(room, "编号,标题\nWJ-2026-0001,甲\n", kind="paper")
    marked = "编号,密级,保密期限\nWJ-2026-0001,机密,10年\n"
    take(room, marked, kind="paper", mode="upsert")
    lower = take(room, "编号,标志\nWJ-2026-0001,秘密★1年\n", kind="paper", mode="upsert")

    assert str(room.register.document_of("WJ-2026-0001").mark) == "机密★10年"
    assert told(lower) == [(2, "approval.notice")]
    assert take(room, marked, kind="paper").plan.unchanged == (2,)


def test_copies_of_one_text_share_their_document(room):
    """Rows with the same text are copies of one document, in this file and in later ones."""
    text = "发文字号,标题,份号\n粤保〔2026〕3号,甲,1\n粤保[2026]3号,甲,2\n"
    take(room, text, kind="paper")
    take(room, "发文字号,标题,份号\n粤保〔2026〕3号,甲,3\n", kind="paper")
    take(room, "发文字号,标题,份号\n粤保〔2026〕3号,别的,4\n", kind="paper")
    documents = [entry.thing.document for entry in room.register.in_order(room.register.carriers)]

    assert documents == ["WG-2026-0001"] * 3 + ["WG-2026-0002"]
    assert len(room.register.documents) == 2


def test_a_row_of_several_copies_is_as_many_papers(room):
    """份数 and 份号 are believed where they agree, and a range is counted out."""
    good = take(
        room,
        "标题,份数,份号\n甲,3,000123-000125\n乙,2,\n丙,,5、7\n",
        kind="paper",
    )
    copies = [thing(room, number).copy_no for number in good.numbers]

    assert copies == ["000123", "000124", "000125", "", "", "5", "7"]
    bad = take(room, "标题,份数,份号\n丁,3,1、2\n戊,0,\n己,2000,\n", kind="paper")
    assert told(bad) == [(2, "copies.disagree"), (3, "copies.disagree"), (4, "copies.disagree")]
    again = take(room, "标题,份数,份号\n甲,3,000123-000125\n乙,2,\n丙,,5、7\n", kind="paper")
    assert (again.written, len(again.plan.unchanged)) == (False, 7)


def test_rows_are_dated_where_they_say_so(room):
    """The day a paper came in is the day of its act, and is compared like everything else."""
    content = "标题,收文日期,文号\n甲,2024-03-05,1号\n"
    (number,) = take(room, content, kind="paper").numbers
    entry = room.register.carriers[number]

    assert (entry.entered, entry.since) == (date(2024, 3, 5), date(2024, 3, 5))
    assert take(room, content, kind="paper").plan.unchanged == (2,)
    late = take(room, content.replace("03-05", "03-06"), kind="paper")
    assert len(late.numbers) == 1
    ahead = take(room, "标题,收文日期\n乙,2030-01-01\n", kind="paper")
    assert told(ahead) == [(2, "rule")]


def test_every_fault_of_a_file_is_told_at_once_and_by_cause(room):
    """What does not read, what repeats and what a rule refuses stand in one list, grouped."""
    taken = take(
        room,
        HEAD
        + "A1,甲,S1,,超密,,\nA2,乙,S2,,SECRET,,\nA2,丙,S3,,,,\nA4,\x07,S4,,,,\nA4,丁,4.40102E+17,,,,\n",
    )
    grouped = {(cause.code, cause.header): cause.rows for cause in causes(taken.faults)}

    assert grouped == {
        ("level.invalid", "密级"): 2,
        ("text.invalid", "名称"): 1,
        ("number.damaged", "序列号"): 1,
        ("key.duplicate", ""): 2,
    }
    assert [fault.column for fault in taken.faults] == ["E", "E", "", "B", "C", ""]
    assert not taken.written
    assert all(fault.hint for fault in taken.faults)


def test_good_rows_may_be_taken_without_the_bad_ones(room, tmp_path):
    """The rows that were left out are in a file that can be corrected and taken in again."""
    content = HEAD + '"A1","甲, 一",S1,,超密,,\nA2,乙,S2,,机密,,\nA3,丙,,,绝密,,\n'
    path = tmp_path / "rejects.csv"
    taken = take(room, content, skip=True, rejects=path)
    text = path.read_text("utf-8-sig")
    (batch,) = batches(room.register)

    assert taken.numbers == ("JZ-0001", "JZ-0002")
    assert batch.rejected == 1
    assert text.splitlines()[0] == "错误,资产编号,名称,序列号,责任人,密级,状态,备注"
    assert "密级：密级只有绝密、机密、秘密三级" in text
    rest = take(room, text.replace(",超密,", ",秘密,"), continues=batch.act)
    assert (rest.numbers, rest.plan.unmapped) == (("JZ-0003",), ())
    assert thing(room, "JZ-0003").name == "甲, 一"
    assert batches(room.register)[-1].continues == batch.act


REJECTED = [
    ("f.csv", b"\xef\xbb\xbf\xe7\xbc\x96\xe5\x8f\xb7,level\nX,bad\n", ".csv"),
    ("f.tsv", "编号\tlevel\nX\tbad\n".encode(), ".tsv"),
    ("f.jsonl", b'{"number": "X", "level": "bad"}\n', ".jsonl"),
    ("f.json", b'[{"number": "X", "level": "bad"}]', ".jsonl"),
    ("f.xlsx", files.workbook(甲=[("编号", "level"), ("X", "bad")]), ".xlsx"),
    ("f.xls", files.old_workbook(甲=[("编号", "level"), ("X", "bad")]), ".xlsx"),
]


@pytest.mark.parametrize(("name", "raw", "ending"), REJECTED, ids=[n for n, _, _ in REJECTED])
def test_a_rejects_file_reads_back_with_the_same_fault(room, tmp_path, name, raw, ending):
    """Whatever form a file had, its rejects can be read by the same import."""
    path = tmp_path / f"rejects{ending}"
    taken = take(room, raw, name=name, skip=True, rejects=path)
    again = take(room, path.read_bytes(), name=path.name)

    assert (taken.rejects, taken.batch) == (path, None)
    assert [fault.code for fault in again.faults] == ["level.invalid"]


def test_a_row_that_a_rule_refuses_is_left_out_as_a_whole(room, tmp_path):
    """A row that stands for several papers is taken with all of them or with none."""
    content = "标题,份数,柜号,格\n甲,2,G-01,1\n乙,2,G-99,1\n"
    taken = take(room, content, kind="paper", skip=True, rejects=tmp_path / "r.csv")

    assert len(taken.numbers) == 2
    assert {fault.row for fault in taken.faults} == {3}
    assert all("柜" in fault.message for fault in taken.faults)


def test_a_row_of_which_a_part_is_refused_is_left_out_with_all_its_parts(room):
    """Where the second act of a row fails, its first is not written either."""
    plan = take(room, "编号\nJZ-0009\n,\n", dry_run=True).plan
    (first,) = plan.new
    twice = evolve(plan, new=(first, first, evolve(first, row=7, event=_device())))
    when = Circumstances(at=NOW, by="王敏")
    bench = Bench(
        register=room.register, pack=room.pack, when=when, skip=True, tell=lambda *_: None
    )
    found = judge(twice, bench)

    assert [act.rows for act in found.acts] == [(("", 7),)]
    assert {(fault.row, fault.code) for fault in found.faults} == {(2, "rule")}


def _device():
    return Registered(thing=Device(name="甲"))


def test_nothing_is_left_behind_when_the_book_cannot_be_written(room, tmp_path, monkeypatch):
    """A disk that takes no more leaves the book, the register and the folder as they were."""
    path = tmp_path / "r.csv"
    before = (room.register, (room.folder / "journal" / "2026.jsonl").read_bytes())

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(room.book.journal), "append", full)
    with pytest.raises(OSError, match="space"):
        take(room, HEAD + "A1,甲,,,,,\nA2,乙,,,超密,,\n", skip=True, rejects=path)

    assert not path.exists()
    assert (room.register, (room.folder / "journal" / "2026.jsonl").read_bytes()) == before


def test_what_another_terminal_wrote_meanwhile_is_seen(room, tmp_path):
    """The plan is made anew under the lock when the book has grown since."""
    with Room.open(room.folder, clock=lambda: NOW) as other:
        take(other, "资产编号,型号\nA1,甲\n")
    taken = take(room, "资产编号,型号\nA1,甲\nA2,乙\n")

    assert (taken.plan.unchanged, len(taken.numbers)) == ((2,), 1)


HELD = [
    ("编号,密级\nJZ-0001,秘密\n", "approval.level"),
    ("编号,状态\nJZ-0001,已销毁\n", "approval.closed"),
    ("编号,状态\nJZ-0001,遗失\n", "approval.state"),
    ("编号,状态\nJZ-0001,借出\n", "approval.custody"),
    ("编号,柜号,格\nJZ-0001,G-01,1\n", "approval.custody"),
    ("编号,监销人\nJZ-0001,王敏、李国强\n", "approval.signature"),
    ("编号,状态\n,已清退\n", "approval.closed"),
    ("编号,入账日期\nJZ-0001,2020-01-01\n", "approval.entered"),
]


@pytest.mark.parametrize(("content", "code"), HELD)
@pytest.mark.parametrize("mode", ["create", "upsert"])
def test_a_file_may_not_lower_close_move_or_sign(room, content, code, mode):
    """Such rows need an approval or an act of their own, and nothing is written."""
    take(room, "编号,密级\nJZ-0001,机密\n")
    before = room.register
    taken = take(room, content, mode=mode)

    assert taken.faults[0].code == code
    assert taken.faults[0].hint
    assert room.register is before


def test_leaving_and_declassifying_are_acts_not_columns(room):
    """A file says who left or what is no secret any more, but does not make it so."""
    take(room, "编号,标题,标志\nWJ-2026-0001,甲,机密★1年\n", kind="paper")
    gone = take(room, "编号,离岗日期\nRY-001,2026-01-01\n", kind="person", mode="upsert")
    free = take(room, "编号,解密日期\nWJ-2026-0001,2026-01-01\n", kind="paper", mode="upsert")
    net = take(room, "编号,网络类别\nJSJ-0001,涉密\n", kind="computer")
    out = take(room, "编号,网络类别\nJSJ-0001,互联网\n", kind="computer", mode="upsert")

    assert (told(gone), told(free)) == ([(2, "approval.state")], [(2, "approval.state")])
    assert (net.written, told(out)) == (True, [(2, "approval.level")])


def test_a_leader_may_approve_what_a_file_says(room):
    """With an approval, levels fall where the rules let them, and what is gone is closed."""
    take(room, "编号,密级\nSB-0001,机密\n", kind="device")
    lowered = take(
        room, "编号,密级\nSB-0001,秘密\n", kind="device", mode="upsert", approvals=(LEADER,)
    )
    medium = take(room, "编号,密级\nJZ-0001,机密\n")
    refused = take(room, "编号,密级\nJZ-0001,秘密\n", mode="upsert", approvals=(LEADER,))

    assert thing(room, "SB-0001").level is Level.秘密
    assert room.acts[-4].event.approvals == (LEADER,)
    assert (lowered.written, medium.written) == (True, True)
    assert [(fault.code, fault.row) for fault in refused.faults] == [("rule", 2)]


def test_what_an_old_register_says_is_gone_is_closed_with_its_findings(room):
    """Destroyed, cleared, archived and scrapped rows are registered and closed, one act a list."""
    content = (
        "编号,标题,标志,状态,监销人,销毁方式,去向,领取人,案卷号\n"
        "WJ-2020-0001,甲,机密★10年,已销毁,王敏、李国强,粉碎,,,\n"
        "WJ-2020-0002,乙,机密★10年,销毁,王敏、李国强,粉碎,,,\n"
        "WJ-2020-0003,丙,机密★10年,已清退,,,省厅,张三,\n"
        "WJ-2020-0004,丁,机密★10年,归档,,,,,A-1\n"
    )
    assert {fault.code for fault in take(room, content, kind="paper").faults} == {"approval.closed"}
    taken = take(room, content, kind="paper", approvals=(LEADER,))
    states = [str(room.register.carriers[n].custody) for n in taken.numbers]

    assert states == ["已销毁", "已销毁", "已清退", "已归档"]
    destroyed = [a for a in room.acts if type(a.event).__name__ == "Destroyed"]
    assert [act.event.carriers for act in destroyed] == [("WJ-2020-0001", "WJ-2020-0002")]
    assert destroyed[0].event.approvals == (LEADER,)
    assert destroyed[0].happened == "f.csv记载"
    assert take(room, content, kind="paper").plan.unchanged == (2, 3, 4, 5)
    assert verify(room).holds


def test_what_is_in_the_book_already_may_be_closed_by_an_approved_file(room):
    """A record that is open here and gone there is closed by the approved file."""
    take(room, "编号,名称\nSB-0001,甲\n", kind="device")
    done = take(room, "编号,状态\nSB-0001,报废\n", kind="device", approvals=(LEADER,))

    assert str(room.register.carriers["SB-0001"].custody) == "已处置"
    assert done.written
    back = take(room, "编号,状态\nSB-0001,在用\n", kind="device", approvals=(LEADER,))
    assert told(back) == [(2, "approval.state")]


BAD_APPROVALS = [
    (Approval("路人"), "王敏", "没有主管领导"),
    (Approval("王敏"), "李国强", "没有主管领导"),
    (Approval("李国强"), "李国强", "不能同时是经办人"),
]


@pytest.mark.parametrize(("approval", "by", "said"), BAD_APPROVALS)
def test_nobody_approves_who_may_not(room, approval, by, said):
    """Whoever approves has the post for it and is not the one who takes the file in."""
    with pytest.raises(NotApproved, match=said):
        take(room, "编号\nJZ-0001\n", approvals=(approval,), by=by)


def test_a_batch_is_undone_as_a_whole(room):
    """Every act of it is voided in one line, its numbers stay used, and it may come again."""
    content = HEAD + "A1,甲,S1,王敏,机密,,\nA2,乙,,,,,\n"
    taken = take(room, content)
    done = withdraw(room, taken.batch, by="王敏", reason="抄错了表")
    (batch,) = batches(room.register)

    assert batch.withdrawn == done.act.n
    assert {room.register.carriers[n].open for n in taken.numbers} == {False}
    again = take(room, content)
    assert again.numbers == ("JZ-0003", "JZ-0004")
    assert verify(room).holds
    with pytest.raises(NoBatch, match="已经撤销过"):
        withdraw(room, taken.batch, by="王敏", reason="再来")
    with pytest.raises(NoBatch, match="没有第1批"):
        withdraw(room, 1, by="王敏", reason="x")


def test_a_batch_that_updated_is_undone_to_what_was(room):
    """Records the batch changed say again what they said before it."""
    take(room, "资产编号,型号\nA1,甲\n")
    taken = take(room, "资产编号,型号\nA1,乙\nA2,丙\n", mode="upsert")
    withdraw(room, taken.batch, by="王敏", reason="错")

    assert thing(room, "JZ-0001").model == "甲"
    assert room.register.carriers["JZ-0002"].custody == Closed(
        room.register.carriers["JZ-0002"].custody.how
    )
    assert verify(room).holds


def test_a_batch_whose_records_have_moved_on_stays(room):
    """Undoing is refused with every record that has changed since, and nothing is voided."""
    taken = take(room, "资产编号,型号\nA1,甲\nA2,乙\n", kind="computer")
    for number in taken.numbers:
        room.record(Moved(carriers=(number,), place="二楼"))
    before = room.register
    with pytest.raises(Refused) as caught:
        withdraw(room, taken.batch, by="王敏", reason="错")

    assert len(caught.value.findings) == 2
    assert room.register is before


def test_sheets_are_chosen_never_guessed(room):
    """Several tables wait to be chosen from; hidden ones stay out unless they are asked for."""
    rows = [("编号", "名称")]
    raw = files.workbook(
        甲=[*rows, ("JZ-0001", "a")],
        乙=[*rows, ("JZ-0002", "b")],
        丙_=[*rows, ("JZ-0003", "c")],
        注=[("随便写写",)],
    )
    with pytest.raises(Unreadable, match="2张登记表：“甲”、“乙”"):
        take(room, raw)
    with pytest.raises(Unreadable, match="没有“丁”这张表，有：“甲”"):
        take(room, raw, sheet="丁")

    assert take(room, raw, sheet="2", dry_run=True).plan.table.sheet == "乙"
    both = take(room, raw, all_sheets=True)
    assert both.numbers == ("JZ-0001", "JZ-0002")
    assert both.plan.passed_over == ("丙", "注")
    hidden = take(room, raw, all_sheets=True, include_hidden=True)
    assert hidden.numbers == ("JZ-0003",)


def test_one_number_on_two_sheets_is_told_with_its_sheet(room):
    """One plan is made over all sheets, so that a number is not taken twice."""
    raw = files.workbook(
        甲=[("编号", "名称"), ("JZ-0001", "a")], 乙=[("编号", "名称"), ("JZ-0001", "b")]
    )
    (fault,) = take(room, raw, all_sheets=True).faults

    assert (fault.sheet, fault.row) == ("乙", 2)
    assert "与“甲”第2行相同" in fault.message


def test_what_is_no_level_is_told_from_what_is_none(room):
    """内部 and 工作秘密 go where they belong, 非密 is no level, and both are told."""
    content = "编号,密级\nJZ-0001,内部\nJZ-0002,非密\nJZ-0003,工作秘密\nJZ-0004,商密\n"
    taken = take(room, content, values={"密级": {"商密": ""}})
    found = [thing(room, number) for number in taken.numbers]

    assert [str(each.sensitivity or "") for each in found] == ["内部", "", "工作秘密", ""]
    assert {each.level for each in found} == {None}
    assert taken.plan.blanks == {("密级", "非密"): 1}
    assert sum(taken.plan.notes.values()) == 2


def test_a_level_and_a_mark_must_agree(room):
    """A paper whose level and mark differ is told; where they agree the mark is enough."""
    good = "标题,密级,保密期限,标志\n甲,机密,10年,机密★10年\n"
    taken = take(room, good, kind="paper")
    bad = take(room, good.replace("甲,机密", "乙,秘密"), kind="paper")

    assert str(room.register.document_of(taken.numbers[0]).mark) == "机密★10年"
    assert bad.faults[0].message == "“密级”与“标志”不一致"
    assert told(take(room, "标题,密级,保密期限\n丙,机密,十来年\n", kind="paper")) == [
        (2, "mark.invalid")
    ]
    assert told(take(room, "标题,保密期限\n丁,10年\n", kind="paper")) == [(2, "row.invalid")]


def test_a_term_is_the_same_in_any_spelling(room):
    """Full-width digits, Chinese numerals and blanks in level and term are no difference."""
    take(room, "编号,标题,密级,保密期限\nWJ-2026-0001,甲,机密,10年\n", kind="paper")
    again = take(room, "编号,密级,保密期限\nWJ-2026-0001,机 密,１０ 年\n", kind="paper")

    assert again.plan.unchanged == (2,)


def test_words_to_choose_from_are_named(room):
    """A network that is none of the three is told with those there are, and how to map it."""
    (fault,) = take(room, "名称,网络类别\n甲,外网\n", kind="computer").faults

    assert (fault.code, fault.message) == ("value.invalid", "只能填涉密、内部、互联网，读到“外网”")
    assert "--map-value" in fault.hint


def test_void_records_are_known_by_nothing_but_their_number(room):
    """After a batch without keys was undone, the same rows are new again."""
    content = "名称,型号\nU盘,甲\n"
    withdraw(room, take(room, content).batch, by="王敏", reason="错")
    again = take(room, content)

    assert again.numbers == ("JZ-0002",)
    assert told(take(room, "编号,名称\nJZ-0001,别的\n")) == [(2, "differs")]


def test_blank_cells_clear_the_text_of_a_paper_as_well(room):
    """Asked to, a blank cell takes away what its document says; the number and place stay."""
    take(room, "编号,标题,代称\nWJ-2026-0001,甲,一号\n", kind="paper")
    take(
        room, "编号,标题,代称,柜号\nWJ-2026-0001,甲,,\n", kind="paper", mode="upsert", blank="clear"
    )

    assert room.register.document_of("WJ-2026-0001").alias == ""


def test_a_remark_has_room_for_so_much(room):
    """Texts that do not fit into the remark are a fault, not a loss."""
    content = f"编号,启用日期,备注\nJZ-0001,分批,{'长' * 495}\n"

    assert told(take(room, content, keep_text=("启用日期",))) == [(2, "text.invalid")]


def test_torn_objects_are_faults_of_their_lines(room):
    """A line of JSON that does not read keeps its place among the faults."""
    taken = take(room, '{"编号": "JZ-0001"}\n{"编号": \n{"编号": {"a": 1}}\n', name="f.jsonl")

    assert told(taken) == [(2, "row.torn"), (3, "value.nested")]


def test_titles_totals_and_signatures_are_no_records(room):
    """What stands above and below a table is passed over, counted, and told by its row."""
    rows = [
        ("某单位介质台账",),
        ("共 3 件",),
        ("编号", "名称", "密级", "负责人", "备注"),
        ("JZ-0001", "a", "机密", "", ""),
        ("编号", "名称", "密级", "负责人", "备注"),
        (None,),
        ("负责人", "b", "机密", "", ""),
        ("小计", None, None, None, 2),
        ("合 计", 2),
        ("备注：以上",),
        ("制表人：张三", "审核人：李四"),
        ("（示例行）", "x"),
    ]
    plan = take(room, files.workbook(甲=rows), dry_run=True).plan

    assert plan.table.header_row == 3
    assert (plan.table.footers, plan.table.repeats) == ((8, 9, 10, 11, 12), (5,))
    assert [row.row for row in plan.new] == [4, 7]
    assert (plan.table.blank_rows, plan.table.stated) == (1, 3)


def test_columns_without_or_with_equal_headings_can_be_named(room):
    """A column may be called by its number or letter, and none is dropped without a word."""
    content = "编号,名称,,名称\nJZ-0001,a,S1,型\n"
    plain = take(room, content, dry_run=True).plan
    taken = take(room, content, mapping={"列3": "serial", "D列": "model"})

    assert plain.unmapped == ("（列3）", "名称（列4）")
    made = thing(room, taken.numbers[0])
    assert (made.name, made.serial, made.model) == ("a", "S1", "型")
    assert take(room, content, ignored=("列3",), dry_run=True).plan.unmapped == ("名称（列4）",)


def test_headings_are_known_in_many_spellings(room):
    """Blanks, stars, asides, traditional characters and English names are the same heading."""
    content = "*編 號（必填）,设备名称,SERIAL,密  级,備註\nJZ-0001,a,S1,机密,b\n"
    taken = take(room, content)

    assert taken.plan.mapping["*編 號（必填）"] == "number"
    assert thing(room, "JZ-0001") == Medium(
        number="JZ-0001", name="a", serial="S1", level=Level.机密, remark="b"
    )


def test_objects_may_call_a_field_by_either_name(room):
    """One record in English and the next in Chinese are both read; both at once is a fault."""
    lines = '{"number": "JZ-0001", "name": "a"}\n{"编号": "JZ-0002", "名称": "b", "name": "c"}\n'
    taken = take(room, lines, name="f.jsonl")
    assert told(taken) == [(2, "field.twice")]

    taken = take(room, lines.replace(', "name": "c"', ""), name="f.jsonl")
    assert [thing(room, number).name for number in taken.numbers] == ["a", "b"]


def test_values_are_substituted_filled_down_and_kept_as_text(room):
    """What the officer says about a column is done, and nothing more."""
    content = "编号,密级,部门,启用日期,备注\nJZ-0001,S1,办公室,分批,注\nJZ-0002,S2,,2024年3月,\n"
    taken = take(
        room,
        content,
        values={"level": {"S1": "秘密", "S2": "机密"}},
        fill_down=("部门",),
        keep_text=("启用日期",),
    )
    first, second = (thing(room, number) for number in taken.numbers)

    assert (first.level, second.level) == (Level.秘密, Level.机密)
    assert second.department == "办公室"
    assert (first.remark, second.remark) == ("注；启用日期：分批", "启用日期：2024年3月")
    assert (first.started_on, second.started_on) == (None, None)


def test_a_month_in_a_day_field_is_a_fault_with_a_way_out(room):
    """Nobody's day is made up: the officer finds it out or keeps the text."""
    (fault,) = take(room, "编号,启用日期\nJZ-0001,2024年3月\n").faults

    assert (fault.code, fault.value) == ("date.imprecise", "“2024年3月”")
    assert "--keep-text" in fault.hint


def test_a_heading_may_be_in_any_row(room):
    """Where the search would go wrong the officer names the row."""
    content = "编号,名称\n真编号,真名称\nJZ-0001,a\n"
    taken = take(room, content, header_row=2, mapping={"真编号": "编号", "真名称": "name"})

    assert taken.numbers == ("JZ-0001",)
    with pytest.raises(Unreadable, match="第9行是空的"):
        take(room, content, header_row=9)


MAPPINGS = [
    ({"mapping": {"无此列": "name"}}, BadMapping, "没有“无此列”这一列"),
    ({"mapping": {"名称": "nme"}}, BadMapping, "没有“nme”这一项，是不是“name”"),
    ({"mapping": {"名称": "approvals"}}, BadMapping, "审批和签字不能从文件导入"),
    ({"fixed": {"level": "超密"}}, BadMapping, "“密级”：密级只有"),
    ({"fill_down": ("无此列",)}, BadMapping, "没有“无此列”这一列"),
    ({"fill_down": ("列9",)}, BadMapping, "没有“列9”这一列"),
    ({"fill_down": ("Z列",)}, BadMapping, "没有“Z列”这一列"),
    ({"values": {"无此项": {"a": "b"}}}, BadMapping, "没有“无此项”这一项"),
    ({"key": ("colour",)}, BadMapping, "没有“colour”这一项"),
    ({"kind": "person", "keep_text": ("phone",)}, BadMapping, "没有备注一项"),
]


@pytest.mark.parametrize(("said", "error", "words"), MAPPINGS)
def test_directions_that_fit_nothing_are_told(room, said, error, words):
    """A column or field that does not exist is named with those that do."""
    with pytest.raises(error, match=re.escape(words)):
        take(room, "编号,名称\nJZ-0001,a\n", **{"kind": "medium"} | said)


def test_big5_is_suggested_where_the_heading_is_nonsense(room):
    """A file that decodes into nonsense is not taken in; what it may be is said."""
    raw = "編號,名稱\nJZ-0001,a\n".encode("big5")
    with pytest.raises(Unreadable, match="--encoding big5"):
        take(room, raw)

    assert take(room, raw, encoding="big5").numbers == ("JZ-0001",)


def test_hidden_sheets_are_pointed_at(room):
    """A workbook whose only table is hidden says where it is."""
    raw = files.workbook(注=[("随便",)], 台账_=[("编号", "名称"), ("JZ-0001", "a")])
    with pytest.raises(Unreadable, match="--include-hidden"):
        take(room, raw)


def test_directions_are_saved_by_a_name_and_read_back(room):
    """What was said of a file once can be said again by one word."""
    said = Directions(
        kind="computer",
        mapping={'a"b': "name", "列3": "serial"},
        fixed={"network": "内部"},
        values={"level": {"S1": "秘密"}},
        ignored=("甲", "乙"),
        header_row=3,
        all_sheets=True,
        date_order="mdy",
    )
    save(room, "甲表", said)

    assert load(room, "甲表") == said
    assert load(room, str(room.folder / "mappings" / "甲表.toml")) == said
    assert saved(room) == ("甲表",)
    assert Directions(kind="medium", mapping={"x": "name"}).over(said).kind == "medium"
    assert Directions(mapping={"x": "name"}).over(said).mapping == {**said.mapping, "x": "name"}
    with pytest.raises(InvalidDirections, match="已有名为“甲表”"):
        save(room, "甲表", said)
    with pytest.raises(InvalidDirections, match="没有名为“乙表”的导入办法，已存的：甲表"):
        load(room, "乙表")
    with pytest.raises(InvalidDirections, match="只能用字、数字"):
        load(room, "../甲")


BAD_DIRECTIONS = [
    ("x = ", "末尾不完整"),
    ("x = 1", "没有“x”这一项"),
    ("mode = 'delete'", "mode 只能是create、update、upsert"),
    ("header_row = 'a'", "“header_row”写得不对"),
    ("all_sheets = 1", "“all_sheets”写得不对"),
    ("header_row = true", "“header_row”写得不对"),
]


@pytest.mark.parametrize(("text", "said"), BAD_DIRECTIONS)
def test_saved_directions_that_do_not_read_are_told(room, text, said):
    """A mapping file that somebody edited wrongly gets one sentence."""
    (room.folder / "mappings").mkdir()
    (room.folder / "mappings" / "坏.toml").write_text(text, "utf-8")

    with pytest.raises(InvalidDirections, match=re.escape(said)):
        load(room, "坏")


def test_directions_that_are_no_text_are_told(room, tmp_path):
    """A mapping in another encoding, or that is a folder, is refused."""
    (room.folder / "mappings").mkdir()
    (room.folder / "mappings" / "坏.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "夹.toml").mkdir()

    with pytest.raises(InvalidDirections, match="不是UTF-8"):
        load(room, "坏")
    with pytest.raises(InvalidDirections, match="这是一个文件夹"):
        load(room, str(tmp_path / "夹.toml"))


def test_pages_of_texts_and_cases_are_compared_only(room):
    """Documents come with papers and cases open by themselves; a file makes neither."""
    new = take(room, "编号,标题\nWG-2026-0009,甲\n", kind="document")
    case = take(room, "编号,性质\nAJ-2026-009,违规\n", kind="case")

    assert "文稿随文件一起登记" in new.faults[0].message
    assert "案件由台账上的事项产生" in case.faults[0].message


def test_a_paper_may_name_the_document_it_is_a_copy_of(room):
    """A document's number in a row leads to that document, in the book or earlier in the file."""
    content = (
        "编号,文稿编号,标题,份号\nWJ-2026-0001,WG-2026-0007,甲,1\nWJ-2026-0002,WG-2026-0007,甲,2\n"
    )
    take(room, content, kind="paper")
    take(room, "编号,文稿编号,份号\nWJ-2026-0003,WG-2026-0007,3\n", kind="paper")

    assert set(room.register.documents) == {"WG-2026-0007"}
    assert {entry.thing.document for entry in room.register.carriers.values()} == {"WG-2026-0007"}


def test_document_numbers_are_compared_as_numbers_not_as_signs(room):
    """Another kind of bracket, a blank or a needless 第 is no difference."""
    take(room, "编号,发文字号\nWJ-2026-0001,粤保〔2026〕3号\n", kind="paper")

    assert take(
        room, "编号,文号\nWJ-2026-0001,粤保[2026]第3 号\n", kind="paper"
    ).plan.unchanged == (2,)


def test_people_are_known_by_number_never_by_name(room):
    """A person of the same name is somebody else, and a keeper's name leads to its number."""
    taken = take(room, "姓名,部门\n王敏,另一科\n", kind="person")
    keeper = take(room, "编号,责任人\nJZ-0001,李国强\n")

    assert len(taken.numbers) == 1
    assert thing(room, keeper.numbers[0]).keeper == "RY-002"
    assert take(room, "编号,责任人\nJZ-0001,李国强\n").plan.unchanged == (2,)


def test_what_a_record_lacks_to_be_one_is_told(room):
    """A person without a name is no person."""
    (fault,) = take(room, "姓名,部门\n,办公室\n", kind="person").faults

    assert fault.message == "没有填“名称”"


def test_the_report_for_scripts_keeps_its_shape(room, tmp_path):
    """Scripts rely on these keys; new ones may be added, none may go."""
    taken = take(
        room,
        HEAD + "A1,甲,0,,机密,,\nA2,乙,,,超密,,\nA3,丙,,,,已销毁,\n",
        skip=True,
        rejects=tmp_path / "r.csv",
    )
    made = report(taken, [], dry_run=False)

    assert made["schema"] == 1
    assert set(made) >= {
        "batch",
        "dry_run",
        "source",
        "kind",
        "mapping",
        "unmapped_columns",
        "counts",
        "taken_as_blank",
        "errors",
        "needs_approval",
        "changes",
        "findings",
        "numbers",
        "rejects",
    }
    assert {name: n for name, n in made["counts"].items() if n} == {
        "read": 3,
        "created": 1,
        "new": 1,
        "rejected": 1,
        "needs_approval": 1,
    }
    assert set(made["errors"][0]) == {
        "row",
        "column",
        "header",
        "value",
        "message",
        "sheet",
        "field",
        "code",
        "hint",
        "rule",
    }
    assert made["taken_as_blank"] == [{"header": "序列号", "value": "0", "cells": 1}]
    assert json.loads(json.dumps(made, default=list))["source"]["digest"].startswith("sha256:")


def test_an_import_is_in_the_book_with_its_file_and_directions(room):
    """What was taken in, from where and how, can be read years later."""
    take(room, "编号,名称\nJZ-0001,a\n", fixed={"level": "机密"})
    event = room.acts[-1].event

    assert isinstance(event, Imported)
    assert (event.file, event.kind, event.created) == ("f.csv", "medium", 1)
    assert Directions.read(event.directions, "x").fixed == {"level": "机密"}


def test_a_dry_run_says_the_same_and_writes_nothing(room):
    """Stopping before the last step is the same way up to there."""
    content = HEAD + "A1,甲,,,,,\n"
    before = (room.folder / "journal" / "2026.jsonl").read_bytes()
    dry = take(room, content, dry_run=True)

    assert (len(dry.plan.new), dry.batch, dry.numbers) == (1, None, ())
    assert (room.folder / "journal" / "2026.jsonl").read_bytes() == before
    assert take(room, content).numbers == ("JZ-0001",)


def test_kinds_without_custody_have_no_cabinet_or_status(room):
    """A person or a unit is in no cabinet, and a column that says so is not taken in."""
    plan = take(room, "姓名,柜号,状态\n张三,G-01,在岗\n", kind="person", dry_run=True).plan

    assert plan.unmapped == ("柜号", "状态")
    assert isinstance(plan.new[0].event.thing, Person)


def test_computers_and_papers_are_made_as_scripts_make_them(room):
    """A row becomes the very record that the same words would make through ``do``."""
    taken = take(
        room,
        "名称,网络类别,便携式,操作系统安装日期\n甲,内部,是,2024.3.5\n",
        kind="computer",
    )
    assert thing(room, taken.numbers[0]) == Computer(
        number="JSJ-0001",
        name="甲",
        network=Network.INTERNAL,
        portable=True,
        system_installed_on=date(2024, 3, 5),
    )
    paper = take(room, "标题,标志,知悉范围\n乙,机密★10年,办公室、王敏\n", kind="paper")
    assert isinstance(thing(room, paper.numbers[0]), Paper)


def test_a_lent_thing_is_not_given_back_by_a_file(room):
    """What is out stays out, whatever a file says of it."""
    take(room, "编号,标题\nWJ-2026-0001,甲\n", kind="paper")
    room.record(Lent(carrier="WJ-2026-0001", to="李国强"), happened="前情")
    taken = take(room, "编号,状态\nWJ-2026-0001,在室\n", kind="paper", mode="upsert")

    assert told(taken) == [(2, "approval.custody")]
    assert "台账上是“借出”" in taken.faults[0].message


def test_paths_of_files_are_no_part_of_the_book(room, tmp_path):
    """Only a file's name is written down, not the folder it lay in."""
    path = tmp_path / "秘密文件夹" / "表.csv"
    path.parent.mkdir()
    path.write_text("编号\nJZ-0001\n", "utf-8")
    take_in(
        room,
        Import(source=Source.at(path), directions=Directions(kind="medium"), by="王敏"),
    )

    assert "秘密文件夹" not in Path(room.folder / "journal" / "2026.jsonl").read_text("utf-8")
