"""后台核对: the rest of a long book is checked while the officer works."""

import subprocess
import sys
from threading import Thread

from ledger.room.room import Room

__all__ = ["Audit"]


class Audit:
    """A check of a room's whole chain, in a process of its own.

    ``lines`` is how many lines were found in order so far, ``fault`` what was found wrong.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._folder, self._hash = room.book.journal.folder, room.book.owner.hash
        self.total = room.book.journal.place.line
        self.lines = self.total if room.looked_over else 0
        self.fault = ""
        self._thread = Thread(target=self._run, daemon=True)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begin, unless everything was checked on opening."""
        if not self._room.looked_over:
            command = [sys.executable, "-m", "ledger.store.chain", str(self._folder), self._hash]
            self._process = subprocess.Popen(  # noqa: S603 - this program's own interpreter
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
            self._thread.start()

    def _run(self) -> None:
        if self._process is None or self._process.stdout is None:
            return
        with self._process.stdout as told:
            for line in told:
                word, _, rest = line.strip().partition(" ")
                if word == "lines":
                    self.lines = min(int(rest), self.total)
                elif word == "fault":
                    self.fault = rest
        if self._process.wait() and not self.fault:
            self.fault = "后台核对没有做完，请用 baomi verify 核验"

    @property
    def done(self) -> bool:
        """Whether it has come to its end."""
        return self._process is None or not self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for its end; whether it came."""
        if self._process is not None:
            self._thread.join(seconds)
        return self.done

    def stop(self) -> None:
        """Give it up."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    @property
    def line(self) -> str:
        """The state of the book in one line, as a screen shows it at its foot."""
        room = self._room
        place = room.book.journal.place
        said = f"账本{place.line}行，{len(room.acts)}笔，链首 {place.head[:20]}"
        if self.fault:
            return f"{said}，核对不符：{self.fault}"
        if self.done and self.lines >= self.total:
            return f"{said}，已全部核对"
        start = room.book.state.snapshot.place.line + 1
        return f"{said}，第{start}行起已核对，之前的正在后台核对（{self.lines}行）"
