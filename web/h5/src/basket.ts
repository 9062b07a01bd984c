// What is in the basket, in this browser alone until it is ordered: which variants and how many, never what they cost. Must not
// be added here: a price.

export interface Pick {
  product: string;
  variant: string;
  count: number;
}

const KEPT = "linli-basket";
const MOST = 999;

export function picks(): Pick[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? (kept as Pick[]).filter((pick) => typeof pick.product === "string" && Number.isInteger(pick.count)) : [];
  } catch {
    return [];
  }
}

export function setPicks(all: Pick[]): void {
  localStorage.setItem(KEPT, JSON.stringify(all.filter((pick) => pick.count > 0)));
}

/** Puts more pieces of a variant in. */
export function put(product: string, variant: string, count: number): void {
  const all = picks();
  const known = all.find((pick) => pick.product === product && pick.variant === variant);
  if (known === undefined) all.push({ product, variant, count });
  else known.count = Math.min(known.count + count, MOST);
  setPicks(all);
}

/** As the service reads them. */
export function asked(all: Pick[]): string {
  return all.map((pick) => `${pick.product}.${pick.variant}.${pick.count}`).join(",");
}
