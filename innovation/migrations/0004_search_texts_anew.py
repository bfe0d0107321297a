from collections import defaultdict

from django.db import migrations

from innovation.search_texts import TARGET_FIELDS, TEXT_FIELDS, search_text


def index_anew(apps, schema_editor):
    """Places and status comments are searched too, and some words have another stem."""
    Initiative = apps.get_model("innovation", "Initiative")
    ImpactTarget = apps.get_model("innovation", "ImpactTarget")
    SearchText = apps.get_model("innovation", "SearchText")
    targets = defaultdict(list)
    for row in ImpactTarget.objects.values("initiative_id", *TARGET_FIELDS):
        targets[row["initiative_id"]].append(row)
    rows = Initiative.objects.values("pk", *TEXT_FIELDS).iterator()
    texts = (SearchText(pk=row["pk"], **search_text(row, targets[row["pk"]])) for row in rows)
    SearchText.objects.bulk_create(
        texts,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["initiative"],
        update_fields=["title", "lead", "body"],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("innovation", "0003_impact_target_base_manager"),
    ]

    operations = [
        migrations.RunPython(index_anew, migrations.RunPython.noop, elidable=True),
    ]
