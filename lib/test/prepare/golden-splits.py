"""Writes golden-splits.json beside it: rows of scikit-learn 1.9.1's train_test_split with NumPy 2.4.6's RandomState.

Of each split the SHA-256 of the row numbers as little-endian 32-bit integers, train then test, and the first of each.
Labels of the stratified ones: (i * i + i // 7) % classes.
"""

import hashlib
import json
import pathlib

import numpy as np
from sklearn.model_selection import train_test_split

SEEDS = [0, 10, 12, 42, 2**32 - 1]


def case(seed, n, test_size, classes):
    i = np.arange(n)
    y = (i * i + i // 7) % classes if classes else None
    train, test = train_test_split(i, test_size=test_size, random_state=seed, stratify=y)
    digest = hashlib.sha256(np.concatenate([train, test]).astype("<i4").tobytes()).hexdigest()
    return {
        "seed": seed, "n": n, "testSize": test_size, "classes": classes,
        "train": train[:5].tolist(), "test": test[:5].tolist(), "sizes": [len(train), len(test)], "sha256": digest,
    }


cases = [case(seed, n, 0.25, None) for seed in SEEDS for n in (5, 100, 5520, 12270, 41106)]
cases += [case(seed, n, 0.25, k) for seed in SEEDS for n, k in ((40, 3), (100, 2), (5520, 2), (12270, 6), (41106, 2))]
# Uneven shares and ties between the remainders of the classes, which chance breaks.
cases += [case(seed, n, size, k) for seed in SEEDS for n, size, k in ((70, 0.2, 7), (33, 0.33, 4), (101, 0.1, None))]
lines = ",\n".join(json.dumps(c) for c in cases)
pathlib.Path(__file__).with_name("golden-splits.json").write_text(f"[\n{lines}\n]\n")
