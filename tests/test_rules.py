"""The rules, each with cases both ways, and the regulation covered without a gap."""

from datetime import date, datetime
from functools import cache
from itertools import product

import pytest

from ledger import Force, Level, Numbering, Opened
from ledger.carrier import Medium
from ledger.regulation import CARRIERS, REGULATIONS
from ledger.rules import ALL
from ledger.rules.media.using import MAY_HOLD
from tests.gallery import TARGET, page
from tests.world import PACK, TODAY, Book, act_of, cases, findings_of, world

CASES = list(cases())
WITHOUT_CASES = {"opened_once"}
"""Rules no script can break; a test of their own below shows them both ways."""

VERBS = {
    Force.FORBIDS: ("不得", "严禁", "禁止", "不准", "不能", "只能"),
    Force.REQUIRES: ("须", "应", "要"),
    Force.ADVISES: ("宜", "原则上", "一般"),
}


@pytest.mark.parametrize(
    ("rule", "outcome", "place", "case"), CASES, ids=[f"{r}-{o}-{p}" for r, o, p, _ in CASES]
)
def test_case(rule, outcome, place, case):
    """A case that fails is found by its rule, and one that passes is not."""
    found = [finding for finding in findings_of(case) if finding.rule == rule]

    assert bool(found) == (outcome == "fails")


def test_every_rule_has_cases_both_ways():
    """Each rule is shown to speak and shown to be silent."""
    shown = {(rule, outcome) for rule, outcome, _, _ in CASES}
    names = {rule.name for rule in ALL} - WITHOUT_CASES

    assert set(product(names, ("passes", "fails"))) == shown


def test_rules_have_names_of_their_own():
    """No two rules are called the same, so that a name in the book means one rule."""
    names = [rule.name for rule in ALL]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_force_is_read_off_the_gist(rule):
    """A rule's gist uses a verb of the force the rule has."""
    assert any(verb in rule.gist for verb in VERBS[rule.force])


def test_the_regulations_have_as_many_articles_as_printed():
    """Sections and articles are counted as the compendium prints them."""
    counts = {regulation.short: len(regulation.articles) for regulation in REGULATIONS}

    assert counts["载体制度"] == 1 + 4 + 3 + 7 + 5 + 3 + 5 + 4 + 5 + 5 + 2 + 4 + 3 + 7 + 3 + 2
    assert counts["计算机制度"] == 48 + 4


def test_an_article_that_does_not_exist_cannot_be_cited():
    """A slip in an article's number is an error when the rules are read."""
    with pytest.raises(KeyError):
        CARRIERS["一（九）6"]


@pytest.mark.parametrize("level", [None, *Level])
@pytest.mark.parametrize("data", Level)
def test_what_a_medium_may_hold(level, data):
    """The table of data and media is the regulation's, cell by cell."""
    #             秘密   机密   绝密
    table = {
        None: "禁    禁    禁",
        Level.秘密: "可    禁    禁",
        Level.机密: "可    可    禁",
        Level.绝密: "禁    禁    可",
    }
    expected = dict(zip(Level, table[level].split(), strict=True))[data]

    assert (data in MAY_HOLD[level]) == (expected == "可")
    medium = {None: "JZ-0004", Level.秘密: "JZ-0003", Level.机密: "JZ-0001", Level.绝密: "JZ-0002"}
    proposal = world().propose({"act": "written", "medium": medium[level], "level": str(data)})
    assert proposal.refused == (expected == "禁")


