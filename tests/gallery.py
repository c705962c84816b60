"""Writes docs/findings.md: every finding as it appears, beside the article it leans on.

Run ``python tests/gallery.py`` and read what has changed as prose before committing it.
"""

from collections import defaultdict
from pathlib import Path

from ledger.regulation import REGULATIONS
from ledger.rules import ALL
from tests.world import cases, findings_of

TARGET = Path(__file__).parents[1] / "docs" / "findings.md"

HEAD = """\
# 台账会说的话

每一条都按“事实、依据、改正”三行说。下面按制度和条文列出台账核对的全部内容，
以及事例中实际出现的事实。“禁”“须”拦下要办的事，“宜”只作提示；
已经发生的事一律照记，并附上当时的问题。

（本页由 `python tests/gallery.py` 生成，改了规则要重新生成并通读一遍。）
"""


def facts() -> dict[str, list[str]]:
    """The facts each rule states in the cases that fail, each once."""
    found: dict[str, list[str]] = defaultdict(list)
    for rule, outcome, _, case in cases():
        if outcome == "fails":
            for finding in findings_of(case):
                line = f"{finding.subject}　{finding.fact}"
                if finding.rule == rule and line not in found[rule] and len(found[rule]) < 6:
                    found[rule].append(line)
    return found


def page() -> str:
    """The whole page."""
    said = facts()
    lines = [HEAD]
    for regulation in REGULATIONS:
        lines.append(f"## 《{regulation.title}》（{regulation.short}，{regulation.source}）\n")
        for article in regulation.articles:
            for rule in ALL:
                if (rule.cites.regulation, rule.cites.article) == (regulation.short, article):
                    lines += [f"**{article}** {rule.force}　{rule.gist}\n"]
                    lines += [f"- {fact}" for fact in said.get(rule.name, ())]
                    lines += [f"- 改正：{rule.remedy}\n"]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
