"""《国家秘密载体保密管理制度》一、纸介质（九）复印、（十）汇编."""

from collections.abc import Iterable, Iterator

from ledger.carrier import Document
from ledger.conflict import COMPILING_HIGHEST, COPY_CONSENT, LONGEST_TERM
from ledger.consent import lacking
from ledger.event import Compiled, Copied
from ledger.finding import Breach, Force
from ledger.inherit import covers, traditional
from ledger.mark import InvalidMark, Level, Mark
from ledger.person import Circle
from ledger.register.lineage import compiled_end
from ledger.register.survey import admitted
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    CARRIERS["一（九）1"],
    Force.REQUIRES,
    "绝密件原则上不复印；非印不可的，应由定密机关或其上级批准",
    on=Copied,
    remedy="向原定密机关或其上级机关报批，写明批准机关和文号；否则不复印。",
)
def top_secret_is_copied_by_its_originator(event: Copied, desk: Desk) -> Iterator[Breach]:
    """A 绝密 paper is copied only where its originator or that organ's superior agreed."""
    for number, document in desk.papers((event.original,)):
        if document.level is Level.绝密:
            fact = lacking(event.approvals, desk, "copy", document.level, document.issuer)
            if fact:
                yield Breach(number, fact)


@rule(
    CARRIERS["一（九）2"],
    Force.REQUIRES,
    "机密、秘密件要两样都有才可以印：制发机关许可，本机关主管领导批准",
    on=Copied,
    remedy="先弄清制发机关是否允许复印并登记，再按规章包的审批人报批。",
    note=COPY_CONSENT,
)
def copied_where_the_issuer_permits(event: Copied, desk: Desk) -> Iterator[Breach]:
    """机密 and below is copied where the issuer permits it and the leader approved."""
    for number, document in desk.papers((event.original,)):
        if document.level is Level.绝密:
            continue
        agreed = any(approval.by == document.issuer for approval in event.approvals)
        own = document.issuer == desk.register.unit
        if document.copy_allowed is not True and not own and not agreed:
            said = "不允许复印" if document.copy_allowed is False else "是否允许复印没有登记"
            yield Breach(number, f"制发机关{document.issuer}{said}")
        fact = lacking(event.approvals, desk, "copy", document.level, document.issuer)
        if fact:
            yield Breach(number, fact)


@rule(
    CARRIERS["一（九）3"],
    Force.FORBIDS,
    "复印不得改变密级、期限和知悉范围",
    on=Copied,
    remedy="复印件只给知悉范围内的人；先存保密室的，领取人写保密员。",
)
def copies_stay_in_the_circle(event: Copied, desk: Desk) -> Iterator[Breach]:
    """A photocopy is given to nobody outside the original's circle; the officer may keep it."""
    if desk.keeps_the_room(event.receiver):
        return
    person = desk.register.person(event.receiver)
    for number, document in desk.papers((event.original,)):
        if event.receiver and document.circle is not None:
            if person is None or not document.circle.admits(person):
                name = person.name if person else event.receiver
                yield Breach(number, f"领取人{name}不在知悉范围（{document.circle}）内")


@rule(
    CARRIERS["一（九）4"],
    Force.REQUIRES,
    "复印密件应先批后印，并登记清楚",
    on=Copied,
    remedy="写明用途、领取人；份数不少于1。",
)
def copies_are_registered_in_full(event: Copied, desk: Desk) -> Iterator[Breach]:
    """The register of copies shows how many, what for and who has them."""
    for number, _ in desk.papers((event.original,)):
        blank = [
            name
            for name, filled in (
                ("复印份数", event.copies > 0),
                ("用途", event.purpose),
                ("领取人", event.receiver),
            )
            if not filled
        ]
        if blank:
            yield Breach(number, f"没有填：{'、'.join(blank)}")


def _sources(event: Compiled, desk: Desk) -> dict[str, Document]:
    """The documents a compilation is made of, each under the number of one of its copies."""
    return dict(desk.papers(event.parts))


@rule(
    CARRIERS["一（十）1"],
    Force.FORBIDS,
    "不得自行汇编别人的密件，每一份的制发机关都要同意",
    on=Compiled,
    remedy="逐一征得原制发机关批准；绝密件没有原定密机关或其上级同意的，从汇编中去掉。",
    note=COMPILING_HIGHEST,
)
def every_issuer_agreed(event: Compiled, desk: Desk) -> Iterator[Breach]:
    """Each part's issuer approved its being compiled."""
    for number, document in _sources(event, desk).items():
        own = document.issuer == desk.register.unit
        act = "make" if own else "compile"
        fact = lacking(event.approvals, desk, act, document.level, document.issuer)
        if fact:
            yield Breach(number, f"{fact}（制发机关：{document.issuer or '未登记'}）")


