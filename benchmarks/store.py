"""The store alone beside a bare file, SQLite and stock TinyDB.

``python benchmarks/store.py`` prints a line for each operation and size. All peers do the same
in turn, operation by operation, and every figure is a median, because absolute times of a shared
machine mean little. ``--sizes`` takes other numbers of documents, ``--folder`` another disk.
"""

import argparse
import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter

from peers import Ledger, Peer, Raw, Sqlite, interleaved, ledger, stock, tell

_MAKE = {"ledger": ledger, "raw": Raw, "sqlite": Sqlite, "stock": stock}
_NEW = count(1_000_000)
"""Numbers nobody has had yet."""


def importing(folder: Path, size: int, rounds: int) -> None:
    """All documents in one transaction into an empty database."""
    spent: dict[str, list[float]] = {name: [] for name in _MAKE}
    for turn in range(rounds):
        for name, make in _MAKE.items():
            place = folder / f"{name}{turn}"
            place.mkdir()
            peer = make(place)
            start = perf_counter()
            peer.bulk(range(1, size + 1))
            spent[name].append(perf_counter() - start)
            shutil.rmtree(place)
    middle = rounds // 2
    tell(f"import of {size:,} at once", {k: sorted(v)[middle] for k, v in spent.items()})


def operations(folder: Path, size: int, rounds: int) -> None:
    """Single operations on a database of some size: what was just imported, and read off disk."""
    raw, sqlite, ours, theirs = Raw(folder), Sqlite(folder), ledger(folder), stock(folder)
    for peer in (sqlite, ours, theirs):
        peer.bulk(range(1, size + 1))
    sqlite.settle()
    peers = {"ledger": ours, "raw": raw, "sqlite": sqlite}
    slow = _medians({"stock": theirs}, size, max(3, min(rounds, 100_000 // size)))
    for what, medians in _medians(peers, size, rounds).items():
        tell(f"{what}, {size:,} just imported", medians | slow[what])
    sqlite.settle()
    peers["ledger"] = _reopened(ours, folder)
    for what, medians in _medians(peers, size, rounds).items():
        tell(f"{what}, {size:,} read off disk", medians)


def _medians(
    peers: Mapping[str, Peer | Raw], size: int, rounds: int
) -> dict[str, dict[str, float]]:
    """Each operation, the peers taking turns."""
    reading = {name: peer for name, peer in peers.items() if isinstance(peer, Peer)}
    numbers = [1 + turn * max(size // (rounds + 1), 1) % size for turn in range(rounds)]
    new = [next(_NEW) for _ in range(rounds)]
    return {
        "insert": interleaved({name: peer.insert for name, peer in peers.items()}, new),
        "carrier and event": interleaved({n: peer.update for n, peer in peers.items()}, numbers),
        "get by number": interleaved({name: peer.get for name, peer in reading.items()}, numbers),
        "indexed search": interleaved({n: peer.search for n, peer in reading.items()}, numbers),
    }


def _reopened(ours: Ledger, folder: Path) -> Ledger:
    """Ours with its registers written anew, opened again."""
    book = ours.db.storage.book
    with book.writing():
        book.compact()
    book.close()
    return ledger(folder)


def main() -> None:
    """Run every measurement and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--imports", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = Path(mkdtemp(dir=options.folder))
    try:
        for size in options.sizes:
            (folder / str(size)).mkdir()
            operations(folder / str(size), size, options.rounds)
            importing(folder, size, options.imports)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
