"""A bureau over many rooms: what it takes, what it refuses, and that its questions find what is so."""

import importlib.util
import io
import json
import shutil
import stat
import subprocess
import sys
import zipfile
import zlib
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import orjson
import pytest
from openpyxl import load_workbook

from ledger.bureau.asking import ask, copied_as_of, engine_named
from ledger.bureau.composing import composed
from ledger.bureau.duck import DIALECT
from ledger.bureau.filing import UNITS, filed
from ledger.bureau.question import question, questions
from ledger.bureau.refusal import InvalidQuestion, NoAnswer, NoEngine, RefusedHandIn
from ledger.bureau.taking import latest, take
from ledger.cli import cli
from ledger.cli.desk import run
from ledger.demonstration.city import city, tampered
from ledger.duties import duties
from ledger.exchange.script import read_act
from ledger.level import Level
from ledger.regulation import named
from ledger.room import Room
from ledger.room.concealing import HIDDEN
from ledger.room.handing import HAND_IN, hand_in
from ledger.room.room import now
from ledger.room.signing_in import sign_in
from ledger.room.verification import verify
from ledger.store.backup import MANIFEST, Manifest, digest_of, packed
from ledger.store.digest import digest, running
from ledger.store.settings import Settings
from tests.guardroom import PASSWORDS, guarded

BOOKS = Path(__file__).parent / "books"
JOURNAL = f"journal/{now().year}.jsonl"
ON = date(2026, 11, 25)
UNITS_OF_THE_CITY = 11
ASKED = [each.name for each in questions()]


@pytest.fixture(name="town", scope="module")
def _town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town") / "bureau"
    told = []
    planted = city(folder, UNITS_OF_THE_CITY, told.append, on=ON, days=100, lives=1)
    return folder, planted, told


@pytest.fixture(name="engine", scope="module")
def _engine():
    engine = engine_named("duckdb")
    yield engine
    engine.close()


def answers(folder, engine, name, *, fast=False, **given):
    asked = question(name)
    if any(each.name == "on" for each in asked.parameters):
        given = {"on": str(ON), **given}
    return ask(folder, asked, given, ON, engine, fast=fast)


def found(folder, engine):
    """Everything that is wrong in a city, by unit: what each question says of it."""
    late = answers(folder, engine, "late").records
    out = answers(folder, engine, "out").records
    steps = answers(folder, engine, "incidents").records
    expiries = answers(folder, engine, "expiries", days="5").records
    regrades = answers(folder, engine, "regrades").records
    wrong = {("late", row["单位"], row["事项"]) for row in late}
    wrong |= {("out", row["单位"], row["载体编号"]) for row in out}
    wrong |= {("incidents", r["单位"], r["案件编号"]) for r in steps if r["情况"] == "逾期未办"}
    wrong |= {("regrades", row["单位"], row["事项"]) for row in regrades}
    return wrong | {("expiries", row["单位"], row["文稿编号"]) for row in expiries}


def check_a_city(folder, planted, told, engine):
    """Every planted fact is found by its question, none is invented, the tampered book is refused."""
    wanted = {(p.question, p.unit, p.number) for p in planted}
    breaches = [p for p in planted if p.question == "breaches"]
    bad = next(p for p in planted if p.question == "tampered")

    assert found(folder, engine) == {w for w in wanted if w[0] not in ("breaches", "tampered")}
    by_article = answers(folder, engine, "breaches", since="2026-11-01").records
    assert [(row["条文"], row["件数"]) for row in by_article] == [
        ("载体制度 二（二）1", len(breaches))
    ]
    for each in breaches:
        assert answers(folder, engine, "breaches", unit=each.unit, since="2026-11-01").rows
    assert told[-1].startswith(f"{bad.unit}的账本不符，没有接收")
    assert f"第{bad.number}行" in told[-1]
    assert bad.unit not in {each.unit for each in filed(folder)}


def test_what_was_planted_is_found_and_nothing_else(town, engine):
    """Every planted fact is found by its question, none is invented, the tampered book is refused."""
    folder, planted, told = town

    once = dict.fromkeys(("out", "incidents", "breaches", "expiries", "tampered"), 1)
    assert Counter(p.question for p in planted) == {"late": 3, "regrades": 2, **once}
    check_a_city(folder, planted, told, engine)


@pytest.mark.heavy
def test_two_hundred_rooms_are_taken_and_asked(tmp_path, engine):
    """What holds of a handful of rooms holds of two hundred with some months each."""
    told = []
    planted = city(tmp_path / "bureau", 200, told.append, on=ON, days=130, lives=3)

    assert len(list(filed(tmp_path / "bureau"))) == 199
    check_a_city(tmp_path / "bureau", planted, told, engine)


def test_the_states_are_words(town, engine):
    """Each unit is in one of three states, told by a word."""
    folder, planted, _ = town
    states = {row["单位"]: row["状态"] for row in answers(folder, engine, "units").records}
    wrong = {p.question: p.unit for p in planted}

    assert states[wrong["out"]] == states[wrong["incidents"]] == "督办"
    assert states[wrong["late"]] == "提醒"
    assert states["示范001局"] == "正常"


