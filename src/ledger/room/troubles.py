"""What can go wrong with a room and is told to an officer in a sentence rather than as a failure."""

from typing import Final

from ledger import trouble
from ledger.exchange.directions import InvalidDirections
from ledger.exchange.heading import BadMapping
from ledger.exchange.script import InvalidAct
from ledger.exchange.source import Unreadable
from ledger.forms.form import InvalidForm
from ledger.printing.definition import InvalidDefinition, Unsuitable
from ledger.printing.font import MissingGlyph
from ledger.printing.keyring import KeyLost
from ledger.printing.payload import InvalidCode
from ledger.printing.picture import Unfit
from ledger.review import Refused
from ledger.room.acts import UnreadableBook
from ledger.room.approving import NoRequest
from ledger.room.bundle import NoEvidence
from ledger.room.counting import BadCount, NoCount
from ledger.room.exporting import NoTarget
from ledger.room.filling import Unfillable
from ledger.room.founding import NotARoom
from ledger.room.importing import NotApproved
from ledger.room.labelling import NoLabel
from ledger.room.passwords import WeakPassword
from ledger.room.signing_in import Listening, NotSignedIn
from ledger.sight import NotShown
from ledger.spreadsheet import TooLong
from ledger.store.backup import BadBackup
from ledger.store.credential import AlteredCredential
from ledger.store.journal import TamperedBook, Unwritten
from ledger.store.lock import Locked
from ledger.store.privacy import Exposed
from ledger.store.share import OnAShare
from ledger.text import InvalidText

__all__ = ["TROUBLES", "told"]

TROUBLES: Final[tuple[type[Exception], ...]] = (
    *(BadBackup, BadCount, BadMapping, InvalidAct, InvalidCode, InvalidDefinition),
    *(InvalidDirections, InvalidForm, InvalidText, KeyLost, Locked, MissingGlyph, NoCount),
    *(NoLabel, NoTarget, NotARoom, NotApproved, OnAShare, Refused, TamperedBook, TooLong),
    *(AlteredCredential, Exposed, Listening, NoEvidence, NoRequest, NotShown, NotSignedIn),
    *(WeakPassword, Unfillable, Unfit, UnreadableBook, Unreadable, Unsuitable, Unwritten, OSError),
)
"""Everything whose message is a Chinese sentence, and what the machine itself complains of."""


def told(error: Exception) -> str:
    """What to say of one of them."""
    if isinstance(error, OSError):
        what = f"“{error.filename}”" if error.filename else "文件"
        return f"读写{what}时出错：{trouble.of_file(error)}"
    return str(error)
