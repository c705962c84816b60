"""Slips at the machines: data, media, phones and networks brought together that may not meet."""

from ledger.carrier import Medium, Network
from ledger.demonstration.year.machines import BUREAU, fetch, fit_for, machines
from ledger.demonstration.year.papers import make
from ledger.demonstration.year.slips.slipping import slips_against
from ledger.demonstration.year.stage import APPROVED, Stage
from ledger.level import Level


def _classified(stage: Stage) -> str:
    return stage.pick(fit_for(stage, Level.机密))


def _internet(stage: Stage) -> str:
    return stage.pick(machines(stage, Network.INTERNET)).number


@slips_against("internal_computer_keeps_to_its_kind")
def secret_on_an_internal_computer(stage: Stage) -> bool:
    """A secret is written on an internal computer."""
    number = stage.pick(machines(stage, Network.INTERNAL)).number
    stage.slip("internal_computer_keeps_to_its_kind", "processed", computer=number, level="秘密")
    return True


@slips_against("internet_computer_sees_nothing_closed")
def work_secret_on_the_internet(stage: Stage) -> bool:
    """A work secret is written on a computer of the internet."""
    stage.slip(
        "internet_computer_sees_nothing_closed",
        "processed",
        computer=_internet(stage),
        sensitivity="工作秘密",
    )
    return True


@slips_against("classified_medium_stays_off_the_internet")
def medium_on_the_internet(stage: Stage) -> bool:
    """A classified drive is plugged into a computer of the internet."""
    found = stage.shelved(Medium, Level.秘密)
    if found:
        stage.slip(
            "classified_medium_stays_off_the_internet",
            "plugged",
            item=stage.pick(found),
            computer=_internet(stage),
        )
    return bool(found)


@slips_against("plain_medium_holds_no_secret")
def secret_on_a_plain_drive(stage: Stage) -> bool:
    """A secret is copied to an ordinary drive, which is good for nothing afterwards."""
    number = stage.pick(stage.media(None))
    stage.slip(
        "plain_medium_holds_no_secret",
        "written",
        medium=number,
        level="秘密",
        approvals=APPROVED,
    )
    stage.do(
        "destroyed",
        carriers=number,
        witnesses=f"{stage.officer}、{stage.pick(stage.staff(Level.绝密)[1:]).name}",
        method="送销毁",
        place=BUREAU,
        counted=1,
        approvals=APPROVED,
    )
    return True


@slips_against("plain_medium_stays_out_of_classified")
def plain_drive_in_a_classified_computer(stage: Stage) -> bool:
    """An ordinary drive is plugged into a classified computer."""
    stage.slip(
        "plain_medium_stays_out_of_classified",
        "plugged",
        item=stage.pick(stage.media(None)),
        computer=_classified(stage),
    )
    return True


@slips_against("phones_stay_off_closed_computers")
def phone_charged(stage: Stage) -> bool:
    """A phone is charged at a classified computer."""
    person = stage.pick(stage.staff(Level.秘密)).name
    stage.slip(
        "phones_stay_off_closed_computers",
        "phone_plugged",
        person=person,
        computer=_classified(stage),
    )
    return True


@slips_against("classified_computers_stay_off_public_networks")
def classified_computer_online(stage: Stage) -> bool:
    """A classified computer is connected to the internet."""
    stage.slip(
        "classified_computers_stay_off_public_networks",
        "networked",
        computer=_classified(stage),
        network="互联网",
    )
    return True


@slips_against("confidential_password_is_long_enough")
def short_password(stage: Stage) -> bool:
    """A computer for 机密 is given a password of six."""
    found = [
        entry.number
        for entry in machines(stage, Network.CLASSIFIED)
        if entry.thing.level is Level.机密
    ]
    number = stage.pick(found)
    stage.slip(
        "confidential_password_is_long_enough",
        "password_set",
        computer=number,
        length=6,
        classes=2,
    )
    stage.do("password_set", computer=number, length=12, classes=3)
    return True


@slips_against("repaired_by_a_designated_firm")
def repaired_anywhere(stage: Stage) -> bool:
    """A classified computer is given to a shop round the corner."""
    number = _classified(stage)
    stage.slip(
        "repaired_by_a_designated_firm",
        "sent_for_repair",
        carrier=number,
        to="街口电脑店",
        storage_removed="是",
        approvals=APPROVED,
    )
    stage.later(2, lambda s: fetch(s, number))
    return True


@slips_against("made_off_the_public_network")
def made_on_the_internet(stage: Stage) -> bool:
    """A secret paper is written on a computer of the internet."""
    make(stage, computer=_internet(stage), rule="made_off_the_public_network")
    return True


@slips_against("classified_machines_are_never_passed_on")
def computer_given_away(stage: Stage) -> bool:
    """A classified computer is given to somebody else."""
    number = stage.pick(fit_for(stage, Level.秘密))
    stage.slip(
        "classified_machines_are_never_passed_on",
        "disposed",
        carrier=number,
        way="赠送",
        to="城区分局",
        filed_no="销备100",
        treated="是",
        disk_to="市保密局",
        approvals=APPROVED,
    )
    return True
