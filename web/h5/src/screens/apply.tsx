// Applying to open a store: the page, the district, whom to reach, documents as pictures; handed in, asked about, approved. A
// recruiter's link is named, and agreeing to be bound to them is a box of its own. Must not be added here: a decision.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { inAddress, kept, look } from "../parts/invitation.tsx";
import { List, Loaded, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { PageForm } from "../parts/page-form.tsx";
import { Regions } from "../parts/regions.tsx";
import { Check, Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Screen, State, Time } from "../parts/shown.tsx";
import { go, usePlace } from "../router.ts";
import { done, idempotencyKey, type Schema, service, under } from "../service.ts";

export function Applications(): JSX.Element {
  const all = usePages((after) => done(service.GET("/v1/me/applications", { params: { query: { limit: 30, ...(after === undefined ? {} : { after }) } } })));
  return (
    <Screen title={t("me.to_apply")} home="/app/me" action={<a href="/app/apply/new">{t("apply.new")}</a>}>
      <List of={all} nothing={<Nothing text={t("apply.none")} to="/app/apply/new" action={t("apply.new")} />}>
        {(one) => <Line to={one.store == null ? `/app/apply/${encodeURIComponent(one.id)}` : `/app/shop/${encodeURIComponent(one.store)}`} title={one.name} sub={<>{one.region} · <Time of={one.since} /></>} right={<State group="application" of={one.state} />} />}
      </List>
    </Screen>
  );
}

async function begun(id: string) {
  return id === "new" ? null : done(service.GET("/v1/applications/{id}", { params: { path: { id } } }));
}

export function EditApplication({ id }: Params): JSX.Element {
  const { query } = usePlace();
  const link = inAddress(query) ?? kept();
  const recruiter = link?.kind === "recruiter" ? link.id : undefined;
  const application = useLoad(async () => ({
    known: await begun(id),
    invitation: recruiter === undefined ? undefined : await look({ kind: "recruiter", id: recruiter }).catch(() => undefined),
  }), [id]);
  return (
    <Screen title={t("apply.one")} home="/app/apply">
      <Loaded of={application}>
        {({ known, invitation }) => known !== null && !["draft", "asked"].includes(known.state) ? (
          <Card said={known.name} more={<State group="application" of={known.state} />}>
            <p>{t(`apply.is_${known.state}`)}</p>
            {known.note != null && <p class="notice">{known.note}</p>}
          </Card>
        ) : <Edit id={id} known={known} recruiter={recruiter} invitation={invitation} />}
      </Loaded>
    </Screen>
  );
}

interface Editing {
  id: string;
  known: Schema<"ShownApplication"> | null;
  recruiter: string | undefined;
  invitation: Schema<"ShownInvitation"> | undefined;
}

function Edit({ id, known, recruiter, invitation }: Editing): JSX.Element {
  const [page, setPage] = useState<Schema<"PageForm">>(known?.page ?? { name: "", address: "" });
  const [district, setDistrict] = useState(known?.district ?? "");
  const [contact, setContact] = useState(known?.contact ?? { name: "", phone: "" });
  const [documents, setDocuments] = useState<string[]>(known?.documents ?? []);
  const [agrees, setAgrees] = useState(known?.agreed_to_be_bound ?? false);
  const saving = useSend(`application:${id}`);
  const form = {
    page, district, contact, documents,
    ...(recruiter === undefined || invitation === undefined ? {} : { recruited: { recruiter, ...(agrees ? { consent: invitation.consent.version } : {}) } }),
  };
  const save = async (): Promise<void> => {
    await saving.send(async (key) => {
      const saved = known === null
        ? await done(service.POST("/v1/applications", { body: form, params: under(key) }))
        : await done(service.POST("/v1/applications/{id}/change", { body: form, params: { path: { id }, ...under(key) } }));
      await done(service.POST("/v1/applications/{id}/submit", { params: { path: { id: saved.id }, ...under(`${key}-submit`) } }));
      go("/app/apply", "replace");
      return saved;
    });
  };
  const can = page.name.trim() !== "" && page.address.trim() !== "" && district.length === 6 && contact.name.trim() !== "" && contact.phone.trim() !== "" && documents.length > 0;
  return (
    <Form of={saving} action={t("apply.submit")} onSend={() => void save()} can={can}>
      {known?.note != null && <p class="notice">{known.note}</p>}
      <Card title={t("apply.page")}><PageForm of={page} onChange={setPage} /></Card>
      <Card title={t("apply.district")}><Regions value={district} onValue={setDistrict} /></Card>
      <Card title={t("apply.contact")}>
        <Input name="contact-name" label={t("addresses.name")} autocomplete="name" maxLength={40} value={contact.name} onValue={(name) => setContact({ ...contact, name })} />
        <Input name="contact-phone" label={t("login.phone")} type="tel" autocomplete="tel" maxLength={20} value={contact.phone} onValue={(phone) => setContact({ ...contact, phone })} />
      </Card>
      <Card title={t("apply.documents")}><Documents of={documents} onChange={setDocuments} /></Card>
      {invitation !== undefined && (
        <Card title={t("invitation.title")}>
          <p>{t("invitation.who", { inviter: invitation.inviter })}</p>
          <Check label={t("apply.agree")} checked={agrees} onChecked={setAgrees} />
        </Card>
      )}
    </Form>
  );
}

/** Pictures of documents; each is drawn anew and sealed by the service. */
function Documents({ of, onChange }: { of: string[]; onChange: (all: string[]) => void }): JSX.Element {
  const sending = useSend("document");
  const add = async (file: File): Promise<void> => {
    const kept = await sending.send(async () => {
      const headers = { "Content-Type": "application/octet-stream", "Idempotency-Key": idempotencyKey() };
      return done(service.POST("/v1/scans", { body: file as unknown as number[], bodySerializer: (body) => body as unknown as Blob, headers, params: under(headers["Idempotency-Key"]) }));
    });
    if (kept !== undefined) onChange([...of, kept.id]);
  };
  return (
    <>
      <ul class="list">{of.map((id, place) => <li key={id}><Line title={t("apply.document", { number: place + 1 })} right={<button type="button" class="quiet" onClick={() => onChange(of.filter((one) => one !== id))}>{t("addresses.remove")}</button>} /></li>)}</ul>
      <div class="field">
        <label for="document">{t("apply.add_document")}</label>
        <input id="document" type="file" accept="image/jpeg,image/png,image/webp" disabled={sending.busy} onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file !== undefined) void add(file); }} />
      </div>
      <p class="soft">{t("apply.documents_hint")}</p>
    </>
  );
}
