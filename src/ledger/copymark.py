"""复印戳记: what the copying unit stamps on a photocopy (载体制度 一（九）5)."""

from datetime import date

from attrs import frozen

from ledger.day import chinese

__all__ = ["CopyMark"]


@frozen
class CopyMark:
    """The stamp of one photocopy: unit, number of copies, date, and which one it is.

    >>> str(CopyMark("示范局", 3, date(2026, 3, 2), 1, "WJ-2026-0042"))
    '示范局复印 2026年3月2日 第1份/共3份 编号WJ-2026-0042'
    """

    unit: str
    copies: int
    on: date
    serial: int
    number: str

    def __str__(self) -> str:
        return (
            f"{self.unit}复印 {chinese(self.on)} "
            f"第{self.serial}份/共{self.copies}份 编号{self.number}"
        )
