// The words of the pages, from one catalogue file for each language, and which of them somebody reads. A third language is
// one more file in `messages` and one more line here. Must not be added here: a text.

type Catalogue = Record<string, string>;

const CATALOGUES: Record<string, () => Promise<{ default: Catalogue }>> = {
  "zh-CN": () => import("../messages/zh.json"),
  en: () => import("../messages/en.json"),
};

/** Not a language: English with marks around it, by which a test finds text that is in no catalogue. */
const PSEUDO = "xx";

const COOKIE = "linli_language";

let catalogue: Catalogue = {};
let spoken = "zh-CN";

export function languages(): string[] {
  return Object.keys(CATALOGUES);
}

/** The tag of the language that is spoken. */
export function language(): string {
  return spoken;
}

function known(tag: string): string | undefined {
  if (tag === PSEUDO) return PSEUDO;
  const of = tag.toLowerCase().split("-")[0];
  return of === "zh" ? "zh-CN" : of === "en" ? "en" : undefined;
}

/** What the address says, else what was chosen before, else what the browser prefers, else Chinese. */
export function chosen(): string {
  const asked = new URLSearchParams(location.search).get("language");
  const kept = document.cookie.split("; ").find((pair) => pair.startsWith(`${COOKIE}=`))?.split("=")[1];
  const wanted = [asked, kept, ...navigator.languages].filter((tag) => tag != null);
  return wanted.map(known).find((tag) => tag !== undefined) ?? "zh-CN";
}

/** Speaks a language from now on. */
export async function speak(tag: string): Promise<void> {
  const load = CATALOGUES[tag === PSEUDO ? "en" : tag];
  if (load === undefined) throw new Error(`no catalogue for ${tag}`);
  const words = (await load()).default;
  catalogue = tag === PSEUDO ? marked(words) : words;
  spoken = tag;
  document.documentElement.lang = tag === PSEUDO ? "en" : tag;
  document.cookie = `${COOKIE}=${tag}; path=/; max-age=31536000; samesite=lax`;
}

function marked(words: Catalogue): Catalogue {
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, `⟦${text}⟧`]));
}

/** A text by its key, with what stands in its braces. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = catalogue[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A text by a key that is made from what the service says; what has no words of its own is shown as it is. */
export function named(group: string, name: string): string {
  return catalogue[`${group}.${name}`] ?? name;
}

/** Of two texts that the service brings, the one that is read. */
export function either(texts: { zh: string; en: string }): string {
  if (spoken === PSEUDO) return `⟦${texts.en}⟧`;
  return spoken === "en" ? texts.en : texts.zh;
}
