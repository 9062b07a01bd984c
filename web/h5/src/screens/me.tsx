// Everything that is one's own, in groups. Must not be added here: what stands behind an entry.

import type { JSX } from "preact";
import { t } from "@linli/shared/words";
import { Four } from "../parts/four.tsx";
import { Loaded, useLoad } from "../parts/load.tsx";
import { Languages } from "../parts/languages.tsx";
import { Card, Line, Screen } from "../parts/shown.tsx";
import { done, LinliProblem, service } from "../service.ts";

const GROUPS: [string, [string, string][]][] = [
  ["money", [["/app/wallet", "wallet"], ["/app/points", "points"], ["/app/withdrawals", "withdrawals"], ["/app/bank", "bank"]]],
  ["orders", [["/app/orders", "orders"], ["/app/vouchers", "vouchers"], ["/app/mall/orders", "mall_orders"], ["/app/refunds", "refunds"], ["/app/addresses", "addresses"]]],
  ["people", [["/app/invite", "invite"], ["/app/invited", "invited"], ["/app/binding", "binding"]]],
  ["work", [["/app/shop", "shop"], ["/app/apply", "apply"], ["/app/recruited", "recruited"], ["/app/regions", "regions"]]],
  ["more", [["/app/notifications", "notifications"], ["/app/rules", "rules"], ["/app/account", "account"]]],
];

export function Me(): JSX.Element {
  const home = useLoad(async () => {
    try {
      return await done(service.GET("/v1/me/home"));
    } catch (thrown) {
      if (thrown instanceof LinliProblem && thrown.problem.status === 401) return null;
      throw thrown;
    }
  });
  return (
    <Screen title={t("me.title")}>
      <Loaded of={home}>
        {(home) => home === null
          ? <Card><p>{t("me.visitor")}</p><a class="button" href="/app/login?next=/app/me">{t("home.log_in")}</a></Card>
          : <><Four of={home} /><p class="soft">{t("me.number", { member: home.member })}</p></>}
      </Loaded>
      {GROUPS.map(([group, entries]) => (
        <Card key={group} title={t(`me.${group}`)}>
          <ul class="list">{entries.map(([to, name]) => <li key={to}><Line to={to} title={t(`me.to_${name}`)} right="›" /></li>)}</ul>
        </Card>
      ))}
      <Card title={t("page.languages")}><Languages /></Card>
    </Screen>
  );
}
