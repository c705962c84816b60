"""What is left undone, and shows when the whole book is checked at the end of a month."""

from datetime import timedelta

from ledger.carrier import Paper
from ledger.demonstration.year.papers import take_back
from ledger.demonstration.year.slips.slipping import slips_against
from ledger.demonstration.year.stage import APPROVED, LEADER, OFFICER, Stage
from ledger.level import Level

GROUP = "经济片协作组"
QUARTER = 92 + 31
"""Within so many days something done every quarter is overdue at the end of a month."""


def _forget(stage: Stage, rule: str, duty: str, days: int, subject: str = "") -> None:
    stage.forget(rule, duty, stage.on + timedelta(days=days), subject)


def _readable(stage: Stage, level: Level = Level.机密) -> list[str]:
    """Papers that nobody will ask to have back before the year is out."""
    return [
        number
        for number in stage.shelved(Paper, level)
        if stage.register.carriers[number].entered.year == stage.on.year
        and stage.text_of(number).clear_by is None
        and stage.askers(number)
    ]


@slips_against("counted_every_month", takes=70)
def not_counted(stage: Stage) -> bool:
    """The papers are not counted for a month."""
    _forget(stage, "counted_every_month", "papers_counted", 65)
    stage.forgotten["papers_checked_and_cleared", ""] = stage.on + timedelta(days=65)
    return True


@slips_against("checked_every_quarter", takes=QUARTER + 5)
def not_cleared(stage: Stage) -> bool:
    """The papers are not checked and cleared for a quarter."""
    _forget(stage, "checked_every_quarter", "papers_checked_and_cleared", QUARTER)
    return True


@slips_against("computers_are_checked_every_quarter", takes=QUARTER + 5)
def computer_overlooked(stage: Stage) -> bool:
    """One computer is overlooked when the others are checked."""
    carriers = stage.register.carriers
    kept = [n for n in sorted(stage.register.kinds["computer"])[:40] if carriers[n].open]
    number = stage.pick(kept)
    _forget(stage, "computers_are_checked_every_quarter", "computer_checked", QUARTER, number)
    return True


@slips_against("circulated_papers_come_back", takes=75)
def kept_by_a_reader(stage: Stage) -> bool:
    """A reader keeps a paper for more than a month."""
    found = _readable(stage)
    if found:
        number = stage.pick(found)
        reader = stage.askers(number)[0]
        stage.do("circulated", carrier=number, reader=reader, place="办公室")
        _forget(stage, "circulated_papers_come_back", "circulated_back", 70, number)
    return bool(found)


@slips_against("loans_come_back", takes=60)
def kept_by_a_borrower(stage: Stage) -> bool:
    """A borrower keeps a paper beyond the day agreed."""
    found = _readable(stage)
    if found:
        number = stage.pick(found)
        due = str(stage.on + timedelta(days=14))
        reader = stage.askers(number)[0]
        stage.do("lent", carrier=number, to=reader, due=due, approvals=APPROVED)
        _forget(stage, "loans_come_back", "loan_back", 55, number)
    return bool(found)


@slips_against("errands_end_in_time", takes=55)
def not_brought_back(stage: Stage) -> bool:
    """A paper taken out is not brought back by the day agreed."""
    found = _readable(stage)
    if found:
        number = stage.pick(found)
        stage.do(
            "carried_out",
            carriers=number,
            bearers=stage.askers(number)[0],
            destination="示范省厅",
            due=str(stage.on + timedelta(days=9)),
            measures="密码箱",
            approvals=APPROVED,
        )
        _forget(stage, "errands_end_in_time", "errand_back", 50, number)
    return bool(found)


@slips_against("locked_away_by_night", takes=45)
def left_on_the_desk(stage: Stage) -> bool:
    """A paper that came back lies about."""
    found = _readable(stage)
    if found:
        number = stage.pick(found)
        reader = stage.askers(number)[0]
        stage.do("circulated", carrier=number, reader=reader, place="办公室")
        _forget(stage, "locked_away_by_night", "locked_away", 40, number)
        take_back(stage, number)
    return bool(found)


