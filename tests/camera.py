"""A simulated phone or scanner looking at a printed label: the same picture for the same seed."""

from io import BytesIO
from math import cos, radians, sin
from random import Random
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

ZOOM = 3
"""Camera pixels a printed dot before the lens."""
MARGIN = 40


class View(NamedTuple):
    """How badly a label is seen.

    ``blot`` is a share of the symbol's area and ``ink`` its grey level; with ``corners`` it may lie
    on one of the three corners by which a code is found; ``turn`` degrees, ``skew`` a share of the side,
    ``blur`` in printed dots, ``noise`` in grey levels, ``shade`` the light lost from one side to
    the other, ``contrast`` what is left between ink and paper, ``jpeg`` a quality.
    """

    blot: float = 0.0
    ink: int = 128
    corners: bool = False
    turn: float = 0.0
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    shade: float = 0.0
    contrast: float = 1.0
    jpeg: int = 0


def seen(picture, seed, code, view):
    """What a camera sees of a label on a dark device; ``code`` is the symbol's left, top and side."""
    chance = Random(seed)
    grey = picture.convert("L")
    if view.blot:
        _stain(grey, code, view, chance)
    grey = grey.resize((grey.width * ZOOM, grey.height * ZOOM), Image.Resampling.NEAREST)
    field = Image.new("L", (grey.width + 2 * MARGIN, grey.height + 2 * MARGIN), 25)
    field.paste(grey, (MARGIN, MARGIN))
    field = _tilted(field, chance, view.turn, view.skew)
    if view.blur:
        field = field.filter(ImageFilter.GaussianBlur(view.blur * ZOOM))
    field = field.resize((field.width * 2 // ZOOM, field.height * 2 // ZOOM), Image.Resampling.BOX)
    if view.contrast < 1:
        field = field.point(lambda level: int(110 + (level - 128) * view.contrast))
    if view.shade:
        light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
        light = light.resize(field.size).point(lambda level: int(255 - level * view.shade))
        field = ImageChops.multiply(field, light)
    if view.noise:
        field = _grainy(field, chance, view.noise)
    return _packed(field, view.jpeg) if view.jpeg else field


def _stain(grey, code, view, chance):
    """A smudge on a code, on its data alone unless it may lie on a corner."""
    left, top, side = code
    half = view.blot**0.5 * side / 2
    corner = side * 7 / 21
    while True:
        x, y = chance.uniform(half, side - half), chance.uniform(half, side - half)
        near = [(0, 0), (side - corner, 0), (0, side - corner)]
        if view.corners or not any(_touches(x, y, half, fx, fy, corner) for fx, fy in near):
            break
    box = (left + x - half, top + y - half, left + x + half, top + y + half)
    ImageDraw.Draw(grey).rectangle(box, fill=view.ink)


def _touches(x, y, half, left, top, side):
    dx = x - min(max(x, left), left + side)
    dy = y - min(max(y, top), top + side)
    return max(abs(dx), abs(dy)) < half


def _tilted(field, chance, turn, skew):
    wide, high = field.size
    angle = radians(chance.uniform(-turn, turn))
    corners = []
    for x, y in ((0, 0), (0, high), (wide, high), (wide, 0)):
        dx, dy = x - wide / 2, y - high / 2
        corners += [
            wide / 2 + dx * cos(angle) - dy * sin(angle) + chance.uniform(-skew, skew) * wide,
            high / 2 + dx * sin(angle) + dy * cos(angle) + chance.uniform(-skew, skew) * high,
        ]
    return field.transform(
        field.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=25
    )


def _grainy(field, chance, noise):
    """Noise that is nearly normal: the mean of three even ones, each up to three times as far."""
    count = field.width * field.height
    layers = [Image.frombytes("L", field.size, chance.randbytes(count)) for _ in range(3)]
    mean = ImageChops.blend(ImageChops.blend(layers[0], layers[1], 0.5), layers[2], 1 / 3)
    reach = noise / 42.5  # the deviation of such a mean, in grey levels
    grain = mean.point(lambda level: int(min(255, max(0, 128 + (level - 127.5) * reach))))
    return ImageChops.add(field, grain, scale=1, offset=-128)


def _packed(field, quality):
    file = BytesIO()
    field.save(file, "JPEG", quality=quality)
    return Image.open(BytesIO(file.getvalue())).convert("L")
