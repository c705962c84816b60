"""《保密要害部门部位管理制度》 第二条至第八条: what a key place is and has."""

from collections.abc import Iterator
from typing import Final

from ledger.event.premises import SiteOpened
from ledger.finding import Breach, Force
from ledger.place import Site
from ledger.register.register import Register
from ledger.regulation import KEY_POSTS
from ledger.rule import Desk, rule

__all__ = ["FIVE_RULES", "RULES"]

FIVE_RULES: Final = (
    "岗位职责及责任追究",
    "人员审查培训出境监督",
    "载体密品使用管理",
    "办公场所保密管理",
    "保密技术设备管理",
)
"""The rules every key place has (第五条)."""


@rule(
    KEY_POSTS["第二条"],
    Force.REQUIRES,
    "每个要害部门部位都应有第一责任人，就是它的主要负责人",
    on=Site,
    remedy="更正场所登记，写明责任人。",
)
def a_key_place_has_a_head(site: Site, _desk: Desk) -> Iterator[Breach]:
    """Somebody answers for every key place."""
    if site.key and not site.keeper:
        yield Breach(site.number, f"{site.name}没有登记责任人")


@rule(
    KEY_POSTS["第三条"],
    Force.REQUIRES,
    "要害部位应有独立封闭的空间、存放载体的保密设施和有效的监控",
    on=Site,
    remedy="整改后更正场所登记。",
)
def a_key_place_is_fit(site: Site, _desk: Desk) -> Iterator[Breach]:
    """A key place can be closed off, locks its carriers away and sees who comes."""
    if not site.key:
        return
    parts = (
        ("独立封闭的空间", site.enclosed),
        ("保密存放设施", site.storage),
        ("有效监控", site.surveillance),
    )
    for words in ("缺少", "没有登记是否有"):
        wanted = False if words == "缺少" else None
        blank = [name for name, has in parts if has is wanted]
        if blank:
            yield Breach(site.number, f"{site.name}{words}{'、'.join(blank)}")


@rule(
    KEY_POSTS["第四条"],
    Force.REQUIRES,
    "要害部位新建的，须先由保密部门验收，合格才启用",
    on=SiteOpened,
    remedy="先请验收，用“场所验收”登记文号，再启用。",
)
def a_new_key_place_is_accepted_first(event: SiteOpened, desk: Desk) -> Iterator[Breach]:
    """A newly built key place is used after the bureau found it fit."""
    site = desk.register.sites[event.site]
    if site.key and site.newly_built and not site.accepted_no:
        yield Breach(event.site, f"{site.name}是新建的，没有验收文件")


@rule(
    KEY_POSTS["第五条"],
    Force.REQUIRES,
    "有要害部门部位的，应建立五项保密制度",
    on=Register,
    remedy="订出所缺的制度，用“制定制度”登记。",
)
def key_places_have_five_rules(register: Register, _desk: Desk) -> Iterator[Breach]:
    """Where there is a key place there are the five rules it needs."""
    if any(site.key for site in register.sites.values()):
        missing = [scope for scope in FIVE_RULES if scope not in register.policies]
        if missing:
            yield Breach("要害部门部位", f"还没有登记：{'、'.join(missing)}")


@rule(
    KEY_POSTS["第六条"],
    Force.REQUIRES,
    "要害部位的管理档案要指定专人管",
    on=Site,
    remedy="更正场所登记，写明档案管理人。",
)
def a_key_place_has_its_file_kept(site: Site, _desk: Desk) -> Iterator[Breach]:
    """The management file of a key place has a keeper."""
    if site.key and not site.file_keeper:
        yield Breach(site.number, f"{site.name}的管理档案没有指定管理人")


RULES = (
    a_key_place_has_a_head,
    a_key_place_is_fit,
    a_new_key_place_is_accepted_first,
    key_places_have_five_rules,
    a_key_place_has_its_file_kept,
)
