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
        epochs = settings.get("warmUpEpochs", settings["epochs"]) if round == 0 else settings["epochs"]
        start = time.perf_counter()
        model.fit(x, y, epochs=epochs, batch_size=settings["batch"], verbose=0, **validation)
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "quality": quality(model, network, *test), "by": BY}

    return work
