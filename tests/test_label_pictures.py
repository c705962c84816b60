"""Labels as pictures: they scan, also badly seen; nothing is cut; every character is drawn."""

import hashlib
import os
import subprocess
import sys
import tomllib
from itertools import product
from pathlib import Path

import pytest
from attrs import evolve
from PIL import Image, ImageChops, ImageDraw, ImageFont

from ledger.printing import font
from ledger.printing.font import Face, MissingGlyph, face_for, installed, shipped_face
from ledger.printing.line import advance, strip, wrapped
from ledger.printing.payload import write
from ledger.printing.picture import Unfit, at, draw, module_dots
from ledger.printing.preview import blocks, size_in_words
from ledger.printing.proof import DPIS, faults, prove
from ledger.printing.symbol import MODULES, symbol
from ledger.printing.template import Item, read_template, templates
from tests.camera import View, seen
from tests.labels import BLANK, CODE, KEY, LONGEST, RAREST, SUBJECT, symbol_box, zxing

RECORDS = {"longest": LONGEST, "rarest": RAREST, "blank": BLANK}
SIZES = list(product(templates().values(), DPIS, RECORDS))
NAMES = [f"{template.id}-{dpi}-{record}" for template, dpi, record in SIZES]


def zbar(picture):
    """What zbar reads in a picture, a decoder that shares no code with the other."""
    pyzbar = pytest.importorskip(
        "pyzbar.pyzbar", reason="zbar (Debian's libzbar0) is not installed"
    )
    return [each.data.decode() for each in pyzbar.decode(picture.convert("L"))]


@pytest.mark.parametrize(("template", "dpi", "record"), SIZES, ids=NAMES)
def test_every_template_scans_at_every_printer(template, dpi, record):
    """Each size at each usual resolution is read by two unrelated decoders to exactly its code."""
    picture = draw(template, RECORDS[record], at(dpi))

    assert picture.mode == "1"
    assert zxing(picture) == [CODE]
    assert zbar(picture) == [CODE]


@pytest.mark.parametrize(("template", "dpi", "record"), SIZES, ids=NAMES)
def test_modules_are_whole_dots_and_their_margin_is_white(template, dpi, record):
    """Modules are as large as the template says, exact dots of the symbol, in a white margin."""
    printer, values = at(dpi), RECORDS[record]
    picture = draw(template, values, printer)
    left, top, side = symbol_box(template, printer)
    dots = module_dots(template.code, printer)
    quiet = template.code.quiet * dots
    alone = symbol(values["code"]).resize((side, side), Image.Resampling.NEAREST)
    margin = (left - quiet, top - quiet, left + side + quiet, top + side + quiet)
    around = picture.crop(margin).convert("L")
    around.paste(255, (quiet, quiet, quiet + side, quiet + side))

    assert dots / dpi * 25.4 >= max(template.code.min_module_mm, 0.33) - 1e-9
    assert dots >= 3
    assert picture.crop((left, top, left + side, top + side)).tobytes() == alone.tobytes()
    assert around.getextrema() == (255, 255)


@pytest.mark.parametrize(("template", "dpi", "record"), SIZES, ids=NAMES)
def test_no_ink_leaves_an_items_box(template, dpi, record):
    """With every item's box painted over, nothing is left: no text is cut or runs out."""
    picture = draw(template, RECORDS[record], at(dpi)).convert("L")
    pen = ImageDraw.Draw(picture)
    dots = dpi / 25.4
    for item in template.items:
        corners = tuple(round(mm * dots) for mm in item.corners)
        if item.kind == "box":
            pen.rectangle(
                (*corners[:2], corners[2] - 1, corners[3] - 1), outline=255, width=round(dots)
            )
        else:
            pen.rectangle((*corners[:2], corners[2] - 1, corners[3] - 1), fill=255)

    assert picture.getextrema() == (255, 255)


GATE = ("medium-40x12", "medium-25x15")
ROUNDS = 30
COMBINED = View(turn=10, skew=0.03, blur=0.9, noise=12, shade=0.4, jpeg=60)
INKS = {"black": 0, "grey": 128, "white": 255}


