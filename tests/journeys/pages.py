"""All pages of the product: the addresses that somebody can open, found by walking."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Walk:
    """What one person found: the pages by their pattern, and every pattern that a link led to."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)

    def first_of_each(self) -> dict[str, str]:
        return {route: paths[0] for route, paths in self.pages.items()}


def walked(page: Any, url: str) -> Walk:
    """Follow every link and form address from the front page; forms are not sent."""
    walk, seen, tried = Walk(), set(), Counter[str]()
    waiting = ["/", *(f"/{route}" for route in routes() if "<" not in route)]
    while waiting:
        path = waiting.pop(0).replace("&amp;", "&").split("?")[0]
        if path in seen or NOT_A_PAGE.match(path):
            continue
        seen.add(path)
        route = resolve(path).route
        walk.reached.add(route)
        tried[route] += 1
        if len(walk.pages.get(route, ())) >= EXAMPLES or tried[route] > EXAMPLES * 2:
            continue
        answer = page.request.get(url + path, max_redirects=0)
        assert answer.status < 500, f"{path} answers {answer.status}"
        if answer.status == 200 and "text/html" in answer.headers.get("content-type", ""):
            walk.pages.setdefault(route, []).append(path)
            waiting += LINK.findall(answer.text())
    return walk
