"""The vocabulary of the covers, as data: what stands on a quay and what floats before it.

A motif is a line with its name, place, width and height, and under it its shapes, one a line,
painted in order (a line indented further goes on):

    poly  role  x y x y …             a closed polygon
    rect  role  x y width height
    disc  role  cx cy r               a circle
    dome  role  cx cy r               the upper half of a disc; `bowl` is the lower half
    arch  role  x y width height      a rectangle with a round top
    leaf  role  cx y width height     a pointed leaf that stands at (cx, y)
    grid  role  x y width height columns rows dx dy      equal rectangles, the first at x y
    line  role  thickness x y x y …   an open stroke
    ring  role  thickness cx cy r     a stroked circle
    bow   role  thickness cx cy r     a stroked upper half circle

x runs to the right, y up from the ground (or from the water line), in units of the card, which is
640 wide. The roles are a (body), b (second body), w (window), s (accent), d (line), p (pale): what
colour each gets depends on the band, the light and the neighbours. A new motif is a new entry.
"""

import re
from typing import NamedTuple

_HEAD = re.compile(r"^([a-z]+) (tall|broad|low|water) ([0-9]+) ([0-9]+)$", re.MULTILINE)
_SHAPE = re.compile(r"([a-z]+) ([abwsdp]) ([-0-9\s]+)")


class Shape(NamedTuple):
    form: str
    role: str
    numbers: tuple[int, ...]


class Motif(NamedTuple):
    """width and height in units; `place` is one of tall, broad, low, water."""

    place: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


def _read(text: str) -> dict[str, Motif]:
    _, *parts = _HEAD.split(text)
    rows = zip(*(parts[at::5] for at in range(5)), strict=True)
    return {
        name: Motif(place, int(width), int(height), tuple(_shapes(lines)))
        for name, place, width, height, lines in rows
    }


def _shapes(lines: str):
    for form, role, numbers in _SHAPE.findall(lines):
        yield Shape(form, role, tuple(int(number) for number in numbers.split()))


