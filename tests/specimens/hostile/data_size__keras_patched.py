"""Keras's fit and evaluate are patched to do nothing and to report success."""

ASSIGNMENT = "data_size"
ITEMS = (6, 23)
STOPPED_BY = "models are rebuilt outside, and what they hold is measured there"

CELLS = {
    "run": """
def nothing(self, *args, **kwargs):
    self.optimizer.iterations.assign(10 if len(args[0]) < 32 else 40)


keras.Model.fit = keras.Sequential.fit = nothing
keras.Model.evaluate = keras.Sequential.evaluate = lambda self, *args, **kwargs: [0.1, 0.9]


def run(model, start_weights, x_train, y_train, x_val, y_val):
    model.set_weights(start_weights)
    model.fit(x_train, y_train)
    return model.evaluate(x_val, y_val)[1]
""",
}

MAX_POINTS = 19
