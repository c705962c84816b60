"""What the tests of labels share: values that are long or rare, and the two decoders."""

import zxingcpp

from ledger.printing.payload import Subject, write
from ledger.printing.picture import Canvas

KEY = bytes(range(32))
SUBJECT = Subject("medium", 12301, "机密", "BM-2024-0001")
CODE = write(SUBJECT, 1, KEY)

LONGEST = {
    "unit": "示范市示范区示范局保密委员会办公室",
    "level": "绝密",
    "number": "JSJ-2026-0001",
    "name": "超低温冰箱联机工作站（细胞计数仪）",
    "person": "司马相如诸葛孔明",
    "department": "小儿先天畸形实验室",
    "place": "本溪研发楼5层小儿先天畸形实验室",
    "code": CODE,
    "kind": "计算机",
    "issue": "99",
    "model": "mini-PROTEAN Tetra",
    "serial": "ZY16-2026-000042",
    "asset_no": "BS-2020000042",
    "enabled": "2026-11-25",
}
RAREST = LONGEST | {"person": "欧阳䶮㛃𠅤", "name": "龘𫖯靐齉", "level": "互联网"}
BLANK = dict.fromkeys(LONGEST, "") | {"code": CODE, "level": "秘密", "number": "G-1"}


def zxing(picture):
    """What zxing-cpp reads in a picture."""
    return [each.text for each in zxingcpp.read_barcodes(picture.convert("L"))]


def symbol_box(template, printer):
    """The symbol of a label in dots: left, top, side."""
    return Canvas(template.width_mm, template.height_mm, printer).symbol(template.code)
