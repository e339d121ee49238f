"""Writes regression.golden.json beside it: what scikit-learn 1.9.1, scipy 1.17.1 and numpy 2.4.6 say of numbers.

Run it in a virtual environment with these three; the tests only read the JSON.
"""

import json
import pathlib
import warnings

import numpy as np
from scipy import stats
from sklearn import metrics
from sklearn.dummy import DummyRegressor
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_predict, cross_val_score

warnings.simplefilter("ignore")
rng = np.random.default_rng(6)


def scores(y, p):
    r2 = float(metrics.r2_score(y, p)) if len(set(y)) > 1 else None  # ours is null where theirs is 0, 1 or NaN
    return {
        "mse": float(metrics.mean_squared_error(y, p)),
        "rmse": float(metrics.root_mean_squared_error(y, p)),
        "mae": float(metrics.mean_absolute_error(y, p)),
        "medianAbsoluteError": float(metrics.median_absolute_error(y, p)),
        "r2": r2,
        "bias": float(np.mean(np.asarray(p) - np.asarray(y))),
    }


def case(y, p):
    return {"y": list(map(float, y)), "predicted": list(map(float, p)), "scores": scores(y, p)}


y = rng.normal(19.5, 1.3, size=60)
skewed = np.floor(np.exp(rng.normal(19.5, 1.3, size=41)))
cases = {
    "log streams": case(y, y + rng.normal(0.1, 0.6, size=60)),
    "streams": case(skewed, np.floor(skewed * np.exp(rng.normal(0, 0.7, size=41)))),
    "worse than the mean": case(y, rng.normal(18, 3, size=60)),
    "perfect": case([1.5, 2.5, -3], [1.5, 2.5, -3]),
    "ties": case([0, 0, 1, 1, 2, 2], [0, 1, 1, 0, 2, 4]),
    "far from 0": case(1e9 + np.arange(20.0), 1e9 + np.arange(20.0) + rng.normal(size=20).round(3)),
    "all alike": case([0.1] * 30, rng.normal(size=30)),
    "one row": case([3], [5]),
}

# Rows for cross-validation, importance and dependence.
X = np.round(rng.normal(size=(120, 4)), 2)
target = np.round(1.5 * X[:, 0] + np.abs(X[:, 1]) - 0.4 * X[:, 0] * X[:, 2] + rng.normal(0, 0.7, size=120), 3)
folds = KFold(5, shuffle=True, random_state=0)
linear = LinearRegression()
cross = {
    "folds": [test.tolist() for _, test in folds.split(X)],
    "models": [
        [*linear.fit(X[train], target[train]).coef_.tolist(), float(linear.intercept_)] for train, _ in folds.split(X)
    ],
    "predictions": cross_val_predict(LinearRegression(), X, target, cv=folds).tolist(),
    "mse": (-cross_val_score(LinearRegression(), X, target, cv=folds, scoring="neg_mean_squared_error")).tolist(),
    "mae": (-cross_val_score(LinearRegression(), X, target, cv=folds, scoring="neg_mean_absolute_error")).tolist(),
    "r2": cross_val_score(LinearRegression(), X, target, cv=folds, scoring="r2").tolist(),
}
# The coefficient of a constant column is 0: a column that the model does not use.
model = LinearRegression().fit(X * [1, 1, 1, 0], target)
importance = {}
for name, scoring in [("mse", "neg_mean_squared_error"), ("mae", "neg_mean_absolute_error"), ("r2", "r2")]:
    found = permutation_importance(model, X, target, scoring=scoring, n_repeats=3000, random_state=0)
    importance[name] = {"mean": found.importances_mean.tolist(), "sd": found.importances_std.tolist()}
dependence = partial_dependence(model, X, [0], grid_resolution=5, method="brute", kind="both")
partial = {
    "values": dependence["grid_values"][0].tolist(),
    "average": dependence["average"][0].tolist(),
    "first": dependence["individual"][0][0].tolist(),
}
dummies = {}
for strategy in ("mean", "median"):
    dummies[strategy] = [
        float(DummyRegressor(strategy=strategy).fit(X[:n], target[:n]).predict(X[:1])[0]) for n in (120, 41, 1)
    ]


def bootstrap_case(resamples=10_000, ours=4_000):
    """Where our quantiles of `ours` resamples must lie: those of many more, four standard errors to each side."""
    groups = np.repeat(np.arange(25), rng.integers(1, 12, size=25))
    rows = len(groups)
    level = rng.normal(0, 1, size=25)[groups]
    y = np.round(19 + level + rng.normal(0, 0.8, size=rows), 3)
    a = np.round(19 + 0.7 * level + rng.normal(0, 0.4, size=rows), 3)
    b = np.round(19.2 + 0.5 * level + rng.normal(0, 0.5, size=rows), 3)
    members = [np.flatnonzero(groups == g) for g in range(25)]
    draws = {
        "groups": lambda: np.concatenate([members[g] for g in rng.integers(0, 25, size=25)]),
        "rows": lambda: rng.integers(0, rows, size=rows),
    }
    quantiles = {}
    for unit, draw in draws.items():
        taken = {}
        for _ in range(resamples):
            i = draw()
            of_a, of_b = scores(y[i], a[i]), scores(y[i], b[i])
            for name in of_a:
                single, difference = taken.setdefault(name, ([], []))
                single.append(of_a[name])
                difference.append(of_a[name] - of_b[name])
        for name, (single, difference) in taken.items():
            for kind, values in (("single", single), ("difference", difference)):
                for q in (0.025, 0.975):
                    error = 4 * np.sqrt(q * (1 - q) * (1 / resamples + 1 / ours))
                    at = np.clip([q - error, q + error], 0, 1)
                    quantiles[f"{unit} {name} {kind} {q}"] = np.quantile(values, at).tolist()
    # Any statistic: the rank correlation, by scipy's own bootstrap.
    found = stats.bootstrap(
        (y, a), lambda y, a: stats.spearmanr(y, a).statistic, paired=True, vectorized=False, n_resamples=resamples,
        method="percentile", rng=rng,
    ).bootstrap_distribution
    for q in (0.025, 0.975):
        error = 4 * np.sqrt(q * (1 - q) * (1 / resamples + 1 / ours))
        quantiles[f"rows spearman {q}"] = np.quantile(found, [q - error, q + error]).tolist()
    return {
        "y": y.tolist(), "a": a.tolist(), "b": b.tolist(), "groups": groups.tolist(), "quantiles": quantiles,
        "spearman": float(stats.spearmanr(y, a).statistic),
    }


golden = {
    "cases": cases, "x": X.tolist(), "y": target.tolist(), "cross": cross,
    "model": [*model.coef_.tolist(), float(model.intercept_)], "importance": importance, "partial": partial,
    "dummies": dummies, "bootstrap": bootstrap_case(),
}
text = json.dumps(golden, separators=(",", ":"))
pathlib.Path(__file__).with_name("regression.golden.json").write_text(text + "\n")
