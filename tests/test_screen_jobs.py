"""The jobs of a secrecy room, each done with the keys of the real program."""

import pytest

from tests.officer import Rooms, at_desk


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    return Rooms(tmp_path_factory.mktemp("rooms"))


@pytest.fixture
def room(rooms):
    with rooms.one() as one:
        yield one


def last(room, count=1):
    return [type(act.event).__name__ for act in room.acts[-count:]]


def test_a_document_is_received_circulated_and_taken_back(room):
    """A document comes in, is read and comes back, all by initials and without a mouse."""
    with at_desk(room) as officer:
        officer.receives(
            "季度工作安排",
            来文单位="示范省厅",
            标志="机密★10年",
            制发日期="0401",
            份号清单="000031",
            发文字号="示厅发〔2026〕31号",
            页数="4",
            传递方式="jytx",
        )
        officer.is_done().sees("WJ-2026-0011", "季度工作安排")
        officer.does("确定知悉范围", 知悉范围="李国强、陈刚", 审批="主管领导:李国强").is_done()
        officer.circulates_to("lgq", number="WJ-2026-0011", 地点="保密室").is_done()
        officer.sees("传阅中").takes_back("WJ-2026-0011").is_done().sees("在室")

    assert last(room, 4) == ["Received", "CircleFixed", "Circulated", "Returned"]
