"""Matrix products by numpy, that is by its OpenBLAS with its default threads."""
import os
import time

import numpy as np


def matmul_work(settings, folder):
    a, b = (np.load(os.path.join(folder, f"{name}.npy")) for name in "ab")
    c = np.empty((a.shape[0], b.shape[1]), np.float32)

    def work(round):
        start = time.perf_counter()
        for _ in range(settings["repeats"]):
            np.matmul(a, b, out=c)
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "quality": float(np.abs(c).mean()), "by": f"numpy {np.__version__}"}

    return work
