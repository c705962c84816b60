"""What a unit's secrecy work is done with besides carriers: bodies, phones, mailboxes."""

from datetime import date

from attrs import frozen

from ledger.number import BodyNo, MailboxNo, PersonRef, PhoneNo

__all__ = ["Body", "Mailbox", "Phone"]


@frozen(kw_only=True)
class Body:
    """A 保密组织: the committee, the disclosure body, or the cooperation group we belong to."""

    number: BodyNo = BodyNo("")
    name: str
    type: str = "保密委员会"
    """保密委员会, 信息公开机构 or 协作组."""
    head: PersonRef = PersonRef("")
    deputies: tuple[PersonRef, ...] = ()
    members: tuple[PersonRef, ...] = ()
    office: str = ""
    """The department that does the daily work."""
    duties: str = ""
    """Where its duties are written down."""
    correspondent: PersonRef = PersonRef("")
    lead_unit: str = ""
    """Who leads the group, where it is a cooperation group."""
    lead_until: date | None = None
    remark: str = ""


@frozen(kw_only=True)
class Phone:
    """A phone of a leader or of secrecy staff, on file with the unit (通信办公制度 第二条)."""

    number: PhoneNo = PhoneNo("")
    keeper: PersonRef = PersonRef("")
    phone: str = ""
    model: str = ""
    serial: str = ""
    domestic: bool | None = None
    filed_on: date | None = None
    remark: str = ""


@frozen(kw_only=True)
class Mailbox:
    """A mailbox used for work, with what may and may not be set on it (通信办公制度 第十七条)."""

    number: MailboxNo = MailboxNo("")
    name: str
    """Its address."""
    department: str = ""
    keeper: PersonRef = PersonRef("")
    private: bool = False
    """Whether it is somebody's own."""
    foreign_server: bool | None = None
    wireless: bool | None = None
    """Whether it is used over a wireless network."""
    forwards: bool | None = None
    password_length: int | None = None
    password_classes: int | None = None
    password_on: date | None = None
    filed_on: date | None = None
    remark: str = ""
