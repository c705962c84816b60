"""Counts: a frozen list, every read kept, a second count that is blind, and nothing booked before it is decided."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from ledger import (
    Cabinet,
    Computer,
    Destroyed,
    Found,
    Lent,
    Level,
    Lost,
    Medium,
    Network,
    Person,
    Registered,
    Returned,
    Site,
    Stored,
)
from ledger.cli import cli
from ledger.cli.desk import run
from ledger.cli.speech import Exit
from ledger.counting.session import Choice, Round, Spot
from ledger.counting.tally import CHOICES, Standing, tally
from ledger.place import Compartment, InCabinet, InRoom, WithPerson
from ledger.printing.printer import for_file
from ledger.room import Room
from ledger.room.counting import BadCount, NoCount, begin, counts, resume
from ledger.room.filling import Subject, Unfillable
from ledger.room.issuing import Paper, issue
from ledger.room.labelling import chosen, values
from ledger.room.paperwork import paper_of
from ledger.room.verification import verify
from ledger.store.lock import Locked

START = datetime(2026, 6, 15, 9, 0)


@pytest.fixture(name="desk")
def _desk(tmp_path):
    """A room with a cabinet of two compartments, one of one, and media in all kinds of places."""
    clock = SimpleNamespace(now=START)

    def tick():
        clock.now += timedelta(seconds=1)
        return clock.now

    with Room.create(tmp_path / "room", unit="示范局", level=Level.机密, clock=tick) as room:
        for name, roles in (("王敏", {"保密员"}), ("李国强", {"主管领导"}), ("陈刚", set())):
            room.record(Registered(thing=Person(name=name, roles=frozenset(roles))))
        parts = (Compartment("1"), Compartment("2"))
        room.record(Registered(thing=Cabinet(level=Level.机密, compartments=parts)))
        room.record(Registered(thing=Cabinet(level=Level.机密)))
        for n in range(1, 7):
            room.record(Registered(thing=Medium(level=Level.秘密, serial=f"S{n}")))
        room.record(Stored(carriers=("JZ-0001", "JZ-0002"), cabinet="G-01", compartment="1"))
        room.record(Stored(carriers=("JZ-0003",), cabinet="G-02"))
        room.record(Lent(carrier="JZ-0005", to="RY-003"), happened="试验")
        destroyed = Destroyed(carriers=("JZ-0006",), witnesses=("RY-001", "RY-003"), method="粉碎")
        room.record(destroyed, happened="试验")
        yield room


def standing(count):
    return {row.subject: row.standing for row in count.tally()}


def code_of(room, number, folder):
    (want,) = chosen(room, [number])
    path = folder / f"{number}.pdf"
    issue(room, (want,), Paper(printer=for_file(path, room.folder, None), path=path))
    return values(room, want)["code"]


def test_the_list_is_numbered_place_by_place_and_tells_what_is_out(desk):
    """What has to be there comes first, place by place; what is lent stands at the end with its holder."""
    with begin(desk) as count:
        lines = [
            (line.n, line.number, str(line.spot or line.out)) for line in count.session.listed.lines
        ]

    assert lines == [
        (1, "JZ-0001", "G-01柜1"),
        (2, "JZ-0002", "G-01柜1"),
        (3, "JZ-0003", "G-02柜"),
        (4, "JZ-0004", "保密室"),
        (5, "JZ-0005", "陈刚"),
    ]
    assert count.session.listed.expected == 4


def test_a_count_in_which_all_is_in_place_is_one_act(desk):
    """Place by place, piece by piece: nothing differs, and the book gets one line with the list's digest."""
    before = len(desk.acts)
    with begin(desk, by="王敏") as count:
        for said in (
            "G-01/1",
            "JZ-0001",
            "jz-0002",
            "G-02",
            "ＪＺ-０００３".replace("ＪＺ", "JZ"),
            "保密室",
            "JZ-0004",
        ):
            count.hear(said)
        rows = count.check()
        (done,) = count.close()

    assert [str(row.standing) for row in rows] == ["在位"] * 4 + ["借出在外"]
    assert len(desk.acts) == before + 1
    assert done.act.event.listed == count.session.digest
    assert done.act.event.seen == ("JZ-0001", "JZ-0002", "JZ-0003", "JZ-0004")
    assert desk.register.counts[""].missing == ()
    assert verify(desk).holds


