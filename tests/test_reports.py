"""Reports that fill themselves: every figure and sentence from the book, with the acts behind it."""

import tomllib
from datetime import date, datetime
from itertools import product

import pytest
from attrs import fields, has

from ledger.mark import Level
from ledger.regulation import Citation
from ledger.reports.annual import annual_figures
from ledger.reports.checking import inspection_record
from ledger.reports.evidence import Fact, window
from ledger.reports.gatherings import activity_sheet, meeting_sheet
from ledger.reports.incidents import closing_sheet, leak_sheet
from ledger.reports.items import answered
from ledger.reports.people import holdings, knowers, leaving_gate
from ledger.reports.places import place_file
from ledger.reports.reviews import disclosure_sheet, supply_sheet
from ledger.reports.thirty import THIRTY
from tests.world import CASES, PACK, TODAY, Book, given, pack_of, world

START = date(2026, 1, 1)


def after(*acts):
    return given({"given": acts})


def item_cases():
    for path in sorted((CASES / "items").glob("*.toml")):
        for name, both in tomllib.loads(path.read_text("utf-8")).items():
            for outcome in ("yes", "no"):
                for place, case in enumerate(both.get(outcome, ())):
                    yield name, outcome, place, case


ITEMS = list(item_cases())


def table(book, case):
    since, on = case.get("since", date(2026, 6, 1)), case.get("on", TODAY)
    return answered(book.acts, book.register, pack_of(case), since, on, THIRTY)


@pytest.mark.parametrize(
    ("name", "outcome", "place", "case"), ITEMS, ids=[f"{n}-{o}-{p}" for n, o, p, _ in ITEMS]
)
def test_item(name, outcome, place, case):
    """Each of the thirty items is answered from the book as the case says."""
    row = table(given(case), case).rows[int(name[4:]) - 1]

    assert row.number == int(name[4:])
    assert row.verdict == case["verdict"]
    assert row.said


def test_every_item_has_cases_both_ways():
    """All thirty items are shown to be met and not to be met."""
    names = [f"item{n:02}" for n in range(1, 31)]

    assert [item.number for item in THIRTY] == list(range(1, 31))
    assert {(n, o) for n, o, _, _ in ITEMS} == set(product(names, ("yes", "no")))


def test_an_answer_names_the_acts_behind_it():
    """An inspector can ask for every act that an answer rests on."""
    book = after("carry_out", "convene", "policy", "train")
    rows = {row.number: row for row in table(book, {}).rows}
    n = book.register.acts

    assert rows[10].acts == (n - 3,)
    assert rows[3].acts == (n - 2,)
    assert rows[16].acts == (n - 1,)
    assert rows[14].acts == (n,)
    assert "部分" in table(book, {}).summary


def test_an_empty_book_answers_all_the_same():
    """A book with nothing in it has an answer to every item, and none is yes by default."""
    rows = table(Book(), {}).rows

    assert {row.verdict for row in rows if row.number != 5} <= {"否", "无此事项", "部分"}


def test_the_inspection_record_fills_its_rows():
    """Levels, numbers, lent, copied, formalities, 绝密 documents with their readers, staff and training."""
    book = after(
        "lend",
        {"like": "copy", "original": "WJ-2026-0002"},
        {"like": "circulate", "carrier": "WJ-2026-0003", "reader": "李国强", "place": "保密室"},
        "train",
        "travel",
        {"like": "post"},
        {"like": "declare", "person": "陈刚"},
        "problem",
    )
    record = inspection_record(book.acts, book.register, PACK, TODAY, since=START)
    top, middle, low = record.carriers

    assert [row.level for row in record.carriers] == [Level.绝密, Level.机密, Level.秘密]
    assert (top.count, middle.lent, middle.copied) == (3, 1, 1)
    assert (middle.lent_in_order, middle.copied_in_order, low.copied_in_order) == (True, True, None)
    assert top.kinds == "文件1、U盘1、计算机1"
    assert all(row.complete for row in record.carriers)
    (secret,) = record.top_secret
    assert (secret.copies, secret.route) == (1, "收文")
    assert secret.known_by == "1人：李国强"
    assert "16课时，参加1人" in str(record.training)
    assert "因私1人" in str(record.journeys)
    assert "上岗1人（孙丽）" in str(record.staff_changes)
    assert "陈刚报告配偶" in str(record.conduct)
    assert "第1项“柜门未锁”，2026-06-30前整改" in str(record.demands)
    assert record.inspectors == "李国强、王敏"
    assert record.level == "绝密"
    assert record.training.acts


