"""The commands of the year: today, calendar, report, rules, manual and pack, as an officer uses them."""

import re
from datetime import date, timedelta

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner

from ledger.almanac.months import by_month
from ledger.almanac.page import draw_page
from ledger.cli import cli
from ledger.coverage import demands
from ledger.duties import duties
from ledger.regulation import COMPENDIUM, LOCAL
from ledger.reports import REPORTS
from tests.test_cli import _desk  # noqa: F401 - the room of those tests
from tests.world import PACK, world

TODAY = date.today()  # noqa: DTZ011 - the room's own clock is asked
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def test_today_says_what_why_until_when_and_by_which_act(desk):
    """The list of the day names duty, day, reason, article and act, and comes as JSON as well."""
    said = desk("today")
    found = desk.json("today")
    (locked,) = [row for row in found if row["duty"] == "locked_away" and not row["late"]]

    assert "今天（" in said
    assert "入柜：" in said
    assert "载体制度 一（六）4" in said
    assert locked["due"] == f"{TODAY}"
    assert locked["acts"] == ["stored"]
    assert locked["article"] == "载体制度 一（六）4"
    assert locked["why"]


def test_a_duty_is_gone_when_its_act_is_in_the_book(desk):
    """Locking the papers away takes the duty off the list, and tomorrow it has not come back."""
    waiting = [
        subject
        for row in desk.json("today")
        if row["duty"] == "locked_away"
        for subject in row["subjects"]
    ]
    desk(
        "add",
        "cabinet",
        "--level",
        "绝密",
        "--compartments",
        "1:绝密",
        "--supervised",
        "是",
        "--secured",
        "是",
    )
    for number in waiting:
        where = ("G-02", "1") if number == "JZ-0002" else ("G-01", "1")
        desk("do", "入柜", f"载体清单={number}", f"柜号={where[0]}", f"格={where[1]}")

    assert waiting
    assert "locked_away" not in {row["duty"] for row in desk.json("today", "--days", "0")}


def test_days_ahead_and_other_days_can_be_asked_for(desk):
    """A horizon of no days shows today alone, and another day is looked at with --on."""
    ahead = TODAY + timedelta(days=40)
    now = {row["duty"] for row in desk.json("today", "--days", "0")}
    later = {row["duty"] for row in desk.json("today", "--on", f"{ahead}", "--days", "0")}

    assert "papers_counted" not in now
    assert "papers_counted" in later
    assert "逾期" in desk("today", "--on", f"{ahead}")
    assert desk.raw("today", "--on", "13月1日").returncode == 2
    assert desk.raw("today", "--days", "-1").returncode == 2
    assert desk.raw("today", "--days", "许多").returncode == 2


def test_the_calendar_is_told_and_written(desk, tmp_path):
    """A year comes as text, as JSON, as a workbook and as one page, and each file is an export."""
    year = TODAY.year + 1
    xlsx, pdf = tmp_path / "年历.xlsx", tmp_path / "年历.pdf"
    said = desk("calendar", year, "--xlsx", xlsx, "--pdf", pdf)
    found = desk.json("calendar", year)

    assert "1月（" in said
    assert {row["due"][:4] for row in found} == {str(year)}
    sheet = openpyxl.load_workbook(xlsx)["清单"]
    assert sheet.max_row == len(found) + 1
    assert [cell.value for cell in sheet[1]][:3] == ["截止日期", "应办事项", "对象"]
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert b"".join(desk.files().values()).count(b'"act":"exported"') == 2
    assert "已经存在" in desk.raw("calendar", year, "--pdf", pdf).stderr
    assert "结尾" in desk.raw("calendar", year, "--pdf", tmp_path / "年历.doc").stderr


@pytest.mark.parametrize("year", ["1999", "2100", "今年", "-1", ""])
def test_a_year_is_a_year(desk, year):
    """Years the calendar does not know are refused in one sentence."""
    out = desk.raw("calendar", year)

    assert out.returncode == 2
    assert "Traceback" not in out.stderr


