"""Random histories: acts of every kind, in any order, on whatever the book holds by then."""

from datetime import date, datetime, timedelta
from typing import Any

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
    "found",
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
)
"""Acts that move nothing, or only a meeting's papers."""
STEPS = st.tuples(
    st.sampled_from((*MOVES, *BATCHES, *OTHERS, *AFFAIRS)),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.integers(0, 3),
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
    changes: dict[str, dict[str, Any]] = {
        "found": {"act": "找回", "carrier": one, "where": "抽屉"},
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
            "document": documents[first % len(documents)],
            "mark": ("绝密★30年", "秘密★1年", "机密★长期")[second % 3],
        },
        "circle": {"document": documents[first % len(documents)]},
        "issue": {"carrier": paper, "to": people[second % len(people)]},
        "consult": {"carriers": paper, "visitor": people[second % len(people)]},
        "leak": {"carriers": one},
        "train": {"attendees": people[first % len(people)]},
        "leave": {"person": people[first % len(people)]},
        "void": {"voids": first % book.register.acts + 1},
        "label": {"page": one, "reason": ("磨损", "")[second % 2]},
        "spoil": {"page": one, "issue": second % 2 + 1},
        "bind": {"page": one, "blank": f"KB-{second % 4 + 1:05}", "reason": "换贴"},
        "receive": {"copies": first % 3 + 1},
        "produce": {"copies": first % 3 + 1},
    }
    if name in MOVES and name != "found":
        changes[name] = {"carrier": one}
    if name in BATCHES:
        changes[name] = {"carriers": f"{one}、{two}" if one != two else one}
    return act_of({"like": name, **changes.get(name, {})}) if name != "found" else changes[name]


def between(books: list[Book]) -> tuple[date, date]:
    """The days of the first and last act."""
    acts = books[-1].acts
    return acts[0].at.date(), acts[-1].at.date()
