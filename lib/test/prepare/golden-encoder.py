"""Writes golden-encoder.json beside it: what scikit-learn 1.9.1's TargetEncoder makes of small tables.

`all`: fit(...).transform(...) of the same rows; `unknown`: of a category not seen; `outOfFold`: fit_transform with row i
in fold i % 4.
"""

import json
import pathlib

import numpy as np
from sklearn.model_selection import PredefinedSplit
from sklearn.preprocessing import TargetEncoder

rng = np.random.default_rng(3)


def case(name, category, y, smoothing):
    X, y = np.asarray(category)[:, None], np.asarray(y)
    kind = "binary" if set(y.tolist()) <= {0, 1} else "continuous"
    encoder = TargetEncoder(smooth=smoothing, target_type=kind, cv=PredefinedSplit(np.arange(len(y)) % 4))
    out = encoder.fit_transform(X, y).ravel()
    fit = encoder.fit(X, y)
    return {
        "name": name, "smoothing": smoothing, "category": X.ravel().tolist(), "y": y.tolist(),
        "all": fit.transform(X).ravel().tolist(), "unknown": fit.transform([[999]])[0, 0], "outOfFold": out.tolist(),
    }


few, many = rng.integers(0, 4, 40), rng.integers(0, 25, 60)
hit = (rng.random(60) < 0.2 + 0.6 * (many % 2)).astype(int)
cases = [case("few categories", few, hit[:40], s) for s in ("auto", 0.0, 1.0, 20.0)]
cases += [case("many categories, most of them small", many, hit, s) for s in ("auto", 0.0, 10.0)]
cases += [case("a target of any size", many, np.round(rng.normal(size=60) * 50, 3), s) for s in ("auto", 2.5)]
lines = ",\n".join(json.dumps(c) for c in cases)
pathlib.Path(__file__).with_name("golden-encoder.json").write_text(f"[\n{lines}\n]\n")