def test_a_calendar_that_cannot_be_written_says_so(desk, tmp_path):
    """A folder that is not there is told in Chinese, for either file."""
    for option, name in (("--xlsx", "x.xlsx"), ("--pdf", "x.pdf")):
        out = desk.raw("calendar", TODAY.year, option, tmp_path / "没有" / name)
        assert out.returncode == 1
        assert re.search("[\u4e00-\u9fff]", out.stderr)
        assert "Traceback" not in out.stderr


def test_names_never_become_formulas(tmp_path):
    """A name that begins like a formula is text in the workbook."""
    from attrs import evolve

    from ledger.almanac.workbook import workbook

    found = [
        evolve(duty, subjects=("=1+1", "@SUM(A1)"), why="+cmd|' /C calc'!A0")
        for duty in duties(world().register, PACK, date(2026, 6, 15))
    ]
    (tmp_path / "x.xlsx").write_bytes(workbook("=局", 2026, found, date(2026, 6, 15)))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")

    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "d", "n"}


def test_a_full_month_says_that_there_is_more():
    """A month with more lines than its box has room for names how many are left to the list."""
    from attrs import evolve

    (one, *_) = duties(world().register, PACK, date(2026, 6, 15))
    many = [evolve(one, task=f"第{n}件事", due=date(2026, 6, 20)) for n in range(200)]
    few = draw_page("局", 2026, [one], date(2026, 6, 15))
    full = draw_page("局", 2026, many, date(2026, 6, 15))

    assert few.size == full.size
    assert len(by_month(many, 2026)[6]) == 200
    assert few.tobytes() != full.tobytes()


ABOUT = {
    "learned": "WG-2026-0001",
    "leaving": "王敏",
    "holdings": "王敏",
    "check": "",
    "items": "",
    "annual": "",
}


@pytest.mark.parametrize("name", ABOUT)
def test_reports_are_told_and_given_to_scripts(desk, name):
    """Each report comes under its Chinese name as text and as an object of the same fields."""
    about = [ABOUT[name]] if ABOUT[name] else []
    said = desk("report", name, *about)

    assert said.splitlines()[0] == REPORTS[name]
    assert desk("report", REPORTS[name], *about) == said
    assert desk.json("report", name, *about)


@pytest.mark.parametrize(
    "args",
    [
        ["没有"],
        ["[/x]"],
        ["learned"],
        ["learned", "没有的编号"],
        ["leaving", "没有此人"],
        ["leaving", "a\x1b[2J"],
        ["disclosure", "GK-2026-001"],
        ["supply", "TG-2026-001"],
        ["meeting", "HY-2026-001"],
        ["activity", "HD-2026-001"],
        ["leak", "AJ-2026-001"],
        ["closing", "AJ-2026-001"],
        ["place", "CS-99"],
        ["annual", "--from", "2026-12-31", "--to", "2026-01-01"],
        ["annual", "--from", "年初"],
    ],
)
def test_reports_about_nothing_are_refused(desk, args):
    """What a report is to be about has to be there; the sentence says what is missing."""
    out = desk.raw("report", *args)

    assert out.returncode in (1, 2), out.stdout
    assert re.search("[\u4e00-\u9fff]", out.stderr)
    assert "\x1b" not in out.stderr
    assert "Traceback" not in out.stderr


def test_coverage_counts_every_demand(desk):
    """The figures are those of the table, 制度 by 制度, and are given without a room as well."""
    rows = {row["regulation"]: row for row in desk.json("rules", "--coverage")}
    told = CliRunner().invoke(cli, ["rules", "--coverage"])

    assert list(rows) == [each.short for each in (*COMPENDIUM, *LOCAL)]
    assert sum(row["demands"] for row in rows.values()) == len(list(demands())) == 621
    assert sum(row["held"] for row in rows.values()) == 549
    assert all(row["held"] + row["people"] == row["demands"] for row in rows.values())
    assert told.exit_code == 0
    assert "共621条要求：台账承担549条，由人负责72条" in told.output


def test_coverage_that_lies_is_a_fault(desk, monkeypatch):
    """A table that names what the program does not have is told, and the exit code says so."""
    from ledger.cli import regulations

    monkeypatch.setattr(regulations, "faults", lambda: iter(["R-X写着由“规则:没有”承担"]))
    out = desk.raw("rules", "--coverage")

    assert out.returncode == 1
    assert "R-X写着" in out.stderr


