"""What the demo data comes to before anything is written; test_demo.py looks at what is."""

import pytest

from innovation import models
from innovation.importers import demo
from innovation.importers.base import Action, plan
from innovation.importers.writing import apply

DATA = demo.read()
KINDS = [getattr(models, name) for name in models.__all__]


def test_demo_data_plan_writes_nothing(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path  # of its own: other tests write to the usual one meanwhile

    proposed = plan(demo.parse(DATA))

    assert {change.action for change in proposed.changes} == {Action.CREATE}
    assert [kind for kind in KINDS if kind.objects.exists()] == []
    assert list(tmp_path.rglob("*")) == []


def test_demo_parse_gives_the_same_rows_twice():
    first = [(row.model, row.key) for row in demo.parse(DATA)]

    assert [(row.model, row.key) for row in demo.parse(DATA)] == first


def test_demo_parse_refuses_an_unknown_kind_of_money():
    record = {**DATA["initiatives"][0], "budget_kind": "lottery"}

    with pytest.raises(ValueError, match="lottery"):
        demo.parse({**DATA, "initiatives": [record]})


def test_demo_data_with_a_broken_reference_is_told_of(db):
    record = {**DATA["initiatives"][0], "sectors": ["school", "no-such-sector"]}
    data = {**DATA, "initiatives": [record], "examples": []}

    report = apply(plan(demo.parse(data)), source=demo.NAME)

    initiative = models.Initiative.objects.get()
    assert report.problems == [f"initiative {record['slug']}: there is no sector 'no-such-sector'"]
    assert [sector.slug for sector in initiative.sectors.all()] == ["school"]
