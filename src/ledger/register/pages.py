"""Tables that share: what a base holds, and what has changed since.

A base is read page by page when somebody looks, and never changes; a change goes on top and
leaves the table before it as it was. So a register of a hundred thousand pages is a value, opens
at once, and an act costs what it changes.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar, cast, overload

from immutables import Map, MapMutation

__all__ = ["NOBODY", "Members", "Pages", "Working"]

V = TypeVar("V")
T = TypeVar("T")

_GONE: Final = object()
_MISSING: Final = object()


class _Table(Generic[V]):
    """What a table and a table in the making have in common: looking a page up."""

    __slots__ = ("_base", "_more", "_over")
    _base: Mapping[str, V]
    _over: "Map[str, Any] | MapMutation[str, Any]"
    _more: int
    """How many pages there are more than in the base, which need not be counted for it."""

    @overload
    def get(self, key: str, /) -> V | None: ...
    @overload
    def get(self, key: str, /, default: T) -> V | T: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        """The page under a key, or the default."""
        found = self._over.get(key, _MISSING)
        if found is _MISSING:
            return self._base.get(key, default)
        return default if found is _GONE else found

    def __getitem__(self, key: str) -> V:
        found = self.get(key, _MISSING)
        if found is _MISSING:
            raise KeyError(key)
        return cast(V, found)

    def __contains__(self, key: object) -> bool:
        found = self._over.get(cast(str, key), _MISSING)
        return key in self._base if found is _MISSING else found is not _GONE

    def __len__(self) -> int:
        return len(self._base) + self._more


class Pages(_Table[V], Mapping[str, V]):
    """An immutable table.

    >>> before = Pages({"甲": 1})
    >>> draft = before.working()
    >>> draft["乙"] = 2
    >>> dict(draft.finish()), dict(before)
    ({'甲': 1, '乙': 2}, {'甲': 1})
    """

    __slots__ = ()
    _over: "Map[str, Any]"

    def __init__(self, base: Mapping[str, V] | None = None) -> None:
        self._base = {} if base is None else base
        self._over = Map()
        self._more = 0

    def __iter__(self) -> Iterator[str]:
        yield from self.old()
        yield from self.new()

    def old(self) -> Iterator[str]:
        """The keys the base has and that are still there, in the base's order."""
        return (key for key in self._base if self._over.get(key) is not _GONE)

    def new(self) -> Iterator[str]:
        """The keys that came on top of the base, in no order."""
        over, base = self._over.items(), self._base
        return (key for key, page in over if page is not _GONE and key not in base)

    def working(self) -> "Working[V]":
        """A table to change, beginning as this one."""
        return Working(self)

    def _with(self, over: "Map[str, Any]", more: int) -> "Pages[V]":
        done = Pages[V].__new__(Pages)
        done._base, done._over, done._more = self._base, over, more
        return done


class Working(_Table[V]):
    """A table in the making; the one it began as stays as it was."""

    __slots__ = ("_start",)

    def __init__(self, start: Pages[V]) -> None:
        self._start = start
        self._base, self._over, self._more = start._base, start._over, start._more

    def __iter__(self) -> Iterator[str]:
        return iter(self.finish())

    def put(self, key: str, page: V | None) -> V | None:
        """Set a page, or take it out with ``None``; the page before it."""
        before: V | None = self.get(key)
        if isinstance(self._over, Map):
            self._over = self._over.mutate()
        self._over[key] = _GONE if page is None else page
        self._more += (page is not None) - (before is not None)
        return before

    def __setitem__(self, key: str, page: V) -> None:
        self.put(key, page)

    def finish(self) -> Pages[V]:
        """The table as it now stands."""
        if not isinstance(self._over, Map):
            self._over = self._over.finish()
            self._start = self._start._with(self._over, self._more)
        return self._start


class Members(Collection[str]):
    """An immutable set of numbers on a base that is not read before somebody looks."""

    __slots__ = ("_base", "_over")

    def __init__(self, base: Collection[str] = (), over: "Map[str, bool]" = Map()) -> None:  # noqa: B008 - immutable
        self._base, self._over = base, over

    def joined_by(self, number: str) -> "Members":
        """The set with one more number, which must not be in it."""
        return Members(self._base, self._over.set(number, True))  # noqa: FBT003

    def left_by(self, number: str) -> "Members":
        """The set without a number, which must be in it."""
        return Members(self._base, self._over.set(number, False))  # noqa: FBT003

    def __contains__(self, number: object) -> bool:
        here = self._over.get(cast(str, number))
        return number in self._base if here is None else here

    def __iter__(self) -> Iterator[str]:
        if not self._over:
            return iter(self._base)
        return self._all()

    def _all(self) -> Iterator[str]:
        yield from (number for number in self._base if number not in self._over)
        yield from (number for number, here in self._over.items() if here)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def __eq__(self, other: object) -> bool:
        return set(self) == set(other) if isinstance(other, Members) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


NOBODY: Final = Members()
"""The set with nothing in it."""
