"""Writes partial-dependence.golden.json beside it: partial dependence and ICE of a plain function by scikit-learn 1.9.1.

Run it in a virtual environment with scikit-learn and numpy; the tests only read the JSON.
"""

import json
import pathlib

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import partial_dependence


class Plain(RegressorMixin, BaseEstimator):
    def fit(self, x, y):
        self.fitted_ = True
        return self

    def predict(self, x):
        return x[:, 0] * x[:, 1] / (1 + x[:, 2] * x[:, 2])


rng = np.random.default_rng(2)
x = np.column_stack([rng.normal(size=25), rng.integers(0, 4, 25), rng.random(25)])
model = Plain().fit(x, x[:, 0])
cases = []
for feature, values in [(0, None), (1, None), (2, [0.1, 0.9, 0.3])]:
    options = {} if values is None else {"custom_values": {feature: np.array(values)}}
    found = partial_dependence(model, x, [feature], grid_resolution=7, method="brute", kind="both", **options)
    cases.append(
        {
            "feature": "abc"[feature],
            "values": found["grid_values"][0].tolist(),
            "average": found["average"][0].tolist(),
            "individual": found["individual"][0].ravel().tolist(),
        }
    )
# Evenly spaced quantiles from the 5th to the 95th percentile.
quantiles = np.quantile(x[:, 0], np.linspace(0.05, 0.95, 7)).tolist()
text = json.dumps({"rows": x.ravel().tolist(), "cases": cases, "quantiles": quantiles}, separators=(",", ":"))
pathlib.Path(__file__).with_name("partial-dependence.golden.json").write_text(text + "\n")
