from collections import defaultdict

from django.db import migrations, transaction

from innovation.search_texts import search_text

BATCH = 500
TEXTS = ["title", "lead", "what", "why", "how", "lessons_learned", "status_comment", "place"]
OF_TARGET = ["goal", "target_value", "outcome"]


def in_both_languages(names):
    return [f"{name}_{language}" for name in names for language in ("sv", "en")]


def index_anew(apps, schema_editor):
    """Places and status comments are searched too, and some words have another stem.

    As `write_search_texts()` does: few at a time, each locked, since editors may write meanwhile.
    """
    Initiative = apps.get_model("innovation", "Initiative")
    keys = list(Initiative.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), BATCH):
        with transaction.atomic():
            index_some(apps, keys[first : first + BATCH])


def index_some(apps, keys):
    Initiative = apps.get_model("innovation", "Initiative")
    ImpactTarget = apps.get_model("innovation", "ImpactTarget")
    SearchText = apps.get_model("innovation", "SearchText")
    locked = Initiative.objects.select_for_update(no_key=True).filter(pk__in=keys)
    rows = list(locked.order_by("pk").values("pk", *in_both_languages(TEXTS)))
    targets = defaultdict(list)
    of_target = ImpactTarget.objects.filter(initiative__in=keys)
    for row in of_target.values("initiative_id", *in_both_languages(OF_TARGET)):
        targets[row["initiative_id"]].append(row)
    SearchText.objects.bulk_create(
        [SearchText(pk=row["pk"], **search_text(row, targets[row["pk"]])) for row in rows],
        update_conflicts=True,
        unique_fields=["initiative"],
        update_fields=["title", "lead", "body"],
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("innovation", "0003_impact_target_base_manager"),
    ]

    operations = [
        migrations.RunPython(index_anew, migrations.RunPython.noop, elidable=True),
    ]
