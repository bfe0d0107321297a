"""What goes on at this moment in each area, and what begins there next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from expo.models import Area, Occasion
from expo.snapshot_rows import UNKNOWN

MOST = 3


@dataclass
class Board:
    """Of one area; None is what happens in no area: elsewhere, online, or nobody knows where.

    `now` in the order that it ends; `next` begins later the same day, or else on the day after.
    """

    area: Area | None
    now: list[Occasion] = field(default_factory=list)
    next: list[Occasion] = field(default_factory=list)
    more_now: int = 0  # how many go on besides those in `now`

    @property
    def area_value(self) -> str:
        """What the programme's filter calls the area."""
        return self.area.slug if self.area else UNKNOWN


def is_on(occasion: Occasion, now: datetime) -> bool:
    """Whether one can be there now. What isn't known to have begun, or was cancelled, is not on."""
    if occasion.is_cancelled or occasion.starts_at is None:
        return False
    end = occasion.ends_at or occasion.starts_at + occasion.visit_length
    return occasion.starts_at <= now < end


def boards(
    occasions: Iterable[Occasion], areas: Iterable[Area], now: datetime, most: int = MOST
) -> list[Board]:
    """One board for each of `areas`, in their order, and one for what has no area, if anything.

    occasions: with venue and area, of today and tomorrow.
    """
    by_area = {area.pk: Board(area) for area in areas}
    homeless = Board(None)
    for occasion in sorted(occasions, key=_by_start):
        area_key = occasion.venue.area_id if occasion.venue_id else None
        board = by_area.get(area_key, homeless)
        if is_on(occasion, now):
            board.now.append(occasion)
        elif _is_ahead(occasion, now):
            board.next.append(occasion)
    all_boards = [*by_area.values(), *([homeless] if homeless.now or homeless.next else [])]
    for board in all_boards:
        _shorten(board, now, most)
    return all_boards


def _by_start(occasion: Occasion):
    return occasion.starts_at or datetime.max.replace(tzinfo=timezone.get_current_timezone()), (
        occasion.pk
    )


def _is_ahead(occasion: Occasion, now: datetime) -> bool:
    return bool(occasion.starts_at and occasion.starts_at > now and not occasion.is_cancelled)


def _shorten(board: Board, now: datetime, most: int) -> None:
    """What begins tomorrow is only told of where nothing more begins today."""
    board.now.sort(key=lambda occasion: (occasion.is_drop_in, occasion.ends_at or now))
    board.more_now = max(0, len(board.now) - most)
    board.now = board.now[:most]
    today = timezone.localdate(now)
    board.next = [row for row in board.next if row.first_day == today] or board.next
    board.next = board.next[:most]
