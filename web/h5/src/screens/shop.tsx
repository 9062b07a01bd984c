// A store for its owner and whoever works there: today, the week and the month, the entries that one may open, the code for
// the counter, who works there, its page. Must not be added here: a sum that the service has not made.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { named, t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { Loaded, LoadedScreen, Nothing, useLoad } from "../parts/load.tsx";
import { PageForm } from "../parts/page-form.tsx";
import { Check, Form, Input, useSend } from "../parts/send.tsx";
import { Card, Day, Line, Money, Pairs, Picture, Screen } from "../parts/shown.tsx";
import { InStore, ownStore } from "../parts/shops.tsx";
import { done, type Schema, service, under } from "../service.ts";
import { Share } from "./invite.tsx";

export function Shops(): JSX.Element {
  const stores = useLoad(() => done(service.GET("/v1/me/stores", { params: { query: { limit: 200 } } })));
  return (
    <Screen title={t("me.to_shop")} home="/app/me">
      <Loaded of={stores}>
        {({ items }) => items.length === 0 ? <Nothing text={t("shop.none")} to="/app/apply" action={t("stores.apply")} /> : (
          <ul class="list card">
            {items.map((one) => <li key={one.store}><Line to={`/app/shop/${encodeURIComponent(one.store)}`} title={one.store} sub={t(one.is_owner ? "shop.owner" : "shop.works")} right={one.is_closed ? t("shop.closed") : "›"} /></li>)}
          </ul>
        )}
      </Loaded>
    </Screen>
  );
}

const ENTRIES: [string, string | undefined][] = [
  ["collect", "payments.take"],
  ["verify", "vouchers.verify"],
  ["orders", "receivables.see"],
  ["refunds", "refunds.answer"],
  ["money", "owner"],
  ["shifts", undefined],
  ["qr", undefined],
  ["staff", "owner"],
  ["page", "owner"],
];

export function Shop({ id }: Params): JSX.Element {
  const store = useLoad(() => ownStore(id), [id]);
  return (
    <LoadedScreen of={store} home="/app/shop">
      {(store) => store === null ? <Screen title={id} home="/app/shop"><Nothing text={t("shop.not_yours")} to="/app/shop" action={t("me.to_shop")} /></Screen> : (
        <Screen title={store.name} home="/app/shop">
          {store.own.rights.includes("receivables.see") && <Figures id={id} />}
          {store.own.is_owner && <Elsewhere />}
          <nav class="shortcuts card" aria-label={t("home.shortcuts")}>
            {ENTRIES.filter(([, right]) => right === undefined || (right === "owner" ? store.own.is_owner : store.own.rights.includes(right))).map(([name]) => (
              <a key={name} href={`/app/shop/${encodeURIComponent(id)}/${name}`}><span class={`icon icon-${name}`} aria-hidden="true" />{t(`shop.${name}`)}</a>
            ))}
          </nav>
        </Screen>
      )}
    </LoadedScreen>
  );
}

function Figures({ id }: { id: string }): JSX.Element {
  const figures = useLoad(() => done(service.GET("/v1/stores/{id}/figures", { params: { path: { id } } })), [id]);
  return (
    <Loaded of={figures}>
      {(figures) => (
        <>
          <Card title={t("shop.receivable")}>
            <p class="big"><Money of={figures.balance} /></p>
            <Pairs of={[[t("shop.not_settled"), <Money of={figures.not_settled} />], [t("shop.locked"), figures.locked_members]]} />
          </Card>
          {(["today", "week", "month"] as const).map((span) => <Sold key={span} title={t(`shop.${span}`)} of={figures[span]} />)}
          <p class="soft">{t("shop.day", { zone: figures.time_zone })}</p>
        </>
      )}
    </Loaded>
  );
}

/** What members who are bound to the owner brought by buying in stores of others, in sums alone. */
function Elsewhere(): JSX.Element {
  const invited = useLoad(() => done(service.GET("/v1/me/invited")));
  return (
    <Card title={t("shop.elsewhere")} more={<a href="/app/invited">{t("me.to_invited")}</a>}>
      <Loaded of={invited}>
        {({ elsewhere }) => <Pairs of={[[t("invited.orders"), elsewhere.orders], [t("invited.earned"), <Money of={elsewhere.earned} />]]} />}
      </Loaded>
    </Card>
  );
}

function Sold({ title, of }: { title: string; of: Schema<"SoldInDays"> }): JSX.Element {
  return (
    <Card title={title}>
      <Pairs of={[[t("shop.turnover"), <Money of={of.turnover} />], [t("shop.count"), of.orders], [t("shop.given_back"), <Money of={of.given_back} />], [t("shop.waiting"), <Money of={of.not_settled} />]]} />
      <p class="soft">{of.from} – {of.to}</p>
    </Card>
  );
}

