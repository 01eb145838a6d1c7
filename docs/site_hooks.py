"""Fills the site's pages with tables that are made from the code (see mkdocs.yml).

A page asks for one with a comment on a line of its own: ``<!-- fields: check -->`` for an object of
glovebox/verdict.schema.json, ``<!-- traits: glovebox.late.LatePolicy -->`` for the settings of a
class.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable
from importlib import resources
from typing import Any

_WISH = re.compile(r"^<!-- (?P<kind>fields|traits): (?P<name>\S+) -->$", re.MULTILINE)
_ROLE = re.compile(r":(?:attr|class|func|meth|mod):(?=<code>)")
_OF_THIS_MACHINE = {"GloveboxExporter.jobs": "one per processor"}
"""Defaults that another machine would have otherwise."""


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the tables in that a page asks for."""
    return _WISH.sub(_table_for, markdown)


def on_page_content(html: str, **_: Any) -> str:
    """Take the roles out of docstrings, which are Sphinx's, and leave the names in them."""
    return _ROLE.sub("", html)


def _table_for(wish: re.Match[str]) -> str:
    if wish["kind"] == "fields":
        return _table(("field", "type", "what it is"), _fields(wish["name"]))
    return _table(("setting", "type", "default", "what it is"), _traits(wish["name"]))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in lines)


def _cell(text: str) -> str:
    return text.replace("|", "&#124;")


def _fields(name: str) -> Iterable[tuple[str, ...]]:
    schema = json.loads(resources.files("glovebox").joinpath("verdict.schema.json").read_text())
    described = schema if name == "verdict" else schema["$defs"][name]
    for field, about in described["properties"].items():
        yield f"`{field}`", _type(about), about.get("description", "")


def _type(about: dict[str, Any]) -> str:
    if "const" in about:
        return f"always `{about['const']}`"
    if "enum" in about:
        return ", ".join(f"`{one}`" for one in about["enum"])
    if "$ref" in about:
        name = about["$ref"].rpartition("/")[2]
        return "SHA-256" if name == "digest" else name
    if "prefixItems" in about:
        return f"[{', '.join(map(_type, about['prefixItems']))}]"
    if isinstance(about["type"], list):
        return " or ".join(_type({"type": one}) for one in about["type"])
    if about["type"] == "array":
        return f"list of {_type(about['items'])}"
    if about["type"] == "object":
        return f"object of {_type(about['additionalProperties'])}"
    return {"string": "text", "boolean": "true or false"}.get(about["type"], about["type"])


def _traits(name: str) -> Iterable[tuple[str, ...]]:
    module, _, class_name = name.rpartition(".")
    found = getattr(importlib.import_module(module), class_name).class_traits(config=True)
    for trait_name, trait in found.items():
        if not trait.this_class.__module__.startswith("glovebox."):
            continue
        default = _OF_THIS_MACHINE.get(f"{class_name}.{trait_name}") or f"`{trait.default()!r}`"
        yield f"`{trait_name}`", type(trait).__name__, default, trait.help
