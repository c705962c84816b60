"""Which exit code a fault has; loaded when there is one, for it knows what every part may say."""

from ledger.bureau.refusal import InvalidQuestion, NoAnswer, NoEngine, RefusedHandIn
from ledger.cli.speech import Exit
from ledger.day import InvalidDay
from ledger.exchange.directions import InvalidDirections
from ledger.exchange.heading import BadMapping
from ledger.exchange.script import InvalidAct
from ledger.exchange.source import Unreadable
from ledger.forms.form import InvalidForm
from ledger.mark import InvalidMark
from ledger.pack import InvalidPack
from ledger.printing.definition import InvalidDefinition, Unsuitable
from ledger.printing.font import MissingGlyph
from ledger.printing.keyring import KeyLost
from ledger.printing.payload import InvalidCode
from ledger.printing.picture import Unfit
from ledger.room import NotARoom, OnAShare, UnreadableBook
from ledger.room.anchor import InvalidAnchor
from ledger.room.approving import NoRequest
from ledger.room.bundle import NoEvidence
from ledger.room.countfile import UnknownCount
from ledger.room.counting import BadCount, NoCount
from ledger.room.exporting import NoTarget
from ledger.room.filling import Unfillable
from ledger.room.importing import NotApproved
from ledger.room.labelling import NoLabel
from ledger.room.passwords import WeakPassword
from ledger.room.question import NoQuestion
from ledger.room.redaction import NoRedaction
from ledger.room.reporting import NoReport
from ledger.room.sealing import BadSheet, NoContentKey
from ledger.room.signing_in import Listening, NotSignedIn
from ledger.room.withdrawing import NoBatch
from ledger.sight import NotShown
from ledger.spreadsheet import TooLong
from ledger.store.backup import BadBackup, NoPlace, NotPacked
from ledger.store.credential import AlteredCredential
from ledger.store.digest import NoSuchDigest
from ledger.store.journal import TamperedBook, Unwritten
from ledger.store.lock import Locked
from ledger.store.privacy import Exposed
from ledger.store.settings import InvalidSettings
from ledger.store.signature import NoKey
from ledger.text import InvalidText

__all__ = ["code_of"]

_CODES: tuple[tuple[tuple[type[Exception], ...], Exit], ...] = (
    ((NotARoom, NoQuestion, NoReport, BadMapping, InvalidAct, InvalidText), Exit.USAGE),
    ((NoKey, NoRedaction), Exit.USAGE),
    ((InvalidQuestion, NoEngine), Exit.USAGE),
    ((NoAnswer,), Exit.UNREADABLE),
    ((RefusedHandIn,), Exit.REFUSED),
    ((NoPlace, UnknownCount), Exit.USAGE),
    ((NotPacked,), Exit.FAULT),
    ((BadBackup, BadCount, InvalidAnchor), Exit.UNREADABLE),
    ((OnAShare, NotApproved, NotSignedIn, NotShown, Listening, Exposed), Exit.NOT_PERMITTED),
    ((NoContentKey,), Exit.NOT_PERMITTED),
    ((WeakPassword, NoRequest, NoEvidence, BadSheet), Exit.USAGE),
    ((InvalidDay, InvalidMark, InvalidCode, Unsuitable), Exit.USAGE),
    ((NoLabel, NoCount, MissingGlyph, Unfit, TooLong), Exit.REFUSED),
    ((Unreadable, UnreadableBook, InvalidPack, InvalidSettings), Exit.UNREADABLE),
    ((InvalidDefinition,), Exit.UNREADABLE),
    ((Locked,), Exit.LOCKED),
    ((TamperedBook, AlteredCredential), Exit.TAMPERED),
    ((InvalidDirections, NoBatch, NoTarget, InvalidForm, Unfillable), Exit.USAGE),
    ((Unwritten, NoSuchDigest, KeyLost), Exit.FAULT),
)


def code_of(error: Exception) -> Exit | None:
    """The code of a fault whose message is a sentence for an officer; ``None`` for any other."""
    found = (code for kinds, code in _CODES if isinstance(error, kinds))
    return next(found, None)