@pytest.mark.parametrize("on", [ON, date(2027, 1, 20), date(2027, 6, 30)])
def test_late_and_out_are_what_the_ledger_itself_says(town, engine, tmp_path, on):
    """On any day the questions name the same overdue duties as the room's own list does."""
    folder, _, _ = town
    names = {
        "papers_counted": "清点",
        "papers_checked_and_cleared": "核查清退",
        "unit_inspected": "单位检查",
        "departments_check_themselves": "部门自查",
        "computer_checked": "计算机检查",
    }
    back = {
        "circulated_back",
        "loan_back",
        "errand_back",
        "dispatch_confirmed",
        "handover_confirmed",
    }
    late = Counter()
    for row in answers(folder, engine, "late", on=str(on)).records:
        late[row["单位"], row["事项"]] += row["件数"]
    out = {
        (row["单位"], row["载体编号"], row["应还"])
        for row in answers(folder, engine, "out", on=str(on)).records
    }
    expected, away = Counter(), set()
    for each in list(filed(folder))[:6]:
        room = shutil.copytree(folder / UNITS / each.folder, tmp_path / each.room)
        with Room.open(room) as opened:
            due = duties(opened.register, opened.pack, on, on)
        for duty in (duty for duty in due if duty.late(on) and not duty.again):
            if duty.name in names:
                expected[each.unit, names[duty.name]] += len(duty.subjects)
            if duty.name in back:
                away |= {(each.unit, number, duty.due) for number in duty.subjects}
    looked = {unit for unit, _ in expected} | {each.unit for each in list(filed(folder))[:6]}

    assert {key: n for key, n in late.items() if key[0] in looked} == expected
    assert {row for row in out if row[0] in looked} == away


def test_expiries_are_what_the_ledger_itself_says(town, engine, tmp_path):
    """The days on which marks run out are those the mark itself works out."""
    folder, _, _ = town
    each = next(iter(filed(folder)))
    with Room.open(shutil.copytree(folder / UNITS / each.folder, tmp_path / "room")) as room:
        documents = room.register.documents.values()
    ends = {d.number: d.mark.last_day(d.issued_on) for d in documents if d.mark}
    rows = answers(folder, engine, "expiries", days="20000").records

    mine = {row["文稿编号"]: row["期满日"] for row in rows if row["单位"] == each.unit}
    assert mine
    assert mine == {number: end for number, end in ends.items() if end}


GAPS = (
    {"act": "registered", "kind": "person", "name": "王敏", "roles": "保密员", "category": "重要"},
    {"act": "registered", "kind": "person", "name": "陈刚", "category": "一般"},
    {"act": "vetted", "person": "RY-002", "category": "一般"},
    {"act": "pledged", "person": "RY-002", "pledge": "保密责任书"},
    {"act": "registered", "kind": "body", "name": "保密领导小组", "head": "RY-001"},
    {"act": "registered", "kind": "body", "name": "协作二组", "type": "协作组"},
    {
        "act": "activity_held",
        "body": "ZZ-02",
        "content": "座谈",
        "attended": "否",
        "excuse": "有会",
    },
    {"act": "registered", "kind": "cabinet", "name": "一号柜", "level": "机密", "supervised": "是"},
    {"act": "registered", "kind": "cabinet", "name": "二号柜", "supervised": "是", "secured": "是"},
    {"act": "registered", "kind": "medium", "level": "机密", "serial": "A1"},
    {"act": "registered", "kind": "computer", "name": "台式机", "serial": "P1"},
    {"act": "produced", "title": "方案", "mark": "机密★5年", "drafted_by": "RY-002", "copies": "1"}
    | {"approved_copies": "1", "issued_on": "2026-11-25"},
    {"act": "policy_issued", "scope": "保密宣传教育", "title": "宣传教育办法"},
    {"act": "policy_issued", "scope": "国家秘密定密管理", "title": "定密办法"},
    {"act": "carried_out", "carriers": "JZ-0001", "bearers": "RY-002", "destination": "省厅"}
    | {"due": "2026-11-30"},
)
"""A unit that has done some of what the thirty items ask about, none of it to the end."""


def _thirty_agree(folder, engine, unit, room):
    """The verdicts the room's own table gives, after comparing them with the question's."""
    from ledger.reports.items import answered
    from ledger.reports.thirty import THIRTY

    table = answered(list(room.acts), room.register, room.pack, date(2026, 1, 1), ON, THIRTY)
    own = {row.number: (row.asks, row.verdict) for row in table.rows}
    rows = answers(folder, engine, "thirty", unit=unit, since="2026-01-01").records
    asked = {row["序号"]: (row["检查内容"], row["检查情况"]) for row in rows}
    # Two items are about everything as it stands: their "no fault found" is the room's to say.
    for number in (5, 30):
        assert asked[number] == own[number] or asked[number] == (own[number][0], "待查")
        own[number] = asked[number]
    assert asked == own
    assert len(rows) == len({row["序号"] for row in rows}) == 30
    assert all(row["备注"] for row in rows)
    return Counter(verdict for _, verdict in asked.values())


def test_the_thirty_items_are_what_the_ledger_itself_says(town, engine, tmp_path):
    """The question answers every item as the room's own table does, but where only the room can."""
    folder, _, _ = town
    for each in list(filed(folder))[:4]:
        with Room.open(shutil.copytree(folder / UNITS / each.folder, tmp_path / each.room)) as room:
            _thirty_agree(folder, engine, each.unit, room)


@pytest.mark.parametrize(
    ("acts", "verdicts"),
    [
        ((), {"否": 21, "无此事项": 7, "部分": 1, "待查": 1}),
        (GAPS, {"否": 17, "部分": 10, "无此事项": 2, "是": 1}),
    ],
)
def test_the_thirty_items_of_units_with_gaps(bureau, engine, tmp_path, acts, verdicts):
    """What was never done and what was done by halves is told apart as in the room's own table."""
    at = datetime.combine(ON, datetime.min.time()).replace(hour=9)
    with Room.create(tmp_path / "gaps", unit="甲局", clock=lambda: at) as room:
        for raw in acts:
            event = read_act(raw, room.register).event
            room.record(event, happened="补记", on=ON)
        take(bureau, handed(room, tmp_path / "1.baomi"))
        assert _thirty_agree(bureau.folder, engine, "甲局", room) == verdicts


