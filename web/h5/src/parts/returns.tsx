// Returns of the mall: where each stands, sending the goods back, appealing a refusal. Must not be added here: whether one is
// due.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { List, Loaded, useLoad, usePages } from "./load.tsx";
import { Form, Input, useSend } from "./send.tsx";
import { Card, Line, Pairs, Screen, State, Time } from "./shown.tsx";
import { done, type Schema, service, under } from "../service.ts";

export function ReturnLines(): JSX.Element {
  const all = usePages((after) => done(service.GET("/v1/me/mall/returns", { params: { query: { limit: 20, ...(after === undefined ? {} : { after }) } } })));
  return (
    <Card title={t("returns.title")}>
      <List of={all} nothing={<p class="soft">{t("returns.none")}</p>}>
        {(one) => <Line to={`/app/returns/${encodeURIComponent(one.id)}`} title={one.order} sub={<Time of={one.asked_at} />} right={<State group="return" of={one.state} />} />}
      </List>
    </Card>
  );
}

export function OneReturn({ id }: Params): JSX.Element {
  const one = useLoad(() => done(service.GET("/v1/mall/returns/{id}", { params: { path: { id } } })), [id]);
  return (
    <Screen title={t("returns.one")} home="/app/mall/orders">
      <Loaded of={one}>
        {(value) => (
          <>
            <Card more={<State group="return" of={value.state} />} said={value.order}>
              <Pairs of={facts(value)} />
            </Card>
            {value.state === "agreed" && <SendBack id={id} again={one.again} />}
            {value.state === "asked" && <Act id={id} what="withdraw" again={one.again} />}
            {value.state === "refused" && value.appeal_until != null && <Act id={id} what="appeal" again={one.again} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function facts(value: Schema<"ShownReturn">): [string, JSX.Element | string][] {
  const lines: [string, JSX.Element | string][] = [
    [t("refund.reason"), t(`returns.${value.reason}`)],
    [t("returns.pieces"), value.items.map((part) => `#${part.item + 1} × ${part.count}`).join(", ")],
    [t("refunds.since"), <Time of={value.asked_at} />],
  ];
  if (value.text != null) lines.push([t("returns.text"), value.text]);
  if (value.answer != null) lines.push([t("returns.answer"), value.answer]);
  if (value.until != null) lines.push([t("returns.until"), <Time of={value.until} />]);
  if (value.parcel != null) lines.push([t("mall_orders.shipment"), `${value.parcel.carrier} ${value.parcel.number}`]);
  return lines;
}

function SendBack({ id, again }: { id: string; again: () => void }): JSX.Element {
  const [parcel, setParcel] = useState({ carrier: "", number: "" });
  const sending = useSend(`send-back:${id}`);
  const send = async (): Promise<void> => {
    const sent = await sending.send((key) => done(service.POST("/v1/mall/returns/{id}/send-back", { body: parcel, params: { path: { id }, ...under(key) } })));
    if (sent !== undefined) again();
  };
  return (
    <Card title={t("returns.send_back")}>
      <Form of={sending} action={t("returns.sent")} onSend={() => void send()} can={parcel.carrier.trim() !== "" && parcel.number.trim() !== ""}>
        <Input name="carrier" label={t("returns.carrier")} maxLength={40} value={parcel.carrier} onValue={(carrier) => setParcel({ ...parcel, carrier })} />
        <Input name="number" label={t("returns.number")} maxLength={40} value={parcel.number} onValue={(number) => setParcel({ ...parcel, number })} />
      </Form>
    </Card>
  );
}

function Act({ id, what, again }: { id: string; what: "withdraw" | "appeal"; again: () => void }): JSX.Element {
  const sending = useSend(`return-${what}:${id}`);
  const path = `/v1/mall/returns/{id}/${what}` as const;
  const send = async (): Promise<void> => {
    const sent = await sending.send((key) => done(service.POST(path, { params: { path: { id }, ...under(key) } })));
    if (sent !== undefined) again();
  };
  return <Form of={sending} kind="second" action={t(`refunds.${what}_now`)} onSend={() => void send()} />;
}
