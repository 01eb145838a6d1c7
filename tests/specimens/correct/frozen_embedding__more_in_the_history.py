"""More metrics, validation in batches of seven, a figure that is built axes by axes."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(
        optimizer=keras.optimizers.RMSprop(),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=["accuracy", keras.metrics.AUC(name="auc"), "mae"],
    )
    history = model.fit(
        x_train,
        y_train,
        batch_size=32,
        epochs=10,
        validation_data=(x_val, y_val),
        validation_batch_size=7,
        verbose=2,
    )
    model.save_weights(weights_path, overwrite=True)
    kept = ("loss", "accuracy", "val_loss", "val_accuracy")
    return {name: [float(value) for value in history.history[name]] for name in kept}
""",
    "plot-curves": """
def plot_curves(history):
    figure = plt.figure(figsize=(9, 3))
    for place, name in enumerate(["accuracy", "loss"], start=1):
        axes = figure.add_subplot(1, 2, place)
        x = np.arange(1, len(history[name]) + 1)
        axes.plot(x, history[name], linestyle="", marker="o", label="training")
        axes.plot(x, history[f"val_{name}"], linestyle="solid", label="validation")
        axes.grid(alpha=0.3)
        axes.text(0.5, 1.02, name, transform=axes.transAxes, ha="center")
        axes.legend()
    figure.suptitle("What ten epochs did")
    plt.close(figure)
    return figure
""",
}
