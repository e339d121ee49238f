"""Study 4's network with ten seeds in Keras: what notebook 04 says of it beside our own ten.

python bench/peer/ten_seeds.py FOLDER_OF_THE_DECADE_FILES     (about twenty minutes on two cores; not part of npm run bench)

Keras 3.15.1 on TensorFlow 2.21, seeds 1 to 10, 2026-11-21:
all features    test .7682 .7711 .7697 .7767 .7752 .7708 .7749 .7738 .7727 .7682, mean .7721; train, mean .7879
without key     test .7772 .7691 .7708 .7754 .7780 .7782 .7776 .7697 .7742 .7730, mean .7743; train, mean .7878
and tempo
"""
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler

FILES = [f"dataset-of-{decade}s.csv" for decade in ("00", "10", "60", "70", "80", "90")]


def accuracies(songs, left_out, seed):
    """Training and test accuracy after 500 epochs in batches of 2,000, on the study's own rows (random_state 10)."""
    features = [c for c in songs.columns if c not in ("track", "artist", "uri", "target", *left_out)]
    x, y = songs[features].astype(float), songs.target.to_numpy()
    train, test = train_test_split(np.arange(len(y)), random_state=10)
    scaled = MinMaxScaler().fit(x.iloc[train]).transform(x)
    targets = keras.utils.to_categorical(y)
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    hidden = [keras.layers.Dense(units, activation="relu") for units in (14, 120, 80)]
    model = keras.Sequential([keras.layers.Input((len(features),)), *hidden, keras.layers.Dense(2, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.001), "categorical_crossentropy", metrics=["accuracy"])
    model.fit(scaled[train], targets[train], epochs=500, batch_size=2000, verbose=0)
    return [model.evaluate(scaled[rows], targets[rows], verbose=0)[1] for rows in (train, test)]


songs = pd.concat([pd.read_csv(os.path.join(sys.argv[1], file)) for file in FILES], ignore_index=True)
for left_out in ((), ("key", "tempo")):
    scores = np.array([accuracies(songs, left_out, seed) for seed in range(1, 11)])
    print(left_out or "all features", "train", scores[:, 0].round(4), "test", scores[:, 1].round(4), scores.mean(0).round(4))
