"""Lets a process keep the memory it had, as the workload is defined: outputs pre-touched.

The system would zero every page of a large array that is new to the process, and take it back after. Ours and
every peer do the same.
"""

import ctypes
import ctypes.util

# Of malloc.h: how many arrays may be mapped apart, and how much free memory is kept.
_M_MMAP_MAX, _M_TRIM_THRESHOLD = -4, -1


def keep_memory() -> None:
    libc = ctypes.CDLL(ctypes.util.find_library("c"))
    assert libc.mallopt(_M_MMAP_MAX, 0)
    assert libc.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
