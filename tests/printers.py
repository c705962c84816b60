"""Printers on loopback for the tests: scripted ones that answer as real ones do, and real ones."""

import contextlib
import os
import pty
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time
import tty
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ledger.printing.ipp import parse

GOOD = {
    "document-format-supported": ("application/pdf", "image/pwg-raster"),
    "media-supported": ("iso_a4_210x297mm", "na_letter_8.5x11in"),
}
KEYWORD, INTEGER, ENUM, TEXT = 0x44, 0x21, 0x23, 0x41


def reply(status=0, **attributes):
    """An IPP reply as a printer writes one; underscores stand for hyphens."""
    parts = [struct.pack(">BBHI", 1, 1, status, 1), b"\x01"]
    for name, values in attributes.items():
        key = name.replace("_", "-").encode()
        for value in values if isinstance(values, tuple) else (values,):
            tag = INTEGER if isinstance(value, int) else KEYWORD
            data = struct.pack(">i", value) if isinstance(value, int) else value.encode()
            parts += [struct.pack(">BH", tag, len(key)), key, struct.pack(">H", len(data)), data]
            key = b""
    return b"".join((*parts, b"\x03"))


class IppPrinter:
    """An IPP printer that answers each operation from a list, the last answer for ever."""

    def __init__(self, **answers):
        self.answers = {
            "printer": [reply(**{key.replace("-", "_"): value for key, value in GOOD.items()})],
            "print": [reply(job_id=7)],
            "job": [reply(job_state=9)],
        } | answers
        self.asked, self.documents = [], []
        printer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = printer.answer(body)
                self.send_response(200 if answer is not None else 403)
                self.end_headers()
                self.wfile.write(answer or b"")

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.uri = f"ipp://127.0.0.1:{self.server.server_port}/ipp/print"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, body):
        (operation,) = struct.unpack_from(">H", body, 2)
        what = {0x02: "print", 0x09: "job", 0x0B: "printer"}[operation]
        self.asked.append((what, parse(body).attributes))
        if what == "print":
            self.documents.append(body[body.index(b"%PDF") :])
        answers = self.answers[what]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def zpl_status(*, out=0, paused=0, formats=0, head=0, ribbon=0, left=0):
    """What a ZPL printer answers to ~HS."""
    lines = (
        f"030,{out},{paused},0812,{formats:03},0,0,0,000,0,0,0",
        f"001,0,{head},{ribbon},1,2,6,0,{left:08},1,000",
        "1234,0",
    )
    return b"".join(b"\x02" + line.encode() + b"\x03\r\n" for line in lines)


class RollPrinter:
    """A label printer: takes labels on a network port or a device and tells how it is."""

    QUESTIONS = (b"~HS\n", b"\x1b!?")

    def __init__(self, answers, *, device=False, deaf_after=None):
        self.answers, self.deaf_after = list(answers), deaf_after
        self.printed = b""
        if device:
            self.master, self.slave = pty.openpty()
            tty.setraw(self.slave)
            self.target = f"device:{os.ttyname(self.slave)}"
            serve = self._device
        else:
            self.port = socket.create_server(("127.0.0.1", 0))
            self.target = f"socket://127.0.0.1:{self.port.getsockname()[1]}"
            serve = self._port
        self.thread = threading.Thread(target=serve, daemon=True)
        self.thread.start()

    def _port(self):
        with contextlib.suppress(OSError):
            line, _ = self.port.accept()
            with line:
                while data := line.recv(65536):
                    self._hear(data, line.sendall)
                    if self.deaf_after is not None and len(self.printed) > self.deaf_after:
                        line.setsockopt(
                            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                        )
                        return

    def _device(self):
        with contextlib.suppress(OSError):
            while data := os.read(self.master, 65536):
                self._hear(data, lambda answer: os.write(self.master, answer))

    def _hear(self, data, say):
        for question in self.QUESTIONS:
            while question in data:
                data = data.replace(question, b"", 1)
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if answer:
                    say(answer)
        self.printed += data

    def close(self):
        if hasattr(self, "port"):
            self.port.close()
        else:
            os.close(self.slave)
            os.close(self.master)
        self.thread.join(timeout=5)