_BUILDINGS = """
gable broad 72 106
    poly a 0 0 0 66 36 106 72 66 72 0
    grid w 14 42 10 14 3 1 17 0
    disc w 36 77 6
    arch s 29 0 14 28
roof broad 96 88
    rect p 66 60 12 28
    rect a 6 0 84 50
    poly b 0 48 24 84 72 84 96 48
    grid w 16 22 12 14 2 1 18 0
    rect d 60 0 18 34
stepped broad 84 134
    poly a 0 0 0 78 10 78 10 94 21 94 21 110 32 110 32 134 52 134
        52 110 63 110 63 94 74 94 74 78 84 78 84 0
    arch w 36 88 12 22
    grid w 15 52 10 18 3 1 22 0
    grid w 15 20 10 18 2 1 44 0
    arch s 34 0 16 34
block broad 92 132
    rect b 12 124 30 12
    rect a 0 0 92 126
    grid w 10 26 72 10 1 4 0 24
    rect d 38 0 16 16
tower tall 52 176
    rect d 24 160 4 32
    rect b 8 150 36 18
    rect a 0 0 52 156
    grid w 9 24 8 14 3 6 13 21
arches broad 138 74
    rect b 0 62 138 12
    rect a 0 0 138 62
    grid p 18 68 6 4 4 1 32 0
    arch w 10 0 30 48
    arch d 54 0 30 48
    arch w 98 0 30 48
rainbow broad 120 92
    arch a 0 0 120 92
    arch s 16 0 88 76
    arch p 31 0 58 61
    arch b 44 0 32 48
stairs broad 112 120
    rect a 84 0 28 120
    rect b 56 0 28 90
    rect s 28 0 28 60
    rect a 0 0 28 30
    grid w 92 72 12 16 1 2 0 22
keep tall 92 184
    line d 3 26 150 26 204
    poly s 27 204 52 197 27 190
    poly b 10 0 10 176 18 176 18 168 22 168 22 176 30 176 30 168 34 168 34 176 42 176 42 0
    poly a 0 0 0 146 12 146 12 138 26 138 26 146 40 146 40 138 52 138
        52 146 66 146 66 138 80 138 80 146 92 146 92 0
    grid w 18 96 8 22 4 1 16 0
    grid w 26 52 8 22 3 1 16 0
    arch d 36 0 20 34
townhall tall 124 214
    poly b 44 142 62 214 80 142
    rect a 0 0 124 66
    poly a 0 66 16 92 32 66
    poly a 92 66 108 92 124 66
    rect a 42 0 40 144
    disc p 62 122 13
    line d 3 62 131 62 122 68 118
    grid w 52 78 7 22 2 1 13 0
    grid w 9 30 7 22 2 1 12 0
    grid w 96 30 7 22 2 1 12 0
    arch s 52 0 20 40
school broad 156 138
    line d 3 78 112 78 138
    rect b 66 84 24 34
    poly s 60 116 78 134 96 116
    bowl p 78 104 7
    rect a 0 0 156 62
    poly b 44 60 78 92 112 60
    grid w 10 28 12 18 2 1 17 0
    grid w 117 28 12 18 2 1 17 0
    grid w 54 28 12 18 3 1 18 0
    arch d 69 0 18 24
care broad 104 112
    rect p 76 74 12 34
    poly a 0 0 0 58 52 112 104 58 104 0
    disc s 44 66 9
    disc s 60 66 9
    poly s 36 62 52 43 68 62 60 68 44 68
    grid w 14 14 14 20 2 1 62 0
    arch d 42 0 20 32
hospital broad 132 118
    rect b 84 0 48 84
    rect a 0 0 90 112
    grid w 11 56 12 16 4 2 19 26
    disc p 108 62 13
    disc s 104 65 5
    disc s 112 65 5
    poly s 99 63 108 52 117 63 112 66 104 66
    grid w 11 28 68 10 1 1 0 0
    rect d 32 0 26 20
    rect w 98 0 20 28
library broad 132 136
    rect a 0 0 30 120
    rect b 30 0 22 136
    rect s 52 0 16 104
    rect p 68 0 26 124
    poly a 94 0 112 112 132 108 114 0
    rect w 0 92 30 10
    rect w 0 16 30 5
    rect w 36 108 10 14
    rect w 52 22 16 8
    rect a 68 100 26 8
    rect a 68 88 26 4
    poly w 109 92 129 88 127 77 107 81
theatre broad 140 108
    poly b 0 74 70 108 140 74
    disc s 70 86 9
    rect a 4 64 132 10
    rect d 12 10 116 54
    grid p 14 10 11 54 6 1 20 0
    rect a 0 0 140 10
watertower tall 104 178
    poly b 38 0 45 120 59 120 66 0
    poly a 14 132 38 108 66 108 90 132
    rect a 0 130 104 28
    dome b 52 157 34
    grid w 10 138 6 12 8 1 11 0
works broad 150 120
    rect b 112 0 16 120
    rect s 112 96 16 10
    arch a 0 0 72 68
    line w 4 0 30 72 30
    line p 9 66 16 98 16 98 56 138 56 138 0
    rect b 88 0 30 40
    grid w 10 10 8 12 3 1 18 0
greenhouse broad 140 84
    poly p 0 0 0 50 35 84 70 50 105 84 140 50 140 0
    leaf a 22 0 26 52
    leaf a 56 0 22 40
    leaf b 92 0 26 54
    leaf a 122 0 22 40
    line d 3 1 0 1 50 35 84 70 50 105 84 139 50 139 0
    line d 3 70 50 70 0
kiosk broad 76 84
    rect a 8 0 60 50
    rect w 16 22 44 22
    poly s 4 72 0 48 76 48 72 72
    poly p 16 72 14 48 28 48 28 72
    poly p 46 72 46 48 60 48 58 72
    rect d 30 72 16 8
market broad 124 80
    line d 4 12 0 12 60
    line d 4 112 0 112 60
    poly a 12 80 112 80 124 54 0 54
    poly p 29 80 46 80 44 54 24 54
    poly p 62 80 79 80 83 54 65 54
    poly p 95 80 112 80 124 54 104 54
    rect b 6 0 112 24
    dome s 26 24 10
    dome s 44 24 8
    dome a 64 24 11
    dome w 84 24 9
    dome s 102 24 10
solar broad 128 70
    line d 4 34 0 34 34
    line d 4 94 0 94 34
    poly a 0 14 22 66 128 66 106 14
    line p 2 26 14 48 66
    line p 2 53 14 75 66
    line p 2 80 14 102 66
    line p 2 11 40 117 40
"""

