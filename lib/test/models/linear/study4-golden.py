"""Writes study4-golden.json beside it: scikit-learn 1.9.1's linear models on the rows of study 4 (some 2 minutes).

HITLAB_DATA=folder python study4-golden.py

Files in the order 00, 10, 60, 70, 80, 90, train_test_split(random_state=12). "independent": seven columns divided by
their maximum over all rows, loudness + 50 before. The multinomial target is the file's number, 0 to 5.
"""

import json
import os
import pathlib

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC, LinearSVC

folder = pathlib.Path(os.environ["HITLAB_DATA"])
frames = [pd.read_csv(folder / f"dataset-of-{d}s.csv") for d in ("00", "10", "60", "70", "80", "90")]
df = pd.concat([frame.assign(decade=d) for d, frame in enumerate(frames)], ignore_index=True)
X = df.drop(columns=["track", "artist", "uri", "target", "decade"]).astype(float)
y, decade = df.target.to_numpy(), df.decade.to_numpy()
train, test = train_test_split(np.arange(len(y)), random_state=12)


def independent():
    Z = X.copy()
    Z["loudness"] += 50
    divided = ["loudness", "duration_ms", "key", "tempo", "time_signature", "chorus_hit", "sections"]
    return Z.assign(**{c: Z[c] / Z[c].max() for c in divided}).to_numpy()


scaled = {
    "standard": StandardScaler().fit(X.iloc[train]).transform(X),
    "minmax": MinMaxScaler().fit(X.iloc[train]).transform(X),
    "independent": independent(),
}


def fitted(model, Z, target=y):
    model.fit(Z[train], target[train])
    scores = {"train": model.score(Z[train], target[train]), "test": model.score(Z[test], target[test])}
    if len(model.coef_) > 1:
        return {"coefficients": model.coef_.ravel().tolist(), "intercepts": model.intercept_.tolist(), **scores}
    return {"parameters": [*model.coef_[0].tolist(), model.intercept_[0]], **scores}


golden = {}
for name, Z in scaled.items():
    exact = SVC(kernel="linear")
    golden[name] = {
        "logistic": fitted(LogisticRegression(solver="newton-cholesky", tol=1e-12), Z),
        "lbfgs": fitted(LogisticRegression(), Z),
        "squaredHinge": fitted(LinearSVC(dual=False, tol=1e-12, max_iter=1_000_000), Z),
        "exactHinge": fitted(exact, Z),
        "multinomial": fitted(LogisticRegression(solver="newton-cholesky", tol=1e-12), Z, decade),
    }
    w = exact.coef_[0]
    short = 1 - (2 * y[train] - 1) * exact.decision_function(Z[train])
    golden[name]["exactHinge"].update(
        objective=w @ w / 2 + np.maximum(0, short).sum(),
        dual=np.abs(exact.dual_coef_).sum() - w @ w / 2,
        nSupport=int(exact.n_support_.sum()),
    )
pathlib.Path(__file__).with_name("study4-golden.json").write_text(json.dumps(golden, indent=1) + "\n")
