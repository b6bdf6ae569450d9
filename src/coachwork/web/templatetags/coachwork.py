"""Template words of the design system: icons, levels, charts, initials."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString

from coachwork.kit import levels
from coachwork.kit.charts import signs
from coachwork.kit.markup import filled, joined

register = template.Library()

# In this order the browser gets them; tokens.css declares the layers and comes first.
SHEETS = (
    "tokens",
    "base",
    "layout",
    "masthead",
    "menus",
    "forms",
    "choices",
    "scale",
    "components",
    "notices",
    "lists",
    "browse",
    "charts",
    "utilities",
    "print",
)

VISIBILITY_ICONS = {
    "V0": "lock",
    "V1": "pair",
    "V2": "note",
    "V3": "share",
    "V4": "seal",
    "V5": "aggregate",
}
# These point along the reading direction, so they turn round in right-to-left languages.
DIRECTIONAL = {"arrow-end", "arrow-start", "chevron-end", "chevron-start", "sign-out", "undo"}


@register.simple_tag
@cache
def stylesheets() -> SafeString:
    """The links to the sheets; the addresses stay the same as long as the process lives."""
    return joined(
        filled('<link rel="stylesheet" href="{}">\n', static(f"coachwork/css/{sheet}.css"))
        for sheet in SHEETS
    )


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """One icon of the sprite: decoration without a label, an image with its name otherwise."""
    classes = ["icon"]
    if size:
        classes.append(f"icon--{size}")
    if name in DIRECTIONAL:
        classes.append("icon--directional")
    spoken = (
        filled('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    )
    return filled(
        '<svg class="{}" viewBox="0 0 24 24" width="24" height="24" focusable="false" {}>'
        '<use href="{}#{}"></use></svg>',
        " ".join(classes),
        spoken,
        static("coachwork/icons.svg"),
        name,
    )


def _number(value: object) -> Decimal | None:
    """A level from whatever a template holds; nothing when it is empty or no number."""
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


@register.filter
def level_shown(value: object) -> str:
    """3.5 as “3½”."""
    return levels.shown(_number(value))


@register.filter
def level_word(value: object) -> str:
    """3 as “Dependable”, nothing as “Not seen”."""
    return levels.word(_number(value))


@register.filter
def level_said(value: object) -> str:
    """3.5 as “3½, Dependable to Strong”."""
    return levels.said(_number(value))


@register.simple_tag
def level(value: object) -> SafeString:
    """A level in a line: its number and its word; nothing is “Not seen”, never zero."""
    number = _number(value)
    if number is None:
        return filled('<span class="level level--none">{}</span>', levels.word(None))
    return filled(
        '<span class="level"><span class="level__number">{}</span><span>{}</span></span>',
        levels.shown(number),
        levels.word(number),
    )


@register.simple_tag
@lru_cache(maxsize=256)
def visibility_chip(visibility: str, label: str) -> SafeString:
    """Who reads this, in short: the class, V0 to V5, and its words."""
    return filled(
        '<span class="chip chip--{}">{}<span>{}</span></span>',
        str(visibility).lower(),
        icon(visibility_icon(visibility), size="small"),
        label,
    )


@register.simple_tag
def level_anchors(texts: object = None) -> list[dict[str, object]]:
    """The five anchors for the level scale; own texts where there are five of them."""
    return levels.anchors([str(text) for text in texts] if isinstance(texts, list | tuple) else ())


@register.filter
def initials(name: str) -> str:
    """Up to two letters for the round sign of a person."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    if not words:
        return "·"
    chosen = words if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()


@register.simple_tag
def sign(source: str) -> SafeString:
    """The sign of a source, as the charts draw it."""
    return signs.key(source)


@register.filter
def visibility_icon(visibility: object) -> str:
    """The icon of a visibility class; a closed lock for anything unknown."""
    return VISIBILITY_ICONS.get(str(visibility), "lock")


@register.filter
def under(row: Sequence[object], header: Sequence[str]) -> list[tuple[str, object]]:
    """Each cell of a row with the name of its column."""
    return list(zip(header, row, strict=False))


@register.filter
def worded(row: object, field: str) -> str:
    """A text of the frameworks in the reader's language: {{ competency|worded:"name" }}."""
    said = getattr(row, "worded", None)
    return str(said(field)) if said else ""
