"""A printer for tests: LibreOffice turns documents into PDF, pdfium reads what came out."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2

OFFICE = shutil.which("soffice")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>宋体</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Serif CJK SC</string></edit></match>
<match target="pattern"><test name="family"><string>黑体</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans CJK SC</string></edit></match>
</fontconfig>
"""
"""The office's machines have 宋体 and 黑体; here fonts of the same widths stand in for them."""


def printed(documents: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """The PDF of each document, by the document's name; the office says nothing when it fails."""
    with tempfile.TemporaryDirectory() as home:
        fonts = Path(home) / "fonts.conf"
        fonts.write_text(FONTS.format(cache=f"{home}/cache"), "utf-8")
        sources = []
        for name, raw in documents.items():
            path = Path(home) / name
            path.write_bytes(raw)
            sources.append(str(path))
        command = [
            str(OFFICE),
            f"-env:UserInstallation=file://{home}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *sources,
        ]
        env = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": home}
        subprocess.run(command, env=env, check=True, capture_output=True, timeout=180)
    found = {name: folder / f"{Path(name).stem}.pdf" for name in documents}
    missing = [name for name, path in found.items() if not path.exists()]
    assert not missing, f"not rendered: {missing}"
    return found


def pages(pdf: Path) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def words(pdf: Path) -> str:
    """The words of a PDF in the order in which they were drawn, without any blanks."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s", "", "".join(texts))


def smallest_pt(pdf: Path) -> float:
    """The size of the smallest words of a PDF, in points, as they lie on the paper."""
    sizes = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            count = text.count_chars()
            sizes += [pypdfium2.raw.FPDFText_GetFontSize(text, at) for at in range(count)]
    return min(size for size in sizes if size > 1)  # blanks that pdfium adds have 1
