"""Content files as plain values: a small, safe part of YAML, with a clear word when it is not."""

from collections.abc import Hashable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Protocol, cast

import yaml


class Folder(Traversable, Hashable, Protocol):
    """A folder, in a directory or in a wheel, that what was read from it can be kept under."""


SHIPPED = cast(Folder, files("coachwork").joinpath("content"))
LARGEST_FILE = 200_000
DEEPEST = 12


class Unreadable(Exception):
    """The content file, or what it says, cannot be used; the message names the file and why."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: set[str] = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise Unreadable(f"line {key_node.start_mark.line + 1}: a key must be a word or number")
        if str(key) in seen:
            raise Unreadable(f"line {key_node.start_mark.line + 1}: {key!r} comes twice")
        seen.add(str(key))
    pairs: dict[Hashable, Any] = loader.construct_mapping(node, deep=True)
    return pairs


def plain(base: type) -> type:
    """A YAML loader without surprises: a key that comes twice is a mistake, not an overwrite."""
    loader: Any = type("Plain", (base,), {})
    loader.add_constructor("tag:yaml.org,2002:map", _mapping)
    return cast(type, loader)


# libyaml is several times faster; the same files read the same without it.
LOADER = plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _refuse_tricks(text: str, loader: Any) -> None:
    """Anchors, aliases, tags and deep nesting have no place in content, and can hide bombs."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = f"line {event.start_mark.line + 1}" if event.start_mark else "line ?"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(f"{line}: anchors and aliases (& and *) are not allowed")
        if getattr(event, "tag", None):
            raise Unreadable(f"{line}: tags (!) are not allowed")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise Unreadable(f"{line}: nested more than {DEEPEST} deep")


def parsed(text: str, loader: Any = LOADER) -> Any:
    """The plain value of one YAML text; raises Unreadable for anything but plain YAML."""
    if len(text) > LARGEST_FILE:
        raise Unreadable(f"larger than {LARGEST_FILE} characters")
    try:
        _refuse_tricks(text, loader)
        return _with_text_keys(yaml.load(text, Loader=loader))
    except yaml.YAMLError as error:
        raise Unreadable(f"not valid YAML: {' '.join(str(error).split())}") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not plain YAML: {error}") from error


def _with_text_keys(value: Any) -> Any:
    """Keys as text, so that the levels 1 to 5 are the same in YAML, JSON and a schema."""
    if isinstance(value, Mapping):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_text_keys(item) for item in value]
    return value


def page(root: Folder, path: str) -> Any:
    """What one content file says."""
    place = root.joinpath(*path.split("/"))
    try:
        return parsed(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: cannot be read: {error}") from error
    except Unreadable as error:
        raise Unreadable(f"{path}: {error}") from error


@cache
def paths(root: Folder) -> tuple[str, ...]:
    """Every file under the root, as slash-separated paths in order; looked up once."""
    return tuple(walk(root))


def walk(folder: Traversable, prefix: str = "") -> list[str]:
    """Every file under a folder, as slash-separated paths in order."""
    found: list[str] = []
    for entry in folder.iterdir():
        path = f"{prefix}{entry.name}"
        found += walk(entry, f"{path}/") if entry.is_dir() else [path]
    return sorted(found)
