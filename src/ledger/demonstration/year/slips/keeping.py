"""Slips with papers and media that are kept: shelved, destroyed, made and lent where they may not be."""

from datetime import timedelta

from ledger.carrier import Medium, Paper
from ledger.demonstration.year.machines import put_away
from ledger.demonstration.year.slips.slipping import slips_against
from ledger.demonstration.year.stage import APPROVED, UNIT, Stage
from ledger.level import Level


@slips_against("cabinet_may_hold_it")
def shelved_too_low(stage: Stage) -> bool:
    """绝密 is put into a cabinet for 秘密."""
    found = stage.shelved(Paper, Level.绝密)
    if found:
        number = stage.pick(found)
        stage.slip("cabinet_may_hold_it", "stored", carriers=number, cabinet="G-05")
        stage.later(1, lambda s: put_away(s, number))
    return bool(found)


@slips_against("kept_apart")
def shelved_together(stage: Stage) -> bool:
    """A plain paper is put among the secrets."""
    found = stage.shelved(Paper, None)
    if found:
        number = stage.pick(found)
        stage.slip("kept_apart", "stored", carriers=number, cabinet="G-02", compartment="2")
        put_away(stage, number)
    return bool(found)


@slips_against("destroyed_by_two_with_the_officer")
def destroyed_alone(stage: Stage) -> bool:
    """A paper is destroyed and only one looks on."""
    found = [n for n in stage.shelved(Paper, Level.秘密) if stage.text_of(n).issuer == UNIT]
    if found:
        stage.slip(
            "destroyed_by_two_with_the_officer",
            "destroyed",
            carriers=stage.pick(found),
            witnesses=stage.officer,
            method="粉碎",
            counted=1,
            scrap_mm2=1.5,
            approvals=APPROVED,
        )
    return bool(found)


@slips_against("scraps_are_small_enough")
def scraps_too_large(stage: Stage) -> bool:
    """A paper is put through a shredder that cuts too coarsely."""
    found = [n for n in stage.shelved(Paper, Level.秘密) if stage.text_of(n).issuer == UNIT]
    if found:
        other = stage.pick([p for p in stage.staff(Level.绝密) if p.name != stage.officer])
        stage.slip(
            "scraps_are_small_enough",
            "destroyed",
            carriers=stage.pick(found),
            witnesses=f"{stage.officer}、{other.name}",
            method="粉碎",
            counted=1,
            scrap_mm2=30,
            approvals=APPROVED,
        )
    return bool(found)


@slips_against("media_are_not_lent_outside")
def lent_outside(stage: Stage) -> bool:
    """A classified medium is lent to another unit."""
    found = stage.shelved(Medium, Level.秘密)
    if found:
        number = stage.pick(found)
        stage.slip(
            "media_are_not_lent_outside",
            "lent",
            carrier=number,
            to="城区分局",
            due=str(stage.on + timedelta(days=9)),
            approvals=APPROVED,
        )
        stage.do("returned", carrier=number)
        put_away(stage, number)
    return bool(found)


@slips_against("media_are_taken_out_with_approval")
def medium_taken_out(stage: Stage) -> bool:
    """Somebody takes a medium along and nobody was asked."""
    found = stage.shelved(Medium, Level.秘密)
    if found:
        number = stage.pick(found)
        stage.slip(
            "media_are_taken_out_with_approval",
            "carried_out",
            carriers=number,
            bearers=stage.staff(Level.机密)[-1].name,
            destination="示范省厅",
            due=str(stage.on + timedelta(days=9)),
            measures="密码箱",
        )
        stage.do("brought_back", carriers=number)
        put_away(stage, number)
    return bool(found)
