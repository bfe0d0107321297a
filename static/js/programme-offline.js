// The programme without a connection, after a press and not before: the service worker is
// registered then, and keeps this page with what it is drawn with. "Forget" takes both away.
const panel = document.querySelector("[data-offline]");
const { worker, page } = panel?.dataset ?? {};
const part = (name) => panel.querySelector(`[data-offline-${name}]`);

function show(state) {
  part("on").hidden = state !== "on";
  part("failed").hidden = state !== "failed";
  part("off").hidden = state === "on";
  part("save").hidden = state === "on";
}

// The sheet, the typeface, the scripts, the signs: files that are the same for all.
function drawnWith() {
  const linked = document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon]");
  const drawn = document.querySelectorAll("script[src], img");
  const signs = document.querySelectorAll("use");
  const addresses = [
    ...[...linked].map((link) => link.href),
    ...[...drawn].map((one) => one.src),
    ...[...signs].map((use) => new URL(use.getAttribute("href"), location).href.split("#")[0]),
  ];
  return [...new Set(addresses)].filter((one) => new URL(one).pathname.startsWith("/static/"));
}

async function save() {
  const registration = await navigator.serviceWorker.register(worker, { scope: page });
  await activated(registration);
  const cache = await caches.open("programme");
  await cache.addAll([page, ...drawnWith()]);
}

function activated(registration) {
  if (registration.active) return Promise.resolve();
  const coming = registration.installing ?? registration.waiting;
  return new Promise((resolve, reject) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve();
      if (coming.state === "redundant") reject(new Error("the service worker was not installed"));
    });
  });
}

async function forget() {
  // Those of both languages: each has a page of its own, and they share what is kept.
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    await registration.unregister();
  }
  await caches.delete("programme");
}

async function begin() {
  panel.hidden = false;
  show((await navigator.serviceWorker.getRegistration(page)) ? "on" : "off");
  part("save").addEventListener("click", async () => {
    try {
      await save();
      show("on");
    } catch {
      await forget();
      show("failed");
    }
  });
}

if (panel && "serviceWorker" in navigator && "caches" in window) begin();

// Before the form is sent: the page that comes back must not be kept again.
document.querySelector("[data-forget]")?.addEventListener("submit", async (event) => {
  if (!("serviceWorker" in navigator)) return;
  event.preventDefault();
  await forget();
  event.target.submit();
});
