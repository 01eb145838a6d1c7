"""An IPython kernel with one more request: ``glove_request``, answered by the agent.

The request travels on the shell channel with its value in the message's buffers, so it waits its
turn behind running cells and never passes through IPython's ``run_cell`` or its transformers.
Start it as ``python -I -m glovebox.inside.kernel CONNECTION_FILE``.
"""

from __future__ import annotations

import sys
import threading
from typing import Any

import zmq
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp

from glovebox.inside.agent import Agent
from glovebox.show import both_ends

_LINGER = 20
"""Milliseconds to wait for another request: a check asks for many things in a row."""
_BRIEF, _PARTS = 20_000, 100
"""Characters of a piece of what an exception shows, of which an assertion may hold millions; and
pieces that are kept, those nearest to the mistake."""


class _NoThread:
    """Stands for the thread of subshells. A cell that awaits asks it which thread is the main one.

    False, as the absence of such a thread is everywhere else.
    """

    def __init__(self) -> None:
        self.parent_thread = threading.current_thread()

    def __bool__(self) -> bool:
        return False


def _brief(text: str) -> str:
    return both_ends(text, _BRIEF).encode("utf-8", "backslashreplace").decode()


class GloveKernel(IPythonKernel):
    """IPython plus the agent."""

    _supports_kernel_subshells = False

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)  # type: ignore[no-untyped-call]
        self.shell_channel_thread = _NoThread()
        shell: Any = self.shell
        self._agent = Agent(shell.user_ns)
        self._publish = shell._showtraceback
        # Not by a class of our own: libraries tell by the name of the shell's where they are.
        shell._showtraceback = self._publish_briefly

    async def shell_main(self, subshell_id: str | None, msg: list[zmq.Frame]) -> None:
        """Answer a glove request, and those that follow at once; leave others to IPython.

        Taken one by one from the event loop, and each announced to all listeners, requests would
        cost five times as much.
        """
        stream: Any = self.shell_stream
        lock: Any = self._main_asyncio_lock
        async with lock:
            while self._answer(stream.socket, msg):
                if not stream.socket.poll(_LINGER):
                    return
                msg = stream.socket.recv_multipart(copy=False)
        await super().shell_main(subshell_id, msg)

    def _publish_briefly(self, etype: Any, evalue: Any, stb: list[str] | None) -> None:
        """Publish an exception at a length, and in characters, that a message can carry."""
        self._publish(
            etype, _brief(str(evalue)), [_brief(str(part)) for part in stb or ()][-_PARTS:]
        )

    async def do_execute(self, *arguments: Any, **keywords: Any) -> dict[str, Any]:
        """Run a cell; the reply holds its exception at a length that a message can carry."""
        reply: dict[str, Any] = await super().do_execute(*arguments, **keywords)  # type: ignore[no-untyped-call]
        if "evalue" in reply:
            reply["evalue"] = _brief(reply["evalue"])
        return reply

    def _answer(self, socket: zmq.Socket[bytes], frames: list[zmq.Frame]) -> bool:
        """Answer a message if it is a glove request; whether it was one."""
        session: Any = self.session
        idents, parts = session.feed_identities(frames, copy=False)
        try:
            request = session.deserialize(parts, content=False, copy=False)
        except Exception:  # IPython looks at it again and says what is wrong with it
            return False
        if request["header"]["msg_type"] != "glove_request":
            return False
        reply: list[bytes] = []
        try:
            self.pre_handler_hook()  # type: ignore[no-untyped-call]  # it can be interrupted now
            reply = self._agent.answer(request["buffers"])
            self.post_handler_hook()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:  # too late to stop anything; no call is interrupted twice
            self.post_handler_hook()  # type: ignore[no-untyped-call]
        session.send(socket, "glove_reply", {}, request, idents, buffers=reply)
        return True


class GloveApp(IPKernelApp):
    """Starts the kernel, its shell channel in the main thread, where all its work is done."""

    def init_control(self, context: Any) -> None:
        """Prepare the control channel, but no thread for subshells, which nobody asks for here."""
        super().init_control(context)  # type: ignore[no-untyped-call]
        self.shell_channel_thread = None


def serve(connection_file: str) -> None:
    """Be the kernel that a connection file describes, until it is shut down."""
    # As in any notebook, modules that a cell has written can be imported; last, so that none of
    # them takes the place of an installed one.
    sys.path.append("")
    GloveApp.launch_instance(
        kernel_class=GloveKernel,
        connection_file=connection_file,
        capture_fd_output=False,
        # Nobody's history is written, and whose child this process is matters to nobody here.
        argv=["--HistoryManager.enabled=False"],
        parent_handle=0,
    )


if __name__ == "__main__":
    serve(sys.argv[1])
