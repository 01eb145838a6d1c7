"""Hidden tests for plain nbgrader that try what our hidden checks try, for a comparison of time.

Each text goes between ``### BEGIN HIDDEN TESTS`` and ``### END HIDDEN TESTS`` of a grade cell and
runs in the student's kernel, as nbgrader does it. Like the checks they draw inputs at random and
compare with a reference; unlike them they can be read and silenced by the student's code.
"""

GLOVE_MATRIX = {
    "test-parse-glove": """
import numpy as np, tempfile, pathlib
rng = np.random.default_rng(0)
for _ in range(100):
    words = ["film", "good", "at the", "caf\\u00e9", "a\\u00a0b", "..."][: rng.integers(1, 7)]
    rows = rng.integers(-9, 9, (len(words), 4)) / 2
    lines = [f"{w} {' '.join(map(str, r))}" for w, r in zip(words, rows)]
    lines.insert(int(rng.integers(0, len(lines) + 1)), ["", "400000 4", "word 1 2"][rng.integers(3)])
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "glove.txt")
        path.write_text("\\n".join(lines) + "\\n", encoding="utf-8")
        got = parse_glove(path, 4)
    assert set(got) == set(words)
    for word, row in zip(words, rows):
        assert got[word].dtype == np.float32 and np.array_equal(got[word], row.astype("float32"))
""",
    "test-build-embedding-matrix": """
for _ in range(140):
    n, most = int(rng.integers(1, 12)), int(rng.integers(1, 12))
    index = {f"w{i}": i for i in rng.permutation(np.arange(1, n + 1)).tolist()}
    known = {w: rng.integers(1, 9, 3).astype("float32") for w in index if rng.random() < 0.7}
    known["other"] = np.ones(3, "float32")
    matrix = build_embedding_matrix(index, known, most, 3)
    assert matrix.shape == (most, 3) and matrix.dtype == np.float32 and not matrix[0].any()
    for w, i in index.items():
        if i < most:
            assert np.array_equal(matrix[i], known.get(w, np.zeros(3)))
""",
    "test-coverage": """
for _ in range(40):
    index = {f"w{i}": i for i in range(1, int(rng.integers(2, 9)))}
    known = {w: np.ones(2, "float32") for w in index if rng.random() < 0.5}
    most = int(rng.integers(2, 9))
    kept = [w for w, i in index.items() if i < most]
    assert abs(coverage(index, known, most) - sum(w in known for w in kept) / len(kept)) < 1e-9
""",
    "test-nearest-words": """
for _ in range(60):
    angles = rng.permutation(np.linspace(0.1, 3, 8))
    known = {f"w{i}": np.array([np.cos(a), np.sin(a)], "float32") * rng.integers(1, 9)
             for i, a in enumerate(angles)}
    known["base"] = np.array([1, 0], "float32")
    k = int(rng.integers(1, 8))
    assert list(nearest_words("base", known, k)) == [f"w{i}" for i in np.argsort(angles)[:k]]
""",
    "test-analogy": """
for _ in range(60):
    a, c, step = rng.integers(1, 9, (3, 5)).astype("float32")
    known = {"a": a, "b": a + step, "c": c, "d": 3 * (c + step)}
    known |= {f"x{i}": -rng.integers(1, 9, 5).astype("float32") for i in range(5)}
    assert analogy("a", "b", "c", known) == "d"
""",
}