MORE = (
    {"act": "登记", "kind": "计算机", "network": "涉密"},  # JSJ-0007，没有定级
    {"act": "登记", "kind": "计算机", "network": "内部"},  # JSJ-0008，隔离方式不明
    {"act": "登记", "kind": "计算机"},  # JSJ-0009，没有分类
    {"act": "登记", "kind": "介质", "serial": "M7"},  # JZ-0007，没有指定用途
    {"act": "登记", "kind": "介质", "network": "涉密"},  # JZ-0008，没有定级
    {"act": "登记", "kind": "介质", "type": "光盘"},  # JZ-0009
    {"act": "登记", "kind": "介质", "network": "互联网"},  # JZ-0010，存过机密
    {"act": "写入", "medium": "JZ-0010", "level": "机密"},
    {"act": "登记", "kind": "介质", "network": "内部"},  # JZ-0011，存有工作秘密
    {"act": "写入", "medium": "JZ-0011", "sensitivity": "工作秘密"},
    {"act": "登记", "kind": "设备", "type": "打印机", "network": "互联网"},  # SB-0004
    {"act": "登记", "kind": "设备", "type": "打印机", "network": "涉密"},  # SB-0005，没有定级
    {"act": "登记", "kind": "设备", "type": "打印机"},  # SB-0006，没有指定用途
)
"""What the tables below need besides the made-up unit."""


@cache
def bigger():
    book = world()
    for raw in MORE:
        book = book.after(raw)
    return book


ORDER = tuple(f"JSJ-000{n}" for n in (1, 2, 3, 7, 4, 5, 8, 6, 9))
"""The computers as the columns of the tables name them."""
PLUGS = {
    #            涉密                  内部            互   没
    #            机   绝   秘   未定   物   逻   不明   联   分类
    "JZ-0001": "可   可   禁   禁    禁   禁   禁    禁   禁",  # 机密
    "JZ-0002": "禁   可   禁   禁    禁   禁   禁    禁   禁",  # 绝密
    "JZ-0003": "可   可   可   禁    禁   禁   禁    禁   禁",  # 秘密
    "JZ-0004": "禁   禁   禁   禁    可   可   可    禁   可",  # 内部用
    "JZ-0005": "禁   禁   禁   禁    须   须   须    可   可",  # 互联网用
    "JZ-0006": "须   须   须   须    可   可   可    可   可",  # 特定导入U盘
    "JZ-0007": "禁   禁   禁   禁    可   可   可    可   可",  # 没有指定用途
    "JZ-0008": "禁   禁   禁   禁    禁   禁   禁    禁   禁",  # 涉密，没有定级
    "JZ-0009": "须   须   须   须    可   可   可    可   可",  # 光盘
    "JZ-0010": "禁   禁   禁   禁    禁   禁   禁    禁   禁",  # 互联网用，存过机密
    "JZ-0011": "禁   禁   禁   禁    可   禁   禁    禁   可",  # 内部用，存有工作秘密
    "SB-0001": "可   须   须   须    禁   禁   禁    禁   须",  # 机密级打印机
    "SB-0002": "禁   禁   禁   禁    可   可   可    禁   可",  # 内部打印机
    "SB-0003": "禁   禁   禁   禁    禁   禁   禁    禁   须",  # 机密级无线鼠标
    "SB-0004": "禁   禁   禁   禁    须   须   须    可   可",  # 互联网打印机
    "SB-0005": "须   须   须   须    禁   禁   禁    禁   须",  # 涉密打印机，没有定级
    "SB-0006": "禁   禁   禁   禁    可   可   可    可   可",  # 没有指定用途的打印机
    "JSJ-0001": "可   须   须   须    禁   禁   禁    禁   须",  # 涉密机密级计算机
    "JSJ-0004": "禁   禁   禁   禁    可   可   可    禁   可",  # 内部计算机
    "JSJ-0006": "禁   禁   禁   禁    禁   禁   禁    可   可",  # 互联网计算机
}
PLUG_CELLS = [
    (item, computer, word)
    for item, row in PLUGS.items()
    for computer, word in zip(ORDER, row.split(), strict=True)
]


@pytest.mark.parametrize(("item", "computer", "word"), PLUG_CELLS)
def test_what_may_be_plugged_into_what(item, computer, word):
    """Media, devices and computers meet only as the table allows; the gravest force is shown."""
    proposal = bigger().propose({"act": "plugged", "item": item, "computer": computer})
    gravest = str(proposal.findings[0].force) if proposal.findings else "可"

    assert gravest == word


