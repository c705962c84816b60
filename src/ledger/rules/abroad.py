"""《出国（境）人员保密守则》: machines and notebooks that would leave the country.

What holds for papers and media stands with them (载体制度 一（三）4、二（二）6).
"""

from collections.abc import Iterator

from ledger.carrier import Carrier, Computer, Device, Notebook
from ledger.conflict import EXIT_PERMIT
from ledger.consent import lacking
from ledger.event import CarriedOut
from ledger.finding import Breach, Force
from ledger.level import Level
from ledger.register.record import Entry
from ledger.regulation.compendium import ABROAD
from ledger.rule import Desk, rule

__all__ = ["RULES"]


def _machines(event: CarriedOut, desk: Desk) -> Iterator[tuple[Entry[Carrier], Level]]:
    """Notebooks and machines with a level, or that have held something with one."""
    if event.abroad:
        for entry in desk.entries(event.carriers):
            if isinstance(entry.thing, (Computer, Device, Notebook)):
                level = max((x for x in (entry.thing.level, entry.holds) if x), default=None)
                if level is not None:
                    yield entry, level


@rule(
    ABROAD["第一条"],
    Force.FORBIDS,
    "严禁把存有绝密级信息的计算机、设备、本册带出国（境）",
    on=CarriedOut,
    remedy="留在保密室；境外确需的，按规定由机要渠道解决。",
)
def top_secret_machines_stay_in_the_country(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """Nothing that holds 绝密 leaves the country."""
    for entry, level in _machines(event, desk):
        if level is Level.绝密:
            yield Breach(entry.number, "存有绝密级信息，要带出境")


@rule(
    ABROAD["第二条"],
    Force.FORBIDS,
    "不得擅自把机密、秘密级的机器、本册带出境：单位领导同意，再由保密行政管理部门批准",
    on=CarriedOut,
    remedy="报单位领导同意，取得保密行政管理部门的批准文件并填写文号。",
    note=EXIT_PERMIT,
)
def machines_go_abroad_with_both_consents(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """A classified machine goes abroad with the leader's approval and the bureau's paper."""
    for entry, level in _machines(event, desk):
        if level is Level.绝密:
            continue
        if fact := lacking(event.approvals, desk, "abroad", level):
            yield Breach(entry.number, fact)
        if not event.consent_no:
            yield Breach(entry.number, f"{level}级载体要带出境，没有批准文件")


RULES = (top_secret_machines_stay_in_the_country, machines_go_abroad_with_both_consents)
