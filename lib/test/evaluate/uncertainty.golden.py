"""Writes uncertainty.golden.json beside it: what scipy 1.17.1, pandas and numpy 2.4 say of these numbers.

Run it in a virtual environment with these three, then biome over the JSON; the tests only read that.
"""

import itertools
import json
import pathlib

import numpy as np
import pandas as pd
from scipy import stats
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

rng = np.random.default_rng(11)
golden = {}

# Correlations, with ties and a long tail.
common = rng.normal(size=40)
columns = {
    "a": np.round(common + rng.normal(size=40), 2),
    "b": np.round(np.exp(2 * common + rng.normal(size=40)), 1),
    "c": rng.integers(0, 4, 40).astype(float),
    "d": np.round(-common + 0.3 * rng.normal(size=40), 3),
    "e": rng.integers(0, 2, 40).astype(float),
    "f": np.round(rng.normal(size=40), 2),
    "g": np.round(1e4 + 1e3 * rng.normal(size=40)),
}
columns["h"] = np.round(columns["f"] + 0.5 * rng.normal(size=40), 2)
frame = pd.DataFrame(columns)
gaps = frame.mask(rng.random(frame.shape) < 0.15)


def limits(x, y, method, level):
    if method == "pearson":
        found = stats.pearsonr(x, y)
        interval = found.confidence_interval(level)
        return [found.statistic, interval.low, interval.high]
    # scipy has no interval of Spearman's; Bonett & Wright (2000) in plain numpy.
    r = stats.spearmanr(x, y).statistic
    half = stats.norm.ppf(0.5 + level / 2) * np.sqrt((1 + r * r / 2) / (len(x) - 3))
    return [r, np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half)]


golden["columns"] = {name: list(values) for name, values in columns.items()}
golden["gaps"] = {name: [None if np.isnan(v) else v for v in gaps[name]] for name in gaps}
golden["correlation"] = [
    [x, y, method, level, *limits(columns[x], columns[y], method, level)]
    for x, y in [("a", "b"), ("a", "d"), ("c", "e"), ("f", "g")]
    for method in ("pearson", "spearman")
    for level in (0.8, 0.95)
]
golden["correlations"] = {method: gaps.corr(method).to_numpy().tolist() for method in ("pearson", "spearman")}
golden["order"] = [
    [points.tolist(), hierarchy.leaves_list(hierarchy.linkage(squareform(points), "average")).tolist()]
    for points in (
        squareform(np.round(rng.random(n * (n - 1) // 2), 6)) for n in (2, 3, 5, 9, 20, 33)
    )
]
distances = 1 - np.abs(frame.corr().to_numpy())
leaves = hierarchy.leaves_list(hierarchy.linkage(squareform(distances, checks=False), "average"))
golden["clustered"] = [list(columns)[i] for i in leaves]

# Split conformal and CV+ as their papers write them.
y, predicted, scale = rng.normal(size=57), rng.normal(size=57) / 2, rng.uniform(0.5, 2, 57)
fresh, fresh_scale = rng.normal(size=4), rng.uniform(0.5, 2, 4)


def half_width(scores, level):
    place = int(np.ceil((len(scores) + 1) * level))
    return np.sort(scores)[place - 1]


plain = half_width(np.abs(y - predicted), 0.9)
normalised = half_width(np.abs(y - predicted) / scale, 0.8)
golden["split"] = {
    "y": y.tolist(),
    "predicted": predicted.tolist(),
    "scale": scale.tolist(),
    "fresh": fresh.tolist(),
    "freshScale": fresh_scale.tolist(),
    "plain": [(fresh - plain).tolist(), (fresh + plain).tolist()],
    "normalised": [(fresh - normalised * fresh_scale).tolist(), (fresh + normalised * fresh_scale).tolist()],
}
fold = rng.integers(0, 4, 57)
by_fold = fresh + rng.normal(size=(4, 4)) / 5
residuals = np.abs(y - predicted)
lows = np.sort(by_fold[fold] - residuals[:, None], axis=0)
highs = np.sort(by_fold[fold] + residuals[:, None], axis=0)
golden["cross"] = {
    "fold": fold.tolist(),
    "byFold": by_fold.tolist(),
    "low": lows[int(np.floor(0.1 * 58)) - 1].tolist(),
    "high": highs[int(np.ceil(0.9 * 58)) - 1].tolist(),
}

# A full grid: differences by pandas, shares by the definition of Hutter, Hoos & Leyton-Brown.
grid = {"rate": [0.001, 0.01], "units": [32, 64, 128], "optimizer": ["sgd", "adam"]}
fits = []
for rate, units, optimizer in itertools.product(*grid.values()):
    for split, seed in itertools.product(range(3), (1, 2)):
        score = 30 * rate + (units == 64) * 0.2 + (optimizer == "adam") * 10 * rate + 0.1 * split
        fits.append([rate, units, optimizer, split, seed, round(score + 0.1 * rng.normal(), 4)])
table = pd.DataFrame(fits, columns=["rate", "units", "optimizer", "fold", "seed", "score"])
effects = {}
f = table.groupby(list(grid))["score"].mean()
for name, values in grid.items():
    wide = table.pivot_table(index=["fold", "seed"], columns=name, values="score")
    by_fold_only = table.pivot_table(index="fold", columns=name, values="score")
    own = f.groupby(name).mean()
    differences = []
    for a, b in itertools.combinations(values, 2):
        row = [a, b]
        for each in (wide, by_fold_only):
            d = each[b] - each[a]
            half = stats.t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
            row += [d.mean(), d.mean() - half, d.mean() + half]
        differences.append(row)
    effects[name] = {
        "means": [table[table[name] == value]["score"].mean() for value in values],
        "differences": differences,
        "share": own.var(ddof=0) / f.var(ddof=0),
    }
golden["fits"] = fits
golden["effects"] = effects

# Three models on five splits with four seeds each, scores in steps so that some are equal.
split = np.repeat(np.arange(5), 4)
base = rng.normal(size=5)[split]
scores = {m: np.round(base + k / 4 + rng.normal(size=20) / 2, 1) for k, m in enumerate(["vanilla", "L1", "L2"])}
signs = {}
for a, b in itertools.combinations(scores, 2):
    d = pd.Series(scores[a] - scores[b]).round(9)
    by_split = d.groupby(split).mean()
    row = []
    for values in (d, by_split):
        wins, losses, n = int((values > 1e-12).sum()), int((values < -1e-12).sum()), len(values)
        # Nadeau & Bengio's corrected variance, for test parts a quarter as large as train parts.
        half = stats.t.ppf(0.975, n - 1) * np.sqrt((1 / n + 0.25) * values.var(ddof=1))
        p = stats.binomtest(wins, wins + losses).pvalue
        row.append([wins, losses, values.mean(), values.mean() - half, values.mean() + half, p])
    signs[f"{a} less {b}"] = row
ranks = pd.DataFrame(scores).rank(axis=1, ascending=False).mean()
golden["wins"] = {
    "split": split.tolist(),
    "scores": {m: v.tolist() for m, v in scores.items()},
    "pairs": signs,
    "meanRanks": ranks.to_dict(),
}

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