def test_what_was_declassified_is_no_secret_any_more(town, engine):
    """A declassified document is neither counted among secrets nor told as running out."""
    folder, planted, _ = town
    unit = next(p.unit for p in planted if p.question == "expiries")
    like = sum(row["在账份数"] for row in answers(folder, engine, "expiries", days="5").records)
    secret, other = (
        sum(row["件数"] for row in answers(folder, engine, "stock", unit=each).records)
        for each in (unit, "示范001局")
    )

    assert like == 1
    assert secret == other + 2


def test_holdings_balance(town, engine):
    """Opening and what came are what went and closing, year after year, and today's stock at the end."""
    folder, _, _ = town
    rows = answers(folder, engine, "holdings", last="2026").records
    last = {}
    for row in rows:
        assert row["年初"] + row["增"] == row["减"] + row["年末"]
        assert row["年初"] == last.get((row["单位"], row["密级"]), 0)
        last[row["单位"], row["密级"]] = row["年末"]
    stock = Counter()
    for row in answers(folder, engine, "stock").records:
        stock[row["单位"], row["密级"]] += row["件数"]
    assert stock == last


@pytest.mark.parametrize("name", ASKED)
def test_the_copy_answers_as_the_books_do(town, engine, name):
    """A question asked of the Parquet copy comes to the same rows."""
    folder, _, _ = town

    slow, fast = (answers(folder, engine, name, fast=fast) for fast in (False, True))
    assert slow == fast
    assert all(heading and not heading.isascii() for heading in slow.headings)


def _plain():
    """The questions as a plain loop answers them, which shares nothing with their SQL."""
    path = Path(__file__).parent.parent / "benchmarks" / "plain.py"
    spec = importlib.util.spec_from_file_location("plain", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("on", [ON, date(2027, 6, 30)])
@pytest.mark.parametrize("name", [name for name in ASKED if name != "handins"])
def test_a_plain_loop_comes_to_the_same_rows(town, engine, name, on):
    """Whoever reads the books line by line and thinks for himself gets what the question says."""
    folder, _, _ = town
    rows = list(ask(folder, question(name), {}, on, engine).rows)

    if name == "thirty":  # the loop has the verdicts without the words beside them
        rows = [(unit, number, verdict) for unit, number, _, verdict, _ in rows]
    assert _plain().answer(name, folder, on) == rows


@pytest.mark.parametrize("each", tuple(questions()), ids=lambda each: each.name)
def test_every_question_leans_on_articles_there_are(each):
    """Each question names articles of regulations that exist, and says what it tells."""
    for cited in each.articles:
        short, _, article = cited.partition(" ")
        assert str(named(short)[article]) == cited
    assert each.about.endswith("。")


@pytest.mark.heavy
@pytest.mark.parametrize("fast", [False, True])
def test_spark_gives_the_same_rows(town, engine, fast):
    """Every question comes to identical rows on DuckDB and on Spark, over the books and the copy."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    folder, _, _ = town
    spark = engine_named("spark", "local[2]")
    try:
        for name in ASKED:
            assert answers(folder, spark, name, fast=fast) == answers(
                folder, engine, name, fast=fast
            ), name
            later = (
                {"on": "2027-06-30"} if "on" in {p.name for p in question(name).parameters} else {}
            )
            both = (answers(folder, e, name, fast=fast, **later) for e in (spark, engine))
            first, second = both
            assert first == second, name
    finally:
        spark.close()


# Taking in.


@pytest.fixture(name="bureau")
def _bureau(tmp_path):
    with Room.create(tmp_path / "bureau", unit="市保密局", level=Level.绝密) as room:
        yield room


@pytest.fixture(name="room")
def _room(tmp_path):
    with Room.create(tmp_path / "room", unit="甲局") as room:
        record(room, act="registered", kind="medium", level="机密", serial="A1")
        yield room


def record(room, **raw):
    return room.record(read_act(raw, room.register).event)


def handed(room, path, **how):
    hand_in(room, path, **how)
    return path


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "room.lock"
    }


def parcel(folder, target, **instead):
    """A hand-in of the files of a folder, with a manifest that is right but for what is given."""
    settings = Settings.read(folder / "room.toml")
    names = [
        "room.toml",
        *sorted(f"journal/{p.name}" for p in (folder / "journal").glob("*.jsonl")),
    ]
    last = orjson.loads((folder / names[-1]).read_bytes().splitlines()[-1])
    lines = sum((folder / name).read_bytes().count(b"\n") for name in names[1:])
    said = {
        "unit": settings.unit,
        "room": settings.room,
        "hash": settings.hash,
        "made": "2026-11-25T08:00:00",
        "by": "王敏",
        "line": lines,
        "acts": 1,
        "head": last["h"],
        **instead,
    }
    opened = [
        (n, io.BytesIO((folder / n).read_bytes()), (folder / n).stat().st_size) for n in names
    ]
    packed(Manifest(kind=HAND_IN, **said), opened, target)
    return target


def test_a_receipt_is_an_act(bureau, room, tmp_path):
    """What was taken stands in the bureau's own book, and both books verify."""
    first = take(bureau, handed(room, tmp_path / "1.baomi"))
    record(room, act="registered", kind="medium", level="秘密", serial="A2")
    second = take(bureau, handed(room, tmp_path / "2.baomi"))

    assert first.before is None
    assert second.before == first.proposal.act.event
    assert latest(bureau, second.filed.room).lines == second.filed.lines > first.filed.lines
    assert latest(bureau, second.filed.room).digest == digest_of(tmp_path / "2.baomi", "sm3")
    assert [each.lines for each in filed(bureau.folder)] == [second.filed.lines]
    sheet = room.acts[-1].event
    assert sheet.head == second.book_head == second.proposal.act.event.book_head
    assert verify(bureau).holds
    assert verify(room).holds
    assert [type(act.event).__name__ for act in room.acts][-1] == "HandedIn"


def test_the_same_hand_in_twice_is_one(bureau, room, tmp_path):
    """Taking the same file again writes nothing; where its folder was lost it is filed once more."""
    path = handed(room, tmp_path / "1.baomi")
    take(bureau, path)
    before = files(bureau.folder)

    assert take(bureau, path).proposal is None
    assert files(bureau.folder) == before
    shutil.rmtree(next((bureau.folder / UNITS).glob("甲局-*")))
    assert take(bureau, path).proposal is None
    assert files(bureau.folder) == before


def _bombed(path, name="journal/2026.jsonl", content=b"0" * (80 << 20)):
    return _with(path, name, content)


def _outside(path):
    return _bombed(path, "../outside.jsonl", b"{}")


def _absolute(path):
    return _bombed(path, "/tmp/outside.jsonl", b"{}")


def _more(path):
    return _bombed(path, "labels/large.toml", b"x")


def _link(path):
    with zipfile.ZipFile(path) as whole:
        members = {each: whole.read(each) for each in whole.namelist()}
    with zipfile.ZipFile(path, "w") as whole:
        for each, raw in members.items():
            info = zipfile.ZipInfo(each)
            info.external_attr = (
                (stat.S_IFLNK if each == "room.toml" else stat.S_IFREG) | 0o600
            ) << 16
            whole.writestr(info, raw)
    return path


def _cut(path):
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    return path


def _noise(path):
    path.write_bytes(bytes(range(256)))
    return path


def _gone(path):
    path.unlink()
    return path


def _tampered(path):
    tampered(path)
    return path


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_bombed, "异常庞大"),
        (_outside, "不该有的文件"),
        (_absolute, "不该有的文件"),
        (_more, "不属于账本的文件"),
        (_link, "不该有的文件"),
        (_cut, "不是完整的报送件"),
        (_noise, "不是完整的报送件"),
        (_gone, "没有这个文件"),
        (_tampered, "行内容被改动或损坏"),
    ],
)
def test_a_hostile_hand_in_gets_one_sentence(bureau, room, tmp_path, harm, said):
    """Whatever is wrong with a file is told in one sentence, and nothing has changed."""
    path = harm(handed(room, tmp_path / "1.baomi"))
    before, beside = files(bureau.folder), sorted(tmp_path.iterdir())
    acts = len(bureau.acts)

    with pytest.raises(RefusedHandIn, match=said) as refused:
        take(bureau, path)

    assert "\n" not in str(refused.value)
    assert "程序内部" not in str(refused.value)
    after = files(bureau.folder)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} <= {JOURNAL}
    assert after[JOURNAL].startswith(before[JOURNAL])
    assert sorted(tmp_path.iterdir()) == beside
    _refusal_is_on_record(bureau, path, str(refused.value), acts)


