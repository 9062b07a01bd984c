// What a screen reads: while it loads, once it is there, and the four screens on which there is nothing to show: nothing yet,
// filtered away, no permission, failed. Must not be added here: what is read.

import type { ComponentChildren, JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { either, t } from "@linli/shared/words";
import { go } from "../router.ts";
import { LinliProblem, type Page } from "../service.ts";
import { Screen } from "./shown.tsx";

export type Loading<T> = { value?: T; failed?: unknown; again: () => void };

/** Reads when the screen begins and whenever one of `on` changes; an older answer never replaces a newer one. */
export function useLoad<T>(read: () => Promise<T>, on: unknown[] = []): Loading<T> {
  const [state, setState] = useState<{ value?: T; failed?: unknown }>({});
  const turn = useRef(0);
  const again = useCallback(() => {
    const mine = ++turn.current;
    read().then(
      (value) => mine === turn.current && setState({ value }),
      (failed: unknown) => mine === turn.current && setState({ failed }),
    );
  }, on);
  useEffect(() => {
    setState({});
    again();
    return () => void turn.current++;
  }, [again]);
  return { ...state, again };
}

export function Loaded<T>({ of, children }: { of: Loading<T>; children: (value: T) => ComponentChildren }): JSX.Element {
  if (of.failed !== undefined) return <Failed of={of.failed} again={of.again} />;
  if (of.value === undefined) return <Waiting />;
  return <>{children(of.value)}</>;
}

/** The same around a whole screen, whose name is not known before it is there. */
export function LoadedScreen<T>({ of, home, children }: { of: Loading<T>; home: string; children: (value: T) => ComponentChildren }): JSX.Element {
  if (of.value === undefined || of.failed !== undefined) return <Screen title={t("load.title")} home={home}><Loaded of={of}>{() => null}</Loaded></Screen>;
  return <>{children(of.value)}</>;
}

export function Waiting(): JSX.Element {
  return <div class="waiting" role="status" aria-label={t("load.waiting")} />;
}

/** Nothing yet, with one thing to do about it. */
export function Nothing({ text, to, action }: { text: string; to?: string; action?: string }): JSX.Element {
  return (
    <div class="nothing card">
      <p>{text}</p>
      {to !== undefined && action !== undefined && <p><a class="button" href={to}>{action}</a></p>}
    </div>
  );
}

/** There would be something, but for what was asked for. */
export function FilteredAway({ clear }: { clear: () => void }): JSX.Element {
  return (
    <div class="nothing card">
      <p>{t("load.filtered")}</p>
      <p><button class="second" type="button" onClick={clear}>{t("load.clear")}</button></p>
    </div>
  );
}

/** No permission, nobody logged in, not there, or failed. */
export function Failed({ of, again }: { of: unknown; again: () => void }): JSX.Element {
  const problem = of instanceof LinliProblem ? of.problem : undefined;
  useEffect(() => {
    if (problem?.status === 401) go(`/app/login?next=${encodeURIComponent(location.pathname + location.search)}`, "replace");
  }, [problem?.status]);
  if (problem?.status === 401) return <Waiting />;
  const is = problem?.status === 403 ? "forbidden" : problem?.status === 404 ? "missing" : "failed";
  return (
    <div class="nothing card" role="alert">
      <h2>{t(`load.${is}`)}</h2>
      <p>{problem === undefined ? t("load.offline") : either({ zh: problem.message_zh, en: problem.message_en })}</p>
      {is === "forbidden" && <p class="soft">{problem?.detail}</p>}
      {is === "failed" && <p><button type="button" onClick={again}>{t("load.again")}</button></p>}
      {problem !== undefined && <p class="soft">{t("load.request")} <code>{problem.request_id}</code></p>}
    </div>
  );
}

/** A list page by page: what is there so far, and a button for more. */
export function usePages<Item>(read: (after: string | undefined) => Promise<Page<Item>>, on: unknown[] = []): Loading<Item[]> & { more?: () => void } {
  const first = useLoad(() => read(undefined), on);
  const [rest, setRest] = useState<Page<Item>[]>([]);
  useEffect(() => setRest([]), [first.value]);
  const last = rest.at(-1) ?? first.value;
  const items = first.value && [first.value, ...rest].flatMap((page) => page.items);
  const next = last?.next;
  const more = (): void => void read(next ?? undefined).then((page) => setRest([...rest, page]));
  return { ...first, value: items, ...(next == null ? {} : { more }) } as Loading<Item[]> & { more?: () => void };
}

export function List<Item>({ of, nothing, children }: {
  of: Loading<Item[]> & { more?: () => void };
  nothing: ComponentChildren;
  children: (item: Item) => ComponentChildren;
}): JSX.Element {
  return (
    <Loaded of={of}>
      {(items) => items.length === 0 ? nothing : (
        <>
          <ul class="list">{items.map((item, place) => <li key={place}>{children(item)}</li>)}</ul>
          {of.more && <button class="second" type="button" onClick={of.more}>{t("load.more")}</button>}
        </>
      )}
    </Loaded>
  );
}
