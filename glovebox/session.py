"""One kernel in a process of its own: start it, run cells, ask the gloves' questions, kill it.

What comes out of the kernel is evidence from a stranger: a message that is malformed is dropped and
counted, sizes are capped before anything is parsed, and every wait has an end.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import psutil
import zmq
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

from glovebox.fonts import provide_fonts
from glovebox.limits import Limits

_TICK = 0.1
"""Seconds between two looks at whether the kernel still lives."""


class KernelDied(Exception):
    """The kernel's process ended, or had to be ended because it no longer answered."""


class CallTimeout(Exception):
    """A request took longer than it may; the kernel was interrupted and answers again."""


@dataclass
class Execution:
    """What running one cell gave: valid nbformat outputs, and how it ended."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    execution_count: int | None = None
    timed_out: bool = False
    output_cut: bool = False
    malformed: int = 0


class _Specs(KernelSpecManager):
    """The one kernel there is; the machine's own kernelspecs play no part."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        # -I: neither the scratch folder nor the user's site-packages can shadow a module.
        argv = [sys.executable, "-I", "-m", "glovebox.inside.kernel", "-f", "{connection_file}"]
        options = ["--HistoryManager.enabled=False", "--IPKernelApp.capture_fd_output=False"]
        return KernelSpec(argv=[*argv, *options], language="python", interrupt_mode="signal")


