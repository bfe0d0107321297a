"""Fills in an admin form as a browser does: what the page holds, with a few answers changed."""

from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse


class _FormReader(HTMLParser):
    """Collects name → values of the form whose id ends with `_form`, templates of rows left out."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._in_form = False
        self._textarea = self._select = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._in_form = given.get("id", "").endswith("_form")
        if not self._in_form:
            return
        name = given.get("name")
        if tag == "input" and name and self._is_sent(given):
            default = "on" if given.get("type") in ("checkbox", "radio") else ""
            self.values.setdefault(name, []).append(given.get("value", default))
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            self.values.setdefault(self._select, []).append(given.get("value", ""))

    def _is_sent(self, given) -> bool:
        kind = given.get("type", "text")
        if kind in ("submit", "button", "file"):
            return False
        return kind not in ("checkbox", "radio") or "checked" in given

    def handle_data(self, data):
        if self._textarea:
            # A browser leaves out the line break that the tag begins with.
            self.values[self._textarea][0] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None
        if tag == "form":
            self._in_form = False


def read_form(response) -> dict[str, list[str]]:
    reader = _FormReader()
    reader.feed(response.content.decode())
    return {name: values for name, values in reader.values.items() if "__prefix__" not in name}


def change_url(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def open_form(client: Client, row) -> dict[str, list[str]]:
    """What the change form of `row` would send if someone pressed the button at once."""
    response = client.get(change_url(row))
    assert response.status_code == 200
    return read_form(response)


def save(client: Client, row, button: str = "_continue", *, values=None, **answers):
    """Open the change form of `row`, fill in `answers`, press `button`; returns the response.

    `values` is a form opened earlier, as one that stood open while something else happened.
    """
    values = values if values is not None else open_form(client, row)
    return client.post(change_url(row), {**values, **answers, button: "1"})


def add_row(prefix: str, **fields) -> dict[str, str]:
    """One new row below a form that had none."""
    return {
        f"{prefix}-TOTAL_FORMS": "1",
        **{f"{prefix}-0-{name}": value for name, value in fields.items()},
    }


def errors_of(response) -> dict[str, list[str]]:
    """Field → sentences, for the form and the rows below it; "" for the whole form."""
    found = {}
    for name, sentences in response.context["adminform"].form.errors.items():
        found["" if name == "__all__" else name] = list(sentences)
    for inline in response.context["inline_admin_formsets"]:
        for number, form_errors in enumerate(inline.formset.errors):
            for name, sentences in form_errors.items():
                found[f"{inline.formset.prefix}-{number}-{name}"] = list(sentences)
    return found


def messages_of(response) -> list[str]:
    """The messages of the page that a response leads to (`follow=True`) or of itself."""
    return [str(message) for message in response.context["messages"]]
