"""Fits the parameters of the invented Spotify tables (spotify-2023.json, spotify-2024.json) to the two real files.

    python data/stand-ins/fit_spotify.py FOLDER_WITH_THE_REAL_FILES
    npx biome format --write data/stand-ins/spotify-2023.json data/stand-ins/spotify-2024.json

Needs numpy, scipy, pandas and scikit-learn 1.9. How the parameters are used is said in
lib/src/data/stand-in-table.ts. Every column has a place on the scale of normal scores, and so has "is missing" of the
columns that have empty cells; a mixture of normal distributions is fitted to these places. Where a value is tied (a count
of zero, a cell that is missing) or absent its place is not known but drawn from the distribution that the other places
of the row imply (Gibbs sampling; Hoff, "Extending the rank likelihood for semiparametric copula estimation", Annals of
Applied Statistics 1(1), 2007).
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm
from sklearn.mixture import GaussianMixture

COUNTS_2023 = [
    *["artist_count", "in_spotify_playlists", "in_spotify_charts", "streams", "in_apple_playlists"],
    *["in_apple_charts", "in_deezer_playlists", "in_deezer_charts", "in_shazam_charts", "bpm", "danceability_%"],
    *["valence_%", "energy_%", "acousticness_%", "instrumentalness_%", "liveness_%", "speechiness_%"],
]
KEYS = ["", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
NEW_YEAR_UNTIL = [2009, 2014, 2017, 9999]
# Denser towards the tails, where a straight line between two quantiles would invent large counts.
LEVELS = np.round(np.concatenate([[0.0], norm.cdf(np.linspace(-3.1, 3.1, 62)), [1.0]]), 6)


def numbers(column):
    return pd.to_numeric(column.str.replace(",", ""), errors="coerce")


def days(dates):
    return (dates - pd.Timestamp("1970-01-01")).dt.days


def table_2023(file):
    """Columns of numbers, release dates, who is named first; the row with the corrupt cell is left out."""
    cells = pd.read_csv(file, encoding="latin-1", keep_default_na=False, dtype=str)
    cells = cells[cells.streams.str.isdigit()]
    frame = pd.DataFrame({name: numbers(cells[name]) for name in COUNTS_2023})
    frame["key"] = cells.key.map(KEYS.index)
    frame["major"] = (cells["mode"] == "Major").astype(int)
    frame["line"] = np.arange(len(cells))
    parts = {part: cells[f"released_{part}"].astype(int) for part in ("year", "month", "day")}
    dates = pd.to_datetime(pd.DataFrame(parts))
    frame["released"] = days(dates)
    return frame, dates, cells["artist(s)_name"].str.split(",").str[0].to_numpy()


def table_2024(file):
    cells = pd.read_csv(file, encoding="latin-1", keep_default_na=False, dtype=str)
    names = [name for name in cells.columns[6:] if name != "TIDAL Popularity"]
    frame = pd.DataFrame({name: numbers(cells[name]) for name in names})
    dates = pd.to_datetime(cells["Release Date"], format="%m/%d/%Y")
    frame["released"] = days(dates)
    return frame, dates, cells.Artist.to_numpy()


def bounds(column):
    """Between which normal scores each value lies: its share among the cells that are there, ties as an interval."""
    there = column.notna().to_numpy()
    values = column[there].to_numpy()
    ascending = np.sort(values)
    low, high = np.full(len(column), -np.inf), np.full(len(column), np.inf)
    low[there] = norm.ppf(np.searchsorted(ascending, values, "left") / len(values))
    high[there] = norm.ppf(np.searchsorted(ascending, values, "right") / len(values))
    return low, high


def between(mean, spread, low, high, draw):
    """Draws from a normal distribution cut off at low and high."""
    below, above = norm.cdf((low - mean) / spread), norm.cdf((high - mean) / spread)
    share = np.clip(below + (above - below) * draw, 1e-9, 1 - 1e-9)
    return np.clip(np.clip(mean + spread * norm.ppf(share), low, high), -5, 5)


def sweep(places, rows, limits, mean, precision, rng):
    """Draws every column's places given all others'."""
    for j, (low, high) in enumerate(limits):
        away = places[rows] - mean
        others = away @ precision[j] - away[:, j] * precision[j, j]
        draw = rng.random(len(rows))
        centre = mean[j] - others / precision[j, j]
        places[rows, j] = between(centre, precision[j, j] ** -0.5, low[rows], high[rows], draw)


def empty_by(frame):
    """Of every column with empty cells the first one whose cells are empty in (nearly) the same rows."""
    columns = frame.columns[frame.isna().any()]
    together = frame[columns].isna().corr()
    return {name: columns[np.argmax(together[name] > 0.95)] for name in columns}


def fitted(frame, halves, clusters, ridge, rng):
    """Places, and the clusters (weight, mean, covariance, its rows) of mixtures fitted to either half of the rows.

    Halves of the column that is to be told from the others: one mixture of all would spend itself on what varies most.
    """
    missing = sorted(set(empty_by(frame).values()), key=frame.columns.get_loc)
    everything = pd.concat([frame, frame[missing].isna().astype(int).add_suffix(" missing")], axis=1)
    limits = [bounds(everything[name]) for name in everything]
    # "Is missing" starts with one draw per row for all columns: cells that miss together would else take long to meet.
    shared = rng.random(len(frame))
    starts = [shared if name.endswith(" missing") else rng.random(len(frame)) for name in everything]
    places = np.stack([between(0, 1, low, high, start) for (low, high), start in zip(limits, starts)], axis=1)
    for _ in range(30):
        covariance = np.cov(places.T) + ridge * np.eye(len(limits))
        sweep(places, np.arange(len(frame)), limits, places.mean(0), np.linalg.inv(covariance), rng)
    upper = (frame[halves] > frame[halves].median()).to_numpy()
    found = []
    for half in (upper, ~upper):
        rows = np.flatnonzero(half)
        mixture = half_fitted(places, rows, limits, clusters, ridge, rng)
        cluster = mixture.predict(places[rows])
        for k in range(clusters):
            weight = mixture.weights_[k] * len(rows) / len(frame)
            found.append((weight, mixture.means_[k], mixture.covariances_[k], rows[cluster == k]))
    return places, found


def half_fitted(places, rows, limits, clusters, ridge, rng):
    def mixture_of(**options):
        return GaussianMixture(clusters, reg_covar=ridge, random_state=0, max_iter=200, **options).fit(places[rows])

    mixture = mixture_of(n_init=2)
    for _ in range(3):
        for _ in range(4):
            chances = mixture.predict_proba(places[rows]).cumsum(1)
            cluster = (chances > rng.random(len(rows))[:, None]).argmax(1)
            for k in range(clusters):
                sweep(places, rows[cluster == k], limits, mixture.means_[k], mixture.precisions_[k], rng)
        mixture = mixture_of(
            weights_init=mixture.weights_, means_init=mixture.means_, precisions_init=mixture.precisions_
        )
    return mixture


def alike(places, clusters, artists):
    """Share of an artist's songs that stay in the artist's cluster, and what they share in it (as in fit_hits.py)."""
    cluster, white = np.empty(len(places), int), np.empty(places.shape)
    for k, (_, mean, covariance, rows) in enumerate(clusters):
        cluster[rows] = k
        white[rows] = np.linalg.solve(np.linalg.cholesky(covariance), (places[rows] - mean).T).T
    same, product = [], []
    for rows in pd.Series(np.arange(len(places))).groupby(artists).agg(list):
        pairs = [(i, j) for n, i in enumerate(rows) for j in rows[:n]]
        if not pairs:
            continue
        together = [(i, j) for i, j in pairs if cluster[i] == cluster[j]]
        same.append(len(together) / len(pairs))
        if together:
            product.append(np.mean([white[i] @ white[j] / white.shape[1] for i, j in together]))
    chance = sum((len(rows) / len(places)) ** 2 for *_, rows in clusters)
    stay = np.sqrt(max(0.0, (np.mean(same) - chance) / (1 - chance)))
    return round(float(stay), 3), round(float(max(0.0, np.mean(product))), 3)


def hundredths(values):
    return [int(value) for value in np.round(100 * np.asarray(values)).ravel()]


def marginal(column):
    values = column.dropna().to_numpy(float)
    found, counts = np.unique(values, return_counts=True)
    if len(found) < 15:
        return {"values": [int(v) for v in found], "shares": [round(float(n / len(values)), 6) for n in counts]}
    positive = values[values != 0]
    quantiles = [float(f"{q:.5g}") for q in np.quantile(positive, LEVELS)]
    quantiles = [int(q) if q == int(q) else q for q in quantiles]
    return {"zeros": round(1 - len(positive) / len(values), 6), "quantiles": quantiles}


def release_days(dates):
    """How often releases are on 1 January, up to a year (inclusive), and on which weekday (from Sunday) the others."""
    first = (dates.dt.month == 1) & (dates.dt.day == 1)
    period = np.searchsorted(NEW_YEAR_UNTIL, dates.dt.year)
    weekday = (dates[~first].dt.day_of_week + 1) % 7
    shares = [round(float(first[period == p].mean()), 4) for p in range(len(NEW_YEAR_UNTIL))]
    return {
        "newYear": [{"until": until, "share": share} for until, share in zip(NEW_YEAR_UNTIL, shares)],
        "weekdays": [round(float((weekday == day).mean()), 4) for day in range(7)],
        "last": int(days(dates).max()),
    }


def model(table, rows, halves, clusters, ridge):
    frame, dates, artists = table
    places, found = fitted(frame, halves, clusters, ridge, np.random.default_rng(0))
    stay, common = alike(places, found, artists)
    below = np.tril_indices(places.shape[1])
    by = empty_by(frame)
    flags = sorted(set(by.values()), key=frame.columns.get_loc)

    def empty(name):
        if name not in by:
            return {}
        return {"empty": {"cells": int(frame[name].isna().sum()), "dimension": frame.shape[1] + flags.index(by[name])}}

    songs = np.bincount(pd.Series(artists).value_counts())
    songs[1] += rows - len(frame)
    return {
        "rows": rows,
        "artistsBySongs": songs.tolist(),
        "stay": stay,
        "common": common,
        "releases": release_days(dates),
        "levels": [float(level) for level in LEVELS],
        "columns": [
            {"name": name, **empty(name), "marginal": marginal(frame[name])} for name in frame
        ],
        "clusters": [
            {"weight": round(float(w), 6), "mean": hundredths(m), "lower": hundredths(np.linalg.cholesky(c)[below])}
            for w, m, c, _ in found
        ],
    }


def write(name, parameters):
    about = (
        f"Parameters of the invented {name} table (lib/src/data/stand-in-table.ts), made from the real file by "
        "data/stand-ins/fit_spotify.py. Means and lower triangles (row by row) are hundredths on the scale of normal "
        "scores: the columns in their order, then which cells are empty (a column's `empty` names its dimension)."
    )
    target = Path(__file__).parent / f"{name}.json"
    target.write_text(json.dumps({"about": about, **parameters}, separators=(",", ":")) + "\n")
    print(target.name, target.stat().st_size, "bytes, stay", parameters["stay"], "common", parameters["common"])


def main(folder):
    write("spotify-2023", model(table_2023(Path(folder) / "spotify-2023.csv"), 953, "streams", 2, 1e-2))
    file = Path(folder) / "most-streamed-spotify-songs-2024.csv"
    write("spotify-2024", model(table_2024(file), 4600, "Track Score", 6, 1e-3))


main(sys.argv[1])
