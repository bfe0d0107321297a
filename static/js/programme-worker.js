// Keeps the programme's own page on the device, for when there is no connection. Registered by a
// press (programme-offline.js), for the programme's addresses alone; nothing else passes here.
const CACHE = "programme";
const PAGE = new URL("./", self.location).pathname;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (address.pathname === PAGE) event.respondWith(freshOrKept(request));
  } else if (address.pathname.startsWith("/static/")) {
    event.respondWith(keptOrFetched(request));
  }
});

// What the network says, kept for the next time; what was kept when it says nothing.
async function freshOrKept(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(PAGE, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

// The network first here too: in production the names carry a digest, in development they don't.
async function keptOrFetched(request) {
  const cache = await caches.open(CACHE);
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