@rule(
    CARRIERS["一（十）2"],
    Force.REQUIRES,
    "汇编件应按其中最高的密级、最长的期限来标",
    on=Compiled,
    remedy="按算出的标志标注；期限分不出长短的，由主管领导定下较长的一个。",
    note=LONGEST_TERM,
)
def compiled_under_the_highest_and_longest(event: Compiled, desk: Desk) -> Iterator[Breach]:
    """A compilation protects at least as highly and as long as each of its parts."""
    parts = tuple(doc for doc in _sources(event, desk).values() if doc.level)
    if not parts:
        return
    given, highest = event.document.mark, max(doc.level for doc in parts if doc.level)
    years = desk.pack.term_of_compilation == "years"
    if given is not None and given.level < highest:
        fact = f"标为{given.level}，组成部分最高是{highest}"
    else:
        fact = _fewer_years(given, parts) if years else _too_short(event.document, parts)
    if fact:
        yield Breach(event.document.number or event.document.title, fact)


def _too_short(whole: Document, parts: Iterable[Document]) -> str:
    """What a compilation's term falls short of, in words; blank if it is long enough."""
    try:
        end = compiled_end(parts)
    except InvalidMark as error:
        return str(error)
    if end is None or (whole.mark and covers(whole.mark, whole.issued_on, end)):
        return ""
    if whole.mark is None:
        return _chosen_by_a_person(end.undecided) if end.undecided else f"没有标志，应为{end.mark}"
    if end.undecided:
        return f"标为{whole.mark}，各部分分别到{end.undecided}，应取其中较长的一个"
    return f"标为{whole.mark}，按组成部分应为{end.mark}，期限可以更长"


def _fewer_years(given: Mark | None, parts: Iterable[Document]) -> str:
    """What its term falls short of in the traditional way; blank if it is long enough."""
    marks = tuple(part.mark for part in parts if part.mark)
    longest = traditional(marks)
    if given is None:
        terms = "、".join(dict.fromkeys(str(mark.stated) for mark in marks))
        return f"没有标志，应为{longest}" if longest else _chosen_by_a_person(terms)
    if longest is None or longest <= given:
        return ""
    return f"标为{given}，按最长年限应为{longest}"


def _chosen_by_a_person(ends: str) -> str:
    return f"期限分不出长短（{ends}），要由人确定"


@rule(
    CARRIERS["一（十）2"],
    Force.REQUIRES,
    "汇编件的知悉范围应在每一部分的范围之内",
    on=Compiled,
    remedy="只给各部分范围都包括的人；没有共同的人，就不要汇编在一起。",
)
def compiled_for_the_common_circle(event: Compiled, desk: Desk) -> Iterator[Breach]:
    """Nobody may read the whole who may not read each part."""
    parts = _sources(event, desk)
    circles = [doc.circle for doc in parts.values() if doc.circle]
    name = event.document.number or event.document.title
    if circles and not event.document.circle:
        yield Breach(name, "各部分的知悉范围没有共同的人")
    for person in admitted(desk.register, event.document.circle or Circle()):
        outside = [n for n, doc in parts.items() if doc.circle and not doc.circle.admits(person)]
        if outside:
            yield Breach(name, f"{person.name}在汇编件范围内，却不在{outside[0]}的范围内")


@rule(
    CARRIERS["一（十）2"],
    Force.REQUIRES,
    "组成部分变更后，汇编件应重新核定标志",
    on=Document,
    remedy="按现在的组成部分核定，凭本单位变更通知登记。",
)
def compilations_follow_their_parts(whole: Document, desk: Desk) -> Iterator[Breach]:
    """A compilation's mark still covers its parts as they are marked today."""
    parts = tuple(desk.register.documents[part] for part in whole.made_from)
    if whole.level is None or whole.mark is None:
        return
    try:
        end = compiled_end(parts)
    except InvalidMark:
        return
    if end is None or covers(whole.mark, whole.issued_on, end):
        return
    due = f"按组成部分应为{end.mark}，期限可以更长"
    if end.undecided:
        due = f"组成部分最高是{end.level}，分别到{end.undecided}，应重新核定"
    yield Breach(whole.number, f"标为{whole.mark}，{due}")


RULES = (
    top_secret_is_copied_by_its_originator,
    copied_where_the_issuer_permits,
    copies_stay_in_the_circle,
    copies_are_registered_in_full,
    every_issuer_agreed,
    compiled_under_the_highest_and_longest,
    compiled_for_the_common_circle,
    compilations_follow_their_parts,
)
