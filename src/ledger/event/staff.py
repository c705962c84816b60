"""Secrecy staff: reviewed, pledged, certified, posted, replaced, travelling, cooling off."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.number import PersonRef
from ledger.person import Category

__all__ = [
    "Appraised",
    "CertificateIssued",
    "CertificateReturned",
    "CoolingEnded",
    "MatterDeclared",
    "Pledged",
    "Posted",
    "Replaced",
    "StaffEvent",
    "StoodIn",
    "TravelApproved",
    "TravelEnded",
    "Vetted",
]


@frozen(kw_only=True)
class Vetted:
    """资格审查: whether somebody may hold a secret post was reviewed (要害部门制度 第十条)."""

    person: PersonRef
    category: Category
    passed: bool = True
    vetted_by: str = ""
    """The offices that reviewed: secrecy and personnel."""
    form_no: str = ""


@frozen(kw_only=True)
class Pledged:
    """签订保密书: a duty letter or commitment was signed (要害部门制度 第十一条)."""

    person: PersonRef
    pledge: str = "保密责任书"
    paper_no: str = ""


@frozen(kw_only=True)
class CertificateIssued:
    """颁发上岗证: somebody is certified for the officer's post (保密员制度 第二条)."""

    person: PersonRef
    certificate_no: str
    until: date | None = None


@frozen(kw_only=True)
class CertificateReturned:
    """交回上岗证: the certificate went back to its issuer (保密员制度 第十四条)."""

    person: PersonRef
    to: str


@frozen(kw_only=True)
class Posted:
    """上岗: somebody takes a secret post, after review, training and letter."""

    person: PersonRef
    post: str
    category: Category | None = None
    department: str = ""
    roles: frozenset[str] = frozenset()
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Replaced:
    """更换保密员: an officer hands the room over to another (保密员制度 第八条)."""

    person: PersonRef
    successor: PersonRef
    list_no: str = ""
    """The number of the list the room was handed over by."""
    supervisor: PersonRef = PersonRef("")
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class StoodIn:
    """临时接替: somebody keeps the room while the officer is away (保密员制度 第十条)."""

    person: PersonRef
    stand_in: PersonRef
    until: date
    handed_over: bool = True
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class MatterDeclared:
    """事项报告: somebody told the unit of something in his life (要害部门制度 第十四条)."""

    person: PersonRef
    matter: str
    details: str = ""


@frozen(kw_only=True)
class TravelApproved:
    """出境审批: a journey abroad was approved, on duty or private (要害部门制度 第十六条)."""

    person: PersonRef
    destination: str
    leaves: date
    returns: date
    private: bool = False
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class TravelEnded:
    """回国销假: the traveller is back."""

    person: PersonRef


@frozen(kw_only=True)
class CoolingEnded:
    """脱密期满: the cooling-off was reviewed and is over (要害部门制度 第十七条)."""

    person: PersonRef


@frozen(kw_only=True)
class Appraised:
    """考核: how somebody did his duty is in his yearly appraisal (要害部门制度 第十八条)."""

    person: PersonRef
    year: int
    result: str = ""


StaffEvent = (
    Vetted
    | Pledged
    | CertificateIssued
    | CertificateReturned
    | Posted
    | Replaced
    | StoodIn
    | MatterDeclared
    | TravelApproved
    | TravelEnded
    | CoolingEnded
    | Appraised
)
