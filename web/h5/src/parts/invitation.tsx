// An invitation: who invites, what they earn from whoever agrees, the text that is agreed to. It is kept from the link to the
// registration and the first payment, until it is agreed to or declined. Must not be added here: a box that is ticked already.

import type { JSX } from "preact";
import { either, named, t } from "@linli/shared/words";
import { Disclosed } from "./disclosed.tsx";
import { Check } from "./send.tsx";
import { Card } from "./shown.tsx";
import { done, type Schema, service } from "../service.ts";

const KEPT = "linli-invitation";

export type Kind = "member" | "store" | "recruiter";

export interface Link {
  kind: Kind;
  id: string;
}

export function keep(link: Link): void {
  localStorage.setItem(KEPT, JSON.stringify(link));
}

export function forget(): void {
  localStorage.removeItem(KEPT);
}

/** The invitation whose link was opened last, if nobody has answered it yet. */
export function kept(): Link | undefined {
  try {
    const link = JSON.parse(localStorage.getItem(KEPT) ?? "null") as Link | null;
    return link !== null && ["member", "store", "recruiter"].includes(link.kind) && typeof link.id === "string" ? link : undefined;
  } catch {
    return undefined;
  }
}

/** What the address says: `?store=S1`, `?member=M1`, `?recruiter=M1`. */
export function inAddress(query: URLSearchParams): Link | undefined {
  for (const kind of ["store", "member", "recruiter"] as const) {
    const id = query.get(kind);
    if (id !== null && id !== "") return { kind, id };
  }
  return undefined;
}

export function look(link: Link): Promise<Schema<"ShownInvitation">> {
  return done(service.GET("/v1/invitations/{kind}/{id}", { params: { path: link } }));
}

/** As the service takes it. */
export function agreed(link: Link, consent: number): Schema<"Agreeing"> {
  return { [link.kind]: link.id, consent };
}

export function ShownInvitation({ of, agrees, onAgrees }: {
  of: Schema<"ShownInvitation">;
  agrees?: boolean;
  onAgrees?: (agrees: boolean) => void;
}): JSX.Element {
  return (
    <>
      <Card title={t("invitation.title")}>
        <p>{t("invitation.who", { inviter: of.inviter })}</p>
        {of.store != null && <p class="soft">{t("invitation.of_store", { store: of.store })}</p>}
        <table>
          <caption class="soft">{t("invitation.earns")}</caption>
          <thead><tr><th scope="col">{t("invitation.by")}</th><th scope="col" class="money">{t("invitation.rate")}</th><th scope="col" class="money">{t("invitation.of_100")}</th></tr></thead>
          <tbody>
            {of.earns.shares.map((share) => (
              <tr key={share.rule}>
                <th scope="row">{named("earned", share.rule)}<br /><span class="soft">{named("earned_of", share.of)}</span></th>
                <td class="money">{share.rate}</td>
                <td class="money">¥{share.of_100_yuan}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="soft">{t("invitation.plan", { plan: of.earns.plan })}</p>
        <p>{either({ zh: of.consent.text_zh, en: of.consent.text_en })}</p>
        <p class="soft">{t("invitation.optional")}</p>
        {onAgrees && <Check label={t("invitation.agree")} checked={agrees === true} onChecked={onAgrees} />}
      </Card>
      <Disclosed />
    </>
  );
}
