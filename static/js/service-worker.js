// Keeps one page and its files, and shows that page where there is no network. Nothing of a case goes through here: every
// other answer comes from the server and is kept nowhere. SHELL is told by the script that loads this one (/sw.js).
/* global SHELL */
const PREFIX = "shell-";
const NAME = `${PREFIX}${SHELL.edition}`;

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(NAME);
    await cache.addAll([SHELL.page, ...SHELL.files].map((url) => new Request(url, { cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const renew = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
    await self.registration.navigationPreload?.enable(); // the server is asked while this script is still starting
    await self.clients.claim();
  };
  event.waitUntil(renew());
});

const kept = async (url) => (await caches.open(NAME)).match(url);

const page = async (event) => {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch (lost) {
    const shell = await kept(SHELL.page);
    if (shell) return shell;
    throw lost;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (SHELL.files.includes(url.pathname)) event.respondWith(kept(url.pathname).then((file) => file || fetch(request)));
});