def test_conflicts_are_told(desk):
    """Seventeen places where seed and law differ, each with its decision."""
    rows = desk.json("rules", "--conflicts")

    assert [row["number"] for row in rows] == list(range(1, 18))
    assert all(row["seed"] and row["today"] and row["decision"] for row in rows)
    assert "17. " in desk("rules", "--conflicts")


def test_the_manual_is_opened_at_a_chapter(desk):
    """By its number, its short name or its title, as text or as one object."""
    assert len(desk.json("manual")) == len(COMPENDIUM) + len(LOCAL)
    assert "载体制度" in desk("manual")
    chapter = desk("manual", "10")
    assert chapter == desk("manual", "载体制度") == desk("manual", COMPENDIUM[9].title)
    assert "由人负责的" in chapter
    assert desk.json("manual", "载体制度")["regulation"] == "载体制度"
    assert "协作组" in desk("manual", "协作组规则")
    out = desk.raw("manual", "[/x]")
    assert out.returncode == 2
    assert "手册里没有" in out.stderr


def test_packs_are_shown_compared_and_checked(desk):
    """A pack with its sources, two side by side, and who is still missing to approve."""
    rows = desk.json("pack", "show")
    differing = desk.json("pack", "diff", "jiangmen", "bureau")
    checked = desk.json("pack", "check")

    assert {row["source"] for row in rows} >= {"jiangmen"}
    assert any(row["label"] for row in rows)
    assert differing
    assert all(row["jiangmen"] != row["bureau"] for row in differing)
    assert "主管领导" in checked["unfilled"]
    assert "还没有人担任" in desk("pack", "check")
    assert "可选的规章包" in desk.raw("pack", "show", "legal").stderr


def test_packs_can_be_read_without_a_room(tmp_path):
    """Somebody who chooses a pack has no room yet."""
    run = CliRunner()

    assert run.invoke(cli, ["--room", str(tmp_path), "pack", "show", "enping"]).exit_code == 0
    assert run.invoke(cli, ["--room", str(tmp_path), "pack", "check", "enping"]).exit_code == 0


@pytest.mark.parametrize(
    "args",
    [
        ["pack", "show", "没有"],
        ["pack", "show", "../jiangmen"],
        ["pack", "diff", "jiangmen", "没有"],
        ["pack", "diff", "jiangmen"],
        ["pack", "check", "[/x]"],
        ["pack"],
    ],
)
def test_unknown_packs_are_told(desk, args):
    """A pack that is not there, or a name that is a path, gets one sentence."""
    out = desk.raw(*args)

    assert out.returncode in (2, 5)
    assert "Traceback" not in out.stderr + out.stdout
    assert re.search("[\u4e00-\u9fff]", out.stderr + out.stdout)


def test_a_wrong_pack_of_the_room_is_told_where_it_is_wrong(desk):
    """A unit's own pack with a slip in it names the key, and nothing else happens."""
    (desk.folder / "packs").mkdir()
    (desk.folder / "packs" / "mine.toml").write_text(
        'inherits = "jiangmen"\ntitle = "我局"\ncount_months = "每月"\n', "utf-8"
    )
    out = desk.raw("pack", "check", "mine")

    assert out.returncode == 5
    assert "count_months" in out.stderr


def test_the_new_registers_are_listed_and_shown(desk):
    """Phones, mailboxes and bodies are registered, listed and shown like everything else."""
    desk("add", "phone", "--keeper", "王敏", "--phone", "13900000000")
    desk("add", "组织", "--name", "保密委员会", "--head", "王敏", "--office", "办公室")
    (phone,) = desk.json("list", "phone")
    (body,) = desk.json("list", "组织")

    assert phone["number"] == "SJ-001"
    assert body["number"] == "ZZ-01"
    assert desk.json("show", "SJ-001")["phone"] == "13900000000"


def test_nothing_told_is_in_english(desk):
    """Whatever these commands tell, its words are Chinese but for names an officer types."""
    said = desk("today") + desk("calendar", TODAY.year + 1) + desk("rules", "--conflicts")
    said += desk("manual", "计算机制度") + desk("pack", "show") + desk("report", "items")
    words = set(ENGLISH.findall(said)) - {"baomi", "report", "jiangmen", "JSJ", *REPORTS}

    assert not words
