"""Draws what a synthetic initiative is: its facets, dates, money and visibility."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from innovation.choices import CITY_KINDS, Visibility
from innovation.models import (
    Category,
    Challenge,
    GlobalGoal,
    Organisation,
    Sector,
    Status,
    Technology,
)
from innovation.search_texts import search_text
from innovation.synthetic.chance import Zipf, rotated, whole
from innovation.synthetic.texts import Text, Writer
from innovation.synthetic.words import Pair

SLUG_PREFIX = "syntet-"
SLUG_MAX = 110
# Fixed days, so that the same seed gives the same catalogue next year too.
FIRST_MOMENT, DAYS = datetime(2015, 1, 1, tzinfo=UTC), 3900
# What stands in `inferred_fields`, where anything does.
INFERABLE = ("status", "category", "sectors", "global_goals", "challenge", "technologies",
             "driven_by", "partners")  # fmt: skip
PLAIN_TEXTS = ("title", "lead")
NOT_PUBLISHED = (Visibility.DRAFT, Visibility.WITHDRAWN, Visibility.IN_REVIEW)
_ASCII = str.maketrans("åäöé ", "aaoe-", "'")


@dataclass(frozen=True)
class Drawn:
    """One initiative: `values` by the model's fields (links as keys), `links` as keys by the
    name of the many-to-many field, `goals` as the values of its impact targets, `searched` as
    those of its SearchText."""

    values: dict[str, Any]
    links: dict[str, list[int]]
    goals: list[dict[str, Any]]
    searched: dict[str, str]


class Vocabulary:
    """What the database has to sort initiatives by, each with a few common and many rare ones."""

    def __init__(self, theme_names: list[str]):
        self.statuses = Zipf(list(Status.objects.order_by("order", "slug")))
        self.categories = list(Category.objects.order_by("slug"))
        self.challenges = list(Challenge.objects.visible().order_by("slug"))
        sectors, technologies, goals = map(_keys, (Sector, Technology, GlobalGoal))
        organisations = Organisation.objects.visible().filter(slug__startswith=SLUG_PREFIX)
        drivers = _listed(organisations.filter(kind__in=CITY_KINDS))
        partners = _listed(organisations.exclude(kind__in=CITY_KINDS))
        self.by_theme = {
            name: {
                "sectors": Zipf(rotated(sectors, number * 3)),
                "technologies": Zipf(rotated(technologies, number)),
                "global_goals": Zipf(rotated(goals, number * 2)),
                "drivers": Zipf(rotated(drivers, number * 2)),
                "partners": Zipf(rotated(partners, number * 7)),
            }
            for number, name in enumerate(theme_names)
        }

    def category(self, chance: Random, theme: str) -> Category | None:
        if chance.random() < 0.05:
            return None
        of_theme = [category for category in self.categories if category.band == theme]
        return chance.choice(of_theme if of_theme and chance.random() < 0.85 else self.categories)

    def challenge(self, chance: Random, category: Category | None) -> Challenge | None:
        if chance.random() < 0.3:
            return None
        fitting = [c for c in self.challenges if category and c.category_id == category.pk]
        return chance.choice(fitting or self.challenges)


def _keys(model) -> list[int]:
    return _listed(model.objects.order_by("slug"))


def _listed(rows) -> list[int]:
    return list(rows.order_by("slug").values_list("pk", flat=True))


class Drawer:
    """Initiatives one after the other; the same `chance` and vocabulary give the same ones."""

    def __init__(self, writer: Writer, vocabulary: Vocabulary, chance: Random):
        self._writer, self._vocabulary, self._chance = writer, vocabulary, chance

    def draw(self, number: int) -> Drawn:
        """The next initiative; `number` goes into its address."""
        chance = self._chance
        status = self._vocabulary.statuses.one(chance)
        chances_of_lessons = 0.8 if status.asks_for_lessons else 0.1
        text = self._writer.write(chance, with_lessons=chance.random() < chances_of_lessons)
        # Some have no English: editors write that last.
        is_english = chance.random() < 0.85
        values = {
            "slug": _slug(number, text.parts["title"].sv),
            **self._texts(text, is_english),
            **self._progress(status),
            **self._belonging(text.theme),
            **self._dates(),
            **self._place(text.place),
            "estimated_budget_sek": self._budget(),
            "inferred_fields": self._inferred(),
            "internal": chance.random() < 0.03,
            "open_for_schools": chance.random() < 0.12,
            "is_city_wide": chance.random() < 0.05,
        }
        goals = self._goals(text.goals, is_english)
        return Drawn(values, self._links(text.theme), goals, search_text(values, goals))

    def _texts(self, text: Text, is_english: bool) -> dict[str, str]:
        values = {}
        for name, pair in text.parts.items():
            frame = "{}" if name in PLAIN_TEXTS else "<p>{}</p>"
            values[f"{name}_sv"] = frame.format(pair.sv)
            values[f"{name}_en"] = frame.format(pair.en) if is_english else ""
        return values

    def _progress(self, status: Status) -> dict:
        reached = status.progress_percent
        if status.keeps_progress:
            reached = self._chance.choice((25, 50, 50, 75))
        return {"status_id": status.pk, "progress_percent": reached}

    def _belonging(self, theme: str) -> dict:
        chance, vocabulary = self._chance, self._vocabulary
        category = vocabulary.category(chance, theme)
        challenge = vocabulary.challenge(chance, category)
        return {
            "category_id": category and category.pk,
            "challenge_id": challenge and challenge.pk,
            "driven_by_id": vocabulary.by_theme[theme]["drivers"].one(chance),
        }

    def _links(self, theme: str) -> dict[str, list[int]]:
        chance, zipfs = self._chance, self._vocabulary.by_theme[theme]
        return {
            "sectors": zipfs["sectors"].some(chance, 6),
            "technologies": zipfs["technologies"].some(chance, 3),
            "global_goals": zipfs["global_goals"].some(chance, 5),
            "partners": zipfs["partners"].some(chance, 6),
            "participants": zipfs["drivers"].some(chance, 4),
        }

    def _goals(self, goals: list[Pair], is_english: bool) -> list[dict]:
        return [
            {
                "goal_sv": goal.sv,
                "goal_en": goal.en if is_english else "",
                "is_reached": self._chance.choice((None, None, True, False)),
                "order": order,
            }
            for order, goal in enumerate(goals)
        ]

    def _dates(self) -> dict:
        """More of late than long ago. `published_at` is empty where nothing was published."""
        chance = self._chance
        created = int(DAYS * chance.random() ** 0.5)
        published = created + whole(chance, 1, 60)
        updated = published + int(chance.random() ** 3 * 400)
        visibility = Visibility.PUBLISHED
        if chance.random() < 0.08:
            visibility = chance.choice(NOT_PUBLISHED)
        was_published = visibility in (Visibility.PUBLISHED, Visibility.WITHDRAWN)
        return {
            "visibility": visibility,
            "created_at": self._moment(created),
            "published_at": self._moment(published) if was_published else None,
            "updated_at": self._moment(updated),
            **self._years(FIRST_MOMENT + timedelta(days=created)),
        }

    def _moment(self, days: int) -> datetime:
        return FIRST_MOMENT + timedelta(days=days, seconds=whole(self._chance, 0, 86_399))

    def _years(self, created: datetime) -> dict:
        chance = self._chance
        if chance.random() < 0.15:
            return {}
        starts_on = created + timedelta(days=whole(chance, -60, 200))
        years = {"start_year": starts_on.year}
        if chance.random() < 0.5:
            years["end_year"] = starts_on.year + whole(chance, 1, 4)
        return years

    def _place(self, street: str) -> dict:
        chance = self._chance
        if chance.random() < 0.5:
            return {}
        return {
            "place_sv": street,
            "place_en": street,
            "latitude": round(56.04 + chance.uniform(-0.03, 0.03), 5),
            "longitude": round(12.72 + chance.uniform(-0.03, 0.05), 5),
        }

    def _budget(self) -> int | None:
        """Whole tens of thousands; half a million in the middle, a few of many millions."""
        chance = self._chance
        if chance.random() > 1 / 3:
            return None
        return max(1, int(chance.lognormvariate(13.1, 1.2) // 10_000)) * 10_000

    def _inferred(self) -> list[str]:
        chance = self._chance
        return (
            sorted(chance.sample(INFERABLE, whole(chance, 1, 3))) if chance.random() < 0.4 else []
        )


def _slug(number: int, title: str) -> str:
    return f"{SLUG_PREFIX}{number}-{title.lower().translate(_ASCII)}"[:SLUG_MAX].rstrip("-")
