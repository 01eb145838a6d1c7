"""What is built for others: whole, nothing in it that students must not see, and it runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

REPO = Path(__file__).parents[2]
SECRETS = ("tests", "source", "solutions", "submitted", "autograded", "gradebook.db")
"""What neither may hold: hidden checks, specimens, instructors' notebooks, students' work."""
SOLUTIONS = ("course/lab.py", "course/measure.py", "course/reference/")
"""Reference solutions, and what is of no use without them."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist, and the wheel that is built from what is in it."""
    folder = tmp_path_factory.mktemp("dist")
    build(REPO, "sdist", folder)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        packed.extractall(folder, filter="data")
    (unpacked,) = (path for path in folder.iterdir() if path.is_dir())
    build(unpacked, "wheel", folder)
    (wheel,) = folder.glob("*.whl")
    return sdist, wheel


def build(project: Path, target: str, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "-d", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)


def packages() -> set[str]:
    """The files of the two packages, as git knows them, but for the solutions."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        [*command, "glovebox", "course"], cwd=REPO, check=True, capture_output=True, text=True
    )
    files = {file for file in listed.stdout.split("\0") if file}
    assert all(any(file.startswith(secret) for file in files) for secret in SOLUTIONS)
    return {file for file in files if not file.startswith(SOLUTIONS)}


def test_the_sdist_holds_what_a_wheel_is_made_of(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    about = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "PKG-INFO", ".gitignore"}
    assert names == packages() | about


def test_the_wheel_holds_the_packages_and_the_kernel(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as packed:
        names = set(packed.namelist())
    other = {name for name in names if ".dist-info/" not in name} - packages()
    assert packages() <= names
    assert [name.partition("/")[2] for name in other] == [
        "data/share/jupyter/kernels/glovebox/kernel.json"
    ]
    assert not [name for name in names if name.split("/")[0] in SECRETS]


def test_the_metadata_are_whole(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith("dist-info/METADATA"))
        told = message_from_bytes(packed.read(name))
        assert name.replace("METADATA", "licenses/LICENSE") in packed.namelist()
    assert told["License-Expression"] == "MIT"
    assert told["Description-Content-Type"] == "text/markdown"
    assert str(told.get_payload()).startswith("# Glovebox")
    assert told["Keywords"]
    assert told["Summary"]
    minors = {one.rpartition(".")[2] for one in told.get_all("Classifier") if " :: 3." in one}
    assert minors == {"11", "12", "13"}


def share_dependencies(packages: Path) -> None:
    """Put all but ours of the tests' own environment into another one, without copying it.

    Not with a .pth file: a box shows the installation of its Python, and nothing elsewhere.
    """

    def share(source: str, target: str) -> None:
        try:
            os.link(source, target)
        except OSError:  # on another disk
            shutil.copy2(source, target)

    ours = shutil.ignore_patterns("*glovebox*", "pip", "pip-*", "setuptools*", "_distutils_hack")
    shutil.copytree(
        sysconfig.get_path("purelib"),
        packages,
        symlinks=True,
        ignore=ours,
        copy_function=share,
        dirs_exist_ok=True,
    )


def test_what_is_installed_runs(built: tuple[Path, Path], tmp_path: Path) -> None:
    place, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}

    def start(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(place / "bin" / program), *arguments]
        return subprocess.run(
            command, cwd=elsewhere, env=environment, capture_output=True, text=True
        )

    def run(*command: str) -> str:
        done = start(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    run("pip", "install", "--quiet", "--no-index", "--no-deps", str(built[1]))
    (packages,) = place.glob("lib/python*/site-packages")
    share_dependencies(packages)
    where = run(
        "python", "-c", "import course, glovebox; print(course.__path__[0], glovebox.__path__[0])"
    )
    assert all(Path(one).parent == packages for one in where.split())
    assert start("glovebox", "data", "check").returncode == 1  # and not 2: there is nothing yet

    assert "autograde" in run("glovebox", "--help")
    # While much else runs, a first start may take longer than the doctor waits.
    start("glovebox", "doctor")
    health = {one["topic"]: one for one in json.loads(run("glovebox", "doctor", "--json"))}
    assert health["kernel"]["health"] == health["sandbox"]["health"] == "good"
    listed = json.loads(run("python", "-m", "jupyter_client.kernelspecapp", "list", "--json"))
    kernel = listed["kernelspecs"]["glovebox"]
    assert Path(kernel["resource_dir"]).is_relative_to(place)
    assert kernel["spec"]["metadata"]["kernel_provisioner"]["provisioner_name"] == "glovebox"
    # Fifty thousand files that pytest would keep for the next three runs.
    shutil.rmtree(place)
