// Inviting: one's links with codes and posters, how many came and what their orders brought, in counts and sums alone; and one's
// own binding with its history and the way out of it. Must not be added here: a name or a number of anybody invited.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { named, t } from "@linli/shared/words";
import { Disclosed } from "../parts/disclosed.tsx";
import { Loaded, Nothing, useLoad } from "../parts/load.tsx";
import { Form, useSend } from "../parts/send.tsx";
import { Card, Day, Line, Money, Pairs, Picture, Screen, Time } from "../parts/shown.tsx";
import { done, service, under } from "../service.ts";

export function Invite(): JSX.Element {
  const links = useLoad(() => done(service.GET("/v1/me/links", { params: { query: { limit: 50 } } })));
  return (
    <Screen title={t("invite.title")} home="/app/me" action={<a href="/app/invited">{t("me.to_invited")}</a>}>
      <Loaded of={links}>
        {({ items }) => (
          <>
            {items.filter((link) => link.kind !== "store").map((link) => (
              <Card key={link.path} title={t(`invite.${link.kind}`)}>
                <p class="soft">{t(`invite.${link.kind}_text`)}</p>
                {link.kind === "member" && <Picture src="/v1/me/prints/qr.svg" alt={t("invite.code")} kind="qr" />}
                <Share link={`${location.origin}/app/invitation/${link.kind}/${encodeURIComponent(link.id)}`} />
                {link.kind === "member" && <p class="row"><a href="/v1/me/prints/poster.png" download>{t("invite.poster")}</a><a href="/v1/me/prints/sheet-a4.pdf" download>{t("invite.sheet")}</a></p>}
              </Card>
            ))}
            <Disclosed />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

/** A link to copy or to hand on. */
export function Share({ link }: { link: string }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const share = (): void => {
    if (navigator.share !== undefined) void navigator.share({ url: link }).catch(() => undefined);
    else void navigator.clipboard.writeText(link).then(() => setCopied(true));
  };
  return (
    <>
      <p><code class="link">{link}</code></p>
      <button type="button" class="second" onClick={share}>{t("invite.share")}</button>
      {copied && <p class="gain" role="status">{t("invite.copied")}</p>}
    </>
  );
}

export function Invited(): JSX.Element {
  const invited = useLoad(() => done(service.GET("/v1/me/invited")));
  return (
    <Screen title={t("me.to_invited")} home="/app/me">
      <p class="soft">{t("invited.text")}</p>
      <Loaded of={invited}>
        {({ levels, days }) => levels.every((level) => level.people === 0 && level.orders === 0) ? <Nothing text={t("invited.none")} to="/app/invite" action={t("invite.title")} /> : (
          <>
            {levels.map((level) => (
              <Card key={level.level} title={t(`invited.level_${level.level}`)}>
                <Pairs of={[[t("invited.people"), level.people], [t("invited.orders"), level.orders], [t("invited.earned"), <Money of={level.earned} />]]} />
              </Card>
            ))}
            <Card title={t("invited.days")}>
              {days.length === 0 ? <p class="soft">{t("invited.no_days")}</p> : (
                <table>
                  <thead><tr><th scope="col">{t("invited.day")}</th><th scope="col" class="money">{t("earned.referral.direct")}</th><th scope="col" class="money">{t("earned.referral.indirect")}</th></tr></thead>
                  <tbody>{days.map((day) => <tr key={day.day}><th scope="row">{day.day}</th><td class="money"><Money of={day.direct} /></td><td class="money"><Money of={day.indirect} /></td></tr>)}</tbody>
                </table>
              )}
            </Card>
          </>
        )}
      </Loaded>
      <Disclosed />
    </Screen>
  );
}

export function BindingOf(): JSX.Element {
  const binding = useLoad(() => done(service.GET("/v1/me/binding")));
  const sending = useSend("release");
  const [sure, setSure] = useState(false);
  const release = async (): Promise<void> => {
    const released = await sending.send((key) => done(service.POST("/v1/me/binding/release", { params: under(key) })));
    if (released === undefined) return;
    setSure(false);
    binding.again();
  };
  return (
    <Screen title={t("me.to_binding")} home="/app/me">
      <Loaded of={binding}>
        {(value) => (
          <>
            <Card title={t("binding.now")}>
              {value.inviter == null ? <p>{t("binding.none")}</p> : (
                <>
                  <Pairs of={[[t("binding.inviter"), value.inviter], [t("binding.source"), named("source", value.source ?? "")]]} />
                  <p class="soft">{t("binding.text")}</p>
                  {!sure && <button type="button" class="second" onClick={() => setSure(true)}>{t("binding.release")}</button>}
                  {sure && <Form of={sending} kind="danger" action={t("binding.release_now")} onSend={() => void release()}><p>{t("binding.release_text")}</p></Form>}
                </>
              )}
            </Card>
            <Card title={t("binding.history")}>
              {value.history.length === 0 ? <p class="soft">{t("binding.no_history")}</p> : (
                <ul class="list">
                  {value.history.map((fact) => (
                    <li key={fact.seq}>
                      <Line title={<>{fact.inviter} · {named("source", fact.source)}</>} sub={<><Time of={fact.since} />{fact.released_at != null && <> – <Day of={fact.released_at} /></>}</>} right={`#${fact.seq}`} below={t("binding.consent", { version: fact.consent })} />
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          </>
        )}
      </Loaded>
    </Screen>
  );
}
