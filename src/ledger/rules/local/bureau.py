"""《单位工作保密管理制度第5篇》五: cipher telegrams are not copied, mailed, reissued or carried."""

from collections.abc import Iterator
from typing import Final

from ledger.event import CarriedOut, Compiled, Copied, Dispatched
from ledger.finding import Breach, Force
from ledger.regulation.local import BUREAU
from ledger.rule import Desk, rule

__all__ = ["RULES"]

_CIPHER_WAYS: Final = ("密码电报", "加密传真", "专人", "专人专车", "保密员")
"""The ways by which a cipher telegram may go on."""


@rule(
    BUREAU["五"],
    Force.FORBIDS,
    "密码电报严禁自行复印、翻印成文件",
    on=(Copied, Compiled),
    remedy="不复印；需要的，指定专人摘录并妥善保管。",
)
def cipher_telegrams_are_not_copied(event: Copied | Compiled, desk: Desk) -> Iterator[Breach]:
    """No cipher telegram is copied, or reissued as part of a paper."""
    numbers = (event.original,) if isinstance(event, Copied) else event.parts
    for number, document in desk.papers(numbers):
        if document.cipher:
            yield Breach(number, "密码电报要复印、翻印")


@rule(
    BUREAU["五"],
    Force.FORBIDS,
    "禁止用机要信件、平信寄密码电报",
    on=Dispatched,
    remedy="改用密码电报转发，或派专人送达。",
)
def cipher_telegrams_are_not_mailed(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """A cipher telegram goes on by cipher or by a person, by no mail."""
    if event.channel not in _CIPHER_WAYS:
        for number, document in desk.papers(event.carriers):
            if document.cipher:
                yield Breach(number, f"密码电报要用“{event.channel}”寄送")


@rule(
    BUREAU["五"],
    Force.FORBIDS,
    "禁止带密码电报外出",
    on=CarriedOut,
    remedy="留在机要室；需要的，到机要室查阅。",
)
def cipher_telegrams_are_not_carried_out(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No cipher telegram leaves the premises."""
    for number, document in desk.papers(event.carriers):
        if document.cipher:
            yield Breach(number, f"密码电报要带到“{event.destination}”")


RULES = (
    cipher_telegrams_are_not_copied,
    cipher_telegrams_are_not_mailed,
    cipher_telegrams_are_not_carried_out,
)
