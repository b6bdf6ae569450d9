// Keeps the page of the hard moment on the device, and what it is drawn with. Nothing about a person.
const KEPT = "hard-moment", PAGE = "/hard-moment/";

async function keep() {
  const answer = await fetch(PAGE, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return answer;
  const text = await answer.clone().text();
  const parts = [...text.matchAll(/(?:href|src)="(\/[^"]*\.(?:css|js|svg))"/g)].map((found) => found[1]);
  const shelf = await caches.open(KEPT);
  await shelf.put(PAGE, answer.clone());
  await Promise.all(parts.map(async (part) => (await shelf.match(part)) || shelf.add(part)));
  return answer;
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    const late = new Promise((resolve, refuse) => setTimeout(refuse, 3000));
    event.respondWith(Promise.race([keep(), late]).catch(() => caches.match(PAGE, { ignoreVary: true })));
    return;
  }
  event.respondWith(
    caches.match(event.request, { ignoreVary: true }).then((kept) => kept || fetch(event.request)),
  );
});
