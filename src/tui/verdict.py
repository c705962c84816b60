"""What the rules say of a form as it is filled in now, as it stands beside it."""

from collections.abc import Mapping

from textual.content import Content

from ledger.room.drafting import Draft
from tui.plain import plain
from tui.prose import finding_lines

__all__ = ["verdict"]


def verdict(draft: Draft, labels: Mapping[str, str]) -> list[Content]:
    """What is missing, what the rules say, and what to press, a line each; ``labels`` name the fields."""
    told = [
        plain(f"{labels.get(n, '')}：{why}".lstrip("："), "$error")
        for n, why in draft.faults.items()
    ]
    if draft.missing:
        told.append(plain(f"还要填：{'、'.join(draft.missing)}", "$warning"))
    if draft.proposal is None:
        return told
    against = [f for f in draft.proposal.findings if f.force.binds]
    advice = [f for f in draft.proposal.findings if not f.force.binds]
    if draft.proposal.refused and draft.asks:
        told.append(plain("由别人办理，按 F7 申请；批准以后由他办", "bold $accent"))
    elif draft.proposal.refused:
        told.append(plain(f"不能办理：{len(against)}项；确已发生的按 F9 补记", "bold $error"))
    else:
        told.append(plain("可以办理，按 F8 看清要写什么", "bold $success"))
    told += [block for f in (*against, *advice) for block in finding_lines(f)]
    if draft.proposal.notes:
        told.append(plain(f"写入以后仍要处理：{len(draft.proposal.notes)}项", "$warning"))
        told += [plain(f"{f.force} {f.subject} {f.fact}") for f in draft.proposal.notes]
    return told
