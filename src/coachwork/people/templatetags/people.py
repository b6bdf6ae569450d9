"""Template words about people."""

from django import template

from coachwork.kit import browsers

register = template.Library()


@register.filter
def device(agent: str) -> str:
    """“Firefox on Windows”, from what a browser says of itself."""
    return browsers.said(agent)
