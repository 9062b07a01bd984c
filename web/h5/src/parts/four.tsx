// The four numbers that a member knows, which can be hidden from whoever looks over a shoulder. Must not be added here: a sum
// of them.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { money, short } from "@linli/shared/format";
import { language, t } from "@linli/shared/words";
import type { Schema } from "../service.ts";

const HIDDEN = "linli-hidden";

export function Four({ of }: { of: Schema<"Home"> }): JSX.Element {
  const [hidden, setHidden] = useState(localStorage.getItem(HIDDEN) === "1");
  const toggle = (): void => {
    localStorage.setItem(HIDDEN, hidden ? "0" : "1");
    setHidden(!hidden);
  };
  const numbers = [
    ["available", of.available, `/app/statement/${encodeURIComponent(`member:${of.member}:wallet`)}`],
    ["pending", of.pending, "/app/wallet"],
    ["points_worth", of.points_worth, "/app/points"],
    ["owed", of.owed, "/app/wallet"],
  ] as const;
  return (
    <section class="card four" aria-label={t("four.title")}>
      <div class="row">
        <h2>{t("four.title")}</h2>
        <button type="button" class="quiet" aria-pressed={hidden} onClick={toggle}>{t(hidden ? "four.show" : "four.hide")}</button>
      </div>
      <div class="grid">
        {numbers.map(([name, amount, to]) => (
          <a key={name} href={to} class="number">
            <span class="soft">{t(`four.${name}`)}</span>
            <span class="value" title={hidden ? undefined : money(amount)}>{hidden ? "••••" : short(amount, language())}</span>
          </a>
        ))}
      </div>
      {of.is_suspended && <p class="notice">{t("four.suspended")}</p>}
    </section>
  );
}
