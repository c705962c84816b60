"""The checker that goes into evidence bundles, beside published vectors and other people's code."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.store.digest import digest
from ledger.witness import genuine, sm3

VECTORS = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}
"""The two examples of GB/T 32905-2016."""

SIGNED = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
)
"""The first two examples of RFC 8032, 7.1: key, message, signature."""


@pytest.mark.parametrize(("said", "expected"), VECTORS.items())
def test_sm3_is_the_standards(said, expected):
    """Our SM3 gives the digests the standard prints."""
    assert sm3(said) == expected


@given(said=st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_sm3_is_that_of_the_book(said):
    """What checks a bundle and what chains the book compute the same digest."""
    assert sm3(said) == digest("sm3")(said)


@pytest.mark.parametrize(("public", "said", "signature"), SIGNED)
def test_signatures_of_the_standard_are_genuine(public, said, signature):
    """Our check of Ed25519 accepts the standard's own signatures."""
    assert genuine(bytes.fromhex(said), signature, public)
    assert not genuine(bytes.fromhex(said) + b"x", signature, public)


@given(
    seed=st.binary(min_size=32, max_size=32), said=st.binary(max_size=100), at=st.integers(0, 511)
)
@settings(max_examples=15, deadline=None)
def test_one_bit_makes_a_signature_false(seed, said, at):
    """A signature of another library is accepted, and with any one bit turned it is not."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw().hex(), key.sign(said)
    turned = bytearray(signature)
    turned[at // 8] ^= 1 << at % 8

    assert genuine(said, signature.hex(), public)
    assert not genuine(said, bytes(turned).hex(), public)


def test_what_is_no_point_is_no_key():
    """Bytes that are no point of the curve sign nothing, nor do points outside its field."""
    key, said, signature = SIGNED[1]
    wrong = ["02" + "00" * 31, "ff" * 32, "01" + "00" * 30 + "80"]

    assert not any(genuine(bytes.fromhex(said), signature, each) for each in wrong)
    assert not any(genuine(bytes.fromhex(said), each + signature[64:], key) for each in wrong)
