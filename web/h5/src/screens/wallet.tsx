// The wallet: the four numbers, what they are made of, and the statement of each account, whose opening and lines sum to its
// closing. Must not be added here: a sum that the service has not made.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { money, moved, points } from "@linli/shared/format";
import { named, t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { Four } from "../parts/four.tsx";
import { FilteredAway, Loaded, Nothing, useLoad } from "../parts/load.tsx";
import { Card, Line, Money, Pairs, Screen, Time } from "../parts/shown.tsx";
import { done, type Schema, service } from "../service.ts";

export function Wallet(): JSX.Element {
  const home = useLoad(() => done(service.GET("/v1/me/home")));
  return (
    <Screen title={t("wallet.title")} home="/app/me">
      <Loaded of={home}>
        {(home) => (
          <>
            <Four of={home} />
            <div class="row fill"><a class="button" href="/app/withdraw">{t("wallet.withdraw")}</a><a class="button second" href="/app/redeem">{t("wallet.redeem")}</a></div>
            <Card title={t("wallet.accounts")}>
              <ul class="list">
                {(["wallet", "spend", "points", "deduction"] as const).map((kind) => (
                  <li key={kind}><Line to={`/app/statement/${encodeURIComponent(`member:${home.member}:${kind}`)}`} title={t(`account.${kind}`)} sub={t(`account.${kind}_text`)} right={balance(home, kind)} /></li>
                ))}
              </ul>
            </Card>
            <Card title={t("wallet.how")}>
              <p class="soft">{t("wallet.pending_text")}</p>
              <p class="soft">{t("wallet.owed_text")}</p>
              <p class="row"><a href="/app/withdrawals">{t("wallet.withdrawals")}</a><a href="/app/bank">{t("wallet.bank")}</a></p>
            </Card>
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function balance(home: Schema<"Home">, kind: "wallet" | "spend" | "points" | "deduction"): JSX.Element {
  if (kind === "points") return <span class="money">{points(home.points.held)}</span>;
  if (kind === "deduction") return <span class="money">{points(home.deduction.usable)}</span>;
  return <Money of={kind === "wallet" ? home.available : home.spend} />;
}

/** An amount of an asset: yuan with their sign, points as they are. */
function shown(asset: string, amount: string): string {
  if (asset === "CNY") return moved(amount);
  return amount.startsWith("-") ? points(amount) : `+${points(amount)}`;
}

function whole(asset: string, amount: string): string {
  return asset === "CNY" ? money(amount) : points(amount);
}

interface Asked {
  from: string;
  to: string;
}

export function StatementOf({ account }: Params): JSX.Element {
  const [asked, setAsked] = useState<Asked>({ from: "", to: "" });
  const [pages, setPages] = useState<Schema<"StatementLine">[]>([]);
  const [next, setNext] = useState<string | null>();
  const ask = (after?: string) => {
    const query = { limit: 50, ...(asked.from === "" ? {} : { from: asked.from }), ...(asked.to === "" ? {} : { to: asked.to }), ...(after === undefined ? {} : { after }) };
    return done(service.GET("/v1/accounts/{id}/statement", { params: { path: { id: account }, query } }));
  };
  const statement = useLoad(async () => {
    const first = await ask();
    setPages(first.items);
    setNext(first.next ?? null);
    return first;
  }, [account, asked.from, asked.to]);
  const more = async (): Promise<void> => {
    const page = await ask(next ?? undefined);
    setPages([...pages, ...page.items]);
    setNext(page.next ?? null);
  };
  const kind = account.split(":").at(-1) ?? "";
  const csv = `/v1/accounts/${encodeURIComponent(account)}/statement.csv`;
  return (
    <Screen title={named("account", account.startsWith("store:") ? "store" : kind)} home="/app/wallet">
      <Card>
        <div class="two">
          {(["from", "to"] as const).map((name) => (
            <div class="field" key={name}><label for={`day-${name}`}>{t(`statement.${name}`)}</label><input id={`day-${name}`} type="date" value={asked[name]} onChange={(event) => setAsked({ ...asked, [name]: event.currentTarget.value })} /></div>
          ))}
        </div>
        <p class="soft">{t("statement.day")} <a href={csv} download>{t("statement.csv")}</a></p>
      </Card>
      <Loaded of={statement}>
        {(statement) => (
          <>
            <Card>
              <Pairs of={[
                [t("statement.opening"), <span class="money">{whole(statement.asset, statement.opening)}</span>],
                [t("statement.closing"), <span class="money">{whole(statement.asset, statement.closing)}</span>],
                [t("statement.lines"), statement.lines],
              ]} />
            </Card>
            {pages.length === 0 && (asked.from + asked.to === "" ? <Nothing text={t("statement.none")} to="/app/stores" action={t("orders.find")} /> : <FilteredAway clear={() => setAsked({ from: "", to: "" })} />)}
            <ul class="list card">
              {pages.map((line) => <li key={`${line.seq}:${line.id}`}><StatementRow of={line} asset={statement.asset} /></li>)}
            </ul>
            {next != null && <button type="button" class="second" onClick={() => void more()}>{t("load.more")}</button>}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function StatementRow({ of, asset }: { of: Schema<"StatementLine">; asset: string }): JSX.Element {
  const to = of.order == null ? undefined : `/app/orders/${encodeURIComponent(of.order)}`;
  const kind = of.amount.startsWith("-") ? "loss" : "gain";
  return (
    <Line
      to={to}
      title={named("what", of.act ?? of.what) === (of.act ?? of.what) ? named("what", of.what) : named("what", of.act ?? of.what)}
      sub={<><Time of={of.at} /> · {of.order ?? of.id ?? `#${of.seq}`}</>}
      right={<span class={`money ${kind}`}>{shown(asset, of.amount)}</span>}
      below={<span class="money">{whole(asset, of.balance)}</span>}
    />
  );
}
