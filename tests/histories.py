"""Random histories: acts of every kind on carriers, and others, in any order, on whatever there is.

``tests/test_custody.py`` holds them to it: no class of event that has to do with carriers is left out.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from ledger.exchange.script import InvalidAct
from tests.world import Book, act_of, world

START = datetime(2026, 6, 15, 8, 0)

MOVES = (
    "circulate",
    "lend",
    "return",
    "repair",
    "lost",
    "dispose",
)
BATCHES = (
    "store",
    "dispatch",
    "hand_over",
    "confirm",
    "carry_out",
    "bring_back",
    "clear",
    "archive",
    "destroy",
    "extend",
)
OTHERS = (
    "produce",
    "receive",
    "copy",
    "excerpt",
    "compile",
    "register",
    "write",
    "process",
    "plug",
    "password",
    "inspect",
    "count",
    "regrade",
    "circle",
    "amend",
    "leave",
    "void",
    "label",
    "spoil",
    "blanks",
    "bind",
    "new_key",
    "visit",
    "backup",
)
AFFAIRS = (
    "meeting",
    "hold",
    "issue",
    "end",
    "consult",
    "inspection",
    "problem",
    "rectify",
    "train",
    "vet",
    "pledge",
    "post",
    "stand_in",
    "replace",
    "travel",
    "leak",
    "report",
    "closing",
    "close_case",
    "draft_disclosure",
    "review_disclosure",
    "approve_disclosure",
    "disclose",
    "supply",
    "activity",
    "year_report",
    "policy",
    "phone_in",
    "network",
    "certify",
    "punish",
)
"""Acts that move nothing, or only a meeting's papers."""


def _mend(number: str) -> dict[str, Any]:
    disk = "新盘" if number.startswith("JSJ") else ""
    return {"act": "修复取回", "carrier": number, "new_disk_serial": disk}


UNLIKE: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "found": lambda number: {"act": "找回", "carrier": number, "where": "抽屉"},
    "mend": _mend,
    "shift": lambda number: {"act": "移位", "carriers": number, "place": "二楼"},
    "file": lambda number: {"act": "备案", "computer": number, "filed_no": "备9"},
    "update": lambda number: {"act": "升级防护", "computers": number},
}
"""Acts of which the made-up unit has no sample, on one carrier."""
NAMES: Final = (*MOVES, *BATCHES, *OTHERS, *AFFAIRS, *UNLIKE, "declassify", "spoil_number")
STEPS = st.tuples(
    st.sampled_from(NAMES),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.sampled_from((0, 0, 1, 2, 3, 120)),
)
HISTORIES = st.lists(STEPS, min_size=4, max_size=30)


def play(history: list[tuple[str, int, int, int]]) -> list[Book]:
    """The book before the history and after each of its steps that can be written."""
    books = [world()]
    moment = START
    for name, first, second, days in history:
        moment += timedelta(days=days, minutes=1)
        book = books[-1]
        try:
            raw = _act(name, book, first, second)
            proposal = book.propose(raw, at=moment, happened="随机")
        except InvalidAct:
            continue
        if not proposal.refused:
            books.append(Book(proposal.register, (*book.acts, proposal.act)))
    return books


def _act(name: str, book: Book, first: int, second: int) -> dict[str, Any]:
    carriers = sorted(book.register.carriers)
    one, two = carriers[first % len(carriers)], carriers[second % len(carriers)]
    papers = [number for number in carriers if number.startswith("WJ")]
    paper, other = papers[first % len(papers)], papers[second % len(papers)]
    documents = sorted(book.register.documents)
    people = sorted(book.register.people)
    if name in UNLIKE:
        return UNLIKE[name](one)
    if name == "spoil_number":
        return {"act": "作废编号", "number": _next(book, second), "reason": "盖错"}
    document = documents[first % len(documents)]
    if name == "declassify":
        notice = {"notice_no": "解密1号", "issuer": "示范省厅"}
        return {"act": "解密", "document": document, **notice}
    changes: dict[str, dict[str, Any]] = {
        "copy": {"original": paper, "copies": first % 4},
        "excerpt": {"source": paper},
        "compile": {"parts": f"{paper}、{other}"},
        "write": {"medium": one, "level": ("绝密", "机密", "秘密")[second % 3]},
        "process": {"computer": one},
        "plug": {"item": one, "computer": two},
        "password": {"computer": one},
        "inspect": {"computers": one},
        "count": {"seen": "、".join(carriers[first % len(carriers) :][:5])},
        "regrade": {
            "document": document,
            "mark": ("绝密★30年", "秘密★1年", "机密★长期")[second % 3],
        },
        "circle": {"document": document},
        "issue": {"carrier": paper, "to": people[second % len(people)]},
        "consult": {"carriers": paper, "visitor": people[second % len(people)]},
        "leak": {"carriers": one},
        "train": {"attendees": people[first % len(people)]},
        "leave": {"person": people[first % len(people)]},
        "amend": {
            "level": ("绝密", "机密", "秘密")[first % 3],
            "keeper": people[second % len(people)],
        },
        "void": {"voids": first % book.register.acts + 1},
        "label": {"page": one, "reason": ("磨损", "")[second % 2]},
        "spoil": {"page": one, "issue": second % 2 + 1},
        "bind": {"page": one, "blank": f"KB-{second % 4 + 1:05}", "reason": "换贴"},
        "receive": {"copies": first % 3 + 1},
        "produce": {"copies": first % 3 + 1},
    }
    if name in MOVES:
        changes[name] = {"carrier": one}
    if name in BATCHES:
        changes[name] = {"carriers": f"{one}、{two}" if one != two else one}
    return act_of({"like": name, **changes.get(name, {})})


def _next(book: Book, which: int) -> str:
    """The number a series would give next."""
    series = ("paper", "medium", "incoming", "outgoing")[which % 4]
    mask = book.register.numbering.mask(series)
    year = (book.register.on or START.date()).year
    run = book.register.sequences.get(f"{series}/{year if mask.yearly else 0}")
    return mask.write(year, (run.last if run else 0) + 1)
