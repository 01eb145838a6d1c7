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

TOKENIZER = {
    "test-read-reviews": """
import numpy as np, tempfile, pathlib
rng = np.random.default_rng(0)
for _ in range(40):
    files = {f"{k}/{i}_{rng.integers(1, 11)}{e}": f"text {i}{c}" for i, c in enumerate("ab\u00e9c")
             for k in ("neg", "pos") for e in (".txt", ".txt.bak")[: rng.integers(1, 3)]}
    with tempfile.TemporaryDirectory() as folder:
        for name, _text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(_text, encoding="utf-8")
        _texts, _labels = read_reviews(pathlib.Path(folder))
    _names = sorted(name for name in files if name.endswith(".txt"))
    assert list(_texts) == [files[name] for name in _names]
    assert list(_labels) == [int(name.startswith("pos")) for name in _names]
""",
    "test-split-words": """
for _ in range(160):
    _words = ["".join(rng.choice(list("aB'\u00e99"), 3)) for _ in range(rng.integers(1, 6))]
    marks = rng.choice(list(FILTERS + " "), len(_words))
    _text = "".join(w + m + " " * rng.integers(0, 3) for w, m in zip(_words, marks))
    assert list(split_words(_text)) == [w.lower() for w in _words]
""",
    "test-build-word-index": """
from collections import Counter as _Counter
for _ in range(110):
    _texts = [" ".join(rng.choice(["ab", "Cd", "e", "f."], rng.integers(0, 7))) for _ in range(3)]
    _counts = _Counter(w for t in _texts for w in split_words(t))
    expected = [w for w, _ in _counts.most_common()]
    assert build_word_index(_texts) == {w: i for i, w in enumerate(expected, 1)}
""",
    "test-texts-to-sequences": """
for _ in range(80):
    _index = {w: int(i) for w, i in zip("abcdef", rng.permutation(6) + 1)}
    _texts = [" ".join(rng.choice(list("ABcdefgh"), rng.integers(0, 6))) for _ in range(3)]
    most = int(rng.integers(1, 8))
    expected = [[_index[w] for w in t.lower().split() if _index.get(w, most) < most] for t in _texts]
    assert [list(s) for s in texts_to_sequences(_texts, _index, most)] == expected
""",
    "test-pad-sequences": """
for _ in range(80):
    _rows = [rng.integers(1, 9, rng.integers(0, 7)).tolist() for _ in range(rng.integers(1, 4))]
    maxlen = int(rng.integers(1, 6))
    padded = pad_sequences(_rows, maxlen)
    assert padded.shape == (len(_rows), maxlen) and padded.dtype.kind in "iu"
    assert padded.tolist() == [([0] * maxlen + row)[-maxlen:] for row in _rows]
""",
    "test-shuffle-and-split": """
for _ in range(40):
    n, seed = int(rng.integers(4, 30)), int(rng.integers(99))
    x, y = np.arange(2 * n).reshape(n, 2), np.arange(n)
    parts = shuffle_and_split(x, y, n // 2, n // 4, seed)
    assert [len(p) for p in parts] == [n // 2, n // 2, n // 4, n // 4]
    seen = np.concatenate([parts[1], parts[3]])
    assert len(set(seen.tolist())) == len(seen)
    for data_part, label_part in (parts[:2], parts[2:]):
        assert np.array_equal(data_part, x[label_part])
    again = shuffle_and_split(x, y, n // 2, n // 4, seed)
    assert all(np.array_equal(a, b) for a, b in zip(parts, again))
""",
}

LEARNED_EMBEDDING = {
    "test-one-hot": """
import numpy as np, keras
rng = np.random.default_rng(0)
for _ in range(80):
    most = int(rng.integers(1, 9))
    numbers = rng.integers(0, most, rng.integers(0, 6)).tolist()
    rows = one_hot(numbers, most)
    assert rows.shape == (len(numbers), most) and rows.dtype == np.float32
    assert np.array_equal(rows, np.eye(most)[numbers] if numbers else np.zeros((0, most)))
""",
    "test-lookup": """
for _ in range(120):
    table = rng.normal(size=(rng.integers(1, 6), rng.integers(1, 4))).astype("float32")
    numbers = rng.integers(0, len(table), tuple(rng.integers(1, 4, rng.integers(1, 4))))
    assert np.array_equal(lookup(table, numbers), np.take(table, numbers, axis=0))
""",
    "test-pad-reviews": """
for _ in range(80):
    rows = [rng.integers(1, 9, rng.integers(0, 7)).tolist() for _ in range(rng.integers(1, 4))]
    maxlen = int(rng.integers(1, 6))
    padded = pad_reviews(rows, maxlen)
    assert padded.shape == (len(rows), maxlen) and padded.dtype.kind in "iu"
    assert padded.tolist() == [([0] * maxlen + row)[-maxlen:] for row in rows]
""",
    "test-build-model": """
_m = build_model(10_000, 8, 20)
assert _m.count_params() == 80_161 and _m.output_shape == (None, 1) and not _m.compiled
assert [type(l).__name__ for l in _m.layers if type(l).__name__ != "InputLayer"] == [
    "Embedding", "Flatten", "Dense"]
assert _m.layers[-1].activation.__name__ == "sigmoid"
""",
    "test-train": """
_x = rng.integers(1, 12, (200, 5))
_y = (_x[:, 0] > 6).astype(int)
_m = build_model(12, 4, 5)
_before = _m.get_weights()
_h = train(_m, _x, _y)
assert {k: len(v) for k, v in _h.items()} == dict.fromkeys(
    ["accuracy", "loss", "val_accuracy", "val_loss"], 10)
assert int(_m.optimizer.iterations) == 50 and _h["loss"][-1] < _h["loss"][0]
assert not any(np.array_equal(a, b) for a, b in zip(_before, _m.get_weights()))
_loss, _accuracy = _m.evaluate(_x[160:], _y[160:], verbose=0)
assert abs(_accuracy - _h["val_accuracy"][-1]) < 1e-6 and abs(_loss - _h["val_loss"][-1]) < 1e-4
_o = build_model(12, 4, 5)
train(_o, np.concatenate([_x[:160], _x[:40]]), np.concatenate([_y[:160], 1 - _y[:40]]))
""",
    "test-nearest-words": """
for _ in range(60):
    angles = rng.permutation(np.linspace(0.1, 3, 8))
    table = np.array([[0, 0], [1, 0], *([np.cos(a), np.sin(a)] for a in angles)])
    table *= rng.integers(1, 9, (len(table), 1))
    index = {"base": 1, **{f"w{i}": i + 2 for i in range(8)}, "rare": 99}
    n = int(rng.integers(1, 8))
    assert list(nearest_words("base", index, table, n)) == [f"w{i}" for i in np.argsort(angles)[:n]]
""",
    "test-whole-chain": """
_m = build_model(MAX_WORDS, EMBEDDING_DIM, MAXLEN)
assert max(train(_m, x, labels)["val_accuracy"]) > 0.6
""",
}