JOBS = {
    #            涉密                  内部            互   没
    #            机   绝   秘   未定   物   逻   不明   联   分类
    "绝密": "禁   可   禁   禁    禁   禁   禁    禁   禁",
    "机密": "可   可   禁   禁    禁   禁   禁    禁   禁",
    "秘密": "可   可   禁   禁    禁   禁   禁    禁   禁",
    "工作秘密": "可   可   可   可    可   禁   禁    禁   可",
    "内部": "可   可   可   可    可   禁   禁    禁   可",
    "一般": "可   可   可   可    可   可   可    可   可",
}
"""The computer of level 秘密 is not on file, so it may not work on secrets either."""
WAYS = {
    "处理": lambda computer: {"act": "处理", "computer": computer},
    "输出": lambda computer: act_of(
        {"like": "write", "without": ["level"], "source": computer, "approvals": "李国强"}
    ),
    "制作": lambda computer: act_of({"like": "produce", "computer": computer, "without": ["mark"]}),
}
JOB_CELLS = [
    (way, data, computer, word)
    for way in WAYS
    for data, row in JOBS.items()
    for computer, word in zip(ORDER, row.split(), strict=True)
]
ABOUT_COMPUTERS = ("计算机制度", "载体制度 一（一）2")


@pytest.mark.parametrize(("way", "data", "computer", "word"), JOB_CELLS)
def test_what_a_computer_may_work_on(way, data, computer, word):
    """Information is processed, made and given out only by computers of its world and level."""
    field = "level" if data in Level.__members__ else "sensitivity"
    told = {} if data == "一般" else {field: data}
    if way == "制作" and field == "level":
        told = {"mark": f"{data}★5年"}
    proposal = bigger().propose(WAYS[way](computer) | told)
    forces = [f.force for f in proposal.findings if str(f.cites).startswith(ABOUT_COMPUTERS)]

    assert (str(forces[0]) if forces else "可") == word


def test_a_book_is_opened_once():
    """The opening act is taken by an empty book and refused by any other."""
    opened = Opened(unit="局", level=Level.机密, pack="jiangmen", numbering=Numbering())

    def rules_on(book):
        from ledger import Circumstances, propose

        when = Circumstances(at=datetime(2026, 6, 15))
        proposal = propose(opened, register=book.register, pack=PACK, circumstances=when)
        return [finding.rule for finding in proposal.findings]

    assert rules_on(Book()) == []
    assert "opened_once" in rules_on(world())


def test_findings_come_gravest_first():
    """What is forbidden stands before what is required, and that before advice."""
    act = act_of({"like": "lend", "carrier": "JZ-0003", "to": "示范省厅", "without": ["due"]})
    forces = [finding.force for finding in world().propose(act).findings]

    assert forces == sorted(forces, key=list(Force).index)
    assert len(forces) > 1


def test_a_finding_prints_fact_article_and_remedy():
    """Each finding is three lines: what is wrong, by which article, what to do now."""
    (finding,) = world().propose({"act": "写入", "medium": "JZ-0002", "level": "机密"}).findings

    assert str(finding) == (
        "禁 JZ-0002  绝密级介质要存储机密级信息\n"
        "   依据  载体制度 二（二）1：绝密级介质只能存绝密级信息；"
        "机密、秘密级信息存在不低于它的机密、秘密级介质里\n"
        "   改正  换用密级相符的介质；已经写入的，把信息转走并按规定处理本介质。"
    )


def test_the_gallery_of_findings_is_up_to_date():
    """Every finding the rules can make stands in docs/findings.md, where it was read as prose."""
    assert page() == TARGET.read_text("utf-8")


def test_rules_do_not_change_what_they_look_at():
    """Asking every rule about every case leaves the register it was asked of as it was."""
    before = world().register
    for _, _, _, case in CASES[:50]:
        findings_of(case)

    assert world().register == before


def test_a_medium_without_a_level_is_of_no_level():
    """非涉密 is the absence of a level and not a fourth one."""
    assert Medium(serial="x").level is None
    assert len(Level) == 3


