"""The map says where things lie, and no number covers another."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expo.map import HEIGHT, MARKER, WIDTH, draw
from expo.map_layout import Box, free_spot, hull, spread_out
from expo.models import Area, Venue

CENTRE = (56.0464, 12.692)
# The smallest step that a drawing of WIDTH units tells apart in hundredths of a per cent.
ROUNDING = 0.05


def venue(latitude=CENTRE[0], longitude=CENTRE[1], *, area=None, **fields) -> Venue:
    return Venue(name_sv="Plats", latitude=latitude, longitude=longitude, area=area, **fields)


def area(latitude=CENTRE[0], longitude=CENTRE[1], pk=1, **fields) -> Area:
    return Area(pk=pk, name_sv=f"Område {pk}", latitude=latitude, longitude=longitude, **fields)


def spot(marker) -> tuple[float, float]:
    return float(marker.x[:-1]) * WIDTH / 100, float(marker.y[:-1]) * HEIGHT / 100


# ── What lies where ───────────────────────────────────────────────────────────
def test_map_without_any_position_is_none():
    assert draw([venue(None, None)], [area(None, None)]) is None


def test_map_has_north_up_and_east_to_the_right():
    south_west, north_east = draw([venue(56.04, 12.68), venue(56.06, 12.72)], []).markers

    assert spot(north_east)[0] > spot(south_west)[0]
    assert spot(north_east)[1] < spot(south_west)[1]


def test_map_keeps_lengths_equal_in_both_directions():
    # A kilometre north and a kilometre east, at this latitude.
    middle, north, east = draw(
        [venue(), venue(CENTRE[0] + 0.008993), venue(CENTRE[0], CENTRE[1] + 0.016102)], []
    ).markers

    upwards, sideways = math.dist(spot(middle), spot(north)), math.dist(spot(middle), spot(east))
    assert upwards == pytest.approx(sideways, rel=0.01)


def test_scale_is_as_long_as_the_walk_it_tells_of():
    # 2 km apart: 2000 × 1.3 / 70 is a walk of 37 minutes.
    drawing = draw([venue(), venue(CENTRE[0] + 2 * 0.008993)], [])

    apart = math.dist(*(spot(marker) for marker in drawing.markers))
    units = float(drawing.scale.width[:-1]) * WIDTH / 100
    assert apart / units * drawing.scale.metres == pytest.approx(2000, rel=0.02)
    assert drawing.scale.metres == round(drawing.scale.minutes * 70 / 1.3, -1)


def test_venue_without_a_position_is_listed_apart():
    placed, unplaced = venue(), venue(None, None)

    drawing = draw([unplaced, placed], [])

    assert [marker.venue for marker in drawing.markers] == [placed]
    assert drawing.unplaced == [unplaced]


@pytest.mark.parametrize("is_approximate", [True, False])
def test_map_says_whether_positions_are_approximate(is_approximate):
    assert draw([venue(is_approximate=is_approximate)], []).is_approximate == is_approximate


def test_other_venues_around_are_dots_without_a_number():
    shown, other = venue(), venue(CENTRE[0] + 0.01)

    drawing = draw([shown], [], around=[shown, other, venue(None, None)])

    assert len(drawing.markers) == 1
    assert len(drawing.dots) == 1


def test_walks_are_told_for_every_two_areas_and_drawn_so_that_all_are_joined():
    areas = [area(CENTRE[0] + step * 0.01, pk=step) for step in (1, 2, 3, 4)]

    walks = draw([], areas).walks

    assert len(walks) == 6
    drawn = [(walk.start.pk, walk.end.pk) for walk in walks if walk.is_drawn]
    assert sorted(drawn) == [(1, 2), (2, 3), (3, 4)]


def test_minutes_of_a_walk_count_the_detour_and_the_gathering():
    # A kilometre: 1000 × 1.3 / 70 = 18.6 minutes, and 5 to gather.
    (walk,) = draw([], [area(), area(CENTRE[0] + 0.008993, pk=2)]).walks

    assert walk.minutes == 24


def test_names_of_areas_stand_off_the_numbers():
    areas = [area(), area(CENTRE[0] + 0.02, CENTRE[1] + 0.03, pk=2)]
    venues = [venue(CENTRE[0] + step * 0.0005, area=areas[0]) for step in range(8)]

    drawing = draw(venues, areas)

    boxes = [box_of_name(ground) for ground in drawing.grounds]
    numbers = [Box(x - 12, y - 12, x + 12, y + 12) for x, y in map(spot, drawing.markers)]
    assert [box.overlap(number) for box in boxes for number in numbers if box.overlap(number)] == []
    assert boxes[0].overlap(boxes[1]) == 0


def box_of_name(ground) -> Box:
    """Of a name of eight letters, as wide as they are on a phone."""
    x, y = float(ground.label_x[:-1]) * WIDTH / 100, float(ground.label_y[:-1]) * HEIGHT / 100
    left = x - {"start": 0, "middle": 32, "end": 64}[ground.anchor]
    return Box(left, y - 9, left + 64, y + 9)


# ── Numbers that stand apart ──────────────────────────────────────────────────
near = st.floats(-0.02, 0.02, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(near, near), min_size=1, max_size=26))
def test_no_number_covers_another_or_leaves_the_map(steps):
    venues = [venue(CENTRE[0] + north, CENTRE[1] + east) for north, east in steps]

    spots = [spot(marker) for marker in draw(venues, []).markers]

    for at, one in enumerate(spots):
        assert MARKER / 2 - ROUNDING <= one[0] <= WIDTH - MARKER / 2 + ROUNDING
        assert MARKER / 2 - ROUNDING <= one[1] <= HEIGHT - MARKER / 2 + ROUNDING
        for other in spots[at + 1 :]:
            assert math.dist(one, other) >= MARKER - 3


def test_same_places_give_the_same_map():
    venues = [venue(CENTRE[0] + step * 0.0001) for step in range(12)]

    assert draw(venues, [area()]) == draw(venues, [area()])


def test_number_that_has_room_stays_at_its_place():
    assert spread_out(((100, 100), (200, 200)), apart=27, room=Box(0, 0, 300, 300)) == (
        pytest.approx((100, 100), abs=0.2),
        pytest.approx((200, 200), abs=0.2),
    )


def test_hull_leaves_out_what_lies_within():
    square = [(0, 0), (10, 0), (10, 10), (0, 10)]

    assert sorted(hull([*square, (5, 5), (2, 3)])) == sorted(square)
    assert hull([(1, 1), (1, 1)]) == [(1, 1)]


def test_free_spot_avoids_what_is_taken_and_is_taken_itself():
    room, taken = Box(0, 0, 100, 100), [Box(0, 0, 30, 30)]

    first = free_spot([(10, 10), (60, 60)], 5, 5, taken, room)
    second = free_spot([(60, 60), (90, 90)], 5, 5, taken, room)

    assert (first, second) == (1, 1)
    assert taken[1:] == [Box(55, 55, 65, 65), Box(85, 85, 95, 95)]
