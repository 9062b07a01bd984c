// Refunds: asking for all or a part of an order, what became of it, and appealing a refusal. Must not be added here: whether
// one is due.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { typed } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { List, Loaded, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Pairs, Screen, State, Time } from "../parts/shown.tsx";
import { go } from "../router.ts";
import { done, type Schema, service, under } from "../service.ts";

export function AskRefund({ id }: Params): JSX.Element {
  const order = useLoad(() => done(service.GET("/v1/orders/{id}", { params: { path: { id } } })), [id]);
  const [amount, setAmount] = useState("");
  const [reason, setReason] = useState("");
  const sending = useSend(`refund:${id}`);
  const wanted = typed(amount);
  const ask = async (): Promise<void> => {
    if (wanted === undefined) return;
    const asked = await sending.send((key) => done(service.POST("/v1/orders/{id}/refunds", { body: { amount: wanted, reason: reason.trim() }, params: { path: { id }, ...under(key) } })));
    if (asked !== undefined) go(`/app/refunds/${encodeURIComponent(asked.id)}`, "replace");
  };
  return (
    <Screen title={t("refund.ask")} home={`/app/orders/${encodeURIComponent(id)}`}>
      <Loaded of={order}>
        {(order) => (
          <Card>
            <Pairs of={[[t("refund.order"), <code>{order.order}</code>], [t("refund.paid"), <Money of={order.paid} />]]} />
            <Form of={sending} action={t("refund.send")} onSend={() => void ask()} can={wanted !== undefined && reason.trim() !== ""}>
              <Input name="amount" label={t("refund.amount")} hint={t("page.amount_hint")} inputMode="decimal" autocomplete="off" value={amount} onValue={setAmount} />
              <button type="button" class="quiet" onClick={() => setAmount(order.paid)}>{t("refund.all")}</button>
              <Input name="reason" label={t("refund.reason")} hint={t("refund.reason_hint")} maxLength={200} value={reason} onValue={setReason} />
            </Form>
          </Card>
        )}
      </Loaded>
    </Screen>
  );
}

export function Refunds(): JSX.Element {
  const all = usePages((after) => done(service.GET("/v1/me/refunds", { params: { query: { limit: 30, ...(after === undefined ? {} : { after }) } } })));
  return (
    <Screen title={t("refunds.title")} home="/app/me">
      <List of={all} nothing={<Nothing text={t("refunds.none")} to="/app/orders" action={t("orders.title")} />}>
        {(one) => <RefundLine of={one} />}
      </List>
    </Screen>
  );
}

export function RefundLine({ of }: { of: Schema<"Listed"> }): JSX.Element {
  return (
    <Line to={`/app/refunds/${encodeURIComponent(of.id)}`} title={of.order} sub={<Time of={of.since} />} right={<Money of={of.amount} />} below={<State group="refund" of={of.state} />} />
  );
}

export function OneRefund({ id }: Params): JSX.Element {
  const refund = useLoad(() => done(service.GET("/v1/refunds/{id}", { params: { path: { id } } })), [id]);
  return (
    <Screen title={t("refunds.one")} home="/app/refunds">
      <Loaded of={refund}>
        {(value) => (
          <>
            <Card title={t(value.was_asked ? "refunds.asked" : "refunds.offered")} more={<State group="refund" of={value.state} />}>
              <p class="big"><Money of={value.amount} /></p>
              <Pairs of={said(value)} />
            </Card>
            {value.state === "asked" && value.was_asked && <Act id={id} what="withdraw" again={refund.again} />}
            {value.state === "refused" && <Act id={id} what="appeal" again={refund.again} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function said(refund: Schema<"Refund">): [string, JSX.Element | string][] {
  const lines: [string, JSX.Element | string][] = [
    [t("refund.order"), <a href={`/app/orders/${encodeURIComponent(refund.order)}`}>{refund.order}</a>],
    [t("refunds.since"), <Time of={refund.since} />],
  ];
  if (refund.until != null) lines.push([t(refund.state === "asked" ? "refunds.answer_by" : "refunds.appeal_by"), <Time of={refund.until} />]);
  if (refund.reason != null) lines.push([t("refund.reason"), refund.reason]);
  if (refund.refusal != null) lines.push([t("refunds.refusal"), refund.refusal]);
  if (refund.appeal != null) lines.push([t("refunds.appeal"), refund.appeal]);
  return lines;
}

/** Taking a request back, or appealing a refusal with a reason. */
function Act({ id, what, again }: { id: string; what: "withdraw" | "appeal"; again: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const sending = useSend(`refund-${what}:${id}`);
  const send = async (): Promise<void> => {
    const sent = await sending.send((key) =>
      what === "appeal"
        ? done(service.POST("/v1/refunds/{id}/appeal", { body: { reason: reason.trim() }, params: { path: { id }, ...under(key) } }))
        : done(service.POST("/v1/refunds/{id}/withdraw", { params: { path: { id }, ...under(key) } })),
    );
    if (sent !== undefined) again();
  };
  return (
    <Card>
      <Form of={sending} kind="second" action={t(`refunds.${what}_now`)} onSend={() => void send()} can={what === "withdraw" || reason.trim() !== ""}>
        {what === "appeal" && <Input name="reason" label={t("refunds.appeal")} maxLength={200} value={reason} onValue={setReason} />}
      </Form>
    </Card>
  );
}
