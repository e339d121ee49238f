"""Golden values of Keras 3 for parity.test.ts: small networks after 17 epochs of three batches (51 steps).

Run by hand with the peer environment of the bench (tensorflow-cpu, keras):  python parity.py > parity.json
Weights, data and shuffles are drawn as in cases.ts and random.ts, written once more here in Python.
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
from keras import layers as L
from keras import losses as loss
from keras import optimizers as opt

WORD = 0xFFFFFFFF
ROWS, BATCH, EPOCHS, SEED = 22, 8, 17, 42


class Random:
    """random.ts: Philox4x32-10 (Salmon et al. 2011), its counter the block's number, its key (seed, FNV-1a of the path)."""

    def __init__(self, seed, *path):
        stream = 0x811C9DC5
        for letter in "/".join(f"{'number' if isinstance(part, int) else 'string'}:{part}" for part in path):
            stream = ((stream ^ ord(letter)) * 0x01000193) & WORD
        self.key, self.block, self.words = (seed, stream), 0, []

    def word(self):
        if not self.words:
            c, (k0, k1) = [self.block, 0, 0, 0], self.key
            for _ in range(10):
                a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
                c = [(b >> 32) ^ c[1] ^ k0, b & WORD, (a >> 32) ^ c[3] ^ k1, a & WORD]
                k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
            self.block, self.words = self.block + 1, c
        return self.words.pop(0)

    def uniform(self):
        high, low = self.word() >> 5, self.word() >> 6
        return (high * 67108864 + low) / 9007199254740992

    def integer(self, low, high):
        span = high - low
        drawn = self.word()
        while drawn >= 2**32 // span * span:
            drawn = self.word()
        return low + drawn % span

    def permutation(self, n):
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            j = self.integer(0, i + 1)
            order[i], order[j] = order[j], order[i]
        return order


def draw_weights(model, rng):
    def drawn(shape):
        limit = 0.5 if len(shape) == 1 else (3 / shape[0]) ** 0.5
        return np.array([(2 * rng.uniform() - 1) * limit for _ in range(np.prod(shape))], "float32").reshape(shape)

    model.set_weights([drawn(w.shape) for w in model.weights])


def draw_data(kind, shape, width, rng):
    x = np.array([3 * rng.uniform() - 1.5 for _ in range(ROWS * np.prod(shape))], "float32").reshape(ROWS, *shape)
    y = np.zeros((ROWS, width), "float32")
    for row in range(ROWS):
        if kind == "categoricalCrossentropy":
            y[row, rng.integer(0, width)] = 1
        else:
            for u in range(width):
                y[row, u] = rng.integer(0, 2) if kind == "binaryCrossentropy" else 3 * rng.uniform() - 1.5
    return x, y, np.array([0.25 + 2 * rng.uniform() for _ in range(ROWS)], "float32")


def mlp(units=1, end="sigmoid", l1=0.0, l2=0.0):
    def penalty():
        return keras.regularizers.L1L2(l1, l2) if l1 or l2 else None

    first = L.Dense(9, "relu", kernel_regularizer=penalty(), bias_regularizer=penalty())
    return [L.Input((5,)), first, L.Dense(6, "tanh", kernel_regularizer=penalty()), L.Dense(units, end)]


def lstm(l2=0.0):
    def penalty():
        return keras.regularizers.L2(l2) if l2 else None

    first = L.LSTM(6, return_sequences=True, kernel_regularizer=penalty(), recurrent_regularizer=penalty())
    return [L.Input((6, 2)), first, L.LSTM(4), L.Dense(4, "relu"), L.Dense(1, "sigmoid")]


BINARY = ("binaryCrossentropy", loss.BinaryCrossentropy)
OPTIMIZERS = {
    "adam": lambda: opt.Adam(0.01),
    "adam, other settings": lambda: opt.Adam(0.01, beta_1=0.8, beta_2=0.95, epsilon=1e-3),
    "rmsprop": lambda: opt.RMSprop(0.005),
    "rmsprop with momentum": lambda: opt.RMSprop(0.003, rho=0.8, momentum=0.7),
    "rmsprop centred": lambda: opt.RMSprop(0.005, rho=0.9, epsilon=1e-3, centered=True),
    "sgd": lambda: opt.SGD(0.2),
    "momentum": lambda: opt.SGD(0.05, momentum=0.9),
    "nesterov": lambda: opt.SGD(0.05, momentum=0.9, nesterov=True),
}
CASES = {}
for name in OPTIMIZERS:
    CASES[f"mlp, {name}"] = (mlp(), *BINARY, name, False)
    CASES[f"lstm, {name}"] = (lstm(), *BINARY, name, False)
CASES |= {
    "mlp, classes": (mlp(3, "softmax"), "categoricalCrossentropy", loss.CategoricalCrossentropy, "sgd", False),
    "mlp, squared error": (mlp(2, "linear"), "meanSquaredError", loss.MeanSquaredError, "momentum", False),
    "mlp, absolute error": (mlp(2, "linear"), "meanAbsoluteError", loss.MeanAbsoluteError, "sgd", False),
    "mlp, huber": (mlp(2, "linear"), "huber", lambda: loss.Huber(0.4), "sgd", False),
    "mlp, penalties": (mlp(l1=0.002, l2=0.01), *BINARY, "adam", False),
    "lstm, penalties": (lstm(l2=0.003), *BINARY, "adam", False),
    "mlp, row weights": (mlp(), *BINARY, "adam", True),
}


def run(name):
    layers, kind, make_loss, optimizer, weighted = CASES[name]
    model, rng = keras.Sequential(layers), Random(SEED, "golden", name)
    draw_weights(model, rng)
    x, y, row_weights = draw_data(kind, model.input_shape[1:], model.output_shape[-1], rng)
    rights = {"binaryCrossentropy": ["binary_accuracy"], "categoricalCrossentropy": ["categorical_accuracy"]}
    metrics = [*rights.get(kind, []), "mae"]
    model.compile(OPTIMIZERS[optimizer](), make_loss(), metrics=metrics)
    history = []
    for epoch in range(1, EPOCHS + 1):
        order = Random(SEED, "fit", epoch, "order").permutation(ROWS)
        weights = row_weights[order] if weighted else None
        fitted = model.fit(x[order], y[order], BATCH, 1, 0, shuffle=False, sample_weight=weights)
        history.append([fitted.history[key][0] for key in ("loss", *metrics)])
    measured = model.evaluate(x, y, verbose=0)
    return {"weights": [short(w.ravel()) for w in model.get_weights()], "epochs": short([history[0], history[-1]]),
            "evaluated": short(measured)}


def short(values):
    """Seven digits: as exact as float32."""
    return [short(v) if isinstance(v, list) else float(f"{v:.7g}") for v in values]


golden = {"keras": keras.__version__, **{name: run(name) for name in CASES}}
print("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(v, separators=(',', ':'))}" for name, v in golden.items()) + "\n}")