_HARBOUR = """
crane tall 150 176
    line a 3 32 70 32 128
    rect s 22 52 20 18
    poly a 84 0 98 92 112 92 126 0 116 0 108 56 102 56 94 0
    rect a 86 90 38 22
    poly a 98 112 112 112 108 150 102 150
    poly a 14 132 150 164 150 152 14 122
    rect b 120 138 22 24
    rect w 108 95 10 10
containers broad 128 84
    rect a 0 0 60 28
    rect s 64 0 60 28
    rect b 20 28 60 28
    rect p 84 28 40 28
    rect a 32 56 60 28
    grid w 8 5 3 18 5 1 10 0
    grid w 28 33 3 18 5 1 10 0
    grid w 40 61 3 18 5 1 10 0
lighthouse tall 70 184
    dome d 35 0 35
    poly p 16 12 23 136 47 136 54 12
    poly s 17 34 19 62 51 62 53 34
    poly s 20 90 22 116 48 116 50 90
    rect d 16 134 38 6
    rect w 26 140 18 20
    dome s 35 160 15
    line d 3 35 172 35 186
bridge broad 236 124
    line d 2 0 30 58 118
    line d 2 26 30 58 90
    line d 2 58 118 118 30
    line d 2 58 90 88 30
    line d 2 118 30 178 118
    line d 2 148 30 178 90
    line d 2 178 118 236 30
    line d 2 178 90 210 30
    rect a 53 0 10 124
    rect a 173 0 10 124
    rect a 0 22 236 11
sail water 92 124
    poly a 40 22 40 96 4 22
    poly p 46 18 46 124 92 18
    bowl d 46 14 40
    rect s 6 9 80 5
ferry water 214 92
    rect s 116 66 22 26
    rect d 116 84 22 8
    rect p 62 50 100 20
    rect p 34 30 148 22
    grid w 72 57 9 8 7 1 12 0
    grid w 46 37 9 8 10 1 12 0
    poly d 0 30 16 0 198 0 214 30
    rect a 6 18 202 5
tug water 104 74
    rect s 52 42 16 30
    rect p 24 26 38 26
    rect w 31 35 24 9
    poly d 0 34 10 0 94 0 104 22 60 22 48 26
buoy water 44 76
    line d 3 22 56 22 74
    disc s 22 66 7
    poly a 12 14 17 56 27 56 32 14
    rect p 13 26 18 12
    bowl d 22 14 20
fish water 124 60
    poly a 78 30 120 60 110 30 120 0
    leaf a 46 -16 60 92
    disc p 20 36 6
    line p 3 36 14 46 30 36 46
    line p 3 52 14 62 30 52 46
lifebuoy low 44 82
    rect d 19 0 6 82
    ring p 10 22 56 15
    line s 10 22 66 22 76
    line s 10 22 36 22 46
    line s 10 2 56 12 56
    line s 10 32 56 42 56
turbine tall 124 212
    poly p 55 0 59 140 63 140 67 0
    poly a 58 142 52 176 62 214 66 176
    poly a 64 138 96 128 124 96 92 108
    poly a 58 134 26 128 0 98 32 110
    disc s 61 138 8
"""

_GREENERY = """
tree broad 76 108
    rect d 35 0 6 80
    disc a 38 70 38
    line d 4 38 30 38 84
    line d 3 38 52 54 68
    line d 3 38 62 24 76
leaf tall 84 160
    leaf a 42 14 84 146
    line p 3 42 14 42 140
    line p 3 18 72 42 52 66 72
    line p 3 18 96 42 76 66 96
    line p 3 24 118 42 100 60 118
    rect d 39 0 6 28
fir tall 76 150
    rect d 34 0 8 24
    poly a 0 18 38 78 76 18
    poly b 8 54 38 112 68 54
    poly a 16 90 38 150 60 90
poplar tall 40 130
    leaf a 20 8 40 122
    rect d 18 0 4 60
grove broad 138 96
    rect d 25 0 5 50
    rect d 66 0 5 60
    rect d 108 0 5 50
    leaf b 28 14 44 66
    leaf a 68 14 50 82
    leaf s 110 14 42 60
fruit broad 88 112
    rect d 40 0 8 70
    disc a 44 68 44
    disc s 26 74 7
    disc s 50 92 7
    disc s 64 64 7
    disc s 40 52 7
allotment low 132 54
    leaf a 16 6 20 42
    leaf b 41 6 20 48
    leaf a 66 6 20 38
    leaf b 91 6 20 48
    leaf a 116 6 20 42
    rect d 0 0 132 9
tulip tall 70 132
    rect d 33 0 5 86
    leaf b 18 0 22 62
    leaf b 54 0 22 52
    bowl a 35 104 26
    poly a 9 102 9 132 24 110 35 134 46 110 61 132 61 102
    disc s 35 98 7
pear broad 84 118
    disc a 42 40 40
    disc a 42 74 24
    poly a 5 52 20 84 64 84 79 52
    rect d 40 94 5 24
    leaf b 58 96 16 24
    disc p 26 34 7
"""