def test_each_standing_is_told_by_its_name(desk):
    """Every way a number can stand in a count comes out as what it is."""
    desk.record(Lost(carrier="JZ-0002", circumstances="旧案"))
    with begin(desk) as count:
        said = [
            count.hear(text).said
            for text in (
                "G-02",
                "JZ-0001",
                "JZ-0001",
                "JZ-0002",
                "保密室",
                "JZ-0005",
                "JZ-0006",
                "不知何物",
            )
        ]
        count.hear("G-01/1")
        count.hear("JZ-0003")
        count.hear("G-01/2")
        count.hear("JZ-0003")
        found = standing(count)

    assert said == [
        "现在清点：G-02柜",
        "JZ-0001 错位",
        "JZ-0001 重复，这一遍已读过",
        "JZ-0002 遗失又现",
        "现在清点：保密室",
        "JZ-0005 借出在外",
        "JZ-0006 已销毁却出现",
        "不知何物 账外；账上没有这个编号",
    ]
    assert found == {
        "JZ-0001": Standing.MISPLACED,
        "JZ-0002": Standing.RECOVERED,
        "JZ-0003": Standing.TWICE,
        "JZ-0004": Standing.UNSEEN,
        "JZ-0005": Standing.OUT,
        "JZ-0006": Standing.GONE,
        "不知何物": Standing.UNKNOWN,
    }


def test_nothing_changes_before_every_difference_is_decided(desk):
    """A count with an open difference is not closed, and the book is as it was."""
    before = len(desk.acts)
    with begin(desk) as count:
        count.check()
        with pytest.raises(NoCount, match="还有4处差异没有决定：JZ-0001（应在未见）"):
            count.close()
        with pytest.raises(NoCount, match="不能“登记归还”"):
            count.settle("JZ-0001", Choice.RETURN)

    assert len(desk.acts) == before


def test_decisions_become_acts_all_at_once(desk):
    """What was misplaced is booked where it is, what came back is returned, what is missing is a case."""
    with begin(desk, by="王敏") as count:
        for said in ("G-02", "JZ-0001", "JZ-0003", "保密室", "JZ-0005", "JZ-0006", "来路不明"):
            count.hear(said)
        count.check()
        count.settle("JZ-0001", Choice.MOVE)
        count.settle("JZ-0002", Choice.CASE)
        count.settle("JZ-0004", Choice.CASE)
        count.settle("JZ-0005", Choice.RETURN)
        with pytest.raises(NoCount, match="要写明情况"):
            count.settle("JZ-0006", Choice.SEALED)
        count.settle("JZ-0006", Choice.SEALED, note="封存于G-02柜，已报李国强")
        count.settle("来路不明", Choice.HANDED, note="业务科的U盘，已送还陈刚")
        done = count.close(clearance=True)

    assert [type(each.act.event).__name__ for each in done] == ["Stored", "Returned", "Counted"]
    assert desk.register.carriers["JZ-0001"].custody == InCabinet("G-02")
    assert desk.register.carriers["JZ-0005"].custody == InRoom()
    (lost,) = [c for c in desk.register.cases.values() if c.nature == "丢失"]
    assert lost.subjects == ("JZ-0002", "JZ-0004")
    again = [c for c in desk.register.cases.values() if "又见到" in c.facts[0]]
    assert [c.subjects for c in again] == [("JZ-0006",)]
    count_ = desk.register.counts[""]
    assert count_.clearance_on == START.date()
    assert count_.extra == ("JZ-0006", "来路不明")
    assert "来路不明 账外 送还原主 业务科的U盘，已送还陈刚" in done[-1].act.event.settled
    (session,) = counts(desk)
    kept = {row.subject: (row.standing, row.expected) for row in tally(session, desk.register)}
    assert kept["JZ-0001"] == (Standing.MISPLACED, "G-01柜1")
    assert kept["JZ-0002"] == (Standing.UNSEEN, "G-01柜1")
    assert verify(desk).holds


def test_what_was_lost_and_is_there_is_found(desk):
    """A number with an open loss that is read comes back by the count."""
    desk.record(Lost(carrier="JZ-0003", circumstances="旧案"))
    with begin(desk, "G-01") as count:
        for said in ("G-01/1", "JZ-0001", "JZ-0002", "JZ-0003"):
            count.hear(said)
        count.check()
        count.settle("JZ-0003", Choice.FOUND)
        done = count.close()

    assert isinstance(done[0].act.event, Found)
    assert desk.register.carriers["JZ-0003"].custody == InCabinet("G-01", "1")
    assert not desk.register.carriers["JZ-0003"].missing


