// Stores where they stand, north at the top. It is drawn from their places alone: no map of somebody else is asked for, who
// would learn who looks where. Must not be added here: streets.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import { Nothing } from "./load.tsx";
import { Card, Line } from "./shown.tsx";
import type { Schema } from "../service.ts";

const SIZE = 320;
const MARGIN = 24;

interface Spot {
  store: Schema<"FoundStore">;
  x: number;
  y: number;
}

function spots(stores: Schema<"FoundStore">[]): Spot[] {
  const placed = stores.flatMap((store) => (store.place == null ? [] : [{ store, place: store.place }]));
  const [north, east] = [placed.map((one) => one.place.latitude_microdegrees), placed.map((one) => one.place.longitude_microdegrees)];
  const [south, west] = [Math.min(...north), Math.min(...east)];
  const range = Math.max(Math.max(...north) - south, Math.max(...east) - west, 1);
  const scale = (SIZE - 2 * MARGIN) / range;
  return placed.map(({ store, place }) => ({
    store,
    x: MARGIN + (place.longitude_microdegrees - west) * scale,
    y: SIZE - MARGIN - (place.latitude_microdegrees - south) * scale,
  }));
}

export function Map({ of }: { of: Schema<"FoundStore">[] }): JSX.Element {
  const all = spots(of);
  const [chosen, setChosen] = useState<string>();
  if (all.length === 0) return <Nothing text={t("map.none")} to="/app/stores" action={t("map.list")} />;
  const shown = all.find((spot) => spot.store.store === chosen)?.store;
  return (
    <>
      <Card>
        <svg class="map" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={t("map.label", { count: all.length })}>
          <text x={SIZE / 2} y="14" text-anchor="middle" class="map-north">{t("map.north")}</text>
          {all.map(({ store, x, y }) => (
            <circle key={store.store} cx={x} cy={y} r={store.store === chosen ? 9 : 6} class={store.store === chosen ? "spot chosen" : "spot"} onClick={() => setChosen(store.store)} />
          ))}
        </svg>
        {shown !== undefined && <Line to={`/app/stores/${encodeURIComponent(shown.store)}`} title={shown.name ?? shown.store} sub={shown.address ?? shown.district} />}
      </Card>
      <Card title={t("map.list")}>
        <ul class="list">
          {all.map(({ store }) => (
            <li key={store.store}>
              <Line to={`/app/stores/${encodeURIComponent(store.store)}`} title={store.name ?? store.store} sub={store.address ?? store.district} />
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
