"""Grades the submissions in a folder with `otter run`, one after the other; counts full marks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from courses import OTTER


def main() -> None:
    folder = Path(sys.argv[1])
    full = 0
    # Its notebooks run in the kernel that its own `python3` starts.
    environment = {**os.environ, "PATH": f"{OTTER / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    for submission in sorted(folder.glob("student-*.ipynb")):
        output = folder / submission.stem
        output.mkdir(exist_ok=True)
        subprocess.run(
            [str(OTTER / "bin/otter"), "run", "--no-logo", "-a", "autograder.zip", "-o",
             str(output), str(submission)],
            cwd=folder, env=environment, check=False, capture_output=True,
        )  # fmt: skip
        result = output / "results.json"
        if result.exists():
            tests = json.loads(result.read_text())["tests"]
            scored = [one for one in tests if one.get("max_score")]
            full += bool(scored) and all(one["score"] == one["max_score"] for one in scored)
    (folder / "full_marks").write_text(str(full))


if __name__ == "__main__":
    main()
