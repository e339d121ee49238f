"""Writes regression-golden.json beside it: the linear regressions of scikit-learn 1.9.1 on generated problems.

Run it in a virtual environment with scikit-learn; the tests only read the JSON. The problems are those of
`regressionProblem` in the tests.
"""

import json
import pathlib
import warnings

import numpy as np
from scipy.optimize import root
from sklearn.linear_model import ElasticNet, HuberRegressor, Lasso, LinearRegression, Ridge, RidgeCV
from sklearn.linear_model._huber import _huber_loss_and_gradient

warnings.simplefilter("error")


def lehmer(state=1):
    while True:
        state = state * 16807 % 2147483647
        yield state / 2147483647


def problem(name):
    n, p = (12, 20) if name == "wide" else (80, 6)
    d = lehmer()
    X = np.array([[next(d) * 2 - 1 for _ in range(p)] for _ in range(n)])
    y = np.array([3 + 2 * X[i, 0] - X[i, 1] + 0.5 * X[i, 2] + next(d) - 0.5 for i in range(n)])
    if name == "dependent":  # the last column is the sum of two others, the one before it constant
        X[:, 5], X[:, 4] = X[:, 0] + X[:, 1], 0.1
    if name == "scales":
        X, y = X * [1, 100, 1e4, 0.01, 1, 10] + [0, 5000, -1e5, 0, 1, 2023], 1e6 * y
    if name == "outliers":
        y[::9] += 8
    return X, y


def weights(n):
    d = lehmer(7)
    return np.array([0.5 + next(d) for _ in range(n)])


def left_out(X, y, row, alpha):
    others = np.arange(len(y)) != row
    return float((y[row] - Ridge(alpha=alpha, solver="svd").fit(X[others], y[others]).predict(X[[row]])[0]) ** 2)


def told(model, X, y, **more):
    return {"parameters": [*model.coef_.tolist(), float(model.intercept_)], "score": model.score(X, y), **more}


golden = {}
for name in ("plain", "dependent", "scales", "outliers", "wide"):
    X, y = problem(name)
    n, alphas = len(y), [0.01, 0.1, 1, 10, 100]
    scale = np.std(y)
    golden[name] = cases = {
        # Its default tol would drop columns of small scale; this is what numpy's lstsq takes for rounding.
        "least squares": told(LinearRegression(tol=max(X.shape) * np.finfo(float).eps).fit(X, y), X, y),
        "weighted": told(LinearRegression(tol=max(X.shape) * np.finfo(float).eps).fit(X, y, weights(n)), X, y),
        "ridge": told(Ridge(alpha=3).fit(X, y), X, y),
        "weighted ridge": told(Ridge(alpha=0.5).fit(X, y, weights(n)), X, y),
    }
    # RidgeCV chooses; its own figures come from the squares of the columns, which costs digits where scales differ.
    best = Ridge(alpha=RidgeCV(alphas=alphas).fit(X, y).alpha_, solver="svd").fit(X, y)
    left = [[left_out(X, y, row, alpha) for row in range(n)] for alpha in alphas]
    cases["ridge cv"] = told(best, X, y, alpha=best.alpha, mse=np.mean(left, axis=1).tolist(), first=[row[0] for row in left])
    for label, alpha, ratio in (("lasso", 0.05, 1.0), ("strong lasso", 0.4, 1.0), ("elastic net", 0.05, 0.3)):
        model = ElasticNet(alpha=alpha * scale, l1_ratio=ratio, tol=1e-13, max_iter=1000000)
        if name == "dependent" and ratio == 1:
            continue  # many coefficients are as good
        cases[label] = told(model.fit(X, y), X, y, alpha=alpha * scale, l1Ratio=ratio)
    if name == "plain":
        # With all defaults: the same rounds over the columns, stopped at the same gap.
        model = Lasso(alpha=0.02).fit(X, y)
        cases["lasso by default"] = told(model, X, y, alpha=0.02, l1Ratio=1, gap=float(model.dual_gap_), iterations=model.n_iter_)
    if name in ("plain", "outliers"):
        for label, epsilon, alpha in (("huber", 1.35, 0.0001), ("huber, other settings", 1.1, 2.0)):
            model = HuberRegressor(epsilon=epsilon, alpha=alpha, tol=1e-9, max_iter=100000).fit(X, y)
            # It stops where its loss has no more digits; where its own slopes are 0 is known better.
            slopes = lambda at: _huber_loss_and_gradient(at, X, y, epsilon, alpha, np.ones(n))[1]
            exact = root(slopes, [*model.coef_, model.intercept_, model.scale_], tol=1e-14).x
            assert np.abs(slopes(exact)).max() < 1e-11 and np.abs(exact[:-1] - [*model.coef_, model.intercept_]).max() < 1e-4
            model.coef_, model.intercept_, model.scale_ = exact[:-2], exact[-2], exact[-1]
            cases[label] = told(model, X, y, epsilon=epsilon, alpha=alpha, scale=float(model.scale_), outliers=np.flatnonzero(model.outliers_).tolist())
path = pathlib.Path(__file__).with_name("regression-golden.json")
path.write_text(json.dumps(golden, indent=1) + "\n")
