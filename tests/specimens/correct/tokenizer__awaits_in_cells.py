"""Cells await something at their top level, and leave a task behind that never ends."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
import asyncio
import os


async def wait_for_ever():
    while True:
        await asyncio.sleep(0.1)


waiting = asyncio.ensure_future(wait_for_ever())
await asyncio.sleep(0.01)


def split_words(text):
    return [w for w in text.lower().translate({ord(c): 32 for c in FILTERS}).split(" ") if w]
""",
    "shuffle-and-split": """
lock = asyncio.Lock()
async with lock:
    numbers = await asyncio.gather(*[asyncio.sleep(0, number) for number in range(3)])


def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.default_rng(seed).permutation(len(data))
    first, second = order[:n_train], order[n_train : n_train + n_val]
    return data[first], labels[first], data[second], labels[second]
""",
}
