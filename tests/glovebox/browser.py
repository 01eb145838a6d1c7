"""Chromium, and Jupyter servers for it to visit."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

PATIENCE = 180.0
"""Seconds after which something that must happen is taken to have failed."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_TOKEN = "secret"


def missing() -> str:
    """Why there can be no browser here; empty if there can."""
    return "" if _program() else "Chromium is not installed (Debian: apt install chromium)"


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window. Playwright's own is not used: it cannot be pinned by the lock."""
    # It cannot make its sandbox as root, and what it shows here is what these tests have made.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_program(), args=options, timeout=1000 * PATIENCE
        )
        try:
            yield browser
        finally:
            browser.close()


def pictures_wanted() -> bool:
    """Whether pictures are to be taken, so that a test must not be skipped."""
    return "GLOVEBOX_PICTURES" in os.environ


def photograph(page: Page | Locator, name: str) -> None:
    """Write a picture of a page or of a part, where ``GLOVEBOX_PICTURES`` names a folder."""
    if folder := os.environ.get("GLOVEBOX_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


@contextlib.contextmanager
def jupyterlab(folder: Path, home: Path) -> Iterator[str]:
    """JupyterLab in a folder, as somebody who has this home; its address, token included."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = home / "jupyterlab.log"
    with said.open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser"),
                *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
                f"--IdentityProvider.token={_TOKEN}",
            ],
            cwd=folder,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(home)},
            stdout=log,
            stderr=log,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/api?token={_TOKEN}", server, said)
        yield f"http://127.0.0.1:{port}/{{}}?token={_TOKEN}"
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(url: str, server: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError(said.read_text(encoding="utf-8", errors="replace"))


def _program() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)
