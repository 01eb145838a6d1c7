"""Chinese comments and names, a dictionary class of its own, a scan for each frequency."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": '''
def read_reviews(folder):
    """读取影评：先负面（0），后正面（1）。"""
    文本, 标签 = [], []
    for 极性 in ["neg", "pos"]:
        目录 = Path(folder).joinpath(极性)
        for 路径 in sorted(目录.iterdir(), key=str):
            # 只读以 .txt 结尾的文件
            if not str(路径).endswith(".txt"):
                continue
            文本 += [路径.open("r", encoding="UTF-8").read()]
            标签 += [0 if 极性 == "neg" else 1]
    return 文本, 标签
''',
    "split-words": '''
def split_words(text):
    """逐字扫描，遇到分隔符就结束一个词。"""
    分隔符 = set(FILTERS) | {" "}
    词表, 起点 = [], 0
    文 = text.lower() + " "
    for 位置, 字 in enumerate(文):
        if 字 in 分隔符:
            if 起点 < 位置:
                词表.append(文[起点:位置])
            起点 = 位置 + 1
    return 词表
''',
    "build-word-index": '''
class 计数表(dict):
    """没见过的词计为零。"""

    def __missing__(self, 词):
        return 0


def build_word_index(texts):
    次数 = 计数表()
    for 文 in texts:
        for 词 in split_words(文):
            次数[词] += 1
    结果, 序号 = 计数表(), 0
    # 从最高频到最低频；同频的词保持首次出现的顺序
    for 频 in sorted(set(次数.values()), reverse=True):
        for 词, 次 in 次数.items():
            if 次 == 频:
                序号 += 1
                结果[词] = 序号
    return 结果
''',
    "pad-sequences": '''
def pad_sequences(sequences, maxlen):
    """前面补零，前面截断。"""
    行们 = [np.array(s, dtype=np.int32)[-maxlen:] for s in sequences]
    零们 = [np.zeros(maxlen - 行.size, dtype=np.int32) for 行 in 行们]
    空 = np.zeros((0, maxlen), dtype=np.int32)
    return np.concatenate([空, *(np.hstack(对)[None] for 对 in zip(零们, 行们))])
''',
}
