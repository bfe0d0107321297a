"""The start page: what is left to do, each line leading to exactly what it counts."""

from django.urls import reverse

from innovation import permissions
from innovation.admin.todo import TODOS
from innovation.models import Initiative


def todo_lines(site, request) -> list[dict]:
    """[{"count": int, "sentence": str, "url": str}, …] without what counts nothing.

    Editors see their own organisations' initiatives, moderators all of them.
    """
    admin = site.get_model_admin(Initiative)
    if not admin.has_view_permission(request):
        return []
    rows, scope = admin.get_queryset(request), ""
    if not permissions.can_publish(request.user):
        mine = permissions.written_organisation_ids(request.user)
        rows, scope = rows.filter(driven_by__in=mine), "&mine=1"
    address = reverse("admin:innovation_initiative_changelist")
    lines = [
        {
            "count": todo.narrow(rows).count(),
            "sentence": todo.sentence,
            "url": f"{address}?todo={todo.name}{scope}",
        }
        for todo in TODOS.values()
    ]
    return [line for line in lines if line["count"]]