def _refusal_is_on_record(bureau, path, said, acts):
    """A refused file stands in the bureau's book by its digest and with its reason."""
    new = [act.event for act in bureau.acts[acts:]]
    if not path.exists():
        assert new == []
        return
    (event,) = new
    assert event.digest == digest_of(path, "sm3")
    assert event.file == path.name
    assert event.reason == said[:200]
    assert event.unit in ("甲局", "")
    assert latest(bureau, "0" * 16) is None
    with Room.open(bureau.folder) as again:
        assert again.acts[-1].event == event
    assert verify(bureau).holds


def _stated(name, value):
    def harm(path):
        with zipfile.ZipFile(path) as whole:
            members = {each: whole.read(each) for each in whole.namelist()}
        manifest = json.loads(members[MANIFEST])
        if name in manifest:
            manifest[name] = value
        else:
            manifest["files"][0][name] = value
        members[MANIFEST] = json.dumps(manifest).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
            for each, raw in members.items():
                whole.writestr(each, raw)
        return path

    return harm


def _refused(bureau, path):
    """The sentence a file is refused with; blank where it is taken."""
    try:
        take(bureau, path, thorough=False)
    except RefusedHandIn as refused:
        return str(refused)
    return ""


STRANGE = ([], {}, None, 7, -1, 1e308, True, "", "\x1b[2J", "[/b]", "../..", "x" * 9999)


