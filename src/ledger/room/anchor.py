"""链首: the head of the book as it is printed and signed, to be held against the book later."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

from attrs import asdict, fields, frozen

from ledger import trouble
from ledger.room.room import Room
from ledger.store.signature import genuine, sign
from ledger.trouble import Illegible

__all__ = ["Anchor", "InvalidAnchor", "anchor"]

_GROUP: Final = 4
_SHOWN: Final = 20
"""Digits of a head that are printed; nobody finds another book with the same."""


class InvalidAnchor(Illegible, ValueError):
    """A file that states no head of a book; the message is a Chinese sentence."""


@frozen(kw_only=True)
class Anchor:
    """How far a book went at a moment: enough to prove later that nothing before has changed."""

    unit: str
    room: str
    acts: int
    lines: int
    head: str
    moment: str
    signature: str = ""
    public: str = ""

    @property
    def said(self) -> str:
        """What is signed."""
        return "\n".join(
            ("baomi-head-1", self.room, str(self.acts), str(self.lines), self.head, self.moment)
        )

    @property
    def printed(self) -> str:
        """The head as a person copies it: twenty digits in groups of four."""
        shown = self.head[:_SHOWN]
        return " ".join(shown[n : n + _GROUP] for n in range(0, _SHOWN, _GROUP))

    @property
    def text(self) -> str:
        """The anchor as a file."""
        return json.dumps({"baomi": "head", **asdict(self)}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def read(cls, path: Path) -> Self:
        """The anchor in a file; raises ``InvalidAnchor``."""
        try:
            data: Mapping[str, Any] = json.loads(path.read_bytes())
            return cls(**{each.name: data[each.name] for each in fields(cls)})
        except OSError as error:
            raise InvalidAnchor(f"“{path}”打不开：{trouble.of_file(error)}") from None
        except (ValueError, KeyError, TypeError):
            raise InvalidAnchor(f"“{path}”不是链首文件") from None

    def trouble(self, public: str = "") -> str:
        """Why the signature cannot be relied on, in words; blank if it can, or if there is none.

        ``public`` is the key the signature must be by.
        """
        if not self.signature:
            return "链首文件没有签名" if public else ""
        if public and public != self.public:
            return "签名用的不是指定的密钥"
        return "" if genuine(self.said, self.signature, self.public) else "链首文件的签名不对"


def anchor(room: Room, key: Path | None = None) -> Anchor:
    """The head of a room's book now, signed if there is a key; raises ``NoKey``."""
    place = room.book.journal.place
    unsigned = Anchor(
        unit=room.register.unit,
        room=room.book.owner.room,
        acts=len(room.acts),
        lines=place.line,
        head=place.head,
        moment=room.clock().isoformat(),
    )
    if key is None:
        return unsigned
    signature, public = sign(unsigned.said, key)
    return Anchor(**{**asdict(unsigned), "signature": signature, "public": public})
