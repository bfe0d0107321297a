// "Add" and "Remove" in a list, without leaving it. The buttons belong to one form in the header
// and work without this; htmx brings the button anew, the number in the header and what is said.
const form = document.querySelector("[data-programme-form]");
const said = document.getElementById("programme-said");
// One after the other: the first press may make the programme that the second adds to.
let line = Promise.resolve();

form.addEventListener("submit", (event) => {
  const place = event.submitter?.closest("[data-programme-button]");
  if (!place || !window.htmx) return;
  event.preventDefault();
  line = line.then(() => send(event.submitter, place));
});

async function send(button, place) {
  if (!button.isConnected) return;
  const hadFocus = document.activeElement === button;
  const { id, name, value } = button;
  try {
    await window.htmx.ajax("POST", form.action, {
      source: form,
      target: place,
      swap: "innerHTML",
      values: { [name]: value },
    });
  } catch {
    return; // htmx has told of it: see below
  }
  const next = place.querySelector("button");
  if (next) next.id = id;
  if (hadFocus) next?.focus({ preventScroll: true });
  sameElsewhere(value, place);
}

// An occasion can stand twice on a page.
function sameElsewhere(value, place) {
  for (const button of document.querySelectorAll(`[data-programme-button] [value="${value}"]`)) {
    const other = button.closest("[data-programme-button]");
    if (other === place) continue;
    const { id } = button;
    other.innerHTML = place.innerHTML;
    other.querySelector("button").id = id;
  }
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  form.addEventListener(name, () => {
    said.textContent = said.dataset.failed;
  });
}

// htmx notes the address when it starts, whatever its settings say; nothing is kept on the device.
sessionStorage.removeItem("htmx-current-path-for-history");