@pytest.mark.parametrize(
    "name", [*Manifest.__annotations__, "baomi", "schema", "name", "size", "digest"]
)
def test_a_manifest_of_anything_at_all_is_refused_in_a_sentence(bureau, room, tmp_path, name):
    """Whatever stands in a field of the manifest, the file is taken or refused in one plain sentence."""
    whole = handed(room, tmp_path / "1.baomi").read_bytes()
    for n, value in enumerate(STRANGE):
        (tmp_path / f"{n}.baomi").write_bytes(whole)
        path = _stated(name, value)(tmp_path / f"{n}.baomi")
        if said := _refused(bureau, path):
            assert "没有" in said
            assert said.isprintable()
            assert bureau.acts[-1].event.reason.isprintable()
    with Room.open(bureau.folder) as again:
        assert len(again.acts) == len(bureau.acts)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"l":4,"n":3,"acts":[{"n":3,"on":"2026-13-01","act":"counted"}]', "on"),
        (b'{"l":4,"n":3,"acts":[{"n":"3","act":"counted"}]', "n"),
        (b'{"l":4,"n":3,"acts":[{"act":"counted","findings":[{"force":1}]}]', "findings"),
        (b'{"l":4,"n":3,"acts":[7]', "acts"),
        (b'{"l":4,"acts":"x"', "acts"),
        (b'{"l":4,"records":[["papers",1,{"custody":[]}]]', "custody"),
        (b'{"l":4,"records":[["people",1,{"roles":"x"}]]', "roles"),
        (b'{"l":4,"records":[["papers",1]]', "records"),
        (b'{"l":4,"records":[[7,1,{}]]', "records"),
        (b'{"l":4,"records":{}', "records"),
        (b'{"l":9223372036854775808', "l"),
        (b'{"l":"x"', "l"),
        (b'{"l":[', "整行"),
    ],
)
def test_a_line_no_engine_could_read_is_refused(bureau, room, engine, tmp_path, body, field):
    """A book chained right with a field of another type is refused by line, so that asking goes on."""
    take(bureau, handed(room, tmp_path / "1.baomi"))
    room.close()
    path = room.folder / JOURNAL
    last = orjson.loads(path.read_bytes().splitlines()[-1])
    crc = body + b',"crc":"%08x"' % zlib.crc32(body)
    head = digest(room.book.owner.hash)(last["h"].encode() + crc)
    with path.open("ab") as file:
        file.write(b'%b,"h":"%b"}\n' % (crc, head.encode()))
    lines = path.read_bytes().count(b"\n")
    bad = tmp_path / "2.baomi"
    text = path.read_bytes()
    path.write_bytes(text[: text.rstrip().rfind(b"\n") + 1])
    parcel(room.folder, bad, line=lines, head=head)
    path.write_bytes(text)
    _with(bad, JOURNAL, text)

    with pytest.raises(RefusedHandIn, match=f"没有接收：账本第{lines}行的{field}读不通"):
        take(bureau, bad, thorough=False)
    assert answers(bureau.folder, engine, "stock").rows


def _with(path, name, content):
    """The same parcel with another file in it, which its manifest names rightly."""
    with zipfile.ZipFile(path) as whole:
        members = {each: whole.read(each) for each in whole.namelist()}
    manifest = json.loads(members.pop(MANIFEST))
    members[name] = content
    state = running(manifest["hash"])
    state.update(content)
    entry = {"name": name, "size": len(content), "digest": state.hexdigest()}
    manifest["files"] = [f for f in manifest["files"] if f["name"] != name] + [entry]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for each, raw in (members | {MANIFEST: json.dumps(manifest).encode()}).items():
            whole.writestr(each, raw)
    return path


def test_an_older_copy_is_refused(bureau, room, tmp_path):
    """Who handed in more before cannot hand in less."""
    old = handed(room, tmp_path / "1.baomi")
    new = handed(room, tmp_path / "2.baomi")
    take(bureau, new)

    with pytest.raises(RefusedHandIn, match="这份是旧的"):
        take(bureau, old)


def test_what_was_handed_in_before_may_not_change(bureau, room, tmp_path):
    """A book written anew from its first line, every digest right, is found by what came before."""
    take(bureau, handed(room, tmp_path / "1.baomi"))
    moment = datetime(2026, 1, 2, 9)
    with Room.create(tmp_path / "new", unit="甲局", clock=lambda: moment) as other:
        for n in range(5):
            record(other, act="registered", kind="medium", level="机密", serial=f"B{n}")
    text = (tmp_path / "new" / "room.toml").read_text("utf-8")
    own, forged = (
        Settings.read(room.folder / "room.toml").room,
        Settings.read(tmp_path / "new" / "room.toml").room,
    )
    path = parcel(tmp_path / "new", tmp_path / "2.baomi")
    with pytest.raises(RefusedHandIn, match="已报送过另一个台账"):
        take(bureau, path)
    (tmp_path / "new" / "room.toml").write_text(text.replace(forged, own), "utf-8")
    with pytest.raises(RefusedHandIn, match="不是清单所说的"):
        take(bureau, parcel(tmp_path / "new", tmp_path / "3.baomi"))
    _sealed_as(tmp_path / "new" / "journal" / "2026.jsonl", own)
    with pytest.raises(RefusedHandIn, match=r"在上次报送之前的内容被改动过：第\d+行"):
        take(bureau, parcel(tmp_path / "new", tmp_path / "4.baomi"))


def test_registers_that_the_acts_do_not_add_up_to_are_refused(bureau, room, tmp_path):
    """A book whose registers were edited, every digest made right again, is worked out anew and refused."""
    room.close()
    path = room.folder / "journal" / f"{room.clock().year}.jsonl"
    path.write_bytes(
        path.read_bytes().replace(
            b'"media",1,{"kind":"medium"',
            b'"media",1,{"holds":"\xe7\xbb\x9d\xe5\xaf\x86","kind":"medium"',
        )
    )
    _sealed_as(path, Settings.read(room.folder / "room.toml").room)
    edited = parcel(room.folder, tmp_path / "1.baomi")

    with pytest.raises(RefusedHandIn, match="第3行所附的登记与流水推算的不一致"):
        take(bureau, edited)
    assert take(bureau, edited, thorough=False).proposal is not None


