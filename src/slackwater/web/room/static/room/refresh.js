/** Asks the server again for what it has worked out, not more often than it can matter. */

const LEAST_GAP_MS = 1_000;

/** Wraps `ask` so that calls within a second become one, and two never run at once. */
export function gently(ask, { later = (act, wait) => setTimeout(act, wait) } = {}) {
  let isAsking = false;
  let isWanted = false;
  const run = async () => {
    if (isAsking) {
      isWanted = true;
      return;
    }
    isAsking = true;
    isWanted = false;
    try {
      await ask();
    } finally {
      later(() => {
        isAsking = false;
        if (isWanted) run();
      }, LEAST_GAP_MS);
    }
  };
  return run;
}
