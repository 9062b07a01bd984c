// The counter: collecting with a code that shows the amount, where the arrival is shown and sounded; verifying vouchers;
// shifts with what was collected in them. Must not be added here: a payment that nobody has paid.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { money, typed } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { chime, keepAwake } from "../parts/chime.ts";
import { List, Nothing, usePages } from "../parts/load.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Pairs, Picture, State, Time } from "../parts/shown.tsx";
import { InStore } from "../parts/shops.tsx";
import { VerifyVoucher } from "../parts/verify.tsx";
import { done, type Schema, service, under } from "../service.ts";

const LOOK_AGAIN_MS = 1500;

export function Collect({ id }: Params): JSX.Element {
  return <InStore id={id} title={t("shop.collect")} right="payments.take">{() => <Collecting id={id} />}</InStore>;
}

function Collecting({ id }: { id: string }): JSX.Element {
  const [text, setText] = useState("");
  const [code, setCode] = useState<string>();
  const sending = useSend(`collect:${id}`);
  const amount = typed(text);
  const collect = async (): Promise<void> => {
    if (amount === undefined) return;
    // A sound is allowed from here on, because somebody has pressed a button.
    chime("ready");
    const made = await sending.send((key) => done(service.POST("/v1/stores/{id}/codes", { body: { amount, minutes: 10 }, params: { path: { id }, ...under(key) } })));
    if (made !== undefined) setCode(made.id);
  };
  const next = (): void => {
    setCode(undefined);
    setText("");
  };
  return (
    <>
      {code === undefined ? (
        <Card>
          <Form of={sending} action={t("collect.show")} onSend={() => void collect()} can={amount !== undefined}>
            <Input name="amount" label={t("page.amount")} hint={t("page.amount_hint")} inputMode="decimal" autocomplete="off" value={text} onValue={setText} />
          </Form>
          <p class="soft"><a href={`/app/shop/${encodeURIComponent(id)}/qr`}>{t("collect.static")}</a></p>
        </Card>
      ) : <Shown key={code} code={code} onNext={next} />}
      <Waiting id={id} key={code} />
    </>
  );
}

/** A code on the screen until it is paid. */
function Shown({ code, onNext }: { code: string; onNext: () => void }): JSX.Element {
  const [state, setState] = useState<Schema<"PaymentCode">>();
  const told = useRef(false);
  const cancelling = useSend(`cancel:${code}`);
  useEffect(() => {
    const release = keepAwake();
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    const look = async (): Promise<void> => {
      const now = await done(service.GET("/v1/codes/{id}", { params: { path: { id: code } } })).catch(() => undefined);
      if (over) return;
      if (now !== undefined) setState(now);
      if (now?.state === "used" && !told.current) {
        told.current = true;
        chime("paid");
      }
      if (now === undefined || now.state === "offered" || now.state === "held") timer = setTimeout(() => void look(), LOOK_AGAIN_MS);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
      release();
    };
  }, [code]);
  const cancel = async (): Promise<void> => {
    const done_ = await cancelling.send((key) => done(service.POST("/v1/codes/{id}/cancel", { params: { path: { id: code }, ...under(key) } })));
    if (done_ !== undefined) onNext();
  };
  const waits = state === undefined || state.state === "offered" || state.state === "held";
  return (
    <Card title={t(waits ? "collect.scan" : "collect.done")}>
      <p class="big">{state === undefined ? "" : money(state.amount)}</p>
      {waits && <Picture src={`/v1/codes/${encodeURIComponent(code)}/qr.svg`} alt={t("collect.code")} kind="qr" />}
      <p class={state?.state === "used" ? "arrived" : "notice"} role="status">{t(`code.${state?.state ?? "offered"}`)}</p>
      {waits && state !== undefined && <p class="soft">{t("collect.until")} <Time of={state.expires} /></p>}
      {waits ? <Form of={cancelling} kind="second" action={t("collect.cancel")} onSend={() => void cancel()} /> : <button type="button" onClick={onNext}>{t("collect.next")}</button>}
    </Card>
  );
}

function Waiting({ id }: { id: string }): JSX.Element {
  const codes = usePages((after) => done(service.GET("/v1/stores/{id}/codes", { params: { path: { id }, query: { limit: 20, ...(after === undefined ? {} : { after }) } } })), [id]);
  return (
    <Card title={t("collect.waiting")}>
      <List of={codes} nothing={<p class="soft">{t("collect.none")}</p>}>
        {(one) => <Line title={<Money of={one.amount} />} sub={<Time of={one.expires} />} right={<State group="code" of={one.state} />} />}
      </List>
    </Card>
  );
}

export function Verify({ id }: Params): JSX.Element {
  return <InStore id={id} title={t("shop.verify")} right="vouchers.verify">{() => <VerifyVoucher id={id} />}</InStore>;
}

export function Shifts({ id }: Params): JSX.Element {
  return <InStore id={id} title={t("shop.shifts")}>{() => <AllShifts id={id} />}</InStore>;
}

function AllShifts({ id }: { id: string }): JSX.Element {
  const shifts = usePages((after) => done(service.GET("/v1/stores/{id}/shifts", { params: { path: { id }, query: { limit: 20, ...(after === undefined ? {} : { after }) } } })), [id]);
  const sending = useSend(`shift:${id}`);
  const open = async (): Promise<void> => {
    await sending.send((key) => done(service.POST("/v1/stores/{id}/shifts", { params: { path: { id }, ...under(key) } })));
    shifts.again();
  };
  const close = async (shift: string): Promise<void> => {
    await sending.send((key) => done(service.POST("/v1/shifts/{id}/close", { params: { path: { id: shift }, ...under(key) } })));
    shifts.again();
  };
  return (
    <>
      <Form of={sending} action={t("shifts.open")} onSend={() => void open()} />
      <List of={shifts} nothing={<Nothing text={t("shifts.none")} />}>
        {(shift) => (
          <Card said={shift.member} more={<span class="state">{t(shift.closed == null ? "shifts.is_open" : "shifts.is_closed")}</span>}>
            <Pairs of={[
              [t("shifts.opened"), <Time of={shift.opened} />],
              [t("shifts.closed"), shift.closed == null ? "–" : <Time of={shift.closed} />],
              [t("shifts.collected", { count: shift.collected }), <Money of={shift.collected_amount} />],
              [t("shifts.verified"), shift.verified_uses],
              [t("shifts.undone"), shift.undone_uses],
              [t("shifts.refunds", { count: shift.refunds }), <Money of={shift.refunded_amount} />],
            ]} />
            {shift.closed == null && <button type="button" class="second" disabled={sending.busy} onClick={() => void close(shift.id)}>{t("shifts.close")}</button>}
          </Card>
        )}
      </List>
    </>
  );
}
