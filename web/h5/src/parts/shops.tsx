// What screens of a store have in common: whose it is, what one may do in it, and its entries. Must not be added here: a right
// that the service does not know.

import type { JSX } from "preact";
import { named, t } from "@linli/shared/words";
import { Loaded, useLoad, type Loading } from "./load.tsx";
import { Screen } from "./shown.tsx";
import { done, type Schema, service } from "../service.ts";

export interface OwnStore {
  own: Schema<"OwnStore">;
  name: string;
}

export async function ownStore(id: string): Promise<OwnStore | null> {
  const mine = await done(service.GET("/v1/me/stores", { params: { query: { limit: 200 } } }));
  const own = mine.items.find((one) => one.store === id);
  if (own === undefined) return null;
  const front = await done(service.GET("/v1/stores/{id}/page", { params: { path: { id } } }));
  return { own, name: front.page?.name ?? id };
}

/** A screen of a store for who has this right there; whoever has not is told which it is and whom to ask. */
export function InStore({ id, title, right, children }: {
  id: string;
  title: string;
  right?: string;
  children: (store: OwnStore) => JSX.Element;
}): JSX.Element {
  const store: Loading<OwnStore | null> = useLoad(() => ownStore(id), [id]);
  return (
    <Screen title={title} home={`/app/shop/${encodeURIComponent(id)}`}>
      <Loaded of={store}>
        {(store) => store === null || (right !== undefined && !store.own.rights.includes(right)) ? <NoRight right={right} /> : children(store)}
      </Loaded>
    </Screen>
  );
}

function NoRight({ right }: { right: string | undefined }): JSX.Element {
  return (
    <div class="nothing card" role="alert">
      <h2>{t("load.forbidden")}</h2>
      <p>{right === undefined ? t("shop.not_yours") : t("shop.no_right", { right: named("right", right) })}</p>
      <p class="soft">{t("shop.ask_owner")}</p>
    </div>
  );
}
