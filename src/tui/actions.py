"""Everything a key can do, in one table: keys, foot line, help, palette and key page are views of it.

An action is carried out by the method ``do_`` and its id, of the screen or else of the app. What
cannot be done now is shown all the same and says why (``why_not`` of the screen).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen
from textual.binding import Binding, BindingType

__all__ = [
    "ACTIONS",
    "BY_ID",
    "CONTEXTS",
    "LISTS",
    "TABS",
    "Action",
    "bindings",
    "here",
    "key_name",
    "matching",
]

EVERYWHERE: Final = ""
CONTEXTS: Final[Mapping[str, str]] = {
    EVERYWHERE: "任何画面",
    "today": "今日",
    "register": "登记簿",
    "record": "登记页",
    "form": "办理",
    "confirm": "写入前确认",
    "pick": "选择",
    "ask": "询问",
    "reading": "帮助、全文",
    "counts": "清点",
    "count": "清点中",
    "differences": "核对差异",
    "labels": "标签",
    "requests": "申请审批",
    "importing": "导入",
    "oversight": "监督",
    "working": "正在做",
    "lending": "借出",
    "scanner_test": "扫码枪自检",
    "lock": "锁屏",
    "table": "表格里",
    "entry": "输入行里",
    "matching": "对应栏目",
    "preview": "导入前看要写的",
}
"""The screens an action can belong to, by the word screens use, and what an officer calls them."""


@frozen(kw_only=True)
class Action:
    """One thing a key does."""

    id: str
    words: str
    keys: tuple[str, ...]
    group: str
    where: tuple[str, ...] = (EVERYWHERE,)
    tells: str
    foot: bool = True
    """Whether the foot line shows it."""


_LISTS: Final = ("today", "register", "record", "counts", "labels")
_OWN: Final = (
    "count",
    "differences",
    "importing",
    "working",
    "scanner_test",
    "lending",
    "oversight",
    "matching",
    "preview",
)
LISTS: Final = frozenset(_LISTS)
"""The screens that show registers."""

ACTIONS: Final = (
    Action(id="help", words="帮助", keys=("f1", "question_mark"), group="总", tells="看这个画面的键、怎么用，以及这件事依据的制度"),
    Action(id="palette", words="命令", keys=("ctrl+p", "colon"), group="总", tells="打几个拼音首字母，找到任何一件能做的事", where=(*_LISTS, "requests")),
    Action(id="jump", words="转到编号", keys=("f7", "ctrl+g"), group="总", tells="输入编号，打开它的登记页", where=_LISTS),
    Action(id="act", words="办理", keys=("f2",), group="办理", tells="选一件事项来办；不能办的写明为什么", where=(*_LISTS, "requests")),
    Action(id="open", words="打开", keys=("enter",), group="查看", tells="打开这一行", where=(*_LISTS, "requests", "oversight"), foot=False),
    Action(id="find", words="查找", keys=("f3", "slash"), group="查看", tells="边输入边筛选：编号、题名、人名，或拼音首字母", where=("register",)),
    Action(id="cell", words="看全文", keys=("f4",), group="查看", tells="把这一行的每一格完整显示出来", where=("requests", "register", "today", "record", "differences", "lending", "importing")),
    Action(id="reload", words="刷新", keys=("f5",), group="查看", tells="读进别的终端刚写的内容，重新核对", where=(*_LISTS, "requests", "oversight")),
    Action(id="sort", words="排序", keys=("f6",), group="查看", tells="换一栏排序；再按一次同一栏就倒过来", where=("register",)),
    Action(id="write", words="写入", keys=("f8",), group="办理", tells="先看清要写什么，再写进账本", where=("form",)),
    Action(id="happened", words="已发生", keys=("f9",), group="办理", tells="事情已经发生，写明原因补记；问题一并记入", where=("form", "lending")),
    Action(id="clear", words="清空", keys=("f6",), group="办理", tells="把这张表清空重填", where=("form",)),
    Action(id="pick", words="可选项", keys=("f3",), group="办理", tells="列出这一项能填的内容，打拼音首字母来选", where=("form",)),
    Action(id="confirm", words="写入", keys=("f8",), group="办理", tells="就按显示的写进账本", where=("confirm",)),
    Action(id="back", words="返回", keys=("escape",), group="总", tells="回到前一个画面；没写入的内容先问", where=("requests", "register", "record", "form", "confirm", "pick", "ask", "reading", *_OWN)),
    Action(id="today", words="今日", keys=("0",), group="转到", tells="到期、在外、账本状态", where=(*_LISTS, "requests"), foot=False),
    Action(id="papers", words="载体", keys=("1",), group="转到", tells="文件、保密本的登记簿", where=(*_LISTS, "requests"), foot=False),
    Action(id="media", words="介质", keys=("2",), group="转到", tells="U盘、硬盘、光盘的登记簿", where=(*_LISTS, "requests"), foot=False),
    Action(id="computers", words="计算机", keys=("3",), group="转到", tells="计算机和设备的登记簿", where=(*_LISTS, "requests"), foot=False),
    Action(id="cabinets", words="柜", keys=("4",), group="转到", tells="保密柜和场所", where=(*_LISTS, "requests"), foot=False),
    Action(id="people", words="人员", keys=("5",), group="转到", tells="人员登记簿", where=(*_LISTS, "requests"), foot=False),
    Action(id="units", words="外单位", keys=("6",), group="转到", tells="外单位登记簿", where=(*_LISTS, "requests"), foot=False),
    Action(id="acts", words="流水", keys=("7",), group="转到", tells="账本的每一笔，最近的在前", where=(*_LISTS, "requests"), foot=False),
    Action(id="requests", words="申请审批", keys=("ctrl+r",), group="办理", tells="等着批准、签名、办理的申请", where=_LISTS, foot=False),
    Action(id="ask_for", words="申请", keys=("f7",), group="办理", tells="要审批的事先提申请，批准以后凭申请办理", where=("form",)),
    Action(id="approve", words="批准", keys=("f8",), group="审批", tells="自己批准这份申请", where=("requests",)),
    Action(id="deny", words="不批准", keys=("f6",), group="审批", tells="不批准，写明原因；这份申请就此终结", where=("requests",)),
    Action(id="attest", words="到场签名", keys=("f9",), group="审批", tells="监销人自己登录，签当天到场", where=("requests",)),
    Action(id="fulfil", words="凭此办理", keys=("f3",), group="审批", tells="批准了的，凭这份申请办理一次", where=("requests",)),
    Action(id="take_back", words="撤回", keys=("f7",), group="审批", tells="撤回自己的申请", where=("requests",)),
    Action(id="lend", words="借出", keys=("f8",), group="办理", tells="扫过的几件一起借出，一次写进账本", where=("lending",)),
    Action(id="drop", words="去掉", keys=("f6",), group="办理", tells="去掉这一件；再扫一次也去掉", where=("lending",)),
    Action(id="counts", words="清点", keys=("8",), group="转到", tells="开始、接着一次清点，看以前的", where=(*_LISTS, "requests"), foot=False),
    Action(id="labels", words="标签", keys=("9",), group="转到", tells="要印的标签：没有的、过时的、选中的", where=(*_LISTS, "requests"), foot=False),
    Action(id="begin_count", words="开始清点", keys=("f3",), group="清点", tells="固定一份有编号的清单，开始清点", where=("counts",)),
    Action(id="place", words="换地点", keys=("f3",), group="清点", tells="到哪个柜、哪一格清点；扫柜的标签也行", where=("count",)),
    Action(id="second_count", words="换人复点", keys=("f6",), group="清点", tells="由另一个人从头再点，看不到初点的结果", where=("count",)),
    Action(id="check_count", words="点完核对", keys=("f8",), group="清点", tells="点完了，列出每一处差异", where=("count",)),
    Action(id="decide", words="决定", keys=("enter", "f2"), group="清点", tells="决定这一处差异怎样处理；账本还不变", where=("differences",)),
    Action(id="every_row", words="全部", keys=("f6",), group="清点", tells="全部列出，或只列有差异的", where=("differences",)),
    Action(id="close_count", words="记账", keys=("f8",), group="清点", tells="差异都有了决定，一次记入账本", where=("differences",)),
    Action(id="print_count", words="打印结果", keys=("f9",), group="清点", tells="把结果写成表格，两人签名", where=("counts", "differences")),
    Action(id="abandon_count", words="作罢", keys=("f10",), group="清点", tells="这次清点不作数，账本不变", where=("count", "differences")),
    Action(id="choose_label", words="选编号", keys=("f3",), group="标签", tells="加一件要补印的，写明原因", where=("labels",)),
    Action(id="mark_label", words="选中", keys=("space",), group="标签", tells="选中、不选这一张；一张也没选就是全部", where=("labels",)),
    Action(id="label_template", words="大小", keys=("f6",), group="标签", tells="换一种标签模板", where=("labels",)),
    Action(id="label_paper", words="印到哪里", keys=("f9",), group="标签", tells="选打印机或文件、标签纸、从第几格印起", where=("labels",)),
    Action(id="print_labels", words="打印", keys=("f8",), group="标签", tells="打印选中的标签并记账", where=("labels",)),
    Action(id="take_in", words="导入", keys=("f8",), group="导入", tells="没有错的话全部登记；一批一笔，可以整批撤销", where=("importing",)),
    Action(id="take_some", words="只导对的", keys=("f9",), group="导入", tells="导入没有错的行，其余存成文件改好再来", where=("importing",)),
    Action(id="import_mode", words="换办法", keys=("f6",), group="导入", tells="只登记新的，还是也更新有变动的", where=("importing",)),
    Action(id="stop", words="停下", keys=("f9",), group="做着的事", tells="停下来，没有写入的不写", where=("working",)),
    Action(id="more", words="更多", keys=("f10",), group="总", tells="导入、导出、备份、核验、扫码枪自检", where=(*_LISTS, "requests")),
    Action(id="import", words="导入文件", keys=(), group="更多", tells="把别处的登记表导入台账，先看会怎样", where=_LISTS, foot=False),
    Action(id="save", words="导出、打印表格", keys=(), group="更多", tells="登记、登记簿、表格存成文件，按密级核对去处", where=_LISTS, foot=False),
    Action(id="backup", words="备份", keys=(), group="更多", tells="整个台账备份成一个文件", where=_LISTS, foot=False),
    Action(id="drill", words="演练恢复", keys=(), group="更多", tells="试着恢复最近的备份，恢复完就删", where=_LISTS, foot=False),
    Action(id="verify", words="核验账本", keys=(), group="更多", tells="从第一行起重读账本，还可与纸上的链首核对", where=_LISTS, foot=False),
    Action(id="oversee", words="监督各单位", keys=(), group="更多", tells="保密行政管理部门用：收到的各单位台账，一个单位一行", where=_LISTS, foot=False),
    Action(id="try_scanner", words="扫码枪自检", keys=(), group="更多", tells="看扫码枪发来什么：间隔、结尾、全角", where=_LISTS, foot=False),
    Action(id="manual", words="手册", keys=(), group="总", tells="每个制度一章：台账做什么，留给人什么", where=_LISTS, foot=False),
    Action(id="theme", words="换颜色", keys=(), group="总", tells="浅色、深色、十六色轮换", where=(*_LISTS, "requests"), foot=False),
    Action(id="officer", words="换经办人", keys=(), group="总", tells="换一个人经办，以后的每一笔记在他名下", where=_LISTS, foot=False),
    Action(id="lock", words="锁屏", keys=("ctrl+l",), group="总", tells="离开座位时锁上；几分钟没有按键也会自己锁上", where=(*_LISTS, "requests", "form"), foot=False),
    Action(id="password", words="锁屏口令", keys=(), group="总", tells="设置或更换自己的锁屏口令", where=(*_LISTS, "requests"), foot=False),
    Action(id="quit", words="退出", keys=("ctrl+q",), group="总", tells="离开；没写入的内容先问", foot=False),
    Action(id="up", words="上一行", keys=("up",), group="移动", tells="上一行、上一项", where=("table", "form"), foot=False),
    Action(id="down", words="下一行", keys=("down",), group="移动", tells="下一行、下一项", where=("table", "form"), foot=False),
    Action(id="page_up", words="上一屏", keys=("pageup",), group="移动", tells="往上一屏", where=("table",), foot=False),
    Action(id="page_down", words="下一屏", keys=("pagedown",), group="移动", tells="往下一屏", where=("table",), foot=False),
    Action(id="first", words="第一行", keys=("home",), group="移动", tells="到第一行", where=("table",), foot=False),
    Action(id="last", words="最后一行", keys=("end",), group="移动", tells="到最后一行", where=("table",), foot=False),
    Action(id="preview", words="看要写的", keys=("f2",), group="导入", tells="每一笔要写什么，一行一笔，写入以前先看", where=("importing",)),
    Action(id="columns", words="对应栏目", keys=("f3",), group="导入", tells="哪一列登记到哪一项，选工作表、表头行，存成办法", where=("importing",)),
    Action(id="mend", words="改写法", keys=("enter",), group="导入", tells="把这种写法换成认得的，整个文件都换；文件本身不动", where=("importing",)),
    Action(id="consent", words="批准", keys=("f7",), group="导入", tells="要领导批准的行，写明是谁批准的；设了操作员的，提申请，批准以后凭申请导入", where=("importing",)),
    Action(id="undo_batch", words="撤销这批", keys=("f10",), group="导入", tells="刚导入的一批全部作废，一笔不留", where=("importing",)),
    Action(id="assign", words="改这一栏", keys=("enter",), group="导入", tells="选这一列登记到哪一项；没有列的项目，填一个每行都用的值", where=("matching",)),
    Action(id="reading_way", words="读法", keys=("f6",), group="导入", tells="换工作表、表头行、文字编码", where=("matching",)),
    Action(id="save_way", words="存成办法", keys=("f9",), group="导入", tells="起个名字存下来，下次导入同样的表直接选", where=("matching",)),
    Action(id="try_way", words="试算", keys=("f8",), group="导入", tells="就按这样读，看会登记成什么", where=("matching",)),
    Action(id="whole", words="看全文", keys=("enter", "f4"), group="导入", tells="这一笔要写的每一项", where=("preview",)),
    Action(id="told", words="看提示", keys=("ctrl+o",), group="总", tells="完整看最近的提示，画面上放不下的、已经消失的都在", foot=False),
    Action(id="next", words="下一项", keys=("tab",), group="移动", tells="到下一项", foot=False),
    Action(id="previous", words="上一项", keys=("shift+tab",), group="移动", tells="到上一项", foot=False),
)  # fmt: skip
TABS: Final = tuple(action for action in ACTIONS if action.group == "转到")
"""The screens that are opened by a digit, in order."""
BY_ID: Final[Mapping[str, Action]] = {action.id: action for action in ACTIONS}

_KEYS: Final = {
    "escape": "Esc", "enter": "回车", "tab": "Tab", "question_mark": "?", "slash": "/", "colon": ":",
    "space": "空格", "up": "上", "down": "下", "pageup": "上翻页", "pagedown": "下翻页",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as it stands on the keyboard.

    >>> [key_name(key) for key in ("f2", "ctrl+p", "shift+tab", "escape")]
    ['F2', 'Ctrl+P', 'Shift+Tab', 'Esc']
    """
    *held, last = key.split("+")
    name = _KEYS.get(last, last.upper() if len(last) <= 3 else last.capitalize())  # noqa: PLR2004 - F12
    return "+".join([*(each.capitalize() for each in held), name])


def here(context: str) -> tuple[Action, ...]:
    """The actions of a kind of screen, with those that work everywhere."""
    return tuple(a for a in ACTIONS if context in a.where or EVERYWHERE in a.where)


def bindings(*contexts: str) -> list[BindingType]:
    """The key bindings of a kind of screen, for its ``BINDINGS``."""
    own = (a for a in ACTIONS if any(context in a.where for context in contexts))
    return [
        Binding(key, f"app.act('{action.id}')", action.words, show=False)
        for action in own
        for key in action.keys
    ]


def matching(actions: Iterable[Action], typed: str) -> Iterator[Action]:
    """The actions whose words or initials hold what was typed."""
    from tui.pinyin import spellings

    wanted = typed.strip().lower()
    for action in actions:
        if wanted in action.words.lower() or any(wanted in way for way in spellings(action.words)):
            yield action
