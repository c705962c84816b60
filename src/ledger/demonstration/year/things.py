"""What the made-up unit has: media, machines, phones, mailboxes, and papers from before."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from ledger.demonstration.year.stage import APPROVED, OFFICER, Stage
from ledger.level import Level
from ledger.person import Person

__all__ = ["found"]

MEDIA: Final = 120
COMPUTERS: Final = 80
MAILBOXES: Final = 6
OLD_PAPERS: Final = 40
TOP_MEDIA, TOP_COMPUTERS, TOP_PAPERS = 6, 2, 2
"""How many of each are for 绝密."""
Thing = dict[str, Any]


def found(stage: Stage) -> None:
    """Register them all."""
    for kind, things in (
        ("medium", _media(stage)),
        ("computer", _computers(stage)),
        ("device", _devices()),
        ("phone", _phones(stage)),
        ("mailbox", _mailboxes(stage)),
    ):
        for thing in things:
            number = stage.do("registered", kind=kind, **thing).number
            if thing.get("network") == "涉密" and kind == "computer":
                top = thing["level"] == "绝密"
                strength = {"one_time": "是"} if top else {"length": 12, "classes": 3}
                stage.do("password_set", computer=number, **strength)
    _old_papers(stage)


def _user(stage: Stage, level: str) -> Thing:
    person = stage.pick(stage.staff(Level.parse(level)) if level else _everybody(stage))
    return {"keeper": person.name, "department": person.department}


def _everybody(stage: Stage) -> list[Person]:
    return list(stage.register.in_order(stage.register.people))


def _media(stage: Stage) -> Iterator[Thing]:
    for n in range(MEDIA):
        level = "绝密" if n < TOP_MEDIA else ("机密", "秘密", "秘密", "机密", "", "", "网")[n % 7]
        thing: Thing = {"serial": f"ZY{n + 1:05}", "model": "普通U盘"}
        if n == MEDIA - 1:
            yield thing | {"model": "三合一导入盘", "import_only": "是"}
        elif level in ("", "网"):
            yield thing | {"network": "互联网" if level else "内部"}
        else:
            place = stage.media_shelf(level)
            approved = {"model": "专用U盘", "level": level, "approved": "是"}
            yield thing | approved | _user(stage, level) | place


def _computers(stage: Stage) -> Iterator[Thing]:
    fitted = ("protected", "place_compliant", "wireless_removed", "domestic")
    for n in range(COMPUTERS):
        level = "绝密" if n < TOP_COMPUTERS else ("机密", "", "秘密", "", "网")[n % 5]
        secret = level in ("绝密", "机密", "秘密")
        user = _user(stage, level if secret else "")
        thing: Thing = {
            "name": f"{user['keeper']}的计算机",
            "serial": f"PC{n + 1:05}",
            "antivirus": "是",
        }
        if secret:
            filed = {"filed_no": f"示保备{stage.on.year}-{n + 1}"}
            locks: Thing = {"lock_minutes": 5, "tries_allowed": 3}
            thing |= {"network": "涉密", "level": level, **filed, **locks}
            thing |= dict.fromkeys(fitted, "是")
        elif level:
            thing |= {"network": "互联网"}
        else:
            thing |= {"network": "内部", "isolation": ("物理隔离", "逻辑隔离")[n % 2]}
        yield thing | user


def _devices() -> Iterator[Thing]:
    office = {"department": "办公室", "keeper": OFFICER}
    secret = {"level": "机密", "network": "涉密"}
    alone = {"dedicated": "是", "stand_alone": "是"}
    yield {"type": "复印机", "serial": "FY01", **secret, **alone, **office}
    yield {"type": "打印机", "serial": "DY01", **secret, **office}
    yield {"type": "打印机", "serial": "DY02", "network": "内部", **office}
    yield {"type": "传真机", "serial": "CZ01", **office}


def _phones(stage: Stage) -> Iterator[Thing]:
    for n, person in enumerate(stage.staff(Level.秘密), 1):
        yield {"keeper": person.name, "phone": f"1390000{n:04}", "domestic": "是"}


def _mailboxes(stage: Stage) -> Iterator[Thing]:
    strong = {"password_length": 10, "password_classes": 3}
    since = {"password_on": str(stage.on), "filed_on": str(stage.on)}
    for n in range(1, MAILBOXES + 1):
        name = {"name": f"contact{n}@example.cn", "approvals": APPROVED}
        yield {**name, **_user(stage, ""), **strong, **since}


def _old_papers(stage: Stage) -> None:
    """Papers that came before the book was begun and are still in the cabinets."""
    for n in range(1, OLD_PAPERS + 1):
        level = "绝密" if n <= TOP_PAPERS else ("机密", "秘密", "秘密")[n % 3]
        came = stage.on - timedelta(days=stage.random.randint(10, 100))
        circle = "、".join(p.name for p in stage.some(stage.staff(Level.parse(level)), 4))
        received = stage.do(
            "received",
            on=str(came),
            sender="示范省厅",
            issuer="示范省厅",
            title=f"旧存文件第{n}号",
            mark=f"{level}★{stage.random.randint(3, 10)}年",
            issued_on=str(came - timedelta(days=3)),
            circle=circle,
            copies=1,
            copy_allowed="是",
        )
        stage.do("stored", carriers=received.number, **stage.paper_shelf(level))
