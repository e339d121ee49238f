"""Runs a program of its own, as a reader would start it, from its start to its end."""
import os
import subprocess
import sys
import time
from importlib.metadata import version

from files import path_of

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "first_program.py")
BY = f"keras {version('keras')}"


def first_result_work(settings, folder):
    command = [sys.executable, "-W", "ignore", PROGRAM, path_of(folder, "hits-90s")]

    def work(round):
        start = time.perf_counter()
        ended = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        seconds = time.perf_counter() - start
        note = f"Python {sys.version.split()[0]}"
        # The memory of this process tells nothing of that one.
        return {"seconds": seconds, "quality": float(ended.stdout.split()[-1]), "peakMb": 0, "by": BY, "note": note}

    return work