def _sealed_as(path, room):
    """Chain a book anew under another room's identifier."""
    from ledger.store.line import GENESIS, seal

    head, lines = GENESIS, []
    for raw in path.read_bytes().splitlines():
        data = {key: value for key, value in orjson.loads(raw).items() if key not in ("crc", "h")}
        data |= {"room": room} if "baomi" in data else {}
        sealed, head = seal(data, head, digest("sm3"))
        lines.append(sealed)
    path.write_bytes(b"".join(lines))


def test_another_units_room_is_refused_unless_it_was_renamed(bureau, room, tmp_path):
    """A room that comes under another name needs the officer's word that it is the same unit."""
    take(bureau, handed(room, tmp_path / "1.baomi"))
    copy = tmp_path / "renamed"
    shutil.copytree(room.folder, copy)
    text = (copy / "room.toml").read_text("utf-8")
    (copy / "room.toml").write_text(text.replace("甲局", "乙局"), "utf-8")
    path = parcel(copy, tmp_path / "2.baomi")

    with pytest.raises(RefusedHandIn, match="不是清单所说的"):
        take(bureau, path)
    bad = parcel(room.folder, tmp_path / "3.baomi", unit="乙局")
    with pytest.raises(RefusedHandIn, match="不是清单所说的"):
        take(bureau, bad)


def test_a_second_room_of_a_unit_is_asked_about(bureau, room, tmp_path):
    """A unit that comes with a new book has to be known to have two rooms."""
    take(bureau, handed(room, tmp_path / "1.baomi"))
    with Room.create(tmp_path / "two", unit="甲局") as other:
        path = handed(other, tmp_path / "2.baomi")

    with pytest.raises(RefusedHandIn, match="已报送过另一个台账"):
        take(bureau, path)
    assert take(bureau, path, another=True).proposal is not None
    assert len(list(filed(bureau.folder))) == 2


@pytest.mark.parametrize("schema", [1, 2, 3, 4])
def test_books_of_every_schema_are_taken_and_asked(bureau, engine, tmp_path, schema):
    """A book of an earlier format is read as it lies, and as it is after it has been gone on with."""
    folder = shutil.copytree(BOOKS / f"schema-{schema}", tmp_path / "room")
    taken = take(bureau, parcel(folder, tmp_path / "1.baomi"))
    before = answers(bureau.folder, engine, "stock").rows
    with Room.open(folder) as room:
        own = Counter(
            (str(level), entry.thing.__class__.__name__)
            for entry in room.register.open_carriers()
            if (level := room.register.level_of(entry))
        )
    assert sum(own.values()) == sum(row[3] for row in before)
    assert answers(bureau.folder, engine, "units").rows[0][0] == taken.filed.unit

    with Room.create(tmp_path / "again", unit="市保密局") as again, Room.open(folder) as room:
        if schema == 1:  # it has no identifier to be known by, so it goes on under the same head
            record(room, act="registered", kind="medium", level="秘密", serial="Z9")
            take(again, parcel(folder, tmp_path / "2.baomi"))
        else:
            record(room, act="registered", kind="medium", level="秘密", serial="Z9")
            take(again, handed(room, tmp_path / "2.baomi"))
        after = answers(again.folder, engine, "stock").rows
    assert sum(row[3] for row in after) == sum(row[3] for row in before) + 1


def test_a_concealed_book_names_nobody_and_nothing(town, bureau, engine, tmp_path):
    """Without titles and names no title and no name is anywhere in the file, and the answers are the same."""
    folder, _, _ = town
    each = next(each for each in filed(folder) if each.unit == "示范004局")
    copy = shutil.copytree(folder / UNITS / each.folder, tmp_path / "room")
    with Room.open(copy) as room:
        people = {person.name for person in room.register.people.values()}
        titles = {d.title for d in room.register.documents.values()}
        path = handed(room, tmp_path / "1.baomi", conceal=True)
    with zipfile.ZipFile(path) as whole:
        text = "".join(whole.read(name).decode() for name in whole.namelist())
    taken = take(bureau, path)

    assert people
    assert not [name for name in people | titles if name and name in text]
    assert taken.filed.concealed
    for name in ("late", "expiries", "holdings", "stock", "breaches", "training", "turns"):
        rows = answers(
            folder, engine, name, **({"unit": each.unit} if name == "breaches" else {})
        ).rows
        mine = [row for row in rows if each.unit in row or name == "breaches"]
        assert list(answers(bureau.folder, engine, name).rows) == mine, name
    assert answers(bureau.folder, engine, "out").rows[0][:4] == (
        "示范004局",
        "绝密",
        "WJ-2026-0001",
        "借阅",
    )


def test_titles_below_a_level_can_be_left_in(town, tmp_path):
    """A title stays only where its document was always below the level; nothing else comes with it."""
    folder, _, _ = town
    each = next(iter(filed(folder)))
    with Room.open(shutil.copytree(folder / UNITS / each.folder, tmp_path / "room")) as room:
        levels = {d.number: d.level for d in room.register.documents.values()}
        path = handed(room, tmp_path / "1.baomi", conceal=True, titles_below=Level.机密)
    with zipfile.ZipFile(path) as whole:
        lines = [
            orjson.loads(line)
            for n in whole.namelist()
            if "journal" in n
            for line in whole.read(n).splitlines()
        ]
    pages = [r[2] for line in lines for r in line.get("records", ()) if r[0] == "documents"]
    seen = {levels[page["number"]] for page in pages if page.get("title", "") not in (HIDDEN, "")}

    assert {levels[page["number"]] for page in pages} >= set(Level)
    assert Level.秘密 in seen
    assert seen <= {Level.秘密, None}


