"""Where the old 制度 and today's law, or two 制度, do not say the same, and what was decided.

Each is decided once, told on the screen beside the finding it concerns, and tested.
"""

from typing import Final

from attrs import frozen

__all__ = [
    "CIRCLE_OF_READERS",
    "COMPILING_HIGHEST",
    "CONFLICTS",
    "COOLING_OFF",
    "COPY_CONSENT",
    "DISCOVERY",
    "EXIT_PERMIT",
    "HIGHEST_LOGIN",
    "LONGEST_TERM",
    "OFFENCES",
    "TWO_ADDRESSEES",
    "TWO_STEPS",
    "WHERE_DESTROYED",
    "WHO_CLASSIFIES",
    "Conflict",
]

EXIT_PERMIT: Final = "制度写的出境许可证已于2017年取消，现在看的是批准文件；绝密级一律不得出境。"
CIRCLE_OF_READERS: Final = (
    "制度只要求记录绝密级的知悉人员，现行实施条例第二十条是机密级以上都要记。"
)
WHERE_DESTROYED: Final = (
    "制度定在本单位销毁；现行实施条例第二十八条是送指定单位，少量的用合格设备才可自行销毁。"
)
COOLING_OFF: Final = "制度的下限是两年、一年、半年；现在一般是核心三至五年、重要二至三年、一般一至二年，批准机关可以定得更长。"
OFFENCES: Final = "制度列十二项，现行保密法第五十七条是十三项，登记时用现行的序号。"
COMPILING_HIGHEST: Final = (
    "制度没有单说绝密；现行实施条例第二十九条是绝密件须原定密机关或其上级同意才可汇编。"
)
LONGEST_TERM: Final = (
    "“最长期限”按最晚到期日取，不按年限从汇编之日重算；单位仍按年限的，在规章包里改。"
)
WHO_CLASSIFIES: Final = "老制度谁产生谁定密；现行保密法第十六、十七条由定密责任人在权限内定，不明确的十个工作日内报请确定。"
TWO_STEPS: Final = "先验外包装签收，再拆封核对内容，是前后两步，各有各的登记。"
HIGHEST_LOGIN: Final = "制度要求一次性口令；现在也用生理特征或智能卡，台账只记方式，不记口令。"
DISCOVERY: Final = "制度从发生时起算24小时；现行实施条例第六十一条从发现（或可能泄露）时起算。"
TWO_ADDRESSEES: Final = "制度只写报保密行政管理部门；现行实施条例第六十一条还要同时报上级主管部门。"
COPY_CONSENT: Final = (
    "各制度有的要“制发机关和领导”，有的要“制发机关或领导”，按本单位规章包里的审批人办。"
)


@frozen(kw_only=True)
class Conflict:
    """One place where two texts differ: what each says, what the ledger does, and who says so."""

    number: int
    subject: str
    seed: str
    today: str
    decision: str
    held_by: tuple[str, ...]
    """The rules, duties, fields and pack values that carry the decision."""
    note: str = ""
    """What is told on the screen beside the finding."""


