"""Writes comparisons.golden.json beside it: what scikit-learn 1.9.1, scipy 1.17.1 and numpy 2.4.6 say of these rows.

Run it in a virtual environment with these three; the tests only read the JSON.
"""

import json
import pathlib

import numpy as np
from scipy import stats
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.inspection import permutation_importance
from sklearn.model_selection import KFold, cross_val_predict, cross_val_score

rng = np.random.default_rng(3)


class Logistic(ClassifierMixin, BaseEstimator):
    """A logistic model of given coefficients; "fit" takes the means of the classes as its direction."""

    def __init__(self, coefficients=None):
        self.coefficients = coefficients

    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        self.coef_ = X[y == 1].mean(0) - X[y == 0].mean(0) if self.coefficients is None else np.array(self.coefficients)
        return self

    def predict_proba(self, X):
        p = 1 / (1 + np.exp(-(X @ self.coef_)))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)


X = np.round(rng.normal(size=(120, 4)), 2)
X[:, 1] = (X[:, 1] > 0).astype(float)
y = (X[:, 0] + 0.8 * X[:, 1] - 0.6 * X[:, 2] + rng.normal(size=120) > 0.4).astype(int)
coefficients = [1.5, 1.0, -0.8, 0.0]
model = Logistic(coefficients).fit(X, y)
importance = {}
for name, scoring in [("accuracy", "accuracy"), ("rocAuc", "roc_auc"), ("brier", "neg_brier_score"), ("logLoss", "neg_log_loss")]:
    found = permutation_importance(model, X, y, scoring=scoring, n_repeats=3000, random_state=0)
    importance[name] = {"mean": found.importances_mean.tolist(), "sd": found.importances_std.tolist()}

folds = KFold(5, shuffle=True, random_state=0)
cross = {
    "folds": [test.tolist() for _, test in folds.split(X)],
    "probabilities": cross_val_predict(Logistic(), X, y, cv=folds, method="predict_proba")[:, 1].tolist(),
    "accuracy": cross_val_score(Logistic(), X, y, cv=folds, scoring="accuracy").tolist(),
    "rocAuc": cross_val_score(Logistic(), X, y, cv=folds, scoring="roc_auc").tolist(),
}

means = []
for n, level in [(2, 0.95), (3, 0.9), (10, 0.95), (30, 0.99)]:
    values = np.round(rng.normal(0.77, 0.01, size=n), 4)
    low, high = stats.t.interval(level, n - 1, loc=values.mean(), scale=stats.sem(values))
    means.append([values.tolist(), level, float(values.mean()), float(values.std(ddof=1)), float(low), float(high)])

mcnemar = [
    [a, b, float(stats.binomtest(a, a + b, 0.5).pvalue)]
    for a, b in [(0, 1), (1, 1), (0, 6), (3, 11), (25, 40), (200, 260), (700, 701), (30, 400)]
]

golden = {
    "x": X.tolist(), "y": y.tolist(), "coefficients": coefficients, "importance": importance, "cross": cross,
    "means": means, "mcnemar": mcnemar,
}
pathlib.Path(__file__).with_name("comparisons.golden.json").write_text(json.dumps(golden))
