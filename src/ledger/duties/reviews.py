"""What falls due about questions asked, secrets of our own, and approvals to be filed."""

from collections.abc import Iterator
from datetime import timedelta

from ledger.carrier import Document
from ledger.day import chinese
from ledger.deadline import foreign
from ledger.duties.turns import once_a_year
from ledger.duty import Due, obligation
from ledger.event.disclosure import Answered, SecretsReviewed
from ledger.event.supply import SupplyFiled
from ledger.holiday import workdays_after
from ledger.pack import Pack
from ledger.register.proceeding import Query, Supply
from ledger.regulation import STATE_SECRETS_LAW
from ledger.regulation.compendium import DISCLOSURE, SUPPLY
from ledger.regulation.national import LAW_REGULATION
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]


def _answer(query: Query, days: int, pack: Pack) -> Iterator[Due]:
    if query.answered_on is None:
        by = workdays_after(query.asked_on, days, pack.days_off, pack.days_on)
        yield Due(query.number, by, f"{chinese(query.asked_on)}请示{query.to}：{query.about}")


@obligation(
    DISCLOSURE["第十二条"],
    "向保密行政管理部门请示公开的，十五个工作日内答复",
    "催问并登记答复",
    on=Query,
    done_by=Answered,
)
def disclosure_question_answered(query: Query, desk: Desk) -> Iterator[Due]:
    """The bureau has answered within its working days whether something may be disclosed."""
    if query.kind_of_query == "信息公开":
        yield from _answer(query, desk.pack.disclosure_workdays, desk.pack)


@obligation(
    LAW_REGULATION["第二十五条"],
    "是不是国家秘密、属何密级不明确的，先拟级保护，十个工作日内报有权机关确定",
    "催问并登记答复，按答复定密",
    on=Query,
    done_by=Answered,
)
def unclear_matter_answered(query: Query, desk: Desk) -> Iterator[Due]:
    """A matter whose level is unclear is decided within its working days."""
    if query.kind_of_query == "定密":
        yield from _answer(query, desk.pack.classification_workdays, desk.pack)


@obligation(
    STATE_SECRETS_LAW["第二十四条"],
    "本单位定的密每年审核一次，该解的解、可公开的公开",
    "定密清理并登记",
    on=Document,
    done_by=SecretsReviewed,
)
def own_secrets_reviewed(document: Document, desk: Desk) -> Iterator[Due]:
    """The unit's own secrets are looked through every year."""
    if document.level is not None and not foreign(document, desk.register):
        month = desk.pack.secrets_review_month
        yield from once_a_year(
            desk.register, desk.on, "定密清理", month, document.number, "定密审核"
        )


@obligation(
    SUPPLY["第二条（六）"],
    "涉军的批件，手续办完要到保密部门备案",
    "批件备案并登记",
    on=Supply,
    done_by=SupplyFiled,
)
def approval_filed(supply: Supply, desk: Desk) -> Iterator[Due]:
    """The approval of a military supply is on file with the bureau."""
    if supply.military and supply.approved_on is not None and supply.filed_on is None:
        by = supply.approved_on + timedelta(days=desk.pack.change_report_days)
        yield Due(supply.number, by, f"{chinese(supply.approved_on)}批准提供给{supply.recipient}")


OBLIGATIONS = (
    disclosure_question_answered,
    unclear_matter_answered,
    own_secrets_reviewed,
    approval_filed,
)
