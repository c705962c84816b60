"""The registers an officer looks through: which kinds each holds, and its columns."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from ledger.room.directory import SORTS
from tui.table import Column

__all__ = ["BY_ID", "CARRIERS", "LOG", "REGISTERS", "RegisterView"]

CARRIERS: Final = ("paper", "notebook", "medium", "computer", "device")
"""The kinds of page that are in somebody's charge."""


@frozen(kw_only=True)
class RegisterView:
    """One register as a screen shows it; ``id`` is that of the action that opens it."""

    id: str
    title: str
    kinds: tuple[str, ...]
    """The kinds of page it holds; none for the acts."""
    columns: tuple[Column, ...]

    @property
    def sorts(self) -> tuple[str, ...]:
        """The columns it can be sorted by, in the order in which the key goes through them."""
        shown = [column.name for column in self.columns]
        return tuple(name for name in SORTS if name in shown)


_NUMBER: Final = Column("number", "编号", 14, 12)
_LEVEL: Final = Column("level", "密级", 6, 6)
_NAME: Final = Column("name", "名称", 30, 14)
_STATUS: Final = Column("status", "状态", 10, 8)
_PLACE: Final = Column("place", "在哪里", 20, 12)
_KEEPER: Final = Column("keeper", "责任人", 10, 8)
_KIND: Final = Column("kind", "种类", 8)

REGISTERS: Final = (
    RegisterView(
        id="papers",
        title="载体",
        kinds=("paper", "notebook"),
        columns=(
            _NUMBER,
            Column("mark", "密级和期限", 14, 10),
            Column("name", "题名", 40, 18),
            Column("doc_no", "发文字号", 20),
            Column("copy_no", "份号", 8),
            _STATUS,
            _PLACE,
        ),
    ),
    RegisterView(
        id="media",
        title="介质",
        kinds=("medium",),
        columns=(
            _NUMBER,
            _LEVEL,
            Column("type", "类型", 10),
            _NAME,
            Column("serial", "序列号", 16, 10),
            _KEEPER,
            _STATUS,
            _PLACE,
        ),
    ),
    RegisterView(
        id="computers",
        title="计算机",
        kinds=("computer", "device"),
        columns=(
            _NUMBER,
            _KIND,
            _LEVEL,
            Column("network", "用途网络", 8, 6),
            _NAME,
            Column("filed_no", "备案编号", 16),
            _KEEPER,
            _STATUS,
            _PLACE,
        ),
    ),
    RegisterView(
        id="cabinets",
        title="柜",
        kinds=("cabinet", "site"),
        columns=(
            _NUMBER,
            _KIND,
            _LEVEL,
            _NAME,
            Column("compartments", "分格", 24, 12),
            _PLACE,
            _KEEPER,
        ),
    ),
    RegisterView(
        id="people",
        title="人员",
        kinds=("person",),
        columns=(
            _NUMBER,
            Column("name", "姓名", 12, 10),
            Column("category", "类别", 8, 6),
            Column("department", "部门", 20, 12),
            Column("post", "岗位", 16),
            Column("roles", "职责", 20, 14),
            Column("cooling_until", "脱密期至", 12, 10),
        ),
    ),
    RegisterView(
        id="units",
        title="外单位",
        kinds=("unit",),
        columns=(
            _NUMBER,
            Column("name", "名称", 40, 20),
            Column("designated_for", "定点事项", 20, 12),
            Column("contact", "联系人", 16, 10),
            Column("address", "地址", 30),
        ),
    ),
    RegisterView(
        id="acts",
        title="流水",
        kinds=(),
        columns=(
            Column("n", "笔", 8, 8),
            Column("on", "日期", 10, 10),
            Column("act", "事项", 12, 10),
            Column("by", "经办人", 8, 8),
            Column("says", "内容", 80, 24),
        ),
    ),
)
BY_ID: Final[Mapping[str, RegisterView]] = {view.id: view for view in REGISTERS}
LOG: Final = BY_ID["acts"]
