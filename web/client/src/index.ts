// The open interface as its document describes it: every path, body and answer has its type from `document.ts`, which
// `cargo xtask gen` writes. Here is only what each request brings besides. Must not be added here: a route, a form.

import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, paths } from "./document.ts";

export type { components, paths } from "./document.ts";

/** A form of the document, by its name. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** What goes wrong, in one form (RFC 9457); `code` is stable. */
export class LinliProblem extends Error {
  readonly problem: Schema<"Problem">;

  constructor(problem: Schema<"Problem">) {
    super(problem.detail);
    this.name = problem.code;
    this.problem = problem;
  }
}

export interface Options {
  /** Where the service is; the page's own where it is left out. */
  baseUrl?: string;
  /** The token of a log-in, where it is not in a cookie. */
  token?: () => string | undefined;
}

/** A key for one write: made once for what somebody does, and the same when it is sent again. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}

/** The typed functions, one for each method. */
export function linli(options: Options = {}): Client<paths> {
  const client = createClient<paths>(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl });
  client.use(authorized(options));
  return client;
}

function authorized({ token }: Options): Middleware {
  return {
    onRequest({ request }) {
      const known = token?.();
      if (known !== undefined) request.headers.set("Authorization", `Bearer ${known}`);
      return request;
    },
  };
}

/** What a call has brought, or its problem, thrown. */
export async function done<Data>(
  call: Promise<{ data?: Data; error?: Schema<"Problem"> | undefined; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (error !== undefined) throw new LinliProblem(error);
  if (data === undefined) throw new Error(`the service has answered ${response.status} with nothing`);
  return data;
}
