"""Rule packs: each unit's variant, cell by cell; inheritance; dates; and everything that may be wrong."""

import csv
import re
from datetime import date, datetime

import pytest
from attrs import evolve

from ledger.act import Circumstances
from ledger.coverage import of_set, sets
from ledger.mark import Level
from ledger.pack import FORBIDDEN, FREE, LIMITS, Approvers, InvalidPack, Pack
from ledger.pack.acts import GRADES
from ledger.packfile import differences, load, names, settings
from ledger.review import consents
from tests.world import CASES, PACK, Book, act_of, given, line_of, world

TABLE = list(
    csv.DictReader((CASES / "variants.tsv").read_text("utf-8").splitlines(), delimiter="\t")
)
UNITS = ("jiangmen", "enping", "legal", "district", "organisation", "staffing", "bureau", "posts")
CELLS = [(row["事项"], unit, row["涉及项目"].split(), row[unit]) for row in TABLE for unit in UNITS]


def own(unit):
    """What a unit's own file says, by key; approvals by act."""
    return {each.key: each.value for each in settings(unit) if each.source == unit}


@pytest.mark.parametrize(
    ("about", "unit", "keys", "cell"), CELLS, ids=[f"{about}-{unit}" for about, unit, _, _ in CELLS]
)
def test_each_cell_of_the_matrix(about, unit, keys, cell):
    """The same act under eight rule sets: who approves it, its numbers, or silence."""
    pack, said = load(unit), own(unit)
    if cell == "–":
        assert not {key for key in said if key.partition(".")[0] in keys}
    for claim in cell.split("；") if cell != "–" else ():
        word, name, *rest = claim.split(" ", 2)
        if word == "批":
            act, grade = name.split(".")
            level = Level[grade] if grade in Level.__members__ else None
            who = pack.approvers(act, level, "" if level else grade)
            assert str(who) == rest[0]
            assert {f"{act}.{grade}", f"{act}.其他"} & set(said)
        elif word == "数":
            unit_of = LIMITS[name].unit
            assert said[name] in (
                rest[0],
                rest[0] + unit_of,
                rest[0].replace("、", f"{unit_of}、") + unit_of,
            )
        else:
            assert word == "条"
            held = {
                each for row in of_set(unit) for each in (*row.names("规则"), *row.names("应办"))
            }
            assert name in held


PAPERS = {"秘密": "WJ-2026-0004", "机密": "WJ-2026-0001", "绝密": "WJ-2026-0003"}
ASKED = {
    "make": lambda grade: ({"like": "produce", "mark": f"{grade}★5年"}, "made_with_approval"),
    "lend": lambda grade: ({"like": "lend", "carrier": PAPERS[grade]}, "lent_with_approval"),
    "consult": lambda grade: (
        {"like": "consult", "carriers": PAPERS[grade]},
        "consulted_with_approval",
    ),
    "copy": lambda grade: (
        {"like": "copy", "original": PAPERS[grade]},
        "top_secret_is_copied_by_its_originator"
        if grade == "绝密"
        else "copied_where_the_issuer_permits",
    ),
    "compile": lambda grade: ({"like": "compile", "parts": PAPERS[grade]}, "every_issuer_agreed"),
    "excerpt": lambda grade: (
        {"like": "excerpt", "source": PAPERS[grade]},
        "no_excerpt_without_approval",
    ),
    "carry_out": lambda grade: (
        {"like": "carry_out", "carriers": PAPERS[grade]},
        "papers_are_taken_out_with_approval",
    ),
    "take_media_out": lambda _: (
        {"like": "carry_out", "carriers": "JZ-0001"},
        "media_are_taken_out_with_approval",
    ),
    "destroy": lambda grade: (
        {"like": "destroy", "carriers": PAPERS[grade]},
        "destroyed_with_approval",
    ),
    "widen": lambda _: (
        {"like": "circle", "document": "WJ-2026-0001", "circle": "李国强、陈刚、张华"},
        "circle_is_the_leaders",
    ),
}
APPROVED = [
    (unit, *claim.split(" ", 2)[1].split("."))
    for _, unit, _, cell in CELLS
    for claim in cell.split("；")
    if claim.startswith("批")
]
APPROVED = [(unit, act, grade) for unit, act, grade in APPROVED if act in ASKED and grade in PAPERS]


def approvals(roles):
    """Approvals by people nobody has registered, and by the issuer for 制发机关."""
    return "、".join("示范省厅" if role == "制发机关" else f"{role}:某人" for role in roles)


@pytest.mark.parametrize(("unit", "act", "grade"), APPROVED)
def test_each_approval_is_asked_as_it_is_written(unit, act, grade):
    """With the roles a unit's rules name an act passes; without them it is refused by that rule."""
    pack = load(unit)
    case, rule = ASKED[act](grade)
    who = pack.approvers(act, Level[grade])

    def broken(roles):
        raw = act_of(
            {**case, "approvals": approvals(roles)} if roles else {**case, "without": ["approvals"]}
        )
        found = Book.propose(given({}), raw, pack)
        return [finding for finding in found.findings if finding.rule == rule]

    if str(who) == FORBIDDEN:
        assert "一律不得" in broken(("主管领导", "单位领导"))[0].fact
        return
    assert not broken(who.least)
    assert bool(broken(("路人",))) is (str(who) != FREE)
    for role in who.least if len(who.least) > 1 else ():
        assert broken(tuple(each for each in who.least if each != role))


