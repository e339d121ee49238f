"""The studies' files: the real ones, or invented ones of the same names and layouts (see ../ours/files.ts)."""
import json
import os


def path_of(folder, name):
    """Path of the file that data/registry.json calls so."""
    with open(os.path.join(folder, "files.json"), encoding="utf-8") as file:
        return json.load(file)[name]
