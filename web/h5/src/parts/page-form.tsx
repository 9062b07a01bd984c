// What visitors see of a store, as its owner says it. Must not be added here: what may stand on a page; the platform says that.

import type { JSX } from "preact";
import { t } from "@linli/shared/words";
import { Field, Input } from "./send.tsx";
import type { Schema } from "../service.ts";

type Page = Schema<"PageForm">;

export function PageForm({ of, onChange }: { of: Page; onChange: (page: Page) => void }): JSX.Element {
  return (
    <>
      <Input name="store-name" label={t("stores.name")} maxLength={40} value={of.name} onValue={(name) => onChange({ ...of, name })} />
      <Input name="store-address" label={t("stores.where")} maxLength={200} value={of.address} onValue={(address) => onChange({ ...of, address })} />
      <Input name="store-phone" label={t("stores.phone")} hint={t("page_form.phone")} type="tel" maxLength={20} value={of.phone ?? ""} onValue={(phone) => onChange({ ...of, phone: phone.trim() === "" ? null : phone })} />
      <Field id="f-description" label={t("page_form.description")}>
        <textarea id="f-description" rows={4} maxLength={2000} value={of.description ?? ""} onInput={(event) => onChange({ ...of, description: event.currentTarget.value })} />
      </Field>
    </>
  );
}
