"""Writes calibrators.golden.json beside it: Platt and isotonic maps by scikit-learn 1.9.1, numpy 2.4.6.

Run it in a virtual environment with these two; the tests only read the JSON. "sklearn" holds a and b as
scikit-learn's L-BFGS leaves them, "exact" the same after Newton steps in long double on the same objective.
"""

import json
import pathlib

import numpy as np
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(7)


def polished(f, y, a, b):
    f, y = np.asarray(f, dtype=np.longdouble), np.asarray(y)
    n1, n0 = (y == 1).sum(), (y == 0).sum()
    t = np.where(y == 1, (n1 + np.longdouble(1)) / (n1 + 2), np.longdouble(1) / (n0 + 2))
    a, b = np.longdouble(a), np.longdouble(b)
    for _ in range(20):
        p = 1 / (1 + np.exp(a * f + b))
        g = np.array([(f * (t - p)).sum(), (t - p).sum()])
        w = p * (1 - p)
        aa, ab, bb = (f * f * w).sum(), (f * w).sum(), w.sum()
        det = aa * bb - ab * ab
        a, b = a - (bb * g[0] - ab * g[1]) / det, b - (aa * g[1] - ab * g[0]) / det
    return float(a), float(b)


def case(values, labels):
    f, y = np.asarray(values, dtype=float), np.asarray(labels, dtype=float)
    a, b = map(float, _sigmoid_calibration(f, y))
    exact = polished(f, y, a, b)
    scale = np.abs(f).max()
    where = np.concatenate([np.linspace(-1.2, 1.2, 41) * scale, f[:10]])
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(f, y)
    return {
        "values": f.tolist(),
        "labels": y.tolist(),
        "sklearn": [a, b],
        "exact": exact,
        "where": where.tolist(),
        "isotonic": isotonic.predict(where).tolist(),
        "knots": [isotonic.X_thresholds_.tolist(), isotonic.y_thresholds_.tolist()],
    }


def drawn(rows, slope, decimals=16, scale=1.0):
    d = np.round(rng.normal(size=rows) * scale, decimals)
    return case(d, (rng.uniform(size=rows) < 1 / (1 + np.exp(-slope * d / scale + 0.5))).astype(int))


probabilities = np.round(rng.uniform(size=250), 2)
cases = {
    "normal decisions": drawn(200, 2.0),
    "many ties": drawn(300, 1.0, 1),
    "large decisions": drawn(150, 1.5, 16, 5000.0),
    "small decisions": drawn(150, 1.5, 16, 1e-4),
    "no relation": drawn(100, 0.0),
    "a model the wrong way round": drawn(100, -2.0),
    "separable": case([-2, -1.5, -1, 1, 1.2, 3], [0, 0, 0, 1, 1, 1]),
    "rare class": case(np.linspace(-3, 1, 120), [1 if i in (70, 100, 119) else 0 for i in range(120)]),
    "two rows": case([0.2, 0.8], [0, 1]),
    "probabilities": case(probabilities, (rng.uniform(size=250) < probabilities**2).astype(int)),
    "nearly equal values": case([0.5, 0.5 + 4e-16, 0.5 + 2e-15, 0.7, 0.7], [1, 0, 0, 1, 0]),
}
pathlib.Path(__file__).with_name("calibrators.golden.json").write_text(json.dumps(cases))