DATA_SIZE = {
    "test-hold-out": """
import numpy as np, keras
rng = np.random.default_rng(0)
for _ in range(30):
    n, seed = int(rng.integers(2, 40)), int(rng.integers(99))
    pool, validation = hold_out(n, n // 3, seed)
    assert len(validation) == n // 3
    assert sorted([*pool.tolist(), *validation.tolist()]) == list(range(n))
    assert all(map(np.array_equal, (pool, validation), hold_out(n, n // 3, seed)))
""",
    "test-nested-samples": """
for _ in range(40):
    pool = rng.permutation(60)[:40]
    sizes = sorted(rng.choice(np.arange(1, 41), 3, replace=False).tolist())
    samples = nested_samples(pool, sizes, 3)
    assert [len(s) for s in samples] == sizes and set(samples[-1].tolist()) <= set(pool.tolist())
    assert all(np.array_equal(a, b[: len(a)]) for a, b in zip(samples, samples[1:]))
""",
    "test-run": """
def _small():
    made = keras.Sequential([keras.Input((5,)), keras.layers.Embedding(12, 4),
                             keras.layers.Flatten(), keras.layers.Dense(1, activation="sigmoid")])
    made.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return made
_x = rng.integers(1, 12, (160, 5))
_y = (_x[:, 0] > 6).astype(int)
_m = _small()
_start = _m.get_weights()
_first = run(_m, _start, _x[:128], _y[:128], _x[128:], _y[128:])
_trained = _m.get_weights()
assert not np.array_equal(_start[0], _trained[0])
assert abs(_first - np.mean((_m.predict(_x[128:], verbose=0)[:, 0] > 0.5) == _y[128:])) < 1e-6
run(_m, _start, _x[:1], _y[:1], _x[128:], _y[128:])
_again = _m.get_weights()
_n = _small()
run(_n, _start, _x[:1], _y[:1], _x[128:], _y[128:])
assert all(np.allclose(a, b, atol=1e-5) for a, b in zip(_again, _n.get_weights()))
""",
    "test-sweep": """
for _ in range(24):
    sizes = rng.integers(1, 9, rng.integers(1, 4)).tolist()
    seeds = rng.integers(1, 99, rng.integers(1, 4)).tolist()
    draw = lambda sizes, seed: [(size, seed) for size in sizes]
    table = sweep(draw, lambda one: one[0] + one[1] / 100, sizes, seeds)
    assert np.array_equal(table, [[k + seed / 100 for k in sizes] for seed in seeds])
""",
    "test-summarise": """
for _ in range(24):
    table = rng.random(tuple(rng.integers(1, 6, 2)))
    expected = (table.mean(axis=0), table.min(axis=0), table.max(axis=0))
    assert all(map(np.allclose, summarise(table), expected))
""",
    "test-catches-up": """
for _ in range(60):
    sizes = [50, 100, 200, 400]
    learned, frozen = rng.integers(0, 3, (2, 4)) / 4
    ahead = [int(i) for i in range(4) if all(learned[i:] >= frozen[i:])]
    assert catches_up(sizes, learned, frozen) == (sizes[ahead[0]] if ahead else None)
""",
    "test-plot-sweep": """
_figure, _axes = plt.subplots()
_curves = np.array([[0.6, 0.7], [0.5, 0.6], [0.7, 0.8]])
plot_sweep(_axes, [50, 100], *_curves, "red")
assert _axes.get_xscale() == "log" and len(_axes.collections) == 1
assert any(np.allclose(line.get_ydata(), [0.6, 0.7]) for line in _axes.lines)
plt.close(_figure)
""",
    "test-whole-chain": """
_names = [name for name, value in list(globals().items())
          if isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1] == len(SIZES)]
assert _names and all((globals()[name] <= 1).all() for name in _names)
""",
}

BY_ASSIGNMENT = {
    "glove_matrix": GLOVE_MATRIX,
    "frozen_embedding": FROZEN_EMBEDDING,
    "tokenizer": TOKENIZER,
    "learned_embedding": LEARNED_EMBEDDING,
    "data_size": DATA_SIZE,
}
