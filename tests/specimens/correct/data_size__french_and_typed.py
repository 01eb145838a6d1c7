"""Annotations, French names inside, checks of the arguments."""

ASSIGNMENT = "data_size"

CELLS = {
    "hold-out": """
def hold_out(n_reviews: int, n_val: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    if not 0 <= n_val <= n_reviews:
        raise ValueError("n_val doit être entre 0 et n_reviews")
    ordre = np.arange(n_reviews)
    np.random.default_rng(seed).shuffle(ordre)
    milieu = n_reviews - n_val
    return ordre[:milieu].astype("int32"), ordre[milieu:].astype("int32")
""",
    "catches-up": """
def catches_up(sizes: list[int], learned: np.ndarray, frozen: np.ndarray) -> int | None:
    retard = np.flatnonzero(np.asarray(learned) < np.asarray(frozen))
    suivant = int(retard[-1]) + 1 if len(retard) else 0
    return None if suivant == len(sizes) else sizes[suivant]
""",
}
