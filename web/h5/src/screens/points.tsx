// Growth points: today's price with its fraction, what the member's own are worth if redeemed now, what the median member
// really got, the chart; redeeming; deduction points and when they expire. Must not be added here: a projection.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { money, points, price, typed } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import { Disclosed } from "../parts/disclosed.tsx";
import { List, Loaded, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { PriceNow } from "../parts/price.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Pairs, Picture, Screen, Time } from "../parts/shown.tsx";
import { done, LinliProblem, type Schema, service, under } from "../service.ts";

export function Points(): JSX.Element {
  const home = useLoad(async () => {
    try {
      return await done(service.GET("/v1/me/home"));
    } catch (thrown) {
      if (thrown instanceof LinliProblem && thrown.problem.status === 401) return null;
      throw thrown;
    }
  });
  return (
    <Screen title={t("points.title")} home="/app/me">
      <Loaded of={home}>{(home) => (home === null ? <Price /> : <Own of={home} />)}</Loaded>
      <Disclosed />
      <Chart />
    </Screen>
  );
}

function Price(): JSX.Element {
  const now = useLoad(() => done(service.GET("/v1/price")));
  return <Card title={t("price.title")}><Loaded of={now}>{(now) => <PriceNow of={now} />}</Loaded></Card>;
}

function Own({ of }: { of: Schema<"Home"> }): JSX.Element {
  const held = of.points;
  return (
    <>
      <Card title={t("points.worth_now")}>
        <p class="big">{money(held.redeemed_now)}</p>
        <p class="soft">{t("points.worth_note", { retention: held.retention, to: t(`account.${held.paid_to}`) })}</p>
        <Pairs of={[
          [t("points.held"), <span class="money">{points(held.held)}</span>],
          [t("points.before"), <Money of={of.points_worth} />],
          [t("points.exits"), of.exits],
        ]} />
        <div class="row fill"><a class="button" href="/app/redeem">{t("wallet.redeem")}</a><a class="button second" href={`/app/statement/${encodeURIComponent(`member:${of.member}:points`)}`}>{t("points.statement")}</a></div>
      </Card>
      <Card title={t("price.title")}><PriceNow of={held} /></Card>
      <Card title={t("account.deduction")} more={<a href="/app/deduction">{t("points.expiry")}</a>}>
        <p class="big">{points(of.deduction.usable)}</p>
        {of.deduction.next_expiry && <p class="soft">{t("points.next_expiry", { points: points(of.deduction.next_expiry.points) })} <Time of={of.deduction.next_expiry.expires_at} /></p>}
      </Card>
    </>
  );
}

const PERIODS = { month: 30, quarter: 91, year: 365 } as const;

/** The day so many days before today, in Asia/Shanghai. */
function daysAgo(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
}

function Chart(): JSX.Element {
  const [period, setPeriod] = useState<keyof typeof PERIODS>("year");
  const from = daysAgo(PERIODS[period]);
  const prices = useLoad(() => done(service.GET("/v1/prices", { params: { query: { from } } })), [from]);
  return (
    <Card title={t("chart.title")}>
      <div class="choices" role="group" aria-label={t("chart.period")}>
        {(Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map((name) => (
          <button key={name} type="button" class="quiet" aria-pressed={name === period} onClick={() => setPeriod(name)}>{t(`chart.${name}`)}</button>
        ))}
      </div>
      <Loaded of={prices}>
        {({ items }) => {
          const [first, last] = [items[0], items.at(-1)];
          if (first === undefined || last === undefined) return <Nothing text={t("chart.none")} />;
          const words = { from: first.day, to: last.day, low: price(first.first), high: price(last.last) };
          return (
            <>
              <Picture src={`/v1/prices/chart.svg?from=${from}`} alt={t("chart.alt", words)} kind="chart" />
              <p class="row soft"><span>{first.day}<br />¥{price(first.first)}</span><span class="money">{last.day}<br />¥{price(last.last)}</span></p>
              <p class="soft">{t("page.no_promise")}</p>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

export function Redeem(): JSX.Element {
  const home = useLoad(() => done(service.GET("/v1/me/home")));
  return (
    <Screen title={t("redeem.title")} home="/app/points">
      <Loaded of={home}>{(value) => <Redeeming of={value} again={home.again} />}</Loaded>
      <Disclosed />
    </Screen>
  );
}

function Redeeming({ of, again }: { of: Schema<"Home">; again: () => void }): JSX.Element {
  const [text, setText] = useState("");
  const [quote, setQuote] = useState<Schema<"RedemptionQuote">>();
  const [paid, setPaid] = useState<string>();
  const asking = useSend("redeem-quote");
  const sending = useSend("redeem");
  const wanted = typed(text, 6);
  const ask = async (): Promise<void> => {
    if (wanted === undefined) return;
    setPaid(undefined);
    setQuote(await asking.send(() => done(service.GET("/v1/me/redemptions/quote", { params: { query: { points: wanted } } }))));
  };
  const redeem = async (): Promise<void> => {
    if (quote === undefined) return;
    const answer = await sending.send((key) => done(service.POST("/v1/me/redemptions", { body: { points: quote.points }, params: under(key) })));
    if (answer === undefined) return;
    setPaid(answer.payout ?? "0.00");
    setQuote(undefined);
    setText("");
    again();
  };
  return (
    <>
      <Card>
        <Pairs of={[[t("points.held"), <span class="money">{points(of.points.held)}</span>], [t("price.title"), `¥${price(of.points.price)}`]]} />
        {paid !== undefined && <p class="gain" role="status">{t("redeem.paid", { amount: money(paid), to: t(`account.${of.points.paid_to}`) })}</p>}
        <Form of={asking} action={t("redeem.ask")} onSend={() => void ask()} can={wanted !== undefined}>
          <Input name="points" label={t("redeem.points")} hint={t("redeem.hint")} inputMode="decimal" autocomplete="off" value={text} onValue={(value) => { setText(value); setQuote(undefined); }} />
          <button type="button" class="quiet" onClick={() => setText(of.points.held)}>{t("redeem.all")}</button>
        </Form>
      </Card>
      {quote !== undefined && (
        <Card title={t("redeem.quote")}>
          <Pairs of={[
            [t("redeem.points"), <span class="money">{points(quote.points)}</span>],
            [t("redeem.gross"), <Money of={quote.gross} />],
            [t("redeem.retained", { retention: quote.retention }), <Money of={quote.retained} />],
            [t("redeem.payout"), <strong><Money of={quote.payout} /></strong>],
            [t("redeem.to"), t(`account.${quote.paid_to}`)],
            [t("redeem.left"), <span class="money">{points(quote.left)}</span>],
          ]} />
          <p class="soft">{t("price.fraction", { pool: money(quote.pool), supply: points(quote.supply) })} · {t("redeem.note")}</p>
          <Form of={sending} action={t("redeem.confirm")} onSend={() => void redeem()} />
        </Card>
      )}
    </>
  );
}

export function DeductionPoints(): JSX.Element {
  const lots = usePages((after) => done(service.GET("/v1/me/deduction-points", { params: { query: { limit: 50, ...(after === undefined ? {} : { after }) } } })));
  return (
    <Screen title={t("account.deduction")} home="/app/points">
      <p class="soft">{t("points.deduction_text")}</p>
      <Card>
        <List of={lots} nothing={<Nothing text={t("points.no_lots")} to="/app/stores" action={t("orders.find")} />}>
          {(lot) => <Line to={`/app/orders/${encodeURIComponent(lot.order)}`} title={<Time of={lot.expires_at} />} sub={lot.order} right={<span class="money">{points(lot.points)}</span>} />}
        </List>
      </Card>
    </Screen>
  );
}
