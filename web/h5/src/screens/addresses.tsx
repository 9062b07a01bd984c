// Addresses that goods are sent to; they are sealed, and only a supplier who ships sees one. Must not be added here: a map.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { Loaded, Nothing, useLoad } from "../parts/load.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Screen } from "../parts/shown.tsx";
import { back, go } from "../router.ts";
import { done, type Schema, service, under } from "../service.ts";

export function Addresses(): JSX.Element {
  const all = useLoad(() => done(service.GET("/v1/me/addresses")));
  return (
    <Screen title={t("me.to_addresses")} home="/app/me" action={<a href="/app/addresses/new">{t("addresses.add")}</a>}>
      <Loaded of={all}>
        {(all) => all.length === 0 ? <Nothing text={t("addresses.none")} to="/app/addresses/new" action={t("addresses.add")} /> : (
          <ul class="list card">
            {all.map((one) => (
              <li key={one.id}><Line to={`/app/addresses/${encodeURIComponent(one.id)}`} title={<>{one.to?.name} {one.to?.phone}{one.is_default && <span class="state">{t("addresses.default")}</span>}</>} sub={`${one.to?.region ?? ""} ${one.to?.street ?? ""}`} right="›" /></li>
            ))}
          </ul>
        )}
      </Loaded>
    </Screen>
  );
}

export function EditAddress({ id }: Params): JSX.Element {
  const known = useLoad(async () => (id === "new" ? null : ((await done(service.GET("/v1/me/addresses"))).find((one) => one.id === id) ?? null)), [id]);
  return (
    <Screen title={t(id === "new" ? "addresses.add" : "addresses.one")} home="/app/addresses">
      <Loaded of={known}>{(known) => <Edit id={id} of={known?.to ?? null} isDefault={known?.is_default === true} />}</Loaded>
    </Screen>
  );
}

function Edit({ id, of, isDefault }: { id: string; of: Schema<"AddressForm"> | null; isDefault: boolean }): JSX.Element {
  const [form, setForm] = useState(of ?? { name: "", phone: "", region: "", street: "" });
  const saving = useSend(`address:${id}`);
  const other = useSend(`address-act:${id}`);
  const change = (part: keyof typeof form) => (value: string): void => setForm({ ...form, [part]: value });
  const save = async (): Promise<void> => {
    const saved = await saving.send((key) =>
      id === "new"
        ? done(service.POST("/v1/me/addresses", { body: form, params: under(key) }))
        : done(service.POST("/v1/me/addresses/{id}/change", { body: form, params: { path: { id }, ...under(key) } })),
    );
    if (saved !== undefined) back("/app/addresses");
  };
  const act = async (what: "default" | "remove"): Promise<void> => {
    const path = `/v1/me/addresses/{id}/${what}` as const;
    const did = await other.send((key) => done(service.POST(path, { params: { path: { id }, ...under(key) } })));
    if (did !== undefined) go("/app/addresses", "replace");
  };
  const can = Object.values(form).every((value) => value.trim() !== "");
  return (
    <>
      <Card>
        <Form of={saving} action={t("bank.save")} onSend={() => void save()} can={can}>
          <Input name="name" label={t("addresses.name")} autocomplete="name" maxLength={40} value={form.name} onValue={change("name")} />
          <Input name="phone" label={t("login.phone")} type="tel" autocomplete="tel" maxLength={20} value={form.phone} onValue={change("phone")} />
          <Input name="region" label={t("addresses.region")} autocomplete="address-level1" maxLength={60} value={form.region} onValue={change("region")} />
          <Input name="street" label={t("addresses.street")} autocomplete="street-address" maxLength={120} value={form.street} onValue={change("street")} />
        </Form>
      </Card>
      {id !== "new" && (
        <div class="row fill">
          {!isDefault && <Form of={other} kind="second" action={t("addresses.make_default")} onSend={() => void act("default")} />}
          <Form of={other} kind="danger" action={t("addresses.remove")} onSend={() => void act("remove")} />
        </div>
      )}
    </>
  );
}
