// Logging in and registering: a number, the code that was sent to it, and for whoever is new the terms and the invitation.
// Agreeing to be bound is apart from registering, and nobody has to. Must not be added here: a password.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { Loaded, useLoad } from "../parts/load.tsx";
import { type Link, ShownInvitation, agreed, forget, inAddress, keep, kept, look } from "../parts/invitation.tsx";
import { Check, Form, Input, useSend } from "../parts/send.tsx";
import { Card, Screen } from "../parts/shown.tsx";
import { go, usePlace } from "../router.ts";
import { LinliProblem, done, service } from "../service.ts";

export function Login(): JSX.Element {
  const { query } = usePlace();
  const link = inAddress(query) ?? kept();
  const [phone, setPhone] = useState("");
  const [step, setStep] = useState<"phone" | "code" | "register">("phone");
  const [code, setCode] = useState("");
  useEffect(() => {
    if (link !== undefined) keep(link);
  }, []);
  const enter = (): void => {
    const next = query.get("next");
    const path = next?.startsWith("/") && !next.startsWith("//") ? next : link?.kind === "store" ? `/s/${encodeURIComponent(link.id)}` : "/";
    if (path.startsWith("/app/") || path === "/") go(path, "replace");
    else location.replace(path);
  };
  return (
    <Screen title={t(step === "register" ? "login.register" : "login.title")} home="/">
      {step === "phone" && <AskPhone phone={phone} setPhone={setPhone} onSent={() => setStep("code")} />}
      {step === "code" && <AskCode phone={phone} code={code} setCode={setCode} onIn={enter} onNew={() => setStep("register")} onBack={() => setStep("phone")} />}
      {step === "register" && <Register phone={phone} code={code} link={link} onIn={enter} />}
    </Screen>
  );
}

function AskPhone({ phone, setPhone, onSent }: { phone: string; setPhone: (phone: string) => void; onSent: () => void }): JSX.Element {
  const sending = useSend("code");
  const send = async (): Promise<void> => {
    const sent = await sending.send(() => done(service.POST("/v1/login/codes", { body: { phone: phone.trim() } })));
    if (sent !== undefined) onSent();
  };
  return (
    <Card>
      <Form of={sending} action={t("login.send")} onSend={() => void send()} can={phone.trim().length >= 5}>
        <Input name="phone" label={t("login.phone")} hint={t("login.phone_hint")} type="tel" autocomplete="tel" value={phone} onValue={setPhone} />
      </Form>
    </Card>
  );
}

/** In a sandbox nothing is sent, and the code is shown instead. */
function useShownCode(): string | undefined {
  const shown = useLoad(async () => {
    if ((await done(service.GET("/v1/provider"))).is_live) return undefined;
    const answer = await fetch("/v1/sandbox/messages");
    if (!answer.ok) return undefined;
    const messages = (await answer.json()) as { code?: string | null }[];
    return messages.find((one) => one.code != null && one.code !== "")?.code ?? undefined;
  });
  return shown.value;
}

interface AskingCode {
  phone: string;
  code: string;
  setCode: (code: string) => void;
  onIn: () => void;
  onNew: () => void;
  onBack: () => void;
}

function AskCode({ phone, code, setCode, onIn, onNew, onBack }: AskingCode): JSX.Element {
  const sending = useSend("login");
  const shown = useShownCode();
  const send = async (): Promise<void> => {
    const answer = await sending.send(async () => {
      try {
        return await done(service.POST("/v1/login", { body: { phone: phone.trim(), code: code.trim() } }));
      } catch (thrown) {
        if (thrown instanceof LinliProblem && thrown.problem.code === "not_registered") return "new" as const;
        throw thrown;
      }
    });
    if (answer === "new") onNew();
    else if (answer !== undefined) onIn();
  };
  return (
    <Card>
      <Form of={sending} action={t("login.enter")} onSend={() => void send()} can={/^\s*\d{6}\s*$/.test(code)}>
        <p>{t("login.sent", { phone })}</p>
        <Input name="code" label={t("login.code")} inputMode="numeric" autocomplete="one-time-code" maxLength={8} value={code} onValue={setCode} />
        {shown !== undefined && (
          <p class="notice">{t("login.shown")} <button type="button" class="quiet" onClick={() => setCode(shown)}>{shown}</button></p>
        )}
      </Form>
      <button type="button" class="quiet" onClick={onBack}>{t("login.other")}</button>
    </Card>
  );
}

