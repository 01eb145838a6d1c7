"""An ordinary Jupyter kernel on the user's own machine, whatever system that is.

The grader's sessions speak over sockets that Windows has not, to kernels that only Linux can
confine. Here nobody has to be kept out: who checks a notebook would run it anyway. What the
grader's kernel does not have is not here either: nothing lies beside the notebook but the
assignment's own files, and nothing of the user's IPython is loaded.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from glovebox.environment import COMPUTING
from glovebox.limits import Limits
from glovebox.outputs import Collector, Execution
from glovebox.processes import remove_tree
from glovebox.scratch import scratch_root
from glovebox.session import KernelDied
from glovebox.unpack import write_files

_TICK = 0.2
"""Seconds between two looks at the kernel: whether it lives, and how large it is."""
_PATIENCE = 60.0
"""Seconds for a killed kernel to be gone."""
_FOREIGN = ("GLOVEBOX_DATA", "JPY_SESSION_NAME", "JPY_PARENT_PID", "PYTHONSTARTUP")
"""Variables that the grader's kernel has not, and that change what notebooks do."""


class OrdinarySession:
    """A kernel, one at a time, each in a fresh folder with the assignment's data.

    See :class:`glovebox.run.CellSession`.

    Args:
        limits: those of time and output are kept.
        data: files to put into the working directory, by relative name.
        modules: what is imported beforehand, as in the grader's kernels, since no cell is charged
            there for the minute that the first import of a library may take.
    """

    note = ""

    def __init__(
        self, limits: Limits, data: Mapping[str, bytes], modules: Sequence[str] = ()
    ) -> None:
        self.limits = limits
        self.lost = False
        self.memory = 0
        """The most bytes that a kernel and its children were seen to use."""
        self._data = data
        self._modules = tuple(modules)
        self._folder: Path | None = None
        self._manager: Any = None
        self._client: Any = None
        self._looked = 0.0

    @property
    def alive(self) -> bool:
        """Whether the kernel's process runs."""
        return self._manager is not None and bool(self._manager.is_alive())

    def start(self) -> None:
        """Start a kernel and wait until it answers.

        Raises:
            KernelDied: it did not come up within the limit.
        """
        self.lost = self.lost or (self._manager is not None and not self.alive)
        self.kill()
        try:
            self._start()
        except (OSError, RuntimeError) as error:
            self.lost = True
            self.kill()
            raise KernelDied(f"the kernel did not start: {error}") from error

    def clock(self) -> float:
        """The monotonic clock's seconds."""
        return time.monotonic()

    def execute(self, source: str, timeout: float) -> Execution:
        """Run one cell's source and collect its outputs up to the limits.

        A cell over its time is interrupted; a kernel that ignores the interrupt is killed.

        Raises:
            KernelDied: with the outputs so far.
        """
        if not self.alive:
            self.lost = True
            self.kill()
            raise KernelDied("it was not running any more")
        return self._execute(source, timeout)

    def kill(self) -> None:
        """End the kernel with all that it started; its files go with it."""
        if self._client is not None:
            self._client.stop_channels()
            self._client.context.destroy(linger=0)
        if self._manager is not None:
            family = _family(self._manager)
            process = getattr(self._manager.provisioner, "process", None)
            with contextlib.suppress(RuntimeError):  # it has ended already
                self._manager.shutdown_kernel(now=True)
            for one in family:
                with contextlib.suppress(psutil.Error):
                    one.kill()
            # On a busy machine gigabytes take longer to be freed than Jupyter waits.
            with contextlib.suppress(subprocess.TimeoutExpired):
                if process is not None:
                    process.wait(_PATIENCE)
        if self._folder is not None:
            remove_tree(self._folder)
        self._client = self._manager = self._folder = None

    def _execute(self, source: str, timeout: float, silent: bool = False) -> Execution:
        collector = Collector(self.limits.output_bytes)
        execution = collector.execution
        request = self._client.execute(
            source, silent=silent, allow_stdin=False, stop_on_error=False
        )
        deadline = time.monotonic() + timeout
        while True:
            message = _next(self._client.get_iopub_msg, _TICK)
            if message is not None and message["parent_header"].get("msg_id") == request:
                if collector.take(message["msg_type"], message["content"]):
                    reply = self._reply(request, self.limits.grace)
                    break
            elif message is None and (reply := self._reply(request, 0)):
                break  # of a flood of outputs, the last message may be lost
            self._look()
            now = time.monotonic()
            ended = message is None and not self.alive
            if ended or now > deadline + self.limits.grace:
                self.lost = self.lost or not execution.timed_out
                self.kill()
                raise KernelDied("its process ended", execution)
            if now > deadline and not execution.timed_out:
                execution.timed_out = True
                self._manager.interrupt_kernel()
        if reply is not None:
            collector.replied(reply["content"])
        if execution.timed_out:
            time.sleep(_TICK)  # or the interrupt may stop the next cell instead
        return execution

    def _start(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="glovebox-check-", dir=scratch_root()))
        scratch = self._folder / "scratch"
        scratch.mkdir()
        write_files(scratch, self._data)
        # Without folders of kernels to look in, "python3" is the Python that runs this.
        self._manager = KernelManager(
            kernel_name="python3",
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            connection_file=str(self._folder / "connection.json"),
        )
        kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        ours = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", **COMPUTING}
        places = {"IPYTHONDIR": str(self._folder / "ipython"), "TMPDIR": str(self._folder)}
        self._manager.start_kernel(
            cwd=str(scratch),
            env={**kept, **ours, **places},
            extra_arguments=["--HistoryManager.enabled=False"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._client = self._manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=self.limits.startup)
        for module in self._modules:
            # One that is not there is missed by the cell that wants it.
            self._execute(f"__import__({module!r})", self.limits.startup, silent=True)

    def _reply(self, request: str, timeout: float) -> dict[str, Any] | None:
        """The kernel's word that it is done with a request, if it comes in time."""
        while (reply := _next(self._client.get_shell_msg, timeout)) is not None:
            if reply["parent_header"].get("msg_id") == request:
                return reply
        return None

    def _look(self) -> None:
        if time.monotonic() < self._looked + _TICK:
            return
        self._looked = time.monotonic()
        used = 0
        for process in _family(self._manager):
            with contextlib.suppress(psutil.Error):
                used += process.memory_info().rss
        self.memory = max(self.memory, used)


def _next(get: Any, timeout: float) -> dict[str, Any] | None:
    try:
        message: dict[str, Any] = get(timeout=timeout)
    except queue.Empty:
        return None
    return message


def _family(manager: Any) -> list[psutil.Process]:
    """The kernel's process and all that it started and that still belongs to it."""
    number = manager.provisioner.pid if manager.provisioner is not None else None
    if number is None:  # which psutil would take for this process
        return []
    with contextlib.suppress(psutil.Error):
        kernel = psutil.Process(number)
        return [kernel, *kernel.children(recursive=True)]
    return []
