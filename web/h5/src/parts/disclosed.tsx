// What must stand beside every price, chart, projection and invitation: what members of this economy really got back. The
// figures are the service's. Must not be added here: a way not to show it.

import type { JSX } from "preact";
import { money } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import { Loaded, useLoad } from "./load.tsx";
import { Card, Day, Pairs } from "./shown.tsx";
import { done, service } from "../service.ts";

export function Disclosed(): JSX.Element {
  const disclosure = useLoad(() => done(service.GET("/v1/disclosure")));
  return (
    <Card title={t("disclosed.title")}>
      <Loaded of={disclosure}>
        {(told) => (
          <>
            <Pairs
              of={[
                [t("disclosed.median"), <span class="money">{money(told.median_back_of_100)}</span>],
                [t("disclosed.capped"), <span class="money">{told.reached_cap}</span>],
                [t("disclosed.redeemed"), <span class="money">{money(told.redeemed_now)}</span>],
                [t("disclosed.members"), told.members],
              ]}
            />
            <p class="soft">{t("disclosed.note")} <Day of={told.at} /></p>
          </>
        )}
      </Loaded>
    </Card>
  );
}
