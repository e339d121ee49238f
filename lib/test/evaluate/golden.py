"""Writes golden.json beside it: what scikit-learn 1.9.1, numpy 2.4.6 and statsmodels 0.15.0 say of random inputs.

Run it in a virtual environment with these three; the tests only read the JSON.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn import calibration, metrics
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")
rng = np.random.default_rng(1)


def case(labels, probabilities, threshold=0.5):
    y, p = np.asarray(labels), np.asarray(probabilities, dtype=float)
    guess = (p > threshold).astype(int)
    both, some = len(set(y)) == 2, y.sum() > 0
    tn, fp, fn, tp = metrics.confusion_matrix(y, guess, labels=[0, 1]).ravel().tolist()
    golden = {
        "labels": y.tolist(),
        "probabilities": p.tolist(),
        "threshold": threshold,
        "confusion": {"trueNegative": tn, "falsePositive": fp, "falseNegative": fn, "truePositive": tp},
        "accuracy": metrics.accuracy_score(y, guess),
        "precision": metrics.precision_score(y, guess),
        "recall": metrics.recall_score(y, guess),
        "f1": metrics.f1_score(y, guess),
        "rocAuc": metrics.roc_auc_score(y, p) if both else None,
        "prAuc": metrics.average_precision_score(y, p) if some else None,
        "brier": metrics.brier_score_loss(y, p, pos_label=1),
        "logLoss": metrics.log_loss(y, p, labels=[0, 1]),
    }
    for drop in (False, True):
        if both:
            fpr, tpr, at = metrics.roc_curve(y, p, drop_intermediate=drop)
            golden[f"roc{drop}"] = [fpr.tolist(), tpr.tolist(), at[1:].tolist()]
        if some:
            curve = metrics.precision_recall_curve(y, p, drop_intermediate=drop)
            golden[f"pr{drop}"] = [part.tolist() for part in curve]
    for strategy in ("uniform", "quantile"):
        if both:
            curve = calibration.calibration_curve(y, p, n_bins=10, strategy=strategy)
            golden[strategy] = [part.tolist() for part in curve]
    return golden


def drawn(rows, decimals, threshold=0.5):
    p = np.round(rng.uniform(size=rows), decimals)
    return case((rng.uniform(size=rows) < p**1.5).astype(int), p, threshold)


cases = {
    "continuous": drawn(150, 16),
    "ties": drawn(300, 1),
    "some ties": drawn(200, 2, 0.3),
    "few rows": drawn(7, 1),
    "certain": case([0, 1, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0.5, 0.5, 1]),
    "constant": case([0, 1, 1, 0, 0], [0.4] * 5),
    "only 0": case([0, 0, 0, 0], [0.1, 0.7, 0.7, 0]),
    "only 1": case([1, 1, 1], [0.2, 0.9, 0.9]),
    "one row": case([1], [0.8]),
    "one row of 0": case([0], [0.8]),
}
wilson = [
    [k, n, level, *map(float, proportion_confint(k, n, 1 - level, method="wilson"))]
    for k, n, level in [(8, 10, 0.95), (0, 5, 0.95), (5, 5, 0.9), (1, 1000, 0.99), (333, 1000, 0.8)]
]
numbers = np.round(rng.normal(size=23), 3)
quantiles = {
    "numbers": numbers.tolist(),
    "at": [[q, float(np.quantile(numbers, q))] for q in (0, 0.025, 0.1, 0.3, 0.5, 0.77, 0.975, 1)],
}


def bootstrap_case(resamples=10_000, ours=4_000):
    """Where our quantiles of `ours` resamples must lie: those of many more, four standard errors to each side."""
    groups = np.repeat(np.arange(25), rng.integers(1, 12, size=25))
    rows = len(groups)
    ease = rng.uniform(size=25)[groups]
    y = (rng.uniform(size=rows) < np.round(0.2 + 0.5 * ease, 1)).astype(int)
    a = np.round(np.clip(0.5 * ease + 0.3 * y + 0.2 * rng.uniform(size=rows), 0, 1), 2)
    b = np.round(np.clip(0.35 * ease + 0.2 * y + 0.4 * rng.uniform(size=rows), 0, 1), 2)
    measures = {
        "accuracy": lambda y, p: metrics.accuracy_score(y, p > 0.5),
        "rocAuc": metrics.roc_auc_score,
        "prAuc": metrics.average_precision_score,
        "brier": metrics.brier_score_loss,
    }
    members = [np.flatnonzero(groups == g) for g in range(25)]
    draws = {
        "groups": lambda: np.concatenate([members[g] for g in rng.integers(0, 25, size=25)]),
        "rows": lambda: rng.integers(0, rows, size=rows),
    }
    quantiles = {}
    for unit, draw in draws.items():
        taken = {name: ([], []) for name in measures}
        for _ in range(resamples):
            i = draw()
            for name, measure in measures.items():
                of_a, of_b = measure(y[i], a[i]), measure(y[i], b[i])
                taken[name][0].append(of_a)
                taken[name][1].append(of_a - of_b)
        for name, (single, difference) in taken.items():
            for kind, values in (("single", single), ("difference", difference)):
                for q in (0.025, 0.975):
                    error = 4 * np.sqrt(q * (1 - q) * (1 / resamples + 1 / ours))
                    at = np.clip([q - error, q + error], 0, 1)
                    quantiles[f"{unit} {name} {kind} {q}"] = np.quantile(values, at).tolist()
    return {"labels": y.tolist(), "a": a.tolist(), "b": b.tolist(), "groups": groups.tolist(), "quantiles": quantiles}


golden = {"bootstrap": bootstrap_case(), "cases": cases, "wilson": wilson, "quantiles": quantiles}
pathlib.Path(__file__).with_name("golden.json").write_text(json.dumps(golden))
