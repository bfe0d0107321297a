// Suggestions under a search field: a combobox with a list box, as the ARIA Authoring Practices
// have it. The field and its form work without this; so does Enter, when nothing is chosen.
const SHORTEST = 2;
const WAIT = 120; // milliseconds after the last letter
const MOST_KNOWN = 50;

for (const row of document.querySelectorAll("[data-combobox]")) {
  combobox(row, row.querySelector("input"));
}

function combobox(row, field) {
  const list = document.createElement("div");
  const status = document.createElement("p");
  const known = new Map();
  let active = -1;
  let timer = 0;
  let asking = new AbortController();

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", row.dataset.label);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  row.append(list, status);
  // A search box may not be a combobox (ARIA in HTML); its form says that it is a search.
  field.type = "text";
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    field.setAttribute(name, value);
  }

  const options = () => [...list.querySelectorAll("[role=option]")];

  function close() {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(index) {
    options()[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options()[index];
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(html) {
    choose(-1);
    list.innerHTML = html;
    const said = list.querySelector("[data-said]");
    status.textContent = said?.textContent ?? "";
    said?.remove();
    list.hidden = options().length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  // The old suggestions stay until the new ones are here; of two questions the last is answered.
  async function ask() {
    const typed = field.value.trim();
    asking.abort();
    if (typed.length < SHORTEST) {
      close();
      return;
    }
    asking = new AbortController();
    const { signal } = asking;
    if (!known.has(typed)) {
      const address = `${row.dataset.combobox}?${new URLSearchParams({ q: typed })}`;
      try {
        const response = await fetch(address, { signal });
        if (!response.ok) throw new Error(response.statusText);
        if (known.size >= MOST_KNOWN) known.clear();
        known.set(typed, await response.text());
      } catch {
        // Suggestions for another word are none; the search itself works all the same.
        if (!signal.aborted) close();
        return;
      }
    }
    if (!signal.aborted && document.activeElement === field) show(known.get(typed));
  }

  function open(option) {
    close();
    // The search itself, with whatever else the form has chosen.
    if (option.id === "suggestion-all" && field.form) field.form.requestSubmit();
    else location.assign(option.dataset.address);
  }

  // On its way down to the field, where the list may stop it.
  row.addEventListener(
    "input",
    () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    },
    true,
  );

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const total = options().length;
    if (list.hidden) {
      if (event.key === "ArrowDown" && field.value.trim().length >= SHORTEST) {
        event.preventDefault();
        ask();
      } else if (event.key === "Enter") {
        close();
      }
      return;
    }
    // One step past either end is the field itself: nothing is chosen.
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choose(((active + 1 + steps[event.key] + total + 1) % (total + 1)) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      close();
    } else if (event.key === "Enter") {
      const option = options()[active];
      if (option) event.preventDefault();
      option ? open(option) : close();
    }
  });

  // Pressing an option must not take the focus from the field, or the list would be gone.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open(option);
  });
  field.addEventListener("blur", close);
}
