"""《中华人民共和国保守国家秘密法》: who may change a mark, and what happens when its term ends."""

from collections.abc import Iterator

from attrs import evolve

from ledger.carrier import Document, Medium
from ledger.conflict import WHO_CLASSIFIES
from ledger.day import chinese
from ledger.event import Compiled, Declassified, Produced, Received, Registered, Regraded
from ledger.finding import Breach, Force
from ledger.register.record import Entry
from ledger.regulation import STATE_SECRETS_LAW
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    STATE_SECRETS_LAW["第二十条"],
    Force.ADVISES,
    "绝密、机密、秘密的期限一般不超过三十年、二十年、十年",
    on=(Received, Registered, Compiled, Regraded),
    remedy="照原样登记；向定下期限的机关核实标志是否写错。",
)
def received_terms_are_within_the_cap(
    event: Received | Registered | Compiled | Regraded, desk: Desk
) -> Iterator[Breach]:
    """A mark is recorded as it came, and one that ends too late is pointed out."""
    document: Document | None
    if isinstance(event, Regraded):
        document = evolve(desk.register.documents[event.document], mark=event.mark)
    else:
        document = event.document
    if document and document.mark and document.mark.over_cap(document.issued_on):
        level = document.mark.level
        yield Breach(document.number, f"{document.mark}超过{level}级一般最长{level.years}年")


def _may_change(document: Document, issuer: str, desk: Desk) -> bool:
    """Whether an organ is the document's originator, or the superior its page names."""
    if not document.issuer or issuer == document.issuer:
        return True
    originator = desk.register.outside(document.issuer)
    return originator is not None and bool(issuer) and originator.superior == issuer


@rule(
    STATE_SECRETS_LAW["第二十三条"],
    Force.FORBIDS,
    "密级、期限、知悉范围只能由原定密机关或其上级变更",
    on=Regraded,
    remedy="凭原定密机关或其上级的变更通知登记；自己认为不当的，向原定密机关建议。",
)
def only_the_originator_regrades(event: Regraded, desk: Desk) -> Iterator[Breach]:
    """A mark changes by notice of the originator or its superior."""
    document = desk.register.documents[event.document]
    if not _may_change(document, event.issuer, desk):
        yield Breach(event.document, f"制发机关是{document.issuer}，通知来自{event.issuer}")
    if document.issuer != desk.register.unit and not event.notice_no:
        yield Breach(event.document, "没有写变更通知的文号")
    if document.declassified_on is not None:
        yield Breach(event.document, f"已于{chinese(document.declassified_on)}解密")


@rule(
    STATE_SECRETS_LAW["第二十四条"],
    Force.REQUIRES,
    "解密须凭原定密机关的通知，或者期限已满且没有收到延长通知",
    on=Declassified,
    remedy="没有通知的，等期满后核实未收到延长通知再办；有通知的，填写通知文号和发文机关。",
)
def declassified_by_notice_or_expiry(event: Declassified, desk: Desk) -> Iterator[Breach]:
    """A secret ends by its originator's notice, or when its term is over and nobody extended it."""
    document = desk.register.documents[event.document]
    if document.level is None or document.mark is None:
        yield Breach(event.document, "账上不是国家秘密，无须解密")
        return
    if event.notice_no:
        if not _may_change(document, event.issuer, desk):
            yield Breach(event.document, f"制发机关是{document.issuer}，通知来自{event.issuer}")
        return
    last = document.mark.last_day(document.issued_on)
    if last is None:
        yield Breach(event.document, f"{document.mark}不是到某一天为止的，解密要有通知")
    elif desk.on <= last:
        yield Breach(event.document, f"{document.mark}到{chinese(last)}才满（当天仍是秘密）")
    elif not event.no_extension:
        yield Breach(event.document, "没有确认未收到延长通知")


@rule(
    STATE_SECRETS_LAW["第二十四条"],
    Force.ADVISES,
    "期限届满的自行解密；宜先核实没有延长，解密也不等于可以公开",
    on=Document,
    remedy="核实没有收到延长保密期限的通知后，登记解密；不因期满自行销毁或公开。",
)
def expired_secrets_are_looked_at(document: Document, desk: Desk) -> Iterator[Breach]:
    """A document whose term has ended is put before the officer."""
    if document.level is not None and document.mark is not None:
        last = document.mark.last_day(document.issued_on)
        if last is not None and desk.on > last:
            yield Breach(document.number, f"{document.mark}已于{chinese(last)}期满")


@rule(
    STATE_SECRETS_LAW["第十六条"],
    Force.ADVISES,
    "定密由承办人提出、定密责任人确定，登记里宜写明两人和依据",
    on=Produced,
    remedy="补填起草人、定密责任人和定密依据（定密审核表上都有）。",
    note=WHO_CLASSIFIES,
)
def classified_by_whoever_may(event: Produced, _desk: Desk) -> Iterator[Breach]:
    """A new secret says who drafted it, who classified it and by which item."""
    document = event.document
    blank = [
        name
        for name, filled in (
            ("起草人", document.drafted_by),
            ("定密责任人", document.classifier),
            ("定密依据", document.basis),
        )
        if not filled
    ]
    if document.level is not None and blank:
        yield Breach(document.number or document.title, f"没有填：{'、'.join(blank)}")


@rule(
    STATE_SECRETS_LAW["第十七条"],
    Force.ADVISES,
    "定密一般不超出本单位的权限；派生定密不受此限",
    on=Produced,
    remedy="核实是不是派生定密；不是的，报有权机关确定。",
    note=WHO_CLASSIFIES,
)
def within_the_units_authority(event: Produced, desk: Desk) -> Iterator[Breach]:
    """A unit classifies as high as it may, unless the secret is taken over from another."""
    document, most = event.document, desk.pack.authority
    if document.level is None or document.derived or most is None or document.level <= most:
        return
    yield Breach(document.number or document.title, f"定为{document.level}级，本单位权限到{most}级")


@rule(
    STATE_SECRETS_LAW["第二十二条"],
    Force.FORBIDS,
    "不属于国家秘密的，不得做出国家秘密标志；工作秘密、内部资料不是密级",
    on=(Document, Medium),
    remedy="是国家秘密的，去掉“内部类别”；不是的，凭解密或变更通知去掉标志，登记时写错的冲销重记。",
)
def a_secret_is_of_one_kind(page: Document | Entry[Medium], _desk: Desk) -> Iterator[Breach]:
    """What is a state secret is not a work secret as well, and what is none carries no mark."""
    thing = page if isinstance(page, Document) else page.thing
    if thing.level is not None and thing.sensitivity is not None:
        yield Breach(thing.number, f"定为{thing.level}级，又写了{thing.sensitivity}")


RULES = (
    a_secret_is_of_one_kind,
    received_terms_are_within_the_cap,
    only_the_originator_regrades,
    declassified_by_notice_or_expiry,
    expired_secrets_are_looked_at,
    classified_by_whoever_may,
    within_the_units_authority,
)
