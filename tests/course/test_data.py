"""Finding the data sets: the cache of the small one, the folder of the full one, clear errors."""

import os
import shutil
import time
from pathlib import Path

import pytest

from course import data
from course import small as small_set
from course.data import DataError


def write_tiny(folder: Path, progress: object = None) -> None:
    """Stands in for the generator: fast, but of the same shape."""
    (folder / small_set.REVIEWS_FOLDER).mkdir()
    (folder / small_set.VECTORS_FILE).write_text("the 1 2\n", encoding="utf-8")


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The generator replaced by a fast one; the list of the folders it wrote."""
    written: list[Path] = []

    def write(folder: Path, progress: object = None) -> None:
        written.append(folder)
        write_tiny(folder)

    monkeypatch.setattr(small_set, "write_small", write)
    return written


def test_the_small_set_is_generated_once(tiny: list[Path], tmp_path: Path) -> None:
    first = data.small(tmp_path)
    assert data.small(tmp_path) == first
    assert len(tiny) == 1
    assert first.reviews.is_dir()
    assert first.vectors.is_file()
    assert (first.name, first.embedding_dim) == ("small", 50)
    assert list(tmp_path.iterdir()) == [first.reviews.parent], "nothing half-written stays"


def test_the_cache_variable_is_obeyed(
    tiny: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(data.CACHE_VARIABLE, str(tmp_path / "cache"))
    assert data.small().reviews.is_relative_to(tmp_path / "cache")


def test_without_it_the_cache_is_the_users_own(
    tiny: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(data.CACHE_VARIABLE, raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert data.small().reviews.is_relative_to(tmp_path)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, MemoryError])
def test_an_interrupted_generation_leaves_nothing(
    interruption: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(folder: Path, progress: object = None) -> None:
        (folder / "half").write_text("")
        raise interruption

    monkeypatch.setattr(small_set, "write_small", write)
    with pytest.raises(interruption):
        data.small(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(folder: Path, progress: object = None) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(small_set, "write_small", write)
    with pytest.raises(DataError, match=r"No space left on device.*GLOVEBOX_CACHE"):
        data.small(tmp_path)


def test_a_failed_training_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The training process fails: its vectors file would have to replace a folder."""

    def write_reviews(folder: Path) -> None:
        (folder.parent / small_set.VECTORS_FILE).mkdir()

    monkeypatch.setattr(small_set, "write_reviews", write_reviews)
    with pytest.raises(DataError, match=r"exit code 1.*GLOVEBOX_CACHE"):
        data.small(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_set_that_another_process_wrote_meanwhile_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(folder: Path, progress: object = None) -> None:
        write_tiny(folder)
        other = tmp_path / f"small-{data._generator_version()}"
        shutil.copytree(folder, other)

    monkeypatch.setattr(small_set, "write_small", write)
    found = data.small(tmp_path)
    assert found.vectors.is_file()
    assert list(tmp_path.iterdir()) == [found.reviews.parent]


def test_what_a_killed_process_left_is_removed_after_a_day(
    tiny: list[Path], tmp_path: Path
) -> None:
    old, new = tmp_path / "writing-old", tmp_path / "writing-new"
    old.mkdir()
    new.mkdir()
    os.utime(old, (time.time() - 2 * 86_400,) * 2)
    data.small(tmp_path)
    assert not old.exists()
    assert new.exists(), "perhaps another process is still writing it"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("train/neg", "train/pos", "test/neg", "test/pos"):
        (tmp_path / "aclImdb" / part).mkdir(parents=True)
    return tmp_path


def put_vectors(folder: Path, name: str, count: int, dim: int, header: str = "") -> Path:
    path = folder / name
    row = " ".join(["0.125"] * dim)
    lines = "".join(f"word{i:05d} {row}\n" for i in range(count))
    path.write_text(header + lines, encoding="utf-8")
    return path


def test_the_full_set_is_found(folder: Path) -> None:
    path = put_vectors(folder, "glove.6B.100d.txt", 3, 100)
    found = data.full(folder)
    assert (found.name, found.reviews, found.vectors, found.embedding_dim) == (
        "full",
        folder / "aclImdb",
        path,
        100,
    )


def test_the_folder_may_be_named_by_the_variable(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_vectors(folder, "glove.txt", 3, 7)
    monkeypatch.setenv(data.DATA_VARIABLE, str(folder))
    assert data.full().embedding_dim == 7


def test_a_header_line_is_no_vector(folder: Path) -> None:
    put_vectors(folder, "glove.txt", 3, 25, header="3 25\n")
    assert data.full(folder).embedding_dim == 25


def test_the_most_vectors_win_and_then_the_chapters_dimension(folder: Path) -> None:
    put_vectors(folder, "glove.head.100d.txt", 30, 100)
    most = put_vectors(folder, "glove.50d.txt", 120, 50)
    put_vectors(folder, "glove.exact.50d.txt", 90, 50)
    assert data.full(folder).vectors == most
    as_many = put_vectors(folder, "glove.100d.txt", 119, 100)
    put_vectors(folder, "glove.300d.txt", 121, 300)
    assert data.full(folder).vectors == as_many


def test_the_vectors_may_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_vectors(folder, "glove.50d.txt", 12, 50)
    other = put_vectors(folder, "mine.txt", 3, 9)
    monkeypatch.setenv(data.VECTORS_VARIABLE, "mine.txt")
    assert data.full(folder).vectors == other
    monkeypatch.setenv(data.VECTORS_VARIABLE, str(other))
    assert data.full(folder).embedding_dim == 9
    monkeypatch.setenv(data.VECTORS_VARIABLE, "missing.txt")
    with pytest.raises(DataError, match=r"missing\.txt is missing.*GLOVEBOX_VECTORS"):
        data.full(folder)


def test_no_folder_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(data.DATA_VARIABLE, raising=False)
    monkeypatch.setenv(data.CACHE_VARIABLE, str(tmp_path))
    with pytest.raises(DataError, match=r"GLOVEBOX_DATA is not set; let it name.*data fetch"):
        data.full()


def test_what_was_downloaded_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put_vectors(folder, "glove.txt", 3, 7)
    monkeypatch.delenv(data.DATA_VARIABLE, raising=False)
    monkeypatch.setenv(data.CACHE_VARIABLE, str(tmp_path / "cache"))
    shutil.copytree(folder, tmp_path / "cache" / "full")
    assert data.full().embedding_dim == 7


@pytest.mark.parametrize("part", ["train/neg", "test/pos"])
def test_missing_reviews(folder: Path, part: str) -> None:
    put_vectors(folder, "glove.txt", 3, 7)
    (folder / "aclImdb" / part).rmdir()
    with pytest.raises(DataError, match=rf"aclImdb.{part.replace('/', '.')} is missing; unpack"):
        data.full(folder)


def test_missing_vectors(folder: Path) -> None:
    with pytest.raises(DataError, match=r"holds no glove\*\.txt; put"):
        data.full(folder)


@pytest.mark.parametrize("text", ["", "\n", "the\n", "PK\x03\x04 zip archive\n", "the one two\n"])
def test_a_file_that_is_no_glove_text(folder: Path, text: str) -> None:
    (folder / "glove.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="does not begin like a GloVe text file"):
        data.full(folder)
