"""Runs one peer: says when it is ready, then answers each line of its input with the seconds a run took.

    python serve.py NAME THETA.npy ANSWER.npy

The first curves are left in ANSWER.npy, so that we can see that it solved the same problem.
"""

import sys
import time
from importlib import import_module

import numpy as np
from memory import keep_memory


def main(name: str, theta_file: str, answer_file: str) -> None:
    keep_memory()
    peer = import_module(f"by_{name}")
    run, version = peer.prepared(np.load(theta_file))
    np.save(answer_file, np.asarray(run()))
    print("ready", version, flush=True)
    for _ in sys.stdin:
        began = time.perf_counter()
        run()
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
