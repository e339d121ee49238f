"""Two studies from their file to their test figures, by pandas, scikit-learn and Keras, as the studies do them."""
import time

import keras
import numpy as np
import pandas as pd
from files import path_of
from keras import layers as L
from network import BY
from sklearn.metrics import accuracy_score, brier_score_loss, f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, scale


def study_two(folder, seed, most_epochs, progress):
    """Scaled before the split, 80/10/10, two hidden layers of 64 and 32 units, 20 epochs."""
    df = pd.read_csv(path_of(folder, "hits-90s"))
    y = df.target.to_numpy()
    x = scale(df.drop(columns=["track", "artist", "uri", "target"]).to_numpy(float))
    train, rest = train_test_split(np.arange(len(y)), test_size=0.2, random_state=42)
    # Of the rest the second half is the test: ../ours/study.ts takes the same.
    validation, test = train_test_split(rest, test_size=0.5, random_state=42)
    keras.utils.set_random_seed(seed)
    hidden = [L.Dense(units, activation="relu") for units in (64, 32)]
    model = keras.Sequential([L.Input((x.shape[1],)), *hidden, L.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    held = (x[validation], y[validation])
    model.fit(x[train], y[train], validation_data=held, epochs=min(20, most_epochs), batch_size=32, verbose=0)
    p = model.predict(x[test], verbose=0).ravel()
    return [scores(y[test], p)["accuracy"]], None


def study_five(folder, seed, most_epochs, progress):
    """Track Score among the inputs, filled and scaled before the split; three networks, one after the other."""
    df = pd.read_csv(path_of(folder, "spotify-2024"), encoding="latin-1", thousands=",")
    out = ["Track", "Album Name", "Artist", "Release Date", "ISRC", "All Time Rank", "TIDAL Popularity"]
    raw = df.drop(columns=out).astype(float)
    y = (df["Track Score"] > df["Track Score"].median()).astype(int).to_numpy()
    x = MinMaxScaler().fit_transform(raw.fillna(raw.mean()))
    train, test = train_test_split(np.arange(len(y)), test_size=0.2, random_state=42)
    accuracies, epochs = [], []
    for kind in ("vanilla", "l1", "l2"):
        keras.utils.clear_session()
        keras.utils.set_random_seed(seed)
        model = network_of(kind, x.shape[1])
        most, batch = (60, 32) if kind == "vanilla" else (100, 64)
        stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=10, restore_best_weights=True)
        history = model.fit(
            x[train],
            y[train],
            validation_split=0.2,
            epochs=min(most, most_epochs),
            batch_size=batch,
            callbacks=[] if kind == "vanilla" else [stop],
            verbose=0,
        ).history
        accuracies.append(scores(y[test], model.predict(x[test], verbose=0).ravel())["accuracy"])
        epochs.append(len(history["loss"]))
        progress(f"{kind}: {epochs[-1]} epochs")
    return accuracies, f"Keras {', '.join(map(str, epochs))} epochs"


PENALTIES = {"vanilla": None, "l1": keras.regularizers.L1(0.0001), "l2": keras.regularizers.L2(0.0001)}
DROPOUT = {"vanilla": (0, 0, 0), "l1": (0.5, 0.2, 0.2), "l2": (0.3, 0.2, 0.2)}


def network_of(kind, columns):
    """The study's 128-64-32-16, whose first layer has neither penalty nor dropout."""
    model = keras.Sequential([L.Input((columns,)), L.Dense(128, activation="relu")])
    for units, rate in zip((64, 32, 16), DROPOUT[kind]):
        model.add(L.Dense(units, activation="relu", kernel_regularizer=PENALTIES[kind]))
        if rate:
            model.add(L.Dropout(rate))
    model.add(L.Dense(1, activation="sigmoid"))
    optimizer = keras.optimizers.Adam if kind == "l1" else keras.optimizers.RMSprop
    model.compile(optimizer(0.001), "binary_crossentropy", metrics=["accuracy"])
    return model


def scores(y, p):
    """What the studies tell of their test songs."""
    told = p > 0.5
    return {
        "accuracy": float(accuracy_score(y, told)),
        "precision": precision_score(y, told, zero_division=0),
        "recall": recall_score(y, told),
        "f1": f1_score(y, told),
        "auc": roc_auc_score(y, p),
        "brier": brier_score_loss(y, p),
    }


def study_work(settings, folder, progress):
    study = {2: study_two, 5: study_five}[settings["study"]]

    def work(round):
        start = time.perf_counter()
        accuracies, note = study(folder, round, 2 if round == 0 else 100, progress)
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "quality": float(np.mean(accuracies)), "by": BY, **({"note": note} if note else {})}

    return work
