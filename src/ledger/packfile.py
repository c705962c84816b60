"""Pack files: found beside the room or shipped, laid over those they inherit from, compared."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from ledger import trouble
from ledger.coverage import citations, sets
from ledger.pack import ACTS, LIMITS, InvalidPack, Pack
from ledger.pack.reading import merged
from ledger.regulation import Citation
from ledger.text import quoted

__all__ = ["Difference", "Setting", "differences", "load", "names", "settings"]

_DEEPEST: Final = 8
"""More packs than anybody lays over one another."""


@frozen
class _Own:
    """What one pack's own file says."""

    name: str
    data: Mapping[str, Any]


def names(folder: Path | None = None) -> tuple[str, ...]:
    """The packs there are: the shipped ones, then the room's own."""
    shipped = sorted(
        each.name.removesuffix(".toml")
        for each in (files("ledger") / "packs").iterdir()
        if each.name.endswith(".toml")
    )
    own = sorted(path.stem for path in (folder / "packs").glob("*.toml")) if folder else []
    return (*shipped, *(name for name in own if name not in shipped))


def load(name: str, folder: Path | None = None) -> Pack:
    """The rule pack of a name: the room's own if it has one, else the one that is shipped.

    Raises ``InvalidPack``.
    """
    chain = _chain(name, folder)
    whole: dict[str, Any] = {}
    for own in reversed(chain):
        whole = merged(whole, own.data)
    return evolve(Pack.of(whole), cites=_cites(chain))


def _cites(chain: list[_Own]) -> dict[str, Citation]:
    """Under which articles of the units' own sets the rules are broken, the nearest pack first."""
    found: dict[str, Citation] = {}
    for own in chain:
        if own.data.get("regulations") and own.name in sets():
            found = {**citations(own.name), **found}
    return found


def _chain(name: str, folder: Path | None) -> list[_Own]:
    """The pack's own table and those of the packs it inherits from, nearest first."""
    chain: list[_Own] = []
    below = False
    while name:
        if len(chain) >= _DEEPEST:
            raise InvalidPack(f"规章包“{chain[0].name}”的inherits绕了圈")
        data = _read(name, folder, shipped=below and chain[-1].name == name)
        parent = data.pop("inherits", "")
        if not isinstance(parent, str):
            raise InvalidPack(f"规章包“{name}”的inherits要写一个规章包的名字")
        chain.append(_Own(name, data))
        name, below = parent, True
    return chain


def _read(name: str, folder: Path | None, *, shipped: bool) -> dict[str, Any]:
    """One file's table; a pack that inherits from its own name means the shipped one."""
    own = folder / "packs" / f"{name}.toml" if folder and not shipped else None
    ours = files("ledger") / "packs" / f"{name}.toml"
    if "/" in name or "\\" in name or not (ours.is_file() or (own and own.is_file())):
        raise InvalidPack(f"没有名为{quoted(name)}的规章包，现有：{'、'.join(names(folder))}")
    try:
        text = own.read_text("utf-8") if own and own.is_file() else ours.read_text("utf-8")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidPack(f"规章包“{name}”读不通：{trouble.of_toml(error)}") from None
    except UnicodeDecodeError:
        raise InvalidPack(f"规章包“{name}”不是UTF-8编码的文本") from None


@frozen(kw_only=True)
class Setting:
    """One value of a pack as a person reads it, and which pack it comes from."""

    key: str
    label: str
    value: str
    source: str


def settings(name: str, folder: Path | None = None) -> Iterator[Setting]:
    """Every value of a pack, approvals first; raises as ``load`` does."""
    pack, chain = load(name, folder), _chain(name, folder)
    for act, label in ACTS.items():
        by_grade = pack.approvals.get(act, {})
        for grade, who in by_grade.items():
            shown = f"{label}（{grade}）" if grade else label
            source = _source(chain, "approvals", act)
            yield Setting(
                key=f"{act}.{grade or '其他'}", label=shown, value=str(who), source=source
            )
    for key, limit in LIMITS.items():
        value = _shown(getattr(pack, key), limit.unit)
        yield Setting(key=key, label=limit.label, value=value, source=_source(chain, key))


def _source(chain: list[_Own], key: str, part: str = "") -> str:
    for own in chain:
        if key in own.data and (not part or part in own.data[key]):
            return own.name
    return "默认"


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "、".join(f"{key}{number:g}{unit}" for key, number in value.items()) or "不限"
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "无"
    if isinstance(value, (int, float)):
        return f"{value:g}{unit}"
    return {None: "无", "": "不限", "latest": "最晚到期日", "years": "最长年限"}.get(
        value, str(value)
    )


@frozen(kw_only=True)
class Difference:
    """One value that two packs set differently; blank where one says nothing."""

    label: str
    one: str
    other: str


def differences(one: str, other: str, folder: Path | None = None) -> Iterator[Difference]:
    """Where two packs differ; raises as ``load`` does."""
    left = {each.key: each for each in settings(one, folder)}
    right = {each.key: each for each in settings(other, folder)}
    for key in dict.fromkeys((*left, *right)):
        here, there = left.get(key), right.get(key)
        values = (here.value if here else "", there.value if there else "")
        if values[0] != values[1]:
            label = (here or there).label  # type: ignore[union-attr]
            yield Difference(label=label, one=values[0], other=values[1])
