"""Starts a kernel's process in a folder made for it, with nothing of the grader's own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.connect import write_connection_file
from jupyter_client.launcher import launch_kernel

from glovebox.fonts import provide_fonts

_MAX_PATH = 95
"""Bytes of a socket's path, of which systems take about a hundred; the port is added to it."""


@dataclass(frozen=True)
class Launched:
    """A kernel's process, the key that signs its messages, and its sockets' files by name."""

    process: subprocess.Popen[bytes]
    key: bytes
    sockets: Mapping[str, str]


def launch(scratch: Path, data: Mapping[str, bytes]) -> Launched:
    """Start a kernel; it opens its sockets some time later.

    Args:
        scratch: its working directory, made here; the sockets come to lie beside it.
        data: files to put there, by relative name.

    Raises:
        OSError: the files could not be written or the process not be started.
    """
    scratch.mkdir(parents=True)
    provide_fonts(scratch / ".matplotlib")
    for name, content in data.items():
        path = scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    file, key = scratch.with_name("connection.json"), secrets.token_hex(32).encode()
    socket = str(scratch.with_name("socket"))
    if len(os.fsencode(socket)) > _MAX_PATH:
        raise OSError(f"{socket} is too long for a socket; set TMPDIR to a shorter folder")
    _, info = write_connection_file(str(file), transport="ipc", ip=socket, key=key)
    # -I: neither the scratch folder nor the user's site-packages can shadow a module.
    argv = [sys.executable, "-I", "-m", "glovebox.inside.kernel", "-f", str(file)]
    options = ["--HistoryManager.enabled=False", "--IPKernelApp.capture_fd_output=False"]
    process = launch_kernel(
        [*argv, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=str(scratch),
        env=_environment(scratch),
    )
    ports = {"shell": info["shell_port"], "iopub": info["iopub_port"]}
    return Launched(process, key, {name: f"{socket}-{port}" for name, port in ports.items()})


def _environment(scratch: Path) -> dict[str, str]:
    """The kernel's whole environment: nothing of the grader's own is passed on."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "MPLCONFIGDIR": str(scratch / ".matplotlib"),
        "IPYTHONDIR": str(scratch / ".ipython"),
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # Marks must not depend on how many notebooks are graded at a time.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
