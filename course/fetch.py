"""Downloads the full data: what has arrived is kept, and the next attempt goes on from there.

Nothing that is not what it should be gets its name: an archive is verified by its hash before it is
unpacked, and what is unpacked appears in one step.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import requests

from course.archives import Archive
from course.data import DataError

Progress = Callable[[str, int, int], None]
"""Called with what is being done, and how many bytes of how many are done."""

PATIENCE = (10.0, 60.0)
"""Seconds to wait for a connection, and for the next bytes on it."""
ATTEMPTS = 5
"""How often in a row a connection may fail before it has brought a single byte more."""
PAUSE = 1.0
"""Seconds before the second attempt; twice as long before each one after it."""
_PIECE = 1 << 16
"""Bytes that are read at a time, and so the most that are lost when a connection breaks."""


def fetch(archive: Archive, folder: Path, progress: Progress) -> bool:
    """Get what is kept of an archive into the data folder; False if it is there already.

    An archive that was downloaded by other means is taken from the folder, if it has its name.

    Raises:
        DataError: it cannot be had; the sentence says why and what to do.
        OSError: the disk is full, or the folder may not be written.
    """
    if (folder / archive.target).exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / archive.name
    _expect_room(archive, folder)
    if not path.exists():
        _download(archive, path, progress)
    elif _hash_of(path, archive, progress) != archive.sha256:
        raise DataError(
            f"{path} is not the archive it is named after (its sha256 differs); move it away and "
            "run the command again."
        )
    progress(f"unpacking {archive.name}", 0, archive.unpacked_size)
    archive.unpack(path, folder)
    progress(f"unpacking {archive.name}", archive.unpacked_size, archive.unpacked_size)
    path.unlink()
    return True


def _expect_room(archive: Archive, folder: Path) -> None:
    """Say beforehand that the disk is too small, rather than after an hour of downloading."""
    here = sum(
        path.stat().st_size
        for path in (folder / archive.name, _unfinished(folder / archive.name))
        if path.exists()
    )
    needed, free = archive.size + archive.unpacked_size - here, shutil.disk_usage(folder).free
    if free < needed:
        raise DataError(
            f"{archive.name} needs {needed / 1e9:.1f} GB in {folder}, where only "
            f"{free / 1e9:.1f} GB are free; make room or name another folder."
        )


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _download(archive: Archive, path: Path, progress: Progress) -> None:
    """Bring the whole archive to ``path``, going on from what an earlier attempt left."""
    part = _unfinished(path)
    resumed = part.exists()
    _bring(archive, part, progress)
    right = _hash_of(part, archive, progress) == archive.sha256
    if not right and resumed:
        # Some of it was from another time, and perhaps of another file.
        part.unlink()
        _bring(archive, part, progress)
        right = _hash_of(part, archive, progress) == archive.sha256
    if not right:
        said = _what_came(archive, part)
        part.unlink()
        raise DataError(f"{said} {_by_hand(archive, path)}")
    part.rename(path)


def _what_came(archive: Archive, part: Path) -> str:
    with part.open("rb") as file:
        start = file.read(512).lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return (
            f"{archive.url} gave a web page instead of {archive.name}: the network asks you to log "
            "in, or the file has moved."
        )
    return (
        f"{archive.url} gave something else than {archive.name} ({part.stat().st_size:,} bytes of "
        "another sha256): it was changed there or on the way."
    )


def _by_hand(archive: Archive, path: Path) -> str:
    return f"If you find it elsewhere, put it at {path} and run the command again."


def _hash_of(path: Path, archive: Archive, progress: Progress) -> str:
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            done += len(piece)
            progress(f"verifying {archive.name}", done, archive.size)
    return digest.hexdigest()


def _bring(archive: Archive, part: Path, progress: Progress) -> None:
    """Append to ``part`` what is missing of it, through as many connections as that takes."""
    failures, pause = 0, PAUSE
    while True:
        before = part.stat().st_size if part.exists() else 0
        try:
            _continue(archive, part, before, progress)
            return
        except requests.RequestException as error:
            if part.exists() and part.stat().st_size > before:
                failures, pause = 0, PAUSE
            failures += 1
            if failures >= ATTEMPTS or not _may_pass(error):
                raise DataError(_sentence(error, archive, part)) from error
            time.sleep(pause)
            pause *= 2


def _continue(archive: Archive, part: Path, done: int, progress: Progress) -> None:
    # Compressed on the way, a part's length would say nothing about where to go on.
    headers = {"Accept-Encoding": "identity"}
    if done:
        headers["Range"] = f"bytes={done}-"
    with requests.get(archive.url, headers=headers, stream=True, timeout=PATIENCE) as answer:
        if done and answer.status_code == requests.codes.requested_range_not_satisfiable:
            return  # there is no more; whether it is the right file is for the hash to tell
        answer.raise_for_status()
        there = answer.headers.get("Content-Range", "").startswith(f"bytes {done}-")
        continued = answer.status_code == requests.codes.partial_content and there
        if not continued:
            done = 0  # the server gives whole files only
        with part.open("ab" if continued else "wb") as file:
            for piece in answer.iter_content(_PIECE):
                file.write(piece)
                done += len(piece)
                progress(f"downloading {archive.name}", done, archive.size)
                if done > archive.size:
                    return  # no use in filling the disk with something else


def _may_pass(error: requests.RequestException) -> bool:
    """Whether another attempt may do better."""
    if isinstance(error, requests.HTTPError):
        return error.response is not None and error.response.status_code >= 500
    return not isinstance(error, (requests.exceptions.ProxyError, requests.exceptions.SSLError))


def _sentence(error: requests.RequestException, archive: Archive, part: Path) -> str:
    """What went wrong, where, and what to do."""
    host, path = urlsplit(archive.url).hostname, part.with_name(archive.name)
    kept = "What has arrived is kept: run the command again to go on."
    if isinstance(error, requests.HTTPError) and error.response is not None:
        status = f"{error.response.status_code} {error.response.reason}"
        if error.response.status_code in (404, 410):
            return f"{archive.url} is gone ({status}): it has moved. {_by_hand(archive, path)}"
        return f"{archive.url} answers {status}. Try again later. {_by_hand(archive, path)}"
    if isinstance(error, requests.exceptions.ProxyError):
        return f"the proxy does not let us through to {host}; look at HTTPS_PROXY and NO_PROXY."
    if isinstance(error, requests.exceptions.SSLError):
        return (
            f"{host} cannot prove who it is (its certificate is not accepted): a proxy may be in "
            f"between; REQUESTS_CA_BUNDLE names its certificate. {_by_hand(archive, path)}"
        )
    # A time-out amid an answer comes as another kind of error than one before it.
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return f"{host} does not answer. {kept}"
    return f"the connection to {host} fails; is this machine on the network? {kept}"
