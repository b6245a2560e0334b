"""The photos of the demo: still lifes of the products, drawn here, the same each time."""

import io
import math
from functools import cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, FINER = 640, 480, 2
Colour = tuple[int, int, int]


class Scene(NamedTuple):
    """What stands where, in which light."""

    name: str
    shape: str
    wall: Colour
    table: Colour
    thing: Colour
    tilt: int = 0


SCENES = {
    "desk": Scene("on-my-desk.jpg", "headphones", (222, 214, 200), (146, 104, 70), (44, 52, 58)),
    "sill": Scene("on-the-sill.jpg", "headphones", (176, 200, 210), (228, 224, 214), (196, 178, 150), 14),
    "table": Scene("breakfast.jpg", "earbuds", (240, 226, 196), (198, 158, 112), (236, 236, 232)),
    "shelf": Scene("shelf.jpg", "speaker", (206, 190, 170), (112, 78, 54), (66, 84, 82)),
    "lake": Scene("at-the-lake.jpg", "round", (168, 204, 220), (156, 168, 124), (214, 96, 62)),
    "evening": Scene("evening.jpg", "bar", (58, 60, 78), (40, 34, 38), (24, 26, 30)),
}


@cache
def drawn(key: str) -> tuple[str, bytes]:
    """The name and the bytes of a photo."""
    scene = SCENES[key]
    size = (WIDTH * FINER, HEIGHT * FINER)
    picture = lit(scene, size)
    layer = Image.new("RGBA", size)
    SHAPES[scene.shape](ImageDraw.Draw(layer), scene.thing, FINER)
    layer = layer.rotate(scene.tilt, Image.Resampling.BICUBIC)
    small = layer.getchannel("A").reduce(2 * FINER).point(lambda alpha: alpha * 110 // 255)
    soft = small.filter(ImageFilter.GaussianBlur(4.5)).resize(size, Image.Resampling.BICUBIC)
    picture.paste((0, 0, 0), (14 * FINER, 18 * FINER), soft)
    picture.paste(layer, (0, 0), layer)
    data = io.BytesIO()
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(data, "JPEG", quality=84)
    return scene.name, data.getvalue()


def lit(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """A wall and a table with the light of a window from the left."""
    wide, high = size
    picture = Image.new("RGB", size, scene.wall)
    pen = ImageDraw.Draw(picture)
    edge = round(high * 0.62)
    for y in range(edge, high):
        depth = (y - edge) / (high - edge)
        pen.line([(0, y), (wide, y)], tuple(round(part * (0.82 + 0.25 * depth)) for part in scene.table))
    glow = Image.new("L", (64, 48))
    glow.putdata([round(95 * math.exp(-((x - 14) ** 2 + (y - 10) ** 2) / 420)) for y in range(48) for x in range(64)])
    picture.paste((255, 246, 224), (0, 0), glow.resize(size, Image.Resampling.BICUBIC))
    return picture


def shade(colour: Colour, by: float) -> Colour:
    red, green, blue = (min(255, round(part * by)) for part in colour)
    return red, green, blue


def headphones(pen: ImageDraw.ImageDraw, colour: Colour, k: int) -> None:
    pen.arc([190 * k, 90 * k, 450 * k, 400 * k], 180, 360, colour, 26 * k)
    pen.arc([196 * k, 97 * k, 444 * k, 394 * k], 186, 300, shade(colour, 1.5), 6 * k)
    for left in (166, 400):
        pen.rounded_rectangle([left * k, 225 * k, (left + 74) * k, 372 * k], 36 * k, shade(colour, 0.75))
        pen.rounded_rectangle([(left + 12) * k, 238 * k, (left + 62) * k, 360 * k], 26 * k, shade(colour, 1.25))


def earbuds(pen: ImageDraw.ImageDraw, colour: Colour, k: int) -> None:
    pen.rounded_rectangle([215 * k, 250 * k, 425 * k, 385 * k], 50 * k, shade(colour, 0.92))
    pen.line([(222 * k, 300 * k), (418 * k, 300 * k)], shade(colour, 0.7), 3 * k)
    pen.ellipse([312 * k, 322 * k, 328 * k, 338 * k], (120, 200, 150))
    for left in (130, 462):
        pen.ellipse([left * k, 318 * k, (left + 54) * k, 372 * k], colour)
        pen.rounded_rectangle([(left + 30) * k, 340 * k, (left + 46) * k, 400 * k], 8 * k, shade(colour, 0.85))


def speaker(pen: ImageDraw.ImageDraw, colour: Colour, k: int) -> None:
    pen.rounded_rectangle([225 * k, 120 * k, 415 * k, 390 * k], 28 * k, colour)
    for y in range(142, 340, 9):
        pen.line([(243 * k, y * k), (397 * k, y * k)], shade(colour, 0.7), 2 * k)
    pen.ellipse([300 * k, 346 * k, 340 * k, 386 * k], shade(colour, 1.7))
    pen.line([(320 * k, 350 * k), (320 * k, 364 * k)], shade(colour, 0.6), 3 * k)


def ball(pen: ImageDraw.ImageDraw, colour: Colour, k: int) -> None:
    pen.ellipse([220 * k, 190 * k, 420 * k, 390 * k], colour)
    pen.chord([220 * k, 190 * k, 420 * k, 390 * k], 20, 160, shade(colour, 0.72))
    pen.arc([262 * k, 130 * k, 378 * k, 300 * k], 190, 350, (70, 60, 52), 9 * k)
    pen.ellipse([258 * k, 222 * k, 300 * k, 258 * k], shade(colour, 1.3))


def bar(pen: ImageDraw.ImageDraw, colour: Colour, k: int) -> None:
    pen.rounded_rectangle([110 * k, 80 * k, 530 * k, 312 * k], 8 * k, (12, 14, 18))
    pen.rectangle([120 * k, 90 * k, 520 * k, 302 * k], (70, 104, 128))
    pen.polygon([(120 * k, 302 * k), (260 * k, 190 * k), (390 * k, 302 * k)], (44, 70, 92))
    pen.rounded_rectangle([140 * k, 346 * k, 500 * k, 384 * k], 12 * k, shade(colour, 1.6))
    pen.ellipse([316 * k, 361 * k, 324 * k, 369 * k], (150, 190, 255))


SHAPES = {"headphones": headphones, "earbuds": earbuds, "speaker": speaker, "round": ball, "bar": bar}
