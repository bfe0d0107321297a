"""Lists that are longer than one page."""

from dataclasses import dataclass

from innovation.models import Initiative

AROUND = 1
SHOWN = 24


@dataclass(frozen=True)
class Shown:
    """The first of many: `rows` ready for cards, of `total`."""

    rows: list[Initiative]
    total: int

    def __bool__(self):
        return self.total > 0

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


def first_cards(initiatives, most: int = SHOWN) -> Shown:
    """The first `most` of `initiatives` (a queryset in order) and how many there are."""
    rows = list(initiatives.for_cards()[: most + 1])
    if len(rows) <= most:
        return Shown(rows, len(rows))
    return Shown(rows[:most], initiatives.count())


def page_links(page: int, pages: int) -> list[int | None]:
    """The pages to link to, None for a gap: 1 … 4 5 6 … 12. Empty when there is only one."""
    if pages < 2:
        return []
    wanted = {1, pages, *range(page - AROUND, page + AROUND + 1)}
    shown = sorted(number for number in wanted if 1 <= number <= pages)
    links: list[int | None] = []
    for number in shown:
        if links and number - (links[-1] or 0) == 2:
            links.append(number - 1)
        elif links and number - (links[-1] or 0) > 2:
            links.append(None)
        links.append(number)
    return links