def test_the_inspection_record_of_one_department_is_about_its_people_only():
    """A department's record counts what its people hold and what they did."""
    book = after({"like": "lend", "to": "陈刚"}, "train", {"like": "leave"}, "replace")
    mine = inspection_record(book.acts, book.register, PACK, TODAY, "业务科", START)
    other = inspection_record(book.acts, book.register, PACK, TODAY, "局领导", START)

    assert mine.department == "业务科"
    assert mine.head == "陈刚"
    assert mine.carriers[1].lent == 1
    assert "离岗1人（陈刚），签订离岗承诺书1人" in str(mine.staff_changes)
    assert other.carriers[1].count == 0
    assert str(other.training) == "无"
    assert "保密员由王敏换为陈刚" in str(
        inspection_record(book.acts, book.register, PACK, TODAY, since=START).staff_changes
    )


def test_the_inspection_record_runs_from_the_last_inspection():
    """Unless told otherwise the period begins the day after the last unit-wide inspection."""
    book = after({"like": "inspection", "on": date(2026, 6, 1)}, "train")
    fresh = inspection_record(Book().acts, Book().register, PACK, TODAY)

    assert inspection_record(book.acts, book.register, PACK, TODAY).since == date(2026, 6, 2)
    assert inspection_record((), world().register, PACK, TODAY).since == date(2026, 3, 10)
    assert fresh.since == TODAY


def test_breaches_and_losses_show_in_the_record():
    """What was lost, what was against the rules and what still is stands in its row."""
    book = after(
        {"like": "lend", "without": ["approvals"]},
        {"like": "lost", "carrier": "WJ-2026-0004"},
        {"like": "leak", "persons": "张华"},
    )
    record = inspection_record(book.acts, book.register, PACK, TODAY, since=START)
    office = inspection_record(book.acts, book.register, PACK, TODAY, "办公室", START)

    assert record.carriers[1].lent_in_order is False
    assert "借阅要由主管领导批准" in str(record.carriers[1].problems)
    assert not record.carriers[2].complete
    assert "下落不明：WJ-2026-0004" in str(record.carriers[2].problems)
    assert "AJ-2026-003（泄密）" in str(office.conduct)
    assert "AJ-2026-002" in str(record.conduct)
    assert "没有设置口令的记录" in str(record.risks)


def test_the_figures_of_a_year():
    """Every figure counts what the book has in the period and names the acts."""
    book = after(
        {"like": "receive", "copies": 3},
        {"like": "copy", "copies": 2},
        "dispatch",
        {"like": "train", "attendees": "王敏、陈刚", "hours": 4},
        "problem",
        "rectify",
        "lost",
        "leak",
        {"like": "report", "case": "AJ-2026-002"},
        {"like": "close_case", "without": ["consent_no"]},
    )
    year = annual_figures(book.acts, book.register, START, date(2026, 12, 31))
    expected = {
        "收文": 3 + 7 - 1,
        "复印": 2,
        "发文": 1,
        "集中教育": 1,
        "受教育": 2,
        "教育课时（人时）": 8,
        "检查发现问题": 2,
        "整改登记": 1,
        "丢失案件": 1,
        "泄密案件": 1,
        "其中已结案": 1,
        "泄密已报告": 1,
        "核心涉密人员": 2,
        "保密员": 1,
        "在账绝密级载体": 3,
        "在账涉密介质": 2,
        "涉密计算机": 3,
        "要害部门部位": 1,
    }

    assert {name: year.value(name) for name in expected} == expected
    assert [str(row) for row in year.rows if row.label == "发文"] == ["发文1件"]
    assert all(len(row.acts) <= 12 for row in year.rows)


def test_figures_outside_the_period_are_left_out():
    """An act before or after the period is in none of its figures."""
    book = after({"like": "train", "on": date(2026, 5, 31)}, "train")
    june = annual_figures(book.acts, book.register, date(2026, 6, 1), date(2026, 6, 30))

    assert june.value("集中教育") == 1


def test_a_voided_act_is_behind_no_report():
    """What was reversed is left out, whenever it was reversed."""
    book = after("train")
    void = book.after({"act": "冲销", "voids": book.register.acts, "reason": "记错"})

    assert window(void.acts, START, TODAY).of(type(book.acts[-1].event)) == ()


