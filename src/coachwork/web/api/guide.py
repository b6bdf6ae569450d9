"""The document of the API as a page; nothing is fetched from anywhere else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coachwork.web.api.document import Document
from coachwork.web.problems import KIND, KINDS


def shown(request: HttpRequest, told: Document) -> HttpResponse:
    """All operations by heading, the shapes, and the kinds of problem."""
    return render(
        request,
        "api/guide.html",
        {
            "info": told["info"],
            "groups": _groups(told),
            "schemas": [
                (name, {**shape, "fields": _fields(shape)})
                for name, shape in sorted(told["components"]["schemas"].items())
            ],
            "problems": [(status, KIND + name, title) for status, (name, title) in KINDS.items()],
        },
    )


def _groups(told: Document) -> list[tuple[str, list[dict[str, Any]]]]:
    """The operations under their headings, in the order of the document."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            shown = {
                "method": method.upper(),
                "path": path,
                "id": operation["operationId"],
                "summary": operation["summary"],
                "description": operation.get("description", ""),
                "scope": operation.get("x-scope", ""),
                "parameters": [_parameter(one) for one in operation["parameters"]],
                "body": _shape(operation.get("requestBody", {})),
                "answers": [
                    (status, answer["description"], _shape(answer))
                    for status, answer in sorted(operation["responses"].items())
                    if status < "300"
                ],
            }
            groups.setdefault(operation["tags"][0], []).append(shown)
    return list(groups.items())


def _parameter(one: Document) -> dict[str, str]:
    return {
        "name": one["name"],
        "in": one["in"],
        "says": one.get("description") or _type(one["schema"]),
    }


def _shape(holder: Document) -> str:
    """The name of the shape in a body."""
    for content in holder.get("content", {}).values():
        return str(content["schema"].get("$ref", "").rpartition("/")[2])
    return ""


def _fields(shape: Document) -> list[dict[str, Any]]:
    required = shape.get("required", [])
    return [
        {"name": name, "required": name in required, "says": _type(field)}
        for name, field in shape.get("properties", {}).items()
    ]


def _type(field: Document) -> str:
    """A field in words: `string (date)`, `one of draft, active`, `list of RungOut`, or nothing."""
    if "$ref" in field:
        return str(field["$ref"].rpartition("/")[2])
    if "anyOf" in field:
        return " | ".join(_type(one) for one in field["anyOf"])
    if "enum" in field:
        return ", ".join(str(value) for value in field["enum"])
    if field.get("type") == "array":
        return f"[{_type(field.get('items', {}))}]"
    said = str(field.get("type", "any"))
    return f"{said} ({field['format']})" if "format" in field else said