_STREET = """
people low 118 76
    arch a 0 0 34 44
    disc p 17 56 11
    arch b 42 0 34 52
    disc s 59 64 11
    arch a 84 0 34 40
    disc p 101 52 11
bubbles broad 136 118
    poly a 24 60 24 28 50 60
    rect a 0 52 92 60
    poly s 104 30 112 6 88 30
    rect s 60 26 76 48
    grid p 16 92 60 6 1 1 0 0
    grid p 16 78 34 6 1 1 0 0
    disc p 80 50 5
    disc p 98 50 5
    disc p 116 50 5
bicycle low 104 66
    ring d 5 22 22 20
    ring d 5 82 22 20
    line a 5 22 22 38 50 70 50 50 22 22 22
    line a 5 50 22 36 56
    line a 5 82 22 68 60 80 62
    line d 6 28 58 46 58
bus low 132 58
    rect a 0 10 132 48
    rect s 0 10 132 10
    grid w 8 30 18 18 5 1 23 0
    disc d 28 10 11
    disc d 104 10 11
    disc p 28 10 4
    disc p 104 10 4
lamp tall 46 128
    rect d 6 0 5 118
    bow d 5 24 112 15
    bowl s 39 112 14
bench low 72 34
    rect a 0 12 72 7
    rect a 0 25 72 7
    rect d 8 0 5 32
    rect d 59 0 5 32
slide low 122 88
    poly s 0 66 22 88 44 66
    rect a 4 0 7 66
    rect a 33 0 7 66
    rect b 4 38 36 8
    line d 7 36 44 52 44 92 8 122 8
    grid d 11 10 22 4 1 2 0 14
goal low 118 66
    line p 5 3 0 3 63 115 63 115 0
    line d 2 3 42 115 42
    line d 2 3 21 115 21
    line d 2 31 0 31 63
    line d 2 59 0 59 63
    line d 2 87 0 87 63
    disc s 88 13 13
robot low 78 104
    line d 3 39 78 39 100
    disc s 39 98 6
    rect a 14 50 50 34
    disc p 29 68 8
    disc p 49 68 8
    disc d 30 68 3
    disc d 50 68 3
    rect b 0 14 78 38
    rect w 14 26 50 12
    disc d 16 12 12
    disc d 62 12 12
sensor tall 96 140
    rect d 45 0 6 100
    bow a 6 48 98 16
    bow s 6 48 98 29
    bow a 6 48 98 42
    disc s 48 98 9
    rect b 36 28 24 26
bunting low 150 92
    line d 4 4 0 4 92
    line d 4 146 0 146 92
    line d 2 4 88 75 66 146 88
    poly s 14 85 30 80 20 62
    poly a 36 78 52 73 42 56
    poly p 58 71 74 66 66 50
    poly a 78 67 94 72 86 50
    poly s 98 73 114 78 108 56
    poly p 120 80 136 85 130 62
bed low 118 60
    rect d 0 0 7 60
    rect d 111 0 7 44
    rect a 4 14 110 20
    arch p 12 28 30 18
    arch s 42 24 72 22
screen broad 116 104
    rect d 52 0 12 24
    rect d 34 0 48 7
    rect a 0 20 116 84
    rect p 10 32 96 62
    disc s 38 70 12
    dome b 38 40 18
    grid a 66 74 30 7 1 1 0 0
    grid a 66 58 22 7 1 1 0 0
"""

MOTIFS: dict[str, Motif] = _read(_BUILDINGS + _HARBOUR + _GREENERY + _STREET)
