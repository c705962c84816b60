"""Today's national law, beside which every 制度 is read."""

from typing import Final

from ledger.regulation.article import Regulation

__all__ = [
    "CASE_RULES",
    "CLASSIFICATION_RULES",
    "LAW_REGULATION",
    "NATIONAL",
    "REPORT_RULES",
    "STATE_SECRETS_LAW",
]

STATE_SECRETS_LAW: Final = Regulation.numbered(
    "中华人民共和国保守国家秘密法", "保密法", "2024年修订，2024年5月1日起施行", 65
)
LAW_REGULATION: Final = Regulation.numbered(
    "中华人民共和国保守国家秘密法实施条例", "实施条例", "国务院令第786号，2024年9月1日起施行", 74
)
CASE_RULES: Final = Regulation(
    "泄密案件查处办法", "查处办法", "国家保密局令2017年第1号", ("第五条",)
)
REPORT_RULES: Final = Regulation(
    "报告泄露国家秘密事件的规定", "泄密报告规定", "国保发〔1999〕8号", ("第五条",)
)
CLASSIFICATION_RULES: Final = Regulation.numbered(
    "国家秘密定密管理规定", "定密规定", "国家保密局令2025年第1号，2025年5月1日起施行", 13
)
"""Only the articles that were read are listed, so that no other can be cited."""

NATIONAL: Final = (
    STATE_SECRETS_LAW,
    LAW_REGULATION,
    CLASSIFICATION_RULES,
    CASE_RULES,
    REPORT_RULES,
)
"""The national texts that anything in the ledger leans on."""
