// Withdrawing from the wallet: the bank account that it goes to, the limits, the amount, and each withdrawal as a timeline.
// Must not be added here: the number of an account; the service shows its last digits.

import type { JSX } from "preact";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { BankForm, WithdrawForm } from "../parts/payout.tsx";
import { List, Loaded, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { Form, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Pairs, Screen, State, Time } from "../parts/shown.tsx";
import { Timeline } from "../parts/timeline.tsx";
import { go } from "../router.ts";
import { done, service, under } from "../service.ts";

export function Withdraw(): JSX.Element {
  const all = useLoad(async () => ({
    home: await done(service.GET("/v1/me/home")),
    account: await done(service.GET("/v1/me/payout-account")),
  }));
  return (
    <Screen title={t("withdraw.title")} home="/app/wallet" action={<a href="/app/withdrawals">{t("wallet.withdrawals")}</a>}>
      <Loaded of={all}>
        {({ home, account }) => (
          <WithdrawForm
            name="withdraw"
            available={home.available}
            account={account}
            bank="/app/bank"
            submit={(amount, key) => done(service.POST("/v1/me/withdrawals", { body: { amount }, params: under(key) }))}
            onDone={(id) => go(`/app/withdrawals/${encodeURIComponent(id)}`, "replace")}
          />
        )}
      </Loaded>
    </Screen>
  );
}

export function Bank(): JSX.Element {
  const account = useLoad(() => done(service.GET("/v1/me/payout-account")));
  return (
    <Screen title={t("wallet.bank")} home="/app/wallet">
      <Loaded of={account}>
        {(value) => (
          <BankForm name="bank" account={value} onDone={account.again} submit={(bank, key) => done(service.POST("/v1/me/payout-account", { body: bank, params: under(key) }))} />
        )}
      </Loaded>
    </Screen>
  );
}

export function Withdrawals(): JSX.Element {
  const all = usePages((after) => done(service.GET("/v1/me/withdrawals", { params: { query: { limit: 30, ...(after === undefined ? {} : { after }) } } })));
  return (
    <Screen title={t("wallet.withdrawals")} home="/app/wallet">
      <List of={all} nothing={<Nothing text={t("withdrawals.none")} to="/app/withdraw" action={t("withdraw.title")} />}>
        {(one) => (
          <Line to={`/app/withdrawals/${encodeURIComponent(one.id)}`} title={one.account} sub={one.steps[0]?.at == null ? one.id : <Time of={one.steps[0].at} />} right={<Money of={one.amount} />} below={<State group="withdrawal" of={one.state} />} />
        )}
      </List>
    </Screen>
  );
}

export function OneWithdrawal({ id }: Params): JSX.Element {
  const one = useLoad(() => done(service.GET("/v1/withdrawals/{id}", { params: { path: { id } } })), [id]);
  const sending = useSend(`take-back:${id}`);
  const takeBack = async (): Promise<void> => {
    const done_ = await sending.send((key) => done(service.POST("/v1/withdrawals/{id}/take-back", { params: { path: { id }, ...under(key) } })));
    if (done_ !== undefined) one.again();
  };
  return (
    <Screen title={t("withdrawals.one")} home="/app/withdrawals">
      <Loaded of={one}>
        {(value) => (
          <>
            <Card>
              <p class="big"><Money of={value.amount} /></p>
              <Pairs of={[[t("withdraw.to"), value.account], [t("withdrawals.number"), <code>{value.id}</code>]]} />
              {value.is_late && <p class="notice">{t("withdrawals.late")}</p>}
              <Timeline of={value} />
            </Card>
            {value.state === "submitted" && <Form of={sending} kind="second" action={t("withdrawals.take_back")} onSend={() => void takeBack()} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}