def test_who_learned_a_document():
    """Everybody who had a copy in hand, by copy, from when to when, however it was asked for."""
    book = after(
        "circulate",
        "return",
        {"like": "lend", "carrier": "WJ-2026-0002", "to": "李国强"},
        {"like": "consult", "carriers": "WJ-2026-0002", "visitor": "省厅检查组"},
    )
    by_copy = knowers(book.register, "WJ-2026-0001", PACK)

    assert by_copy == knowers(book.register, by_copy.number, PACK)
    assert [(row.person, row.carrier) for row in by_copy.rows] == [
        ("陈刚", "WJ-2026-0001"),
        ("李国强", "WJ-2026-0002"),
        ("省厅检查组", "WJ-2026-0002"),
    ]
    assert by_copy.rows[0].back == TODAY
    assert by_copy.rows[1].back is None
    assert by_copy.required
    assert not knowers(book.register, "WJ-2026-0004", PACK).required
    with pytest.raises(KeyError):
        knowers(book.register, "WJ-1", PACK)


def test_who_must_be_on_record_begins_at_the_packs_level():
    """The knowledge record is asked for from 机密 on, or from where the unit's pack says."""
    from attrs import evolve

    strict = evolve(PACK, knowledge_from=Level.秘密)

    assert knowers(world().register, "WJ-2026-0004", strict).required


def test_what_a_leaver_holds_and_has_to_do():
    """The gate lists each thing still to do, with its article and act, and opens when all is done."""
    book = after("lend", "travel", {"like": "certify", "person": "陈刚"})
    gate = leaving_gate(book.register, "陈刚", PACK, TODAY)
    open_ = [each.what for each in gate.todo if not each.done]

    assert not gate.clear
    assert gate.cooling_until == date(2027, 6, 15)
    assert {row.number for row in gate.rows} >= {"WJ-2026-0001", "JZ-0001", "JSJ-0001"}
    assert "退清名下涉密载体6件" in open_
    assert "出境已回并销假" in open_
    assert "交回上岗证" in open_
    assert "签订离岗保密承诺书" in open_


def test_the_gate_opens_when_everything_is_done():
    """Somebody with nothing in his charge and everything signed may go."""
    gate = leaving_gate(world().register, "孙丽", PACK, TODAY)
    officer = leaving_gate(world().register, "王敏", PACK, TODAY)
    keeper = leaving_gate(world().register, "张华", PACK, TODAY)

    assert gate.clear
    assert gate.cooling_until is None
    assert "更换保密员并交接保密室" in [each.what for each in officer.todo if not each.done]
    assert any("移交邮箱" in each.what for each in keeper.todo)
    with pytest.raises(KeyError):
        leaving_gate(world().register, "无名氏", PACK, TODAY)


def test_what_a_department_holds():
    """A department's holdings are its people's, with sums by level; a person's are his own."""
    book = after({"like": "lend", "to": "陈刚"}, {"like": "carry_out", "carriers": "WJ-2026-0002"})
    ours = holdings(book.register, "业务科", TODAY)
    one = holdings(book.register, "陈刚", TODAY)

    assert {row.number for row in ours.rows} == {row.number for row in one.rows}
    assert ours.total == len(ours.rows)
    assert ours.by_level.startswith("机密")
    assert {row.state for row in ours.rows} == {"借出", "在用", "携带外出"}
    assert holdings(book.register, "没有的科", TODAY).rows == ()
    assert holdings(book.register, "没有的科", TODAY).by_level == "无"


def test_a_disclosure_sheet_tells_the_three_steps():
    """Title, answers and opinions stand in the sheet's cells, each with its day and person."""
    book = after(
        "draft_disclosure",
        {"like": "review_disclosure", "consulted": "市财政局"},
        {"like": "approve_disclosure", "opinion": "同意公开"},
    )
    sheet = disclosure_sheet(book.register, "GK-2026-001")
    fresh = disclosure_sheet(after("draft_disclosure").register, "GK-2026-001")
    refused = disclosure_sheet(
        after("draft_disclosure", {"like": "review_disclosure", "agreed": "否"}).register,
        "GK-2026-001",
    )

    assert (sheet.handler, sheet.reviewer, sheet.approver) == ("赵明", "陈刚", "李国强")
    assert (sheet.secret, sheet.approval_opinion, sheet.review_opinion) == (
        False,
        "同意公开",
        "同意",
    )
    assert sheet.approved_on == TODAY
    assert sheet.remark == "征求意见：市财政局"
    assert (fresh.reviewed_on, fresh.review_opinion, fresh.remark) == (None, "", "")
    assert refused.review_opinion == "不同意"


