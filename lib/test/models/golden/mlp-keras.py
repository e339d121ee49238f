"""Golden values of Keras 3 for mlp.test.ts: the losses by epoch of small perceptrons, all rows in one batch.

Run by hand with the peer environment of the bench (tensorflow-cpu, keras):  python mlp-keras.py > mlp-keras.json
Weights and rows are the fractions of mlp.test.ts, written once more here; only Keras' defaults are named by name alone.
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
from keras import layers as L

ROWS, INPUTS, EPOCHS = 30, 4, 12


def fractions(count, salt):
    return np.array([((k * 37 + salt * 11) % 23 - 11.25) / 16 for k in range(count)], "float32")


def data(output):
    x = fractions(ROWS * INPUTS, 1).reshape(ROWS, INPUTS)
    z = 2 * x[:, 0] - x[:, 1] * x[:, 2] + fractions(ROWS, 5)
    return x, (3 * z if output == "linear" else z > 0).astype("float32").reshape(-1, 1)


def losses(case):
    hidden, output = case["hidden"], case.get("output", "linear")
    l1, l2 = (case.get(name, [0] * len(hidden)) for name in ("l1", "l2"))
    model = keras.Sequential([L.Input((INPUTS,))])
    for units, one, two in zip(hidden, l1, l2):
        regularizer = keras.regularizers.L1L2(one, two) if one or two else None
        model.add(L.Dense(units, activation="relu", kernel_regularizer=regularizer))
    model.add(L.Dense(1, activation=output))
    model.set_weights([fractions(w.shape[0] * (w.shape[1] if len(w.shape) > 1 else 1), at).reshape(w.shape) for at, w in enumerate(model.weights)])
    optimizer = {"adam": keras.optimizers.Adam, "rmsprop": keras.optimizers.RMSprop, "sgd": keras.optimizers.SGD}[case.get("optimizer", "adam")]
    rate = case.get("learningRate")
    loss = {"meanSquaredError": "mean_squared_error", "meanAbsoluteError": "mean_absolute_error", "huber": "huber"}
    model.compile(
        optimizer(rate) if rate else optimizer(),
        "binary_crossentropy" if output == "sigmoid" else loss[case.get("loss", "meanSquaredError")],
        metrics=["accuracy" if output == "sigmoid" else "mae"],
    )
    x, y = data(output)
    history = model.fit(x, y, batch_size=ROWS, epochs=EPOCHS, shuffle=False, validation_data=(x, y), verbose=0).history
    return history["loss"] + history["val_loss"][-1:]


cases = json.load(open(os.path.join(os.path.dirname(__file__), "mlp-cases.json")))
print(json.dumps({name: losses(case) for name, case in cases.items()}, indent=1))
