"""密级★保密期限: the mark of a state secret, read, printed and compared.

A mark says how secret (``Level``) and for how long (``Term``). The term runs from the day the
document was issued (制发日), and its last day is still secret.
"""

import re
from datetime import date, timedelta
from typing import Final, Self

from attrs import field, frozen, validators

from ledger.day import InvalidDay, chinese, months_after, read_day
from ledger.level import InvalidMark, Level, Sensitivity
from ledger.text import InvalidText, clean, digits, numeral, quoted

__all__ = [
    "Days",
    "InvalidMark",
    "Level",
    "LongTerm",
    "Mark",
    "Months",
    "Sensitivity",
    "Term",
    "Unstated",
    "Until",
    "UntilEvent",
    "parse_term",
]


_MOST: Final = 9999
_COUNT: Final = (validators.instance_of(int), validators.ge(1), validators.le(_MOST))


@frozen
class Months:
    """A term counted in months; twelve of them print as a year."""

    count: int = field(validator=_COUNT)

    def __str__(self) -> str:
        years, rest = divmod(self.count, 12)
        return f"{self.count}个月" if rest else f"{years}年"


@frozen
class Days:
    """A term counted in days, used below one month."""

    count: int = field(validator=_COUNT)

    def __str__(self) -> str:
        return f"{self.count}日"


@frozen
class Until:
    """A term that ends with a day of the calendar (解密时间)."""

    day: date

    def __str__(self) -> str:
        return chinese(self.day)


@frozen
class UntilEvent:
    """A term that ends when something happens (解密条件), such as 启封前."""

    condition: str

    def __str__(self) -> str:
        return self.condition


@frozen
class LongTerm:
    """长期: secret until a notice ends it; longer than any day or condition."""

    def __str__(self) -> str:
        return "长期"


@frozen
class Unstated:
    """No term on the mark: it runs as many years as its level allows."""

    def __str__(self) -> str:
        return ""


Term = Months | Days | Until | UntilEvent | LongTerm | Unstated

_NUMERALS: Final = {numeral(n): n for n in range(1, 100)} | {"两": 2}
_NUMBER: Final = r"(?P<count>\d{1,4}|[一二两三四五六七八九十]{1,3})"
_YEARS: Final = re.compile(_NUMBER + "年")
_MONTHS: Final = re.compile(_NUMBER + "个月")
_DAYS: Final = re.compile(_NUMBER + "[日天]")
_DAY: Final = re.compile(r"\d{4}年\d[\d年月日号前后时止]*|\d{4}[-./].*|\d{8}")
"""What is meant for a day of the calendar, whether it is one or not."""
_LAST_YEAR: Final = 9999
_CONDITION: Final = re.compile(
    r"(?![\d一二两三四五六七八九十]+(年|个月|日|天).$)[\w《》“”（）、·]{1,39}[前后时止]"
)