def test_whole_and_concealed_hand_ins_go_on_from_each_other(bureau, room, tmp_path):
    """A book that came without names is held to the same heads when it comes whole, and back."""
    for n, conceal in enumerate((True, False, True, True)):
        path = handed(room, tmp_path / f"{n}.baomi", conceal=conceal)
        taken = take(bureau, path)
        assert taken.filed.concealed is conceal
        assert taken.book_head == room.acts[-1].event.head
        record(room, act="registered", kind="medium", level="机密", serial=f"C{n}")
    assert len(list(filed(bureau.folder))) == 1


# Asking.


def test_a_copy_is_made_anew_when_a_book_has_come_in(bureau, room, engine, tmp_path):
    """The fast way never answers from before the last hand-in."""
    for n in range(2):
        take(bureau, handed(room, tmp_path / f"{n}.baomi"))
        rows = answers(bureau.folder, engine, "stock", fast=True).rows
        assert rows == answers(bureau.folder, engine, "stock").rows
        assert sum(row[3] for row in rows) == n + 1
        assert list(copied_as_of(bureau.folder)) == [each.room for each in filed(bureau.folder)]
        record(room, act="registered", kind="medium", level="机密", serial=f"D{n}")
    stamp = bureau.folder / "units.copy" / "copy.json"
    stamp.write_bytes(stamp.read_bytes().replace(b'"fields":"', b'"fields":"0'))
    assert copied_as_of(bureau.folder) == {}
    assert answers(bureau.folder, engine, "stock", fast=True).rows == rows


def test_a_parameter_is_only_ever_a_value(town, engine):
    """Quotes and statements in a parameter are text that is looked for."""
    folder, _, _ = town
    evil = "x' OR 1=1; DROP TABLE units; --"

    assert answers(folder, engine, "stock", unit=evil).rows == ()
    sql = composed(question("stock"), {"unit": evil}, DIALECT, copied=False).sql
    assert "'x'' OR 1=1; DROP TABLE units; --'" in sql


def test_what_cannot_be_asked_is_told_in_a_sentence(town, bureau, engine):
    """Unknown questions, parameters, engines and empty rooms get Chinese sentences."""
    folder, _, _ = town
    with pytest.raises(InvalidQuestion, match="没有“nothing”这个问题"):
        question("nothing")
    with pytest.raises(InvalidQuestion, match="没有参数“level2”"):
        answers(folder, engine, "out", level2="x")
    with pytest.raises(InvalidQuestion, match="应是日期"):
        answers(folder, engine, "out", on="某天")
    with pytest.raises(NoEngine, match="没有“oracle”这个引擎"):
        engine_named("oracle")
    with pytest.raises(NoAnswer, match="还没有接收过"):
        answers(bureau.folder, engine, "units")


def test_a_bureau_asks_questions_of_its_own(town, engine, tmp_path):
    """A file of SQL in the room's folder is a question like those that come with the program."""
    folder, _, _ = town
    own = '-- 题目：有几个单位\n-- 依据：检查服务制度 第二条\n-- 说明：数一数。\nSELECT COUNT(*) AS "单位数" FROM units\n'
    (tmp_path / "howmany.sql").write_text(own, "utf-8")
    (tmp_path / "zz.sql").write_text(
        "-- 题目：坏的\n-- 依据：检查服务制度 第二条\nSELEC 1 FROM FROM\n", "utf-8"
    )

    asked = question("有几个单位", tmp_path)
    assert ask(folder, asked, {}, ON, engine).rows == ((UNITS_OF_THE_CITY - 1,),)
    with pytest.raises(InvalidQuestion, match="读不通"):
        ask(folder, question("zz", tmp_path), {}, ON, engine)
    (tmp_path / "howmany.sql").write_text(own + "WHERE unit = $name", "utf-8")
    with pytest.raises(InvalidQuestion, match="没有说明的参数“name”"):
        ask(folder, question("howmany", tmp_path), {}, ON, engine)


# The commands.


@pytest.fixture(name="baomi")
def _baomi(capfd):
    def call(folder, *words, code=0):
        got = run(cli, ["--room", str(folder), *map(str, words)])
        out, err = capfd.readouterr()
        assert got == code, err
        return out + err

    return call


def test_the_commands_from_hand_in_to_report(baomi, bureau, room, tmp_path):
    """A unit hands in, the bureau takes, asks and reports; every file that leaves is on record."""
    room.close()
    bureau.close()
    file, bad = tmp_path / "甲.baomi", tmp_path / "坏.baomi"
    bad.write_bytes(b"PK")
    said = baomi(tmp_path / "room", "hand-in", "-o", file)
    assert "报送单" in said
    assert (tmp_path / "甲.baomi-报送单.docx").is_file()
    assert "台账报送单" in baomi(
        tmp_path / "room", "form", "台账报送单", "-o", "-", "--format", "txt"
    )
    desk = tmp_path / "bureau"
    assert "收下1份，没有接收1份" in baomi(desk, "bureau", "take", file, bad, code=3)
    baomi(desk, "bureau", "take", bad, code=4)
    rows = json.loads(baomi(desk, "bureau", "ask", "stock", "--json").partition("\n")[0])
    assert rows == [
        {"单位": "甲局", "密级": "机密", "种类": "移动存储介质", "件数": 1, "在室件数": 1}
    ]
    book = tmp_path / "存量.xlsx"
    baomi(desk, "bureau", "ask", "现有涉密载体，按密级和种类", "-o", book)
    cells = [cell.value for row in load_workbook(book).active.iter_rows() for cell in row]
    assert "移动存储介质" in cells
    baomi(desk, "bureau", "report", "-o", tmp_path / "报告.html")
    assert "已经存在" in baomi(desk, "bureau", "report", "-o", tmp_path / "报告.html", code=2)
    assert "units　各单位总览" in baomi(desk, "bureau", "questions")
    with Room.open(desk) as opened:
        kinds = [type(act.event).__name__ for act in opened.acts]
    refused = ["HandInRefused"] * 2
    assert kinds == ["Opened", "HandInTaken", *refused, "Exported", "Exported"]


