"""Filters that keep a student's HTML from doing anything in the instructor's browser.

nbgrader's feedback and formgrader pages render Markdown and HTML outputs as they come, scripts
included. Set as nbconvert's template filters (see ``nbgrader_config.py``), these let through text,
tables and pictures, and show everything else as the text it is.
"""

from __future__ import annotations

import re

import bleach  # type: ignore[import-untyped]
from nbconvert.filters import strip_files_prefix

_TAGS = frozenset(
    "a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img "
    "ins kbd li ol p pre s small span strong sub summary sup table tbody td tfoot th thead tr tt "
    "u ul var".split()
)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
_LINK = re.compile(r"(https?://|mailto:|#)")
_HIGHLIGHT = re.compile(r"(highlight|dataframe|table|anchor-link|[a-z][a-z0-9]{0,2})")
"""Classes of highlighted code and tables; others could imitate nbgrader's own panels."""


def clean_html(html: str | bytes) -> str:
    """``html`` with only harmless elements and attributes; the rest is shown as text."""
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else str(html)
    cleaned: str = bleach.clean(
        text, tags=_TAGS, attributes=_allowed, protocols={"http", "https", "mailto", "data"}
    )
    return cleaned


def clean_markdown(html: str) -> str:
    """What nbgrader's templates apply last to rendered Markdown, and :func:`clean_html`."""
    return clean_html(strip_files_prefix(html))


def _allowed(tag: str, name: str, value: str) -> bool:
    """Whether an attribute is harmless where it stands."""
    if tag == "img" and name == "src":
        return _PICTURE.fullmatch(value) is not None
    if tag == "a" and name == "href":
        return _LINK.match(value) is not None
    if name == "class":
        return all(_HIGHLIGHT.fullmatch(word) for word in value.split())
    return name in {"title", "alt"} or (tag in {"td", "th"} and name in {"colspan", "rowspan"})
