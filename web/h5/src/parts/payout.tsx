// What members and stores share when money leaves: the form of a bank account and that of an amount, with the limits beside it.
// Must not be added here: whether an amount is allowed.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { isBelow, isZero, money, typed } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import { Form, Input, useSend } from "./send.tsx";
import { Card, Money, Pairs, Time } from "./shown.tsx";
import type { Schema } from "../service.ts";

type Sent = Promise<{ id: string }>;

interface Withdrawing {
  name: string;
  available: string;
  account: Schema<"PayoutAccount">;
  bank: string;
  submit: (amount: string, key: string) => Sent;
  onDone: (id: string) => void;
}

export function WithdrawForm({ name, available, account, bank, submit, onDone }: Withdrawing): JSX.Element {
  const [text, setText] = useState("");
  const sending = useSend(name);
  const amount = typed(text);
  const send = async (): Promise<void> => {
    if (amount === undefined) return;
    const sent = await sending.send((key) => submit(amount, key));
    if (sent !== undefined) onDone(sent.id);
  };
  const { limits, used } = account;
  return (
    <Card>
      <p class="soft">{t("withdraw.available")}</p>
      <p class="big"><Money of={available} /></p>
      {account.account == null ? (
        <><p class="notice">{t("withdraw.no_bank")}</p><a class="button" href={bank}>{t("withdraw.set_bank")}</a></>
      ) : (
        <>
          <Pairs of={[
            [t("withdraw.to"), <>{account.account} <a href={bank}>{t("withdraw.change")}</a></>],
            [t("withdraw.limits"), `${money(limits.least)} – ${money(limits.most)}`],
            [t("withdraw.day"), t("withdraw.day_used", { used: money(used.amount), most: money(limits.most_a_day), count: used.count, of: limits.count_a_day })],
          ]} />
          {!account.is_usable && account.usable_from != null && <p class="notice">{t("withdraw.usable_from")} <Time of={account.usable_from} /></p>}
          <Form of={sending} action={t("withdraw.submit")} onSend={() => void send()} can={amount !== undefined && account.is_usable}>
            <Input name="amount" label={t("withdraw.amount")} hint={t("page.amount_hint")} inputMode="decimal" autocomplete="off" value={text} onValue={setText} />
            {!isZero(available) && !isBelow(available) && <button type="button" class="quiet" onClick={() => setText(available)}>{t("withdraw.all")}</button>}
          </Form>
        </>
      )}
    </Card>
  );
}

interface Banking {
  name: string;
  account: Schema<"PayoutAccount">;
  submit: (bank: Schema<"BankAccount">, key: string) => Sent;
  onDone: () => void;
}

export function BankForm({ name, account, submit, onDone }: Banking): JSX.Element {
  const [bank, setBank] = useState({ bank: "", number: "", name: "" });
  const [saved, setSaved] = useState(false);
  const sending = useSend(name);
  const change = (part: keyof typeof bank) => (value: string): void => setBank({ ...bank, [part]: value });
  const send = async (): Promise<void> => {
    const sent = await sending.send((key) => submit(bank, key));
    if (sent === undefined) return;
    setBank({ bank: "", number: "", name: "" });
    setSaved(true);
    onDone();
  };
  const can = bank.bank.trim() !== "" && bank.name.trim() !== "" && /^[\d\s]{8,40}$/.test(bank.number);
  return (
    <Card>
      {account.account != null && <Pairs of={[[t("bank.now"), account.account], [t("bank.since"), account.set_at == null ? "–" : <Time of={account.set_at} />]]} />}
      {account.account != null && !account.is_usable && account.usable_from != null && <p class="notice">{t("withdraw.usable_from")} <Time of={account.usable_from} /></p>}
      {saved && <p class="gain" role="status">{t("bank.saved")}</p>}
      <Form of={sending} action={t("bank.save")} onSend={() => void send()} can={can}>
        <Input name="bank" label={t("bank.bank")} maxLength={40} value={bank.bank} onValue={change("bank")} />
        <Input name="number" label={t("bank.number")} inputMode="numeric" autocomplete="off" maxLength={40} value={bank.number} onValue={change("number")} />
        <Input name="holder" label={t("bank.name")} hint={t("bank.hint")} autocomplete="name" maxLength={40} value={bank.name} onValue={change("name")} />
      </Form>
    </Card>
  );
}
