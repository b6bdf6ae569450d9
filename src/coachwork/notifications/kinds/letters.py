"""How a letter looks: plain text, and the same in HTML with its styles inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import css_inline
from django.conf import settings
from django.template.loader import render_to_string

from coachwork.kit.content.values import Letter

Link = tuple[str, str]  # what it says, and where it leads


@dataclass(frozen=True, slots=True)
class Footer:
    """Why this came, and how to hear less."""

    reason: str
    links: Sequence[Link] = ()


def text(letter: Letter, footer: Footer) -> str:
    """For programs that show no HTML, and for people who would rather have none."""
    parts = [letter.body]
    parts += [f"{label}:\n{url}" for label, url in letter.buttons]
    parts.append("\n".join(["-- ", footer.reason, *(f"{say}: {url}" for say, url in footer.links)]))
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def html(letter: Letter, footer: Footer, *, site_name: str) -> str:
    """One column, no pictures, nothing loaded from anywhere: no one is told that it was opened."""
    page = render_to_string(
        "notifications/mail/letter.html",
        {
            "letter": letter,
            "paragraphs": [part for part in letter.body.split("\n\n") if part.strip()],
            "footer": footer,
            "site_name": site_name,
            "direction": "rtl" if _is_bidi(letter.locale) else "ltr",
        },
    )
    return _inliner().inline(page)


def _is_bidi(locale: str) -> bool:
    return locale.split("-")[0] in {code.split("-")[0] for code in settings.LANGUAGES_BIDI}


@cache
def _inliner() -> css_inline.CSSInliner:
    sheet = files("coachwork.notifications") / "templates" / "notifications" / "mail" / "letter.css"
    return css_inline.CSSInliner(
        extra_css=sheet.read_text(encoding="utf-8"),
        load_remote_stylesheets=False,
        keep_style_tags=True,
    )
