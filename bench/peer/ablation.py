"""Trains networks that differ in the columns they see, one after the other, a part of the epochs of each."""
import json
import os
import time

import numpy as np
from network import BY, Restart, build, part, quality


def ablation_work(settings, folder, progress):
    with open(os.path.join(folder, "names.json")) as file:
        names = json.load(file)
    train, test = (part(folder, name, settings["network"]) for name in ("train", "test"))
    kept = [[c for c, name in enumerate(names) if name not in without] for without in settings["without"]]
    networks = [{**settings["network"], "input": [len(columns)]} for columns in kept]
    # The warm-up traces them: with tracing in it, the time could not be scaled.
    models = [build(network) for network in networks]
    restarts = [Restart(model, network) for model, network in zip(models, networks)]

    def fit(at, round, epochs):
        (x, y), model, columns = train, models[at], kept[at]
        chosen = np.ascontiguousarray(x[:, columns])
        restarts[at](round)
        start = time.perf_counter()
        model.fit(chosen, y, epochs=epochs, batch_size=settings["batch"], verbose=0)
        seconds = time.perf_counter() - start
        progress(f"network {at + 1} of {len(models)} {seconds:.1f} s")
        return seconds, quality(model, networks[at], test[0][:, columns], test[1])

    def work(round):
        epochs = 1 if round == 0 else settings["sampleEpochs"]
        seconds, qualities = zip(*[fit(at, round, epochs) for at in range(len(models))])
        share = {"done": epochs, "all": settings["epochs"], "of": "epochs of each"}
        return {"seconds": sum(seconds), "quality": float(np.mean(qualities)), "share": share, "by": BY}

    return work
