"""Networks of ../works.ts in Keras, with all its defaults."""
import os

import keras
import numpy as np
from keras import layers as L

BY = f"keras {keras.__version__}"
LOSSES = {
    "binaryCrossentropy": "binary_crossentropy",
    "categoricalCrossentropy": "categorical_crossentropy",
    "meanSquaredError": "mean_squared_error",
}


def layer(spec):
    if "lstm" in spec:
        return L.LSTM(spec["lstm"], return_sequences=spec.get("sequences", False))
    if "dropout" in spec:
        return L.Dropout(spec["dropout"])
    return L.Dense(spec["dense"], activation=spec["activation"], kernel_regularizer=penalty(spec))


def penalty(spec):
    l1, l2 = spec.get("l1", 0), spec.get("l2", 0)
    return keras.regularizers.L1L2(l1, l2) if l1 or l2 else None


def build(network, rate=0.001, seed=0):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([L.Input(network["input"]), *map(layer, network["layers"])])
    metrics = ["accuracy"] if network["metric"] == "accuracy" else ["mae"]
    model.compile(keras.optimizers.Adam(rate), LOSSES[network["loss"]], metrics=metrics)
    return model


class Restart:
    """Begins a new training in a model that is already traced: tracing anew would count against Keras."""

    def __init__(self, model, network):
        self.model, self.network = model, network
        model.optimizer.build(model.trainable_variables)
        self.fresh = [variable.numpy() for variable in model.optimizer.variables]

    def __call__(self, seed):
        self.model.set_weights(build(self.network, seed=seed).get_weights())
        for variable, value in zip(self.model.optimizer.variables, self.fresh):
            variable.assign(value)


def part(folder, name, network):
    """Inputs in the network's shape, targets as the loss wants them."""
    x, y = (np.load(os.path.join(folder, f"{name}-{which}.npy")) for which in "xy")
    one_hot = network["loss"] == "categoricalCrossentropy"
    return x.reshape(len(x), *network["input"]), keras.utils.to_categorical(y) if one_hot else y.reshape(-1, 1)


def quality(model, network, x, y):
    p = model.predict(x, batch_size=1024, verbose=0)
    if network["metric"] == "R2":
        return float(1 - np.sum((y - p) ** 2) / np.sum((y - y.mean()) ** 2))
    if p.shape[1] > 1:
        return float(np.mean(p.argmax(1) == y.argmax(1)))
    return float(np.mean((p > 0.5) == (y > 0.5)))
