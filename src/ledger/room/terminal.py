"""终端: where somebody sits, in words another officer would recognise."""

import os
import socket
import sys

__all__ = ["terminal"]


def terminal() -> str:
    """The machine, the terminal on it if there is one, and the process."""
    try:
        line = os.ttyname(sys.stdin.fileno()).removeprefix("/dev/")
    except (OSError, ValueError, AttributeError):
        line = ""
    return " ".join(filter(None, (socket.gethostname(), line, f"进程{os.getpid()}")))