def test_a_supply_sheet_tells_who_approved():
    """What is supplied, how far it reaches, its treatment, and by whose approval."""
    book = after("supply", "approve_supply", "give")
    sheet = supply_sheet(book.register, "TG-2026-001")

    assert (sheet.level, sheet.reach, sheet.treatment) == ("秘密", "非全国性", "不需要")
    assert sheet.approved_by == "李国强、地市级业务主管部门 市工信局"
    assert sheet.supplied_on == TODAY
    kinds = {
        ("全国性", "须处理", "内部"): {
            "nationwide": "是",
            "treatment_needed": "是",
            "sensitivity": "内部",
        },
        ("军事", "已处理", "商业秘密"): {
            "military": "是",
            "treatment_needed": "是",
            "treated": "是",
            "trade_secret": "是",
        },
        ("非全国性", "不需要", "一般"): {},
    }
    for (reach, treatment, level), said in kinds.items():
        made = after({"like": "supply", "without": ["level"], **said})
        found = supply_sheet(made.register, "TG-2026-001")
        assert (found.reach, found.treatment, found.level) == (reach, treatment, level)


def test_a_meeting_sheet_counts_what_is_owing():
    """Papers that have to come back are counted until they have; those taken home are not."""
    book = after(
        "meeting",
        "issue",
        {"like": "issue", "carrier": "WJ-2026-0004", "keep": "是", "range": "本科"},
        {"like": "issue", "carrier": "WJ-2026-0002", "to": "李国强"},
        {"act": "归还", "carrier": "WJ-2026-0002"},
    )
    sheet = meeting_sheet(book.register, "HY-2026-001")

    assert sheet.owing == 1
    assert [(row.to, row.keep, row.back) for row in sheet.rows] == [
        ("陈刚", False, False),
        ("李国强", False, True),
        ("陈刚", True, False),
    ]
    assert sheet.attendees == "陈刚、王敏"


def test_an_activity_sheet_is_the_groups_record():
    """The record names place, leaders, content and who stayed away with what excuse."""
    book = after({"like": "activity", "place": "市财政局", "suggestions": "多交流"})
    away = after({"like": "activity", "attended": "否", "excuse": "防汛"})

    sheet = activity_sheet(book.acts, book.register, "HD-2026-001")
    absent = activity_sheet(away.acts, away.register, "HD-2026-001")

    assert (sheet.group, sheet.leaders, sheet.place) == ("第三协作组", "李国强", "市财政局")
    assert sheet.excused == ""
    assert absent.excused == "示范局：防汛"


def test_a_leak_sheet_is_ready_within_the_day():
    """Content with level, discovery with its hour, course, remedies, who was told and until when."""
    book = after(
        {"like": "leak", "time": "09:30", "persons": "张华", "carriers": "WJ-2026-0001"},
        {"act": "补救", "case": "AJ-2026-001", "measures": "删除网页"},
        "report",
    )
    sheet = leak_sheet(book.register, "AJ-2026-001", PACK)

    assert sheet.content == "工作方案（机密）；WJ-2026-0001（机密）"
    assert "2026-06-15 09:30发现" in str(sheet.discovery)
    assert sheet.due == "2026-06-15 09:30起24小时内"
    assert sheet.persons == "张华，办公室，一般"
    assert sheet.remedies == "2026-06-15 删除网页"
    assert sheet.told == "2026-06-15 首次 市保密局"
    assert str(sheet.course) == "正在调查"
    assert leak_sheet(after("lost").register, "AJ-2026-001", PACK).content == "JZ-0001（机密）"
    breach = after({"like": "destroy", "witnesses": "王敏", "happened": "补记"}).register
    assert leak_sheet(breach, "AJ-2026-001", PACK).content == ""
    torn_out = after({"like": "leak", "carriers": "WJ-2026-0005", "without": ["level"]}).register
    assert leak_sheet(torn_out, "AJ-2026-001", PACK).content == "工作方案；WJ-2026-0005"


