"""Chinese names and comments, frozen first and loaded then, early returns, gridspec."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": '''
from keras import Input, Model
from keras.layers import Dense, Embedding, Flatten


def build_model(max_words, embedding_dim, maxlen):
    """嵌入层、展平层、两个全连接层。"""
    词号 = Input((maxlen,))
    层们 = Embedding(max_words, embedding_dim), Flatten(), Dense(32, "relu"), Dense(1, "sigmoid")
    值 = 词号
    for 层 in 层们:
        值 = 层(值)
    return Model(词号, 值)
''',
    "load-and-freeze": '''
def load_and_freeze(model, matrix):
    """先冻结，再装入矩阵。"""
    for 层 in model.layers:
        if not isinstance(层, keras.layers.Embedding):
            continue
        层.trainable = False
        层.weights[0].assign(matrix)
        return model
    raise LookupError("没有嵌入层")
''',
    "plot-curves": '''
def plot_curves(history):
    """左边准确率，右边损失。"""
    图 = plt.figure(figsize=(8, 3))
    格 = 图.add_gridspec(ncols=2)
    for 列, 名 in enumerate(("accuracy", "loss")):
        轴 = 图.add_subplot(格[0, 列])
        轮次 = range(1, 1 + len(history[名]))
        轴.plot(轮次, history[名], marker="o", linestyle="none", label="training")
        轴.plot(轮次, history["val_" + 名], "-", marker="", label="validation")
        轴.fill_between(轮次, history[名], history["val_" + 名], alpha=0.2)
        轴.legend()
    plt.close(图)
    return 图
''',
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    # 同样的网络，不装矩阵，不冻结
    return build_model(max_words=max_words, embedding_dim=embedding_dim, maxlen=maxlen)
""",
    "test-accuracy": '''
def test_accuracy(model, weights_path, x_test, y_test):
    """预测对了的比例。"""
    model.load_weights(str(weights_path))
    if len(x_test) == 0:
        return 0.0
    预测 = model.predict(x_test, batch_size=len(x_test), verbose=0)
    错 = np.abs((预测 > 0.5).astype(int) - np.array(y_test).reshape(预测.shape))
    return 1 - 错.sum() / len(错)
''',
}
