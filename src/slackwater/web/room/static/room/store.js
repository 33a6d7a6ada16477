/**
 * What waits on this device: entries not yet acknowledged, refused ones to look at, drafts.
 *
 * Everything is sealed with a key that cannot leave the browser, kept only until the server has it, and bound to
 * one person in one session: somebody else who signs in on this tablet can neither read nor send it.
 */

const NAME = "slackwater-room";
const VERSION = 2;
const ITEMS = "items";
const DRAFTS = "drafts";
const KEYS = "keys";
const STRICT = { durability: "strict" };

/** The device cannot keep anything. `message` says why, in words for the screen. */
export class StorageError extends Error {}

/** Open the store of one person in one session. Raises StorageError where the browser keeps nothing. */
export async function openStore({ user, session }) {
  const owner = `${user}|${session}`;
  if (!globalThis.crypto?.subtle) {
    throw new StorageError("This page is not served over a secure connection, so nothing may be kept here.");
  }
  try {
    const database = await openDatabase();
    const store = new Store(database, owner, await sealingKey(database, owner));
    await store.probe();
    return store;
  } catch (error) {
    throw new StorageError("This browser keeps nothing here (private window, full disk, or blocked storage).", {
      cause: error,
    });
  }
}

class Store {
  durable = true;

  constructor(database, owner, key) {
    this.database = database;
    this.owner = owner;
    this.key = key;
  }

  /** Write and read once, so that a device that cannot work offline says so before it matters. */
  async probe() {
    await this.saveDraft("probe", "1");
    if ((await this.readDraft("probe")) !== "1") throw new Error("what was written did not come back");
    await this.saveDraft("probe", "");
  }

  /** Keep an entry. Resolves once it is on the disk. */
  async put(item) {
    const sealed = await this.seal(item.entry.key, item);
    const row = { id: item.entry.key, owner: this.owner, place: item.place, ...sealed };
    await done(this.write(ITEMS, (items) => items.put(row)));
  }

  /** Forget an entry: the server has it. */
  async remove(key) {
    await done(this.write(ITEMS, (items) => items.delete(key)));
  }

  /** This person's items, in the order in which they are to be sent. */
  async list() {
    const rows = (await answer(this.read(ITEMS, (items) => items.getAll()))) ?? [];
    const own = rows.filter((row) => row.owner === this.owner).sort((one, other) => one.place - other.place);
    return Promise.all(own.map((row) => this.open(row.id, row)));
  }

  /** How many entries of other people or sessions wait on this device; what they say cannot be read here. */
  async others() {
    const rows = (await answer(this.read(ITEMS, (items) => items.getAll()))) ?? [];
    return rows.filter((row) => row.owner !== this.owner).length;
  }

  async saveDraft(name, text) {
    const id = `${this.owner}|${name}`;
    if (!text) return done(this.write(DRAFTS, (drafts) => drafts.delete(id)));
    const row = { id, ...(await this.seal(id, text)) };
    return done(this.write(DRAFTS, (drafts) => drafts.put(row)));
  }

  async readDraft(name) {
    const id = `${this.owner}|${name}`;
    const row = await answer(this.read(DRAFTS, (drafts) => drafts.get(id)));
    return row ? this.open(id, row) : "";
  }

  async seal(id, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return { iv, sealed: await crypto.subtle.encrypt(this.cipher(id, iv), this.key, plain) };
  }

  async open(id, { iv, sealed }) {
    const plain = await crypto.subtle.decrypt(this.cipher(id, iv), this.key, sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  /* The owner is sealed in, so that a row copied to another person's name does not open. */
  cipher(id, iv) {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${this.owner}|${id}`) };
  }

  write(name, act) {
    const transaction = this.database.transaction(name, "readwrite", STRICT);
    act(transaction.objectStore(name));
    return transaction;
  }

  read(name, ask) {
    return ask(this.database.transaction(name, "readonly").objectStore(name));
  }
}

/** The same for a device that keeps nothing: it lasts as long as the page, and the page says so. */
export class PassingStore {
  durable = false;
  items = new Map();
  drafts = new Map();

  async put(item) {
    this.items.set(item.entry.key, item);
  }

  async remove(key) {
    this.items.delete(key);
  }

  async list() {
    return [...this.items.values()].sort((one, other) => one.place - other.place);
  }

  async others() {
    return 0;
  }

  async saveDraft(name, text) {
    this.drafts.set(name, text);
  }

  async readDraft(name) {
    return this.drafts.get(name) ?? "";
  }
}

function openDatabase() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    for (const [name, keyPath] of [[ITEMS, "id"], [DRAFTS, "id"], [KEYS, "owner"]]) {
      // The page without a connection opens the database too, and may have been the first, with nothing in it.
      if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, { keyPath });
    }
  };
  return answer(request);
}

async function sealingKey(database, owner) {
  const kept = await answer(database.transaction(KEYS).objectStore(KEYS).get(owner));
  if (kept) return kept.key;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const transaction = database.transaction(KEYS, "readwrite", STRICT);
  const request = transaction.objectStore(KEYS).add({ owner, key });
  try {
    await answer(request);
    await done(transaction);
    return key;
  } catch {
    // Another tab of the same person was faster; both must use the one key.
    return (await answer(database.transaction(KEYS).objectStore(KEYS).get(owner))).key;
  }
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another tab holds an older version open"));
  });
}

function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
