// Where an order's money went, for a tap on any amount: each part with its rule, rate and rounding, the pool with what it
// minted, the sum, and below that the postings. Must not be added here: a sum that is made here.

import type { JSX } from "preact";
import { money, points } from "@linli/shared/format";
import { named, t } from "@linli/shared/words";
import { Card, Money, Time } from "./shown.tsx";
import type { Schema } from "../service.ts";

export function Split({ of }: { of: Schema<"Split"> }): JSX.Element {
  return (
    <Card title={t(of.phase === "settled" ? "page.went" : "page.goes")}>
      <p class="soft">{t("page.by_plan", { plan: of.plan.name, version: of.plan.version })}</p>
      <table class="split">
        <thead><tr><th scope="col">{t("split.to")}</th><th scope="col" class="money">{t("split.amount")}</th></tr></thead>
        <tbody>
          {of.legs.map((leg, place) => (
            <tr key={place}>
              <th scope="row">
                <details>
                  <summary>{named("part", leg.to)}{leg.is_yours && <span class="state">{t("split.yours")}</span>} {leg.rate != null && <span class="soft">{leg.to === "store" ? t("split.after_take", { rate: leg.rate }) : leg.rate}</span>}</summary>
                  <p class="soft">{t("split.rule")} <code>{leg.rule}</code><br />{leg.how}</p>
                  {leg.given_back !== "0.00" && <p class="soft">{t("split.given_back", { amount: money(leg.given_back) })}</p>}
                </details>
              </th>
              <td class="money">{money(leg.amount)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <details>
                <summary>{t("part.pool")}</summary>
                <p class="soft">{of.pool.how}</p>
                {of.pool.reserve_before != null && of.pool.supply_before != null && (
                  <p class="soft">{t("split.before", { pool: money(of.pool.reserve_before), supply: points(of.pool.supply_before) })}</p>
                )}
                <p class="soft">{t("split.minted", { points: points(of.pool.minted) })}</p>
              </details>
            </th>
            <td class="money">{money(of.pool.amount)}</td>
          </tr>
        </tbody>
        <tfoot><tr><th scope="row">{t("page.sum")}</th><td class="money">{money(of.amount)}</td></tr></tfoot>
      </table>
      <details>
        <summary>{t("split.postings")}</summary>
        {of.events.map((event) => (
          <div key={event.seq} class="event">
            <p class="soft">#{event.seq} · {named("what", event.command)} · <Time of={event.at} /></p>
            <table><tbody>
              {event.postings.map((posting) => (
                <tr key={`${posting.account}${posting.asset}`}>
                  <th scope="row"><code>{posting.account}</code></th>
                  <td class="money">{posting.asset === "CNY" ? <Money of={posting.amount} /> : <>{points(posting.amount)} {posting.asset}</>}</td>
                </tr>
              ))}
            </tbody></table>
          </div>
        ))}
      </details>
    </Card>
  );
}
