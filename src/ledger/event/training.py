"""Secrecy education: who learned what, for how long."""

from attrs import frozen

from ledger.number import PersonRef

__all__ = ["Trained", "TrainingEvent"]


@frozen(kw_only=True)
class Trained:
    """培训: an education activity was held or attended (宣传教育制度)."""

    attendees: tuple[PersonRef, ...]
    hours: float
    """How many hours each of those present is credited with."""
    topics: tuple[str, ...] = ()
    """Which of the ten contents of 第五条 it had."""
    form: str = "讲座"
    """Which of the eight forms of 第六条 it took; 行前教育 before a journey abroad."""
    absent: tuple[PersonRef, ...] = ()
    before_post: bool = False
    """Whether it prepared those present for a key post they have not taken yet."""
    lecturer: str = ""
    content: str = ""


TrainingEvent = Trained