def test_asking_waits_for_nobody(baomi, bureau, room, tmp_path):
    """While another terminal is writing in the bureau's room, questions are answered all the same."""
    take(bureau, handed(room, tmp_path / "1.baomi"))
    with bureau.writing():
        assert "甲局" in baomi(bureau.folder, "bureau", "ask", "units")
        assert "units" in baomi(bureau.folder, "bureau", "questions")


def test_a_bureau_with_operators_keeps_its_units_to_itself(baomi, engine, room, tmp_path):
    """Books and copies are the officer's alone to read, and nobody asks without signing in."""
    folder = tmp_path / "bureau"
    with guarded(folder) as desk:
        sign_in(desk, "王敏", PASSWORDS["王敏"])
        take(desk, handed(room, tmp_path / "1.baomi"), by="王敏")
        assert answers(folder, engine, "stock", fast=True).rows
    Room.open(folder).close()

    said = baomi(folder, "bureau", "ask", "stock", code=7)
    assert "请由保密员登录后查看" in said
    assert "甲局" not in said
    assert len(Room.open(folder).acts) == len(desk.acts)


def test_a_unit_called_after_a_screen_command_is_not_taken(tmp_path, monkeypatch):
    """A name that an earlier program let into a unit's book does not get into the bureau's."""
    with monkeypatch.context() as earlier, Room.create(tmp_path / "bureau", unit="市局") as bureau:
        earlier.setattr("ledger.review.legible", str)
        with Room.create(tmp_path / "room", unit="甲[/x]局") as room:
            path = handed(room, tmp_path / "1.baomi")
        earlier.undo()
        with pytest.raises(RefusedHandIn, match="不能用，没有接收"):
            take(bureau, path)


def test_a_report_is_text_and_fetches_nothing(engine, tmp_path):
    """A unit called after a tag is only a name; the page loads no file and runs no script."""
    from ledger.bureau.report import report

    evil = "<script>alert(1)</script>&[x]局"
    with Room.create(tmp_path / "room", unit=evil) as room:
        path = handed(room, tmp_path / "1.baomi")
    with Room.create(tmp_path / "bureau", unit="市保密局") as bureau:
        take(bureau, path)
    page = report(tmp_path / "bureau", "市保密局", "", ON, engine).decode()

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;[x]局" in page
    assert not [word for word in ("http", "src=", "@import", "url(") if word in page]
    assert "各单位" in report(tmp_path / "bureau", "市保密局", "", ON, engine, fast=True).decode()
    with Room.open(tmp_path / "bureau") as opened:
        unit = report(opened.folder, "市保密局", evil, ON, engine).decode()
    assert unit.count("待查") == 2
    assert page.count("工作秘密") == unit.count("工作秘密") == 1
    with pytest.raises(NoAnswer, match="没有接收过“乙局”"):
        report(tmp_path / "bureau", "市保密局", "乙局", ON, engine)


def test_a_room_without_engines_goes_on(tmp_path):
    """Where no engine is installed, books are handed in and taken all the same, and asking says why."""
    code = (
        "import sys\n"
        "for name in ('duckdb', 'sqlglot', 'pyspark'): sys.modules[name] = None\n"
        "from ledger.cli import cli\nfrom ledger.cli.desk import run\n"
        f"import os; os.chdir({str(tmp_path)!r})\n"
        "assert run(cli, ['init', 'a', '--unit', '甲局']) == 0\n"
        "assert run(cli, ['init', 'b', '--unit', '市保密局']) == 0\n"
        "assert run(cli, ['--room', 'a', 'hand-in', '-o', 'x.baomi']) == 0\n"
        "assert run(cli, ['--room', 'b', 'bureau', 'take', 'x.baomi']) == 0\n"
        "assert run(cli, ['--room', 'b', 'bureau', 'questions']) == 0\n"
        "assert run(cli, ['--room', 'b', 'bureau', 'ask', 'units']) == 2\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "没有安装查询引擎" in done.stderr


# The screen.


def test_the_screen_shows_the_units_and_what_is_behind_one(town):
    """A bureau sees its units with a word for each state, those in need first, and opens one."""
    from tests.officer import run_at, screen_text

    folder, planted, _ = town
    lost = next(p for p in planted if p.question == "incidents")

    async def look(app, pilot):
        app.do_oversee()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        units = screen_text(app)
        await pilot.press("down", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        return units, screen_text(app)

    at = datetime.combine(ON, datetime.min.time()).replace(hour=10)
    with Room.open(folder, clock=lambda: at) as room:
        units, page = run_at(room, look, size=(100, 40))
    assert f"共{UNITS_OF_THE_CITY - 1}个单位：督办2个，提醒1个，正常7个" in units
    assert [line.split()[1] for line in units.splitlines() if "局" in line and "督办" in line] == [
        "督办"
    ] * 2
    assert lost.unit in page
    assert f"{lost.number}　丢失，首次报告应在2026-11-21前，逾期未办" in page
    assert page.index("逾期未办") < page.index("单位情况") < page.index("未结案件：丢失：1件")
