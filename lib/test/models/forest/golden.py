"""Writes golden.json beside it: what single trees of scikit-learn 1.9.1 (numpy 2.4) predict.

Run it in a virtual environment with these two; the tests only read the JSON. A case is kept only if trees of three
random states agree, that is if no two splits were equally good: ours could then differ by the order of the columns.
Inputs are multiples of 2^-20, which scikit-learn's float32 holds exactly.
"""

import json
import pathlib

import numpy as np
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def lehmer(state=1):
    while True:
        state = state * 16807 % 2147483647
        yield state / 2147483647


def grid(value):
    return np.floor(value * 2**20) / 2**20


def problem(rows, columns, classes):
    """classes = 0: a number; the same as problem() of problems.ts."""
    draw = lehmer()
    x = np.array([[grid(next(draw)) for _ in range(columns)] for _ in range(2 * rows)])
    noise = np.array([next(draw) for _ in range(2 * rows)])
    second = x[:, 1] if columns > 1 else x[:, 0]
    signal = x[:, 0] + second * second + noise
    y = signal if classes == 0 else np.minimum(np.floor(signal * classes / 3), classes - 1)
    weights = np.array([1 + np.floor(next(draw) * 4) / 4 for _ in range(2 * rows)])
    return x, y, weights


def fit(make, x, y, weights, test):
    guesses = []
    for state in (0, 1, 2):
        tree = make(state).fit(x, y, sample_weight=weights)
        guesses.append(tree.predict_proba(test) if hasattr(tree, "predict_proba") else tree.predict(test))
    return tree, guesses[0] if all(np.allclose(guesses[0], g, rtol=1e-12) for g in guesses) else None


cases = []
for rows, columns, classes, depth, leaf, split, weighted, balanced in [
    (60, 3, 2, 3, 5, 2, False, False),
    (900, 5, 2, 4, 50, 2, False, False),
    (300, 5, 2, None, 30, 2, True, False),
    (700, 4, 2, 4, 35, 2, False, True),
    (200, 1, 2, None, 1, 2, False, False),
    (200, 1, 2, None, 3, 12, False, False),
    (400, 4, 5, 5, 20, 2, False, False),
    (400, 4, 5, 4, 25, 60, True, True),
    (200, 1, 4, None, 1, 2, False, False),
    (60, 3, 0, 2, 7, 2, False, False),
    (300, 5, 0, None, 10, 2, False, False),
    (300, 5, 0, 7, 8, 40, True, False),
    (200, 1, 0, None, 1, 2, False, False),
    (1500, 6, 2, 8, 60, 2, False, False),
    (1500, 6, 0, 9, 12, 2, False, False),
]:
    x, y, weights = problem(rows, columns, classes)
    given = weights[:rows] if weighted else None
    limits = {"max_depth": depth, "min_samples_leaf": leaf, "min_samples_split": split}
    weigh = "balanced" if balanced else None
    make = (
        (lambda state: DecisionTreeClassifier(random_state=state, class_weight=weigh, **limits))
        if classes
        else (lambda state: DecisionTreeRegressor(random_state=state, **limits))
    )
    tree, guess = fit(make, x[:rows], y[:rows], given, x[rows:])
    print(rows, columns, classes, depth, leaf, "nodes", tree.tree_.node_count, "TIES" if guess is None else "")
    if guess is None:
        continue
    column = guess if classes == 0 else guess[:, 1]
    cases.append(
        {
            "rows": rows,
            "columns": columns,
            "classes": classes,
            "maxDepth": depth,
            "minSamplesLeaf": leaf,
            "minSamplesSplit": split,
            "weighted": weighted,
            "balanced": balanced,
            "nodes": tree.tree_.node_count,
            "importances": np.round(tree.feature_importances_, 12).tolist(),
            # Of the rows of the second half; for classes the probability of class 1.
            "predicted": np.round(column, 12).tolist()[:250],
        }
    )

path = pathlib.Path(__file__).with_name("golden.json")
path.write_text(json.dumps({"trees": cases}) + "\n")
