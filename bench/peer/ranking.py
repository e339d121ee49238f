"""Trains a sample of the fits of a ranking, the first seed on the first splits, one after the other."""
import os
import time

import keras
import numpy as np
from network import BY, build, part, quality


class Epochs(keras.callbacks.Callback):
    """Seconds of each epoch: the first one traces."""

    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.start)


def ranking_work(settings, folder, progress):
    networks, seed = settings["networks"], settings["seeds"][0]
    fits = len(networks) * len(settings["seeds"]) * len(settings["data"]["splits"])
    splits = [os.path.join(folder, f"split-{at}") for at in range(settings["sampleSplits"])]
    plans = [(network, split) for split in splits for network in networks.values()]

    def fit(network, split):
        train, test = (part(split, name, network) for name in ("train", "test"))
        keras.utils.clear_session()
        epochs = Epochs()
        start = time.perf_counter()
        model = build(network, seed=seed)
        stop = keras.callbacks.EarlyStopping(
            monitor="val_loss", patience=settings["patience"], restore_best_weights=True
        )
        model.fit(
            *train,
            validation_split=settings["validationShare"],
            epochs=settings["epochs"],
            batch_size=settings["batch"],
            callbacks=[stop, epochs],
            verbose=0,
        )
        seconds = time.perf_counter() - start
        return seconds, quality(model, network, *test), epochs.seconds

    def work(round):
        results = []
        for plan in plans[:1] if round == 0 else plans:
            results.append(fit(*plan))
            progress(f"fit {len(results)} of {len(plans)} {results[-1][0]:.1f} s")
        seconds, qualities, epochs = zip(*results)
        later = np.mean([s for each in epochs for s in each[1:]])
        first = np.mean([each[0] for each in epochs]) - later
        a_fit = np.mean([len(each) for each in epochs])
        note = f"Keras {a_fit:.1f} epochs a fit of {later:.3g} s, {first:.2g} s more for the first, which traces"
        share = {"done": len(results), "all": fits, "of": "fits"}
        answer = {"seconds": sum(seconds), "quality": float(np.mean(qualities)), "share": share}
        return {**answer, "by": BY, "note": note}

    return work
