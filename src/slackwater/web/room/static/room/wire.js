/** The requests this page makes. None of them retries: that is the sender's and the stream's business. */

const PATIENCE_MS = 10_000;

export class Wire {
  constructor({ facts, clock }) {
    this.facts = facts;
    this.clock = clock;
  }

  /** Post entries. Resolves to {status, body}; rejects when no answer came. */
  async post(entries) {
    const response = await fetch(this.facts.urls.ingest, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": token(this.facts.csrf_cookie),
        // Whoever signs in on this tablet meanwhile must not become the author of what somebody else wrote.
        "X-Author": `${this.facts.user.id}`,
      },
      body: JSON.stringify({
        session: this.facts.session,
        // The time as the server would tell it: event times were written by the same clock.
        sent_at: new Date(this.clock.server()).toISOString(),
        entries: entries.map(({ key, kind, payload, happened_at }) => ({ key, kind, payload, happened_at })),
      }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: await body(response) };
  }

  /** What the room knows, with every entry after `sequence`. */
  state(sequence) {
    return this.read(`${this.facts.urls.state}?after=${sequence}`);
  }

  forecast() {
    return this.read(this.facts.urls.forecast);
  }

  /** What the crowd says of the ordered booster. */
  booster() {
    return this.read(this.facts.urls.booster);
  }

  /** What a scanned code is. */
  scan(asked) {
    return this.ask(this.facts.urls.scan, asked);
  }

  /** Keep what two people have read of a dose. */
  check(asked) {
    return this.ask(this.facts.urls["dose-check"], asked);
  }

  async ask(url, asked) {
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(this.facts.csrf_cookie) },
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = await body(response);
    if (!response.ok) throw new WireError(response.status, answer);
    return answer;
  }

  async read(url) {
    const response = await fetch(url, {
      credentials: "same-origin",
      cache: "no-store",
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new WireError(response.status, await body(response));
    return response.json();
  }
}

/** The server answered, but not with what was asked for. */
export class WireError extends Error {
  constructor(status, body = null) {
    super(`status ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** The token that proves a request came from this site's own page. */
export function token(name) {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return cookie ? cookie.slice(name.length + 1) : "";
}

async function body(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
