"""Two ways through a page: pointing at things, and the keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

# Whether one can see where the focus is: an outline on the element, or on the label around it.
SHOWS_FOCUS = """() => {
  const seen = one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  };
  const here = document.activeElement;
  if (!here || here === document.body) return "";
  // Inside a date field the browser itself marks the part; the field is looked at on the way in.
  if (here.type === "date" && !here.matches(":focus-visible")) return "";
  const around = [here, here.closest("label"), here.parentElement, here.closest("fieldset")];
  if (around.some(one => one && seen(one))) return "";
  return here.outerHTML.slice(0, 160);
}"""
IS_HERE = "(one) => one === document.activeElement"
MOST_TABS = 250


class Pointer:
    """Reads the page, presses what it finds by its name, and types."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.url = url
        self.screens: list[str] = []
        self.presses = 0
        page.set_default_timeout(15_000)
        page.on("load", lambda there: self.screens.append(there.url.removeprefix(url)))

    def open(self, path: str) -> None:
        """Type an address, as one does once."""
        self.page.goto(self.url + path)

    def one(self, name: str, *roles: str) -> Any:
        """The first thing with this role whose name begins so, of the main part if it is there."""
        words = name.replace(":", " :").split()
        begins = re.compile(r"^\s*" + r"\s*".join(re.escape(word) for word in words))
        for role in roles:
            for part in (self.page.get_by_role("main"), self.page):
                found = part.get_by_role(role, name=begins)
                if found.count():
                    return found.first
        raise AssertionError(f"No {' or '.join(roles)} “{name}” on {self.page.url}:\n{self.text()}")

    def text(self) -> str:
        return str(self.page.get_by_role("main").inner_text())

    def reads(self, words: str) -> None:
        """The page says this."""
        assert words in self.text(), f"“{words}” is not on {self.page.url}:\n{self.text()}"

    def fill(self, name: str, words: str) -> None:
        self.type_into(self.one(name, "textbox"), words)

    def secret(self, words: str) -> None:
        """A password: a field that says nothing about itself but its label."""
        self.type_into(self.page.locator("input[type=password]").first, words)

    def type_into(self, field: Any, words: str) -> None:
        field.fill(words)

    def day(self, name: str, iso: str) -> None:
        self.page.get_by_label(name).first.fill(iso)

    def choose(self, name: str) -> None:
        self.presses += 1
        self.one(name, "radio").check()

    def rate(self, level: int) -> None:
        """A level on the scale that the page begins with."""
        self.presses += 1
        self.page.locator(f"[data-scale] input[value='{level}']").first.check()

    def press(self, name: str) -> None:
        self.presses += 1
        self.follow(self.one(name, "button", "link"))

    def visit(self, name: str) -> None:
        """By the main ways through the product, which stand on every page."""
        self.presses += 1
        ways = self.page.get_by_role("navigation")
        link = ways.get_by_role("link", name=name, exact=True)
        if not link.count():  # on a small screen some of them are folded away
            ways.locator("summary").first.click()
        self.follow(link.first)

    def follow(self, link: Any) -> None:
        self.act(link.click)

    def unfold(self, name: str) -> None:
        self.presses += 1
        self.page.get_by_role("main").locator("summary", has_text=name).first.click()

    def act(self, press: Callable[[], None]) -> None:
        """Do something that leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            press()
        self.page.wait_for_load_state("load")


class Keys(Pointer):
    """The same with Tab, Shift+Tab, Enter, Space, arrows and letters; the focus is always seen."""

    def to(self, target: Any) -> None:
        """Tab to it, and look at each stop whether one can see it."""
        for _stop in range(MOST_TABS):
            if target.evaluate(IS_HERE):
                return
            self.page.keyboard.press("Tab")
            hidden = self.page.evaluate(SHOWS_FOCUS)
            assert not hidden, f"No visible focus on {self.page.url}: {hidden}"
        raise AssertionError(f"Tab never comes to {target} on {self.page.url}")

    def type_into(self, field: Any, words: str) -> None:
        self.to(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def day(self, name: str, iso: str) -> None:
        field = self.page.get_by_label(name).first
        self.to(field)
        year, month, on = iso.split("-")
        self.page.keyboard.type(f"{month}{on}{year}")  # the parts of a date field, one by one
        assert field.input_value() == iso

    def choose(self, name: str) -> None:
        """Tab into the group, then arrows to the choice."""
        self.presses += 1
        target = self.one(name, "radio")
        group = target.get_attribute("name")
        stop = self.page.locator(f"input[type=radio][name='{group}']:checked")
        self.to(stop.first if stop.count() else self._into(group))
        for _step in range(30):
            if target.is_checked() and target.evaluate(IS_HERE):
                return
            if target.evaluate(IS_HERE):
                self.page.keyboard.press("Space")
            else:
                self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows never come to {name}")

    def _into(self, group: str | None) -> Any:
        """The radio button at which Tab enters a group without a choice: the first one."""
        return self.page.locator(f"input[type=radio][name='{group}']").first

    def rate(self, level: int) -> None:
        """The number of the level, once the scale has the focus."""
        self.presses += 1
        first = self.page.locator("[data-scale] input[type=radio]").first
        chosen = self.page.locator("[data-scale] input[type=radio]:checked").first
        self.to(chosen if chosen.count() else first)
        self.page.keyboard.press(str(level))
        assert self.page.locator(f"[data-scale] input[value='{level}']").first.is_checked()

    def follow(self, link: Any) -> None:
        self.to(link)
        self.act(lambda: self.page.keyboard.press("Enter"))

    def unfold(self, name: str) -> None:
        self.presses += 1
        self.to(self.page.get_by_role("main").locator("summary", has_text=name).first)
        self.page.keyboard.press("Enter")
