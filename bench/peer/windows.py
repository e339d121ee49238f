"""Cuts the daily chart into windows of 14 days with their labels: as the study does, and by numpy."""
import time

import numpy as np
import pandas as pd
from csv_files import charts
from numpy.lib.stride_tricks import sliding_window_view

LOOK, HORIZON, TOP = 14, 7, 50
BY = f"pandas {pd.__version__}"


def by_study_loop(chart, keys):
    """The study's own way, for some songs: filters the whole chart for the label of every window."""
    x, y = [], []
    for key in keys:
        song = chart[chart.key == key].sort_values("date")
        for i in range(len(song) - LOOK - HORIZON + 1):
            day = song.date.iloc[i + LOOK - 1]
            ahead = (chart.date > day) & (chart.date <= day + pd.Timedelta(days=HORIZON))
            ranks = chart[(chart.key == key) & ahead]["rank"]
            x.append(song.streams.iloc[i : i + LOOK].values)
            y.append(int(not ranks.empty and (ranks <= TOP).any()))
    return np.array(x), np.array(y)


def by_numpy(chart):
    """Song by song, without a loop over the windows of a song."""
    x, y = [], []
    for _, song in chart.sort_values("date").groupby("key", sort=False):
        count = windows_of(len(song))
        if count == 0:
            continue
        day = song.date.to_numpy().astype("datetime64[D]").astype(int)
        last = np.arange(LOOK - 1, LOOK - 1 + count)
        stop = np.searchsorted(day, day[last] + HORIZON, side="right")
        hits = np.concatenate(([0], np.cumsum(song["rank"].to_numpy() <= TOP)))
        x.append(sliding_window_view(song.streams.to_numpy(float), LOOK)[:count])
        y.append(hits[stop] > hits[last + 1])
    return np.concatenate(x), np.concatenate(y)


def windows_of(rows):
    return max(0, rows - LOOK - HORIZON + 1)


def windows_work(settings, folder):
    """Songs count in the order of their first row; a sample of them is scaled by the number of windows."""
    whole = charts(folder)
    songs = whole.key.unique()[: settings.get("songs")]
    chart = whole[whole.key.isin(songs)]
    sample = songs[: settings.get("peerSongs")]
    all_windows = sum(windows_of(rows) for rows in chart.key.value_counts())

    def cut(round):
        if settings["peerBy"] == "numpy":
            return by_numpy(chart)
        return by_study_loop(chart, sample[:1] if round == 0 else sample)

    def work(round):
        start = time.perf_counter()
        x, y = cut(round)
        seconds = time.perf_counter() - start
        share = {"done": len(x), "all": all_windows, "of": "windows"}
        return {"seconds": seconds, "quality": float(y.mean()), "share": share, "size": all_windows, "by": BY}

    return work
