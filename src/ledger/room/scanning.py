"""扫码: which page a code belongs to, and whether the label it stands on still holds."""

from enum import Enum
from typing import Final

from attrs import frozen

from ledger.printing.keyring import KeyLost, keys
from ledger.printing.payload import Code, InvalidCode, Subject, genuine, ident, read, slips
from ledger.register.labelling import BLANK, faults
from ledger.register.record import Issue, Label
from ledger.register.register import Register
from ledger.room.room import Room

__all__ = ["Answer", "Scan", "known", "scan", "versions"]


class Answer(Enum):
    """What a scanned code turns out to be."""

    CURRENT = "有效"
    STALE = "过时"
    FORGED = "抄错或伪造"
    FOREIGN = "别的台账的"
    BLANK = "空白标签"

    def __str__(self) -> str:
        return self.value


@frozen
class Scan:
    """The answer, the number the label belongs to if that is sure, and what to know or do."""

    answer: Answer
    number: str = ""
    said: str = ""

    @property
    def good(self) -> bool:
        """Whether the label is the one that ought to be there."""
        return self.answer is Answer.CURRENT


_RENEW: Final = "；旧标签揭下销毁，换新标签"


def scan(room: Room, text: str) -> Scan:
    """What a code read from a label means in this room.

    Raises ``InvalidCode`` for what is no code, ``KeyLost`` when the room's key file is gone.
    """
    code, keyring = read(text), keys(room.folder)
    key = keyring.get(code.version)
    if key is None:
        return Scan(
            Answer.FOREIGN, "", f"标签用的是第{code.version}版密钥，本台账没有：别的台账的标签"
        )
    found = _issued(room.register, code, key)
    if found is not None:
        return _judged(room.register, *found)
    for place, meant in slips(code):
        other = keyring.get(meant.version)
        if other is not None and _issued(room.register, meant, other) is not None:
            return Scan(Answer.FORGED, "", f"抄错了：第{place}位附近的数字不对，请照标签重新输入")
    return _unknown(room.register, code, key)


def versions(room: Room) -> str:
    """The digits a code of this room can begin with; none while its key file is gone."""
    try:
        return "".join(map(str, keys(room.folder)))
    except KeyLost:
        return ""


def known(room: Room, text: str) -> bool:
    """Whether a text is a code that was made for a label of this room, good or not."""
    try:
        code = read(text)
        key = keys(room.folder).get(code.version)
    except (InvalidCode, KeyLost):
        return False
    return key is not None and _issued(room.register, code, key) is not None


def _issued(register: Register, code: Code, key: bytes) -> tuple[str, Label, Issue] | None:
    """The label a code was made for, if it was made here: its number, its row, and which it is."""
    for number in register.bearers.get(str(ident(code, key)), ()):
        label = register.labels[number]
        for issue in label.issues:
            subject = Subject(label.kind, int(label.ident), issue.shown.level, issue.shown.asset_no)
            if issue.n == code.issue and genuine(code, subject, key):
                return number, label, issue
    return None


def _unknown(register: Register, code: Code, key: bytes) -> Scan:
    numbers = [
        number
        for number in register.bearers.get(str(ident(code, key)), ())
        if register.labels[number].kind == code.kind
    ]
    if not numbers:
        said = "不是本台账印的：别的台账的标签，或抄错了几位"
        return Scan(Answer.FOREIGN, "", said)
    issued = len(register.labels[numbers[0]].issues)
    if code.issue > issued:
        said = f"自称是{numbers[0]}的第{code.issue}张标签，账上只印过{issued}张：抄错或伪造，也可能账本是旧备份"
    else:
        said = f"自称是{numbers[0]}的标签，校验不符：抄错或伪造，请当面核对实物"
    return Scan(Answer.FORGED, "", said)


def _judged(register: Register, number: str, label: Label, issue: Issue) -> Scan:
    """A genuine label: whether it is the last one, and still says what is so."""
    if label.kind == BLANK:
        if label.stuck_on:
            row = register.labels[label.stuck_on]
            stuck = next(each for each in row.issues if each.blank == number)
            return _judged(register, label.stuck_on, row, stuck)
        if issue.void:
            return Scan(Answer.STALE, "", f"空白标签{number}已作废：{issue.void}")
        return Scan(
            Answer.BLANK, number, f"空白标签{number}（{issue.shown.level}），还没有贴到载体上"
        )
    wrong = list(_outdated(register, number, label, issue))
    if wrong:
        return Scan(Answer.STALE, number, f"{number}的标签过时：{'；'.join(wrong)}{_RENEW}")
    return Scan(Answer.CURRENT, number)


def _outdated(register: Register, number: str, label: Label, issue: Issue) -> list[str]:
    wrong = [f"第{issue.n}张已作废（{issue.void}）"] if issue.void else []
    newer = [each for each in label.issues if each.n > issue.n and not each.void]
    if newer:
        last = newer[-1]
        why = f"，{last.reason}" if last.reason else ""
        wrong.append(f"这是第{issue.n}张，{last.on}已换成第{last.n}张{why}")
    entry = register.carriers.get(number)
    if entry is not None and not entry.open:
        wrong.append(f"这件载体{entry.custody}（{entry.since}）")
    person = register.people.get(number)
    if person is not None and person.left_on:
        wrong.append(f"{person.name}{person.left_on}已离岗")
    return [*wrong, *faults(issue, register, number)]
