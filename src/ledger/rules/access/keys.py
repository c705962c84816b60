"""记账规则 第十九条: who holds the key a sealed room's content is read with."""

from collections.abc import Iterator
from typing import Final

from ledger.access import holds_key
from ledger.event.access import ContentKeyGiven, ContentKeyWritten
from ledger.finding import Breach, Force
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["ENTRY"]


@rule(
    BOOK_ORDER["第十九条"],
    Force.FORBIDS,
    "内容密钥只给职责要看内容的人和导入程序，系统管理员、安全审计员不得掌握",
    on=ContentKeyGiven,
    remedy="授给保密员、审批人、经手人、安全保密管理员或程序；职责不对的先授予职责。",
)
def keys_go_to_who_reads(event: ContentKeyGiven, desk: Desk) -> Iterator[Breach]:
    """The content key goes to operators whose roles read titles or write them."""
    operator = desk.register.operators.get(event.operator)
    if operator is not None and not holds_key(operator.roles):
        having = "、".join(sorted(operator.roles)) or "没有"
        yield Breach(desk.name(operator.name), f"职责是{having}，不掌握内容密钥")


@rule(
    BOOK_ORDER["第十九条"],
    Force.REQUIRES,
    "一本台账只应有一把内容密钥",
    on=(ContentKeyGiven, ContentKeyWritten),
    remedy="用这本台账自己的恢复页，或请掌握密钥的人授予。",
)
def there_is_one_content_key(
    event: ContentKeyGiven | ContentKeyWritten, desk: Desk
) -> Iterator[Breach]:
    """Every key that is given or written down is the one content was first sealed with."""
    if desk.register.content_key not in ("", event.content_key):
        yield Breach("内容密钥", "不是这本台账的内容密钥")


@rule(
    BOOK_ORDER["第十九条"],
    Force.REQUIRES,
    "写有内容密钥的恢复页要由登记在册的人保管",
    on=ContentKeyWritten,
    remedy="写明由谁保管，先登记此人。",
)
def paper_keys_are_kept_by_somebody(event: ContentKeyWritten, desk: Desk) -> Iterator[Breach]:
    """A content key on paper is in the charge of a registered person who has not left."""
    person = desk.register.people.get(event.keeper)
    if person is None or person.left_on is not None:
        yield Breach(event.keeper or "恢复页", "保管人不在人员登记簿上，或已经离岗")


ENTRY: Final = (keys_go_to_who_reads, there_is_one_content_key, paper_keys_are_kept_by_somebody)
