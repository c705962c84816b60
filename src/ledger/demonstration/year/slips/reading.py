"""Slips with papers on their way from hand to hand: read, lent, copied, sent and carried out."""

from collections.abc import Callable
from datetime import timedelta

from ledger.carrier import Paper
from ledger.demonstration.year.machines import fetch, put_away
from ledger.demonstration.year.papers import make, take_back
from ledger.demonstration.year.slips.slipping import slips_against
from ledger.demonstration.year.stage import UNIT, Stage
from ledger.level import Level
from ledger.place import WithPerson


def _paper(stage: Stage, level: Level, fit: Callable[[str], object] = bool) -> str | None:
    """A paper of a level that lies in its cabinet."""
    found = [n for n in stage.shelved(Paper, level) if stage.askers(n) and fit(n)]
    return stage.pick(found) if found else None


def _own(stage: Stage) -> str | None:
    return _paper(stage, Level.秘密, lambda n: stage.text_of(n).issuer == UNIT)


@slips_against("reader_is_in_the_circle")
def outside_the_circle(stage: Stage) -> bool:
    """Somebody is given a paper that was not meant for him."""
    number = _paper(stage, Level.秘密)
    if number is None:
        return False
    circle = stage.readers(number)
    others = [p.name for p in stage.staff(Level.秘密) if p.name not in circle]
    stage.slip(
        "reader_is_in_the_circle",
        "circulated",
        carrier=number,
        reader=stage.pick(others),
        place="办公室",
    )
    stage.later(2, lambda s: take_back(s, number))
    return True


@slips_against("never_from_reader_to_reader")
def from_hand_to_hand(stage: Stage) -> bool:
    """A reader passes a paper on to the next."""
    for entry in stage.register.open_carriers():
        custody = entry.custody
        if isinstance(entry.thing, Paper) and isinstance(custody, WithPerson):
            holder = stage.register.people[custody.person].name
            others = [name for name in stage.readers(entry.number) if name != holder]
            if custody.purpose == "传阅" and others and not stage.neglected(entry.number):
                stage.slip(
                    "never_from_reader_to_reader",
                    "circulated",
                    carrier=entry.number,
                    reader=others[0],
                    place="办公室",
                )
                return True
    return False


@slips_against("top_secret_is_read_in_the_room")
def top_secret_at_the_desk(stage: Stage) -> bool:
    """绝密 is read at somebody's desk."""
    number = _paper(stage, Level.绝密)
    if number is None:
        return False
    stage.slip(
        "top_secret_is_read_in_the_room",
        "circulated",
        carrier=number,
        reader=stage.readers(number)[0],
        place="办公室",
    )
    take_back(stage, number)
    return True


@slips_against("lent_with_approval")
def lent_without_leave(stage: Stage) -> bool:
    """A paper is lent and nobody was asked."""
    number = _paper(stage, Level.机密)
    if number is None:
        return False
    due = str(stage.on + timedelta(days=14))
    stage.slip(
        "lent_with_approval", "lent", carrier=number, to=stage.pick(stage.askers(number)), due=due
    )
    stage.later(3, lambda s: take_back(s, number))
    return True


@slips_against("copied_where_the_issuer_permits")
def copied_without_leave(stage: Stage) -> bool:
    """A paper is copied and nobody was asked."""
    number = _paper(stage, Level.机密, lambda n: stage.text_of(n).copy_allowed)
    if number is None:
        return False
    copied = stage.slip(
        "copied_where_the_issuer_permits",
        "copied",
        original=number,
        copies=1,
        purpose="会议",
        receiver=stage.pick(stage.askers(number)),
        machine="SB-0001",
    )
    stage.later(2, lambda s: take_back(s, copied.numbers[0]))
    return True


@slips_against("no_excerpt_without_approval")
def excerpted_without_leave(stage: Stage) -> bool:
    """Somebody writes down what he has read."""
    number = _paper(stage, Level.机密)
    if number is not None:
        made = stage.slip("no_excerpt_without_approval", "excerpted", source=number, title="要点")
        put_away(stage, made.numbers[0])
    return number is not None


@slips_against("every_issuer_agreed")
def compiled_without_leave(stage: Stage) -> bool:
    """Papers of others are put together and nobody was asked."""
    found = [n for n in stage.shelved(Paper, Level.秘密) if stage.text_of(n).issuer != UNIT]
    parts = next(
        (
            (one, other)
            for one in found
            for other in found
            if stage.text_of(one) != stage.text_of(other)
            and set(stage.readers(one)) & set(stage.readers(other))
        ),
        None,
    )
    if parts is not None:
        made = stage.slip("every_issuer_agreed", "compiled", parts="、".join(parts), title="汇编")
        put_away(stage, made.numbers[0])
    return parts is not None


@slips_against("sent_by_a_safe_channel")
def sent_by_courier(stage: Stage) -> bool:
    """A paper is given to a parcel service."""
    number = _own(stage)
    if number is not None:
        stage.slip(
            "sent_by_a_safe_channel", "dispatched", carriers=number, to="城区分局", channel="快递"
        )
    return number is not None


@slips_against("never_in_clear")
def sent_by_fax(stage: Stage) -> bool:
    """A paper is sent by ordinary fax."""
    number = _own(stage)
    if number is not None:
        stage.slip("never_in_clear", "dispatched", carriers=number, to="开发区分局", channel="传真")
    return number is not None


@slips_against("papers_are_taken_out_with_approval")
def taken_out_without_leave(stage: Stage) -> bool:
    """Somebody takes a paper along and nobody was asked."""
    number = _paper(stage, Level.机密)
    if number is None:
        return False
    stage.slip(
        "papers_are_taken_out_with_approval",
        "carried_out",
        carriers=number,
        bearers=stage.pick(stage.askers(number)),
        destination="示范省厅",
        due=str(stage.on + timedelta(days=10)),
        measures="密码箱",
    )
    stage.later(2, lambda s: fetch(s, number))
    return True


@slips_against("exactly_the_approved_number")
def one_copy_too_many(stage: Stage) -> bool:
    """More is printed than was approved."""
    make(stage, copies=3, rule="exactly_the_approved_number")
    return True
