"""`python -m tests.innovation.relevance [--blind | --everyday | --blind_again]`: the figures."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from tests.innovation.relevance.measuring import DemoSearch, mean, read, scores  # noqa: E402

demo_search = DemoSearch()
chosen = [argument.removeprefix("--") for argument in sys.argv[1:]] or ["queries"]
queries = read(f"{chosen[0]}.json")
mine, plain = scores(queries, demo_search.find), scores(queries, demo_search.find_plainly)
for score, base in zip(mine, plain, strict=True):
    print(
        f"{score.reciprocal_rank:5.2f} {score.recall_at_10:5.2f}   "
        f"{base.reciprocal_rank:5.2f} {base.recall_at_10:5.2f}   {score.query.q}"
    )
for name, found in (("search", mine), ("word overlap", plain)):
    mrr, recall = mean(s.reciprocal_rank for s in found), mean(s.recall_at_10 for s in found)
    print(f"{name}: MRR {mrr:.3f}, recall@10 {recall:.3f}, {len(found)} queries")
