"""Codes: 24 digits that say nothing, check themselves, and name what went wrong."""

from itertools import product

import pytest

from ledger.printing.keyring import KeyLost, keys, rotate
from ledger.printing.payload import (
    KINDS,
    LENGTH,
    InvalidCode,
    Subject,
    genuine,
    grouped,
    ident,
    read,
    slips,
    write,
)
from tests.labels import CODE, KEY, SUBJECT


def test_a_code_is_24_digits_that_say_nothing():
    """A code is digits only, and neither level, asset number nor running number can be read off it."""
    assert len(CODE) == LENGTH
    assert CODE.isdigit()
    assert CODE.startswith("11")
    assert "12301" not in CODE
    assert CODE[10:12] == "01"


def test_a_code_reads_back_to_its_subject():
    """Every kind, issue and version reads back, and is genuine under its key alone."""
    for kind, issue, version in product(KINDS, (1, 2, 99), (1, 9)):
        subject = SUBJECT._replace(kind=kind)
        text = write(subject, issue, KEY, version)
        code = read(text)
        assert str(code) == text
        assert (code.kind, code.issue, code.version) == (kind, issue, version)
        assert ident(code, KEY) == 12301
        assert genuine(code, subject, KEY)
        assert not genuine(code, subject, bytes(32))


def test_a_code_checks_level_and_asset_number():
    """A label from before a change of level or number is no longer genuine."""
    code = read(CODE)

    assert not genuine(code, SUBJECT._replace(level="绝密"), KEY)
    assert not genuine(code, SUBJECT._replace(asset_no="其他"), KEY)
    assert not genuine(code, SUBJECT._replace(ident=12302), KEY)


def test_no_slip_of_a_digit_is_taken_for_a_code():
    """Every single wrong digit and every two exchanged neighbours is refused, and traced back."""
    wrong = {CODE[:i] + d + CODE[i + 1 :] for i in range(LENGTH) for d in "0123456789"}
    wrong |= {CODE[:i] + CODE[i + 1] + CODE[i] + CODE[i + 2 :] for i in range(LENGTH - 1)}
    wrong -= {CODE}
    readable = 0
    for text in wrong:
        try:
            code = read(text)
        except InvalidCode:
            continue
        readable += 1
        subject = SUBJECT._replace(kind=code.kind, ident=ident(code, KEY))
        assert code.kind != SUBJECT.kind or not genuine(code, SUBJECT, KEY)
        assert not genuine(code, subject, KEY)
        assert any(str(meant) == CODE for _, meant in slips(code))
    assert len(wrong) > 220
    assert readable > 200


def test_two_rooms_seldom_share_a_running_number():
    """The same running number stands for different digits under different keys."""
    shifted = {read(write(SUBJECT, 1, bytes([n] * 32))).shifted for n in range(200)}

    assert len(shifted) == 200


def test_codes_are_taken_as_scanners_and_input_methods_give_them():
    """Full-width digits, groups, tabs and line ends are forgiven."""
    wide = "".join(chr(0xFF10 + int(d)) for d in CODE)

    assert read(wide) == read(grouped(CODE) + "\r\n") == read(f"\t{CODE}\u3000") == read(CODE)


@pytest.mark.parametrize(
    "text",
    ["", "123", "x" * 24, "0" * 24, "01" + "0" * 22, "10" + "0" * 22, "1" * 25, "[/x]", "٣" * 24],
)
def test_what_is_no_code_is_refused(text):
    """Other numbers, other versions, other scripts and other texts are no codes."""
    with pytest.raises(InvalidCode):
        read(text)


def test_a_room_has_a_key_a_line(tmp_path):
    """A new key is one more line; the older ones stay where they are."""
    (tmp_path / "room.key").write_text("00" * 32 + "\n")
    assert keys(tmp_path) == {1: bytes(32)}
    assert rotate(tmp_path) == 2
    two = keys(tmp_path)

    assert set(two) == {1, 2}
    assert two[1] == bytes(32)
    assert len(two[2]) == 32
    for version in range(3, 10):
        assert rotate(tmp_path) == version
    with pytest.raises(KeyLost, match="用完"):
        rotate(tmp_path)


@pytest.mark.parametrize(
    "content", [None, b"", b"00\n", b"xyz\n", b"\xff\xfe", b"00" * 32 + b"\nzz\n"]
)
def test_a_missing_or_damaged_key_is_told(content, tmp_path):
    """Without its key a room neither prints nor checks labels, and says where to get it."""
    if content is not None:
        (tmp_path / "room.key").write_bytes(content)
    with pytest.raises(KeyLost, match="备份"):
        keys(tmp_path)


def test_groups_are_easy_to_type():
    """A code is printed for people six digits a group."""
    assert grouped(CODE).split(" ") == [CODE[:6], CODE[6:12], CODE[12:18], CODE[18:]]
    assert Subject("medium", 1, "", "").kind == "medium"
