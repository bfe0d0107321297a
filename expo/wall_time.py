"""Time by the clocks of Stockholm, over the changes of summer time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def read_local(text: str) -> datetime:
    """ "2022-06-01 10:00", as the clocks of Stockholm show it; an offset in the text rules.

    Raises ValueError when it is no time.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)


def days_later(moment: datetime | None, days: int) -> datetime | None:
    """The same time on the clock `days` later."""
    if moment is None:
        return None
    local = moment.astimezone(STOCKHOLM).replace(tzinfo=None)
    return (local + timedelta(days=days)).replace(tzinfo=STOCKHOLM)