class Session:
    """A running kernel in a fresh scratch folder that holds copies of the assignment's data."""

    def __init__(self, limits: Limits, data: Mapping[str, bytes]) -> None:
        self.limits = limits
        self.folder = Path(tempfile.mkdtemp(prefix="glovebox-"))
        self.scratch = self.folder / "scratch"
        self.scratch.mkdir()
        provide_fonts(self.scratch / ".matplotlib")
        for name, content in data.items():
            path = self.scratch / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self._context = zmq.Context()
        # A peer that sends more than this is cut off before the bytes reach our memory.
        self._context.setsockopt(zmq.MAXMSGSIZE, limits.message_bytes)
        self._context.setsockopt(zmq.RCVHWM, 200)
        self._context.setsockopt(zmq.LINGER, 0)
        self._manager: KernelManager | None = None
        self._client: BlockingKernelClient | None = None

    def start(self) -> None:
        """Start the kernel and wait until it answers.

        Raises:
            KernelDied: it did not come up within the limit.
        """
        manager = KernelManager(
            kernel_name="glovebox",
            kernel_spec_manager=_Specs(),
            transport="ipc",
            ip=str(self.folder / "socket"),
            connection_file=str(self.folder / "connection.json"),
            context=self._context,
        )
        self._manager = manager
        manager.start_kernel(
            cwd=str(self.scratch),
            env=_environment(self.scratch),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._client = manager.blocking_client()
        self._client.start_channels()
        try:
            self._client.wait_for_ready(timeout=self.limits.startup)
        except (RuntimeError, TypeError, KeyError, ValueError) as error:
            self.kill()
            raise KernelDied(f"the kernel did not start: {error}") from error

    @property
    def alive(self) -> bool:
        """Whether the kernel's process runs."""
        return self._manager is not None and bool(self._manager.is_alive())

    def execute(self, source: str, timeout: float) -> Execution:
        """Run one cell's source and collect its outputs up to the limits.

        A cell over its time is interrupted; a kernel that ignores the interrupt is killed.

        Raises:
            KernelDied: with the outputs so far in its ``args[1]``.
        """
        client = self._live_client()
        request = client.execute(source, allow_stdin=False, stop_on_error=False)
        collector = _Collector(self.limits.output_bytes)
        deadline, grace_over = time.monotonic() + timeout, None
        replied = idle = False
        while not (replied and idle):
            now = time.monotonic()
            if grace_over is None and now > deadline and not replied:
                collector.execution.timed_out = True
                self._interrupt()
                grace_over = now + self.limits.grace
            elif replied and grace_over is None:
                # The reply is the kernel's word that it is done; late outputs may still arrive.
                grace_over = now + self.limits.grace
            if grace_over is not None and now > grace_over:
                if replied:
                    break
                self.kill()
            if not self.alive and not self._waiting():
                self._ended()
                raise KernelDied("the kernel ended", collector.execution)
            for channel, message in self._messages():
                if message is None:
                    collector.execution.malformed += 1
                elif message["parent_header"].get("msg_id") != request:
                    continue
                elif channel == "shell" and message["msg_type"] == "execute_reply":
                    replied, grace_over = True, None
                elif channel == "iopub":
                    idle = collector.take(message) or idle
        return collector.execution

    def ask(self, message: Sequence[bytes], timeout: float) -> list[bytes]:
        """Send one glove request and wait for its reply's buffers.

        Raises:
            CallTimeout: no reply in time; the kernel was interrupted and is usable again.
            KernelDied: the kernel ended, or had to be ended because it ignored the interrupt.
        """
        client = self._live_client()
        sent = client.session.send(
            client.shell_channel.socket, "glove_request", {}, buffers=list(message)
        )
        request = sent["header"]["msg_id"]
        deadline, interrupted = time.monotonic() + timeout, False
        while True:
            now = time.monotonic()
            if now > deadline and not interrupted:
                interrupted = True
                self._interrupt()
            if now > deadline + self.limits.grace:
                self.kill()
            if not self.alive and not self._waiting():
                self._ended()
                raise KernelDied("the kernel ended")
            for channel, reply in self._messages():
                if channel != "shell" or reply is None or reply["msg_type"] != "glove_reply":
                    continue
                if reply["parent_header"].get("msg_id") == request:
                    if interrupted:
                        raise CallTimeout
                    return list(reply["buffers"])

    def kill(self) -> None:
        """End the kernel's whole process tree at once."""
        if self._manager is None or not self._manager.has_kernel:
            return
        pid = getattr(self._manager.provisioner, "pid", None)
        with contextlib.suppress(psutil.Error):
            if pid:
                family = [*psutil.Process(pid).children(recursive=True), psutil.Process(pid)]
                for process in family:
                    with contextlib.suppress(psutil.Error):
                        process.send_signal(signal.SIGKILL)
                psutil.wait_procs(family, timeout=5)
        with contextlib.suppress(RuntimeError):
            self._manager.shutdown_kernel(now=True)

    def close(self) -> None:
        """Kill the kernel and remove the scratch folder."""
        self._ended()
        self._context.destroy(linger=0)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ended(self) -> None:
        self.kill()
        if self._client is not None:
            self._client.stop_channels()
            self._client = None
        self._manager = None

    def _live_client(self) -> BlockingKernelClient:
        if self._client is None or not self.alive:
            self._ended()
            raise KernelDied("the kernel is not running", Execution())
        return self._client

    def _interrupt(self) -> None:
        if self._manager is not None and self.alive:
            self._manager.interrupt_kernel()

    def _channels(self) -> dict[str, Any]:
        client = self._client
        return (
            {} if client is None else {"shell": client.shell_channel, "iopub": client.iopub_channel}
        )

    def _waiting(self) -> bool:
        """Whether messages of a dead kernel still lie in the sockets."""
        return any(channel.socket.poll(0) for channel in self._channels().values())

    def _messages(self) -> Iterator[tuple[str, dict[str, Any] | None]]:
        """Messages at hand, after a short wait for the first; None for a malformed one."""
        poller = zmq.Poller()
        channels = self._channels()
        for channel in channels.values():
            poller.register(channel.socket, zmq.POLLIN)
        ready = dict(poller.poll(int(_TICK * 1000)))
        for name, channel in channels.items():
            if channel.socket not in ready:
                continue
            # A flood must not keep us from looking at the clock.
            for _ in range(100):
                try:
                    message = channel.get_msg(timeout=0)
                except queue.Empty:
                    break
                except Exception:  # whatever parsing a forged message can raise
                    message = None
                yield name, message if _well_formed(message) else None


class _Collector:
    """Gathers one cell's outputs as valid nbformat nodes within a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.execution = Execution()
        self._left = limit
        self._clear_next = False
        self._shown: dict[str, int] = {}

    def take(self, message: dict[str, Any]) -> bool:
        """Take in one IOPub message; True when it says that the kernel is idle."""
        kind, content = message["msg_type"], message["content"]
        count = content.get("execution_count")
        if isinstance(count, int):
            self.execution.execution_count = count
        if kind == "status":
            return bool(content.get("execution_state") == "idle")
        if kind == "clear_output":
            self._clear_next = bool(content.get("wait"))
            if not self._clear_next:
                self.execution.outputs.clear()
        elif kind in ("stream", "display_data", "execute_result", "error", "update_display_data"):
            self._output(kind, message)
        return False

    def _output(self, kind: str, message: dict[str, Any]) -> None:
        transient = message["content"].get("transient")
        display_id = transient.get("display_id") if isinstance(transient, dict) else None
        if kind == "update_display_data":
            message = {**message, "header": {**message["header"], "msg_type": "display_data"}}
        try:
            output = nbformat.v4.output_from_msg(message)
            nbformat.validate(output, ref="output", version=4, version_minor=5)
        except Exception:  # forged content fails in ways that have no end
            self.execution.malformed += 1
            return
        size = len(str(output))
        if size > self._left:
            self.execution.output_cut = True
            if kind != "stream":
                return
            output["text"] = output["text"][: self._left]
        self._left -= min(size, self._left)
        if kind == "stream" and not output["text"]:
            return
        outputs = self.execution.outputs
        if self._clear_next:
            outputs.clear()
            self._clear_next = False
        last = outputs[-1] if outputs else None
        if kind == "stream" and last and last.get("name") == output.get("name"):
            last["text"] += output["text"]
        elif kind == "update_display_data":
            index = self._shown.get(str(display_id), -1)
            if 0 <= index < len(outputs):
                outputs[index] = output
        else:
            outputs.append(output)
            if display_id is not None:
                self._shown[str(display_id)] = len(outputs) - 1


def _well_formed(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and isinstance(message.get("msg_type"), str)
        and isinstance(message.get("parent_header"), dict)
        and isinstance(message.get("header"), dict)
        and isinstance(message.get("content"), dict)
    )


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