def test_a_place_to_book_to_has_its_compartment(desk):
    """A cabinet with compartments asks which one; a cabinet alone agrees with any of them."""
    with begin(desk) as count:
        count.hear("G-01")
        assert count.hear("JZ-0001").row.standing is Standing.PRESENT
        count.hear("JZ-0003")
        count.check()
        with pytest.raises(NoCount, match="要写明放在G-01柜的哪一格，有：1、2"):
            count.settle("JZ-0003", Choice.MOVE)
        with pytest.raises(NoCount, match="没有登记“G-09”这个柜"):
            count.settle("JZ-0003", Choice.MOVE, to=Spot("G-09"))
        row = count.settle("JZ-0003", Choice.MOVE, to=Spot("G-01", "2"))

    assert not row.waits


def test_what_lies_outside_cabinets_is_put_back(desk):
    """A piece found loose in the room goes back into its cabinet; it is not booked as loose."""
    with begin(desk) as count:
        count.hear("保密室")
        row = count.hear("JZ-0001").row

    assert row.standing is Standing.MISPLACED
    assert row.choices == (Choice.BACK,)


def test_the_second_count_is_another_persons_and_blind(desk):
    """Whoever counts again is somebody else, and is shown neither list nor results."""
    with begin(desk, by="王敏") as count:
        count.hear("G-01/1")
        count.hear("JZ-0001")
        for who in ("王敏", "RY-001"):
            with pytest.raises(NoCount, match="另一个人"):
                count.second(who)
        count.second("陈刚")
        assert count.session.spot == Spot()
        heard = count.hear("JZ-0004")
        assert (heard.said, heard.row) == ("JZ-0004 已读", None)
        assert count.hear("JZ-0004").said == "JZ-0004 重复，这一遍已读过"
        with pytest.raises(NoCount, match="复点没有结束"):
            count.tally()
        with pytest.raises(NoCount, match="已经开始过"):
            count.second("李国强")
        assert count.session.counter == "陈刚"
        rows = count.check()

    found = {row.subject: row.standing for row in rows}
    assert found["JZ-0001"] is found["JZ-0004"] is Standing.CONTESTED
    assert found["JZ-0002"] is Standing.UNSEEN


def test_a_dispute_ends_with_a_look_or_a_case(desk):
    """What only one of the two saw is read again, vouched for in words, or looked for as a case."""
    with begin(desk, by="王敏") as count:
        for said in ("G-01/1", "JZ-0001", "JZ-0002", "G-02", "JZ-0003", "保密室", "JZ-0004"):
            count.hear(said)
        count.second("陈刚")
        count.hear("保密室")
        count.hear("JZ-0004")
        count.check()
        count.hear("G-01/1")
        count.hear("JZ-0001")
        assert standing(count)["JZ-0001"] is Standing.PRESENT
        count.settle("JZ-0002", Choice.SEEN, note="两人同看，在G-01柜1")
        count.settle("JZ-0003", Choice.CASE)
        (*_, done) = count.close()

    assert desk.register.counts[""].missing == ("JZ-0003",)
    assert done.act.event.counters == ("RY-001", "RY-003")


def test_every_read_survives_a_crash(desk):
    """A process that is killed in the middle has lost nothing: the count goes on where it stopped."""
    code = (
        "import os, sys; from ledger.room import Room; from ledger.room.counting import begin;"
        "room = Room.open(sys.argv[1]); count = begin(room, by='王敏');"
        "[count.hear(said) for said in ('G-01/1', 'JZ-0001', 'JZ-0002')];"
        "os.kill(os.getpid(), 9)"
    )
    dead = subprocess.run([sys.executable, "-c", code, desk.folder], check=False)
    assert dead.returncode == -9

    with resume(desk) as count:
        assert count.session.spot == Spot("G-01", "1")
        assert count.session.reads == 2
        assert count.hear("JZ-0002").again


