"""Keras pads, and Keras's legacy tokenizer splits and counts."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import tensorflow as tf

legacy = tf.keras.preprocessing.text


def split_words(text):
    return legacy.text_to_word_sequence(text, filters=FILTERS)
""",
    "build-word-index": """
def build_word_index(texts):
    tokenizer = legacy.Tokenizer(filters=FILTERS)
    tokenizer.fit_on_texts(texts)
    return tokenizer.word_index
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    tokenizer = legacy.Tokenizer(num_words=max_words, filters=FILTERS)
    tokenizer.word_index = word_index
    return tokenizer.texts_to_sequences(texts)
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    return keras.utils.pad_sequences(sequences, maxlen=maxlen)
""",
}
