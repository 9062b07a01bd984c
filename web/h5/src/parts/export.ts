// Everything that the service has of a member, as one file: each list to its end, each statement, by the same requests that the
// screens make. Must not be added here: what belongs to somebody else.

import { done, type Page, service } from "../service.ts";

/** Each part with its name; `told` hears which is at work. */
export async function everything(told: (part: string) => void, ended: AbortSignal): Promise<Blob> {
  const me = await done(service.GET("/v1/me"));
  const account = (kind: string): string => `member:${me.member}:${kind}`;
  const parts: Record<string, () => Promise<unknown>> = {
    member: async () => me,
    home: () => done(service.GET("/v1/me/home")),
    binding: () => done(service.GET("/v1/me/binding")),
    invited: () => done(service.GET("/v1/me/invited")),
    addresses: () => done(service.GET("/v1/me/addresses")),
    sessions: () => done(service.GET("/v1/sessions")),
    documents: () => all((after) => done(service.GET("/v1/me/documents", { params: { query: page(after) } }))),
    orders: () => all((after) => done(service.GET("/v1/me/orders", { params: { query: page(after) } }))),
    payments: () => all((after) => done(service.GET("/v1/me/payments", { params: { query: page(after) } }))),
    refunds: () => all((after) => done(service.GET("/v1/me/refunds", { params: { query: page(after) } }))),
    vouchers: () => all((after) => done(service.GET("/v1/me/vouchers", { params: { query: page(after) } }))),
    mall_orders: () => all((after) => done(service.GET("/v1/me/mall/orders", { params: { query: page(after) } }))),
    returns: () => all((after) => done(service.GET("/v1/me/mall/returns", { params: { query: page(after) } }))),
    withdrawals: () => all((after) => done(service.GET("/v1/me/withdrawals", { params: { query: page(after) } }))),
    notifications: () => all((after) => done(service.GET("/v1/notifications", { params: { query: page(after) } }))),
    deduction_points: () => all((after) => done(service.GET("/v1/me/deduction-points", { params: { query: page(after) } }))),
  };
  for (const kind of ["wallet", "spend", "points", "deduction"]) {
    parts[`statement_${kind}`] = () =>
      all((after) => done(service.GET("/v1/accounts/{id}/statement", { params: { path: { id: account(kind) }, query: page(after) } })));
  }
  const gathered: Record<string, unknown> = { made_at: new Date().toISOString() };
  for (const [name, read] of Object.entries(parts)) {
    ended.throwIfAborted();
    told(name);
    gathered[name] = await read();
  }
  return new Blob([JSON.stringify(gathered, null, 1)], { type: "application/json" });

  function page(after: string | undefined): { limit: number; after?: string } {
    return { limit: 200, ...(after === undefined ? {} : { after }) };
  }

  async function all<Item>(read: (after: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
    const items: Item[] = [];
    let after: string | undefined;
    do {
      ended.throwIfAborted();
      const next = await read(after);
      items.push(...next.items);
      after = next.next ?? undefined;
    } while (after !== undefined);
    return items;
  }
}
