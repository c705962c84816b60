"""A year's duties by month, short enough for a page: one line a task, with its days."""

from collections.abc import Iterable

from attrs import frozen

from ledger.duty import Duty

__all__ = ["MonthLine", "by_month"]


@frozen
class MonthLine:
    """One task of a month: on which days, what, and how many subjects."""

    days: tuple[int, ...]
    task: str
    subjects: int

    def __str__(self) -> str:
        days = "、".join(map(str, self.days[:3])) + ("…" if len(self.days) > 3 else "")  # noqa: PLR2004
        count = f"×{self.subjects}" if self.subjects > 1 else ""
        return f"{days}日 {self.task}{count}"


def by_month(duties: Iterable[Duty], year: int) -> dict[int, tuple[MonthLine, ...]]:
    """The lines of each month from 1 to 12, the earliest day first."""
    found: dict[int, dict[str, list[Duty]]] = {month: {} for month in range(1, 13)}
    for duty in duties:
        if duty.due.year == year:
            task = duty.task.partition("（")[0]
            found[duty.due.month].setdefault(task, []).append(duty)
    return {
        month: tuple(sorted(map(_line, tasks.items()), key=lambda line: line.days))
        for month, tasks in found.items()
    }


def _line(item: tuple[str, list[Duty]]) -> MonthLine:
    task, group = item
    days = tuple(sorted({duty.due.day for duty in group}))
    subjects = {subject for duty in group for subject in duty.subjects}
    return MonthLine(days, task, len(subjects))
