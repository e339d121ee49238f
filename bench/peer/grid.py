"""Trains a sample of the fits of a grid, one after the other, each with a model of its own as GridSearchCV has it."""
import itertools
import math
import time

import keras
import numpy as np
from network import BY, build, part, quality
from sklearn.model_selection import KFold


def network_of(setting, columns):
    """Study 3's network; the same as regressionNetwork in ../works.ts."""
    neurons = setting["neurons"]
    return {
        "input": [columns],
        "layers": [
            {"dense": neurons, "activation": "relu"},
            {"dropout": setting["dropout"]},
            {"dense": neurons // 2, "activation": "relu"},
            {"dense": 1, "activation": "linear"},
        ],
        "loss": "meanSquaredError",
        "metric": "R2",
    }


def grid_work(settings, folder, progress):
    names = ("rate", "dropout", "neurons", "batch", "epochs")
    values = itertools.product(*(settings["sample"][name] for name in names))
    sample, folds = [dict(zip(names, each)) for each in values], settings["folds"]
    # -1: as many columns as there are.
    x, y = part(folder, "train", network_of(sample[0], -1))
    # The first fold of each setting.
    train, held = next(KFold(folds).split(x))
    fits = folds * math.prod(len(values) for values in settings["grid"].values())

    def fit(setting):
        keras.utils.clear_session()
        start = time.perf_counter()
        network = network_of(setting, x.shape[1])
        model = build(network, rate=setting["rate"], seed=1)
        model.fit(x[train], y[train], epochs=setting["epochs"], batch_size=setting["batch"], verbose=0)
        score = quality(model, network, x[held], y[held])
        return time.perf_counter() - start, score

    def work(round):
        results = []
        for setting in sample[:1] if round == 0 else sample:
            results.append(fit(setting))
            progress(f"fit {len(results)} of {len(sample)} {results[-1][0]:.1f} s")
        seconds, qualities = zip(*results)
        share = {"done": len(results), "all": fits, "of": "fits"}
        # Not the mean: single fits go far astray (R2 of -2), and which ones is chance.
        return {"seconds": sum(seconds), "quality": float(np.median(qualities)), "share": share, "by": BY}

    return work
