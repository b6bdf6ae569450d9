"""The OpenAPI document: what the operations say of themselves, and what is true of all of them."""

from collections.abc import Mapping
from typing import Any

from coachwork.people.models import Scope
from coachwork.web.problems import KINDS, MEDIA_TYPE

Document = dict[str, Any]
EVERYWHERE = (400, 401, 403, 404, 429, 500)
BODIES = (409, 413, 415, 422)
DESCRIPTION = """
The record of a person, and everything that pages do with it, as JSON. A key is made under
*Settings, Keys*, has scopes, and never opens more than its person may see. What is not yours does
not exist (404). Lists have cursors, edits need `If-Match`, and a POST may carry an
`Idempotency-Key`. Every problem is `application/problem+json` (RFC 9457).
"""
PROBLEM: Document = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "Where in the body."},
                    "parameter": {"type": "string", "description": "Which part of the address."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
REPEAT: Document = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Sent again with the same key within a day, it happens once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


def completed(document: Document, scopes: Mapping[str, str]) -> Document:
    """The framework's document with problems, repeats, tags and scopes written in."""
    document["components"]["schemas"]["Problem"] = PROBLEM
    document["components"]["securitySchemes"]["Token"]["description"] = "Scopes: " + ", ".join(
        f"`{scope.value}`" for scope in Scope
    )
    for operations in document["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation, scopes[operation["operationId"]])
    return document


def _complete(method: str, operation: Document, scope: str) -> None:
    operation["x-scope"] = scope
    operation["security"] = [{"Token": [scope]}, {"Session": []}]
    parameters = operation["parameters"]
    names = {one["name"] for one in parameters}
    statuses = [*EVERYWHERE]
    if method != "get" or "query" in {one["in"] for one in parameters}:
        statuses += BODIES if method != "get" else (422,)
    if "path" in {one["in"] for one in parameters}:
        statuses.append(422)
    if "If-Match" in names:
        statuses += [412, 428]
    if method == "post":
        parameters.append(REPEAT)
    for status in sorted(set(statuses)):
        operation["responses"].setdefault(status, _problem(status))
    if method == "get":
        _conditional(operation)


def _problem(status: int) -> Document:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": str(KINDS[status][1]), "content": content}


def _conditional(operation: Document) -> None:
    operation["responses"].setdefault(304, {"description": "You have this already"})
    header = {"description": "Names this very version.", "schema": {"type": "string"}}
    operation["responses"][200].setdefault("headers", {})["ETag"] = header