PROGRAMS = ("dbus-daemon", "avahi-daemon", "ippeveprinter", "cupsd", "lpadmin", "lp")


def missing_programs():
    """The programs a real print system needs and this machine lacks."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/>
<allow own="*"/><allow user="*"/></policy></busconfig>
"""
_AVAHI = """\
[server]
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
[publish]
publish-hinfo=no
publish-workstation=no
[wide-area]
enable-wide-area=no
"""
_CUPSD = """\
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobFiles No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_CUPS_FILES = """\
ServerRoot {folder}/cups
CacheDir {folder}/cups/cache
RequestRoot {folder}/cups/spool
StateDir {folder}/cups/state
TempDir {folder}/cups/tmp
AccessLog {folder}/cups/access_log
ErrorLog {folder}/cups/error_log
PageLog {folder}/cups/page_log
FileDevice Yes
User lp
Group lp
SystemGroup root
"""


def free_port():
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


class PrintSystem:
    """A CUPS server and an IPP printer behind it, both real, on loopback, in a folder of their own."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.chmod(0o755)
        self.printer_port, self.port = free_port(), free_port()
        self.uri = f"ipp://localhost:{self.printer_port}/ipp/print"
        self.got = self.folder / "got"
        self.got.mkdir()
        for part in ("cache", "spool", "state", "tmp"):
            (self.folder / "cups" / part).mkdir(parents=True)
        self.environment = {
            **os.environ,
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/bus",
            "CUPS_SERVER": f"127.0.0.1:{self.port}",
        }
        self.running = {}
        self._start(
            "dbus-daemon", "--config-file", self._file("bus.conf", _BUS), "--nofork", "--nopidfile"
        )
        self._until((self.folder / "bus").exists)
        switches = ("--no-drop-root", "--no-chroot", "--no-rlimits")
        self._start("avahi-daemon", "-f", self._file("avahi.conf", _AVAHI), *switches)
        time.sleep(1)
        self.switch_on()
        subprocess.run(["chown", "-R", "lp:lp", self.folder / "cups"], check=True)
        conf, files = self._file("cupsd.conf", _CUPSD), self._file("cups-files.conf", _CUPS_FILES)
        self._start("cupsd", "-f", "-c", conf, "-s", files)
        self._until(lambda: self._answers(self.port))

    def _file(self, name, text):
        path = self.folder / name
        path.write_text(text.format(folder=self.folder, port=self.port), "utf-8")
        return str(path)

    def _start(self, *words):
        log = (self.folder / f"{words[0]}.log").open("ab")
        with log:
            self.running[words[0]] = subprocess.Popen(
                words, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    @staticmethod
    def _until(ready):
        for _ in range(100):
            if ready():
                return
            time.sleep(0.1)
        raise TimeoutError

    @staticmethod
    def _answers(port):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        return False

    def switch_on(self):
        """The printer is on."""
        formats = "application/pdf,image/pwg-raster,image/urf"
        at = ("-p", str(self.printer_port), "-n", "localhost", "-r", "off")
        self._start("ippeveprinter", *at, "-d", str(self.got), "-k", "-f", formats, "LabelTest")
        self._until(lambda: self._answers(self.printer_port))

    def switch_off(self):
        """The printer is off."""
        self._stop("ippeveprinter")

    def queue(self, name):
        """A queue of the print system for the printer, made as an administrator would."""
        words = ["lpadmin", "-p", name, "-E", "-v", self.uri, "-m", "everywhere"]
        subprocess.run(words, env=self.environment, check=True, capture_output=True)

    def raw_queue(self, name, target):
        """A queue that passes on what it gets."""
        words = ["lpadmin", "-p", name, "-E", "-v", target, "-m", "raw"]
        subprocess.run(words, env=self.environment, check=True, capture_output=True)

    def _stop(self, name):
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def close(self):
        """Everything that was started is stopped, the last first."""
        for name in reversed(list(self.running)):
            self._stop(name)
