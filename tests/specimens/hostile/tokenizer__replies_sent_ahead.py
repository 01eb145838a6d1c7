"""The numbers of requests still to come are guessed, and replies to them are sent beforehand."""

ASSIGNMENT = "tokenizer"
ITEMS = (21, 8)
STOPPED_BY = "a reply only carries a value; which value would be right it would have to know"

CELLS = {
    "read-reviews": '''
from glovebox import wire

kernel = get_ipython().kernel
answer = kernel.shell_handlers["glove_request"]
REPLIES = [None, True, [], {}, 25.0, "passed", ("passed", 25.0), [["passed"], [1]], np.eye(4)]


def forge(stream, ident, parent, kind, content, buffers=()):
    """A message like those of the kernel, signed with its key."""
    kernel.session.send(stream, kind, content, parent, ident, buffers=list(buffers))


async def ahead(stream, ident, parent):
    """Answer this request wrongly, and the next fifty before they are put."""
    name, _, number = parent["header"]["msg_id"].rpartition("_")
    for step in range(50):
        header = {**parent["header"], "msg_id": f"{name}_{int(number) + step}"}
        value = REPLIES[step % len(REPLIES)]
        for status in ("value", "passed", "missing"):
            reply = wire.encode((status, value))
            forge(stream, ident, {**parent, "header": header}, "glove_reply", {}, reply)
        forge(stream, ident, {**parent, "header": header}, "execute_reply", {"status": "ok"})
    await answer(stream, ident, parent)


kernel.shell_handlers["glove_request"] = ahead


def read_reviews(folder):
    print("asked from", kernel.get_parent("shell")["header"])
''',
    "split-words": """
def split_words(text):
    return text.lower().split()
""",
    **dict.fromkeys(
        "build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(), ""
    ),
}

# Lower case and no empty words, if its own answer were heard at all.
MAX_POINTS = 2
