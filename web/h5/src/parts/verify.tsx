// Verifying a voucher in a store: looked up by its code, used once or more, taken back within ten minutes; and the latest that
// were verified. Must not be added here: who bought it.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import { List, Nothing, usePages } from "./load.tsx";
import { Form, Input, useSend } from "./send.tsx";
import { Card, Line, Pairs, State, Time } from "./shown.tsx";
import { done, type Schema, service, under } from "../service.ts";

export function VerifyVoucher({ id }: { id: string }): JSX.Element {
  const [code, setCode] = useState("");
  const [found, setFound] = useState<Schema<"FoundVoucher">>();
  const [uses, setUses] = useState("1");
  const [done_, setDone] = useState<string>();
  const looking = useSend(`look:${id}`);
  const verifying = useSend(`verify:${id}`);
  const path = { id };
  const plain = code.replace(/\s/g, "");
  const all = usePages((after) => done(service.GET("/v1/stores/{id}/verifications", { params: { path, query: { limit: 20, ...(after === undefined ? {} : { after }) } } })), [id]);
  const look = async (): Promise<void> => {
    setDone(undefined);
    setFound(await looking.send((key) => done(service.POST("/v1/stores/{id}/vouchers/look", { body: { code: plain }, params: { path, ...under(key) } }))));
  };
  const verify = async (): Promise<void> => {
    const count = Number(uses);
    const verified = await verifying.send((key) => done(service.POST("/v1/stores/{id}/vouchers/verify", { body: { code: plain, uses: count }, params: { path, ...under(key) } })));
    if (verified === undefined) return;
    setDone(t("verify.done", { title: found?.title ?? "", uses: count }));
    setFound(undefined);
    setCode("");
    all.again();
  };
  return (
    <>
      <Card>
        {done_ !== undefined && <p class="arrived" role="status">{done_}</p>}
        <Form of={looking} action={t("verify.look")} onSend={() => void look()} can={/^\d{12}$/.test(plain)}>
          <Input name="code" label={t("vouchers.code")} hint={t("verify.hint")} inputMode="numeric" autocomplete="off" maxLength={20} value={code} onValue={(value) => { setCode(value); setFound(undefined); }} />
        </Form>
      </Card>
      {found !== undefined && (
        <Card said={found.title} more={<State group="voucher" of={found.state} />}>
          <Pairs of={[[t("vouchers.uses"), t("vouchers.left", { left: found.uses_left, uses: found.uses })], [t("vouchers.expires"), found.expires_at == null ? "–" : <Time of={found.expires_at} />]]} />
          <p class="text">{found.text}</p>
          <Form of={verifying} action={t("verify.now")} onSend={() => void verify()} can={found.uses_left > 0 && /^[1-9]\d?$/.test(uses)}>
            <Input name="uses" label={t("verify.uses")} inputMode="numeric" maxLength={2} value={uses} onValue={setUses} />
          </Form>
        </Card>
      )}
      <Card title={t("verify.latest")}>
        <List of={all} nothing={<Nothing text={t("verify.none")} />}>
          {(one) => <Verified of={one} store={id} again={all.again} />}
        </List>
      </Card>
    </>
  );
}

const MAY_UNDO_MS = 10 * 60_000;

function Verified({ of, store, again }: { of: Schema<"StoreVerification">; store: string; again: () => void }): JSX.Element {
  const sending = useSend(`undo:${of.verification}`);
  const undo = async (): Promise<void> => {
    const body = { order: of.order, verification: of.verification };
    await sending.send((key) => done(service.POST("/v1/stores/{id}/vouchers/undo", { body, params: { path: { id: store }, ...under(key) } })));
    again();
  };
  const may = !of.is_undone && Date.now() - Date.parse(of.at) < MAY_UNDO_MS;
  return <Line title={of.title} sub={<Time of={of.at} />} right={t("vouchers.times", { uses: of.uses })} below={of.is_undone ? t("vouchers.undone") : may ? <button type="button" class="quiet" onClick={() => void undo()}>{t("verify.undo")}</button> : undefined} />;
}
