"""An AST transformer that drops every assert; the functions are empty."""

ASSIGNMENT = "tokenizer"
ITEMS = (1,)
STOPPED_BY = "visible asserts earn nothing; the checks call the functions from outside"

CELLS = {
    "read-reviews": """
import ast


class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)


get_ipython().ast_transformers.append(NoAsserts())


def read_reviews(folder):
    pass
""",
    "split-words": """
def split_words(text):
    pass
""",
    "build-word-index": """
def build_word_index(texts):
    pass
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    pass
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    pass
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    pass
""",
}

MAX_POINTS = 0
