"""Drawings of a page, made ready for paper: a size of their own, and room at both ends."""

import re
from typing import Final

from coachwork.kit.charts import Chart

WIDTH: Final = 520  # what fits between the margins of A4, in points
MARGIN: Final = 14  # marks at the ends of the scale stick out by half their width
NAMESPACE: Final = 'xmlns="http://www.w3.org/2000/svg"'
_HEIGHT = re.compile(r'height="(\d+(?:\.\d+)?)"')


def on_paper(chart: Chart) -> dict[str, object]:
    """A chart as values for a template: the drawing, its sentence, and the table beside it."""
    found = _HEIGHT.search(chart.svg)
    height = float(found[1]) + MARGIN if found else 0
    inner = str(chart.svg).replace('width="100%"', f'x="{MARGIN}" width="{WIDTH}"', 1)
    whole = WIDTH + 2 * MARGIN
    svg = (
        f'<svg {NAMESPACE} width="{whole}" height="{height:g}" '
        f'viewBox="0 0 {whole} {height:g}">{inner}</svg>'
    )
    return {
        "title": chart.title,
        "sentence": chart.sentence,
        "svg": svg if not chart.is_empty else "",
        "legend": [{"svg": _sized(str(one.svg)), "label": one.label} for one in chart.legend],
        "header": list(chart.header),
        "rows": [list(row) for row in chart.rows],
    }


def _sized(svg: str) -> str:
    named = f"<svg {NAMESPACE} "
    return svg if "xmlns=" in svg else svg.replace("<svg ", named, 1)
