"""What our web pages have in common: templates that escape, styles in the page, a strict policy.

A page is one file that needs no server and no network. Whatever a student put into it, a browser
runs and applies nothing but the style and the script that are ours, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def new_environment(finalize: Callable[[Any], Any] | None = None) -> Environment:
    """Jinja's environment for the package's templates; every text is escaped.

    Args:
        finalize: what becomes of every value before it is written.
    """
    return Environment(
        loader=PackageLoader("glovebox"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )


def text_of(environment: Environment, name: str) -> str:
    """A style sheet or script that lies among the templates."""
    assert environment.loader is not None
    # A browser takes the digest of lines that end as here, however they were checked out.
    return environment.loader.get_source(environment, name)[0].replace("\r\n", "\n")


def content_security_policy(style: str, script: str = "", *, pictures: bool = False) -> str:
    """A policy that allows one style and one script that stand in a page, and nothing else.

    Source: https://www.w3.org/TR/CSP3/#strict-csp (hashes of inline styles and scripts).

    Args:
        style: the style sheet.
        script: the script, if there is one.
        pictures: whether pictures that stand in the page are shown.
    """
    allowed = ["img-src data:"] if pictures else []
    allowed += [f"script-src {_source(script)}"] if script else []
    allowed.append(f"style-src {_source(style)}")
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
