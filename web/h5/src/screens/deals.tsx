// Deals of stores and the vouchers that they become: a deal is bought in the version that was seen, paid, and shown in the
// store as a code; what was not used can be given back. Must not be added here: a code of somebody else.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { money } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { List, Loaded, LoadedScreen, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { PayOrders } from "../parts/paying.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Pairs, Screen, State, Time } from "../parts/shown.tsx";
import { go } from "../router.ts";
import { done, type Schema, service, under } from "../service.ts";

export function Deal({ id }: Params): JSX.Element {
  const deal = useLoad(() => done(service.GET("/v1/deals/{id}", { params: { path: { id } } })), [id]);
  return (
    <LoadedScreen of={deal} home="/app/stores">
      {(deal) => (
        <Screen title={deal.terms.title} home={`/app/stores/${encodeURIComponent(deal.store)}`}>
          <Card>
            <p class="big">{money(deal.terms.price)}</p>
            {deal.terms.compared && <p class="soft">{t("deals.compared", { price: money(deal.terms.compared.price), source: deal.terms.compared.source, day: deal.terms.compared.seen_at })}</p>}
            <Terms of={deal.terms} />
            <p class="text">{deal.terms.text}</p>
            <p class="soft"><a href={`/app/stores/${encodeURIComponent(deal.store)}`}>{t("deals.store")}</a></p>
          </Card>
          <Card>{deal.state === "on_sale" ? <Buy of={deal} /> : <p class="notice">{t("deals.off")}</p>}</Card>
        </Screen>
      )}
    </LoadedScreen>
  );
}

function Terms({ of }: { of: Schema<"TermsForm"> }): JSX.Element {
  const valid = "days" in of.valid ? t("deals.days", { days: of.valid.days }) : <Time of={of.valid.until} />;
  return <Pairs of={[[t("deals.how_often"), t("deals.uses", { uses: of.uses })], [t("deals.valid"), valid]]} />;
}

function Buy({ of }: { of: Schema<"ShownDeal"> }): JSX.Element {
  const [count, setCount] = useState("1");
  const sending = useSend(`buy:${of.deal}`);
  const wanted = /^[1-9]\d?$/.test(count.trim()) ? Number(count) : undefined;
  const buy = async (): Promise<void> => {
    if (wanted === undefined) return;
    const body = { count: wanted, version: of.version };
    const bought = await sending.send((key) => done(service.POST("/v1/deals/{id}/buy", { body, params: { path: { id: of.deal }, ...under(key) } })));
    if (bought !== undefined) go(`/app/vouchers/${encodeURIComponent(bought.id)}`);
  };
  return (
    <Form of={sending} action={t("deals.buy")} onSend={() => void buy()} can={wanted !== undefined}>
      <Input name="count" label={t("deals.count")} inputMode="numeric" maxLength={2} value={count} onValue={setCount} {...(of.left == null ? {} : { hint: t("deals.left", { left: of.left }) })} />
    </Form>
  );
}

export function Vouchers(): JSX.Element {
  const vouchers = usePages((after) => done(service.GET("/v1/me/vouchers", { params: { query: { limit: 30, ...(after === undefined ? {} : { after }) } } })));
  return (
    <Screen title={t("vouchers.title")} home="/app/me">
      <List of={vouchers} nothing={<Nothing text={t("vouchers.none")} to="/app/stores" action={t("vouchers.find")} />}>
        {(voucher) => (
          <Line
            to={`/app/vouchers/${encodeURIComponent(voucher.order)}`}
            title={voucher.title}
            sub={t("vouchers.left", { left: voucher.uses_left, uses: voucher.uses })}
            right={<Money of={voucher.amount} />}
            below={<State group="voucher" of={voucher.state} />}
          />
        )}
      </List>
    </Screen>
  );
}

export function OneVoucher({ id }: Params): JSX.Element {
  const voucher = useLoad(() => done(service.GET("/v1/me/vouchers/{id}", { params: { path: { id } } })), [id]);
  return (
    <Screen title={t("vouchers.one")} home="/app/vouchers">
      <Loaded of={voucher}>
        {(voucher) => (
          <>
            <Card said={voucher.title} more={<State group="voucher" of={voucher.state} />}>
              {voucher.code != null && <p class="code" aria-label={t("vouchers.code")}>{voucher.code.replace(/(\d{4})(?=\d)/g, "$1 ")}</p>}
              {voucher.code != null && <p class="soft">{t("vouchers.show")}</p>}
              <Pairs of={facts(voucher)} />
              <p class="text">{voucher.terms.text}</p>
            </Card>
            {voucher.state === "reserved" && <PayOrders orders={[voucher.order]} name={voucher.order} />}
            {voucher.verifications.length > 0 && (
              <Card title={t("vouchers.used")}>
                <ul class="list">{voucher.verifications.map((one) => <li key={one.verification}><Line title={<Time of={one.at} />} right={t("vouchers.times", { uses: one.uses })} below={one.is_undone ? t("vouchers.undone") : undefined} /></li>)}</ul>
              </Card>
            )}
            {voucher.code != null && voucher.uses_left > 0 && <GiveBack id={id} again={() => go(location.pathname, "replace")} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function facts(voucher: Schema<"Voucher">): [string, JSX.Element | string][] {
  const lines: [string, JSX.Element | string][] = [
    [t("vouchers.uses"), t("vouchers.left", { left: voucher.uses_left, uses: voucher.uses })],
    [t("vouchers.paid"), <Money of={voucher.amount} />],
  ];
  if (voucher.expires_at != null) lines.push([t("vouchers.expires"), <Time of={voucher.expires_at} />]);
  if (voucher.reserved_until != null) lines.push([t("vouchers.reserved"), <Time of={voucher.reserved_until} />]);
  if (voucher.given_back !== "0.00") lines.push([t("vouchers.given_back"), <Money of={voucher.given_back} />]);
  lines.push([t("vouchers.store"), <a href={`/app/stores/${encodeURIComponent(voucher.store)}`}>{voucher.store}</a>]);
  lines.push([t("vouchers.order"), <a href={`/app/orders/${encodeURIComponent(voucher.order)}`}>{voucher.order}</a>]);
  return lines;
}

/** What was not used goes back, after one look at what that means. */
function GiveBack({ id, again }: { id: string; again: () => void }): JSX.Element {
  const sending = useSend(`give-back:${id}`);
  const [sure, setSure] = useState(false);
  const send = async (): Promise<void> => {
    const given = await sending.send((key) => done(service.POST("/v1/me/vouchers/{id}/give-back", { params: { path: { id }, ...under(key) } })));
    if (given !== undefined) again();
  };
  if (!sure) return <button type="button" class="second" onClick={() => setSure(true)}>{t("vouchers.give_back")}</button>;
  return (
    <Card title={t("vouchers.give_back")}>
      <Form of={sending} action={t("vouchers.give_back_now")} kind="danger" onSend={() => void send()}><p>{t("vouchers.give_back_text")}</p></Form>
    </Card>
  );
}
