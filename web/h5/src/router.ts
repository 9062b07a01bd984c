// Which screen an address is, and going from one to another without loading the page anew. Must not be added here: a screen.

import { useEffect, useState } from "preact/hooks";

/** Where somebody is: the path, and what stands behind the question mark. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Goes to a path of these pages. */
export function go(path: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  scrollTo(0, 0);
  tell();
}

/** One step back, or to where a screen belongs if nothing came before it. */
export function back(home: string): void {
  if (history.length > 1 && sessionStorage.getItem("linli-moved") !== null) history.back();
  else go(home, "replace");
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const listener = (): void => setPlace(here());
    listeners.add(listener);
    addEventListener("popstate", listener);
    return () => {
      listeners.delete(listener);
      removeEventListener("popstate", listener);
    };
  }, []);
  return place;
}

/** Links inside of these pages change the screen; those of the server, and clicks with a key held, are the browser's. */
export function followLinks(): void {
  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest("a");
    if (link === null || link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname !== "/" && !link.pathname.startsWith("/app/")) return;
    event.preventDefault();
    sessionStorage.setItem("linli-moved", "1");
    go(link.pathname + link.search);
  });
}

/** What stands for the names of a pattern such as `/app/orders/:id`, if a path is of it. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split("/"), path.replace(/\/$/, "").split("/")];
  if (pattern === "/") return path === "/" ? {} : undefined;
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const value = given[place] ?? "";
    if (part.startsWith(":")) found[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return found;
}