function Register({ phone, code, link, onIn }: { phone: string; code: string; link: Link | undefined; onIn: () => void }): JSX.Element {
  const shown = useLoad(async () => {
    const rules = await done(service.GET("/v1/rules"));
    const terms = rules.find((rule) => rule.topic === "terms")?.in_force;
    // An invitation of somebody who is not there any more is none.
    const invitation = link === undefined ? undefined : await look(link).catch(() => undefined);
    return { terms, invitation };
  });
  const [accepts, setAccepts] = useState(false);
  const [agrees, setAgrees] = useState(false);
  const sending = useSend("register");
  const register = async (terms: number, consent: number | undefined): Promise<void> => {
    const invitation = link !== undefined && consent !== undefined && agrees ? agreed(link, consent) : null;
    const body = { phone: phone.trim(), code: code.trim(), register: { terms, invitation } };
    const answer = await sending.send(() => done(service.POST("/v1/login", { body })));
    if (answer === undefined) return;
    if (agrees) forget();
    onIn();
  };
  return (
    <Loaded of={shown}>
      {({ terms, invitation }) => (
        <>
          {invitation && <ShownInvitation of={invitation} agrees={agrees} onAgrees={setAgrees} />}
          <Card>
            <Form of={sending} action={t("login.register")} onSend={() => void register(terms?.version ?? 1, invitation?.consent.version)} can={accepts}>
              <p>{t("login.new", { phone })}</p>
              <Check
                checked={accepts}
                onChecked={setAccepts}
                label={<>{t("login.accept")} <a href={`/app/documents/${terms?.id ?? "terms:1"}`} target="_blank">{t("login.terms")}</a> · <a href="/app/rules/privacy" target="_blank">{t("login.privacy")}</a></>}
              />
            </Form>
          </Card>
        </>
      )}
    </Loaded>
  );
}

/** What a link of a member, a store or a recruiter opens. */
export function Invitation({ kind, id }: Params): JSX.Element {
  const link = { kind, id } as Link;
  const shown = useLoad(async () => {
    const invitation = await look(link);
    const me = await done(service.GET("/v1/me/binding")).catch((thrown: unknown) => {
      if (thrown instanceof LinliProblem && thrown.problem.status === 401) return null;
      throw thrown;
    });
    return { invitation, me };
  }, [kind, id]);
  const sending = useSend(`bind:${kind}:${id}`);
  useEffect(() => keep(link), [kind, id]);
  const bind = async (consent: number): Promise<void> => {
    const bound = await sending.send((key) =>
      done(service.POST("/v1/me/binding", { body: agreed(link, consent), params: { header: { "Idempotency-Key": key } } })),
    );
    if (bound === undefined) return;
    forget();
    go("/app/binding", "replace");
  };
  return (
    <Screen title={t("invitation.title")} home="/">
      <Loaded of={shown}>
        {({ invitation, me }) => (
          <>
            <ShownInvitation of={invitation} />
            {me === null && <a class="button" href="/app/login">{t("invitation.register")}</a>}
            {me !== null && me.inviter == null && <Form of={sending} action={t("invitation.agree_now")} onSend={() => void bind(invitation.consent.version)} />}
            {me !== null && me.inviter != null && <p class="notice">{t("invitation.bound", { inviter: me.inviter })}</p>}
            {kind === "recruiter" && <a class="button second" href={`/app/apply/new?recruiter=${encodeURIComponent(id)}`}>{t("invitation.apply")}</a>}
            {kind === "store" && <a class="button second" href={`/s/${encodeURIComponent(id)}`}>{t("invitation.pay")}</a>}
          </>
        )}
      </Loaded>
    </Screen>
  );
}
