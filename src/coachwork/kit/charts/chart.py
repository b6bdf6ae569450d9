"""What every chart is, and the few strokes that all of them are drawn with."""

import textwrap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from coachwork.kit import levels
from coachwork.kit.markup import filled, joined

# Colours of the light theme, for print and PDF; on a page the classes take over.
INK: Final = "#1d2421"
SOFT: Final = "#4d5753"
LINE: Final = "#dbddd6"
GREEN: Final = "#1b5547"

LABEL_LETTERS: Final = 34  # what fits beside a thumb: 320 px at 15 px a letter line
LINE_HEIGHT: Final = 20
NOTHING: Final = SafeString("")


@dataclass(frozen=True)
class Sign:
    """One line of a legend: the drawn sign and its meaning."""

    svg: SafeString
    label: str


@dataclass(frozen=True)
class Chart:
    """A drawing, the same in a sentence, and the same as a table."""

    title: str
    svg: SafeString
    sentence: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[Sign, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw, so that the page can say why instead."""
        return not self.rows


@dataclass(frozen=True)
class Axis:
    """The level scale laid out along the reading direction."""

    rtl: bool

    @classmethod
    def towards(cls, rtl: bool | None) -> "Axis":
        """The direction that was asked for, or else that of the language."""
        return cls(get_language_bidi() if rtl is None else rtl)

    def at(self, share: float) -> str:
        """A place between start (0) and end (1) as a percentage of the width."""
        place = 1 - share if self.rtl else share
        return f"{round(place * 100, 2):g}%"

    def level(self, value: levels.Number) -> str:
        """The place of a level, held within the scale."""
        return self.at(self.share(value))

    @staticmethod
    def share(value: levels.Number) -> float:
        """How far along the scale a level lies, from 0 to 1."""
        span = levels.HIGHEST - levels.LOWEST
        return min(max((float(value) - levels.LOWEST) / span, 0.0), 1.0)


def frame(
    axis: Axis, *, title: str, sentence: str, height: int, body: SafeString, kind: str
) -> SafeString:
    """The drawing's frame with its name and description for those who listen."""
    key = f"chart-{zlib.crc32(f'{kind}|{title}|{sentence}|{body}'.encode()):08x}"
    return filled(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart__drawing chart__drawing--{kind}" '
        'role="img" aria-labelledby="{key}-t" aria-describedby="{key}-d" width="100%" '
        'height="{height}" overflow="visible" direction="{direction}" font-size="15" '
        'font-family="Atkinson Hyperlegible Next, Noto Sans, sans-serif" fill="{ink}">'
        '<title id="{key}-t">{title}</title><desc id="{key}-d">{sentence}</desc>{body}</svg>',
        kind=kind,
        key=key,
        height=height,
        direction="rtl" if axis.rtl else "ltr",
        ink=INK,
        title=title,
        sentence=sentence,
        body=body,
    )


def label_lines(label: str) -> list[str]:
    """A label in lines that fit the narrowest screen."""
    return textwrap.wrap(label, LABEL_LETTERS) or [""]


def label(axis: Axis, lines: Sequence[str], top: int) -> SafeString:
    """The name of a row, at its start, line under line."""
    return joined(
        text(axis.at(0), top + LINE_HEIGHT * number, line, css="chart__label", weight=600)
        for number, line in enumerate(lines)
    )


def text(
    x: str, y: int, words: str, *, css: str, anchor: str = "start", weight: int = 400
) -> SafeString:
    """A line of words."""
    return filled(
        '<text class="{}" x="{}" y="{}" text-anchor="{}" font-weight="{}">{}</text>',
        css,
        x,
        y,
        anchor,
        weight,
        words,
    )


def stroke(
    start: tuple[str, int], end: tuple[str, int], *, css: str, colour: str, width: float = 1
) -> SafeString:
    """A straight line."""
    return filled(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"></line>',
        css,
        start[0],
        start[1],
        end[0],
        end[1],
        colour,
        f"{width:g}",
    )


def level_words(axis: Axis, top: int) -> SafeString:
    """The scale's numbers and words; every second word one line lower, where space is short."""
    anchors = {levels.LOWEST: "start", levels.HIGHEST: "end"}
    return joined(
        text(
            axis.level(level),
            top + (16 if level % 2 == 0 else 0),
            f"{level} {word}",
            css="chart__word" + (" chart__word--second" if level % 2 == 0 else ""),
            anchor=anchors.get(level, "middle"),
        )
        for level, word in levels.WORDS.items()
    )


def level_grid(axis: Axis, top: int, bottom: int) -> SafeString:
    """A hair line for each level, all alike: no level is better lit than another."""
    return joined(
        stroke(
            (axis.level(level), top), (axis.level(level), bottom), css="chart__grid", colour=LINE
        )
        for level in levels.WORDS
    )


def steps(value: levels.Number | None) -> Decimal | None:
    """A level in half steps, as both the drawing and the table use it."""
    return None if value is None else levels.half_steps(value)
