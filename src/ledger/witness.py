"""Checks an evidence bundle with Python alone: python3 check.py [folder].

It is put into every bundle as it stands here, so that whoever gets one needs neither this program
nor a library. Each line states the digest of the line before it and of itself (SM3 or SHA-256),
and is signed (Ed25519) by the operator it names; the lines that made him one are in the bundle.
What it cannot see is whether lines were left out: the head on paper is for that.
"""

import hashlib
import json
import re
import sys
import zlib
from pathlib import Path

__all__ = ["examine", "genuine", "main", "sm3"]

_LINE = re.compile(
    rb'(.*?)(?:,"sig":"([0-9a-f]{128})")?,"crc":"([0-9a-f]{8})","h":"([0-9a-f]{64})"\}\n', re.DOTALL
)
_WORD = 0xFFFFFFFF


def _turn(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & _WORD


def _mix(word: int, one: int, other: int) -> int:
    return word ^ _turn(word, one) ^ _turn(word, other)


def sm3(said: bytes) -> str:
    """The SM3 digest of some bytes (GB/T 32905-2016), in hexadecimal.

    >>> sm3(b"abc")[:16]
    '66c7f0f462eeedd9'
    """
    state = [
        *(0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600),
        *(0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E),
    ]
    padded = said + b"\x80" + bytes(-(len(said) + 9) % 64) + (8 * len(said)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        after = _compressed(state, padded[start : start + 64])
        state = [old ^ new for old, new in zip(state, after, strict=True)]
    return "".join(f"{word:08x}" for word in state)


def _compressed(state: list[int], block: bytes) -> list[int]:
    w = [int.from_bytes(block[place : place + 4], "big") for place in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = _mix(w[j - 16] ^ w[j - 9] ^ _turn(w[j - 3], 15), 15, 23)
        w.append(mixed ^ _turn(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        late = j > 15  # noqa: PLR2004 - the standard's own number
        constant = _turn(0x7A879D8A if late else 0x79CC4519, j)
        one = _turn((_turn(a, 12) + e + constant) & _WORD, 7)
        first = (a & b | a & c | b & c) if late else a ^ b ^ c
        second = (e & f | ~e & g) if late else e ^ f ^ g
        high = (first + d + (one ^ _turn(a, 12)) + (w[j] ^ w[j + 4])) & _WORD
        low = (second + h + one + w[j]) & _WORD
        a, b, c, d = high, a, _turn(b, 9), c
        e, f, g, h = _mix(low, 9, 17), e, _turn(f, 19), g
    return [a, b, c, d, e, f, g, h]


_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_Point = tuple[int, int, int, int]


def _add(p: _Point, q: _Point) -> _Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(number: int, point: _Point) -> _Point:
    found: _Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _point(raw: bytes) -> _Point | None:
    """The point 32 bytes stand for; ``None`` for none."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and odd):
        return None
    x = _P - x if x & 1 != odd else x
    return (x, y, 1, x * y % _P)


_BASE = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little")) or (0, 1, 1, 0)


def genuine(said: bytes, signature: str, public: str) -> bool:
    """Whether a signature is that of some bytes by an Ed25519 key (RFC 8032); both in hexadecimal."""
    raw, key = bytes.fromhex(signature), bytes.fromhex(public)
    at, of = _point(raw[:32]), _point(key)
    number = int.from_bytes(raw[32:], "little")
    if at is None or of is None or number >= _ORDER:
        return False
    seal = int.from_bytes(hashlib.sha512(raw[:32] + key + said).digest(), "little") % _ORDER
    left, right = _times(number, _BASE), _add(at, _times(seal, of))
    across = (left[0] * right[2] - right[0] * left[2]) % _P
    up = (left[1] * right[2] - right[1] * left[2]) % _P
    return not across and not up


def examine(folder: Path) -> tuple[list[str], list[str]]:
    """What a bundle shows, and what is wrong with it; both in Chinese sentences."""
    told = json.loads((folder / "bundle.json").read_bytes())
    digest = sm3 if told["hash"] == "sm3" else lambda said: hashlib.sha256(said).hexdigest()
    raws = (folder / "lines.jsonl").read_bytes().splitlines(keepends=True)
    shown, wrong, keys = list[str](), list[str](), dict[str, str]()
    for raw, before in zip(raws, told["before"], strict=True):
        found = _LINE.fullmatch(raw)
        data = json.loads(raw)
        name = f"账本第{data['l']}行"
        if data["l"] in told["blanked"]:
            shown.append(f"{name}里有涂销的文字，摘要和签名不能另处核对")
            continue
        if found is None:
            wrong.append(f"{name}不完整")
            continue
        body, signature, crc, head = found.groups()
        sealed = raw[: found.start(4) - len(b',"h":"')]
        if int(crc, 16) != zlib.crc32(raw[: found.start(3) - len(b',"crc":"')]):
            wrong.append(f"{name}的校验码不对")
        if digest(before.encode() + sealed) != head.decode():
            wrong.append(f"{name}的摘要不对，内容被改动过")
        wrong += _unsigned(data, before.encode() + body, signature, keys, told["people"])
        shown += [
            f"第{act['n']}笔 {act['on']} {act['by']} {act['act']}{_key_of(act, keys, told['people'])}"
            for act in data["acts"]
        ]
        _learn(data, keys)
    return shown, wrong


def _key_of(act: dict[str, str], keys: dict[str, str], people: dict[str, str]) -> str:
    """The first digits of the key an act is signed with, for whoever has had more than one."""
    public = keys.get(people.get(act["by"], act["by"]), "")
    return f" 密钥{public[:8]}" if public else ""


def _learn(data: dict[str, list[dict[str, str]]], keys: dict[str, str]) -> None:
    """Take in the keys that a line gives to operators."""
    for act in data["acts"]:
        if act["act"] in ("operator_added", "credential_set"):
            keys[act["operator"]] = act.get("public", "")


def _unsigned(
    data: dict[str, list[dict[str, str]]],
    said: bytes,
    signature: bytes | None,
    keys: dict[str, str],
    people: dict[str, str],
) -> list[str]:
    """What is wrong with a line's signature, in words."""
    name, by = f"账本第{data['l']}行", data["acts"][0]["by"]
    public = keys.get(people.get(by, by), "")
    if not public:
        return []  # written before there were operators
    if signature is None:
        return [f"{name}没有{by}的签名"]
    right = genuine(said, signature.decode(), public)
    return [] if right else [f"{name}的签名不是{by}的"]


def main(arguments: list[str]) -> int:
    """Check the bundle in a folder, tell what it shows, and give back 0 if all holds."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent
    shown, wrong = examine(folder)
    for line in (*shown, *wrong):
        sys.stdout.write(line + "\n")
    sys.stdout.write("不符，请保留原件\n" if wrong else f"{len(shown)}笔，摘要和签名都对\n")
    return 8 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
