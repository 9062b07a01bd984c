// What one is told: notifications with what is shown and what is sent, rules with their versions, announcements. Must not be
// added here: a text of a rule.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { either, t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { FilteredAway, List, Loaded, LoadedScreen, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { Check, Form, useSend } from "../parts/send.tsx";
import { Card, Day, Either, Line, Pairs, Screen, State, Time } from "../parts/shown.tsx";
import { done, type Schema, service, under } from "../service.ts";

export function Notifications(): JSX.Element {
  const [unread, setUnread] = useState(false);
  const all = usePages(
    (after) => done(service.GET("/v1/notifications", { params: { query: { limit: 30, ...(unread ? { unread: true } : {}), ...(after === undefined ? {} : { after }) } } })),
    [unread],
  );
  const sending = useSend("read");
  const newest = all.value?.[0]?.seq;
  const read = async (): Promise<void> => {
    if (newest === undefined) return;
    await sending.send((key) => done(service.POST("/v1/notifications/read", { body: { up_to: newest }, params: under(key) })));
    all.again();
  };
  return (
    <Screen title={t("news.title")} home="/app/me" action={<a href="/app/notifications/settings">{t("news.settings")}</a>}>
      <div class="choices">
        {[false, true].map((only) => <button key={String(only)} type="button" class="quiet" aria-pressed={only === unread} onClick={() => setUnread(only)}>{t(only ? "news.unread" : "news.all")}</button>)}
        <button type="button" class="quiet" disabled={sending.busy || newest === undefined} onClick={() => void read()}>{t("news.read")}</button>
      </div>
      <List of={all} nothing={unread ? <FilteredAway clear={() => setUnread(false)} /> : <Nothing text={t("news.none")} />}>
        {(one) => (
          <Line title={<span class={one.read_at == null ? "unread" : ""}>{either({ zh: one.text_zh, en: one.text_en })}</span>} sub={<Time of={one.at} />} right={one.read_at == null ? <span class="state">{t("news.new")}</span> : undefined} />
        )}
      </List>
    </Screen>
  );
}

export function NotificationSettings(): JSX.Element {
  const settings = useLoad(() => done(service.GET("/v1/notifications/settings")));
  return (
    <Screen title={t("news.settings")} home="/app/notifications">
      <Loaded of={settings}>{(value) => <Wishes of={value} />}</Loaded>
    </Screen>
  );
}

function Wishes({ of }: { of: Schema<"NotificationSetting">[] }): JSX.Element {
  const [shown, setShown] = useState(new Set(of.filter((one) => one.is_shown).map((one) => one.kind)));
  const [sent, setSent] = useState(new Set(of.filter((one) => one.is_sent).map((one) => one.kind)));
  const [saved, setSaved] = useState(false);
  const sending = useSend("notification-settings");
  const toggled = (set: Set<string>, kind: string): Set<string> => {
    const next = new Set(set);
    if (!next.delete(kind)) next.add(kind);
    return next;
  };
  const save = async (): Promise<void> => {
    const done_ = await sending.send((key) => done(service.POST("/v1/notifications/settings", { body: { shown: [...shown], sent: [...sent] }, params: under(key) })));
    setSaved(done_ !== undefined);
  };
  return (
    <Card>
      <Form of={sending} action={t("bank.save")} onSend={() => void save()}>
        {of.map((one) => (
          <fieldset key={one.kind} class="plain">
            <legend><Either zh={one.name_zh} en={one.name_en} /></legend>
            <Check label={t("news.shown")} checked={shown.has(one.kind)} onChecked={() => setShown(toggled(shown, one.kind))} />
            <Check label={t("news.sent")} checked={sent.has(one.kind)} onChecked={() => setSent(toggled(sent, one.kind))} />
          </fieldset>
        ))}
        {saved && <p class="gain" role="status">{t("bank.saved")}</p>}
      </Form>
    </Card>
  );
}

export function Rules(): JSX.Element {
  const rules = useLoad(() => done(service.GET("/v1/rules")));
  return (
    <Screen title={t("rules.title")} home="/app/me">
      <Loaded of={rules}>
        {(all) => (
          <ul class="list card">
            {all.map((one) => (
              <li key={one.topic}>
                <Line to={`/app/rules/${one.topic}`} title={<Either zh={one.name_zh} en={one.name_en} />} sub={one.in_force == null ? t("rules.none_yet") : t("rules.version", { version: one.in_force.version ?? "" })} right={one.coming == null ? "›" : t("rules.coming")} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Screen>
  );
}

export function RulesOn({ topic }: Params): JSX.Element {
  const versions = useLoad(async () => ({
    all: await done(service.GET("/v1/rules/{topic}", { params: { path: { topic } } })),
    name: (await done(service.GET("/v1/rules"))).find((one) => one.topic === topic),
  }), [topic]);
  return (
    <LoadedScreen of={versions} home="/app/rules">
      {({ all, name }) => (
        <Screen title={name === undefined ? t("rules.title") : either({ zh: name.name_zh, en: name.name_en })} home="/app/rules">
          {all.length === 0 && <Nothing text={t("rules.none_yet")} />}
          {all.length > 0 && (
            <ul class="list card">
              {all.map((one) => <li key={one.id}><Line to={`/app/documents/${encodeURIComponent(one.id)}`} title={<Either zh={one.title_zh} en={one.title_en} />} sub={t("rules.version", { version: one.version ?? "" })} right={<State group="document" of={one.state} />} /></li>)}
            </ul>
          )}
        </Screen>
      )}
    </LoadedScreen>
  );
}

export function OneDocument({ id }: Params): JSX.Element {
  const document = useLoad(() => done(service.GET("/v1/documents/{id}", { params: { path: { id } } })), [id]);
  const sending = useSend(`document:${id}`);
  const value = document.value;
  useEffect(() => {
    // Whoever is not logged in reads all the same; nothing is noted then.
    if (value !== undefined) void sending.send((key) => done(service.POST("/v1/documents/{id}/read", { params: { path: { id }, ...under(key) } })));
  }, [value?.id]);
  return (
    <LoadedScreen of={document} home="/app/rules">
      {(value) => (
        <Screen title={either({ zh: value.title_zh, en: value.title_en })} home="/app/rules">
          <Card>
            <Pairs of={[[t("rules.state"), <State group="document" of={value.state} />], [t("rules.from"), value.from == null ? "–" : <Day of={value.from} />]]} />
            <p class="text">{either({ zh: value.text_zh, en: value.text_en })}</p>
          </Card>
        </Screen>
      )}
    </LoadedScreen>
  );
}
