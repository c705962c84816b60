"""The jobs of a secrecy room, each done with the keys of the real program."""

from ledger.room import Room
from tests.officer import WIDE, _room, _rooms, at_desk  # noqa: F401 - fixtures


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


def test_passing_from_reader_to_reader_is_refused(room):
    """A document goes from reader to reader only through the officer, whatever is typed."""
    with at_desk(room) as officer:
        officer.circulates_to("lgq", number="WJ-2026-0001", 地点="保密室").is_refused("横传")

    assert last(room) == ["Counted"]


def test_a_loan_without_approval_is_refused_and_can_be_recorded_as_happened(room):
    """What the rules refuse is kept out; what has happened is kept with its findings."""
    with at_desk(room) as officer:
        officer.lends("JZ-0001", to="cg", 应还日期="+7").is_refused("批准")
        officer.lends("JZ-0001", to="cg", 应还日期="+7")
        officer.records_as_happened("周末急用，当时没有登记").is_asked_to_confirm(
            "补记原因", "一并记入的问题"
        )
        officer.is_done()

    assert last(room) == ["Lent"]
    assert room.acts[-1].happened == "周末急用，当时没有登记"
    assert room.acts[-1].findings


def test_a_loan_with_approval_is_written_as_it_was_shown(room):
    """What is confirmed is what the book then says."""
    with at_desk(room, WIDE) as officer:
        officer.lends("JZ-0001", to="cg", 应还日期="+7", 用途="起草方案", 审批="zgld")
        officer.is_asked_to_confirm(
            "去向　陈刚（RY-003）", "应还日期　2026-04-22", "李国强 主管领导"
        )
        officer.is_done().sees("借出")

    act = room.acts[-1]
    assert (act.event.to, act.event.due.isoformat(), act.by) == ("RY-003", "2026-04-22", "王敏")


def test_a_new_drive_is_registered_and_found_by_its_keepers_initials(room):
    """A new drive gets the next number, and is found by number, serial and initials."""
    with at_desk(room) as officer:
        officer.does(
            "登记介质",
            密级="秘密",
            型号="专用U盘32G",
            序列号="ZY32-0001",
            责任人="zh",
            专用系统="是",
        )
        officer.is_done().sees("JZ-0003").goes_to("2").sees("JZ-0003", "共 3")
        officer.finds("zh").sees("JZ-0003", "查到 1 / 共 3").does_not_see("JZ-0002")

    assert last(room) == ["Registered"]


def test_a_form_that_is_left_asks_and_keeps_a_draft(room):
    """What was typed and not written is asked about, and is there again when it was kept."""
    with at_desk(room) as officer:
        officer.goes_to("2").sets_out_to("借阅").fills_in(去向="cg").presses("escape")
        officer.sees("还没有写进账本", "继续填", "留作草稿", "放弃").presses("1").sees("陈刚")
        officer.presses("escape", "2").sees("JZ-0002").sets_out_to("借阅")
        officer.sees("已恢复", "陈刚").presses("ctrl+q").sees("还没有写进账本").presses("3")

    assert last(room) == ["Counted"]


def test_dates_are_typed_short_and_shown_in_full(room):
    """A day is typed as 0101, +7 or 今天, and the screen says which day that is."""
    with at_desk(room) as officer:
        officer.goes_to("2").sets_out_to("借阅").fills_in(去向="cg").types("+7")
        officer.sees("2026年4月22日 星期三").presses("backspace", "backspace").types("0501")
        officer.sees("2026年5月1日 星期五").presses("enter", "escape", "3")


def test_a_refused_line_says_why_in_the_menu(room):
    """An act that cannot be done now stays in the list and says why."""
    with at_desk(room) as officer:
        officer.opens("WJ-2026-0005").presses("f2").types("dh").sees("不能：")
        officer.presses("enter").sees("账上").presses("escape").presses("f4").sees(
            "现在不能办", "已清退"
        )
        officer.presses("escape")


def test_registers_are_searched_and_sorted(room):
    """Every register opens by its digit, is searched by any word, and says how much it shows."""
    with at_desk(room) as officer:
        for digit, word in zip(
            "1234567", ("WJ-", "JZ-", "JSJ-", "G-01", "王敏", "DW-", "清点"), strict=True
        ):
            officer.goes_to(digit).sees(word, "共 ")
        officer.goes_to("1").finds("会议 清退").sees("查到 1 / 共 10", "WJ-2026-0005").presses(
            "escape"
        )
        officer.presses("f6", "f6").sees("按编号倒排").presses("f4").sees("编号：")


def test_the_book_is_searched_through_to_its_beginning(room):
    """The acts are found by person, act, day and number, latest first."""
    with at_desk(room) as officer:
        officer.goes_to("7").finds("jiey").sees("查到 0 / 共 38").presses("escape").finds(
            "jy"
        ).sees("借阅", "查到 7 / 共 38").presses("escape")
        officer.finds("WJ-2026-0001").sees("传阅", "查到 5 / 共 ").presses("enter", "f4").sees(
            "第", "事项"
        )
        officer.presses("escape")


def test_everything_is_found_in_the_palette(room):
    """A few letters find a register, a key's action or an act, and do it."""
    with at_desk(room) as officer:
        officer.presses("ctrl+p").types("ry").presses("enter").sees("RY-001", "张华")
        officer.presses("ctrl+p").types("hys").sees("换颜色").presses("enter")


def test_another_officer_can_take_over_the_desk(room):
    """Who writes is chosen from the register, shown, and stands in the book."""
    with at_desk(room) as officer:
        officer.presses("ctrl+p").types("hjbr").presses("enter").types("cg").presses("enter")
        officer.goes_to("0").sees("经办人 陈刚").opens("JZ-0001").does(
            "丢失", 经过="清点未见"
        ).is_done()

    assert room.acts[-1].by == "RY-003" or room.acts[-1].by == "陈刚"


def test_what_another_terminal_writes_appears(room):
    """A second terminal's act is on the screen as soon as it is looked for."""
    from ledger import Registered, Unit

    with Room.open(room.folder, clock=room.clock) as other, at_desk(room) as officer:
        officer.goes_to("6").sees("共 2")
        officer.steps.append(
            lambda _: _done(other.record(Registered(thing=Unit(name="新来的单位"))))
        )
        officer.presses("f5").sees("新来的单位", "共 3")


async def _done(_):
    """Nothing to wait for."""
