"""The books of a bureau's units as a plain loop reads them: last pages, acts that stand, what is due."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from ledger.day import months_after

THINGS = ("papers", "notebooks", "media", "computers", "devices")
LEVELS = ("绝密", "机密", "秘密")


def day(text: str | None) -> date | None:
    """A day as JSON has it."""
    return date.fromisoformat(text) if text else None


def after(start: date, days: int) -> date:
    """So many days later."""
    return start + timedelta(days=days)


class Carrier(NamedTuple):
    """A carrier as it stands."""

    number: str
    kind: str
    level: str | None
    place: str | None
    page: dict[str, Any]
    text: dict[str, Any]

    @property
    def since(self) -> date:
        """Since when it is where it is."""
        return date.fromisoformat(self.page["since"])


class Unit:
    """One unit's book: the last document of each page, and the acts that stand."""

    def __init__(self, folder: Path, tables: frozenset[str], kinds: frozenset[str] | None) -> None:
        self.said = orjson.loads((folder / "unit.jsonl").read_bytes())
        self.name, self.room = self.said["unit"], self.said["room"]
        self.pages: dict[str, dict[Any, dict[str, Any]]] = {table: {} for table in tables}
        acts: list[dict[str, Any]] = []
        voided = set()
        for path in sorted((folder / "journal").glob("*.jsonl")):
            with path.open("rb") as file:
                for raw in file:
                    line = orjson.loads(raw)
                    for act in line.get("acts", ()) if kinds is not None else ():
                        if act["act"] == "voided":
                            voided.add(act["voids"])
                        if not kinds or act["act"] in kinds:
                            acts.append(act)
                    if line.get("l", 0) >= self.said["pages_from"]:
                        self._keep(line)
        self.acts = [act for act in acts if act["n"] not in voided]

    def _keep(self, line: dict[str, Any]) -> None:
        for table, number, page in line.get("records", ()):
            if table in self.pages:
                if page is None:
                    self.pages[table].pop(number, None)
                else:
                    self.pages[table][number] = page

    def of(self, table: str) -> list[dict[str, Any]]:
        """The pages of a table."""
        return list(self.pages[table].values())

    @cached_property
    def carriers(self) -> list[Carrier]:
        """Every carrier whose number is not void."""
        texts = {text["number"]: text for text in self.of("documents")}
        found = []
        for table in THINGS:
            for page in self.of(table):
                custody = page.get("custody", {})
                if custody.get("how") == "作废":
                    continue
                text = texts.get(page.get("document"), {})
                level = page.get("level")
                if page["kind"] == "paper":
                    level = None if "declassified_on" in text else text.get("mark", "")[:2] or None
                found.append(
                    Carrier(page["number"], page["kind"], level, custody.get("with"), page, text)
                )
        return found

    @cached_property
    def count(self) -> dict[str, Any]:
        """What the last count of the whole room came to."""
        return next((c for c in self.of("counts") if not c.get("key")), {})

    @cached_property
    def rounds(self) -> dict[str, date]:
        """When each recurring thing was last done."""
        return {each["key"]: date.fromisoformat(each["on"]) for each in self.of("rounds")}

    def owing(self) -> Iterator[tuple[str, str, date | None, date]]:
        """What recurs, by which article, when it was last done, and by when it is due."""
        kept = [
            c.page["entered"]
            for c in self.carriers
            if c.kind == "paper" and c.level and c.place in ("room", "cabinet")
        ]
        begun = self.rounds.get("开账")
        lasts = [
            ("清点", "载体制度 一（八）2", day(self.count.get("on")), "count_months"),
            (
                "核查清退",
                "载体制度 一（八）2",
                day(self.count.get("clearance_on")),
                "clearance_months",
            ),
        ]
        for duty, article, last, months in lasts if kept else ():
            yield from self._owed(duty, article, last, last or day(min(kept)), months)
        for duty, article, key, months in (
            ("单位检查", "委员会职责 第八条", "检查/单位检查", "unit_inspection_months"),
            ("部门自查", "监督检查制度 第四条", "检查/自查", "self_check_months"),
        ):
            last = self.rounds.get(key)
            yield from self._owed(duty, article, last, last or begun, months)
        for c in self.carriers:
            if c.kind == "computer" and c.place != "closed":
                last = day(c.page.get("inspected_on"))
                since = last or day(c.page["entered"])
                article = "计算机制度 第三十六条"
                yield from self._owed("计算机检查", article, last, since, "computer_check_months")

    def _owed(
        self, duty: str, article: str, last: date | None, since: date | None, months: str
    ) -> Iterator[tuple[str, str, date | None, date]]:
        if since is not None and self.said[months] > 0:
            yield duty, article, last, months_after(since, self.said[months])

    def away(self) -> Iterator[tuple[Carrier, str, str, date | None]]:
        """What is out of the officer's hands: for what, with whom, until when."""
        names = {p["number"]: p["name"] for p in (*self.of("units"), *self.of("people"))}
        for c in self.carriers:
            if c.place not in ("person", "unit", "transit", "awaiting"):
                continue
            custody = c.page["custody"]
            keys = ("person", "unit", "to", "cabinet")
            who = next((custody[key] for key in keys if custody.get(key)), "")
            purpose, due = custody.get("purpose"), None
            if purpose == "传阅" and c.level:
                strict = c.level == "绝密" or c.text.get("cipher")
                allowed = "circulation_days_top_secret" if strict else "circulation_days"
                due = day(custody.get("due")) or after(c.since, self.said[allowed])
            elif purpose == "借阅":
                due = day(custody.get("due"))
            elif c.place == "transit" and purpose == "发文":
                due = after(c.since, self.said["delivery_days"])
            elif c.place in ("transit", "unit"):
                due = day(custody.get("due"))
            elif c.place == "awaiting":
                due, purpose = after(c.since, 1), "移交待签收"
            yield c, purpose, names.get(who, who), due

    def steps(self) -> Iterator[tuple[dict[str, Any], str, str, date, date | None]]:
        """The clocks of every case that has some: step, article, until when, when it was done."""
        secret = {c.number for c in self.carriers if c.level}
        for case in self.of("cases"):
            lost = case["nature"] == "丢失" and not secret.isdisjoint(case.get("subjects", ()))
            if case["nature"] != "泄密" and not lost:
                continue
            opened, reported = date.fromisoformat(case["opened"]), day(case.get("reported_on"))
            told: dict[str, date] = {}
            for report in case.get("reports", ()):
                stage, on = report.get("stage", ""), date.fromisoformat(report["on"])
                told[stage] = min(told.get(stage, on), on)
            looked = day(case.get("established_on")) or opened if case.get("group") else None
            within = after(opened, self.said["report_hours"] // 24)
            yield case, "首次报告", "泄密查处制度 第五条", within, reported
            within = after(opened, self.said["progress_days"])
            yield case, "调查记录", "泄密查处制度 第三条", within, looked
            within = months_after(opened, self.said["result_months"])
            result = day(case.get("closing_asked_on")) or told.get("结果")
            yield case, "书面报告结果", "泄密报告规定 第五条", within, result
            if reported is not None:
                within = after(reported, self.said["progress_days"])
                went_on = [told[s] for s in ("进展", "查清", "结果") if s in told]
                yield case, "续报进展", "泄密查处制度 第七条", within, min(went_on, default=None)


def last_day(text: dict[str, Any]) -> date | None:
    """The last day a document's mark protects."""
    level, _, term = text.get("mark", "").partition("★")
    if "年" in term and "月" in term:
        year, _, rest = term.partition("年")
        month, _, rest = rest.partition("月")
        return date(int(year), int(month), int(rest.rstrip("日")))
    issued = day(text.get("issued_on"))
    if issued is None or not level:
        return None
    if not term:
        return months_after(issued, {"绝密": 360, "机密": 240, "秘密": 120}[level])
    if term.endswith("个月"):
        return months_after(issued, int(term.removesuffix("个月")))
    if term.endswith("年") and term[:-1].isdigit():
        return months_after(issued, 12 * int(term[:-1]))
    return after(issued, int(term[:-1])) if term[:-1].isdigit() else None
