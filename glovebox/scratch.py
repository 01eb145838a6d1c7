"""Where scratch folders are made."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Self

from glovebox.processes import remove_tree

_MEMORY = Path("/dev/shm")
_NEEDED = 2 << 30
_CLAIMED = "gloveboxes-"


def scratch_root() -> str | None:
    """The folder for scratch folders, for the ``dir`` of :mod:`tempfile`; None for its default.

    ``TMPDIR`` decides where it is set. Otherwise, as a notebook that unpacks thousands of reviews
    does it three times as fast in memory, that is the place if there is room to spare.
    """
    if os.environ.get("TMPDIR"):
        return None
    try:
        roomy = shutil.disk_usage(_MEMORY).free >= _NEEDED and os.access(_MEMORY, os.W_OK)
    except OSError:
        return None
    return str(_MEMORY) if roomy else None


def claimed_folder() -> tuple[Path, Claim]:
    """A new scratch folder and the caller's claim to it; those whose claim died are removed.

    A process that is killed cannot clear up after itself, so the next one does.

    Raises:
        OSError: there is no room for it.
    """
    root = Path(scratch_root() or tempfile.gettempdir())
    for found in root.glob(f"{_CLAIMED}*"):
        with contextlib.suppress(OSError), Claim(found, wait=False):
            remove_tree(found)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_CLAIMED, dir=root))
        claim = Claim(folder, wait=True)
        if folder.exists():
            return folder, claim
        # Another process took it for abandoned in the moment between the two.
        claim.close()


class Claim:
    """Says that a folder is in use, until it is closed or its process ends, in whatever way.

    Raises:
        OSError: somebody else claims the folder, and ``wait`` is false; or it is not ours.
    """

    def __init__(self, folder: Path, wait: bool) -> None:
        import fcntl  # only where there are workers, of which Windows has none

        self._descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if os.fstat(self._descriptor).st_uid != os.geteuid():
                raise PermissionError(f"{folder} is somebody else's")
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(self._descriptor)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the folder up."""
        os.close(self._descriptor)
