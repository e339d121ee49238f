"""Writes golden.json beside it: LogisticRegression of scikit-learn 1.9.1 on generated problems.

Run it in a virtual environment with scikit-learn; the tests only read the JSON. The problems are those of
`problem` and `classed` in the tests.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

warnings.simplefilter("error")


def lehmer(state=1):
    while True:
        state = state * 16807 % 2147483647
        yield state / 2147483647


def problem(n, p):
    d = lehmer()
    X = np.array([[next(d) * 2 - 1 for _ in range(p)] for _ in range(n)])
    return X, np.array([int(X[i, 0] + 0.5 * X[i, 1] - X[i, 2] + 2 * next(d) - 0.7 > 0) for i in range(n)])


def classed(n, p, classes):
    d = lehmer()
    X = np.array([[next(d) * 2 - 1 for _ in range(p)] for _ in range(n)])
    u = [X[i, 0] + 0.5 * X[i, 1] - X[i, 2] + 2 * next(d) - 1 for i in range(n)]
    return X, np.array([min(classes - 1, max(0, int(np.floor((v + 2) * classes / 4)))) for v in u])


def weights(n):
    d = lehmer(7)
    return np.array([0.5 + next(d) for _ in range(n)])


def fit(X, y, c, weight):
    by_class = weight if weight in (None, "balanced") else None if weight == "rows" else dict(enumerate(weight))
    rows = weights(len(y)) if weight == "rows" else None
    model = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-12, max_iter=1000, class_weight=by_class)
    return model.fit(X, y, rows)


binary, several = [], []
for weight in ("balanced", [0.5, 3], "rows"):
    model = fit(*problem(200, 5), 1, weight)
    binary.append({"weight": weight, "parameters": [*model.coef_[0].tolist(), model.intercept_[0]]})
for n, p, classes, c, weight in [(90, 3, 3, 1, None), (90, 3, 3, 0.01, None), (90, 3, 3, 100, None), (300, 5, 6, 1, None),
                                 (300, 5, 6, 1, "balanced"), (300, 5, 3, 1, [0.5, 1, 2]), (300, 5, 4, 1, "rows")]:
    X, y = classed(n, p, classes)
    model = fit(X, y, c, weight)
    several.append({
        "n": n, "p": p, "classes": classes, "c": c, "weight": weight,
        "coefficients": model.coef_.ravel().tolist(), "intercepts": model.intercept_.tolist(),
        "first": model.predict_proba(X[:1])[0].tolist(), "score": model.score(X, y),
    })
pathlib.Path(__file__).with_name("golden.json").write_text(
    json.dumps({"binary": binary, "several": several}, indent=1) + "\n")
