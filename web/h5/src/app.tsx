// The frame around every screen: the banner of a sandbox, the screen of the address, loaded with it, and the tabs at the
// bottom. Must not be added here: a screen.

import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import { Failed, Waiting } from "./parts/load.tsx";
import { usePlace } from "./router.ts";
import { TABS, find } from "./routes.ts";
import { done, service } from "./service.ts";

export type Params = { id: string; kind: string; account: string; topic: string };

export function App(): JSX.Element {
  const { path } = usePlace();
  const found = find(path);
  return (
    <>
      <a class="skip" href="#main">{t("nav.skip")}</a>
      <Sandbox />
      <Lazy key={found.name} load={found.load} params={found.params} />
      <Tabs path={path} />
    </>
  );
}

/** A screen, which is fetched when it is first shown. */
function Lazy({ load, params }: { load: () => Promise<ComponentType<Params>>; params: Params }): JSX.Element {
  const [screen, setScreen] = useState<{ Screen?: ComponentType<Params>; failed?: unknown }>({});
  const fetchIt = (): void => void load().then((Screen) => setScreen({ Screen }), (failed: unknown) => setScreen({ failed }));
  useEffect(fetchIt, []);
  if (screen.failed !== undefined) return <main><Failed of={screen.failed} again={fetchIt} /></main>;
  if (screen.Screen === undefined) return <main><Waiting /></main>;
  return <screen.Screen key={JSON.stringify(params)} {...params} />;
}

function Tabs({ path }: { path: string }): JSX.Element {
  const shown = TABS.find((tab) => tab.of.some((begin) => (begin === "/" ? path === "/" : path.startsWith(begin))));
  return (
    <nav class="tabs" aria-label={t("nav.tabs")}>
      {TABS.map((tab) => (
        <a key={tab.name} href={tab.to} aria-current={tab === shown ? "page" : undefined}>
          <span class={`icon icon-${tab.name}`} aria-hidden="true" />
          {t(`nav.${tab.name}`)}
        </a>
      ))}
    </nav>
  );
}

let told: Promise<boolean> | undefined;

/** In a sandbox no money moves, and everybody sees that. */
function Sandbox(): JSX.Element | null {
  const [is, setIs] = useState(false);
  useEffect(() => {
    told ??= done(service.GET("/v1/provider")).then((here) => !here.is_live);
    told.then(setIs, () => (told = undefined));
  }, []);
  return is ? <aside class="sandbox" aria-label={t("nav.notice")}>{t("nav.sandbox")}</aside> : null;
}
