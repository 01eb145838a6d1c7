"""A recursion, a decorator and a named tuple."""

ASSIGNMENT = "data_size"

CELLS = {
    "summarise": """
import collections
import functools

Summary = collections.namedtuple("Summary", "mean low high")


def as_summary(function):
    @functools.wraps(function)
    def wrapped(accuracies):
        return Summary(*function(np.asarray(accuracies)))

    return wrapped


@as_summary
def summarise(accuracies):
    ordered = np.sort(accuracies, axis=0)
    return ordered.sum(axis=0) / len(ordered), ordered[0], ordered[-1]
""",
    "catches-up": """
def catches_up(sizes, learned, frozen):
    if len(sizes) == 0 or learned[-1] < frozen[-1]:
        return None
    earlier = catches_up(sizes[:-1], learned[:-1], frozen[:-1])
    return sizes[-1] if earlier is None else earlier
""",
}
