// Paying: by the code on a counter, with the camera where the browser can read codes, else by the store's number or link; and
// what still waits to be paid. Must not be added here: a payment that goes around the pay page.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { List, Nothing, Waiting, usePages } from "../parts/load.tsx";
import { Form, Input, useSend } from "../parts/send.tsx";
import { Card, Line, Money, Screen, State, Time } from "../parts/shown.tsx";
import { LinliProblem, done, service } from "../service.ts";

/** The pay page that a text stands for: a link of ours, or the number of a store. */
export function payPage(text: string): string | undefined {
  const known = /^\/(s|c)\/[^/]+$/;
  try {
    const link = new URL(text.trim());
    if (known.test(link.pathname)) return link.pathname;
  } catch {
    // Not a link, then.
  }
  return /^[A-Za-z0-9_.-]{1,64}$/.test(text.trim()) ? `/s/${encodeURIComponent(text.trim())}` : undefined;
}

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}

function detector(): Detector | undefined {
  const made = (globalThis as { BarcodeDetector?: new (options: { formats: string[] }) => Detector }).BarcodeDetector;
  return made && new made({ formats: ["qr_code"] });
}

export function Pay(): JSX.Element {
  const [text, setText] = useState("");
  const sending = useSend("find");
  const find = async (): Promise<void> => {
    const page = payPage(text);
    if (page === undefined) return;
    const found = await sending.send(async () => {
      if (page.startsWith("/s/")) await done(service.GET("/v1/pay/stores/{id}", { params: { path: { id: decodeURIComponent(page.slice(3)) } } }));
      return page;
    });
    if (found !== undefined) location.assign(found);
  };
  return (
    <Screen title={t("pay.title")}>
      <Scan />
      <Card title={t("pay.by_number")}>
        <Form of={sending} action={t("pay.go")} onSend={() => void find()} can={payPage(text) !== undefined}>
          <Input name="store" label={t("pay.store")} hint={t("pay.store_hint")} autocapitalize="characters" autocomplete="off" value={text} onValue={setText} />
        </Form>
      </Card>
      <Payments />
    </Screen>
  );
}

function Scan(): JSX.Element | null {
  const [on, setOn] = useState(false);
  const [failed, setFailed] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const reads = detector();
  useEffect(() => {
    if (!on || reads === undefined) return;
    let stream: MediaStream | undefined;
    let over = false;
    const look = async (): Promise<void> => {
      const seen = video.current === null ? [] : await reads.detect(video.current).catch(() => []);
      const page = seen[0] && payPage(seen[0].rawValue);
      if (page !== undefined) location.assign(page);
      else if (!over) setTimeout(() => void look(), 250);
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(
      (opened) => {
        stream = opened;
        if (video.current !== null) video.current.srcObject = opened;
        void video.current?.play().then(look);
      },
      () => setFailed(true),
    );
    return () => {
      over = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [on]);
  if (reads === undefined) return <p class="notice">{t("pay.no_scan")}</p>;
  return (
    <Card title={t("pay.scan")}>
      {failed && <p class="wrong" role="alert">{t("pay.no_camera")}</p>}
      {on ? <video ref={video} class="camera" muted playsInline aria-label={t("pay.camera")} /> : <button type="button" onClick={() => setOn(true)}>{t("pay.open_camera")}</button>}
    </Card>
  );
}

function Payments(): JSX.Element | null {
  const payments = usePages((after) => done(service.GET("/v1/me/payments", { params: { query: { limit: 20, ...(after === undefined ? {} : { after }) } } })));
  if (payments.failed instanceof LinliProblem && payments.failed.problem.status === 401) return null;
  return (
    <Card title={t("pay.mine")}>
      <List of={payments} nothing={<Nothing text={t("pay.none")} />}>
        {(payment) => (
          <Line to={`/app/pay/${encodeURIComponent(payment.payment)}`} title={<Time of={payment.since} />} sub={payment.orders.map((order) => order.store ?? t("pay.mall")).join(", ")} right={<Money of={payment.amount} />} below={<State group="page.payment" of={payment.state} />} />
        )}
      </List>
    </Card>
  );
}

/** The receipt is the server's page. */
export function Paying({ id }: Params): JSX.Element {
  useEffect(() => location.replace(`/p/${encodeURIComponent(id)}`), [id]);
  return <main><Waiting /></main>;
}