FROZEN_EMBEDDING = {
    "test-build-model": """
import numpy as np, tempfile, pathlib, keras
_m = build_model(10_000, 100, 100)
assert _m.count_params() == 1_320_065 and _m.output_shape == (None, 1)
assert [type(l).__name__ for l in _m.layers if type(l).__name__ != "InputLayer"] == [
    "Embedding", "Flatten", "Dense", "Dense"]
assert not _m.compiled and _m.layers[-1].activation.__name__ == "sigmoid"
""",
    "test-load-and-freeze": """
_rng = np.random.default_rng(0)
_matrix = _rng.normal(size=(12, 4)).astype("float32")
_m = load_and_freeze(example_model(12, 4, 5), _matrix.copy())
_e = next(l for l in _m.layers if isinstance(l, keras.layers.Embedding))
assert np.array_equal(_e.get_weights()[0], _matrix) and not _e.trainable
assert sum(int(np.prod(w.shape)) for w in _m.non_trainable_weights) == 48
""",
    "test-train": """
_x, _y = _rng.integers(1, 12, (97, 5)), np.arange(97) % 4 != 0
_vx, _vy = _rng.integers(1, 12, (31, 5)), np.arange(31) % 4 == 0
_path = str(pathlib.Path(tempfile.mkdtemp()) / "w.weights.h5")
_m = load_and_freeze(example_model(12, 4, 5), _matrix)
_before = _m.get_weights()
_h = train(_m, _x, _y, _vx, _vy, _path)
assert {k: len(v) for k, v in _h.items()} == dict.fromkeys(
    ["accuracy", "loss", "val_accuracy", "val_loss"], 10)
assert np.array_equal(_m.get_weights()[0], _matrix)
assert not np.array_equal(_m.get_weights()[1], _before[1])
assert int(_m.optimizer.iterations) == 40
_n = example_model(12, 4, 5)
_n.load_weights(_path)
assert all(np.array_equal(a, b) for a, b in zip(_n.get_weights(), _m.get_weights()))
_o = example_model(12, 4, 5)
train(_o, _x, _y, _vx, _vy, _path)
assert not np.array_equal(_o.get_weights()[0], _matrix)
""",
    "test-plot-curves": """
_axes = plot_curves(_h).axes
assert len(_axes) == 2 and all(len(a.lines) == 2 for a in _axes)
assert list(_axes[0].lines[0].get_ydata()) == list(_h["accuracy"])
assert _axes[0].lines[0].get_marker() == "o" and _axes[0].lines[1].get_linestyle() == "-"
""",
    "test-build-scratch-model": """
_s = build_scratch_model(MAX_WORDS, EMBEDDING_DIM, MAXLEN)
assert not _s.non_trainable_weights
_g = build_model(MAX_WORDS, EMBEDDING_DIM, MAXLEN)
assert _s.count_params() == _g.count_params()
assert not np.array_equal(_s.get_weights()[0], _g.get_weights()[0])
""",
    "test-prepare-test-set": """
with tempfile.TemporaryDirectory() as _f:
    for _k, _t in (("neg", "bad film"), ("pos", "good film plot")):
        pathlib.Path(_f, _k).mkdir()
        pathlib.Path(_f, _k, "1_1.txt").write_text(_t)
    _tx, _ty = prepare_test_set(_f, {"film": 1, "good": 2, "bad": 3}, 10, 3)
assert np.array_equal(_tx, [[0, 3, 1], [0, 2, 1]]) and list(_ty) == [0, 1]
""",
    "test-test-accuracy": """
_a = test_accuracy(example_model(12, 4, 5), _path, _x, _y)
_o.load_weights(_path)
assert abs(_a - np.mean((_o.predict(_x, verbose=0)[:, 0] > 0.5) == _y)) < 1e-6
""",
    "test-whole-chain": """
_parts = shuffle_and_split(data, labels, 200, 100, 7)
_m = load_and_freeze(build_model(MAX_WORDS, EMBEDDING_DIM, MAXLEN), matrix)
train(_m, *_parts, _path)
assert np.mean((_m.predict(data[-1000:], verbose=0)[:, 0] > 0.5) == labels[-1000:]) > 0.75
assert not glove_model.layers[0].trainable
""",
}

BY_ASSIGNMENT = {"glove_matrix": GLOVE_MATRIX, "frozen_embedding": FROZEN_EMBEDDING}
