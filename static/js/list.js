// The catalogue's list, on top of a form and links that work without this. htmx fetches the list
// anew when a choice changes; this keeps the address, the focus and the open groups in order.
const form = document.querySelector("[data-list]");
const search = form.querySelector("#q");
const fold = form.querySelector("[data-panel-fold]");
const failed = form.querySelector("[data-list-failed]");
const wide = window.matchMedia("(min-width: 60rem)");

// ── The address ─────────────────────────────────────────────────────────────
// By hand: htmx's own history keeps the address in the browser's storage, and nothing is kept on
// the device here. Each entry of the history knows which groups were open.
const here = () => location.pathname + location.search;
const query = (address) => new URL(address, location).searchParams;
let shown = here();

function isSameSearchGoingOn(before, after) {
  const [old, now] = [query(before), query(after)];
  return Boolean(old.get("q") && now.get("q")) && areSameBut(["q", "page"], old, now);
}

function areSameBut(keys, old, now) {
  for (const key of keys) [old, now].forEach((pairs) => pairs.delete(key));
  return old.toString() === now.toString();
}

const isSameUnfolded = (before, after) => areSameBut(["unfold"], query(before), query(after));

// Each arrow key in the box that sorts is a choice.
const isSameSorted = (before, after) => areSameBut(["sort", "page"], query(before), query(after));

const isLook = (button) => Boolean(button?.matches("[data-unfold], [data-fold]"));

function goTo(address) {
  if (address === shown) return;
  // One entry for a whole word, not one a letter; none for a look at more options or in another
  // order, but each page has its own.
  const isSame =
    isSameSearchGoingOn(shown, address) ||
    isSameUnfolded(shown, address) ||
    (isSameSorted(shown, address) && query(shown).get("sort") !== query(address).get("sort"));
  const write = isSame ? "replaceState" : "pushState";
  history[write]({ open: openGroups() }, "", address);
  shown = address;
  const language = document.querySelector("a.language");
  language.search = location.search;
}

window.addEventListener("popstate", () => {
  // The whole page again, as the address says; a jump within the page is none of our business.
  if (here() === shown) return;
  history.replaceState({ open: openGroups() }, "");
  location.reload();
});

// ── Open groups ─────────────────────────────────────────────────────────────
const groups = () => [...form.querySelectorAll("details[id]")];
const openGroups = () => Object.fromEntries(groups().map((group) => [group.id, group.open]));

const typedInBoxes = () => [...form.querySelectorAll("[data-find]")].map((box) => [box.id, box.value]);

function restore(open) {
  for (const group of groups()) {
    if (group.id in open) group.open = open[group.id];
  }
}

form.addEventListener(
  "toggle",
  () => history.replaceState({ ...history.state, open: openGroups() }, ""),
  true,
);

// ── A new answer ────────────────────────────────────────────────────────────
// What was pressed stays where it is, and keeps the focus; if it is gone, what stood next to it.
// Pressed and focused are two things: Safari gives a box or a link that is pressed no focus.
let pressed = null;
let lookedThrough = null; // the box whose typing asked for the rest of its group
let before = null;

form.addEventListener("change", (event) => {
  pressed = event.target;
});

function placeOf(element, isSubmit) {
  const chip = element.closest(".chips li");
  return {
    id: element.id,
    name: isLook(element) ? "" : element.name,
    value: element.value,
    chip: chip && [...chip.parentElement.children].indexOf(chip),
    group: element.closest("details[id]")?.id,
    unfolds: element.matches("[data-unfold]") ? boxesIn(element.closest("fieldset")).length : -1,
    isInPanel: Boolean(element.closest("#panel")),
    isPage: Boolean(element.closest(".pages")),
    isSubmit,
    top: element.getBoundingClientRect().top,
  };
}

const boxesIn = (group) => [...group.querySelectorAll("[type=checkbox]")];

function sameField(place) {
  if (!place.name) return undefined;
  return [...form.elements].find(
    (field) =>
      field.name === place.name && (field.type !== "checkbox" || field.value === place.value),
  );
}

function elementAt(place) {
  const field = sameField(place);
  if (field) return field;
  const same = place.id && document.getElementById(place.id);
  if (same) return same;
  const chips = form.querySelectorAll(".chips a");
  if (place.chip !== null && chips.length) return chips[Math.min(place.chip, chips.length - 1)];
  const group = document.getElementById(place.group);
  if (group) return boxesIn(group)[place.unfolds] ?? group.querySelector("summary");
  return form.querySelector("#results");
}

form.addEventListener("htmx:configRequest", (event) => {
  const { elt, path, parameters, triggeringEvent } = event.detail;
  // Where the page would jump to if it were loaded anew; here it stays where it is.
  event.detail.path = path.split("#")[0] || location.pathname;
  const button = triggeringEvent?.submitter;
  const page = query(shown).get("page");
  if (isLook(button) && page) parameters.page = page;
  const own = lookedThrough ?? pressed ?? (isLook(button) ? button : document.activeElement);
  // Each request knows its own, since another may be sent before it is answered.
  event.detail.source = elt === form ? own : elt;
  pressed = null;
});

