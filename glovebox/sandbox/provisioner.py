"""A Jupyter kernel provisioner: whatever starts a kernel by its kernelspec gets one in a box.

Named by the kernelspec ``glovebox``, so that nbclient, ``nbconvert --execute`` and nbgrader's own
``Execute`` run notebooks confined by configuration alone. See Jupyter Client's documentation on
kernel provisioning for the interface.

The kernel finds copies of the files of its working directory, notebooks and hidden files excepted,
and none of the caller's environment but what nbgrader says of itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from glovebox.assignment import read_data
from glovebox.launch import PORTS, LaunchError, connection_info
from glovebox.limits import Limits
from glovebox.sandbox.launch import ConfinedKernel, launch_boxed
from glovebox.scratch import scratch_root

_TICK = 0.02
_PASSED_ON = "NBGRADER_"
_one_at_a_time = threading.Lock()
"""Kernels of one process come from one zygote, which answers one request after the other."""


class BoxedProvisioner(KernelProvisionerBase):
    """Starts, interrupts and ends one boxed kernel after the other for a kernel manager."""

    _kernel: ConfinedKernel | None = None
    _folder: str = ""
    """Holds a link for each of the kernel's sockets, at paths that stay when it is restarted."""
    _sockets: tuple[int, ...] = ()

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel that was not waited for."""
        return self._kernel is not None

    async def poll(self) -> int | None:
        """None while the kernel runs, 0 if there is none, 1 if it ended."""
        if self._kernel is None:
            return 0
        return None if self._kernel.alive else 1

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        while (status := await self.poll()) is None:
            await asyncio.sleep(_TICK)
        self._end()
        return status

    async def send_signal(self, signum: int) -> None:
        """Interrupt the kernel; any other signal ends the box with all that is in it."""
        if self._kernel is not None:
            if signum == signal.SIGINT:
                self._kernel.interrupt()
            elif signum != 0:
                self._kernel.end()

    async def kill(self, restart: bool = False) -> None:
        """End the box."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """End the box: a stranger's process is given no time to put its things in order."""
        await self.send_signal(signal.SIGKILL)

    async def pre_launch(self, **keywords: Any) -> dict[str, Any]:
        """Take the command from the kernelspec for the record; nothing of it is executed."""
        extra = keywords.pop("extra_arguments", [])
        command = [*self.kernel_spec.argv, *extra]
        prepared: dict[str, Any] = await super().pre_launch(cmd=command, **keywords)
        return prepared

    async def launch_kernel(self, cmd: list[str], **keywords: Any) -> KernelConnectionInfo:
        """Start a kernel in a box and say where its sockets are.

        Raises:
            LaunchError: no kernel could be confined; there is no other.
            AssignmentError: the working directory holds too much to be shown to the kernel.
        """
        self._end()
        manager: Any = self.parent
        key = manager.session.key
        folder = keywords.get("cwd") or Path.cwd()
        given: Mapping[str, str] = keywords.get("env") or os.environ
        passed_on = {name: text for name, text in given.items() if name.startswith(_PASSED_ON)}
        self._kernel = await asyncio.to_thread(_launch, Path(folder), key, passed_on)
        if not self._folder:
            self._folder = tempfile.mkdtemp(prefix="glovebox-", dir=scratch_root())
        place = str(Path(self._folder, "socket"))
        try:
            await asyncio.to_thread(self._link_sockets, place)
        except LaunchError:
            self._end()
            raise
        found: Any = {**connection_info(place), "key": key}
        return cast(KernelConnectionInfo, found)

    async def cleanup(self, restart: bool = False) -> None:
        """End what is left, and remove the links."""
        self._end()
        if self._folder and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = ""

    def _link_sockets(self, place: str) -> None:
        """Lay a link to each of the sockets, as soon as the kernel has made them.

        They lie where no path of the machine's leads; a link to a descriptor of this process does.
        What a name in the box is changed to later on has no effect.
        """
        assert self._kernel is not None
        deadline = time.monotonic() + Limits.startup
        for name, number in PORTS.items():
            while True:
                try:
                    descriptor = self._kernel.open_socket(name)
                    break
                except OSError as error:
                    if not self._kernel.alive or time.monotonic() > deadline:
                        reason = self._kernel.reason() or str(error)
                        raise LaunchError(f"the kernel did not start: {reason}") from error
                    time.sleep(_TICK)
            self._sockets += (descriptor,)
            link = Path(f"{place}-{number}")
            link.unlink(missing_ok=True)
            link.symlink_to(f"/proc/self/fd/{descriptor}")

    def _end(self) -> None:
        if self._kernel is not None:
            self._kernel.end()
        for descriptor in self._sockets:
            with contextlib.suppress(OSError):
                os.close(descriptor)
        self._kernel, self._sockets = None, ()


def _launch(folder: Path, key: bytes, environment: Mapping[str, str]) -> ConfinedKernel:
    with _one_at_a_time:
        return launch_boxed(read_data(folder), Limits(), key, environment)
