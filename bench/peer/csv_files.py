"""Reads the studies' files by pandas, and makes numbers of what is meant as numbers."""
import time

import pandas as pd
from files import path_of

BY = f"pandas {pd.__version__}"


def hit_predictor(folder):
    decades = ("00s", "10s", "60s", "70s", "80s", "90s")
    songs = [pd.read_csv(path_of(folder, f"hits-{decade}")).assign(decade=decade) for decade in decades]
    return pd.concat(songs, ignore_index=True)


def charts(folder):
    chart = pd.read_csv(path_of(folder, "charts"), parse_dates=["date"])
    return chart.rename(columns={"position": "rank", "url": "key"})


def spotify_2023(folder):
    songs = pd.read_csv(path_of(folder, "spotify-2023"), encoding="latin-1")
    songs["streams"] = pd.to_numeric(songs.streams, errors="coerce")
    songs = songs.dropna(subset=["streams"])
    for column in ("in_deezer_playlists", "in_shazam_charts"):
        songs[column] = pd.to_numeric(songs[column].astype(str).str.replace(",", ""), errors="coerce")
    return songs


def spotify_2024(folder):
    return pd.read_csv(path_of(folder, "spotify-2024"), encoding="latin-1", thousands=",")


# How each table is read, and the column whose mean shows that both sides read the same.
TABLES = {
    "hit-predictor": (hit_predictor, "danceability"),
    "charts": (charts, "streams"),
    "spotify-2023": (spotify_2023, "streams"),
    "spotify-2024": (spotify_2024, "Spotify Streams"),
}


def csv_work(settings, folder):
    tables = [TABLES[name] for name in settings["tables"]]

    def work(round):
        start = time.perf_counter()
        frames = [read(folder) for read, _ in tables]
        seconds = time.perf_counter() - start
        means = [float(frame[column].mean()) for frame, (_, column) in zip(frames, tables)]
        return {"seconds": seconds, "quality": sum(means), "by": BY}

    return work
