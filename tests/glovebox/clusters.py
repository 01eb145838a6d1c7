"""A Dask cluster as an instructor starts it, of processes that can be killed."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent


class Cluster:
    """A scheduler and workers as an instructor starts them, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        port = self.address.rpartition(":")[2]
        return self._start(
            "dask", "scheduler", "--host", "127.0.0.1", "--port", port, "--dashboard-address", ":0"
        )

    def start_worker(self) -> subprocess.Popen[bytes]:
        place = ("--local-directory", str(self._folder), "--host", "127.0.0.1")
        return self._start(
            "dask", "worker", self.address, "--nthreads", "1", "--no-dashboard", *place
        )

    def end(self) -> None:
        """End the workers, and then what they belong to.

        A `dask worker` that is told to end while it is starting, and whose scheduler is told to end
        at the same time, may stay for ever.
        """
        for kind in ("worker", "scheduler"):
            ended = [process for process in self.processes if kind in process.args]
            for process in ended:
                process.terminate()
            for process in ended:
                process.wait(60)

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        program, *arguments = command
        log = (self._folder / f"{len(self.processes)}.log").open("wb")
        process = subprocess.Popen([str(BIN / program), *arguments], stdout=log, stderr=log)
        self.processes.append(process)
        return process
