"""TinyDB's own tests, from its source distribution, on the tables of a book."""

import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "build" / "tinydb-4.9.0.tar.gz"
"""What ``.ci/run`` fetches with ``pip download --no-binary tinydb``."""

FIXTURES = """
import pytest
from ledger.store.database import LedgerDB
from ledger.store.storage import JournalStorage
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage

@pytest.fixture(params=["journal-tables", "stock-tables"])
def db(request, tmp_path):
    path = tmp_path / "test.db"
    found = (
        LedgerDB(path)
        if request.param == "journal-tables"
        else TinyDB(path, storage=JournalStorage)
    )
    found.drop_tables()
    found.insert_multiple({"int": 1, "char": char} for char in "abc")
    yield found

@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
"""

ASSERTS_A_CLASS_NAME = {
    "tests/test_tables.py::test_table_repr[journal-tables]",
    "tests/test_tables.py::test_table_repr[stock-tables]",
}


@pytest.mark.skipif(not SOURCE.exists(), reason=f"build/{SOURCE.name} has not been fetched")
def test_the_tables_of_a_book_pass_the_tests_of_tinydb(tmp_path):
    """All tests that TinyDB has pass but those that want to read its own storage's name."""
    with tarfile.open(SOURCE) as archive:
        archive.extractall(tmp_path, filter="data")
    (suite,) = tmp_path.glob("tinydb-*")
    (suite / "tests" / "conftest.py").write_text(FIXTURES)
    for theirs in (suite / "tinydb", suite / "pyproject.toml"):
        theirs.rename(theirs.with_name(f"aside-{theirs.name}"))
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", "tests"]
    ran = subprocess.run(command, cwd=suite, capture_output=True, text=True, check=False)
    failed = set(re.findall(r"^FAILED (\S+)", ran.stdout, re.MULTILINE))
    passed = int(re.search(r"(\d+) passed", ran.stdout)[1])

    assert failed == ASSERTS_A_CLASS_NAME
    assert " error" not in ran.stdout
    assert passed > 200