def looks(template, view):
    """How often each decoder reads a label that is badly seen, in hundredths, and its misreadings."""
    read, wrong = {"zxing": 0, "zbar": 0}, []
    for seed in range(ROUNDS):
        code = write(SUBJECT._replace(ident=seed), 1, KEY)
        picture = draw(template, LONGEST | {"code": code, "level": "机密"}, at(203))
        shot = seen(picture, seed, symbol_box(template, at(203)), view)
        for name, found in (("zxing", zxing(shot)), ("zbar", zbar(shot))):
            read[name] += code in found
            wrong += [text for text in found if text != code]
    return {name: 100 * count / ROUNDS for name, count in read.items()}, wrong


@pytest.mark.parametrize("name", GATE)
def test_small_labels_scan_when_badly_seen(name):
    """Turned, skewed, blurred, noisy, shaded and compressed all at once, the smallest labels scan."""
    read, wrong = looks(templates()[name], COMBINED)

    assert read["zxing"] >= 95
    assert read["zbar"] >= 75
    assert wrong == []


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("name", GATE)
def test_small_labels_scan_with_a_smudge(name, ink):
    """A smudge of any ink over a twentieth of the code, on its data, costs nothing."""
    read, wrong = looks(templates()[name], View(blot=0.05, ink=INKS[ink]))

    assert read["zxing"] == 100
    assert wrong == []


@pytest.mark.parametrize("ink", INKS)
def test_a_smudge_on_a_corner_is_not_misread(ink):
    """Where a smudge may lie on the corners by which a code is found, half are still read, none wrongly."""
    read, wrong = looks(templates()["medium-40x12"], View(blot=0.05, ink=INKS[ink], corners=True))

    assert read["zxing"] >= 35
    assert read["zbar"] >= 50
    assert wrong == []


def test_modules_of_two_dots_would_not_pass():
    """The gate tells good labels from bad: the same code at two dots a module fails it."""
    template = templates()["medium-40x12"]
    small = tuple(
        evolve(item, w=6.3, h=6.3, min_module_mm=0.25) if item.kind == "qr" else item
        for item in template.items
    )
    read, wrong = looks(evolve(template, items=small), COMBINED)

    assert read["zxing"] < 60
    assert read["zbar"] < 30
    assert wrong == []


def test_a_smear_is_never_read_as_another_code():
    """What is smeared too far to be read is not read as something else."""
    for view in (View(blot=0.2), View(blot=0.1, blur=1.2), View(blur=2.0)):
        _, wrong = looks(templates()["medium-25x15"], view)
        assert wrong == []


def plain(symbol_code):
    """The symbol as python-qrcode itself draws it."""
    import qrcode
    from qrcode.util import QRData

    made = qrcode.QRCode(
        version=1, error_correction=qrcode.ERROR_CORRECT_Q, border=0, box_size=1, mask_pattern=3
    )
    made.add_data(QRData(symbol_code, mode=1), optimize=0)
    made.make(fit=False)
    return made.make_image().get_image().convert("1")


def test_the_symbol_is_python_qrcodes_own():
    """Our picture of a symbol is python-qrcode's, dot for dot."""
    for n in range(20):
        code = write(SUBJECT._replace(ident=n), 1, KEY)
        assert symbol(code).convert("L").tobytes() == plain(code).convert("L").tobytes()
        assert symbol(code).size == (MODULES, MODULES)


@pytest.mark.parametrize("size", [11, 16, 18, 24, 40, 63])
@pytest.mark.parametrize(
    "text", ["机密", "责任人 欧阳䶮㛃𠅤", "JSJ-2026-0001", "（细胞）Tetra 50%", "一"]
)
def test_a_line_is_put_together_from_what_pillow_draws(text, size):
    """Characters kept and put together give the dots of the same characters drawn anew."""
    canvas = Image.new("1", (size * 40, size * 4), 0)
    pen = ImageDraw.Draw(canvas)
    pen.fontmode = "1"
    face = ImageFont.truetype(shipped_face().path, size, layout_engine=ImageFont.Layout.BASIC)
    x = size
    for character in text:
        pen.text((x, size * 2), character, fill=1, font=face, anchor="ls")
        x += round(face.getlength(character, mode="1"))

    assert strip(text, size).tobytes() == canvas.crop(canvas.getbbox()).tobytes()


