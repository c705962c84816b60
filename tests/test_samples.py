"""Real registers that nobody here wrote: each is taken in with the count it states, once."""

import os
from pathlib import Path

import pytest

from ledger import Level
from ledger.exchange.directions import Directions
from ledger.exchange.inspection import inspect
from ledger.exchange.source import Source
from ledger.room import Room
from ledger.room.importing import Import, take_in
from ledger.room.verification import verify
from ledger.room.withdrawing import withdraw

SAMPLES = Path(os.environ.get("BAOMI_SAMPLES", Path(__file__).parents[2] / "shared" / "samples"))
"""Files that cannot be passed on with the project; BAOMI_SAMPLES says where they are."""

ASSETS = {"Name": "name", "Asset Tag": "asset_no", "Purchase Date": "started_on"}
WHOLE = [
    (
        "cn04_hospital_lab_assets_gb18030.csv",
        {"kind": "computer", "mapping": {"固定资产名称": "name"}, "fixed": {"network": "内部"}},
        ("csv", "gb18030", 1, 106, None),
    ),
    ("cn08_crypto_device_list_footer.xlsx", {"kind": "device"}, ("xlsx", "", 3, 9, None)),
    ("cn13_device_list_native.xls", {"kind": "device"}, ("xls", "", 2, 9, None)),
    (
        "cn17_detail_native_gbk_excel.csv",
        {"kind": "paper", "mapping": {"产品名称": "title", "起息日": "issued_on"}},
        ("csv", "gb18030", 1, 9, None),
    ),
    ("tw01_incoming_documents_preamble.csv", {"kind": "paper"}, ("csv", "utf-8", 4, 79, 79)),
    (
        "it01_snipeit_assets.csv",
        {"kind": "device", "mapping": ASSETS, "date_order": "mdy"},
        ("csv", "utf-8", 1, 22, None),
    ),
]
"""Each file, what has to be said about it, and its type, encoding, heading and records."""


def sample(name):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"the real register {name} is not here; set BAOMI_SAMPLES")
    return Source.at(path)


@pytest.mark.parametrize(("name", "said", "facts"), WHOLE, ids=[name for name, _, _ in WHOLE])
def test_a_real_register_is_taken_in_with_the_count_it_states(name, said, facts, tmp_path):
    """Every record gets a page, a second time none does, and the whole can be undone."""
    source = sample(name)
    kind, encoding, row, count, stated = facts
    with Room.create(tmp_path / "room", unit="示范局", level=Level.绝密) as room:
        wanted = Import(source=source, directions=Directions(**said), by="王敏")
        first = take_in(room, wanted)
        plan = first.plan
        assert (plan.type, plan.encoding, plan.table.header_row) == (kind, encoding, row)
        assert (plan.rows, len(first.numbers), plan.table.stated) == (count, count, stated)
        assert first.faults == ()

        again = take_in(room, wanted)
        assert (len(again.plan.unchanged), again.numbers, again.batch) == (count, (), None)
        withdraw(room, first.batch, by="王敏", reason="试导")
        assert not list(room.register.open_carriers())
        assert verify(room).holds


def test_what_is_not_said_is_asked_for(tmp_path):
    """American days are not guessed: all 22 rows are told, with what to say about them."""
    source = sample("it01_snipeit_assets.csv")
    with Room.create(tmp_path / "room", unit="示范局") as room:
        said = Directions(kind="device", mapping=ASSETS)
        taken = take_in(room, Import(source=source, directions=said, by="王敏"))

    assert {fault.code for fault in taken.faults} == {"date.ambiguous"}
    assert len(taken.faults) == 22
    assert "--date-order mdy" in taken.faults[0].hint


LOOKS = [
    ("cn08_crypto_device_list_footer.xlsx", "xlsx", 3, 9),
    ("tw01_incoming_documents_preamble.csv", "csv", 4, 79),
    ("cn13_device_list_native.xls", "xls", 2, 9),
]


@pytest.mark.parametrize(("name", "kind", "row", "count"), LOOKS)
def test_a_first_look_finds_the_table(name, kind, row, count):
    """Before anything is asked, the heading and the number of records are known."""
    found = inspect(sample(name), Directions())
    look = max(found.looks, key=lambda look: look.records)

    assert (found.type, look.header_row, look.records) == (kind, row, count)
    assert any(look.columns.values())


def test_old_roc_days_and_line_breaks_in_cells_are_read(tmp_path):
    """A Taiwanese register keeps its days, its texts on one line, and the rows as they are seen."""
    source = sample("tw01_incoming_documents_preamble.csv")
    with Room.create(tmp_path / "room", unit="示范局") as room:
        wanted = Import(source=source, directions=Directions(kind="paper"), by="王敏")
        taken = take_in(room, wanted)
        first = room.register.document_of(taken.numbers[0])

        assert str(first.issued_on) == "2025-03-21"
        assert str(room.register.carriers[taken.numbers[0]].entered) == "2025-03-21"
        assert "\n" not in first.title
        assert (first.issuer, first.doc_no) == ("桃園市政府工務局", "1140009841")
        assert room.acts[2].note == "第8行"
