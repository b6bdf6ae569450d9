"""Reads the tokens of the design system and measures contrast as WCAG 2.2 does."""

import re
from pathlib import Path

TOKENS = Path(__file__).parents[2] / "src/coachwork/web/static/coachwork/css/tokens.css"
COLOUR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


def block(selector: str) -> str:
    """The declarations inside the first block of this selector."""
    css = TOKENS.read_text(encoding="utf-8")
    start = css.index(selector + " {") + len(selector) + 2
    return css[start : css.index("}", start)]


def colours(declared: str) -> dict[str, tuple[str, str]]:
    """Token to its colour on light and on dark."""
    return {name: (light, dark) for name, light, dark in COLOUR.findall(declared)}


def themes() -> dict[str, dict[str, str]]:
    """The four looks, each with every colour token."""
    plain = colours(block(":root"))
    contrast = {**plain, **colours(block('[data-theme="contrast"]'))}
    return {
        "light": {name: pair[0] for name, pair in plain.items()},
        "dark": {name: pair[1] for name, pair in plain.items()},
        "contrast on light": {name: pair[0] for name, pair in contrast.items()},
        "contrast on dark": {name: pair[1] for name, pair in contrast.items()},
    }


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
