"""Binds nbgrader to glovebox. Every nbgrader command run in this folder reads it.

What `bind` sets is in `glovebox/settings.py`; any of it can be changed below, as can all that
`nbgrader --help-all` names.
"""

from pathlib import Path

from glovebox import bind

c = get_config()  # type: ignore[name-defined]  # noqa: F821 (given by nbgrader)

bind(c, course_id="new_course", root=Path(__file__).parent)
