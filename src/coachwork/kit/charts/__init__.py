"""Charts drawn on the server: values in, a drawing with its sentence and its table out.

Each drawing is as wide as its place (positions are percentages, text keeps its size), carries its
colours as attributes for print and PDF, and classes by which the page's theme overrides them.
"""

from coachwork.kit.charts.chart import Chart, Sign
from coachwork.kit.charts.dots import DotRow, Mark, interval_dots
from coachwork.kit.charts.fan import Spread, fan
from coachwork.kit.charts.gaps import GapRow, gap_bars
from coachwork.kit.charts.ladder import Rung, ladder
from coachwork.kit.charts.timeline import Column, Lane, timeline
from coachwork.kit.charts.weeks import Week, weekly_bars

__all__ = [
    "Chart",
    "Column",
    "DotRow",
    "GapRow",
    "Lane",
    "Mark",
    "Rung",
    "Sign",
    "Spread",
    "Week",
    "fan",
    "gap_bars",
    "interval_dots",
    "ladder",
    "timeline",
    "weekly_bars",
]
