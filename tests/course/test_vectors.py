"""Reading GloVe files, the embedding matrix, neighbours and analogies."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import reference


def vectors(**rows: list[float]) -> dict[str, np.ndarray]:
    return {word: np.array(row, dtype=np.float32) for word, row in rows.items()}


def parse(tmp_path: Path, text: str, dim: int) -> dict[str, list[float]]:
    path = tmp_path / "glove.txt"
    path.write_bytes(text.encode("utf-8"))
    return {word: vector.tolist() for word, vector in reference.parse_glove(path, dim).items()}


def test_a_file_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "glove.txt"
    path.write_text("the 0.5 -1\ncafé 1e-2 3\n", encoding="utf-8")
    parsed = reference.parse_glove(path, 2)
    assert list(parsed) == ["the", "café"]
    assert all(vector.dtype == np.float32 and vector.shape == (2,) for vector in parsed.values())
    np.testing.assert_allclose(parsed["café"], [0.01, 3])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (". . . 1 2", {". . .": [1, 2]}),
        ("name@domain 2014 1 2", {"name@domain 2014": [1, 2]}),
        ("one\xa0word 1 2", {"one\xa0word": [1, 2]}),
        ("\x85 1 2", {"\x85": [1, 2]}),
        ("a 1 2\r", {"a": [1, 2]}),
        ("400000 50", {}),
        ("", {}),
        ("a 1", {}),
        ("a b 1", {}),
        (" 1 2", {}),
    ],
)
def test_odd_lines(tmp_path: Path, line: str, expected: dict[str, list[float]]) -> None:
    assert parse(tmp_path, f"{line}\nfilm 3 4\n", 2) == expected | {"film": [3, 4]}


def test_a_carriage_return_alone_ends_no_line(tmp_path: Path) -> None:
    assert parse(tmp_path, "a\rb 1 2", 2) == {"a\rb": [1, 2]}


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.integers(1, 10), st.integers(1, 4))
def test_every_row_of_the_matrix_is_its_words_vector(
    words: list[str], max_words: int, dim: int
) -> None:
    index = {word: rank for rank, word in enumerate(words, start=1)}
    known = {w: np.full(dim, ord(w), dtype=np.float32) for w in "aceg"}
    matrix = reference.build_embedding_matrix(index, known, max_words, dim)
    assert matrix.shape == (max_words, dim)
    assert matrix.dtype == np.float32
    by_row = {rank: word for word, rank in index.items()}
    for row in range(max_words):
        expected = known.get(by_row.get(row, ""), np.zeros(dim))
        np.testing.assert_array_equal(matrix[row], expected)


def test_coverage_counts_the_words_the_model_uses() -> None:
    index = {"a": 1, "b": 2, "c": 3, "d": 4}
    known = vectors(a=[1.0], c=[1.0], d=[1.0])
    assert reference.coverage(index, known, 4) == pytest.approx(2 / 3)
    assert reference.coverage(index, known, 100) == pytest.approx(3 / 4)
    assert reference.coverage({}, known, 4) == 0.0


def test_neighbours_are_nearest_by_cosine() -> None:
    known = vectors(a=[1, 0], far=[-1, 0], long=[9, 1], near=[1, 0.01], zero=[0, 0], up=[0, 1])
    assert reference.nearest_words("a", known, 2) == ["near", "long"]
    assert reference.nearest_words("a", known, 99)[-1] == "far"
    assert len(reference.nearest_words("a", known, 99)) == 5
    with pytest.raises(KeyError):
        reference.nearest_words("unknown", known, 1)


def test_an_analogy_is_b_minus_a_plus_c_on_the_raw_vectors() -> None:
    known = vectors(man=[1, 0, 0], woman=[1, 1, 0], king=[1, 0, 5], queen=[1, 1, 5], fog=[0, 0, 1])
    assert reference.analogy("man", "woman", "king", known) == "queen"
    # On unit vectors the answer would be "y": the length of b matters.
    known = vectors(a=[1, 0], b=[0, 9], c=[1, 0.01], x=[0, 1], y=[1, 1])
    assert reference.analogy("a", "b", "c", known) == "x"


def test_the_three_words_are_no_answer() -> None:
    known = vectors(a=[1, 0], b=[1, 0.1], c=[0, 1], d=[-1, 0.5])
    assert reference.analogy("a", "b", "c", known) == "d"
    del known["d"]
    with pytest.raises(ValueError, match="besides the three"):
        reference.analogy("a", "b", "c", known)
