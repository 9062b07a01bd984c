// A store's money: what it sold, refunds that wait for its answer, what is owed to it, its bank account and withdrawals. Must
// not be added here: a sum that the service has not made.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { FilteredAway, List, Loaded, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { BankForm, WithdrawForm } from "../parts/payout.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Pairs, State, Time } from "../parts/shown.tsx";
import { InStore } from "../parts/shops.tsx";
import { go } from "../router.ts";
import { done, type Schema, service, under } from "../service.ts";

const STATES = ["", "paid", "settled", "given_back"];

export function ShopOrders({ id }: Params): JSX.Element {
  return <InStore id={id} title={t("shop.orders")} right="receivables.see">{() => <Sold id={id} />}</InStore>;
}

function Sold({ id }: { id: string }): JSX.Element {
  const [asked, setAsked] = useState({ state: "", day: "" });
  const orders = usePages((after) => {
    const query = { limit: 30, ...(asked.state === "" ? {} : { state: asked.state }), ...(asked.day === "" ? {} : { day: asked.day }), ...(after === undefined ? {} : { after }) };
    return done(service.GET("/v1/stores/{id}/orders", { params: { path: { id }, query } }));
  }, [id, asked.state, asked.day]);
  const isFiltered = asked.state + asked.day !== "";
  return (
    <>
      <Card>
        <div class="two">
          <div class="field"><label for="state">{t("shop.state")}</label><select id="state" value={asked.state} onChange={(event) => setAsked({ ...asked, state: event.currentTarget.value })}>{STATES.map((state) => <option key={state} value={state} selected={state === asked.state}>{state === "" ? t("mall.all") : t(`order.${state}`)}</option>)}</select></div>
          <div class="field"><label for="day">{t("invited.day")}</label><input id="day" type="date" value={asked.day} onChange={(event) => setAsked({ ...asked, day: event.currentTarget.value })} /></div>
        </div>
      </Card>
      <List of={orders} nothing={isFiltered ? <FilteredAway clear={() => setAsked({ state: "", day: "" })} /> : <Nothing text={t("shop.no_orders")} to={`/app/shop/${encodeURIComponent(id)}/qr`} action={t("shop.qr")} />}>
        {(order) => <Line to={`/app/orders/${encodeURIComponent(order.order)}`} title={order.order} sub={<Time of={order.since} />} right={<Money of={order.amount} />} below={<State group="order" of={order.state} />} />}
      </List>
    </>
  );
}

export function ShopRefunds({ id }: Params): JSX.Element {
  return <InStore id={id} title={t("shop.refunds")} right="refunds.answer">{() => <Asked id={id} />}</InStore>;
}

function Asked({ id }: { id: string }): JSX.Element {
  const all = usePages((after) => done(service.GET("/v1/stores/{id}/refunds", { params: { path: { id }, query: { limit: 30, ...(after === undefined ? {} : { after }) } } })), [id]);
  return (
    <List of={all} nothing={<Nothing text={t("refunds.none")} />}>
      {(one) => one.state === "asked" ? <Answering of={one} again={all.again} /> : <Line title={one.order} sub={<Time of={one.since} />} right={<Money of={one.amount} />} below={<State group="refund" of={one.state} />} />}
    </List>
  );
}

/** A request with what was written, and an answer. */
function Answering({ of, again }: { of: Schema<"Listed">; again: () => void }): JSX.Element {
  const whole = useLoad(() => done(service.GET("/v1/refunds/{id}", { params: { path: { id: of.id } } })), [of.id]);
  const [reason, setReason] = useState("");
  const agreeing = useSend(`agree:${of.id}`);
  const refusing = useSend(`refuse:${of.id}`);
  const answer = async (agree: boolean): Promise<void> => {
    const body = agree ? { agree } : { agree, reason: reason.trim() };
    const sent = await (agree ? agreeing : refusing).send((key) => done(service.POST("/v1/refunds/{id}/answer", { body, params: { path: { id: of.id }, ...under(key) } })));
    if (sent !== undefined) again();
  };
  return (
    <Card said={of.order} more={<State group="refund" of={of.state} />}>
      <p class="big"><Money of={of.amount} /></p>
      <Pairs of={[[t("refund.reason"), whole.value?.reason ?? "…"], [t("refunds.answer_by"), of.until == null ? "–" : <Time of={of.until} />]]} />
      <Form of={agreeing} action={t("shop.agree")} onSend={() => void answer(true)} />
      <Form of={refusing} kind="second" action={t("shop.refuse")} onSend={() => void answer(false)} can={reason.trim() !== ""}>
        <Input name={`why-${of.id}`} label={t("refunds.refusal")} maxLength={200} value={reason} onValue={setReason} />
      </Form>
    </Card>
  );
}

export function ShopMoney({ id }: Params): JSX.Element {
  return <InStore id={id} title={t("shop.money")}>{() => <MoneyOf id={id} />}</InStore>;
}

function MoneyOf({ id }: { id: string }): JSX.Element {
  const path = { id };
  const all = useLoad(async () => ({
    figures: await done(service.GET("/v1/stores/{id}/figures", { params: { path } })),
    account: await done(service.GET("/v1/stores/{id}/payout-account", { params: { path } })),
  }), [id]);
  const withdrawals = usePages((after) => done(service.GET("/v1/stores/{id}/withdrawals", { params: { path, query: { limit: 20, ...(after === undefined ? {} : { after }) } } })), [id]);
  return (
    <Loaded of={all}>
      {({ figures, account }) => (
        <>
          <Card><Line to={`/app/statement/${encodeURIComponent(`store:${id}`)}`} title={t("account.store")} right={<Money of={figures.balance} />} below={t("points.statement")} /></Card>
          <WithdrawForm name={`withdraw:${id}`} available={figures.balance} account={account} bank="#bank" submit={(amount, key) => done(service.POST("/v1/stores/{id}/withdrawals", { body: { amount }, params: { path, ...under(key) } }))} onDone={(one) => go(`/app/withdrawals/${encodeURIComponent(one)}`)} />
          <div id="bank"><BankForm name={`bank:${id}`} account={account} onDone={all.again} submit={(bank, key) => done(service.POST("/v1/stores/{id}/payout-account", { body: bank, params: { path, ...under(key) } }))} /></div>
          <Card title={t("wallet.withdrawals")}>
            <List of={withdrawals} nothing={<p class="soft">{t("withdrawals.none")}</p>}>
              {(one) => <Line to={`/app/withdrawals/${encodeURIComponent(one.id)}`} title={one.account} sub={one.steps[0]?.at == null ? one.id : <Time of={one.steps[0].at} />} right={<Money of={one.amount} />} below={<State group="withdrawal" of={one.state} />} />}
            </List>
          </Card>
        </>
      )}
    </Loaded>
  );
}
