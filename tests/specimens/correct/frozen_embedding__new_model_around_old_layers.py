"""A frozen functional model is made anew out of the old one's layers; comments in Spanish."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    # Una copia con las mismas capas, cada una con sus pesos.
    copia = keras.models.clone_model(model)
    copia.set_weights(model.get_weights())
    for capa in copia.layers:
        if type(capa) is keras.layers.Embedding:
            capa.set_weights([np.array(matrix)])
            capa.trainable = False
            break
    else:
        raise ValueError("no hay ninguna capa Embedding")
    return copia
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    class Diario(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.páginas = {}

        def on_epoch_end(self, epoch, logs=None):
            for nombre, valor in logs.items():
                self.páginas.setdefault(nombre, []).append(float(valor))

    diario = Diario()
    pérdida = keras.losses.binary_crossentropy
    model.compile(optimizer=keras.optimizers.RMSprop(0.001), loss=pérdida, metrics=["accuracy"])
    model.fit(x_train, y_train, 32, 10, 0, [diario], validation_data=(x_val, y_val))
    model.save_weights(filepath=weights_path)
    return diario.páginas
""",
    "plot-curves": """
def plot_curves(history):
    figura, (arriba, abajo) = plt.subplots(nrows=2, figsize=(6, 7))
    épocas = np.arange(len(history["loss"])) + 1
    for ejes, nombre, título in (
        (arriba, "accuracy", "exactitud"),
        (abajo, "loss", "pérdida"),
    ):
        (puntos,) = ejes.plot(épocas, history[nombre])
        puntos.set_marker("o")
        puntos.set_linestyle("None")
        (línea,) = ejes.plot(épocas, history["val_" + nombre], linewidth=3, solid_capstyle="round")
        ejes.set(title=título, xlabel="época", xticks=épocas)
        figura.legend([puntos, línea], ["entrenamiento", "validación"], loc="lower center")
    plt.close(figura)
    return figura
""",
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    modelo = build_model(max_words, embedding_dim, maxlen)
    modelo.trainable = True  # todo, también los vectores
    return modelo
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    salidas = np.concatenate([model.predict_on_batch(x) for x in np.array_split(x_test, 3)])
    return float((np.where(salidas.ravel() > 0.5, 1, 0) == y_test).mean())
""",
}
