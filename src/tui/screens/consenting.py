"""批准导入: by whose leave a file may lower and close; named, or asked for where there are operators."""

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ledger.approval import Approval
from ledger.room.intake import Directions, approvers, ask, asked
from ledger.trouble import TROUBLES, told
from tui.jobs import Job, carried_out
from tui.screens.asking import Prompt
from tui.screens.pick import Item, Pick

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["Leave", "leave_for"]


@frozen
class Leave:
    """Who agreed, or by which request it was agreed to; neither while nobody was asked."""

    by: Approval | str | None = None
    directions: Directions | None = None
    """How the request says the file is read."""

    @property
    def said(self) -> str:
        """What an officer is told about it."""
        return f"凭{self.by}试算" if isinstance(self.by, str) else f"按{self.by}批准试算"


async def leave_for(desk: "Baomi", path: Path, directions: Directions) -> Leave | None:
    """Choose by whose leave a file is taken in; ``None`` for none yet. To be called in a worker."""
    if desk.room.register.guarded:
        return await _by_request(desk, path, directions)
    items = [Item(each, each.by, each.role) for each in approvers(desk.room)]
    if not items:
        desk.page.tell("人员登记簿上没有主管领导、单位领导，没有人能批准")
        return None
    chosen = await desk.push_screen_wait(Pick("由谁批准", items))
    return Leave(chosen) if isinstance(chosen, Approval) else None


async def _by_request(desk: "Baomi", path: Path, directions: Directions) -> Leave | None:
    """Use a request for this very file, or make one."""
    try:
        known = asked(desk.room, path)
    except TROUBLES as error:
        desk.page.tell(told(error), "bold $error")
        return None
    items = [Item(number, f"凭 {number} 导入", "已经批准") for number in known]
    items.append(Item("", "提一份申请", "批准的人在“申请审批”里看到它；批准以前一行不写"))
    chosen = await desk.push_screen_wait(Pick("批准", items))
    if chosen:
        return Leave(str(chosen), known[str(chosen)])
    purpose = None
    if chosen is not None:
        purpose = await desk.push_screen_wait(Prompt("申请导入", "为什么导入？"))
    if not purpose:
        return None
    job = Job[str](
        "申请",
        lambda room, tell: ask(room, path, directions, purpose=purpose, tell=tell),
        unit="行",
    )
    if (number := await carried_out(desk, job)) is not None:
        desk.written(f"已申请 {number}；批准以后再打开这个文件，按 F7 选它")
    return None