CONFLICTS: Final = (
    Conflict(
        number=1,
        subject="携带出境的许可证",
        seed="工作人员守则第十四条、出国守则第二条、载体制度二（二）6、法制办制度五（二）要出境许可证",
        today="2017年起取消许可证，仍须批准；绝密级禁止（实施条例第二十九条）",
        decision="登记“批准文件”的文号，不设许可证一栏；绝密级一律拦下",
        held_by=("taken_abroad_by_the_rules", "media_go_abroad_by_the_rules"),
        note=EXIT_PERMIT,
    ),
    Conflict(
        number=2,
        subject="知悉人员记录从哪一级起",
        seed="载体制度一（四）1只要求绝密级",
        today="机密级以上（实施条例第二十条）",
        decision="每次送阅、借阅、会议发放都记；知悉名单默认从机密级起出，规章包可改",
        held_by=("knowledge_from",),
        note=CIRCLE_OF_READERS,
    ),
    Conflict(
        number=3,
        subject="绝密件在哪里销毁",
        seed="载体制度一（十一）3必须在本单位销毁",
        today="一般送指定单位，少量可用合格设备自行销毁（实施条例第二十八条）",
        decision="两种做法都记，都给提示，由单位选定；规章包可限定只送指定单位",
        held_by=("top_secret_is_destroyed_with_thought", "destroy_at"),
        note=WHERE_DESTROYED,
    ),
    Conflict(
        number=4,
        subject="脱密期的长短",
        seed="要害部门制度第十七条：不少于两年、一年、六个月",
        today="一般三至五年、二至三年、一至二年，从批准离岗之日起算",
        decision="规章包里的数是下限，低于它拦下；批准机关定得更长的照登",
        held_by=("cooling_off_is_long_enough", "cooling_months"),
        note=COOLING_OFF,
    ),
    Conflict(
        number=5,
        subject="违法行为列几项",
        seed="奖惩制度第五条十二项",
        today="保密法第五十七条十三项，文字有改动",
        decision="处分登记用现行十三项的序号，另加定密不当一项",
        held_by=("offence_is_one_of_the_law",),
        note=OFFENCES,
    ),
    Conflict(
        number=6,
        subject="绝密件能不能汇编",
        seed="载体制度一（十）1只说要原制发机关批准",
        today="绝密件须原定密机关或其上级同意（实施条例第二十九条）",
        decision="没有同意的一律拦下，规章包对绝密单列审批人",
        held_by=("every_issuer_agreed",),
        note=COMPILING_HIGHEST,
    ),
    Conflict(
        number=7,
        subject="汇编件的最长期限怎么取",
        seed="载体制度一（十）2：最长保密期限",
        today="派生的秘密随其来源到期",
        decision="取各部分中最晚的到期日；规章包可改回取最长年限",
        held_by=("compiled_under_the_highest_and_longest", "term_of_compilation"),
        note=LONGEST_TERM,
    ),
    Conflict(
        number=8,
        subject="由谁定密",
        seed="组织部制度五（一）（三）：谁产生谁确定，有争议的由领导小组定",
        today="定密责任人在权限内确定，不明确的报省级或国家保密行政管理部门（保密法第十六、十七、二十五条）",
        decision="登记承办人、定密责任人、依据；超权限的提示（派生的除外）；请示登记后按十个工作日提示",
        held_by=(
            "classified_by_whoever_may",
            "within_the_units_authority",
            "unclear_matter_answered",
        ),
        note=WHO_CLASSIFIES,
    ),
    Conflict(
        number=9,
        subject="信息公开审查的依据",
        seed="信息公开制度第七条引保密法实施办法",
        today="已由实施条例取代",
        decision="表单和说明里只写保密法和实施条例",
        held_by=("DisclosureDrafted.basis",),
    ),
    Conflict(
        number=10,
        subject="已废止的网络规定和刑法条文",
        seed="恩平财政制度第二十六条、区直单位制度九1",
        today="均已修订或废止",
        decision="不印、不引",
        held_by=("computers_are_checked_every_quarter",),
    ),
    Conflict(
        number=11,
        subject="先签收还是先拆封",
        seed="载体制度一（二）3前段说核对无误后签收，后段说签收后拆封再查",
        today="两步并不矛盾",
        decision="签收前核外包装和件数，拆封后核内容，分别登记；内容不符的要有查询记录",
        held_by=("discrepancies_are_queried", "Received.contents_agree"),
        note=TWO_STEPS,
    ),
    Conflict(
        number=12,
        subject="借阅绝密和查阅绝密由谁批",
        seed="恩平财政制度第十条借阅绝密要分管领导，第十五条查阅绝密只要办公室主任",
        today="是两件事：借阅离开保管处，查阅不离开",
        decision="“借阅”“查阅”分作两个事项，各有各的审批人",
        held_by=("lent_with_approval", "consulted_with_approval"),
    ),
    Conflict(
        number=13,
        subject="绝密级机器的口令",
        seed="计算机制度备注③：一次性口令",
        today="生理特征，或智能卡、密钥加不少于6位口令",
        decision="登记鉴别方式，三种都认；从不记口令本身",
        held_by=("top_secret_password_is_used_once",),
        note=HIGHEST_LOGIN,
    ),
    Conflict(
        number=14,
        subject="会议记录本由秘书保管",
        seed="法制办制度三（六）由秘书保管3至5年",
        today="保管的地方须符合保密要求（实施条例第二十七条）",
        decision="记录本是有编号的载体，登记保管人和地点，到期提示移交",
        held_by=("notebook_handed_in", "Notebook.keeper"),
    ),
    Conflict(
        number=15,
        subject="24小时从何时起算",
        seed="泄密查处制度第五条：发生泄密的24小时内",
        today="发现泄露或可能泄露后24小时内（实施条例第六十一条）",
        decision="从发现的那一刻起算，发生日期另记",
        held_by=("leaks_are_reported_in_a_day", "leak_reported"),
        note=DISCOVERY,
    ),
    Conflict(
        number=16,
        subject="向谁报告",
        seed="江门各制度多只写报保密行政管理部门",
        today="同时报上级主管部门（实施条例第六十一条）",
        decision="外单位登记簿上有“上级主管部门”的，两处都报到才算办完",
        held_by=("both_are_told",),
        note=TWO_ADDRESSEES,
    ),
    Conflict(
        number=17,
        subject="复印由谁批准",
        seed="局机关制度四“或”，组织部制度八（七）、岗位实施方案四（三）1“与”，载体制度一（九）2由主管领导",
        today="按规定审批（实施条例第二十七条）",
        decision="审批人写成带“与”“或”的式子，放在规章包里",
        held_by=("copied_where_the_issuer_permits", "copy"),
        note=COPY_CONSENT,
    ),
)
"""All of them, in the order in which they were found."""
