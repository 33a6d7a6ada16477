"""Work shared out among threads: all of it, once each, and never among threads of threads."""

import threading

import pytest

from slackwater.pharma.threads import share_out


@pytest.mark.parametrize("n_threads", [1, 2, 5])
@pytest.mark.parametrize("at_a_time", [1, 3, 100])
def test_every_piece_is_done_once(n_threads: int, at_a_time: int):
    done: list[int] = []
    share_out(lambda first, last: done.extend(range(first, last)), 17, at_a_time, n_threads)
    assert sorted(done) == list(range(17))


def test_what_is_shared_out_within_a_piece_stays_with_whoever_has_it():
    inner: list[bool] = []

    def act(_first: int, _last: int) -> None:
        outer = threading.get_ident()
        share_out(lambda _first, _last: inner.append(threading.get_ident() == outer), 8, 1, 4)

    share_out(act, 6, 1, 3)
    # All eight parts of an inner share are one call, because nobody else will come for them.
    assert inner == [True] * 6


def test_a_thread_shares_out_again_once_its_piece_is_done():
    met = threading.Barrier(2, timeout=30)
    share_out(lambda _first, _last: None, 4, 1, 2)
    # Each of the two waits for the other, so one thread alone would never come through.
    share_out(lambda _first, _last: met.wait() and None, 2, 1, 2)
    assert not met.broken


def test_an_error_in_anybodys_piece_is_raised():
    def act(first: int, _last: int) -> None:
        if first == 3:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        share_out(act, 8, 1, 3)
