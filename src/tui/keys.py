"""The key page for officers, made from the table of actions.

``python -m tui.keys`` writes it to ``docs/键位.md``; a test says when it is no longer so.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tui.actions import ACTIONS, CONTEXTS, key_name

__all__ = ["page"]


def page() -> str:
    """The page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 键位"
    yield ""
    yield "这一页由程序的键位表生成，请勿手改。画面上随时按 F1 看当时能用的键；不能用的键，按了会说明为什么。"
    for context, title in CONTEXTS.items():
        own = [action for action in ACTIONS if context in action.where and action.keys]
        if own:
            yield from ("", f"## {title}", "", "| 键 | 做什么 | 说明 |", "|---|---|---|")
            for action in own:
                keys = "、".join(f"`{key_name(key)}`" for key in action.keys)
                yield f"| {keys} | {action.words} | {action.tells} |"
    yield from ("", "没有单独的键、在命令（Ctrl+P）里找的：", "")
    yield from (f"- {a.words}：{a.tells}" for a in ACTIONS if not a.keys)


if __name__ == "__main__":
    Path(sys.argv[1] if sys.argv[1:] else "docs/键位.md").write_text(page(), "utf-8")
