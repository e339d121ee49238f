"""Trains one network, round after round."""
import time

from network import BY, build, part, quality


def fit_work(settings, folder):
    network = settings["network"]
    x, y = part(folder, "train", network)
    test = part(folder, "test", network)
    model = build(network)
    model.optimizer.build(model.trainable_variables)
    fresh = [variable.numpy() for variable in model.optimizer.variables]

    def restart(seed):
        """A new training in the model that is already traced: tracing anew would count against Keras."""
        model.set_weights(build(network, seed=seed).get_weights())
        for variable, value in zip(model.optimizer.variables, fresh):
            variable.assign(value)

    def work(round):
        if not settings["goOn"]:
            restart(round)
        validation = {"validation_data": test} if settings["validate"] else {}
        start = time.perf_counter()
        model.fit(x, y, epochs=settings["epochs"], batch_size=settings["batch"], verbose=0, **validation)
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "quality": quality(model, network, *test), "by": BY}

    return work
