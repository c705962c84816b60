"""信息公开审查流程表、对外提供资料审批表: one review from its first step to its last."""

from datetime import date

from attrs import frozen

from ledger.number import DisclosureNo, SupplyNo
from ledger.register.register import Register
from ledger.reports.evidence import cell, name_of, names_of

__all__ = ["DisclosureSheet", "SupplySheet", "disclosure_sheet", "supply_sheet"]


@frozen(kw_only=True)
class DisclosureSheet:
    """信息公开审查流程表."""

    number: str = cell("审查编号")
    title: str = cell("标题")
    doc_no: str = cell("文号")
    produced_on: date | None = cell("产生日期")
    on_request: bool = cell("依申请公开")
    secret: bool | None = cell("是否涉密")
    mark_changed: bool | None = cell("涉密事项是否已变更")
    separated: bool | None = cell("是否已区分处理")
    unsuitable: bool | None = cell("有无其他不宜公开")
    handler: str = cell("经办人")
    opinion: str = cell("拟办意见")
    drafted_on: date = cell("拟办日期")
    reviewer: str = cell("审核人")
    review_opinion: str = cell("审核意见")
    reviewed_on: date | None = cell("审核日期")
    approver: str = cell("审批人")
    approval_opinion: str = cell("审批意见")
    approved_on: date | None = cell("审批日期")
    remark: str = cell("备注")


def disclosure_sheet(register: Register, number: str) -> DisclosureSheet:
    """The review of one disclosure, step by step; raises ``KeyError``."""
    found = register.disclosures[DisclosureNo(number)]
    return DisclosureSheet(
        number=found.number,
        title=found.title,
        doc_no=found.doc_no,
        produced_on=found.produced_on,
        on_request=found.on_request,
        secret=found.secret,
        mark_changed=found.mark_changed,
        separated=found.separated,
        unsuitable=found.unsuitable,
        handler=name_of(register, found.handler),
        opinion=found.opinion,
        drafted_on=found.drafted_on,
        reviewer=name_of(register, found.reviewer),
        review_opinion=_view(found.review_opinion, found.review_agreed),
        reviewed_on=found.reviewed_on,
        approver=names_of(register, filter(None, found.approver.split("、"))),
        approval_opinion=_view(found.approval_opinion, found.agreed),
        approved_on=found.approved_on,
        remark=f"征求意见：{found.consulted}" if found.consulted else "",
    )


def _view(opinion: str, agreed: bool | None) -> str:  # noqa: FBT001 - three answers
    return opinion or {True: "同意", False: "不同意", None: ""}[agreed]


@frozen(kw_only=True)
class SupplySheet:
    """对外提供资料审批表."""

    number: str = cell("编号")
    recipient: str = cell("接受方")
    content: str = cell("资料内容")
    level: str = cell("密级")
    reach: str = cell("涉及范围")
    needed: bool | None = cell("确有需要")
    treatment: str = cell("技术处理")
    handler: str = cell("承办人")
    drafted_on: date = cell("拟定日期")
    consulted: str = cell("征求意见")
    approved_by: str = cell("审批")
    approved_on: date | None = cell("审批日期")
    undertaking: str = cell("保密义务文件")
    supplied_on: date | None = cell("提供日期")
    filed_on: date | None = cell("批件备案日期")


def supply_sheet(register: Register, number: str) -> SupplySheet:
    """One supply from draft to filing; raises ``KeyError``."""
    found = register.supplies[SupplyNo(number)]
    reach = "军事" if found.military else "全国性" if found.nationwide else "非全国性"
    treatment = ("已处理" if found.treated else "须处理") if found.treatment_needed else "不需要"
    trade = "商业秘密" if found.trade_secret else ""
    return SupplySheet(
        number=found.number,
        recipient=found.recipient,
        content=found.content,
        level=str(found.level or found.sensitivity or trade or "一般"),
        reach=reach,
        needed=found.needed,
        treatment=treatment,
        handler=name_of(register, found.handler),
        drafted_on=found.drafted_on,
        consulted=found.consulted,
        approved_by="、".join(found.approved_by),
        approved_on=found.approved_on,
        undertaking=found.undertaking,
        supplied_on=found.supplied_on,
        filed_on=found.filed_on,
    )