@pytest.mark.parametrize("name", sets())
def test_every_rule_set_has_a_pack(name):
    """Each of the ten rule sets can be chosen, and names nothing unknown."""
    pack = load(name)

    assert pack.name == name
    assert name in names()
    assert pack.regulations == {
        each.regulation.short for each in of_set(name) if name != "jiangmen"
    }


def test_a_finding_is_told_by_the_units_own_article():
    """The same rule cites the article of the rule set the unit has chosen."""
    raw = act_of({"like": "circulate", "reader": "张华"})
    cited = {
        unit: next(
            str(f.cites)
            for f in Book.propose(given({}), raw, load(unit)).findings
            if f.rule == "reader_is_in_the_circle"
        )
        for unit in ("jiangmen", "enping", "legal", "bureau")
    }

    assert cited == {
        "jiangmen": "载体制度 一（四）1",
        "enping": "恩平财政制度 第六条",
        "legal": "法制办制度 二（四）",
        "bureau": "载体制度 一（四）1",
    }


@pytest.fixture(name="room")
def _room(tmp_path):
    (tmp_path / "packs").mkdir()

    def write(name, text):
        (tmp_path / "packs" / f"{name}.toml").write_text(text, "utf-8")
        return tmp_path

    return write


def test_a_units_own_pack_says_only_what_differs(room):
    """What a pack does not say is its parent's; what it says about an act replaces it whole."""
    folder = room(
        "ours",
        'name = "ours"\ntitle = "本局"\ninherits = "enping"\ncount_months = 2\n'
        '[approvals.lend]\n"其他" = "科长"\n[password_length]\n"秘密" = 9\n',
    )
    pack = load("ours", folder)

    assert pack.count_months == 2
    assert pack.education_sessions == 2
    assert str(pack.approvers("lend", Level.绝密)) == "科长"
    assert dict(pack.password_length) == {"秘密": 9, "机密": 10}
    assert pack.regulations == {"恩平财政制度"}
    assert str(pack.cites["reader_is_in_the_circle"]) == "恩平财政制度 第六条"
    assert {each.source for each in settings("ours", folder)} == {
        "ours",
        "enping",
        "jiangmen",
        "默认",
    }
    assert "ours" in names(folder)


def test_a_pack_of_a_shipped_name_inherits_from_the_shipped_one(room):
    """A room may keep the name of the pack it changes."""
    folder = room(
        "jiangmen", 'name = "jiangmen"\ntitle = "改"\ninherits = "jiangmen"\nwitnesses = 3\n'
    )

    assert load("jiangmen", folder).witnesses == 3
    assert load("jiangmen", folder).count_months == 1


def test_a_pack_changes_on_its_day(room):
    """From the day a revision is in force its values hold, and before it the old ones do."""
    folder = room(
        "ours",
        'name = "ours"\ntitle = "本局"\ninherits = "jiangmen"\neffective = 2026-01-01\n'
        "[[revised]]\non = 2026-07-01\ncount_months = 2\n"
        '[[revised]]\non = 2027-01-01\nwitnesses = 3\n[revised.approvals]\nlend = "局长"\n',
    )
    pack = load("ours", folder)
    days = (date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 1))

    assert [pack.at(day).count_months for day in days] == [1, 2, 2]
    assert [pack.at(day).witnesses for day in days] == [2, 2, 3]
    assert str(pack.at(days[2]).approvers("lend", None)) == "局长"
    assert pack.effective == date(2026, 1, 1)


def test_regulations_of_a_pack_add_up_and_its_days_are_days(room):
    """A pack is ruled by its own texts besides those it inherits, and lists the year's odd days."""
    folder = room(
        "ours",
        'name = "ours"\ntitle = "本局"\ninherits = "bureau"\nregulations = ["组织部制度"]\n'
        "days_off = [2026-10-05, 2026-10-06]\ndays_on = [2026-10-10]\n",
    )
    pack = load("ours", folder)

    assert pack.regulations == {*load("bureau").regulations, "组织部制度"}
    assert pack.days_off == (date(2026, 10, 5), date(2026, 10, 6))
    assert pack.days_on == (date(2026, 10, 10),)