def test_a_torn_last_line_was_never_read(desk):
    """A read cut short by a power cut is not there; the next one takes its place."""
    with begin(desk) as count:
        count.hear("JZ-0004")
        path = desk.folder / "counts" / f"{count.session.id}.jsonl"
    with path.open("ab") as file:
        file.write(b'{"read":"JZ-0001","te')

    with resume(desk) as count:
        assert count.session.reads == 1
        count.hear("JZ-0002")
    with resume(desk) as count:
        assert set(count.session.found) == {"JZ-0004", "JZ-0002"}


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b'"JZ-0001"', b'"JZ-0009"', 1),
        lambda raw: raw.replace(b'"read"', b'"raed"'),
        lambda raw: raw[raw.index(b"\n") + 1 :],
        lambda raw: raw + b"[]\n",
        lambda raw: raw + b'{"closed":9}\n',
        lambda raw: raw + b"\xff\n",
        lambda _raw: b"",
    ],
    ids=["list", "key", "beheaded", "shape", "closed", "bytes", "empty"],
)
def test_a_count_that_was_tampered_with_is_told(desk, change):
    """A changed list or line is never read as something else, and does not keep others from being listed."""
    with begin(desk) as count:
        count.hear("JZ-0004")
        id_ = count.session.id
    path = desk.folder / "counts" / f"{id_}.jsonl"
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(BadCount, match="读不通"):
        resume(desk, id_)
    assert counts(desk) == []


def test_a_count_closed_in_the_book_is_closed(desk):
    """The power went between the book's line and the count's own: the book is right."""
    with begin(desk, "G-02") as count:
        count.hear("JZ-0003")
        count.check()
        path = desk.folder / "counts" / f"{count.session.id}.jsonl"
        count.close()
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))

    (session,) = counts(desk)
    assert session.act == len(desk.acts)
    with resume(desk, session.id) as count, pytest.raises(NoCount, match="已经结束"):
        count.hear("JZ-0003")


def test_one_count_at_one_terminal(desk):
    """A count that is going on here is not gone on with there, nor is a second one of that place begun."""
    with begin(desk) as count:
        with pytest.raises(Locked, match="正在另一个终端上进行"):
            resume(desk)
        with pytest.raises(NoCount, match="正在清点"):
            begin(desk)
        count.abandon("停电")
    with begin(desk) as again:
        assert again.session.id != count.session.id


def test_what_moves_meanwhile_is_left_out(desk):
    """Lending, registering and storing go on during a count, which then says nothing of those pieces."""
    with begin(desk) as count:
        desk.record(Registered(thing=Medium(level=Level.秘密, serial="S7")))
        desk.record(Lent(carrier="JZ-0004", to="RY-003"), happened="试验")
        for said in ("G-01/1", "JZ-0001", "JZ-0002", "G-02", "JZ-0003"):
            count.hear(said)
        rows = {row.subject: row.standing for row in count.check()}
        count.close()

    assert rows["JZ-0007"] is rows["JZ-0004"] is Standing.MOVED
    assert desk.register.cases == {} or all(
        c.nature != "丢失" for c in desk.register.cases.values()
    )
    assert isinstance(desk.register.carriers["JZ-0004"].custody, WithPerson)


def test_what_left_and_came_back_to_its_place_still_counts(desk):
    """A loan that ended where it began leaves the piece on the list."""
    with begin(desk) as count:
        desk.record(Lent(carrier="JZ-0003", to="RY-003"), happened="试验")
        desk.record(Returned(carrier="JZ-0003"))
        desk.record(Stored(carriers=("JZ-0003",), cabinet="G-02"))

        assert standing(count)["JZ-0003"] is Standing.UNSEEN


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("G-09/1", None),
        ("G-01/9", "G-01柜没有“9”格，有：1、2"),
        ("G-02/1", "G-02柜没有“1”格，没有分格"),
    ],
)
def test_places_that_are_not_there_are_told(desk, said, told):
    """A compartment has to be one the cabinet has; an unknown cabinet is a text like any other."""
    with begin(desk) as count:
        if told is None:
            assert count.hear(said).row.standing is Standing.UNKNOWN
        else:
            with pytest.raises(NoCount, match=told):
                count.hear(said)


def test_a_cabinets_count_stays_in_the_cabinet(desk):
    """Counting one cabinet takes no other place, and what belongs elsewhere is misplaced there."""
    with begin(desk, "G-01") as count:
        assert count.session.spot == Spot("G-01")
        assert [line.number for line in count.session.listed.lines] == ["JZ-0001", "JZ-0002"]
        with pytest.raises(NoCount, match="这次只清点G-01柜"):
            count.hear("G-02")
        assert count.hear("JZ-0003").row.standing is Standing.MISPLACED


