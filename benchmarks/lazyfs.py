"""Power cuts on a real file system: what was acknowledged is there, cut after cut.

LazyFS (https://github.com/dsrhaslab/lazyfs) is a file system in user space that keeps what was not
synced in a cache of its own and can be told to forget it. Build it as its own page says, then

    python benchmarks/lazyfs.py path/to/lazyfs/build/lazyfs --cuts 200

A program records acts into a room on it and says each number once ``record`` has returned; it is
killed at a random moment, the cache is forgotten, and the room is opened: every number that was said
is in the book, and the book verifies. ``--unsynced`` runs the same with syncing switched off, which has
to lose acts, or the cuts prove nothing. Needs Linux, root or ``user_allow_other``, ``/dev/fuse``.
"""

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger import Level, Medium, Registered
from ledger.room import Room
from ledger.room.verification import verify

WRITER = """
import os, sys
if sys.argv[2] == "unsynced":
    os.fsync = os.fdatasync = lambda _: None
from ledger import Medium, Registered
from ledger.room import Room
room = Room.open(sys.argv[1])
n = 0
while True:
    n += 1
    if n % 50 == 0:
        with room.writing():
            room.book.compact()
    print(room.record(Registered(thing=Medium(serial=f"{os.getpid()}-{n}"))).number, flush=True)
"""
CONFIG = """
[faults]
fifo_path="{folder}/faults"
fifo_path_completed="{folder}/completed"
[cache]
apply_eviction=false
[cache.simple]
custom_size="0.25GB"
blocks_per_page=1
[filesystem]
log_all_operations=false
logfile="{folder}/lazyfs.log"
"""


class Mounted:
    """A folder on LazyFS, whose power can be cut."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self.folder = folder
        self.mount, self.root = folder / "mount", folder / "root"
        for path in (self.mount, self.root):
            path.mkdir()
        for name in ("faults", "completed"):
            os.mkfifo(folder / name)
        (folder / "config.toml").write_text(CONFIG.format(folder=folder))
        words = [str(binary), str(self.mount), "--config-path", str(folder / "config.toml")]
        options = ["allow_other", "modules=subdir", f"subdir={self.root}"]
        self.process = subprocess.Popen(
            [*words, *(word for option in options for word in ("-o", option)), "-f"]
        )
        for _ in range(100):
            if os.path.ismount(self.mount):
                return
            time.sleep(0.1)
        raise SystemExit("LazyFS did not mount; see its log")

    def forget(self) -> None:
        """What was not synced is gone."""
        with (self.folder / "faults").open("w") as faults:
            faults.write("lazyfs::clear-cache\n")
        with (self.folder / "completed").open() as completed:
            completed.readline()

    def close(self) -> None:
        """Unmount it."""
        subprocess.run(["fusermount3", "-uz", str(self.mount)], check=False)
        self.process.terminate()
        self.process.wait()


@contextlib.contextmanager
def mounted(binary: Path) -> Iterator[Mounted]:
    """A folder on LazyFS for a while."""
    with TemporaryDirectory() as folder:
        lazy = Mounted(binary, Path(folder))
        try:
            yield lazy
        finally:
            lazy.close()


def written_until_cut(room: Path, *, synced: bool, chance: random.Random) -> list[str]:
    """The numbers that a writer said before it was killed."""
    command = [sys.executable, "-c", WRITER, str(room), "synced" if synced else "unsynced"]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    time.sleep(0.4 + chance.random())
    writer.send_signal(signal.SIGKILL)
    said = writer.communicate()[0].split("\n")
    return said[:-1]


def main() -> int:
    """Cut as often as asked, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=Path)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--unsynced", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, acknowledged, lost, faults = random.Random(options.seed), 0, 0, 0
    with mounted(options.binary) as lazy:
        room = lazy.mount / "room"
        with Room.create(room, unit="示范局", level=Level.机密) as opened:
            opened.record(Registered(thing=Medium(serial="A")))
        os.sync()
        for cut in range(options.cuts):
            said = written_until_cut(room, synced=not options.unsynced, chance=chance)
            lazy.forget()
            acknowledged += len(said)
            try:
                with Room.open(room) as opened:
                    lost += sum(number not in opened.register.carriers for number in said)
                    faults += bool(verify(opened).faults)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is counted
                print(f"cut {cut + 1}: {error}")
                faults += 1
                if options.unsynced:
                    break
    print(f"{options.cuts} cuts, {acknowledged} acts acknowledged, {lost} lost, {faults} not whole")
    return bool(lost or faults) != options.unsynced


if __name__ == "__main__":
    sys.exit(main())
