"""Fits the parameters of the invented hit predictor data (data/stand-ins/hits.json) to the six real files.

    python data/stand-ins/fit_hits.py FOLDER_WITH_THE_REAL_FILES
    npx biome format --write data/stand-ins/hits.json

Needs numpy, scipy, pandas and scikit-learn 1.9. How the parameters are used is said in
lib/src/data/stand-in-hits.ts. Per decade and class, on the normal scores of the 15 features (ties in random order):
a mixture of four normal distributions, quantiles or shares of every feature, how many songs the artists have, and how
much songs of one artist are alike.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm
from sklearn.mixture import GaussianMixture

DECADES = ["60s", "70s", "80s", "90s", "00s", "10s"]
FEATURES = [
    *["danceability", "energy", "key", "loudness", "mode", "speechiness", "acousticness", "instrumentalness"],
    *["liveness", "valence", "tempo", "duration_ms", "time_signature", "chorus_hit", "sections"],
]
DISCRETE = ["key", "mode", "time_signature"]
CLUSTERS = 4
# Denser towards the tails, where a straight line between two quantiles would invent long songs.
LEVELS = np.round(np.concatenate([[0.0], norm.cdf(np.linspace(-3.1, 3.1, 62)), [1.0]]), 6)


def rounded(values, digits):
    return [float(f"{value:.{digits}g}") for value in np.asarray(values, float).ravel()]


def decimals(values, places):
    return [round(float(value), places) + 0.0 for value in np.asarray(values, float).ravel()]


def normal_scores(x, rng):
    scores = np.empty(x.shape)
    for j in range(x.shape[1]):
        order = np.lexsort((rng.random(len(x)), x[:, j]))
        ranks = np.empty(len(x))
        ranks[order] = np.arange(len(x))
        scores[:, j] = norm.ppf((ranks + 0.5) / len(x))
    return scores


def marginal(values, name):
    if name in DISCRETE:
        found, counts = np.unique(values, return_counts=True)
        return {"values": [int(v) for v in found], "shares": decimals(counts / len(values), 6)}
    positive = values[values != 0]
    quantiles = rounded(np.quantile(positive, LEVELS), 5)
    return {"zeros": round(1 - len(positive) / len(values), 6), "quantiles": quantiles}


def alike(scores, mixture, artists):
    """Share of an artist's songs that stay in the artist's cluster, and what they share within it.

    Two songs of one artist fall into one cluster with probability s^2 + (1 - s^2) * chance, and the product of their
    whitened places within it has the mean `common`. Every artist counts alike, whatever the number of pairs.
    """
    cluster = mixture.predict(scores)
    lower = [np.linalg.cholesky(c) for c in mixture.covariances_]
    white = np.stack([np.linalg.solve(lower[k], z - mixture.means_[k]) for k, z in zip(cluster, scores)])
    same, product = [], []
    for rows in pd.Series(np.arange(len(scores))).groupby(artists).agg(list):
        pairs = [(i, j) for n, i in enumerate(rows) for j in rows[:n]]
        if not pairs:
            continue
        together = [(i, j) for i, j in pairs if cluster[i] == cluster[j]]
        same.append(len(together) / len(pairs))
        if together:
            product.append(np.mean([white[i] @ white[j] / white.shape[1] for i, j in together]))
    chance = np.sum(np.bincount(cluster, minlength=CLUSTERS) ** 2.0) / len(cluster) ** 2
    stay = np.sqrt(max(0.0, (np.mean(same) - chance) / (1 - chance)))
    return round(float(stay), 3), round(float(max(0.0, np.mean(product))), 3)


def group(frame, rng):
    x = frame[FEATURES].to_numpy(float)
    scores = normal_scores(x, rng)
    mixture = GaussianMixture(CLUSTERS, reg_covar=1e-3, n_init=3, random_state=0).fit(scores)
    artists = frame.artist.to_numpy()
    stay, common = alike(scores, mixture, artists)
    songs = np.bincount(frame.groupby("artist").size())
    below = np.tril_indices(len(FEATURES))
    return {
        "songs": len(frame),
        "artistsBySongs": songs.tolist(),
        "stay": stay,
        "common": common,
        "marginals": {name: marginal(x[:, j], name) for j, name in enumerate(FEATURES)},
        "clusters": [
            {
                "weight": round(float(mixture.weights_[k]), 6),
                "mean": decimals(mixture.means_[k], 3),
                "lower": decimals(np.linalg.cholesky(mixture.covariances_[k])[below], 3),
            }
            for k in range(CLUSTERS)
        ],
    }


def repeats(frame, before):
    """Rows whose uri came before: in the decade, with the same or the other label, and in the decade before it."""
    again = frame[frame.uri.duplicated()]
    other = int((frame.groupby("uri").target.nunique() > 1).sum())
    first = frame.drop_duplicates("uri").set_index("uri").target
    earlier = before.drop_duplicates("uri").set_index("uri").target if before is not None else first.iloc[:0]
    shared = first.index.intersection(earlier.index)
    changed = int((first[shared] != earlier[shared]).sum())
    return {
        "sameClass": len(again) - other,
        "otherClass": other,
        "fromBefore": len(shared) - changed,
        "fromBeforeOtherClass": changed,
    }


def main(folder):
    model = {
        "about": "Parameters of the invented hit predictor data (lib/src/data/stand-in-hits.ts), made from the real "
        "files by data/stand-ins/fit_hits.py. Means and lower triangles (row by row) are on the scale of normal scores.",
        "levels": [float(level) for level in LEVELS],
        "decades": {},
    }
    before = None
    for number, decade in enumerate(DECADES):
        frame = pd.read_csv(Path(folder) / f"dataset-of-{decade}.csv", keep_default_na=False)
        rng = np.random.default_rng(number)
        flops, hits = (group(frame[frame.target == label], rng) for label in (0, 1))
        model["decades"][decade] = {"repeats": repeats(frame, before), "flops": flops, "hits": hits}
        before = frame
    target = Path(__file__).parent / "hits.json"
    target.write_text(json.dumps(model) + "\n")
    for decade, parts in model["decades"].items():
        print(decade, parts["repeats"], *((parts[c]["stay"], parts[c]["common"]) for c in ("flops", "hits")))
    print(target.stat().st_size, "bytes")


main(sys.argv[1])
