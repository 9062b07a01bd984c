// Choosing a region: province, city, district, each from what the service publishes. Must not be added here: a list of places.

import type { JSX } from "preact";
import { t } from "@linli/shared/words";
import { useLoad } from "./load.tsx";
import { done, service } from "../service.ts";

/** Digits of a province, a city and a district. */
const LEVELS = [2, 4, 6] as const;

/** `value` is the code that is chosen so far, of two, four or six digits. */
export function Regions({ value, onValue }: { value: string; onValue: (code: string) => void }): JSX.Element {
  return (
    <fieldset class="regions">
      <legend>{t("regions.title")}</legend>
      {LEVELS.map((digits, level) => {
        const within = level === 0 ? "" : value.slice(0, LEVELS[level - 1]);
        if (level > 0 && within.length < (LEVELS[level - 1] ?? 0)) return null;
        return <Level key={`${digits}:${within}`} level={level} digits={digits} within={within} value={value.length < digits ? "" : value.slice(0, digits)} onValue={(code) => onValue(code === "" ? within : code)} />;
      })}
    </fieldset>
  );
}

async function places(within: string) {
  if (within !== "") return (await done(service.GET("/v1/regions", { params: { query: { within: within.padEnd(6, "0") } } }))).items;
  // The tree begins with macro-regions, which nobody looks for a street in.
  const macro = await done(service.GET("/v1/regions", { params: {} }));
  const provinces = await Promise.all(
    macro.items.map((one) => done(service.GET("/v1/regions", { params: { query: { within: one.region } } }))),
  );
  return provinces.flatMap((page) => page.items);
}

/** What a published code is called; the code itself where it is not published. */
export async function regionName(code: string): Promise<string> {
  const level = /^\d{2}0000$/.test(code) ? 0 : /^\d{4}00$/.test(code) ? 2 : 4;
  const all = await places(level === 0 ? "" : code.slice(0, level)).catch(() => []);
  return all.find((place) => place.region === code)?.name ?? code;
}

let known: ReturnType<typeof places> | undefined;

function Level({ level, digits, within, value, onValue }: { level: number; digits: number; within: string; value: string; onValue: (code: string) => void }): JSX.Element {
  const all = useLoad(() => (within === "" ? (known ??= places("")) : places(within)), [within]);
  const label = t(`regions.${level}`);
  return (
    <select aria-label={label} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
      <option value="">{label}</option>
      {all.value?.map((place) => <option key={place.region} value={place.region.slice(0, digits)} selected={place.region.slice(0, digits) === value}>{place.name}</option>)}
    </select>
  );
}