export function ShopCode({ id }: Params): JSX.Element {
  const prints = `/v1/stores/${encodeURIComponent(id)}/prints`;
  return (
    <InStore id={id} title={t("shop.qr")}>
      {(store) => (
        <Card said={store.name}>
          <Picture src={`${prints}/qr.svg`} alt={t("shop.qr_of", { store: store.name })} kind="qr" />
          <Share link={`${location.origin}/s/${encodeURIComponent(id)}`} />
          <p class="row"><a href={`${prints}/sheet-a4.pdf`} download>{t("shop.a4")}</a><a href={`${prints}/sheet-a6.pdf`} download>{t("shop.a6")}</a><a href={`${prints}/poster.png`} download>{t("invite.poster")}</a></p>
        </Card>
      )}
    </InStore>
  );
}

const RIGHTS = ["payments.take", "vouchers.verify", "refunds.answer", "receivables.see", "deals.manage"];

export function Staff({ id }: Params): JSX.Element {
  return <InStore id={id} title={t("shop.staff")}>{() => <People id={id} />}</InStore>;
}

function People({ id }: { id: string }): JSX.Element {
  const staff = useLoad(() => done(service.GET("/v1/stores/{id}/staff", { params: { path: { id }, query: { limit: 100 } } })), [id]);
  const [member, setMember] = useState("");
  const [rights, setRights] = useState(new Set(["payments.take", "vouchers.verify"]));
  const hiring = useSend(`hire:${id}`);
  const ending = useSend(`dismiss:${id}`);
  const toggle = (right: string): void => {
    const next = new Set(rights);
    if (!next.delete(right)) next.add(right);
    setRights(next);
  };
  const hire = async (): Promise<void> => {
    const hired = await hiring.send((key) => done(service.POST("/v1/stores/{id}/staff", { body: { member: member.trim(), rights: [...rights] }, params: { path: { id }, ...under(key) } })));
    if (hired === undefined) return;
    setMember("");
    staff.again();
  };
  const dismiss = async (whom: string): Promise<void> => {
    await ending.send((key) => done(service.POST("/v1/stores/{id}/staff/dismiss", { body: { member: whom }, params: { path: { id }, ...under(key) } })));
    staff.again();
  };
  return (
    <>
      <Loaded of={staff}>
        {({ items }) => items.length === 0 ? <Nothing text={t("staff.none")} /> : (
          <ul class="list card">
            {items.map((one) => (
              <li key={one.member}><Line title={one.member} sub={<>{one.rights.map((right) => named("right", right)).join(" · ")} · <Day of={one.since} /></>} right={<button type="button" class="quiet" disabled={ending.busy} onClick={() => void dismiss(one.member)}>{t("staff.dismiss")}</button>} /></li>
            ))}
          </ul>
        )}
      </Loaded>
      <Card title={t("staff.add")}>
        <Form of={hiring} action={t("staff.save")} onSend={() => void hire()} can={member.trim() !== "" && rights.size > 0}>
          <Input name="member" label={t("staff.member")} hint={t("staff.member_hint")} autocomplete="off" maxLength={64} value={member} onValue={setMember} />
          <fieldset class="plain"><legend>{t("staff.rights")}</legend>{RIGHTS.map((right) => <Check key={right} label={named("right", right)} checked={rights.has(right)} onChecked={() => toggle(right)} />)}</fieldset>
        </Form>
      </Card>
    </>
  );
}

export function ShopPage({ id }: Params): JSX.Element {
  const front = useLoad(() => done(service.GET("/v1/stores/{id}/page", { params: { path: { id } } })), [id]);
  return (
    <InStore id={id} title={t("shop.page")}>
      {() => <Loaded of={front}>{(front) => <Edit id={id} of={front.page ?? null} />}</Loaded>}
    </InStore>
  );
}

function Edit({ id, of }: { id: string; of: Schema<"PageForm"> | null }): JSX.Element {
  const [page, setPage] = useState<Schema<"PageForm">>(of ?? { name: "", address: "" });
  const [saved, setSaved] = useState(false);
  const sending = useSend(`page:${id}`);
  const save = async (): Promise<void> => {
    const done_ = await sending.send((key) => done(service.POST("/v1/stores/{id}/page", { body: page, params: { path: { id }, ...under(key) } })));
    setSaved(done_ !== undefined);
  };
  return (
    <Card>
      <Form of={sending} action={t("bank.save")} onSend={() => void save()} can={page.name.trim() !== "" && page.address.trim() !== ""}>
        <PageForm of={page} onChange={setPage} />
        {saved && <p class="gain" role="status">{t("bank.saved")} <a href={`/app/stores/${encodeURIComponent(id)}`}>{t("deals.store")}</a></p>}
      </Form>
    </Card>
  );
}
