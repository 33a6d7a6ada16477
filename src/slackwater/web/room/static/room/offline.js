/** The page that stands in for a room that cannot be reached: it counts what waits here and tries again. */

const RETRY_MS = 5_000;

const again = () => location.reload();
document.querySelector("[data-part=again]").addEventListener("click", again);
globalThis.addEventListener("online", again);

/* A reload that fails would flash; this asks first. */
setInterval(async () => {
  const answer = await fetch(location.href, { method: "HEAD", redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer) again();
}, RETRY_MS);

const request = indexedDB.open("slackwater-room");
request.onsuccess = () => {
  const database = request.result;
  if (!database.objectStoreNames.contains("items")) {
    database.close();
    return;
  }
  const count = database.transaction("items").objectStore("items").count();
  count.onsuccess = () => {
    const words = count.result === 1 ? "1 entry waits on this device" : `${count.result} entries wait on this device`;
    document.querySelector("[data-part=count]").textContent = words;
    database.close();
  };
};
