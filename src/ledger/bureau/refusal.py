"""Why a bureau's command came to nothing; every message is a Chinese sentence."""

from ledger.trouble import Illegible, Inadmissible, Misuse

__all__ = ["InvalidQuestion", "NoAnswer", "NoEngine", "RefusedHandIn"]


class RefusedHandIn(Inadmissible):
    """A hand-in that was not taken, and why."""

    act: int | None = None
    """The number of the act that says so in the bureau's book, if there is one."""


class InvalidQuestion(Misuse, ValueError):
    """A question that is not there or not asked right."""


class NoEngine(Misuse):
    """An engine that is not installed or does not start."""


class NoAnswer(Illegible):
    """A question an engine could not answer."""
