"""The peer's side of the bench: reads a task per line, does it, answers with a line (see ../protocol.ts)."""
import json
import os
import sys

from memory import forget_peak, peak_megabytes

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)  # whatever a library prints must not mix with the answers


def say(message):
    # NaN is no JSON: refused here, it becomes an error that is told; sent, it would never be heard.
    answers.write(json.dumps(message, allow_nan=False) + "\n")


def prepare(task):
    """What does the rounds of a work: a function of the number of the round."""
    settings, folder = task["settings"], task["folder"]
    if settings["kind"] == "matmul":
        from matmul import matmul_work
        return matmul_work(settings, folder)
    if settings["kind"] == "fit":
        from fit import fit_work
        return fit_work(settings, folder)
    if settings["kind"] == "classic":
        from classic import classic_work
        return classic_work(settings, folder)
    if settings["kind"] == "first-result":
        from first_result import first_result_work
        return first_result_work(settings, folder)
    if settings["kind"] == "windows":
        from windows import windows_work
        return windows_work(settings, folder)
    if settings["kind"] == "csv":
        from csv_files import csv_work
        return csv_work(settings, folder)

    def progress(text):
        say({"progress": text})

    if settings["kind"] == "ablation":
        from ablation import ablation_work
        return ablation_work(settings, folder, progress)
    if settings["kind"] == "study":
        from study import study_work
        return study_work(settings, folder, progress)
    if settings["kind"] == "ranking":
        from ranking import ranking_work
        return ranking_work(settings, folder, progress)
    from grid import grid_work
    return grid_work(settings, folder, progress)


current = (None, None)
for line in sys.stdin:
    task = json.loads(line)
    try:
        if current[0] != task["work"]:
            current = (task["work"], prepare(task))
        forget_peak()
        answer = current[1](task["round"])
        peak = peak_megabytes()
        say({"peakMb": peak, **answer} if peak else answer)
    except Exception as error:
        say({"error": f"{type(error).__name__}: {error}"})
