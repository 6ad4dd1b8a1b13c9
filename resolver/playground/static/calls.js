// Questions to the server.

/** What the server refuses, or that it does not answer, in one line. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Ask for JSON; with fields they are posted. */
export async function ask(path, fields) {
  const options = fields && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  };
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refusal(0, "The server does not answer. Is resolver serve still running?");
  }
  const content = await response.json().catch(() => ({ error: "The server answers something else." }));
  if (!response.ok) throw new Refusal(response.status, content.error);
  return content;
}

/**
 * Return a function that runs `work` for the latest call only: while one runs, of those that come in the
 * last waits and the others are forgotten. Errors go to `failed`.
 */
export function latestOnly(work, failed) {
  let running = false;
  let waiting = null;
  return async function call(...given) {
    waiting = given;
    if (running) return;
    running = true;
    while (waiting) {
      const now = waiting;
      waiting = null;
      try {
        await work(...now);
      } catch (error) {
        failed(error);
      }
    }
    running = false;
  };
}

/** Return a function that calls `work` when it was not called for some milliseconds. */
export function afterPause(milliseconds, work) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), milliseconds);
  };
}
