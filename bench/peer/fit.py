"""Trains one network, round after round."""
import time

from network import BY, Restart, build, part, quality


def fit_work(settings, folder):
    network = settings["network"]
    x, y = part(folder, "train", network)
    test = part(folder, "test", network)
    model = build(network)
    restart = Restart(model, network)

    def work(round):
        if not settings["goOn"]:
            restart(round)
        validation = {"validation_data": test} if settings["validate"] else {}
        sample = settings.get("sampleEpochs", settings["epochs"])
        epochs = settings.get("warmUpEpochs", sample) if round == 0 else sample
        rows = settings.get("warmUpRows") if round == 0 else None
        start = time.perf_counter()
        model.fit(x[:rows], y[:rows], epochs=epochs, batch_size=settings["batch"], verbose=0, **validation)
        seconds = time.perf_counter() - start
        share = {"done": sample, "all": settings["epochs"], "of": "epochs"}
        return {"seconds": seconds, "quality": quality(model, network, *test), "share": share, "by": BY}

    return work