def test_labels_are_read_by_their_codes(desk, tmp_path):
    """A scanned label is its carrier, a cabinet's label the place; another room's code is 账外."""
    here = code_of(desk, "JZ-0003", tmp_path)
    place = code_of(desk, "G-02", tmp_path)
    with begin(desk) as count:
        assert count.hear(place).spot == Spot("G-02")
        assert count.hear(here).row.standing is Standing.PRESENT
        foreign = count.hear("1" * 24)

    assert foreign.row.standing is Standing.UNKNOWN
    assert "别的台账" in foreign.said


def test_what_people_use_every_day_is_no_loan(desk):
    """A computer at its keeper's desk stands on no list, and reading it tells no difference."""
    machine = Computer(network=Network.INTERNAL, keeper="RY-003", name="办公机")
    desk.record(Registered(thing=machine))
    with begin(desk) as count:
        assert "JSJ-0001" not in count.session.lines
        assert count.hear("JSJ-0001").row.standing is Standing.IN_USE


def test_people_and_foreign_rooms_are_not_counted(desk):
    """A person's number is not a carrier; nor is a machine room a place of the officer's."""
    desk.record(Registered(thing=Site(name="机房")))
    desk.record(Registered(thing=Site(name="保密室", purpose="保密室")))
    with begin(desk) as count:
        assert count.hear("RY-003").said == "这是陈刚的人员码，清点时不用扫人"
        assert count.hear("CS-01").said == "CS-01是机房，不在清点范围"
        assert count.hear("CS-02").spot == Spot()
        assert count.session.reads == 0


def test_steps_out_of_turn_are_told(desk):
    """Deciding waits for the check, closing too; giving up needs a reason; an empty place needs no count."""
    with begin(desk) as count:
        for step, said in (
            (lambda: count.settle("JZ-0001", Choice.CASE), "先点完"),
            (count.close, "先核对差异"),
            (lambda: count.abandon(" "), "为什么作罢"),
            (lambda: count.second(" "), "复点人"),
        ):
            with pytest.raises(NoCount, match=said):
                step()
        count.check()
        with pytest.raises(NoCount, match="没有“JZ-0099”"):
            count.settle("JZ-0099", Choice.CASE)
    with pytest.raises(NoCount, match="没有登记“G-09”"):
        begin(desk, "G-09")
    desk.record(Registered(thing=Cabinet(level=Level.机密)))
    with pytest.raises(NoCount, match="不用清点"):
        begin(desk, "G-03")
    for id_ in ("2026-06-15-9", "../../etc/passwd", "2026-06-15"):
        with pytest.raises(BadCount, match="没有“"):
            resume(desk, id_)


def test_there_is_nothing_to_go_on_with_in_a_new_room(desk):
    """Without a count there is none to resume."""
    with pytest.raises(BadCount, match="没有正在进行的清点"):
        resume(desk)


def test_every_standing_says_what_can_be_decided():
    """The table of decisions knows every standing."""
    assert set(CHOICES) == set(Standing)


def test_a_full_disk_loses_no_read_and_adds_none(desk, monkeypatch):
    """What the disk would not take was not read; the count is as it was and goes on."""
    with begin(desk) as count:
        count.hear("JZ-0004")
        monkeypatch.setattr(os, "write", _full)
        with pytest.raises(OSError, match="No space"):
            count.hear("JZ-0001")
        monkeypatch.undo()
        assert count.session.reads == 1
        count.hear("JZ-0002")
    with resume(desk) as count:
        assert count.session.reads == 2


def _full(*_):
    raise OSError(28, "No space left on device")


def test_the_result_is_printed_for_two_signatures(desk):
    """The sheet has every line with its result, the digest of the list, the book's head and two names."""
    with begin(desk, by="王敏") as count:
        count.hear("JZ-0004")
        count.second("陈刚")
        with pytest.raises(Unfillable, match="复点没有结束"):
            paper_of(desk, "盘点结果", Subject(), {})
        count.check()
        paper = paper_of(desk, "盘点结果", Subject(numbers=(count.session.id,)), {})
    text = paper.written("txt").decode()

    for words in (
        "王敏",
        "陈刚",
        desk.head[:20],
        count.session.digest[:16],
        "应在未见",
        "两次不符",
        "尚未结束",
    ):
        assert words in text
    assert paper.level is Level.秘密
    with pytest.raises(Unfillable, match="没有“2020-01-01-1”"):
        paper_of(desk, "盘点结果", Subject(numbers=("2020-01-01-1",)), {})