WRONG = {
    "nosuch = 1": "不认识的项目“nosuch”",
    "witness = 1": "是不是想写“witnesses”",
    "witnesses = 'two'": "witnesses写法不对",
    "witnesses = -1": "witnesses写法不对",
    "witnesses = true": "witnesses写法不对",
    "outside_printing = 1": "outside_printing写法不对",
    "destroy_at = 1": "destroy_at写法不对",
    "knowledge_from = 'top'": "knowledge_from要写绝密、机密或秘密",
    "authority = 3": "authority要写绝密、机密或秘密",
    "holiday_checks = ['圣诞']": "holiday_checks要写成一列",
    "holiday_checks = '春节'": "holiday_checks要写成一列",
    "days_off = ['明天']": "days_off要写成一列日期",
    "cooling_months = 3": "cooling_months要按",
    "[cooling_months]\n'核心' = '两年'\n'重要' = 1\n'一般' = 1": "cooling_months里要写数字",
    "[cooling_months]\n'特级' = 9": "cooling_months要按",
    "approvals = 1": "approvals要写成一张表",
    "[approvals]\nfly = '局长'": "不认识的事项“fly”",
    "[approvals]\nlend = 3": "审批人写法读不通",
    "[approvals]\nlend = '与'": "审批人写法读不通",
    "[approvals.lend]\n'顶级' = '局长'": "不认识“顶级”",
    "[[revised]]\ncount_months = 2": "要写明on",
    "revised = 3": "要写成[[revised]]",
    "inherits = 7": "inherits要写一个规章包的名字",
    "inherits = 'nowhere'": "没有名为“nowhere”的规章包",
    "inherits = 'other'": "绕了圈",
    "witnesses = ": "第3行",
}


@pytest.mark.parametrize(("text", "said"), WRONG.items())
def test_what_is_wrong_with_a_pack_is_said(room, text, said):
    """Each mistake in a pack is one Chinese sentence that names the place."""
    room("other", 'name = "other"\ntitle = "x"\ninherits = "ours"\n')
    folder = room("ours", f'name = "ours"\ntitle = "本局"\n{text}\n')

    with pytest.raises(InvalidPack, match=said.replace("[", r"\[")):
        load("ours", folder)


@pytest.mark.parametrize("name", ["", "nosuch", "../jiangmen", "a/b"])
def test_an_unknown_pack_is_said_to_be_unknown(name, tmp_path):
    """A name that stands for no pack gets the names that do."""
    if not name:
        with pytest.raises(InvalidPack):
            Pack.of({})
        return
    with pytest.raises(InvalidPack, match="jiangmen"):
        load(name, tmp_path)


def test_a_pack_that_is_no_text_is_said_to_be_none(room):
    """A pack in another encoding is named and not guessed at."""
    folder = room("ours", "")
    (folder / "packs" / "ours.toml").write_bytes("title = '本局'".encode("gb18030"))

    with pytest.raises(InvalidPack, match="UTF-8"):
        load("ours", folder)


def test_where_two_packs_differ():
    """A comparison lists what differs, what only one has, and nothing else."""
    found = {each.label: (each.one, each.other) for each in differences("jiangmen", "bureau")}

    assert found["复印（绝密）"] == ("制发机关 或 上级机关", "一律不得")
    assert found["携带外出（绝密）"] == ("", "主要领导")
    assert "清点一次，每" not in found
    assert not list(differences("jiangmen", "jiangmen"))


def test_every_value_can_be_shown():
    """Each value has a Chinese label and prints without a word of English or Python."""
    for name in sets():
        for each in settings(name):
            assert each.label
            assert not set("{}'[]") & set(each.value)


def test_approvers_know_who_is_named_and_who_suffices():
    """An expression tells the roles in it and the fewest that are enough."""
    who = Approvers.parse("制发机关 与 （组长 或 副组长）")

    assert who.roles == {"制发机关", "组长", "副组长"}
    assert who.least == ("制发机关", "副组长")
    assert Approvers.parse(FORBIDDEN).least == ()
    assert Approvers.parse(FORBIDDEN).forbidden


def test_grades_are_levels_and_two_more():
    """What an approval depends on is a level, minutes or a cipher telegram."""
    assert GRADES == ("秘密", "机密", "绝密", "会议记录", "密码电报", "其他")


def test_every_act_of_the_packs_is_asked_about():
    """No pack can name an approver that no rule would ever ask for."""
    from pathlib import Path

    import ledger.rules
    from ledger.pack import ACTS

    folder = Path(ledger.rules.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    unread = {act for act in ACTS if f'"{act}"' not in source}

    assert unread == set()


def test_every_number_of_the_packs_is_read():
    """No pack can set a number that nothing looks at."""
    from pathlib import Path

    import ledger

    folder = Path(ledger.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    asked = set(re.findall(r"\b(?:pack|now|self)\.(\w+)", source))

    assert set(LIMITS) - asked == set()


def test_whose_approval_an_act_needs_can_be_asked_beforehand():
    """The expressions an act's rules ask the pack for are told; an act that is free has none."""
    lending = line_of(act_of({"like": "lend", "without": ["approvals"]}), world().register).event
    when = Circumstances(at=datetime(2026, 6, 15), by="")
    free = evolve(PACK, approvals={"lend": {"": Approvers.parse(FREE)}})

    def asked(pack):
        return consents(lending, register=world().register, pack=pack, circumstances=when)

    assert [str(each) for each in asked(PACK)] == ["主管领导"]
    assert asked(free) == ()
    assert asked(evolve(PACK, approvals={})) == ()
