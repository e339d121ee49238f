"""Writes golden.json beside it: what scikit-learn 1.9.1's histogram gradient boosting makes of the problems of problem.ts.

Run it in a virtual environment with it; the tests only read the JSON.
"""

import json
import math
import pathlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper


def lehmer(state=1):
    while True:
        state = state * 16807 % 2147483647
        yield state / 2147483647


def cell(j, u):
    if j % 5 == 1:
        return math.floor(10 * u)
    if j % 5 == 2:
        return math.floor(100 * u) / 100
    if j % 5 == 3:
        return 1 if u < 0.3 else 0
    return (2 * u - 1) * (2 * u - 1) * (2 * u - 1) if j % 5 == 4 else u


def problem(n, p):
    draw = lehmer()
    x, y = np.zeros((n, p)), np.zeros(n)
    for i in range(n):
        score = next(draw) - 1
        for j in range(p):
            u = next(draw)
            x[i, j] = cell(j, u)
            score += (u - 0.5) * (u - 0.5) * 4 - 0.2 if j % 2 else u - 0.5
        y[i] = score > -0.5
    return x, y


def weights(n):
    return (np.arange(n) % 5 + 1) / 2


def fit(case):
    x, y = problem(case["rows"], case["columns"])
    model = HistGradientBoostingClassifier(early_stopping=False, **case["sklearn"])
    return x, model.fit(x, y, weights(len(y)) if case["weighted"] else None)


def case(rows, columns, weighted=False, **options):
    ours = {
        "max_iter": "maxIterations", "learning_rate": "learningRate", "max_leaf_nodes": "maxLeafNodes",
        "max_depth": "maxDepth", "min_samples_leaf": "minSamplesLeaf", "l2_regularization": "l2Regularization",
        "max_bins": "maxBins",
    }
    about = {"rows": rows, "columns": columns, "weighted": weighted, "sklearn": options}
    x, model = fit(about)
    del about["sklearn"]
    about["options"] = {ours[name]: value for name, value in options.items()}
    about["baseline"] = float(model._baseline_prediction[0, 0])
    about["decision"] = model.decision_function(x[:: max(1, rows // 60)]).tolist()
    return about


def tree(rows, columns):
    """The last of five trees, node by node."""
    nodes = fit({"rows": rows, "columns": columns, "weighted": False, "sklearn": {"max_iter": 5}})[1]._predictors[4][0].nodes
    leaf = nodes["is_leaf"].astype(bool)
    either = lambda name, other: np.where(leaf, other, nodes[name].astype(float)).tolist()
    return {
        "rows": rows, "columns": columns,
        "feature": either("feature_idx", -1), "threshold": either("num_threshold", 0),
        "left": either("left", -1), "right": either("right", -1),
        "cover": nodes["count"].tolist(), "value": np.where(leaf, nodes["value"], 0).tolist(),
    }


def bins(rows, columns, max_bins, weighted):
    x, _ = problem(rows, columns)
    mapper = _BinMapper(n_bins=max_bins + 1, random_state=0).fit(x, sample_weight=weights(rows) if weighted else None)
    thresholds = [each.tolist() for each in mapper.bin_thresholds_]
    return {"rows": rows, "columns": columns, "maxBins": max_bins, "weighted": weighted, "thresholds": thresholds}


if __name__ == "__main__":
    golden = {
        "cases": [
            case(60, 5, max_iter=20),
            case(300, 5),
            case(300, 5, weighted=True),
            case(300, 5, max_depth=2, max_iter=40),
            case(300, 5, max_bins=7, learning_rate=0.5, max_iter=30),
            case(1000, 8, min_samples_leaf=1, max_leaf_nodes=8),
            case(1000, 8, min_samples_leaf=50, l2_regularization=3.0, max_iter=200),
            case(1000, 8, max_leaf_nodes=2, learning_rate=1.0),
            case(1000, 8, max_leaf_nodes=None, min_samples_leaf=5, max_iter=20),
            case(1000, 8, weighted=True, min_samples_leaf=3, max_bins=20),
            case(8000, 13),
            case(8000, 13, max_leaf_nodes=63, max_depth=6, l2_regularization=0.5, learning_rate=0.2),
            case(30, 3),
        ],
        "tree": tree(1000, 8),
        "bins": [bins(400, 5, 255, False), bins(400, 5, 12, False), bins(510, 5, 255, False), bins(400, 5, 12, True)],
    }
    (pathlib.Path(__file__).parent / "golden.json").write_text(json.dumps(golden))
