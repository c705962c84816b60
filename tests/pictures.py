"""Makes the pictures of the forms in docs/forms; run ``python -m tests.pictures`` and look at them.

They are looked at, not compared: fonts differ from machine to machine.
"""

import tempfile
from pathlib import Path

import pypdfium2

from ledger.books import book_named
from ledger.forms.docx import docx
from ledger.forms.form import shipped
from ledger.room.filling import Subject
from ledger.room.paperwork import book_content, paper_of, table
from tests.rendering import printed
from tests.showroom import Showroom
from tests.test_rendering import FILLED

FOLDER = Path(__file__).parents[1] / "docs" / "forms"
DPI = 75
SHOWN = ("收文登记簿", "计算机台账")
"""Books of which a picture is kept."""
GIVEN = {
    "checklist": {"place": "示范市", "result1": "已建立，职责明确", "result8": "已建立"},
    "disclosure": {"title": "关于公布年度办事指南的请示", "way": "主动公开", "secret": False,
                   "changed": False, "unfit": False, "doc_no": "示函〔2026〕3号",
                   "issued_on": "2026年3月2日"},
    "activity": {"group": "第三组", "lead": "示范局", "held_on": "2026年4月9日", "held_at": "示范局",
                 "content": "学习保密法，交流定密工作。",
                 "changes": [{"unit": "示范局", "name": "王敏", "post": "保密员"}]},
    "inspection": {"department": "保密室", "head": "王敏", "equipment": "柜锁、监控运转正常。"},
    "destruction_list": {"reason": "清退后多余的复印件", "list_no": "XH-2026-1"},
    "hand_in": {"scope": "整本", "file": "示范局.baomi", "acts": 5250, "on": "2026年11月25日", "by": "王敏",
                "head": "f7960ce7fa851c8be656" + "0" * 44, "digest": "637d1e35ae64fb7d9b08" + "0" * 44},
    "import_report": {"file": "设备登记表.csv", "kind": "计算机", "batch": 57, "read": 106,
                      "created": 104, "unchanged": 0, "rejected": 2,
                      "mapping": "资产编号→资产编号；设备名称→名称；责任人→责任人",
                      "unmapped": "合同号、原值", "blanks": "序列号：0（7格）"},
}  # fmt: skip


def main() -> None:
    """Print every form and some books, and keep a picture of each first page."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        show = Showroom(Path(folder) / "room")
        documents = {}
        for name in shipped():
            subject = Subject(numbers=FILLED.get(name, ()))
            values = dict(GIVEN.get(name, {}))
            if name == "import_report":
                from ledger.forms.form import form_named
                from ledger.forms.layout import laid_out

                layout = laid_out(form_named(name), {"unit": "示范局", **values})
            else:
                layout = paper_of(show.room, name, subject, values).layout
            documents[f"{name}.docx"] = docx(layout)
        for book in map(book_named, SHOWN):
            content = book_content(show.room, book, Subject())
            documents[f"book_{book.name}.docx"] = table(content, "docx")
        for name, pdf in printed(documents, Path(folder)).items():
            with pypdfium2.PdfDocument(pdf) as document:
                image = document[0].render(scale=DPI / 72).to_pil().convert("L")
            image.quantize(16).save(FOLDER / f"{Path(name).stem}.png", optimize=True)


if __name__ == "__main__":
    main()
