"""内容加密: a room's content is sealed from one act on, and its key passes from hand to hand.

Who holds the key gives it to whom his roles let read; on paper it outlives every password. What
was written before content was first sealed stays as it is: the chain lets no line be rewritten.
"""

from attrs import evolve, frozen

from ledger.access import holds_key
from ledger.event.access import ContentKeyGiven, ContentKeyWritten
from ledger.number import PersonRef
from ledger.register.access import Operator
from ledger.review import Proposal
from ledger.room.room import Room
from ledger.room.session import Session
from ledger.room.signing_in import NotSignedIn
from ledger.store.cipher import Keyed, NoContentKey
from ledger.store.content_key import BadSheet, ContentKey

__all__ = [
    "BadSheet",
    "Holder",
    "NoContentKey",
    "Title",
    "give",
    "giving",
    "holders",
    "lacking",
    "recover",
    "seal",
    "titles",
    "write_down",
]


@frozen
class Holder:
    """An operator who is to have the content key, and whether he has it."""

    name: str
    has: bool


def holders(room: Room) -> tuple[Holder, ...]:
    """The operators whose roles need the key of a sealed room, in the order they were added."""
    return tuple(
        Holder(_name(room, each), bool(each.wrapped))
        for each in room.register.operators.values()
        if not each.removed and holds_key(each.roles)
    )


def lacking(room: Room, name: str) -> str:
    """What is to be done for an operator who needs a sealed room's key and has none; blank if not."""
    operator = room.register.operator(name)
    if operator is None or operator.wrapped or not room.register.content_key:
        return ""
    said = (
        f"{_name(room, operator)}还没有内容密钥，读不出标题：请掌握密钥的人用 baomi seal give 授予"
    )
    return said if holds_key(operator.roles) else ""


def seal(room: Room) -> tuple[Proposal, ...]:
    """Seal content from now on, with a fresh key for everybody whose roles need it.

    Raises ``NotSignedIn``, ``NoContentKey`` where it is sealed already, and what writing raises.
    """
    session = _session(room)
    if room.register.content_key:
        raise NoContentKey("内容已经加密，不必再启用；给人授予密钥用 baomi seal give 姓名")
    key = ContentKey.new()
    done = room.record_all(
        giving(room, key, each)
        for each in room.register.operators.values()
        if not each.removed and each.public and holds_key(each.roles)
    )
    _hold(room, session, key)
    return done


def give(room: Room, name: str) -> Proposal:
    """Give an operator the content key whoever is signed in has.

    Raises ``NotSignedIn``, ``NoContentKey``, and what writing raises.
    """
    key = _key(room)
    operator = room.register.operator(name)
    if operator is None or not operator.public:
        raise NoContentKey(f"没有“{name}”这个操作员，或者他还没有自己的密钥，请先为他重设口令")
    return room.record(giving(room, key, operator))


def write_down(room: Room, keeper: str) -> tuple[str, Proposal]:
    """The content key in letters for paper, after it was written who is to keep them.

    Raises ``NotSignedIn``, ``NoContentKey``, and what writing raises.
    """
    key = _key(room)
    person = room.register.person(keeper)
    number = PersonRef(keeper) if person is None else person.number
    done = room.record(ContentKeyWritten(keeper=number, content_key=key.digits))
    return key.sheet, done


def recover(room: Room, letters: str) -> Proposal:
    """Give the content key on paper to whoever is signed in and reads it off.

    Raises ``BadSheet``, ``NotSignedIn``, and what writing raises.
    """
    session, key = _session(room), _read(room, letters)
    operator = room.register.operators[session.operator]
    done = room.record(giving(room, key, operator))
    _hold(room, session, key)
    return done


@frozen
class Title:
    """What a document is called, and how secret that is."""

    number: str
    mark: str
    doc_no: str
    title: str


def titles(room: Room, letters: str) -> tuple[Title, ...]:
    """The titles of all documents, read with the key on paper by who cannot sign in any more.

    Nothing can be written so, this neither. Raises ``BadSheet``.
    """
    room.read_as(Keyed(_read(room, letters).raw, room.book.owner.room))
    return tuple(
        Title(each.number, str(each.mark or ""), each.doc_no, each.title)
        for each in room.register.in_order(room.register.documents)
    )


def giving(room: Room, key: ContentKey, to: Operator) -> ContentKeyGiven:
    """The act that gives an operator a key."""
    wrapped = key.wrapped(to.public, room.book.owner.room, to.name)
    return ContentKeyGiven(operator=to.name, content_key=key.digits, wrapped=wrapped)


def _read(room: Room, letters: str) -> ContentKey:
    key = ContentKey.read(letters)
    if key.digits != room.register.content_key:
        raise BadSheet("这页上的密钥不是这本台账的内容密钥")
    return key


def _session(room: Room) -> Session:
    if room.session is None:
        raise NotSignedIn("没有登录：内容加密要由设了口令的操作员办理，先设操作员")
    return room.session


def _key(room: Room) -> ContentKey:
    key = _session(room).content_key
    if key is None:
        why = "本室的内容没有加密" if not room.register.content_key else "你没有本室的内容密钥"
        raise NoContentKey(f"{why}，不能授予或抄写")
    return key


def _hold(room: Room, session: Session, key: ContentKey) -> None:
    """Let a session go on with a key it has just got."""
    room.session = evolve(session, content_key=key)
    room.read_as(Keyed(key.raw, room.book.owner.room))


def _name(room: Room, operator: Operator) -> str:
    person = room.register.people.get(operator.name)
    return person.name if person else operator.name
