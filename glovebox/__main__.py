"""``python -m glovebox``."""

from glovebox.cli import main

main()
