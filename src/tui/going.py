"""Where an officer goes from anywhere: a register, a page, an act, help; all by the action table."""

from asyncio import to_thread
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ledger.finding import Finding
from ledger.manual import Chapter
from ledger.notation.listing import row_of
from ledger.room import Room
from ledger.room.barring import barred, only_asks
from ledger.room.drafting import DOINGS, Doing
from ledger.room.possible import filled_in, possible
from ledger.room.viewing import listed
from ledger.trouble import TROUBLES, told
from tui.actions import ACTIONS, CONTEXTS, EVERYWHERE, Action, here, key_name
from tui.handbook import every, in_full, of_act
from tui.pinyin import initials
from tui.plain import plain, styled
from tui.screens.asking import Password, Reading
from tui.screens.pick import Item, Pick, fitting

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = [
    "choose_act",
    "choose_action",
    "choose_chapter",
    "choose_more",
    "choose_number",
    "choose_password",
    "show_help",
]


async def choose_act(desk: "Baomi", subject: str | None = None) -> None:
    """Ask what is to be done, with the number the screen is about, and open its form.

    A blank ``subject`` asks among all acts. To be called in a worker.
    """
    subject = desk.page.subject if subject is None else subject
    about, others = (
        acts_about(desk.room, subject) if subject else [],
        list(acts_beside(desk.room, subject)),
    )
    heading = f"办理　{_told(desk, subject)}" if subject else "办理"
    rest = [Item(_OTHERS, "其他事项", f"另外{len(others)}项，打名称或首字母就能找到")]

    def offers(typed: str) -> list[Item]:
        if about and not typed.strip():
            return [*about, *rest]
        return fitting([*about, *others], typed)

    chosen = await desk.push_screen_wait(Pick(heading, offers, "事项的名称或拼音首字母"))
    if chosen is _OTHERS:
        await choose_act(desk, "")
    elif isinstance(chosen, Doing):
        desk.open_form(chosen, filled_in(desk.room, chosen, subject) if subject else {})


_OTHERS: Final = "others"
"""Stands in the list of what can be done with a number for everything that is not about it."""


def acts_about(room: Room, subject: str) -> list[Item]:
    """What there is to do with a number: what can be done now with its initials, then why not the rest."""
    known = list(possible(room, subject))
    can = [Item(p.doing, p.doing.words, initials(p.doing.words)) for p in known if not p.why_not]
    cannot = [_refused(room, p.doing, p.why_not) for p in known if p.why_not]
    return [*can, *sorted(cannot, key=_hopeless)]


def acts_beside(room: Room, subject: str) -> Iterator[Item]:
    """The acts that are not about a number, those somebody else does and those of a command last."""
    known = {each.doing for each in possible(room, subject)} if subject else set()
    others = [(doing, barred(room, doing.kind)) for doing in DOINGS if doing not in known]
    mine = [doing for doing, no in others if not no]
    yield from (Item(d, d.words, initials(d.words)) for d in mine if not d.command)
    yield from sorted((_refused(room, d, no) for d, no in others if no), key=_hopeless)
    yield from (Item(d, d.words, "", f"只能用命令 {d.command}") for d in mine if d.command)


def _hopeless(item: Item) -> bool:
    """Whether it cannot even be asked for."""
    return bool(item.why_not)


def _refused(room: Room, doing: Doing, findings: Sequence[Finding]) -> Item:
    """What cannot be done and why; what another does can be asked for on the same form."""
    why = f"{findings[0].fact}（{findings[0].cites}）"
    if barred(room, doing.kind) == tuple(findings) and only_asks(room, doing.kind):
        return Item(doing, doing.words, f"填好以后按 F7 申请；{why}")
    return Item(doing, doing.words, "", why)


def _told(desk: "Baomi", number: str) -> str:
    row = row_of(listed(desk.room), number)
    return f"{number} {row['name'] or row.get('title', '') or row['model']}"


async def choose_action(desk: "Baomi") -> None:
    """Find anything that can be done here by a few letters: actions of the screen, then acts."""
    page = desk.page
    own = [
        Item(a, a.words, f"{'、'.join(map(key_name, a.keys))}　{a.tells}".strip(), page.why_not(a))
        for a in here(page.context)
        if a.id not in ("palette", "next", "previous") and a.group != "移动"
    ]
    acts = [*acts_about(desk.room, page.subject), *acts_beside(desk.room, page.subject)]
    chosen = await desk.push_screen_wait(Pick("命令", lambda typed: fitting([*own, *acts], typed)))
    if isinstance(chosen, Action):
        desk.action_act(chosen.id)
    elif isinstance(chosen, Doing):
        subject = page.subject
        desk.open_form(chosen, filled_in(desk.room, chosen, subject) if subject else {})