def test_a_closing_sheet_tells_what_was_found_and_done():
    """Investigation, handling and corrections, each from its own acts."""
    book = after(
        {"like": "leak", "happened_on": "2026-06-01"},
        {
            "act": "调查",
            "case": "AJ-2026-001",
            "group": "李国强、王敏",
            "course": "误传公网",
            "harm": "范围有限",
            "persons": "张华",
        },
        {"like": "punish", "case": "AJ-2026-001"},
        {"act": "整改措施", "case": "AJ-2026-001", "measures": "停用扫描仪"},
    )
    sheet = closing_sheet(book.acts, book.register, "AJ-2026-001")
    fresh = closing_sheet(after("leak").acts, after("leak").register, "AJ-2026-001")

    assert str(sheet.investigation) == "误传公网；后果：范围有限；调查人员：李国强、王敏"
    assert sheet.investigation.acts == (book.register.acts - 2,)
    assert sheet.handling == "张华：批评教育"
    assert "停用扫描仪" in sheet.corrections
    assert str(fresh.investigation) == "无"
    assert "发生于2026-06-01" in str(leak_sheet(book.register, "AJ-2026-001", PACK).course)


def test_the_file_of_a_key_place():
    """Acceptance, opening, inspections, changes, phones, and its people's reviews and training."""
    book = after(
        {"act": "场所验收", "site": "CS-YH", "paper_no": "市保验1号"},
        "open_site",
        {"like": "problem", "scope": "要害部位", "sites": "CS-YH"},
        {"like": "inspection", "scope": "要害部位", "sites": "CS-YH", "on": date(2026, 5, 1)},
        {"like": "change_report", "about": "CS-YH"},
        "phone_in",
        {"like": "phone_in", "site": "CS-01"},
        {"like": "vet", "person": "张华"},
        {"like": "vet", "person": "孙丽"},
        {"like": "post", "person": "张华"},
        "post",
        {"like": "train", "attendees": "张华、孙丽"},
        "train",
        "inspection",
        "change_report",
    )
    file = place_file(book.acts, book.register, "CS-YH", START, TODAY)

    assert [row.what for row in file.rows] == [
        "检查",
        "验收",
        "启用",
        "检查",
        "变动上报",
        "带入通信工具",
        "资格审查",
        "上岗",
        "培训",
    ]
    assert file.head == "王敏"
    assert file.conditions == "独立封闭有、存放设施有、监控有"
    assert file.staff == "王敏、张华"
    assert file.carriers == 0
    assert file.rows[-1].text == "16课时：张华"


def test_reports_are_values_whose_cells_have_names():
    """Every field of every report has the Chinese name a form prints beside it."""
    book = after("meeting", "leak", "supply", "draft_disclosure", "activity")
    register, acts = book.register, book.acts
    made = (
        inspection_record(acts, register, PACK, TODAY),
        table(book, {}),
        annual_figures(acts, register, START, TODAY),
        knowers(register, "WJ-2026-0001", PACK),
        leaving_gate(register, "陈刚", PACK, TODAY),
        holdings(register, "业务科", TODAY),
        place_file(acts, register, "CS-YH", START, TODAY),
        disclosure_sheet(register, "GK-2026-001"),
        supply_sheet(register, "TG-2026-001"),
        meeting_sheet(register, "HY-2026-001"),
        activity_sheet(acts, register, "HD-2026-001"),
        leak_sheet(register, "AJ-2026-001", PACK),
        closing_sheet(acts, register, "AJ-2026-001"),
    )

    def labelled(value):
        for each in fields(type(value)):
            assert each.metadata["label"], each
            for part in (
                getattr(value, each.name) if isinstance(getattr(value, each.name), tuple) else ()
            ):
                if has(type(part)) and not isinstance(part, Citation):
                    labelled(part)

    for value in made:
        labelled(value)
        assert hash(value) == hash(value)


def test_a_window_reads_the_book_from_its_first_day():
    """Acts written before a period are not even looked at, and late entries of it are found."""

    class Lazy:
        """A book that counts how often it is read."""

        def __init__(self, acts):
            self.acts, self.read = acts, 0

        def __len__(self):
            return len(self.acts)

        def __getitem__(self, place):
            self.read += 1
            return self.acts[place]

    book = world()
    for day in range(1, 21):
        book = book.after(
            "train" and {"act": "培训", "attendees": "孙丽", "hours": "1"},
            at=datetime(2026, 6, day, 9),
        )
    lazy = Lazy(book.acts)
    found = window(lazy, date(2026, 6, 20), date(2026, 6, 30))

    assert sum(map(len, found.by_kind.values())) == 1
    assert lazy.read < 12
    assert Fact("甲", (1,)) == Fact("甲", (1,))
