// The service as the screens ask it: the typed client, lists page by page, and what goes wrong as one kind of thing. Must not
// be added here: a route of its own; the client has them all.

import { LinliProblem, linli } from "@linli/client";

export { done, idempotencyKey, LinliProblem, type Schema } from "@linli/client";

/** The service at the page's own address; the session is in a cookie that scripts do not see. */
export const service = linli({ baseUrl: location.origin });

/** A page of a list. */
export interface Page<Item> {
  items: Item[];
  next?: string | null;
}

/** Whether asking the same again can help, because perhaps nobody has heard it. */
export function mayRepeat(thrown: unknown): boolean {
  if (!(thrown instanceof LinliProblem)) return true;
  const { status, code } = thrown.problem;
  return status >= 500 || status === 429 || code === "request_in_progress";
}

/** The header that a write brings. */
export function under(key: string): { header: { "Idempotency-Key": string } } {
  return { header: { "Idempotency-Key": key } };
}
