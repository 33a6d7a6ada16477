{% load static %}/* Answers a page of this slice that cannot be reached with a page that says so. It keeps nothing about anybody. */

const CACHE = "slackwater-offline-1";
const PAGE = "{% url 'room:offline' %}";
const PARTS = [
  PAGE,
  "{% static 'shared/tokens.css' %}",
  "{% static 'shared/base.css' %}",
  "{% static 'shared/forms.css' %}",
  "{% static 'shared/parts.css' %}",
  "{% static 'shared/findings.css' %}",
  "{% static 'shared/print.css' %}",
  "{% static 'shared/mark.svg' %}",
  "{% static 'room/offline.js' %}",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(PARTS)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isPart = PARTS.includes(new URL(request.url).pathname);
  // Everything else, entries and the stream above all, goes by as if this were not here.
  if (request.mode !== "navigate" && !isPart) return;
  event.respondWith(fetch(request).catch(() => caches.match(isPart ? request : PAGE)));
});
