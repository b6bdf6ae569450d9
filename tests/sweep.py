"""One page, at every width and in both lights: readable, operable, and nothing runs out of it."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python

from tests.conftest import AXE_RULES

WIDTHS = (320, 768, 1280)
HEIGHT = 800
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# Everything that can be opened is open, and nothing may move while it is measured; a sheet made
# this way is one that the policy allows.
STILL = """() => {
  document.querySelectorAll("main details:not([data-menu])").forEach(one => { one.open = true });
  const sheet = new CSSStyleSheet();
  const still = "transition: none !important; animation: none !important";
  sheet.replaceSync(`*, *::before, *::after { ${still} }`);
  document.adoptedStyleSheets = [sheet];
}"""
FINDS = """async only => {
  const found = await axe.run(document, { resultTypes: ["violations"], runOnly: only });
  return found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id} (${rule.impact}): ${rule.help}\\n      ${node.html.slice(0, 200)}`));
}"""
ALL_RULES = {"type": "tag", "values": AXE_RULES}
# Dark paper changes colours and nothing else.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RULES = {"light": ALL_RULES, "dark": COLOUR_RULES}
# The page itself must not scroll sideways; a table in a region of its own may.
RUNS_OUT = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > room + 1)
    .map(one => `<${one.localName} ${one.className}> ${one.textContent.trim().slice(0, 60)}`)
    .slice(-3);
}"""


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def problems(page: Any) -> list[str]:
    """What is wrong with the page that is open, at each width and in each light."""
    found = []
    page.evaluate(axe())
    page.evaluate(STILL)
    for light, rules in RULES.items():
        page.emulate_media(color_scheme=light)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            where = f"{page.url} at {width}, {light}"
            found += [f"{where}: {one}" for one in page.evaluate(FINDS, rules)]
            if light == "light":
                found += [f"{where} runs out: {one}" for one in page.evaluate(RUNS_OUT)]
    return found