def test_lines_break_between_any_two_characters():
    """A wrapped line is never wider than its box, loses nothing, and begins with no blank."""
    text = "司马相如 小儿先天畸形实验室 Tetra"
    lines = wrapped(text, 16, 100)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(advance(line, 16) <= 100 and line == line.strip() for line in lines)
    assert wrapped("", 16, 100) == [""]


def one(text, **more):
    """A label of 60 by 40 mm with a code and one other item."""
    data = {
        "format": 1,
        "label": {"id": "x", "name": "x", "for": ["medium"], "width_mm": 60.0, "height_mm": 40.0},
        "item": [
            {"kind": "qr", "x": 38.0, "y": 0.5, "w": 21.0, "h": 21.0},
            {"kind": "text", "x": 1.0, "y": 1.0, "w": 30.0, "h": 5.0, "text": text} | more,
        ],
    }
    return read_template(data, Path("x.toml"))


@pytest.mark.parametrize(
    ("more", "text", "said"),
    [
        ({}, "九" * 20, "文字“{name}”放不下：.*字高2.0毫米时要40.*框是30×5毫米"),
        ({"overflow": "shrink"}, "九" * 30, "要61.*毫米，框是30×5毫米"),
        ({"overflow": "wrap"}, "九" * 60, "放不下"),
        ({"h": 1.6, "min_mm": 2.0}, "九", "框是30×1.6毫米"),
        ({"kind": "badge", "w": 4.0}, "绝密", "密级牌“{name}”放不下"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(more, text, said):
    """Nothing is cut in silence: the item, its box and the size that would fit are named."""
    with pytest.raises(Unfit, match=said):
        draw(one("{name}", **more), LONGEST | {"name": text}, at(300))


@pytest.mark.parametrize(
    ("overflow", "text"), [("refuse", "九九九"), ("shrink", "九" * 14), ("wrap", "九" * 28)]
)
def test_what_fits_by_its_rule_is_drawn(overflow, text):
    """A text keeps its height, shrinks to the least allowed, or breaks into lines, as its rule says."""
    picture = draw(one("{name}", overflow=overflow), LONGEST | {"name": text}, at(300))

    assert zxing(picture) == [CODE]


def test_characters_have_enough_dots():
    """At 203 dots an inch a character of 汉字 is never smaller than 16 dots, whatever a file allows."""
    template = one("{name}", h=1.8, min_mm=1.5)
    with pytest.raises(Unfit):
        draw(template, LONGEST | {"name": "密"}, at(203))

    assert draw(template, LONGEST | {"name": "M"}, at(203))
    assert draw(template, LONGEST | {"name": "密"}, at(300))


def test_a_code_in_too_small_a_box_is_refused():
    """A box too small for scannable modules is refused with the size that would do."""
    item = Item(kind="qr", x=1, y=1, w=9, h=9)
    assert module_dots(item, at(300)) == 4
    for dpi, least in ((203, "9.4"), (600, "8.5")):
        with pytest.raises(Unfit, match=f"至少要{least}毫米见方"):
            module_dots(evolve(item, w=7.5), at(dpi))
    with pytest.raises(Unfit, match="至少要"):
        module_dots(Item(kind="qr", x=1, y=1, w=4, h=4, min_module_mm=0.25), at(203))


def test_levels_differ_in_shape_and_in_word():
    """Without reading, the plate of each level has its own outline; what is no secret has an empty one."""
    template = templates()["computer-60x40"]

    def plate(level):
        picture = draw(template, LONGEST | {"level": level}, at(203)).convert("L")
        corner = picture.crop((14, 14, 34, 34))
        whole = picture.crop((14, 14, 278, 83))
        return corner.histogram()[0], whole.histogram()[0]

    found = {level: plate(level) for level in ("绝密", "机密", "秘密", "内部")}

    assert found["机密"][0] == 400
    assert 110 < found["秘密"][0] < 300
    assert found["绝密"][0] < 110
    assert found["内部"][1] * 3 < min(found[level][1] for level in ("绝密", "机密", "秘密"))


def test_pictures_are_drawn_in_their_box(tmp_path):
    """A picture is fitted into its box in black and white, what is clear in it staying white."""
    badge = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    ImageDraw.Draw(badge).rectangle((0, 0, 49, 99), fill="black")
    badge.save(tmp_path / "徽.png")
    data = tomllib.loads(
        """
        format = 1
        label = {id = "x", name = "x", for = ["medium"], width_mm = 60.0, height_mm = 40.0}
        item = [
            {kind = "qr", x = 30.0, y = 1.0, w = 20.0, h = 20.0},
            {kind = "image", file = "徽.png", x = 1.0, y = 1.0, w = 20.0, h = 10.0},
        ]
        """
    )
    template = read_template(data, tmp_path / "x.toml")
    picture = draw(template, BLANK, at(254)).convert("L")
    inside = picture.crop((10, 10, 210, 110))

    assert inside.histogram()[0] == 50 * 100
    assert zxing(picture) == [CODE]


def test_rare_names_have_glyphs():
    """Names beyond the basic plane are drawn by the font that comes with the program."""
    for character in "张䶮㛃𠅤𫖯龘":
        assert face_for(character) == shipped_face()
        assert strip(character, 32).getbbox()


def test_a_character_no_font_has_is_named():
    """A missing character is refused by its number, in the label too; a box is never printed."""
    with pytest.raises(MissingGlyph, match=r"U\+10FFFE"):
        face_for("\U0010fffe")
    with pytest.raises(MissingGlyph, match=r"U\+10FFFE"):
        prove(templates()["medium-40x12"], LONGEST | {"person": "张\U0010fffe"}, at(203))


@pytest.fixture
def latin():
    """An installed font that has letters the shipped one lacks, if this machine has one."""
    for character in "ሀಅஅ฿ᚠ":
        if not font.draws(shipped_face(), character):
            faces = installed(f":charset={ord(character):x}")
            if any(font.draws(face, character) for face in faces):
                return character
    return pytest.skip("no installed font draws a character that the shipped one lacks")


def test_an_installed_font_helps_out_for_one_character(latin):
    """Only the character the shipped font lacks is taken from another, its neighbours are not."""
    assert face_for(latin) != shipped_face()
    assert face_for("张") == shipped_face()
    assert strip(f"张{latin}", 24).width > strip("张", 24).width


def test_fonts_are_found_where_nothing_lists_them(monkeypatch, tmp_path):
    """Without fontconfig the usual folders are searched for fonts by their names."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "wqy").mkdir()
    for name in ("wqy/wqy-microhei.ttc", "DejaVu.ttf", "NotoSansCJK.otf", "readme-cjk.txt"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(font, "_FOLDERS", (str(tmp_path),))
    installed.cache_clear()
    try:
        found = [Path(face.path).name for face in installed(":lang=zh-cn")]
    finally:
        installed.cache_clear()

    assert sorted(found) == ["NotoSansCJK.otf", "wqy-microhei.ttc"]
    assert not font.draws(Face(str(tmp_path / "NotoSansCJK.otf")), "密")


GOLDEN = "3b90c8a4ee8ec471"
PICTURE = f"""
import hashlib
from ledger.printing.font import installed
from ledger.printing.line import strip
from ledger.printing.picture import at, draw
from ledger.printing.printer import printers
from ledger.printing.sheet import sheets
from ledger.printing.template import templates
assert len(sheets()) >= 7 and len(printers()) >= 7
values = {RAREST!r}
digest = hashlib.sha256()
for template in templates().values():
    for dpi in (203, 300, 600):
        digest.update(draw(template, values, at(dpi)).tobytes())
print(len(installed(":lang=zh-cn")), digest.hexdigest()[:16])
"""


def without_fonts(tmp_path):
    """An environment in which the system has no fonts at all."""
    conf = tmp_path / "fonts.conf"
    conf.write_text("<fontconfig><cachedir>/nonexistent</cachedir></fontconfig>")
    return {**os.environ, "FONTCONFIG_FILE": str(conf), "HOME": str(tmp_path), "PYTHONPATH": ""}


def test_chinese_needs_no_installed_font(tmp_path):
    """Where the system has no font at all, every label comes out dot for dot as it should."""
    said = subprocess.run(
        [sys.executable, "-c", PICTURE],
        env=without_fonts(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert said == ["0", GOLDEN]


@pytest.mark.heavy
def test_a_fresh_installation_prints_chinese(tmp_path):
    """Installed from its wheel into an empty environment, the program draws the same dots."""
    root = Path(__file__).parents[1]
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    install = [venv / "bin" / "pip", "install", "-q", "-c", root / "constraints.txt", root]
    subprocess.run(install, check=True, capture_output=True)
    said = subprocess.run(
        [venv / "bin" / "python", "-c", PICTURE],
        env=without_fonts(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert said == ["0", GOLDEN]


def test_a_proof_says_how_large_a_module_is():
    """What is printed has been read back, and its modules are known in dots and millimetres."""
    proof = prove(templates()["medium-40x12"], LONGEST, at(203))

    assert (proof.module_dots, round(proof.module_mm, 3)) == (3, 0.375)
    assert proof.picture.size == (320, 96)


def test_a_label_that_does_not_read_back_is_not_printed():
    """A picture laid over the code from outside the rules would be noticed before printing."""
    template = templates()["medium-40x12"]
    stray = Item(kind="box", x=3.0, y=3.0, w=4.0, h=4.0)
    broken = evolve(template, items=(*template.items, stray, evolve(stray, kind="line")))
    with pytest.raises(Unfit, match="读不回去"):
        prove(broken, LONGEST, at(203))


def test_faults_name_template_dots_and_record():
    """A template that cannot take a record is told with the resolution and the record's number."""
    template = templates()["medium-25x15"]
    found = faults(template, {"JZ-0001": LONGEST, "JZ-0002": LONGEST | {"number": "9" * 40}})

    assert [(each.dpi, each.number) for each in found] == [(dpi, "JZ-0002") for dpi in DPIS]
    assert "medium-25x15 每英寸203点 JZ-0002：文字“{number}”放不下" in str(found[0])


def test_a_terminal_shows_a_label_in_half_blocks():
    """A preview is no wider than the terminal; a picture that fits is shown dot for dot."""
    proof = prove(templates()["computer-60x40"], LONGEST, at(203))
    lines = blocks(proof.picture, 80)
    code = blocks(symbol(CODE), 80)

    assert {len(line) for line in lines} == {80}
    assert set("".join(lines)) <= set("┌─┐│└┘ ▀▄█")
    assert len(code) == 2 + (MODULES + 1) // 2
    back = Image.new("L", (MODULES + 8, MODULES + 9), 255)
    for y, line in enumerate(code[1:-1]):
        for x, block in enumerate(line[1:-1]):
            if block in "▀█":
                back.putpixel((4 + x, 4 + 2 * y), 0)
            if block in "▄█":
                back.putpixel((4 + x, 5 + 2 * y), 0)
    assert zxing(back.resize((back.width * 4, back.height * 4), Image.Resampling.NEAREST)) == [CODE]
    said = size_in_words(templates()["computer-60x40"], proof, at(203))
    assert "480×320点" in said
    assert "每格6点，0.75毫米" in said


def test_the_printers_correction_moves_what_is_inside():
    """A printer that shrinks everything gets a picture that is larger by as much, modules whole dots."""
    template = templates()["computer-60x40"]
    shrinking = evolve(at(300), scale_x=1.02, scale_y=1.01)
    picture = draw(template, LONGEST, shrinking)

    assert picture.size == (round(709 * 1.02), round(472.4 * 1.01))
    assert zxing(picture) == [CODE]
    assert not ImageChops.difference(picture, picture).getbbox()
    assert hashlib.sha256(picture.tobytes()).digest()
