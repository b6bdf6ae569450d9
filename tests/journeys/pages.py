"""All pages of the product: the addresses that somebody can open, found by walking."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve

# What a walk does not follow: files, leaving, and forms that are sent.
NOT_A_PAGE = re.compile(r"/(static|api|account/logout)/")
LINK = re.compile(r'(?:href|action|formaction)="(/[^"#]*)')
# A second example of the same address is a page with other things on it.
EXAMPLES = 2


def routes() -> dict[str, str]:
    """Every address pattern of the product with its name; the API is no page."""
    return dict(_routes(get_resolver().url_patterns, "", ""))


def _routes(patterns: list[Any], prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern) and not route.startswith(("api/", "styleguide")):
            yield route, f"{space}{pattern.name}"


def walked(page: Any, url: str, start: tuple[str, ...] = ("/",)) -> dict[str, list[str]]:
    """Follow every link and form address from the start; the pages by the pattern they answer."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    waiting = [*start, *(f"/{route}" for route in routes() if "<" not in route)]
    while waiting:
        path = waiting.pop(0).replace("&amp;", "&").split("?")[0]
        if path in seen or NOT_A_PAGE.match(path):
            continue
        seen.add(path)
        route = resolve(path).route
        if len(found.get(route, ())) >= EXAMPLES:
            continue
        answer = page.request.get(url + path, max_redirects=0)
        assert answer.status < 500, f"{path} answers {answer.status}"
        if answer.status == 200 and "text/html" in answer.headers.get("content-type", ""):
            found.setdefault(route, []).append(path)
            waiting += LINK.findall(answer.text())
    return found
