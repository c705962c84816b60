"""密文: texts that say what a document is about, sealed with the room's content key where they stand.

A sealed text is the JSON object ``{"sealed": "…"}``: Base64 of a nonce, the text under AES-256-GCM
and its tag. It opens only at the act or document and under the field it was sealed for. Everything
else of a line is as it always was, so chain, signatures and registers need no key.
"""

import secrets
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, Self

from ledger.notation.content import PLAIN_ACTS, PLAIN_TABLES, is_content
from ledger.store.pen import Unwritten
from ledger.store.place import TamperedBook
from ledger.store.state import Change
from ledger.text import SEALED, Ciphertext
from ledger.trouble import Forbidden

__all__ = [
    "ACTS",
    "CLOSED",
    "NAME",
    "PLAIN",
    "Codec",
    "Found",
    "Keyed",
    "NoContentKey",
    "found_in",
    "stored",
]

NAME: Final = "sealed"
"""The one name in the object a sealed text is."""
ACTS: Final = "acts"
"""The table acts stand in, as far as sealing goes; the others are those of the registers."""
_NONCE: Final = 12
_BLOCK: Final = 32
"""Texts are filled up to a multiple of so many bytes, so that lengths tell little."""
_BLANKED: Final = "***"
"""What a text reads that was sealed and then blanked."""
_MARK: Final = "baomi-content-1"


class NoContentKey(Forbidden, Unwritten):
    """Something to be sealed by somebody who has no key; a Chinese sentence with the remedy."""


class Codec:
    """How the texts of a room that seals nothing are stored: as they are, wherever they stand."""

    sealing = False
    """Whether content is sealed in this room."""

    def sealed(self, _table: str, _number: int, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """An act or a document as it is stored; raises ``NoContentKey``."""
        return document

    def opened(self, _table: str, _number: int, document: Any) -> Any:
        """An act or a document as it was before it was stored; raises ``TamperedBook``."""
        return document

    def alike(self, one: Any, other: Any) -> bool:
        """Whether two values are the same, as far as can be told here."""
        return bool(one == other)

    def telling(self, _told: Callable[[str], None]) -> Self:
        """The same, which tells of a sealed text that does not open, and goes on."""
        return self


PLAIN: Final = Codec()
"""Of a room that seals nothing."""


class Closed(Codec):
    """The texts of a sealed room for somebody who has no key: they stay what they are."""

    sealing = True

    def sealed(self, table: str, number: int, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """The document with each text that is content sealed."""
        if table in PLAIN_TABLES or document.get("act") in PLAIN_ACTS:
            return document
        done: dict[str, Any] = self._sealed(document, f"{table}/{number}", "", table)
        return done

    def _sealed(self, value: Any, place: str, name: str, kind: str) -> Any:
        """A value with its content sealed; ``kind`` is the act, table or part it stands in."""
        if isinstance(value, str):
            if isinstance(value, Ciphertext) or (value and is_content(name, kind)):
                return {NAME: self._token(value, place)}
            return value
        if isinstance(value, Mapping):
            act = value.get("act")
            kind = act if isinstance(act, str) else name or kind
            return {k: self._sealed(v, f"{place}/{k}", k, kind) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._sealed(v, f"{place}/{n}", name, kind) for n, v in enumerate(value)]
        return value

    def opened(self, table: str, number: int, document: Any) -> Any:
        """The document with each sealed text read, or in its place what stands for it."""
        return self._opened(document, f"{table}/{number}")

    def _opened(self, value: Any, place: str) -> Any:
        if isinstance(value, dict):
            if (token := _token_of(value)) is not None:
                return self._text(token, place)
            return {
                k: self._opened(v, f"{place}/{k}") if isinstance(v, (dict, list)) else v
                for k, v in value.items()
            }
        if isinstance(value, list):
            return [self._opened(v, f"{place}/{n}") for n, v in enumerate(value)]
        return value

    def _token(self, text: str, place: str) -> str:
        if isinstance(text, Ciphertext) and text.place == place:
            return text.token
        raise NoContentKey(
            "本室的内容是加密的，这里没有内容密钥，不能记这一笔："
            "请掌握密钥的人用 baomi seal give 姓名 授予，重新登录后再办"
        )

    def _text(self, token: str, place: str) -> str:
        return _BLANKED if _is_blanked(token) else Ciphertext(token, place)

    def alike(self, one: Any, other: Any) -> bool:
        """Whether two values are the same but for texts of which a part is sealed in either."""
        return _alike(one, other)


CLOSED: Final = Closed()
"""Of a sealed room nobody with a key is signed in to."""


class Keyed(Closed):
    """The texts of a sealed room for somebody who has its key."""

    def __init__(self, key: bytes, room: str, told: Callable[[str], None] | None = None) -> None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._wrong = (InvalidTag, ValueError)
        self._key = key
        self._aead = AESGCM(key)
        self._room = room
        self._told = told

    def telling(self, told: Callable[[str], None]) -> Self:
        """The same, which tells of a sealed text that does not open, and goes on."""
        return type(self)(self._key, self._room, told)

    def _token(self, text: str, place: str) -> str:
        raw = text.encode()
        fill = _BLOCK - len(raw) % _BLOCK
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._aead.encrypt(nonce, raw + bytes([fill]) * fill, self._about(place))
        return b2a_base64(nonce + sealed, newline=False).decode()

    def _text(self, token: str, place: str) -> str:
        if _is_blanked(token):
            return _BLANKED
        try:
            raw = a2b_base64(token, strict_mode=True)
            filled = self._aead.decrypt(raw[:_NONCE], raw[_NONCE:], self._about(place))
        except self._wrong:
            said = f"{_named(place)}的密文解不开：被改动或调换过，或不是用本室的内容密钥加密的"
            if self._told is None:
                raise TamperedBook(said) from None
            self._told(said)
            return Ciphertext(token, place)
        return filled[: -filled[-1]].decode()

    def _about(self, place: str) -> bytes:
        """What a text is bound to: it opens in no other room and at no other place."""
        return f"{_MARK}\n{self._room}\n{place}".encode()


def stored(change: Change, codec: Codec) -> Change:
    """A change of a document as it is stored; raises ``NoContentKey``."""
    table, number, document, _ = change
    if not codec.sealing or number is None or document is None:
        return change
    return Change.of(table, number, codec.sealed(table, number, document))


class Found(NamedTuple):
    """A sealed text of a document: the name it stands under, as it is stored, and what it says."""

    name: str
    token: str
    text: str


def found_in(stored: Any, opened: Any, name: str = "") -> Iterator[Found]:
    """Every sealed text of a document, given as it is stored and as it was opened."""
    if isinstance(stored, Mapping):
        if (token := _token_of(stored)) is not None:
            yield Found(name, token, opened)
            return
        for key, value in stored.items():
            yield from found_in(value, opened[key], key)
    elif isinstance(stored, list):
        for value, text in zip(stored, opened, strict=True):
            yield from found_in(value, text, name)


def _token_of(value: Mapping[str, Any]) -> str | None:
    """What is in the object that a sealed text is; ``None`` for any other object."""
    token = value.get(NAME) if len(value) == 1 else None
    return token if isinstance(token, str) else None


def _is_blanked(token: str) -> bool:
    return token.startswith("*")


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _unread(one) or _unread(other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)


def _unread(text: str) -> bool:
    """Whether a part of a text is sealed or was blanked."""
    return SEALED in text or _BLANKED in text


def _named(place: str) -> str:
    """The act or document of a place, as an officer finds it."""
    table, number, *_ = place.split("/")
    return f"第{number}笔" if table == ACTS else f"登记簿的{table}第{number}号"