def test_recording_keeps_the_breach_and_opens_a_case():
    """What has happened is recorded with its findings and opens a case that stays open."""
    act = {"act": "写入", "medium": "JZ-0002", "level": "机密"}
    refused = world().propose(act)
    kept = world().propose(act, happened="检查发现")

    assert refused.refused
    assert refused.register is world().register
    assert not kept.refused
    (case,) = kept.register.cases.values()
    assert case.subjects == ("JZ-0002",)
    assert case.facts == ("绝密级介质要存储机密级信息",)
    assert case.closed is None
    assert kept.act.findings[0].article == "载体制度 二（二）1"
    assert kept.act.on == TODAY


def test_bookkeeping_slips_open_no_case():
    """A case is about a regulation that was broken, not about the order of the book."""
    book = world().after({"act": "归还", "carrier": "WJ-2026-0001"})

    assert not book.register.cases


def test_what_cannot_be_true_is_not_recorded_either():
    """An unknown number is refused even as something that has happened."""
    proposal = world().propose({"act": "归还", "carrier": "WJ-1"}, happened="补记")

    assert proposal.refused


def direct(event):
    """What the rules say of an event that no script could write."""
    from ledger import Circumstances, propose

    when = Circumstances(at=datetime(2026, 6, 15))
    proposal = propose(event, register=world().register, pack=PACK, circumstances=when)
    return {finding.rule for finding in proposal.findings}


def test_a_page_cannot_become_another_kind_of_thing():
    """Amending a medium into a computer, or a page nobody has, is refused."""
    from ledger import Amended, Computer

    assert "page_stays_the_same_thing" in direct(Amended(thing=Computer(number="JZ-0001")))
    assert direct(Amended(thing=Medium(number="JZ-9999"))) == {"numbers_stand_for_something"}


def test_a_paper_registered_into_a_cabinet_is_judged_by_its_document():
    """A paper that brings its text is as secret as the text where it is put."""
    act = {"act": "登记", "kind": "文件", "title": "甲", "mark": "机密★", "cabinet": "G-02"}

    assert "cabinet_may_hold_it" in {f.rule for f in world().propose(act).findings}


def test_an_act_that_changed_no_page_can_be_voided():
    """A visit written by mistake is taken back like any other act."""
    book = world().after(act_of("visit"))

    assert not book.propose(act_of({"like": "void", "voids": book.register.acts})).refused


def test_a_compilation_can_give_its_own_longer_mark():
    """A person's decision stands where it protects at least as long as the parts need."""
    for mark in ("机密★长期", "绝密★2036年3月2日"):
        act = act_of({"like": "compile", "mark": mark})
        rules = {finding.rule for finding in world().propose(act).findings}
        assert "compiled_under_the_highest_and_longest" not in rules


def test_a_compilation_of_an_undecided_part_needs_no_date_for_the_years_form():
    """In the traditional way a term of years is compared without any day of issue."""
    book = world().after(act_of({"like": "receive", "without": ["issued_on"]}))
    from attrs import evolve

    act = act_of({"like": "compile", "parts": "WJ-2026-0001、WJ-2026-0007"})
    years = evolve(PACK, term_of_compilation="years")
    proposal = book.propose(act, years)

    assert str(proposal.act.event.document.mark) == "机密★10年"
    assert "compiled_under_the_highest_and_longest" not in {f.rule for f in proposal.findings}


def test_a_blanking_names_a_page_that_is_there():
    """A text cannot be blanked on a page nobody has."""
    from ledger import Redacted

    blanked = Redacted(subject="WJ-2026-9999", field="title", reason="误录")
    assert "numbers_stand_for_something" in direct(blanked)


def test_a_room_without_papers_has_none_to_count():
    """Nobody is asked to count papers in a room that has none."""
    from ledger import EMPTY
    from ledger.review import check

    monthly = {"counted_every_month", "checked_every_quarter"}
    assert monthly.isdisjoint(f.rule for f in check(EMPTY, PACK, date(2026, 12, 31)))
