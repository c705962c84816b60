"""操作员: who may sign in, added, given roles, unlocked and removed by those whose role it is."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from ledger.access import OperatorRole, holds_key
from ledger.event import Event
from ledger.event.access import (
    ContentKeyGiven,
    CredentialSet,
    OperatorAdded,
    OperatorRemoved,
    OperatorUnlocked,
    RolesGranted,
)
from ledger.number import PersonRef
from ledger.review import Proposal
from ledger.room.passwords import WeakPassword, needs_one_time, refuse_weak, step_of
from ledger.room.room import Room
from ledger.room.signing_in import NotSignedIn
from ledger.store.credential import Secrets, create, drop, opened, stored
from ledger.store.privacy import Exposed, exposure
from ledger.text import clean

__all__ = ["add", "change_password", "grant", "remove", "reset_password", "unlock"]


def add(
    room: Room,
    name: str,
    roles: Iterable[OperatorRole],
    password: str,
    *,
    one_time: str = "",
    code: str = "",
) -> Proposal:
    """Make somebody an operator, with a password he has typed himself.

    ``one_time`` is the secret he was shown at 绝密, ``code`` what his authenticator makes of it.
    Raises ``WeakPassword``, ``Refused``, ``Exposed`` and what writing raises.
    """
    held = frozenset(roles)
    refuse_weak(room, password, held)
    if loose := exposure(room.folder):
        raise Exposed(loose)
    _refuse_wrong_code(room, held, one_time, code)
    who, kept = _number(room, name), Secrets.new(one_time)
    return _recorded(
        room,
        who,
        password,
        kept,
        lambda digest: OperatorAdded(
            operator=who, roles=held, credential=digest, public=kept.public
        ),
        _key_for(room, who, held, kept.public),
    )


def change_password(room: Room, new: str) -> Proposal:
    """Give whoever has just signed in a new password; key and one-time passwords stay.

    Raises ``NotSignedIn`` and as ``add``.
    """
    session = room.session
    operator = room.register.operators.get(session.operator) if session else None
    if session is None or operator is None:
        raise NotSignedIn("没有登录")
    refuse_weak(room, new, operator.roles)
    raw = stored(room.folder, operator.credential)
    if opened(raw, room.book.owner.room, operator.name, new) is not None:
        raise WeakPassword("新口令与原口令相同")
    done = _set(room, operator.name, new, session.secrets)
    drop(room.folder, operator.credential)
    return done


def reset_password(
    room: Room, name: str, password: str, *, one_time: str = "", code: str = ""
) -> Proposal:
    """Give somebody who has forgotten his a new password, and with it a new key; raises as ``add``."""
    who = _number(room, name)
    operator = room.register.operators.get(who)
    held = operator.roles if operator else frozenset[OperatorRole]()
    refuse_weak(room, password, held)
    _refuse_wrong_code(room, held, one_time, code)
    fresh = Secrets.new(one_time)
    done = _set(room, who, password, fresh, _key_for(room, who, held, fresh.public))
    if operator is not None:
        drop(room.folder, operator.credential)
    return done


def grant(room: Room, name: str, roles: Iterable[OperatorRole]) -> Proposal:
    """Let an operator have these roles and no others; raises what writing raises.

    With the first that reads titles he is given a sealed room's key, if who grants it has it.
    """
    who, held = _number(room, name), frozenset(roles)
    operator = room.register.operators.get(who)
    lacks = operator is not None and not operator.wrapped
    key = _key_for(room, who, held, operator.public) if operator and lacks else ()
    return room.record_all((RolesGranted(operator=who, roles=held), *key))[0]


def unlock(room: Room, name: str, reason: str) -> Proposal:
    """Let somebody who was locked out try again; raises what writing raises."""
    return room.record(OperatorUnlocked(operator=_number(room, name), reason=reason))


def remove(room: Room, name: str, reason: str) -> Proposal:
    """Let somebody sign in no more; raises what writing raises."""
    who = _number(room, name)
    done = room.record(OperatorRemoved(operator=who, reason=reason))
    drop(room.folder, room.register.operators[who].credential)
    return done


def _number(room: Room, name: str) -> PersonRef:
    word = clean(name)
    person = room.register.person(word)
    return PersonRef(word) if person is None else person.number


def _refuse_wrong_code(
    room: Room, roles: frozenset[OperatorRole], one_time: str, code: str
) -> None:
    if needs_one_time(room, roles) and not (
        one_time and step_of(one_time, clean(code), room.clock(), 0)
    ):
        raise WeakPassword("绝密级的台账用一次性口令登录（计算机制度 备注③），核对的那一个不对")


def _key_for(
    room: Room, who: PersonRef, roles: frozenset[OperatorRole], public: str
) -> tuple[Event, ...]:
    """The act that gives somebody a sealed room's key, where he needs it and it is at hand."""
    key = room.session.content_key if room.session else None
    if key is None or not public or not holds_key(roles):
        return ()
    wrapped = key.wrapped(public, room.book.owner.room, who)
    return (ContentKeyGiven(operator=who, content_key=key.digits, wrapped=wrapped),)


def _set(
    room: Room, who: PersonRef, password: str, kept: Secrets, besides: tuple[Event, ...] = ()
) -> Proposal:
    return _recorded(
        room,
        who,
        password,
        kept,
        lambda digest: CredentialSet(operator=who, credential=digest, public=kept.public),
        besides,
    )


def _recorded(
    room: Room,
    who: str,
    password: str,
    kept: Secrets,
    event_of: Callable[[str], Event],
    besides: tuple[Event, ...] = (),
) -> Proposal:
    """Write a password file, then the act that names it; without the act the file goes again.

    ``besides`` is written with that act.
    """
    digest = create(room.folder, room.book.owner.room, who, password, kept)
    try:
        return room.record_all((event_of(digest), *besides))[0]
    except BaseException:
        with suppress(OSError):
            drop(room.folder, digest)
        raise
