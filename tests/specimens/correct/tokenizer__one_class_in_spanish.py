"""A pipeline of static methods in a helper cell, answers that are its names; in Spanish."""

ASSIGNMENT = "tokenizer"

EXTRA = [
    (
        "before",
        "read-reviews",
        '''
class Taller:
    """Del archivo a la matriz, paso a paso."""

    POLOS = {"neg": 0, "pos": 1}

    @staticmethod
    def leer(carpeta):
        textos, etiquetas = [], []
        for polo, etiqueta in Taller.POLOS.items():
            ruta = os.path.join(carpeta, polo)
            # Sólo cuentan los archivos que terminan en .txt.
            nombres = [nombre for nombre in os.listdir(ruta) if nombre.endswith(".txt")]
            nombres.sort()
            for nombre in nombres:
                with open(os.path.join(ruta, nombre), encoding="utf-8", newline="") as archivo:
                    textos.append(archivo.read())
                etiquetas.append(etiqueta)
        return textos, etiquetas

    @staticmethod
    def rellenar(secuencias, largo):
        matriz = np.full((len(secuencias), largo), 0, dtype=np.int64)
        for fila, números in enumerate(secuencias):
            if not números:
                continue
            números = números[-largo:]
            matriz[fila, -len(números) :] = números
        return matriz

    @classmethod
    def barajar(cls, datos, etiquetas, n_train, n_val, seed):
        azar = np.random.default_rng(seed)
        orden = azar.choice(len(datos), size=len(datos), replace=False)
        fin = n_train + n_val
        for parte in (orden[:n_train], orden[n_train:fin]):
            yield from (datos[parte], etiquetas[parte])
''',
    ),
]

CELLS = {
    "read-reviews": "read_reviews = Taller.leer",
    "split-words": """
def split_words(texto):
    palabras = [""]
    for letra in texto.lower():
        if letra in FILTERS or letra == " ":
            palabras.append("")  # empieza otra palabra
        else:
            palabras[-1] += letra
    return [palabra for palabra in palabras if len(palabra) > 0]
""",
    "pad-sequences": "pad_sequences = Taller.rellenar",
    "shuffle-and-split": """
def shuffle_and_split(datos, etiquetas, n_train, n_val, seed):
    return tuple(Taller.barajar(datos, etiquetas, n_train, n_val, seed))
""",
}
