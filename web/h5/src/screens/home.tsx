// The first screen: the four numbers that a member knows, what points are worth now and what they were really worth to others,
// where to go from here. Whoever is not logged in sees the price, the stores and the way in. Must not be added here: a promise.

import type { JSX } from "preact";
import { t } from "@linli/shared/words";
import { Disclosed } from "../parts/disclosed.tsx";
import { Four } from "../parts/four.tsx";
import { Loaded, useLoad, usePages, List, Nothing } from "../parts/load.tsx";
import { PriceCard } from "../parts/price.tsx";
import { Card, Either, Line, Screen } from "../parts/shown.tsx";
import { LinliProblem, done, service } from "../service.ts";

/** What a member has; nothing for a visitor. */
async function own() {
  try {
    return await done(service.GET("/v1/me/home"));
  } catch (thrown) {
    if (thrown instanceof LinliProblem && thrown.problem.status === 401) return null;
    throw thrown;
  }
}

export function Home(): JSX.Element {
  const home = useLoad(own);
  return (
    <Screen title={t("home.title")} action={<a class="bell" href="/app/notifications">{t("home.news")}</a>}>
      <Loaded of={home}>
        {(home) => (
          <>
            {home === null ? <Visitor /> : <Four of={home} />}
            {home !== null && <Shortcuts />}
            {home === null ? <PriceCard /> : <PriceCard of={home.points} />}
            <Disclosed />
          </>
        )}
      </Loaded>
      <Announcements />
      <Stores />
    </Screen>
  );
}

function Visitor(): JSX.Element {
  return (
    <Card title={t("home.welcome")}>
      <p>{t("home.welcome_text")}</p>
      <p><a class="button" href="/app/login">{t("home.log_in")}</a></p>
    </Card>
  );
}

function Shortcuts(): JSX.Element {
  const all = [
    ["/app/orders", "orders"],
    ["/app/vouchers", "vouchers"],
    ["/app/withdraw", "withdraw"],
    ["/app/redeem", "redeem"],
    ["/app/invite", "invite"],
    ["/app/mall/orders", "mall_orders"],
    ["/app/refunds", "refunds"],
    ["/app/shop", "shop"],
  ] as const;
  return (
    <nav class="shortcuts card" aria-label={t("home.shortcuts")}>
      {all.map(([to, name]) => <a key={to} href={to}><span class={`icon icon-${name}`} aria-hidden="true" />{t(`home.${name}`)}</a>)}
    </nav>
  );
}

function Announcements(): JSX.Element | null {
  const all = useLoad(() => done(service.GET("/v1/announcements", { params: { query: { limit: 3 } } })));
  if (all.value === undefined || all.value.items.length === 0) return null;
  return (
    <Card title={t("home.announcements")}>
      <ul class="list">
        {all.value.items.map((one) => (
          <li key={one.id}><Line to={`/app/documents/${one.id}`} title={<Either zh={one.title_zh} en={one.title_en} />} /></li>
        ))}
      </ul>
    </Card>
  );
}

function Stores(): JSX.Element {
  const stores = usePages(() => done(service.GET("/v1/stores", { params: { query: { limit: 5 } } })).then((page) => ({ items: page.items })));
  return (
    <Card title={t("home.stores")} more={<a href="/app/stores">{t("home.all_stores")}</a>}>
      <List of={stores} nothing={<Nothing text={t("stores.none")} />}>
        {(store) => <Line to={`/app/stores/${store.store}`} title={store.name ?? store.store} sub={store.address ?? store.district} />}
      </List>
    </Card>
  );
}
