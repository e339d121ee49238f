"""Writes regressor-golden.json beside it: scikit-learn 1.9.1's HistGradientBoostingRegressor on the problems of problem.ts,
with a number for a target.

Run it in a virtual environment with it; the tests only read the JSON.
"""

import json
import pathlib

import numpy as np
from golden import problem, weights
from sklearn.ensemble import HistGradientBoostingRegressor


def numbers(rows, columns):
    """Far from 0, and wide: what streams are like."""
    x, y = problem(rows, columns)
    return x, 1e9 + 1e6 * (3 * y + 5 * x[:, 0] - x[:, 1] * x[:, 2] + (np.arange(rows) % 7) / 7)


def case(rows, columns, weighted=False, **options):
    x, y = numbers(rows, columns)
    model = HistGradientBoostingRegressor(early_stopping=False, **options).fit(x, y, weights(rows) if weighted else None)
    ours = {"max_iter": "maxIterations", "learning_rate": "learningRate", "max_leaf_nodes": "maxLeafNodes",
            "max_depth": "maxDepth", "min_samples_leaf": "minSamplesLeaf", "l2_regularization": "l2Regularization"}
    return {
        "rows": rows, "columns": columns, "weighted": weighted,
        "options": {ours[name]: value for name, value in options.items()},
        "baseline": float(model._baseline_prediction[0, 0]), "score": model.score(x, y),
        "predicted": model.predict(x[:: max(1, rows // 40)]).tolist(),
    }


golden = [
    case(1000, 6),
    case(400, 5, max_iter=30, max_leaf_nodes=6, min_samples_leaf=5, l2_regularization=3, learning_rate=0.3),
    case(400, 5, weighted=True, max_iter=30, max_depth=3),
    case(30, 3),
]
path = pathlib.Path(__file__).with_name("regressor-golden.json")
path.write_text(json.dumps(golden, indent=1) + "\n")