def test_counts_are_in_the_backup(desk, tmp_path):
    """The file of a count is packed with the room; its lock is not."""
    from zipfile import ZipFile

    from ledger.room.safekeeping import back_up

    with begin(desk):
        back_up(desk, tmp_path / "x.baomi")
    with ZipFile(tmp_path / "x.baomi") as packed:
        names = [name for name in packed.namelist() if name.startswith("counts/")]

    assert names == ["counts/2026-06-15-1.jsonl"]


def test_rounds_have_names():
    """The three rounds are called as officers call them."""
    assert [str(each) for each in Round] == ["初点", "复点", "核对"]


@pytest.fixture(name="baomi")
def _baomi(desk, capsys):
    """The command line on the room: what it printed, and its exit code."""
    desk.close()

    def run_(*words, stdin=""):
        import io

        old, sys.stdin = sys.stdin, io.StringIO(stdin)
        try:
            code = run(cli, ["--room", str(desk.folder), "--by", "王敏", *words])
        finally:
            sys.stdin = old
        out, err = capsys.readouterr()
        return code, out, err

    return run_


def test_the_whole_job_by_command(baomi, tmp_path):
    """Begin, read by scanner, check, decide, close and print: a count from the terminal alone."""
    code, id_, said = baomi("count", "start")
    assert (code, id_) == (Exit.DONE, "2026-06-15-1\n") or id_.endswith("-1\n")
    assert "应在4件" in said
    code, out, _ = baomi("count", "read", "-", stdin="G-01/1\nJZ-0001\nJZ-0002\n\nG-02\nJZ-0003\n")
    assert code == Exit.DONE
    assert out.splitlines()[-1] == "JZ-0003 在位"
    code, _, said = baomi("count", "read", "G-01/9")
    assert (code, said) == (Exit.PARTLY, "G-01柜没有“9”格，有：1、2\n")
    assert baomi("count", "second", "王敏")[0] == Exit.REFUSED
    code, out, said = baomi("count", "check")
    assert code == Exit.PARTLY
    assert "JZ-0004  应在未见  保密室        待定：立案查找" in out
    assert said == "在位3件　借出在外1件　应在未见1件\n"
    assert baomi("count", "close")[2].startswith("还有1处差异没有决定：JZ-0004（应在未见）")
    assert baomi("count", "decide", "JZ-0004", "立案查找")[0] == Exit.DONE
    code, _, said = baomi("count", "close", "--clearance")
    assert code == Exit.DONE
    assert "立案：AJ-" in said
    code, out, _ = baomi("count", "list")
    assert "全室（保密室和各柜）  王敏    4     3     第" in out
    assert baomi("form", "盘点结果", "-o", str(tmp_path / "x.docx"), "--to", "JZ-0001")[0] in (0, 4)
    assert "立案查找" in baomi("form", "盘点结果")[1]


def test_counts_in_json_are_for_scripts(baomi):
    """Every command of a count answers a script with one object a line."""
    begun = json.loads(baomi("count", "start", "--cabinet", "G-02", "--json")[1])
    assert (begun["cabinet"], begun["expected"], begun["round"]) == ("G-02", 1, "first")
    heard = [
        json.loads(x)
        for x in baomi("count", "read", "JZ-0003", "JZ-0003", "--json")[1].split("\n")
        if x
    ]
    assert [(h["standing"], h["again"]) for h in heard] == [("present", False), ("present", True)]
    rows = json.loads(baomi("count", "check", "--all", "--json")[1])
    assert (rows["waiting"], [r["subject"] for r in rows["rows"]]) == (0, ["JZ-0003"])
    done = json.loads(baomi("count", "close", "--json")[1])
    assert done["acts"] == 1
    assert json.loads(baomi("count", "list", "--json")[1])[0]["act"] == done["n"]
    assert "没有正在进行的清点" in baomi("count", "abandon", "停电")[2]
    baomi("count", "start")
    assert baomi("count", "abandon", "停电")[0] == Exit.DONE
    assert "作罢：停电" in baomi("count", "list")[1]
