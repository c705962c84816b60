"""登录: the one way to a session. Each attempt is a line of the book, and none says what was wrong."""

import os
from typing import Final

from ledger.act import Circumstances
from ledger.event.access import SignedIn, SignInFailed
from ledger.number import PersonRef
from ledger.register.access import Operator
from ledger.review import Refused, propose
from ledger.room.passwords import needs_one_time, step_of
from ledger.room.room import Room
from ledger.room.session import NOBODY, Session
from ledger.room.terminal import terminal
from ledger.rule import DOOR
from ledger.store.cipher import CLOSED, Codec, Keyed
from ledger.store.content_key import ContentKey
from ledger.store.credential import Secrets, opened, stored
from ledger.store.place import TamperedBook
from ledger.store.privacy import Exposed, exposure
from ledger.text import clean
from ledger.trouble import Forbidden

__all__ = ["Listening", "NotSignedIn", "join", "sign_in", "sign_out", "unlock"]

_LISTENING: Final = ("TEXTUAL_DEBUG", "TEXTUAL_LOG", "TEXTUAL")
"""Variables that make a library write keys or screens to a file."""


class NotSignedIn(Forbidden):
    """Nobody is signed in, or an attempt went wrong; a Chinese sentence that says no more."""


class Listening(Forbidden):
    """The environment would have keys written to a file; a Chinese sentence with the remedy."""


def sign_in(room: Room, name: str, password: str, code: str = "") -> Session:
    """Let somebody in by his name or number, password and, at 绝密, one-time password.

    Raises ``NotSignedIn`` for anything wrong, ``AlteredCredential`` for a password file that is
    not the book's, ``Exposed``, ``Listening``, and what writing raises: an attempt that cannot be
    written down is none.
    """
    _refuse_onlookers(room)
    room.refresh()
    operator = _operator(room, clean(name))
    raw = stored(room.folder, operator.credential) if operator else b""
    who = operator.name if operator else ""
    kept = opened(raw, room.book.owner.room, who, password)
    with room.writing():
        now = room.register.operators.get(who)
        if operator is None or now is None or now.credential != operator.credential:
            now, kept = None, None
        step = 0 if now is None or kept is None else _step(room, now, kept, code)
        if now is None or kept is None or step < 0 or _locked(room, now):
            _write(room, SignInFailed(operator=PersonRef(who), terminal=terminal()), NOBODY)
            raise NotSignedIn(
                "没有登录：姓名、口令不对，或者已被锁定。"
                f"输错超过{_tries(room)}次就锁定，由安全保密管理员解锁（计算机制度 第十一条）"
            )
        return _begun(room, now, kept, step)


def unlock(room: Room, password: str, code: str = "") -> Session:
    """Let the same person in again after the screen was locked; raises as ``sign_in``."""
    if room.session is None:
        raise NotSignedIn("没有登录")
    return sign_in(room, room.session.operator, password, code)


def join(own: Room, other: Room) -> Room:
    """Let a room opened once more be written by whoever is signed in at another; the same room."""
    own.by, own.session, own.book.sign = other.by, other.session, other.book.sign
    own.read_as(other.book.codec)
    return own


def sign_out(room: Room) -> None:
    """Let nobody write at this terminal any more; the keys are forgotten."""
    room.session, room.book.sign = None, None
    room.read_as(_codec(room, None))


def _operator(room: Room, name: str) -> Operator | None:
    found = room.register.operator(name)
    return None if found is None or found.removed else found


def _tries(room: Room) -> int:
    return room.pack.at(room.clock().date()).tries_allowed


def _locked(room: Room, operator: Operator) -> bool:
    return operator.failed > _tries(room)


def _step(room: Room, operator: Operator, kept: Secrets, code: str) -> int:
    """The half minute of the one-time password; 0 where none is asked for, -1 for a wrong one."""
    if not kept.one_time and not needs_one_time(room, operator.roles):
        return 0
    return step_of(kept.one_time, clean(code), room.clock(), operator.step) or -1


def _begun(room: Room, operator: Operator, kept: Secrets, step: int) -> Session:
    """Write the sign-in, signed by who signs in, and stand by it."""
    person = room.register.people.get(operator.name)
    known = person is not None and room.register.person(person.name) is not None
    by = person.name if person is not None and known else operator.name
    before = f"{operator.at:%Y-%m-%d %H:%M}，{operator.terminal}" if operator.at else ""
    content_key = _content_key(room, operator, kept)
    earlier, room.book.sign = room.book.sign, kept.signer()
    try:
        event = SignedIn(operator=operator.name, terminal=terminal(), step=step)
        n = _write(room, event, by)
    except BaseException:
        room.book.sign = earlier
        raise
    room.by = by
    room.session = Session(
        operator=operator.name,
        by=by,
        n=n,
        roles=operator.roles,
        secrets=kept,
        content_key=content_key,
        before=before,
    )
    room.read_as(_codec(room, content_key))
    return room.session


def _content_key(room: Room, operator: Operator, kept: Secrets) -> ContentKey | None:
    """The content key the operator was given; ``None`` if he has none."""
    if not operator.wrapped:
        return None
    found = ContentKey.unwrapped(
        operator.wrapped, kept.signing, room.book.owner.room, operator.name
    )
    if found is None or found.digits != operator.content_key:
        raise TamperedBook(f"账上授给{operator.name}的内容密钥打不开，可能被改动过")
    return found


def _codec(room: Room, key: ContentKey | None) -> Codec:
    """How content is stored and read by who has this key, or none."""
    if key is not None:
        return Keyed(key.raw, room.book.owner.room)
    return CLOSED if room.register.content_key else room.book.codec


def _write(room: Room, event: SignedIn | SignInFailed, by: str) -> int:
    """Write what happened at the door; the number of the act."""
    when = Circumstances(at=room.clock(), by=by, session=DOOR)
    written = propose(event, register=room.register, pack=room.pack, circumstances=when)
    if written.refused:
        raise Refused(written.findings)
    sign = room.book.sign
    room.book.sign = sign if isinstance(event, SignedIn) else None
    try:
        room.write((written,))
    finally:
        room.book.sign = sign
    return written.act.n


def _refuse_onlookers(room: Room) -> None:
    if loose := exposure(room.folder):
        raise Exposed(loose)
    for name in _LISTENING:
        if os.environ.get(name):
            raise Listening(
                f"环境变量 {name} 会把按键或屏幕记到文件里，不能输入口令：先用 unset {name} 取消"
            )
