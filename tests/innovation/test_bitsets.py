"""Sets of slots as ints, and what numpy makes of them, against plain Python sets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation.bitsets import Tally, bits_from, mask_of, slots_of

SLOTS = st.sets(st.integers(0, 200))


@pytest.mark.parametrize("slots", [[], [0], [7, 8], range(0, 3000, 3), range(500), [1, 100_000]])
def test_bits_and_slots_are_the_same_told_twice(slots):
    assert slots_of(bits_from(slots)) == list(slots)


@pytest.mark.parametrize(("size", "length"), [(0, 6), (6, 6), (64, 64), (3, 6)])
def test_mask_is_as_long_as_is_asked_for_and_as_the_set(size, length):
    mask = mask_of(bits_from([2, 5]), size)

    assert mask.nonzero()[0].tolist() == [2, 5]
    assert len(mask) == length


@settings(deadline=None)
@given(st.lists(SLOTS, max_size=5), SLOTS, SLOTS)
def test_tally_counts_what_sets_have_in_common(sets, among, others):
    tally = Tally({"a": [(n, bits_from(one)) for n, one in enumerate(sets)],
                   "b": [("all", bits_from(range(201)))], "c": []}, 201)  # fmt: skip

    counts = tally.of(bits_from(among), instead={"a": bits_from(others)})

    assert counts == {
        "a": {n: len(one & others) for n, one in enumerate(sets)},
        "b": {"all": len(among)},
        "c": {},
    }


def test_tally_of_nothing_counts_nothing():
    assert Tally({}, 0).of(0, instead={}) == {}
