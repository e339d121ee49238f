"""Writes tree-shap.golden.json beside it: what shap 0.51.0 says of trees of scikit-learn 1.9.1 (path-dependent).

Run it in a virtual environment with these two; the tests only read the JSON.
"""

import json
import pathlib

import numpy as np
import shap
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier, RandomForestRegressor

rng = np.random.default_rng(4)
# Exact in float32, which scikit-learn's trees compare in, and few different values: columns come back on a path.
x = rng.integers(0, 64, size=(300, 5)) / 64
y = ((x[:, 0] > 0.4) ^ (x[:, 1] + 0.5 * rng.random(300) > 0.8)).astype(int)
rows = rng.integers(0, 64, size=(6, 5)) / 64


def arrays(tree, shares=False):
    value = tree.value[:, 0, :]
    return {
        "feature": np.where(tree.children_left < 0, -1, tree.feature).tolist(),
        "threshold": tree.threshold.tolist(),
        "left": tree.children_left.tolist(),
        "right": tree.children_right.tolist(),
        "cover": tree.weighted_n_node_samples.tolist(),
        "value": (value / value.sum(axis=1, keepdims=True) if shares else value).ravel().tolist(),
    }


def case(name, model, trees, output, scale, baseline, target=y, shares=False):
    model.fit(x, target)
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    values = np.asarray(explainer.shap_values(rows, check_additivity=True))
    base = np.ravel(explainer.expected_value)
    return {
        "name": name,
        "trees": [arrays(tree, shares) for tree in trees(model)],
        "output": output,
        "scale": scale,
        "baseline": baseline(model),
        "contributions": (values[:, :, output] if values.ndim == 3 else values).ravel().tolist(),
        "base": float(base[output] if len(base) > 1 else base[0]),
    }


def forest_trees(model):
    return [tree.tree_ for tree in model.estimators_]


cases = [
    case(
        "forest of classes",
        RandomForestClassifier(4, random_state=1, class_weight="balanced"),
        forest_trees, 1, 1 / 4, lambda model: 0, shares=True,
    ),
    case(
        "forest of numbers",
        RandomForestRegressor(3, max_depth=5, random_state=2),
        forest_trees, 0, 1 / 3, lambda model: 0, target=x[:, 2] * y + x[:, 3],
    ),
    case(
        "boosting",
        GradientBoostingClassifier(n_estimators=12, learning_rate=0.3, max_depth=4, random_state=3),
        lambda model: [tree[0].tree_ for tree in model.estimators_], 0, 0.3,
        lambda model: float(np.log(y.mean() / (1 - y.mean()))),
    ),
]
text = json.dumps({"rows": rows.ravel().tolist(), "cases": cases}, separators=(",", ":"))
pathlib.Path(__file__).with_name("tree-shap.golden.json").write_text(text + "\n")
