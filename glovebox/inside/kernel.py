"""An IPython kernel with one more request: ``glove_request``, answered by the agent.

The request travels on the shell channel with its value in the message's buffers, so it waits its
turn behind running cells and never passes through IPython's ``run_cell`` or its transformers.
Start it as ``python -I -m glovebox.inside.kernel CONNECTION_FILE``.
"""

from __future__ import annotations

import sys
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp

from glovebox.inside.agent import Agent


class GloveKernel(IPythonKernel):
    """IPython plus the agent."""

    def __init__(self, **keywords: Any) -> None:
        # The kernel makes its table of handlers from this list while it is built.
        self.msg_types = [*IPythonKernel.msg_types, "glove_request"]
        super().__init__(**keywords)  # type: ignore[no-untyped-call]
        shell: Any = self.shell
        self._agent = Agent(shell.user_ns)

    async def glove_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Answer one request; Jupyter's messaging protocol names the reply ``glove_reply``."""
        reply = self._agent.answer(parent["buffers"])
        session: Any = self.session
        session.send(stream, "glove_reply", {}, parent, ident, buffers=reply)


def serve(connection_file: str) -> None:
    """Be the kernel that a connection file describes, until it is shut down."""
    IPKernelApp.launch_instance(
        kernel_class=GloveKernel,
        connection_file=connection_file,
        capture_fd_output=False,
        # Nobody's history is written, and whose child this process is matters to nobody here.
        argv=["--HistoryManager.enabled=False"],
        parent_handle=0,
    )


if __name__ == "__main__":
    serve(sys.argv[1])
