// The basket: quoted by the service each time it changes, ordered as it was quoted, for an address, or not at all. Must not be
// added here: a sum that is made here.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { money } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import { type Pick, asked, picks, setPicks } from "../basket.ts";
import { Failed, Loaded, Nothing, useLoad, Waiting } from "../parts/load.tsx";
import { openPayment } from "../parts/paying.tsx";
import { Form, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Pairs, Screen } from "../parts/shown.tsx";
import { done, type Schema, service, under } from "../service.ts";

export function Basket(): JSX.Element {
  const [all, setAll] = useState(picks);
  const change = (changed: Pick[]): void => {
    setPicks(changed);
    setAll(changed.filter((pick) => pick.count > 0));
  };
  return (
    <Screen title={t("basket.title")} home="/app/mall">
      {all.length === 0 ? <Nothing text={t("basket.none")} to="/app/mall" action={t("basket.look")} /> : <Quoted picks={all} onChange={change} />}
    </Screen>
  );
}

function Quoted({ picks: all, onChange }: { picks: Pick[]; onChange: (all: Pick[]) => void }): JSX.Element {
  const quote = useLoad(() => done(service.GET("/v1/mall/quote", { params: { query: { picks: asked(all) } } })), [asked(all)]);
  if (quote.failed !== undefined) {
    return <><Failed of={quote.failed} again={quote.again} /><button type="button" class="second" onClick={() => onChange([])}>{t("basket.empty")}</button></>;
  }
  if (quote.value === undefined) return <Waiting />;
  const set = (item: Schema<"QuotedItem">, count: number): void =>
    onChange(all.map((pick) => (pick.product === item.product && pick.variant === item.variant ? { ...pick, count } : pick)));
  return (
    <>
      {quote.value.orders.map((order) => (
        <Card key={order.supplier} said={order.supplier_name ?? order.supplier}>
          <ul class="list">
            {order.items.map((item) => (
              <li key={`${item.product}${item.variant}`}>
                <Line
                  title={item.title}
                  sub={item.is_there ? item.name : <span class="loss">{t("mall.sold_out")}</span>}
                  right={<span class="money">{money(item.price)}</span>}
                  below={<Count of={item} onCount={(count) => set(item, count)} />}
                />
              </li>
            ))}
          </ul>
          <Pairs of={[[t("mall.freight"), <Money of={order.freight} />], [t("basket.list"), <Money of={order.list_total} />], [t("basket.points"), <Money of={order.points} />], [t("basket.cash"), <Money of={order.cash} />]]} />
        </Card>
      ))}
      <Card><Pairs of={[[t("basket.list"), <Money of={quote.value.list_total} />], [t("basket.points"), <Money of={quote.value.points} />], [t("basket.cash"), <strong><Money of={quote.value.cash} /></strong>]]} /></Card>
      <Order quote={quote.value} onOrdered={() => onChange([])} />
    </>
  );
}

function Count({ of, onCount }: { of: Schema<"QuotedItem">; onCount: (count: number) => void }): JSX.Element {
  return (
    <span class="count" role="group" aria-label={t("basket.count_of", { title: of.title })}>
      <button type="button" class="quiet" aria-label={t("basket.less")} onClick={() => onCount(of.count - 1)}>−</button>
      <span aria-live="polite">{of.count}</span>
      <button type="button" class="quiet" aria-label={t("basket.more")} onClick={() => onCount(of.count + 1)}>+</button>
    </span>
  );
}

function Order({ quote, onOrdered }: { quote: Schema<"ShownQuote">; onOrdered: () => void }): JSX.Element {
  const addresses = useLoad(() => done(service.GET("/v1/me/addresses")));
  return (
    <Loaded of={addresses}>
      {(all) => all.length === 0 ? <Nothing text={t("addresses.none")} to="/app/addresses/new" action={t("addresses.add")} /> : <Place quote={quote} addresses={all} onOrdered={onOrdered} />}
    </Loaded>
  );
}

function Place({ quote, addresses, onOrdered }: { quote: Schema<"ShownQuote">; addresses: Schema<"ShownAddress">[]; onOrdered: () => void }): JSX.Element {
  const [address, setAddress] = useState((addresses.find((one) => one.is_default) ?? addresses[0])?.id ?? "");
  const sending = useSend("basket");
  const place = async (): Promise<void> => {
    const orders = quote.orders.map((order) => ({
      supplier: order.supplier,
      freight: order.freight,
      items: order.items.map(({ product, variant, count, price }) => ({ product, variant, count, price })),
    }));
    await sending.send(async (key) => {
      const placed = await done(service.POST("/v1/mall/baskets", { body: { address, orders }, params: under(key) }));
      const basket = await done(service.GET("/v1/mall/baskets/{id}", { params: { path: { id: placed.id }, query: { at_least_seq: placed.seq } } }));
      await openPayment(basket.to_pay.map(({ order }) => ({ order })), `${key}-pay`);
      onOrdered();
    });
  };
  const isThere = quote.orders.every((order) => order.items.every((item) => item.is_there));
  return (
    <Card title={t("basket.address")}>
      <Form of={sending} action={t("basket.order", { cash: money(quote.cash) })} onSend={() => void place()} can={isThere && address !== ""}>
        <div class="field">
          <label for="address">{t("basket.address")}</label>
          <select id="address" value={address} onChange={(event) => setAddress(event.currentTarget.value)}>
            {addresses.map((one) => <option key={one.id} value={one.id} selected={one.id === address}>{one.to?.name} {one.to?.region} {one.to?.street}</option>)}
          </select>
        </div>
        <p class="soft">{t("basket.note")}</p>
      </Form>
    </Card>
  );
}
