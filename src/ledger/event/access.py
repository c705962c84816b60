"""Who may: operators and their sign-ins, approvals asked for and given, secrets looked at."""

from datetime import date

from attrs import frozen

from ledger.access import OperatorRole
from ledger.number import DocumentNo, PersonRef, RequestNo

__all__ = [
    "AccessEvent",
    "Attested",
    "ContentKeyGiven",
    "ContentKeyWritten",
    "CredentialSet",
    "Denied",
    "Granted",
    "OperatorAdded",
    "OperatorRemoved",
    "OperatorUnlocked",
    "RequestWithdrawn",
    "Requested",
    "RolesGranted",
    "SignInFailed",
    "SignedIn",
    "Viewed",
    "Wanted",
]


@frozen
class Wanted:
    """The event an approval is asked for, whole but for its approvals."""

    event: object


@frozen(kw_only=True)
class OperatorAdded:
    """设操作员: somebody may sign in from now on (计算机制度 第十一条)."""

    operator: PersonRef
    """A registered person; for a program, a name nobody has."""
    roles: frozenset[OperatorRole] = frozenset()
    credential: str
    """The digest of the file that checks the password; the password itself is nowhere."""
    public: str = ""
    """The public half of the key that signs the operator's lines, in hexadecimal."""


@frozen(kw_only=True)
class RolesGranted:
    """授予职责: an operator has these roles from now on, and no others."""

    operator: PersonRef
    roles: frozenset[OperatorRole]


@frozen(kw_only=True)
class OperatorRemoved:
    """停用操作员: somebody may not sign in any more; what he wrote stays his."""

    operator: PersonRef
    reason: str


@frozen(kw_only=True)
class OperatorUnlocked:
    """解锁操作员: somebody who was locked out may try again (计算机制度 第十一条)."""

    operator: PersonRef
    reason: str


@frozen(kw_only=True)
class CredentialSet:
    """更换登录口令: an operator has a new password, and with it a new key."""

    operator: PersonRef
    credential: str
    public: str = ""


@frozen(kw_only=True)
class SignedIn:
    """登录: from here on the operator's acts are his who knew the password."""

    operator: PersonRef
    terminal: str = ""
    step: int = 0
    """The half minute whose one-time password was used up; 0 without one."""


@frozen(kw_only=True)
class SignInFailed:
    """登录失败: a wrong name, password or one-time password; the book does not say which."""

    operator: PersonRef = PersonRef("")
    """Whose, if the name was an operator's; what else was typed is not kept."""
    terminal: str = ""


@frozen(kw_only=True)
class Requested:
    """申请: approval is asked for one act, before it is done."""

    wanted: Wanted
    number: RequestNo = RequestNo("")
    good_until: date | None = None
    """The last day on which the act may be done."""
    purpose: str = ""


@frozen(kw_only=True)
class Granted:
    """批准: one of those whose approval is needed agrees, himself or on a signed paper."""

    request: RequestNo
    approver: PersonRef = PersonRef("")
    """Blank for whoever is signed in."""
    role: str = ""
    """In which capacity an organ outside agrees; a person's posts stand on his page."""
    paper_no: str = ""
    paper_on: date | None = None


@frozen(kw_only=True)
class Denied:
    """不批准: one of those whose approval is needed does not agree."""

    request: RequestNo
    reason: str
    approver: PersonRef = PersonRef("")
    paper_no: str = ""
    paper_on: date | None = None


@frozen(kw_only=True)
class RequestWithdrawn:
    """撤回申请: who asked does not want it any more."""

    request: RequestNo
    reason: str = ""


@frozen(kw_only=True)
class Attested:
    """到场签名: a witness of a destruction is there and signs for it himself."""

    request: RequestNo


@frozen(kw_only=True)
class Viewed:
    """查看: somebody looked at 绝密 records by their names."""

    documents: tuple[DocumentNo, ...]


@frozen(kw_only=True)
class ContentKeyGiven:
    """授予内容密钥: somebody can read what is sealed; with the first, content is sealed from now on."""

    operator: PersonRef
    content_key: str
    """Sixteen hexadecimal digits that tell the key from others."""
    wrapped: str
    """The key as only the operator's own key unwraps it, in hexadecimal."""


@frozen(kw_only=True)
class ContentKeyWritten:
    """抄写内容密钥: the key was shown to be put on paper, which somebody keeps."""

    keeper: PersonRef
    """Who keeps the paper."""
    content_key: str = ""


AccessEvent = (
    OperatorAdded
    | RolesGranted
    | OperatorRemoved
    | OperatorUnlocked
    | CredentialSet
    | SignedIn
    | SignInFailed
    | Requested
    | Granted
    | Denied
    | RequestWithdrawn
    | Attested
    | Viewed
    | ContentKeyGiven
    | ContentKeyWritten
)
