// Orders of the mall: what was ordered, where it is, that it came, and sending back. Must not be added here: a decision of the
// supplier.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { money } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { List, Loaded, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { PayOrders } from "../parts/paying.tsx";
import { OneReturn, ReturnLines } from "../parts/returns.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Pairs, Screen, State, Time } from "../parts/shown.tsx";
import { go } from "../router.ts";
import { done, type Schema, service, under } from "../service.ts";

export { OneReturn };

export function MallOrders(): JSX.Element {
  const orders = usePages((after) => done(service.GET("/v1/me/mall/orders", { params: { query: { limit: 30, ...(after === undefined ? {} : { after }) } } })));
  return (
    <Screen title={t("me.to_mall_orders")} home="/app/me">
      <List of={orders} nothing={<Nothing text={t("orders.none")} to="/app/mall" action={t("basket.look")} />}>
        {(order) => <Line to={`/app/mall/orders/${encodeURIComponent(order.order)}`} title={order.title ?? order.order} sub={<><Time of={order.placed_at} /> · {t("mall_orders.pieces", { count: order.item_count })}</>} right={<Money of={order.list_total} />} below={<State group="mall_order" of={order.state} />} />}
      </List>
      <ReturnLines />
    </Screen>
  );
}

export function MallOrder({ id }: Params): JSX.Element {
  const order = useLoad(() => done(service.GET("/v1/mall/orders/{id}", { params: { path: { id } } })), [id]);
  return (
    <Screen title={t("mall_orders.one")} home="/app/mall/orders">
      <Loaded of={order}>
        {(value) => (
          <>
            <Card said={value.title ?? value.order} more={<State group="mall_order" of={value.state} />}>
              <ul class="list">{value.items.map((item) => <li key={item.item}><Line title={item.title ?? item.product} sub={`${item.name ?? item.variant} × ${item.count}`} right={<span class="money">{money(item.price)}</span>} /></li>)}</ul>
              <Pairs of={facts(value)} />
            </Card>
            {value.parcels.length > 0 && (
              <Card title={t("mall_orders.shipment")}>
                <ul class="list">{value.parcels.map((parcel) => <li key={parcel.number}><Line title={`${parcel.carrier} ${parcel.number}`} sub={<Time of={parcel.at} />} /></li>)}</ul>
              </Card>
            )}
            {value.state === "placed" && <PayOrders orders={[value.order]} name={value.order} />}
            <Acts of={value} again={order.again} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function facts(order: Schema<"ShownOrder">): [string, JSX.Element | string][] {
  const lines: [string, JSX.Element | string][] = [[t("mall.freight"), <Money of={order.freight} />], [t("basket.list"), <Money of={order.list_total} />]];
  if (order.money) lines.push([t("basket.points"), <Money of={order.money.points} />], [t("basket.cash"), <Money of={order.money.cash} />]);
  if (order.money && order.money.given_back !== "0.00") lines.push([t("vouchers.given_back"), <Money of={order.money.given_back} />]);
  if (order.address) lines.push([t("basket.address"), `${order.address.name} ${order.address.phone} ${order.address.region} ${order.address.street}`]);
  if (order.until != null) lines.push([t(`mall_orders.until_${order.state}`), <Time of={order.until} />]);
  if (order.reason != null) lines.push([t("refund.reason"), order.reason]);
  lines.push([t("orders.number"), <a href={`/app/orders/${encodeURIComponent(order.order)}`}>{order.order}</a>]);
  return lines;
}

function Acts({ of, again }: { of: Schema<"ShownOrder">; again: () => void }): JSX.Element {
  const sending = useSend(`mall-order:${of.order}`);
  const path = { id: of.order };
  const receive = async (): Promise<void> => {
    if ((await sending.send((key) => done(service.POST("/v1/mall/orders/{id}/receive", { params: { path, ...under(key) } })))) !== undefined) again();
  };
  const cancel = async (): Promise<void> => {
    if ((await sending.send((key) => done(service.POST("/v1/mall/orders/{id}/cancel", { body: {}, params: { path, ...under(key) } })))) !== undefined) again();
  };
  return (
    <>
      {of.state === "shipped" && <Form of={sending} action={t("mall_orders.receive")} onSend={() => void receive()} />}
      {(of.state === "placed" || of.state === "paid") && <Form of={sending} kind="second" action={t("mall_orders.cancel")} onSend={() => void cancel()} />}
      {(of.state === "received" || of.state === "shipped" || of.state === "settled") && <a class="button second" href={`/app/mall/orders/${encodeURIComponent(of.order)}/return`}>{t("mall_orders.return")}</a>}
      {of.returns.map((id) => <a key={id} href={`/app/returns/${encodeURIComponent(id)}`}>{t("returns.one")} {id}</a>)}
    </>
  );
}

const REASONS = ["changed_mind", "faulty", "not_as_described", "wrong_or_missing", "never_came"] as const;

export function AskReturn({ id }: Params): JSX.Element {
  const order = useLoad(() => done(service.GET("/v1/mall/orders/{id}", { params: { path: { id } } })), [id]);
  return (
    <Screen title={t("mall_orders.return")} home={`/app/mall/orders/${encodeURIComponent(id)}`}>
      <Loaded of={order}>{(order) => <Asking of={order} />}</Loaded>
    </Screen>
  );
}

function Asking({ of }: { of: Schema<"ShownOrder"> }): JSX.Element {
  const [counts, setCounts] = useState<Record<number, string>>({});
  const [reason, setReason] = useState<(typeof REASONS)[number]>("changed_mind");
  const [text, setText] = useState("");
  const sending = useSend(`return:${of.order}`);
  const items = of.items.map(({ item }) => ({ item, count: Number(counts[item] ?? "0") })).filter(({ count }) => Number.isInteger(count) && count > 0);
  const ask = async (): Promise<void> => {
    const asked = await sending.send((key) =>
      done(service.POST("/v1/mall/orders/{id}/returns", { body: { items, reason, ...(text.trim() === "" ? {} : { text: text.trim() }) }, params: { path: { id: of.order }, ...under(key) } })),
    );
    if (asked !== undefined) go(`/app/returns/${encodeURIComponent(asked.id)}`, "replace");
  };
  return (
    <Card>
      <Form of={sending} action={t("refund.send")} onSend={() => void ask()} can={items.length > 0}>
        {of.items.map((item) => (
          <div data-said key={item.item}>
            <Input name={`count-${item.item}`} label={`${item.title ?? item.product} ${item.name ?? ""}`} hint={t("returns.of", { count: item.count })} inputMode="numeric" maxLength={3} value={counts[item.item] ?? "0"} onValue={(value) => setCounts({ ...counts, [item.item]: value })} />
          </div>
        ))}
        <div class="field">
          <label for="reason">{t("refund.reason")}</label>
          <select id="reason" value={reason} onChange={(event) => setReason(event.currentTarget.value as typeof reason)}>
            {REASONS.map((one) => <option key={one} value={one} selected={one === reason}>{t(`returns.${one}`)}</option>)}
          </select>
        </div>
        <Input name="text" label={t("returns.text")} maxLength={500} value={text} onValue={setText} />
      </Form>
    </Card>
  );
}
