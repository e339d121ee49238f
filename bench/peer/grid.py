"""Trains a sample of the fits of a grid, one after the other, each with a model of its own as a grid search has it."""
import time

import keras
import numpy as np
from network import BY, build, part, quality


def network_of(trial, columns):
    """Study 3's network; the same as regressionNetwork in ../works.ts."""
    neurons = trial["neurons"]
    return {
        "input": [columns],
        "layers": [
            {"dense": neurons, "activation": "relu"},
            {"dropout": trial["dropout"]},
            {"dense": neurons // 2, "activation": "relu"},
            {"dense": 1, "activation": "linear"},
        ],
        "loss": "meanSquaredError",
        "metric": "R2",
    }


def grid_work(settings, folder, progress):
    chosen = set(settings["sample"])
    sample = [trial for trial in settings["trials"] if trial["id"] in chosen]
    columns = settings["data"]["columns"]
    x, y = part(folder, "train", network_of(sample[0], columns))

    def fit(trial):
        keras.utils.clear_session()
        start = time.perf_counter()
        network, held = network_of(trial, columns), np.zeros(len(x), bool)
        held[slice(*trial["fold"])] = True
        model = build(network, rate=trial["rate"], seed=1)
        model.fit(x[~held], y[~held], epochs=trial["epochs"], batch_size=trial["batch"], verbose=0)
        seconds = time.perf_counter() - start
        return seconds, quality(model, network, x[held], y[held])

    def work(round):
        results = []
        for trial in sample[:1] if round == 0 else sample:
            results.append(fit(trial))
            progress(f"fit {len(results)} of {len(sample)} {results[-1][0]:.1f} s")
        seconds, qualities = zip(*results)
        share = {"done": len(results), "all": len(settings["trials"]), "of": "fits"}
        return {"seconds": sum(seconds), "quality": float(np.mean(qualities)), "share": share, "by": BY}

    return work
