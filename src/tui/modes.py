"""The screens that are reached by a digit, each made when it is first asked for."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from textual.screen import Screen

__all__ = ["MODES"]


def _today() -> Screen[Any]:
    from tui.screens.today import Today

    return Today()


def _counts() -> Screen[Any]:
    from tui.screens.counts import Counts

    return Counts()


def _labels() -> Screen[Any]:
    from tui.screens.labels import LabelQueue

    return LabelQueue()


def _requests() -> Screen[Any]:
    from tui.screens.requests import Requests

    return Requests()


def _register(name: str) -> Callable[[], Screen[Any]]:
    def make() -> Screen[Any]:
        from tui.registers import BY_ID as VIEWS
        from tui.screens.log import LogPage
        from tui.screens.register import RegisterPage

        view = VIEWS[name]
        return RegisterPage(view) if view.kinds else LogPage()

    return make


_REGISTERS: Final = ("papers", "media", "computers", "cabinets", "people", "units", "acts")

MODES: Final[Mapping[str, Callable[[], Screen[Any]]]] = {
    "today": _today,
    **{name: _register(name) for name in _REGISTERS},
    "counts": _counts,
    "labels": _labels,
    "requests": _requests,
}
"""What makes each, by the action that opens it."""