def parse_term(text: str) -> Term:
    """The term a text states; blank is ``Unstated``.

    Raises ``InvalidMark`` with the text quoted back.

    >>> str(parse_term("１８个月")), str(parse_term("24个月")), str(parse_term("三年"))
    ('18个月', '2年', '3年')
    """
    plain = re.sub(r"\s", "", digits(text))
    if plain == "":
        return Unstated()
    if plain == "长期":
        return LongTerm()
    if found := _YEARS.fullmatch(plain):
        return Months(_count(found, text, _MOST // 12) * 12)
    if found := _MONTHS.fullmatch(plain):
        return Months(_count(found, text, _MOST))
    if found := _DAYS.fullmatch(plain):
        return Days(_count(found, text, _MOST))
    if _DAY.fullmatch(plain):
        return _until(plain)
    if _CONDITION.fullmatch(plain):
        return UntilEvent(plain)
    raise InvalidMark(
        f"保密期限应写作10年、6个月、2030年12月31日、启封前或长期，读到{quoted(text)}"
    )


def _count(found: re.Match[str], text: str, most: int) -> int:
    written = found["count"]
    count = int(written) if written.isdigit() else _NUMERALS.get(written, 0)
    if not 1 <= count <= most:
        raise InvalidMark(f"保密期限的数目应在1至{most}之间，读到{quoted(text)}")
    return count


def _until(text: str) -> Until:
    try:
        return Until(read_day(text, latest=_LAST_YEAR))
    except InvalidDay as error:
        raise InvalidMark(f"解密时间读不通：{error}") from None


_NAMES: Final = frozenset(Level.__members__)
_STARS: Final = str.maketrans("*＊☆✩", "★★★★")
_MARK: Final = re.compile(r"(?P<level>[^★]+)(?P<term>★[^★]*)?")


@frozen
class Mark:
    """A level and a term, printed as 密级★保密期限.

    >>> str(Mark.parse("机 密 ☆ １０ 年"))
    '机密★10年'
    >>> Mark.parse("机密★10年").last_day(date(2025, 6, 1))
    datetime.date(2035, 6, 1)

    ``a <= b`` asks whether ``b`` protects at least as highly and at least as long whatever the
    day of issue; two marks of which neither protects more are not ordered at all.

    >>> Mark.parse("秘密★5年") < Mark.parse("机密★10年")
    True
    >>> Mark.parse("绝密★1年") < Mark.parse("秘密★10年")
    False
    """

    level: Level
    term: Term = Unstated()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The mark a text shows, in any of its usual spellings.

        Raises ``InvalidMark`` with the text quoted back.
        """
        try:
            plain = re.sub(r"\s", "", digits(clean(text))).translate(_STARS)
        except InvalidText as error:
            raise InvalidMark(f"标志读不通：{error}") from None
        found = _MARK.fullmatch(plain)
        if found is None:
            raise InvalidMark(f"标志应写作“密级★保密期限”，读到{quoted(text)}")
        head = found["level"]
        if found["term"] is None and head not in _NAMES and head[:2] in _NAMES:
            raise InvalidMark(f"密级和保密期限之间缺少★，读到{quoted(text)}")
        return cls(Level.parse(found["level"]), parse_term((found["term"] or "")[1:]))

    def __str__(self) -> str:
        return f"{self.level}★{self.term}"

    def last_day(self, issued_on: date | None) -> date | None:
        """The last day the mark protects, given the day of issue.

        ``None`` when no day ends it, or when its day of issue is not known.
        """
        match self.stated:
            case Until(day):
                return day
            case Months(count) if issued_on is not None:
                return months_after(issued_on, count)
            case Days(count) if issued_on is not None:
                return issued_on + timedelta(days=count)
            case _:
                return None

    @property
    def stated(self) -> Months | Days | Until | UntilEvent | LongTerm:
        """The term, with an unstated one written out as the years of the level."""
        return Months(self.level.years * 12) if isinstance(self.term, Unstated) else self.term

    def over_cap(self, issued_on: date | None) -> bool:
        """Whether it ends later than its level allows (保守国家秘密法第二十条).

        A day or a number of days is held against the day of issue; without one it is not known
        to be too late.
        """
        if isinstance(self.stated, Months):
            return self.stated.count > self.level.years * 12
        last = self.last_day(issued_on)
        if issued_on is None or last is None:
            return False
        return last > months_after(issued_on, self.level.years * 12)

    def __le__(self, other: object) -> bool:
        if not isinstance(other, Mark):
            return NotImplemented
        return self.level <= other.level and _no_longer(self.stated, other.stated)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Mark):
            return NotImplemented
        return self <= other and not other <= self

    def __ge__(self, other: object) -> bool:
        return other <= self if isinstance(other, Mark) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return other < self if isinstance(other, Mark) else NotImplemented


def _no_longer(one: Term, other: Term) -> bool:
    """Whether the first term surely ends no later, both counted from the same unknown day.

    Against days a year has 365 or 366 of them and a month 28 to 31, whichever settles it.
    """
    match one, other:
        case _, LongTerm():
            return True
        case (Months(a), Months(b)) | (Days(a), Days(b)):
            return a <= b
        case Days(a), Months(b):
            return a <= b // 12 * 365 + b % 12 * 28
        case Months(a), Days(b):
            return a // 12 * 366 + a % 12 * 31 <= b
        case Until(a), Until(b):
            return a <= b
        case _:
            return one == other