async def choose_number(desk: "Baomi") -> None:
    """Ask for a number, or enough of what is known about it, and open its page."""
    directory = desk.carriers

    def offers(typed: str) -> list[Item]:
        register, word = desk.room.register, typed.strip()
        exact = [word] if word in register.idents or word in register.spoiled else []
        found = [
            directory.number(place)
            for place, _ in zip(directory.find(word), range(50), strict=False)
        ]
        numbers = dict.fromkeys([*exact, *found]) if word else ()
        return [Item(number, number, _remark(desk, number)) for number in numbers]

    hint = "输入编号，或题名、人名、拼音首字母"
    chosen = await desk.push_screen_wait(Pick("转到编号", offers, hint))
    if chosen is not None:
        desk.open_record(str(chosen))


def _remark(desk: "Baomi", number: str) -> str:
    try:
        row = row_of(listed(desk.room), number)
    except KeyError:
        return ""
    words = (row["level"], row["name"] or row.get("title", ""), row["keeper"], row["status"])
    return " ".join(str(word) for word in words if word)


async def choose_more(desk: "Baomi") -> None:
    """Choose among the actions that have no key."""
    keyless = [a for a in here(desk.page.context) if not a.keys]
    items = [Item(a, a.words, a.tells, desk.page.why_not(a)) for a in keyless]
    chosen = await desk.push_screen_wait(Pick("更多", items))
    if isinstance(chosen, Action):
        desk.action_act(chosen.id)


async def choose_password(desk: "Baomi") -> None:
    """Set the officer's own password for the lock, asking for the one he has, the new one twice.

    Where there are operators the lock opens with the password one signs in with.
    """
    if desk.room.register.guarded:
        await _choose_sign_in(desk)
        return
    from ledger.room.unlocking import WrongPassword, has_password, set_password, unlocks

    by = desk.room.by
    try:
        if has_password(desk.room, by):
            old = await _secret(desk, f"{by} 现在的口令")
            if old and not unlocks(desk.room, by, old):
                desk.page.tell("现在的口令不对，没有改", "bold $error")
                return
        else:
            old = by
        new = old and await _secret(desk, f"{by} 的新口令，至少6位")
        again = new and await _secret(desk, "再输一遍")
        if not again:
            desk.page.tell("口令没有改")
        elif new != again:
            desk.page.tell("两遍不一样，口令没有改", "bold $error")
        else:
            set_password(desk.room, by, again)
            desk.page.tell("锁屏口令已设置", "bold $success")
    except (WrongPassword, OSError) as error:
        desk.page.tell(str(error), "bold $error")


async def _choose_sign_in(desk: "Baomi") -> None:
    """Change the password one signs in with: the old one, then the new one twice."""
    from ledger.room.operators import change_password
    from ledger.room.signing_in import unlock
    from tui.lock import parted

    old = await _secret(desk, "现在的登录口令（绝密级的再加一个空格和一次性口令）")
    new = old and await _secret(desk, "新口令")
    again = new and await _secret(desk, "再输一遍")
    try:
        if not again:
            desk.page.tell("口令没有改")
        elif new != again:
            desk.page.tell("两遍不一样，口令没有改", "bold $error")
        else:
            unlock(desk.room, *parted(desk.room, old))
            change_password(desk.room, again)
            desk.page.tell("登录口令已更换", "bold $success")
    except TROUBLES as error:
        desk.page.tell(told(error), "bold $error")


async def _secret(desk: "Baomi", text: str) -> str:
    """What was typed; blank for Esc."""
    return await desk.push_screen_wait(Password("锁屏口令", text)) or ""


async def show_help(desk: "Baomi") -> None:
    """The keys of the screen on top, each with what it does; for a form also what binds the act."""
    page, context = desk.page, desk.page.context
    told: list[object] = []
    for group in dict.fromkeys(action.group for action in ACTIONS):
        actions = [a for a in here(context) if a.group == group and a.keys]
        if actions:
            told.append(plain(group, "bold $accent"))
            told += [_line(desk, action) for action in actions]
    told += [
        plain("扫码", "bold $accent"),
        "  任何画面都可以扫标签：登记簿里打开那一件，表里填进该填的一项。",
        plain("手册", "bold $accent"),
        "  每个制度一章：在命令（Ctrl+P）里打“手册”或 sc。",
    ]
    if page.does is not None:
        told += await to_thread(of_act, page.does)
    desk.push_screen(Reading(f"帮助　{CONTEXTS.get(context, CONTEXTS[EVERYWHERE])}", told))


async def choose_chapter(desk: "Baomi") -> None:
    """Choose a 制度 and read what the ledger does for it and what it leaves to people."""
    chapters = await to_thread(every)
    items = [Item(c, c.regulation.short, c.regulation.title) for c in chapters]
    chosen = await desk.push_screen_wait(Pick("手册", items, "制度的名称或拼音首字母"))
    if isinstance(chosen, Chapter):
        desk.push_screen(Reading(chosen.regulation.title, in_full(chosen)))


def _line(desk: "Baomi", action: Action) -> object:
    why = desk.page.why_not(action)
    keys = "、".join(map(key_name, action.keys))
    return styled(
        (f"  {keys}", "bold"),
        f"　{action.words}：{action.tells}",
        (f"（现在不能：{why}）" if why else "", "$warning"),
    )
