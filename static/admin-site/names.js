// Gives names to the fields that Django's own scripts and templates leave without one, so that a
// screen reader says "Drivs av" and not only "list box": Select2's boxes, and the search of a list.
"use strict";

{
  /** The label of a field, with an id that other elements can point at. */
  function labelOf(field) {
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    if (label) label.id ||= `${field.id}_label`;
    return label;
  }

  function nameBox(select) {
    const label = labelOf(select);
    const box = select.nextElementSibling;
    if (!label || !box?.classList.contains("select2")) return;
    const words = label.textContent.trim().replace(/:$/, "");
    const shown = box.querySelector(".select2-selection__rendered");
    box.querySelector(".select2-selection").setAttribute(
      "aria-labelledby",
      [label.id, shown?.id].filter(Boolean).join(" "),
    );
    if (shown?.getAttribute("role") === "textbox") shown.setAttribute("aria-labelledby", label.id);
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", words);
  }

  function nameSearch() {
    const field = document.getElementById("searchbar");
    const image = field && labelOf(field)?.querySelector("img");
    if (image) field.setAttribute("aria-label", image.alt);
  }

  /** The field in an opened list has no field of its own beside it: its list tells whose it is. */
  function nameOpened(field) {
    const owner = /^select2-(.+)-results$/.exec(field.getAttribute("aria-controls") || "");
    const label = owner && labelOf({ id: owner[1] });
    if (label) field.setAttribute("aria-labelledby", label.id);
  }

  function nameAll() {
    document.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
    document.querySelectorAll(".select2-search--dropdown .select2-search__field").forEach(nameOpened);
  }

  nameSearch();
  nameAll();
  // Boxes are made when the page is ready, when a row is added and when a list is opened.
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
}
