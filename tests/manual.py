"""Writes docs/rules.md and docs/manual/: the articles beside the code, and a chapter for each 制度.

Run ``python tests/manual.py`` after changing a rule, a duty or the table, and read what changed.
"""

from pathlib import Path

from ledger.conflict import CONFLICTS
from ledger.coverage import KINDS, demands
from ledger.duties import ALL as OBLIGATIONS
from ledger.manual import Chapter, Line, chapters, where
from ledger.regulation import COMPENDIUM, LOCAL
from ledger.rules import ALL

DOCS = Path(__file__).parents[1] / "docs"
RULES = DOCS / "rules.md"
MANUAL = DOCS / "manual"

HEAD = """\
# 条文对照

每个制度的每一条要求，由哪段程序承担；由人负责的写明为什么。要点是我们自己的话，不是条文原文。

（本页由 `python tests/manual.py` 生成，改了规则、应办事项或对照表要重新生成并通读一遍。）
"""


def placed() -> dict[tuple[str, str], str]:
    """Where each rule and obligation stands."""
    kinds = (("规则", ALL), ("应办", OBLIGATIONS))
    return {(word, each.name): where(each) for word, several in kinds for each in several}


def rules_page() -> str:
    """The whole of docs/rules.md."""
    places, lines = placed(), [HEAD]
    for regulation in (*COMPENDIUM, *LOCAL):
        mine = [each for each in demands() if each.regulation is regulation]
        held = sum(not each.by_people for each in mine)
        lines.append(f"## 《{regulation.title}》（{regulation.source}）\n")
        lines.append(f"要求{len(mine)}条，台账承担{held}条，由人负责{len(mine) - held}条。\n")
        lines.append("| 编号 | 条文 | 要点 | 类别 | 落实 |\n|---|---|---|---|---|")
        for each in mine:
            kinds = "、".join(KINDS[kind] for kind in each.kinds)
            told = "<br>".join(
                f"`{places[holder.word, holder.name]}`"
                if holder.word in ("规则", "应办")
                else f"{holder.word} {holder.name}"
                for holder in each.held
            )
            articles = "、".join(each.articles)
            lines.append(f"| {each.id} | {articles} | {each.gist} | {kinds} | {told} |")
        lines.append("")
    lines.append("## 制度与现行规定不一致的地方\n")
    lines.append("| 序号 | 事项 | 制度 | 现行 | 处理 | 承担 |\n|---|---|---|---|---|---|")
    for each in CONFLICTS:
        held_by = "<br>".join(f"`{name}`" for name in each.held_by)
        cells = (f"X-{each.number:02}", each.subject, each.seed, each.today, each.decision)
        lines.append(f"| {' | '.join(cells)} | {held_by} |")
    return "\n".join(lines).rstrip() + "\n"


def chapter_page(chapter: Chapter) -> str:
    """One page of the manual."""
    regulation = chapter.regulation
    lines = [f"# 《{regulation.title}》\n", chapter.opening, ""]
    lines.append(f"常用事项：{'、'.join(chapter.acts)}。项目用 `baomi acts 事项` 查看。\n")
    if chapter.reports:
        told = "；".join(f"{zh} `baomi report {name}`" for name, zh in chapter.reports)
        lines.append(f"报表：{told}。\n")
    for heading, group in chapter.parts:
        lines.append(f"## {heading}\n")
        lines += map(_line, group)
        lines.append("")
    if chapter.notes:
        lines.append("## 与现行规定不一致的\n")
        lines += [f"- {note}" for note in chapter.notes]
    return "\n".join(lines).rstrip() + "\n"


def _line(line: Line) -> str:
    told = "".join(f"\n  - {each}" for each in line.held)
    return f"- **{line.articles}**　{line.gist}{told}"


def index_page() -> str:
    """The list of the chapters."""
    lines = ["# 保密员手册\n", "每个制度一页：台账替您做什么，留给人做什么。\n"]
    lines += [f"- [{each.regulation.title}]({each.file}.md)" for each in chapters()]
    lines.append("\n（本手册由 `python tests/manual.py` 生成。）")
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Every generated page by its path."""
    found = {RULES: rules_page(), MANUAL / "README.md": index_page()}
    return found | {MANUAL / f"{each.file}.md": chapter_page(each) for each in chapters()}


if __name__ == "__main__":
    MANUAL.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, "utf-8")
