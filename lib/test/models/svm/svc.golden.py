"""Writes svc.golden.json beside it: what scikit-learn 1.9.1 fits to the problems of svc-problems.ts.

Run it in a virtual environment with scikit-learn; the tests only read the JSON.
"""

import json
import pathlib

import numpy as np
from sklearn.svm import SVC


def lehmer(state):
    while True:
        state = state * 16807 % 2147483647
        yield state / 2147483647


def problem(n, p, seed=1):
    d = lehmer(seed)
    X = np.array([[next(d) * 2 - 1 for _ in range(p)] for _ in range(n)])
    y = [int(r[0] * r[1] + 0.5 * r[2] - r[0] + next(d) - 0.5 > 0) for r in X]
    return X, np.array(y)


def fit(n, p, seed=1, weights=None, **options):
    X, y = problem(n, p, seed)
    m = SVC(**options).fit(X, y, sample_weight=weights)
    alpha = np.zeros(n)
    alpha[m.support_] = m.dual_coef_[0]
    decision = m.decision_function(X)
    return {
        "n": n,
        "p": p,
        "seed": seed,
        "options": options,
        "gamma": m._gamma,
        "iterations": int(m.n_iter_[0]),
        "supportIndex": m.support_.tolist(),
        "nSupport": m.n_support_.tolist(),
        "dualCoefficients": m.dual_coef_[0].tolist(),
        "intercept": m.intercept_[0],
        "objective": 0.5 * alpha @ (decision - m.intercept_[0]) - np.abs(alpha).sum(),
        "decision": decision[:30].tolist(),
    }


cases = [
    fit(150, 4, kernel="linear"),
    fit(150, 4, kernel="linear", C=0.01),
    fit(150, 4, kernel="linear", C=30, tol=1e-4),
    fit(90, 17, kernel="linear", seed=5),
    fit(150, 4, kernel="poly"),
    fit(150, 4, kernel="poly", C=0.1, degree=2, coef0=1),
    fit(150, 4, kernel="poly", C=10, degree=4, gamma=0.7, coef0=0.5),
    fit(150, 4, kernel="poly", degree=1, gamma="auto"),
    fit(150, 4, kernel="poly", degree=5, gamma=0.4, coef0=1, tol=1e-5),
    fit(150, 4, kernel="poly", coef0=-0.5, C=2),
    fit(60, 40, kernel="poly", degree=4, gamma=0.1, coef0=1, seed=9),
    fit(150, 4, kernel="rbf"),
    fit(150, 4, kernel="rbf", C=100, gamma=3, tol=1e-5),
    fit(150, 4, kernel="rbf", C=0.2, gamma="auto"),
    fit(150, 4, kernel="rbf", C=1e6, gamma=0.01),
    fit(1500, 5, kernel="poly", seed=3),
    fit(1500, 5, kernel="rbf", seed=3, C=5, tol=1e-5),
    fit(150, 4, kernel="poly", class_weight="balanced"),
    fit(150, 4, kernel="rbf", class_weight={0: 3, 1: 0.5}),
]


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return value


out = [{k: v if k == "options" else rounded(v) for k, v in case.items()} for case in cases]
pathlib.Path(__file__).with_name("svc.golden.json").write_text(json.dumps(out, default=float) + "\n")
