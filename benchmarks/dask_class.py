"""Starts a Dask scheduler and two workers, grades a course's assignment on them, and ends them.

As docs/cluster.md advises, the workers do without Dask's profiler.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import dask
from distributed import LocalCluster


def main() -> None:
    course, assignment = Path(sys.argv[1]), sys.argv[2]
    dask.config.set({"distributed.worker.profile.enabled": False})
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        subprocess.run(
            [sys.executable, "-m", "nbgrader", "autograde", assignment, "--force",
             f"--GloveboxExporter.scheduler={cluster.scheduler_address}"],
            cwd=course, check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
