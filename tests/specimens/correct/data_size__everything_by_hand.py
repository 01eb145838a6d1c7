"""A beginner's long way: loops, counters, lists turned to arrays at the end."""

ASSIGNMENT = "data_size"

CELLS = {
    "hold-out": """
def hold_out(n_reviews, n_val, seed):
    order = np.random.default_rng(seed).permutation(n_reviews)
    pool = []
    validation = []
    for i in range(n_reviews):
        if i < n_val:
            validation.append(order[i])
        else:
            pool.append(order[i])
    return np.array(pool, dtype=int), np.array(validation, dtype=int)
""",
    "nested-samples": """
def nested_samples(pool, sizes, seed):
    order = np.random.default_rng(seed).permutation(pool)
    result = []
    for size in sizes:
        sample = []
        for i in range(size):
            sample.append(order[i])
        result.append(np.array(sample))
    return result
""",
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    table = np.zeros((len(seeds), len(sizes)))
    for i in range(len(seeds)):
        samples = draw(sizes, seeds[i])
        for j in range(len(sizes)):
            table[i][j] = judge(samples[j])
            print("draw", i, "size", sizes[j], "accuracy", table[i][j])
    return table
""",
    "summarise": """
def summarise(accuracies):
    means = []
    lows = []
    highs = []
    for j in range(accuracies.shape[1]):
        column = [row[j] for row in accuracies]
        means.append(sum(column) / len(column))
        lows.append(min(column))
        highs.append(max(column))
    return np.array(means), np.array(lows), np.array(highs)
""",
    "catches-up": """
def catches_up(sizes, learned, frozen):
    for i in range(len(sizes)):
        good = True
        for j in range(i, len(sizes)):
            if learned[j] < frozen[j]:
                good = False
        if good == True:
            return sizes[i]
""",
}