form.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.shouldSwap) return;
  const { elt, source = elt, triggeringEvent } = event.detail.requestConfig;
  const hadFocus = document.activeElement !== document.body;
  const place = placeOf(source, triggeringEvent?.type === "submit");
  before = { open: openGroups(), typed: typedInBoxes(), place, hadFocus };
});

form.addEventListener("htmx:afterSwap", (event) => {
  if (before === null || event.detail.target.id !== "results") return;
  failed.textContent = "";
  restore(before.open);
  begin(Object.fromEntries(before.typed), before.place.id);
  keepPlace(before.place, before.hadFocus);
  before = null;
  const address = event.detail.xhr.getResponseHeader("Content-Location");
  goTo(address);
  if (document.activeElement !== search) search.value = query(address).get("q") ?? "";
});

function keepPlace(place, hadFocus) {
  const hasLostFocus = hadFocus && document.activeElement === document.body;
  if (hasLostFocus) elementAt(place)?.focus({ preventScroll: true });
  // Where the page would jump to without this, on a screen that the answer isn't on.
  const isFar = place.isSubmit && !wide.matches && !place.isInPanel;
  if (place.isPage || isFar) {
    form.querySelector(".list-results").scrollIntoView();
  } else if (place.isInPanel) {
    const top = elementAt(place)?.getBoundingClientRect().top ?? place.top;
    const scroller = wide.matches ? form.querySelector(".panel") : window;
    scroller.scrollBy(0, top - place.top);
  }
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  form.addEventListener(name, () => {
    failed.textContent = failed.dataset.said;
    lookedThrough = null;
    for (const button of form.querySelectorAll("[data-unfold]")) button.hidden = false;
  });
}

// ── Who speaks ──────────────────────────────────────────────────────────────
// While suggestions are open, those are told of; the total when they close.
const said = form.querySelector(".list-status");
new MutationObserver((changes) => {
  const wasOpen = changes[0].oldValue === "true";
  const isOpen = search.getAttribute("aria-expanded") === "true";
  said.setAttribute("aria-live", isOpen ? "off" : "polite");
  const total = said.querySelector("#total");
  const isTold = wasOpen && !isOpen && document.activeElement === search;
  if (isTold) total.replaceWith(total.cloneNode(true));
}).observe(search, { attributeFilter: ["aria-expanded"], attributeOldValue: true });

// One letter says nothing yet: the list would only flash. Not when it is what is left of a word, or
// while an answer is on its way.
search.closest("[data-combobox]").addEventListener(
  "input",
  (event) => {
    const isBusy = form.classList.contains("htmx-request") || query(shown).get("q");
    if (event.target === search && search.value.trim().length === 1 && !isBusy) {
      event.stopPropagation();
    }
  },
  true,
);

// A field that is left tells of its change once more; its letters have been told already.
search.addEventListener("change", (event) => event.stopPropagation());

// ── A long group: find an option by its name ────────────────────────────────
function findIn(box) {
  const group = box.closest("fieldset");
  const typed = box.value.trim().toLocaleLowerCase();
  for (const button of group.querySelectorAll(".panel-unfold")) button.hidden = Boolean(typed);
  const labels = [...group.querySelectorAll("label:has([type=checkbox])")];
  for (const label of labels) {
    label.hidden = !label.textContent.toLocaleLowerCase().includes(typed);
  }
  const isWhole = !group.querySelector("[data-unfold]");
  const isFound = labels.some((label) => !label.hidden);
  group.querySelector("[data-find-none]").hidden = !isWhole || isFound;
}

// All options must be here to be looked through.
function askForRest(box) {
  const unfold = box.closest("fieldset").querySelector("[data-unfold]");
  if (!unfold || !box.value.trim() || lookedThrough === box) return;
  lookedThrough = box;
  unfold.click();
}

// asked: the id of the box that this answer was asked for by, which has got what there is.
function begin(typed, asked) {
  lookedThrough = null;
  for (const box of form.querySelectorAll("[data-find]")) {
    box.closest("p").hidden = !window.htmx;
    box.value = typed[box.id] ?? "";
    findIn(box);
    if (box.id !== asked) setTimeout(() => askForRest(box));
  }
}

for (const name of ["input", "change"]) {
  form.addEventListener(
    name,
    (event) => {
      if (!event.target.matches("[data-find]")) return;
      event.stopPropagation();
      findIn(event.target);
      askForRest(event.target);
    },
    true,
  );
}
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-find]")) event.preventDefault();
});

// ── On a phone ──────────────────────────────────────────────────────────────
// The filters start folded, so that the list comes first.
fold.open = wide.matches;
fold.dataset.ready = "";
wide.addEventListener("change", () => {
  fold.open = wide.matches;
});

form.addEventListener("click", (event) => {
  // What the boxes say is there already: the button only shows it.
  if (!event.target.closest(".panel-show") || wide.matches) return;
  event.preventDefault();
  fold.open = false;
  form.querySelector(".list-results").scrollIntoView();
  form.querySelector("#results").focus({ preventScroll: true });
});

// Without htmx (it was not loaded) a choice loads the page anew.
if (!window.htmx) form.addEventListener("change", () => form.requestSubmit());

// ── From the start ──────────────────────────────────────────────────────────
// htmx notes the address when it starts, whatever its settings say.
sessionStorage.removeItem("htmx-current-path-for-history");
restore(history.state?.open ?? {});
begin({});