@slips_against("leaks_are_reported_in_a_day", takes=45)
def loss_kept_quiet(stage: Stage) -> bool:
    """A paper is lost, and nobody outside is told for weeks."""
    found = _readable(stage, Level.秘密)
    if found:
        number = stage.pick(found)
        lost = stage.do("lost", carrier=number, circumstances="清点时没有找到")
        case = next(c.key for c in lost.changes if c.table == "cases")
        for duty in ("leak_reported", "police_asked"):
            stage.forgotten[duty, case] = stage.on + timedelta(days=40)
        _forget(stage, "leaks_are_reported_in_a_day", "leak_reported", 40, case)
        stage.later(44, lambda s: s.do("found", carrier=number, where="档案柜后"))
    return bool(found)


@slips_against("problems_are_put_right_in_time", takes=60)
def problem_left_alone(stage: Stage) -> bool:
    """What an inspection found is not put right by its day."""
    held = stage.do(
        "inspection_held",
        scope="抽查",
        inspectors=f"{LEADER}、{OFFICER}",
        facilities="逐件核对",
        premises="正常",
        opinion="限期整改",
        problems="监控损坏",
        rectify_by=str(stage.on + timedelta(days=14)),
        responsible=OFFICER,
    )
    number = stage.brought(held)
    until = stage.on + timedelta(days=55)
    stage.forgotten["neglect_criticized", number] = until
    stage.forget("problems_are_put_right_in_time", "problems_put_right", until, number)
    return True


@slips_against("phones_are_on_file", takes=45)
def phone_not_on_file(stage: Stage) -> bool:
    """Somebody joins whose phone nobody asked about."""
    number = stage.do(
        "registered", kind="person", name="温如玉", department="规划科", category="一般"
    ).number
    _forget(stage, "phones_are_on_file", "", 40, number)
    phone = {"phone": "13900008888", "domestic": "是"}
    stage.later(40, lambda s: s.do("registered", kind="phone", keeper="温如玉", **phone))
    return True


@slips_against("a_mailbox_does_not_name_its_unit", takes=45)
def telling_mailbox(stage: Stage) -> bool:
    """A mailbox is called after the unit."""
    number = stage.do(
        "registered",
        kind="mailbox",
        name="shifanju@example.cn",
        department="办公室",
        keeper=OFFICER,
        password_length=10,
        password_classes=3,
        password_on=str(stage.on),
        filed_on=str(stage.on),
        approvals=APPROVED,
    ).number
    _forget(stage, "a_mailbox_does_not_name_its_unit", "", 40, number)
    new = "contact99@example.cn"
    stage.later(40, lambda s: s.do("amended", kind="mailbox", number=number, name=new))
    return True


@slips_against("internal_computer_has_a_keeper", takes=45)
def nobodys_computer(stage: Stage) -> bool:
    """A computer comes in and nobody answers for it."""
    number = stage.do(
        "registered",
        kind="computer",
        name="新购计算机",
        serial="PC99999",
        network="内部",
        isolation="物理隔离",
        antivirus="是",
    ).number
    _forget(stage, "internal_computer_has_a_keeper", "", 40, number)
    owner = {"keeper": OFFICER, "department": "办公室"}
    stage.later(40, lambda s: s.do("amended", kind="computer", number=number, **owner))
    return True


@slips_against("not_absent_time_after_time", takes=60)
def absent_twice(stage: Stage) -> bool:
    """The unit stays away from the cooperation group twice running."""
    for content in ("交流会", "学习会"):
        stage.do(
            "activity_held", body="ZZ-04", content=content, attended="否", excuse="当日有重要会议"
        )
    for duty in ("group_active", "a_leader_takes_part"):
        stage.forgotten[duty, GROUP] = stage.on + timedelta(days=45)
    _forget(stage, "not_absent_time_after_time", "", 45, "ZZ-04")
    stage.later(
        45,
        lambda s: s.do(
            "activity_held",
            body="ZZ-04",
            content="座谈",
            leaders=LEADER,
            contacted_on=str(s.on - timedelta(days=3)),
            notice_no="通知9号",
        ),
    )
    return True
