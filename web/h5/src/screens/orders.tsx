// What a member has bought, and of each order where its money went: plan, rule, rate, rounding and postings. Must not be added
// here: a number that the split does not have.

import type { JSX } from "preact";
import { named, t } from "@linli/shared/words";
import { points } from "@linli/shared/format";
import type { Params } from "../app.tsx";
import { Disclosed } from "../parts/disclosed.tsx";
import { List, Loaded, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { Split } from "../parts/split.tsx";
import { Card, Line, Money, Pairs, Screen, State, Time } from "../parts/shown.tsx";
import { done, type Schema, service } from "../service.ts";

export function Orders(): JSX.Element {
  const orders = usePages((after) => done(service.GET("/v1/me/orders", { params: { query: { limit: 30, ...(after === undefined ? {} : { after }) } } })));
  return (
    <Screen title={t("orders.title")} home="/app/me" action={<a href="/app/refunds">{t("home.refunds")}</a>}>
      <List of={orders} nothing={<Nothing text={t("orders.none")} to="/app/stores" action={t("orders.find")} />}>
        {(order) => (
          <Line to={`/app/orders/${encodeURIComponent(order.order)}`} title={order.store_name ?? order.store ?? t("orders.mall")} sub={<><Time of={order.since} /> · {order.order}</>} right={<Money of={order.amount} />} below={<State group="order" of={order.state} />} />
        )}
      </List>
    </Screen>
  );
}

export function OneOrder({ id }: Params): JSX.Element {
  const split = useLoad(async () => {
    const split = await done(service.GET("/v1/orders/{id}/split", { params: { path: { id } } }));
    return { ...split, seller: split.store == null ? (split.supplier ?? id) : await storeName(split.store) };
  }, [id]);
  return (
    <Screen title={t("orders.one")} home="/app/orders">
      <Loaded of={split}>
        {(split) => (
          <>
            <Card said={split.seller} more={<State group="order" of={split.phase} />}>
              <p class="big"><Money of={split.paid} /></p>
              <Pairs of={facts(split)} />
              {split.you_are.includes("buyer") && split.phase !== "given_back" && split.store != null && (
                <a class="button second" href={`/app/orders/${encodeURIComponent(id)}/refund`}>{t("orders.refund")}</a>
              )}
            </Card>
            <Split of={split} />
            {split.you_are.includes("buyer") && <Disclosed />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

async function storeName(store: string): Promise<string> {
  const front = await done(service.GET("/v1/stores/{id}/page", { params: { path: { id: store } } })).catch(() => undefined);
  return front?.page?.name ?? store;
}

function facts(split: Schema<"Split">): [string, JSX.Element | string][] {
  const lines: [string, JSX.Element | string][] = [[t("orders.number"), <code>{split.order}</code>]];
  if (split.settled_at != null) lines.push([t("orders.settled_at"), <Time of={split.settled_at} />]);
  if (split.from_spend !== "0.00") lines.push([t("page.from_spend"), <Money of={split.from_spend} />]);
  if (split.cancelled !== "0.00") lines.push([t("orders.cancelled"), <Money of={split.cancelled} />]);
  if (split.refunded !== "0.00") lines.push([t("orders.refunded"), <Money of={split.refunded} />]);
  if (split.you_are.includes("buyer")) lines.push([t("orders.minted"), <span class="money">{points(split.minted)}</span>]);
  lines.push([t("orders.you_are"), split.you_are.map((part) => named("part", part)).join(" · ")]);
  return lines;
}
