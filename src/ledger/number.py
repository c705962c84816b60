"""Numbers: masks for each register and year, and the names other records go by.

A document has five numbers and they are five fields: 发文字号 (its issuer's), 份号 (the issuer's,
per copy), 收文编号 and 发文编号 (ours, yearly), 载体编号 (ours, per physical thing).
"""

import re
from collections.abc import Iterator
from typing import Final, NewType, Self

from attrs import field, fields, frozen

from ledger.text import quoted

__all__ = [
    "REFERENCES",
    "ActivityNo",
    "BlankNo",
    "BodyNo",
    "CabinetNo",
    "CarrierNo",
    "CaseNo",
    "DisclosureNo",
    "DocumentNo",
    "InspectionNo",
    "InvalidMask",
    "MailboxNo",
    "Mask",
    "MeetingNo",
    "Numbering",
    "PageNo",
    "PersonRef",
    "PhoneNo",
    "QueryNo",
    "RequestNo",
    "SiteNo",
    "SupplyNo",
    "UnitRef",
]

CarrierNo = NewType("CarrierNo", str)
"""The 载体编号 of a paper, notebook, medium, computer or device."""
DocumentNo = NewType("DocumentNo", str)
"""The number of a text, shared by all its copies."""
CabinetNo = NewType("CabinetNo", str)
CaseNo = NewType("CaseNo", str)
PersonRef = NewType("PersonRef", str)
"""A registered person's number, or a name that is not registered yet."""
PageNo = NewType("PageNo", str)
"""The number of anything a label can be stuck on: a carrier, a cabinet or a site."""
BlankNo = NewType("BlankNo", str)
"""The number of a label that was printed before it belonged to anything."""
UnitRef = NewType("UnitRef", str)
"""A registered outside unit's number, or a unit's name."""
SiteNo = NewType("SiteNo", str)
BodyNo = NewType("BodyNo", str)
PhoneNo = NewType("PhoneNo", str)
MailboxNo = NewType("MailboxNo", str)
MeetingNo = NewType("MeetingNo", str)
DisclosureNo = NewType("DisclosureNo", str)
SupplyNo = NewType("SupplyNo", str)
InspectionNo = NewType("InspectionNo", str)
ActivityNo = NewType("ActivityNo", str)
QueryNo = NewType("QueryNo", str)
RequestNo = NewType("RequestNo", str)

REFERENCES: Final = (
    CarrierNo,
    DocumentNo,
    CabinetNo,
    CaseNo,
    PersonRef,
    SiteNo,
    BodyNo,
    PhoneNo,
    MailboxNo,
    MeetingNo,
    DisclosureNo,
    SupplyNo,
    InspectionNo,
    ActivityNo,
    QueryNo,
    RequestNo,
    PageNo,
    BlankNo,
)
"""The types by which a field says what its number names."""


class InvalidMask(ValueError):
    """A mask that cannot number anything; its message is a Chinese sentence."""


_PART: Final = re.compile(r"\{(year|seq)(?::(\d))?\}")


@frozen
class Mask:
    """A pattern of a number, with ``{seq:4}`` for the serial and, if yearly, ``{year}``.

    >>> mask = Mask.parse("WJ-{year}-{seq:4}")
    >>> mask.write(2026, 41)
    'WJ-2026-0041'
    >>> mask.read("WJ-2026-0041"), mask.read("别的编号")
    ((2026, 41), None)
    """

    pattern: str
    yearly: bool = field(eq=False)
    _reads: re.Pattern[str] = field(eq=False, repr=False)

    @classmethod
    def parse(cls, pattern: str) -> Self:
        """The mask a pattern describes; raises ``InvalidMask`` when it has no serial."""
        kinds = [found[1] for found in _PART.finditer(pattern)]
        if kinds.count("seq") != 1 or kinds.count("year") > 1:
            raise InvalidMask(
                f"编号格式要有一处{{seq:位数}}，至多一处{{year}}，读到{quoted(pattern)}"
            )
        if re.search(r"[{}\s]", _PART.sub("", pattern)):
            raise InvalidMask(f"编号格式里有多余的花括号或空格：{quoted(pattern)}")
        return cls(pattern, "year" in kinds, re.compile(_reader(pattern)))

    def write(self, year: int, serial: int) -> str:
        """The number with this serial in this year."""
        return _PART.sub(
            lambda found: str(year) if found[1] == "year" else f"{serial:0{found[2] or 1}}",
            self.pattern,
        )

    def read(self, number: str) -> tuple[int, int] | None:
        """The year (0 if the mask has none) and serial of a number, if the mask wrote it."""
        found = self._reads.fullmatch(number)
        if found is None:
            return None
        year, serial = int(found["year"]) if self.yearly else 0, int(found["seq"])
        return (year, serial) if serial and self.write(year, serial) == number else None


def _reader(pattern: str) -> str:
    pieces, end = [], 0
    for found in _PART.finditer(pattern):
        pieces.append(re.escape(pattern[end : found.start()]))
        pieces.append(r"(?P<year>\d{4})" if found[1] == "year" else r"(?P<seq>\d{1,9})")
        end = found.end()
    return "".join((*pieces, re.escape(pattern[end:])))


def _mask(pattern: str) -> Mask:
    return field(default=Mask.parse(pattern))


@frozen(kw_only=True)
class Numbering:
    """The masks of a room, one for each register; letters are pinyin initials of the thing."""

    paper: Mask = _mask("WJ-{year}-{seq:4}")
    notebook: Mask = _mask("BJ-{year}-{seq:3}")
    medium: Mask = _mask("JZ-{seq:4}")
    computer: Mask = _mask("JSJ-{seq:4}")
    device: Mask = _mask("SB-{seq:4}")
    cabinet: Mask = _mask("G-{seq:2}")
    site: Mask = _mask("CS-{seq:2}")
    person: Mask = _mask("RY-{seq:3}")
    unit: Mask = _mask("DW-{seq:3}")
    document: Mask = _mask("WG-{year}-{seq:4}")
    incoming: Mask = _mask("{year}-密-{seq:4}")
    outgoing: Mask = _mask("{year}-发-{seq:4}")
    case: Mask = _mask("AJ-{year}-{seq:3}")
    blank: Mask = _mask("KB-{seq:5}")
    body: Mask = _mask("ZZ-{seq:2}")
    phone: Mask = _mask("SJ-{seq:3}")
    mailbox: Mask = _mask("YX-{seq:2}")
    meeting: Mask = _mask("HY-{year}-{seq:3}")
    disclosure: Mask = _mask("GK-{year}-{seq:3}")
    supply: Mask = _mask("TG-{year}-{seq:3}")
    inspection: Mask = _mask("JC-{year}-{seq:3}")
    activity: Mask = _mask("HD-{year}-{seq:3}")
    query: Mask = _mask("QS-{year}-{seq:3}")
    request: Mask = _mask("SP-{year}-{seq:4}")

    def __attrs_post_init__(self) -> None:
        patterns = [mask.pattern for mask in self]
        twice = sorted({p for p in patterns if patterns.count(p) > 1})
        if twice:
            raise InvalidMask(f"两个登记簿不能用同一种编号：{quoted(twice[0])}")

    def __iter__(self) -> Iterator[Mask]:
        return (getattr(self, each.name) for each in fields(Numbering))

    def mask(self, series: str) -> Mask:
        """The mask of a register, named as in this class; raises ``KeyError`` for others."""
        if series not in SERIES:
            raise KeyError(series)
        return getattr(self, series)  # type: ignore[no-any-return]


SERIES: Final = tuple(each.name for each in fields(Numbering))
"""The names of the numbered series."""
