// What a screen writes, once: the key under which it is sent is made with the form, kept until the answer is there, and the
// same in every tab, so that a double click, a reload, a second tab or a lost answer have no second effect. Must not be added
// here: what is written.

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { either, t } from "@linli/shared/words";
import { idempotencyKey, LinliProblem, mayRepeat } from "../service.ts";

const kept = (name: string): string => `linli-key:${name}`;

function keyOf(name: string): string {
  const known = localStorage.getItem(kept(name));
  if (known !== null) return known;
  const made = idempotencyKey();
  localStorage.setItem(kept(name), made);
  return made;
}

export interface Sending {
  busy: boolean;
  failed: unknown;
  /** Sends, unless the same is on its way; gives what came back, or nothing if it was refused. */
  send: <T>(write: (key: string) => Promise<T>) => Promise<T | undefined>;
  clear: () => void;
}

/** `name` says what is done and to what: `withdraw`, `refund:O1`. */
export function useSend(name: string): Sending {
  const [state, setState] = useState<{ busy: boolean; failed: unknown }>({ busy: false, failed: undefined });
  // Taken when the form is first there: a tab that was opened before another has sent it sends the same.
  const key = useRef<string | undefined>(undefined);
  useEffect(() => {
    key.current ??= keyOf(name);
  }, [name]);
  const onItsWay = useRef(false);
  async function send<T>(write: (key: string) => Promise<T>): Promise<T | undefined> {
    if (onItsWay.current) return undefined;
    onItsWay.current = true;
    key.current ??= keyOf(name);
    setState({ busy: true, failed: undefined });
    try {
      const answer = await write(key.current);
      forget();
      setState({ busy: false, failed: undefined });
      return answer;
    } catch (failed) {
      // What was refused is over; what perhaps nobody has heard is sent again under the same key.
      if (!mayRepeat(failed)) forget();
      setState({ busy: false, failed });
      return undefined;
    } finally {
      onItsWay.current = false;
    }
  }
  function forget(): void {
    if (localStorage.getItem(kept(name)) === key.current) localStorage.removeItem(kept(name));
    key.current = undefined;
  }
  return { ...state, send, clear: () => setState({ busy: false, failed: undefined }) };
}

/** What went wrong with a form, beside its button. */
export function Refused({ of }: { of: unknown }): JSX.Element | null {
  if (of === undefined) return null;
  if (!(of instanceof LinliProblem)) return <p class="wrong" role="alert">{t("send.offline")}</p>;
  const { problem } = of;
  return (
    <div class="wrong" role="alert">
      <p>{either({ zh: problem.message_zh, en: problem.message_en })}</p>
      <p class="detail">{problem.detail} · <code>{problem.request_id.slice(0, 8)}</code></p>
    </div>
  );
}

/** A form that is sent by its button or by Enter. */
export function Form({ of, action, onSend, children, can = true, kind = "" }: {
  of: Sending;
  action: string;
  onSend: () => void;
  children?: ComponentChildren;
  can?: boolean;
  kind?: string;
}): JSX.Element {
  const submit = (event: Event): void => {
    event.preventDefault();
    if (can && !of.busy) onSend();
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      {children}
      <Refused of={of.failed} />
      <button type="submit" class={kind} disabled={!can || of.busy} aria-busy={of.busy}>{of.busy ? t("send.busy") : action}</button>
    </form>
  );
}

export function Field({ label, hint, children, id }: { label: string; hint?: string | undefined; children: ComponentChildren; id: string }): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && <p class="soft" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** A line of text, with its label. */
export function Input({ label, hint, value, onValue, ...more }: {
  label: string;
  hint?: string;
  value: string;
  onValue: (value: string) => void;
} & Omit<JSX.IntrinsicElements["input"], "value" | "label">): JSX.Element {
  const id = `f-${more.name ?? label}`.replace(/\s/g, "-");
  return (
    <Field id={id} label={label} hint={hint}>
      <input {...(more as object)} id={id} value={value} aria-describedby={hint === undefined ? undefined : `${id}-hint`} onInput={(event) => onValue(event.currentTarget.value)} />
    </Field>
  );
}

export function Check({ label, checked, onChecked }: { label: ComponentChildren; checked: boolean; onChecked: (checked: boolean) => void }): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChecked(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
