"""Writes linear-golden.json beside it: LinearSVC and SVC(kernel="linear") of scikit-learn 1.9.1 on generated problems.

Run it in a virtual environment with scikit-learn; the tests only read the JSON. The problems are those of
`problem` in linear/problems.ts.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn.svm import SVC, LinearSVC

warnings.simplefilter("error")


def lehmer(state=1):
    while True:
        state = state * 16807 % 2147483647
        yield state / 2147483647


def problem(n, p):
    d = lehmer()
    X = np.array([[next(d) * 2 - 1 for _ in range(p)] for _ in range(n)])
    return X, np.array([int(X[i, 0] + 0.5 * X[i, 1] - X[i, 2] + 2 * next(d) - 0.7 > 0) for i in range(n)])


def weights(n):
    d = lehmer(7)
    return np.array([0.5 + next(d) for _ in range(n)])


def hinge(model, X, y, caps):
    w, b = model.coef_[0], model.intercept_[0]
    return w @ w / 2 + caps @ np.maximum(0, 1 - (2 * y - 1) * (X @ w + b))


cases = []
for n, p, c, weight in [(60, 3, 1, None), (60, 3, 0.01, None), (60, 3, 100, None), (200, 5, 1, None), (500, 8, 1, None),
                        (200, 5, 1, "balanced"), (200, 5, 1, [0.8, 1.5]), (200, 5, 1, "rows")]:
    X, y = problem(n, p)
    rows = weights(n) if weight == "rows" else np.ones(n)
    by_class = weight if weight in (None, "balanced") else None if weight == "rows" else dict(enumerate(weight))
    squared = LinearSVC(C=c, dual=False, tol=1e-12, max_iter=1_000_000, class_weight=by_class).fit(X, y, rows)
    exact = SVC(C=c, kernel="linear", tol=1e-9, class_weight=by_class).fit(X, y, rows)
    caps = c * rows * (exact.class_weight_[y] if by_class else 1)
    cases.append({
        "n": n, "p": p, "c": c, "weight": weight,
        "squared": [*squared.coef_[0].tolist(), squared.intercept_[0]],
        "exact": [*exact.coef_[0].tolist(), exact.intercept_[0]],
        "objective": hinge(exact, X, y, caps),
        "nSupport": int(exact.n_support_.sum()),
    })
pathlib.Path(__file__).with_name("linear-golden.json").write_text(json.dumps(cases, indent=1) + "\n")
