"""IPP spoken directly: as much of RFC 8010 and 8011 as printing a file and following it takes."""

import getpass
import http.client
import socket
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from attrs import frozen

__all__ = ["Attributes", "NoAnswer", "Operation", "Reply", "Server", "encode", "parse"]

_VERSION: Final = b"\x01\x01"
_OPERATION, _JOB, _END = 0x01, 0x02, 0x03
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_GROUPS: Final = 0x0F
_BIGGEST_ANSWER: Final = 4_000_000

_TAGS: Final[Mapping[str, int]] = {
    "attributes-charset": _CHARSET,
    "attributes-natural-language": _LANGUAGE,
    "printer-uri": _URI,
    "job-uri": _URI,
    "job-id": _INTEGER,
    "requesting-user-name": _NAME,
    "job-name": _NAME,
    "document-format": _MIME,
    "requested-attributes": _KEYWORD,
    "media": _KEYWORD,
    "print-scaling": _KEYWORD,
    "sides": _KEYWORD,
    "copies": _INTEGER,
}
Value = str | int
Attributes = Mapping[str, Value | tuple[Value, ...]]


class NoAnswer(Exception):
    """Nobody answers there, or not in IPP; the message is a Chinese sentence."""


class Operation:
    """The numbers of the operations used."""

    PRINT_JOB: Final = 0x0002
    GET_JOB: Final = 0x0009
    GET_PRINTER: Final = 0x000B


@frozen
class Reply:
    """A status and every attribute that came with it."""

    status: int
    attributes: Mapping[str, tuple[Value, ...]]

    @property
    def good(self) -> bool:
        """Whether the request was carried out."""
        return self.status < 0x0100  # noqa: PLR2004 - RFC 8011: the first hundred are successes

    def first(self, name: str, default: Value = "") -> Value:
        """The first value of an attribute."""
        return next(iter(self.attributes.get(name, ())), default)


def _value(tag: int, value: Value) -> bytes:
    return struct.pack(">i", value) if tag in (_INTEGER, _ENUM) else str(value).encode()


def _group(tag: int, attributes: Attributes) -> Iterator[bytes]:
    yield bytes([tag])
    for name, given in attributes.items():
        values = given if isinstance(given, tuple) else (given,)
        key = name.encode()
        for value in values:
            data = _value(_TAGS[name], value)
            yield struct.pack(">BH", _TAGS[name], len(key)) + key
            yield struct.pack(">H", len(data)) + data
            key = b""


def encode(operation: int, about: Attributes, job: Attributes) -> bytes:
    """A request without its document."""
    first: Attributes = {"attributes-charset": "utf-8", "attributes-natural-language": "zh-cn"}
    parts = [_VERSION, struct.pack(">HI", operation, 1), *_group(_OPERATION, {**first, **about})]
    if job:
        parts += _group(_JOB, job)
    return b"".join((*parts, bytes([_END])))


def parse(data: bytes) -> Reply:
    """The reply these bytes are; raises ``NoAnswer`` for bytes that are none."""
    found: dict[str, list[Value]] = {}
    try:
        (status,) = struct.unpack_from(">H", data, 2)
        place, name = 8, ""
        while data[place] != _END:
            tag = data[place]
            place += 1
            if tag <= _GROUPS:
                continue
            key, place = _taken(data, place)
            raw, place = _taken(data, place)
            name = key.decode("utf-8", "replace") or name
            found.setdefault(name, []).append(_read(tag, raw))
    except (IndexError, struct.error):
        raise NoAnswer("对方的回答读不通，不像是打印机") from None
    return Reply(status, {name: tuple(values) for name, values in found.items()})


def _taken(data: bytes, place: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", data, place)
    end = place + 2 + length
    if end > len(data):
        raise IndexError
    return data[place + 2 : end], end


def _read(tag: int, raw: bytes) -> Value:
    if tag in (_INTEGER, _ENUM) and len(raw) == 4:  # noqa: PLR2004 - an IPP integer
        return int.from_bytes(raw, signed=True)
    if tag == _BOOLEAN:
        return int(raw != b"\x00")
    return raw.decode("utf-8", "replace")


class _LocalConnection(http.client.HTTPConnection):
    """HTTP through a socket file, as a print system on this machine offers it."""

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.host)


@frozen
class Server:
    """Where IPP is spoken: a host and port, or the path of a socket file."""

    host: str
    port: int = 631
    timeout: float = 15.0

    @classmethod
    def of(cls, uri: str) -> "Server":
        """The server of an ``ipp://`` address."""
        parts = urlsplit(uri)
        return cls(parts.hostname or "localhost", parts.port or 631)

    def ask(
        self,
        operation: int,
        uri: str,
        about: Attributes | None = None,
        job: Attributes | None = None,
        document: Iterable[bytes] = (),
    ) -> Reply:
        """Carry out an operation on a printer or job; raises ``NoAnswer``."""
        target = "job-uri" if "/jobs/" in uri else "printer-uri"
        who: Attributes = {target: uri, "requesting-user-name": getpass.getuser()}
        head = encode(operation, {**who, **(about or {})}, job or {})
        body = b"".join((head, *document))
        kind = _LocalConnection if self.host.startswith("/") else http.client.HTTPConnection
        line = kind(self.host, self.port, timeout=self.timeout)
        try:
            path = urlsplit(uri).path or "/"
            line.request("POST", path, body, {"Content-Type": "application/ipp"})
            answer = line.getresponse()
            data = answer.read(_BIGGEST_ANSWER)
        except (OSError, http.client.HTTPException):
            raise NoAnswer("打印机没有开机，或地址不对") from None
        finally:
            line.close()
        if answer.status != http.client.OK:
            raise NoAnswer(f"打印机拒绝了连接（{answer.status}）")
        return parse(data)
