"""Classic models by scikit-learn, with its defaults: fits them, has them tell the test rows, permutes their columns."""
import json
import os
import time

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC, LinearSVC
from threadpoolctl import threadpool_limits

BY = f"scikit-learn {sklearn.__version__}"

# The models of ../works.ts. A forest of one thread, the default, would be no fair peer.
MODELS = {
    "forest": lambda m, seed: RandomForestClassifier(
        m["nEstimators"], max_depth=m["maxDepth"], n_jobs=-1, random_state=seed
    ),
    "logistic-regression": lambda m, seed: LogisticRegression(C=m["c"]),
    "linear-svc": lambda m, seed: LinearSVC(C=m["c"]),
    "linear-svm": lambda m, seed: SVC(kernel="linear", C=m["c"]),
    "svc-poly": lambda m, seed: SVC(kernel="poly", C=m["c"], degree=m["degree"]),
    "boosting": lambda m, seed: HistGradientBoostingClassifier(max_iter=m["maxIterations"], early_stopping=False),
}

# The last fit of each model: a work that predicts comes after the one that fits, and need not fit again.
fitted = {}


def part(folder, name):
    x, y = (np.load(os.path.join(folder, f"{name}-{which}.npy")) for which in "xy")
    return x, y.astype(int)


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def accuracy(model, x, y):
    """A linear SVC's decisions by its weights: by its thousands of support vectors they would take seconds."""
    if getattr(model, "kernel", None) == "linear":
        return float(np.mean((x @ model.coef_[0] + model.intercept_[0] > 0) == y))
    return float(model.score(x, y))


def classic_work(settings, folder):
    train, test = part(folder, "train"), part(folder, "test")
    spec = settings["model"]
    key = json.dumps([settings["data"], spec])

    def rows(part, round):
        return tuple(a[: settings.get("warmUpRows")] for a in part) if round == 0 else part

    def fit(round):
        x, y = rows(train, round)
        model, seconds = timed(lambda: MODELS[spec["name"]](spec, round).fit(x, y))
        # That of the round that does not count is of a part of the rows.
        if round > 0:
            fitted[key] = model
        return {"seconds": seconds, "quality": accuracy(model, *test), "by": BY}

    def predict(round):
        x, y = rows(test, round)
        told, seconds = timed(lambda: fitted[key].predict(x))
        return {"seconds": seconds, "quality": float(np.mean(told == y)), "by": BY}

    def importance(round):
        x, y = rows(test, round)
        result, seconds = timed(lambda: permutation_importance(fitted[key], x, y, n_repeats=5, random_state=round))
        with open(os.path.join(folder, "names.json")) as file:
            at = json.load(file).index("instrumentalness")
        return {"seconds": seconds, "quality": float(result.importances_mean[at]), "by": BY}

    def work(round):
        # None limits nothing.
        with threadpool_limits(settings.get("peerThreads")):
            return {"fit": fit, "predict": predict, "importance": importance}[settings["task"]](round)

    if settings["task"] != "fit" and key not in fitted:
        fitted[key] = MODELS[spec["name"]](spec, 1).fit(*train)
    return work
