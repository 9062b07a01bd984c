// The price of a point: four decimals, the fraction that it is, and the time it is of. Must not be added here: where it may go.

import type { JSX } from "preact";
import { money, points, price } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import { Loaded, useLoad } from "./load.tsx";
import { Card, Time } from "./shown.tsx";
import { done, service } from "../service.ts";

export interface Priced {
  price: string;
  pool: string;
  supply: string;
  at: string;
}

export function PriceCard({ of }: { of?: Priced }): JSX.Element {
  const now = useLoad<Priced>(() => (of ? Promise.resolve(of) : done(service.GET("/v1/price"))), [of]);
  return (
    <Card title={t("price.title")} more={<a href="/app/points">{t("price.more")}</a>}>
      <Loaded of={now}>{(now) => <PriceNow of={now} />}</Loaded>
    </Card>
  );
}

export function PriceNow({ of }: { of: Priced }): JSX.Element {
  return (
    <>
      <p class="big">¥{price(of.price)}</p>
      <p class="soft">{t("price.fraction", { pool: money(of.pool), supply: points(of.supply) })}</p>
      <p class="soft"><Time of={of.at} /> · {t("price.no_promise")}</p>
    </>
  );
}
