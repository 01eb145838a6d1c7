"""Weights files that unpack to gigabytes, link to the machine's files or contain themselves."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (10, 14)
STOPPED_BY = "links, external storage and too many values are refused before an array is read"

REST = "build-model load-and-freeze plot-curves build-scratch-model prepare-test-set".split()
CELLS = {
    "train": r"""
import h5py


def bomb(path):
    with h5py.File(path, "w") as file:
        # A terabyte of zeros in a few kilobytes; and the trained weights, as links to elsewhere.
        file.create_dataset("zeros", (2**20, 2**18), "f4", chunks=(2**12, 2**12), compression=9)
        file["password"] = h5py.ExternalLink("/etc/passwd", "/")
        file["loop"] = file["/"]
        file["soft"] = h5py.SoftLink("/loop/loop/loop")
        file.create_dataset("outside", (100,), "u1", external=[("/etc/passwd", 0, 100)])
        layout = h5py.VirtualLayout((100,), "u1")
        layout[:] = h5py.VirtualSource("/etc/passwd", "/", (100,))
        file.create_virtual_dataset("virtual", layout)
        file["text"] = np.array(["x" * 1000] * 1000, dtype=object).astype("S")


def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    bomb(weights_path)
    return history.history
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    os.unlink(weights_path)
    os.symlink("/proc/self/mem", weights_path)
    return 0.5
""",
    **dict.fromkeys(REST, ""),
}

# All of train but for the file.
MAX_POINTS = 5
