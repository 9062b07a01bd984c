// Stores: by district, by a part of the name, near a place, and on a map; and a store's page. Must not be added here: a rating.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { FilteredAway, List, Loaded, LoadedScreen, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { Map } from "../parts/map.tsx";
import { Regions } from "../parts/regions.tsx";
import { Input } from "../parts/send.tsx";
import { Card, Line, Pairs, Picture, Screen } from "../parts/shown.tsx";
import { money } from "@linli/shared/format";
import { go, usePlace } from "../router.ts";
import { done, type Schema, service } from "../service.ts";

function wanted(query: URLSearchParams): { region?: string; name?: string; near?: string } {
  const asked: { region?: string; name?: string; near?: string } = {};
  for (const name of ["region", "name", "near"] as const) {
    const value = query.get(name);
    if (value !== null && value !== "") asked[name] = value;
  }
  return asked;
}

function ask(change: Record<string, string>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) value === "" ? query.delete(name) : query.set(name, value);
  const text = query.toString();
  go(location.pathname + (text === "" ? "" : `?${text}`), "replace");
}

export function Stores(): JSX.Element {
  const { query } = usePlace();
  const asked = wanted(query);
  const stores = usePages(
    (after) => done(service.GET("/v1/stores", { params: { query: { ...asked, limit: 30, ...(after === undefined ? {} : { after }) } } })),
    [query.toString()],
  );
  const isFiltered = Object.keys(asked).length > 0;
  return (
    <Screen title={t("stores.title")} action={<a href={`/app/stores/map${location.search}`}>{t("stores.map")}</a>}>
      <Filters asked={asked} />
      <List of={stores} nothing={isFiltered ? <FilteredAway clear={() => go("/app/stores", "replace")} /> : <Nothing text={t("stores.none")} to="/app/apply" action={t("stores.apply")} />}>
        {(store) => <StoreLine of={store} />}
      </List>
    </Screen>
  );
}

function StoreLine({ of }: { of: Schema<"FoundStore"> }): JSX.Element {
  const distance = of.metres == null ? undefined : of.metres < 1000 ? `${of.metres} m` : `${Math.floor(of.metres / 100) / 10} km`;
  return <Line to={`/app/stores/${encodeURIComponent(of.store)}`} title={of.name ?? of.store} sub={of.address ?? of.district} right={distance} />;
}

function Filters({ asked }: { asked: { region?: string; name?: string; near?: string } }): JSX.Element {
  const [name, setName] = useState(asked.name ?? "");
  const [where, setWhere] = useState<string>();
  const near = (): void => {
    setWhere(t("stores.locating"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setWhere(undefined);
        const micro = (degrees: number): number => Math.round(degrees * 1e6);
        ask({ near: `${micro(coords.latitude)},${micro(coords.longitude)}` });
      },
      () => setWhere(t("stores.not_located")),
      { timeout: 10_000 },
    );
  };
  return (
    <Card>
      <form class="stack" role="search" onSubmit={(event) => { event.preventDefault(); ask({ name: name.trim() }); }}>
        <Input name="name" label={t("stores.name")} type="search" maxLength={40} value={name} onValue={setName} />
        <Regions value={asked.region ?? ""} onValue={(region) => ask({ region })} />
        <div class="row">
          <button type="submit">{t("stores.search")}</button>
          <button type="button" class="second" onClick={near}>{t("stores.near")}</button>
        </div>
        {where !== undefined && <p class="soft" role="status">{where}</p>}
      </form>
    </Card>
  );
}

export function StoreMap(): JSX.Element {
  const { query } = usePlace();
  const asked = wanted(query);
  const stores = useLoad(() => done(service.GET("/v1/stores", { params: { query: { ...asked, limit: 200 } } })), [query.toString()]);
  return (
    <Screen title={t("stores.map_title")} home="/app/stores">
      <Card><Regions value={asked.region ?? ""} onValue={(region) => ask({ region })} /></Card>
      <Loaded of={stores}>{(page) => <Map of={page.items} />}</Loaded>
    </Screen>
  );
}

export function Store({ id }: Params): JSX.Element {
  const store = useLoad(() => done(service.GET("/v1/stores/{id}/page", { params: { path: { id } } })), [id]);
  const deals = usePages((after) => done(service.GET("/v1/stores/{id}/deals", { params: { path: { id }, query: { limit: 20, ...(after === undefined ? {} : { after }) } } })), [id]);
  return (
    <LoadedScreen of={store} home="/app/stores">
      {(store) => (
        <Screen title={store.page?.name ?? store.store} home="/app/stores">
          {store.page?.photos?.[0] !== undefined && <Picture src={`/v1/photos/${store.page.photos[0]}`} alt={store.page.name} kind="wide" />}
          <Card>
            <Pairs of={about(store)} />
            {store.page?.description && <p class="text">{store.page.description}</p>}
            {store.is_closed ? <p class="notice">{t("page.closed")}</p> : <a class="button" href={`/s/${encodeURIComponent(id)}`}>{t("stores.pay")}</a>}
          </Card>
          <Card title={t("stores.deals")}>
            <List of={deals} nothing={<Nothing text={t("stores.no_deals")} />}>
              {(deal) => <Line to={`/app/deals/${deal.deal}`} title={deal.terms.title} sub={t("deals.uses", { uses: deal.terms.uses })} right={money(deal.terms.price)} />}
            </List>
          </Card>
        </Screen>
      )}
    </LoadedScreen>
  );
}

/** `周一–周五` where they follow each other, else one by one. */
function daysOf(days: number[]): string {
  const [first, last] = [days[0], days.at(-1)];
  const follow = days.length > 2 && days.every((day, place) => place === 0 || day === (days[place - 1] ?? 0) + 1);
  if (follow) return `${t(`week.${first}`)}–${t(`week.${last}`)}`;
  return days.map((day) => t(`week.${day}`)).join(" ");
}

function about(store: Schema<"StoreFront">): [string, JSX.Element | string][] {
  const lines: [string, JSX.Element | string][] = [[t("stores.where"), `${store.region} ${store.page?.address ?? ""}`]];
  if (store.page?.phone) lines.push([t("stores.phone"), <a href={`tel:${store.page.phone}`}>{store.page.phone}</a>]);
  for (const open of store.page?.hours ?? []) {
    lines.push([daysOf(open.days), `${open.from}–${open.to}`]);
  }
  lines.push([t("stores.number"), store.store]);
  return lines;
}
