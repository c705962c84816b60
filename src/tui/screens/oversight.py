"""监督: the units whose books a bureau has taken, each with its state as a word; a unit's page behind it."""

from asyncio import to_thread
from collections.abc import Mapping
from typing import Any

from textual import work
from textual.app import ComposeResult

from ledger.bureau.refusal import NoAnswer, NoEngine
from ledger.room import Room
from tui.actions import Action, bindings
from tui.plain import styled
from tui.screens.asking import Reading
from tui.screens.page import Line, Page
from tui.table import Column, Table

__all__ = ["Oversight"]

_COLUMNS = (
    Column("单位", "单位", 26, 12),
    Column("状态", "状态", 6, 6),
    Column("涉密载体", "载体", 8, 6),
    Column("逾期事项", "逾期", 8, 6),
    Column("超期在外", "在外", 8, 6),
    Column("未结案件", "案件", 8, 6),
    Column("误期步骤", "误期", 8, 0),
    Column("账本截至", "账本截至", 12, 10),
)
_PARTS = (
    ("逾期未办", "late", "{事项}：应在{应在此前}前，已过{已过天数}天"),
    ("超期在外", "out", "{密级}　{载体编号}　{去向}，在{在谁处}处，应还{应还}，超期{超期天数}天"),
    ("案件误期", "incidents", "{案件编号}　{性质}，{步骤}应在{应在此前}前，{情况}"),
)
"""What is wrong in a unit: heading, question, and how a row of it is said."""
_SAID_ABOVE = ("逾期未办", "超期在外")
"""What of a unit's facts its page has said already."""


class Oversight(Page[None]):
    """The units, those that need something first."""

    context = "oversight"
    heading = "监督　各单位"
    BINDINGS = bindings("oversight", "table")

    def __init__(self) -> None:
        super().__init__()
        self._units: list[Mapping[str, Any]] = []

    def body(self) -> ComposeResult:
        """What can be seen of all units."""
        yield Line("回车看一个单位；督办、提醒的在前", id="day")
        yield Table(_COLUMNS, id="units")
        yield Line("正在查各单位的账；有新报送的先抄一份副本，单位多时要等几秒", id="tally")

    def on_mount(self) -> None:
        """Ask."""
        self.query_one(Table).focus()
        self.follow()

    @work(exclusive=True)
    async def follow(self) -> None:  # type: ignore[override]
        """Ask anew, beside the screen."""
        try:
            self._units = await to_thread(_asked, self.room, "units")
        except (NoAnswer, NoEngine) as error:
            self.query_one("#tally", Line).put(f"{error}")
            return
        self.query_one(Table).show(len(self._units), self._cells)
        states = [unit["状态"] for unit in self._units]
        told = "，".join(f"{word}{states.count(word)}个" for word in ("督办", "提醒", "正常"))
        self.query_one("#tally", Line).put(f"共{len(states)}个单位：{told}")
        self.query_one("#foot").refresh()

    def _cells(self, place: int) -> tuple[str, ...]:
        return tuple(str(self._units[place][column.name]) for column in _COLUMNS)

    def why_not(self, action: Action) -> str:
        """Without a unit there is nothing to open."""
        return "还没有单位" if action.id == "open" and not self._units else ""

    def on_table_chosen(self) -> None:
        """A second click opens."""
        self.do_open()

    @work(exclusive=True)
    async def do_open(self) -> None:
        """Show the page of the unit under the cursor, and what is late there."""
        at = self.query_one(Table).cursor
        if at < len(self._units):
            unit, state = (str(self._units[at][name]) for name in ("单位", "状态"))
            self.tell(f"正在查{unit}……")
            try:
                told = await to_thread(_page, self.room, unit)
            except (NoAnswer, NoEngine) as error:
                self.tell(error, "bold $error")
                return
            self.tell("")
            self.desk.push_screen(Reading(f"{unit}　{state}", told))

    def do_reload(self) -> None:
        """Ask again, of what has been taken since."""
        self.follow()


def _asked(room: Room, name: str, **given: str) -> list[Mapping[str, Any]]:
    """The rows of a question today; raises ``NoEngine`` where none is installed, and ``NoAnswer``."""
    try:
        from ledger.bureau.asking import ask, engine_named
    except ModuleNotFoundError as error:
        raise NoEngine("没有安装查询引擎，先安装：pip install 'baomi-ledger[bureau]'") from error
    from ledger.bureau.question import question

    engine, today = engine_named("duckdb"), room.clock().date()
    try:
        asked = {"on": str(today), **given}
        return ask(room.folder, question(name), asked, today, engine, fast=True).records
    finally:
        engine.close()


def _page(room: Room, unit: str) -> list[object]:
    """What is wrong in a unit, then what is known of it."""
    told: list[object] = []
    for heading, name, words in _PARTS:
        rows = [row for row in _asked(room, name) if row["单位"] == unit]
        rows = [row for row in rows if row.get("情况") not in ("按期", "未到期")]
        told += _part(heading, [words.format_map(row) for row in rows])
    year = f"{room.clock().year}-01-01"
    against = _asked(room, "breaches", unit=unit, since=year)
    told += _part("今年违规", ["{条文}：{件数}件".format_map(row) for row in against])
    told = told or ["没有逾期、超期、误期和违规", ""]
    facts = (f"{row['项目']}：{row['情况']}" for row in _asked(room, "unit", unit=unit))
    known = [fact for fact in facts if not fact.startswith(_SAID_ABOVE)]
    return [*told, styled(("单位情况", "bold")), *known]


def _part(heading: str, lines: list[str]) -> list[object]:
    if not lines:
        return []
    bold = styled((f"{heading}（{len(lines)}）", "bold"))
    return [bold, *(f"  {line}" for line in lines), ""]
