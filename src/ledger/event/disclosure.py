"""What may become public: three steps of review, questions to the bureau, secrets looked through."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.number import DisclosureNo, DocumentNo, PersonRef, QueryNo

__all__ = [
    "Answered",
    "Disclosed",
    "DisclosureApproved",
    "DisclosureDrafted",
    "DisclosureEvent",
    "DisclosureReviewed",
    "Queried",
    "SecretsReviewed",
]


@frozen(kw_only=True)
class DisclosureDrafted:
    """公开初审: the handler answers the questions and proposes (信息公开制度 第十一条（一）)."""

    title: str
    handler: PersonRef
    number: DisclosureNo = DisclosureNo("")
    document: DocumentNo = DocumentNo("")
    """The document of the book it would make public, if it is one."""
    doc_no: str = ""
    produced_on: date | None = None
    on_request: bool = False
    """Whether it was asked for (依申请公开)."""
    secret: bool | None = None
    """Whether it touches state or trade secrets or privacy."""
    mark_changed: bool | None = None
    separated: bool | None = None
    """Whether secret parts were taken out (技术性区分处理)."""
    unsuitable: bool | None = None
    opinion: str = ""
    basis: str = ""


@frozen(kw_only=True)
class DisclosureReviewed:
    """公开审核: the head of the department has looked at the proposal."""

    disclosure: DisclosureNo
    reviewer: PersonRef
    agreed: bool = True
    opinion: str = ""
    consulted: str = ""
    """The units whose view was asked (第十五条)."""


@frozen(kw_only=True)
class DisclosureApproved:
    """公开审批: the leader in charge has decided."""

    disclosure: DisclosureNo
    agreed: bool = True
    opinion: str = ""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Disclosed:
    """公开发布: it was published or given to whoever asked."""

    disclosure: DisclosureNo
    where: str = ""


@frozen(kw_only=True)
class Queried:
    """请示: a higher authority was asked, and has working days to answer."""

    about: str
    to: str
    number: QueryNo = QueryNo("")
    kind_of_query: str = "信息公开"
    """信息公开 or 定密."""
    disclosure: DisclosureNo = DisclosureNo("")
    document: DocumentNo = DocumentNo("")
    paper_no: str = ""


@frozen(kw_only=True)
class Answered:
    """答复: the answer has come."""

    query: QueryNo
    answer: str
    paper_no: str = ""


@frozen(kw_only=True)
class SecretsReviewed:
    """定密清理: the unit's own secrets were looked through, for disclosure and declassification."""

    year: int
    documents: tuple[DocumentNo, ...] = ()
    opinion: str = ""
    approvals: tuple[Approval, ...] = ()


DisclosureEvent = (
    DisclosureDrafted
    | DisclosureReviewed
    | DisclosureApproved
    | Disclosed
    | Queried
    | Answered
    | SecretsReviewed
)
