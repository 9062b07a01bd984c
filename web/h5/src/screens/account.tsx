// The account: language, the number, sessions that are open, logging out. Must not be added here: a password; there is none.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import { Loaded, useLoad } from "../parts/load.tsx";
import { Languages } from "../parts/languages.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Pairs, Screen, Time } from "../parts/shown.tsx";
import { done, service, under } from "../service.ts";

export function Account(): JSX.Element {
  const me = useLoad(() => done(service.GET("/v1/me")));
  const sending = useSend("log-out");
  const logOut = async (): Promise<void> => {
    const out = await sending.send((key) => done(service.POST("/v1/logout", { params: under(key) })));
    if (out !== undefined) location.assign("/");
  };
  return (
    <Screen title={t("me.to_account")} home="/app/me">
      <Loaded of={me}>
        {(me) => (
          <>
            <Card><Pairs of={[[t("account.number"), <code>{me.member}</code>], [t("account.rank"), me.rank ?? "–"]]} /></Card>
            <ul class="list card">
              <li><Line to="/app/phone" title={t("account.phone")} right="›" /></li>
              <li><Line to="/app/sessions" title={t("account.sessions")} right="›" /></li>
              <li><Line to="/app/binding" title={t("me.to_binding")} right="›" /></li>
              <li><Line to="/app/rules/privacy" title={t("login.privacy")} right="›" /></li>
              <li><Line to="/app/export" title={t("export.title")} right="›" /></li>
            </ul>
            <Card title={t("page.languages")}><Languages /></Card>
            <Form of={sending} kind="second" action={t("account.log_out")} onSend={() => void logOut()} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

export function Sessions(): JSX.Element {
  const sessions = useLoad(() => done(service.GET("/v1/sessions")));
  const ending = useSend("end-session");
  const others = useSend("end-others");
  const end = async (id: string): Promise<void> => {
    await ending.send((key) => done(service.POST("/v1/sessions/{id}/end", { params: { path: { id }, ...under(key) } })));
    sessions.again();
  };
  const endOthers = async (): Promise<void> => {
    await others.send((key) => done(service.POST("/v1/sessions/end-others", { params: under(key) })));
    sessions.again();
  };
  return (
    <Screen title={t("account.sessions")} home="/app/account">
      <Loaded of={sessions}>
        {(all) => (
          <>
            <ul class="list card">
              {all.map((one) => (
                <li key={one.id}>
                  <Line
                    title={<>{one.device}{one.is_this && <span class="state">{t("sessions.this")}</span>}</>}
                    sub={<><Time of={one.since} /> – <Time of={one.until} /></>}
                    right={one.is_this ? undefined : <button type="button" class="quiet" disabled={ending.busy} onClick={() => void end(one.id)}>{t("sessions.end")}</button>}
                  />
                </li>
              ))}
            </ul>
            {all.length > 1 && <Form of={others} kind="second" action={t("sessions.end_others")} onSend={() => void endOthers()} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

/** The number is changed with a code of the old one and a code of the new one. */
export function Phone(): JSX.Element {
  const [phone, setPhone] = useState("");
  const [codes, setCodes] = useState({ old: "", fresh: "" });
  const [step, setStep] = useState<"begin" | "codes" | "done">("begin");
  const asking = useSend("phone-codes");
  const changing = useSend("phone");
  const ask = async (): Promise<void> => {
    const sent = await asking.send(async (key) => {
      await done(service.POST("/v1/me/phone/codes", { body: {}, params: under(`${key}-0`) }));
      return done(service.POST("/v1/me/phone/codes", { body: { phone: phone.trim() }, params: under(`${key}-1`) }));
    });
    if (sent !== undefined) setStep("codes");
  };
  const change = async (): Promise<void> => {
    const body = { phone: phone.trim(), old_code: codes.old.trim(), code: codes.fresh.trim() };
    const changed = await changing.send((key) => done(service.POST("/v1/me/phone", { body, params: under(key) })));
    if (changed !== undefined) setStep("done");
  };
  const isCode = (text: string): boolean => /^\s*\d{6}\s*$/.test(text);
  return (
    <Screen title={t("account.phone")} home="/app/account">
      <Card>
        {step === "done" && <p class="gain" role="status">{t("phone.done", { phone })}</p>}
        {step === "begin" && (
          <Form of={asking} action={t("phone.send")} onSend={() => void ask()} can={phone.trim().length >= 5}>
            <p>{t("phone.text")}</p>
            <Input name="phone" label={t("phone.new")} hint={t("login.phone_hint")} type="tel" autocomplete="tel" value={phone} onValue={setPhone} />
          </Form>
        )}
        {step === "codes" && (
          <Form of={changing} action={t("phone.change")} onSend={() => void change()} can={isCode(codes.old) && isCode(codes.fresh)}>
            <Input name="old" label={t("phone.old_code")} inputMode="numeric" maxLength={8} value={codes.old} onValue={(old) => setCodes({ ...codes, old })} />
            <Input name="fresh" label={t("phone.new_code")} inputMode="numeric" maxLength={8} value={codes.fresh} onValue={(fresh) => setCodes({ ...codes, fresh })} />
          </Form>
        )}
      </Card>
    </Screen>
  );
}

/** One's own data as a file. It is put together here, part by part, and can be stopped. */
export function Export(): JSX.Element {
  const [part, setPart] = useState<string>();
  const [file, setFile] = useState<string>();
  const stop = useRef<AbortController | undefined>(undefined);
  const sending = useSend("export");
  useEffect(() => () => stop.current?.abort(), []);
  const gather = async (): Promise<void> => {
    const { everything } = await import("../parts/export.ts");
    const controller = new AbortController();
    stop.current = controller;
    const made = await sending.send(() => everything(setPart, controller.signal).catch((thrown: unknown) => {
      if (controller.signal.aborted) return undefined;
      throw thrown;
    }));
    setPart(undefined);
    if (made !== undefined) setFile(URL.createObjectURL(made));
  };
  return (
    <Screen title={t("export.title")} home="/app/account">
      <Card>
        <p>{t("export.text")}</p>
        <Form of={sending} action={t("export.make")} onSend={() => void gather()} />
        {part !== undefined && <p class="row" role="status"><span>{t("export.part", { part })}</span><button type="button" class="quiet" onClick={() => stop.current?.abort()}>{t("export.stop")}</button></p>}
        {file !== undefined && <a class="button second" href={file} download="linli.json">{t("export.file")}</a>}
      </Card>
      <Card title={t("export.delete")}><p>{t("export.delete_text")}</p></Card>
    </Screen>
  );
}
