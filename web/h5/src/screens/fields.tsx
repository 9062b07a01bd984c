// What recruiters and agents see: the stores that one brought in, and the stores of one's regions, with turnover and one's own
// share, by store and by day. Must not be added here: who bought there.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { named, t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { List, Loaded, Nothing, useLoad, usePages, type Loading } from "../parts/load.tsx";
import { regionName } from "../parts/regions.tsx";
import { Card, Line, Money, Screen, State } from "../parts/shown.tsx";
import { done, type Schema, service } from "../service.ts";

interface Span {
  from: string;
  to: string;
}

function query(span: Span, after: string | undefined): { limit: number; from?: string; to?: string; after?: string } {
  return { limit: 50, ...(span.from === "" ? {} : { from: span.from }), ...(span.to === "" ? {} : { to: span.to }), ...(after === undefined ? {} : { after }) };
}

function Days({ of, onChange }: { of: Span; onChange: (span: Span) => void }): JSX.Element {
  return (
    <Card>
      <div class="two">
        {(["from", "to"] as const).map((name) => (
          <div class="field" key={name}><label for={`span-${name}`}>{t(`statement.${name}`)}</label><input id={`span-${name}`} type="date" value={of[name]} onChange={(event) => onChange({ ...of, [name]: event.currentTarget.value })} /></div>
        ))}
      </div>
      <p class="soft">{t("fields.span")}</p>
    </Card>
  );
}

function SoldLines({ of, to, nothing }: { of: Loading<Schema<"Sold">[]> & { more?: () => void }; to?: (store: string) => string; nothing: JSX.Element }): JSX.Element {
  return (
    <List of={of} nothing={nothing}>
      {(sold) => (
        <Line
          to={sold.store != null && to !== undefined ? to(sold.store) : undefined}
          title={<>{sold.store ?? sold.day}{sold.state != null && <State group="store_state" of={sold.state} />}</>}
          sub={<>{t("fields.orders", { count: sold.orders })} · {t("fields.turnover")} <Money of={sold.turnover} /></>}
          right={<span class="gain"><Money of={sold.earned} /></span>}
          below={t("fields.earned")}
        />
      )}
    </List>
  );
}

export function Recruited(): JSX.Element {
  const [span, setSpan] = useState<Span>({ from: "", to: "" });
  const stores = usePages((after) => done(service.GET("/v1/me/recruited", { params: { query: query(span, after) } })), [span.from, span.to]);
  return (
    <Screen title={t("me.to_recruited")} home="/app/me" action={<a href="/app/invite">{t("invite.recruiter")}</a>}>
      <Days of={span} onChange={setSpan} />
      <SoldLines of={stores} to={(store) => `/app/recruited/${encodeURIComponent(store)}`} nothing={<Nothing text={t("fields.no_recruited")} to="/app/invite" action={t("invite.recruiter")} />} />
    </Screen>
  );
}

export function RecruitedStore({ id }: Params): JSX.Element {
  const [span, setSpan] = useState<Span>({ from: "", to: "" });
  const days = usePages((after) => done(service.GET("/v1/me/recruited/{id}/days", { params: { path: { id }, query: query(span, after) } })), [id, span.from, span.to]);
  return (
    <Screen title={id} home="/app/recruited">
      <Days of={span} onChange={setSpan} />
      <SoldLines of={days} nothing={<Nothing text={t("fields.no_days")} />} />
    </Screen>
  );
}

export function Regions(): JSX.Element {
  const all = useLoad(async () => {
    const { items } = await done(service.GET("/v1/me/appointments", { params: { query: { limit: 100 } } }));
    return { items: await Promise.all(items.map(async (one) => ({ ...one, name: await regionName(one.region) }))) };
  });
  return (
    <Screen title={t("me.to_regions")} home="/app/me">
      <Loaded of={all}>
        {({ items }) => items.length === 0 ? <Nothing text={t("fields.no_regions")} /> : (
          <ul class="list card">
            {items.map((one) => <li key={one.id}><Line to={`/app/regions/${encodeURIComponent(one.region)}`} title={one.name} sub={`${one.from} – ${one.to}`} right={<span class="state">{named("appointment", one.state)}</span>} /></li>)}
          </ul>
        )}
      </Loaded>
    </Screen>
  );
}

export function Region({ id }: Params): JSX.Element {
  const [span, setSpan] = useState<Span>({ from: "", to: "" });
  const [by, setBy] = useState<"stores" | "days">("stores");
  const path = `/v1/regions/{id}/${by}` as const;
  const sold = usePages((after) => done(service.GET(path, { params: { path: { id }, query: query(span, after) } })), [id, by, span.from, span.to]);
  return (
    <Screen title={t("fields.region", { region: id })} home="/app/regions">
      <Days of={span} onChange={setSpan} />
      <div class="choices">
        {(["stores", "days"] as const).map((one) => <button key={one} type="button" class="quiet" aria-pressed={one === by} onClick={() => setBy(one)}>{t(`fields.by_${one}`)}</button>)}
        <a href="/app/wallet">{t("points.statement")}</a>
        <a href="/app/withdraw">{t("wallet.withdraw")}</a>
      </div>
      <SoldLines of={sold} nothing={<Nothing text={t("fields.no_days")} />} />
    </Screen>
  );
}
