// How amounts, times and states stand on a screen. Must not be added here: an amount that the service has not computed.

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { day, isBelow, isZero, money, moved, time } from "@linli/shared/format";
import { either, named, t } from "@linli/shared/words";
import { back } from "../router.ts";

/** A screen with its name, which is read out when it is opened, and the way back. */
export function Screen({ title, home, children, action }: {
  title: string;
  home?: string;
  children: ComponentChildren;
  action?: ComponentChildren;
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t("page.name")}`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <>
      <header class="top">
        {home !== undefined && <button type="button" class="back" aria-label={t("nav.back")} onClick={() => back(home)}>‹</button>}
        <h1 tabIndex={-1} ref={heading}>{title}</h1>
        {action}
      </header>
      <main id="main">{children}</main>
    </>
  );
}

export function Money({ of }: { of: string }): JSX.Element {
  return <span class={`money ${isBelow(of) ? "loss" : ""}`}>{money(of)}</span>;
}

/** What came or went, with its sign and colour. */
export function Moved({ of }: { of: string }): JSX.Element {
  const kind = isZero(of) ? "" : isBelow(of) ? "loss" : "gain";
  return <span class={`money ${kind}`}>{moved(of)}</span>;
}

export function Time({ of }: { of: string }): JSX.Element {
  return <time dateTime={of}>{time(of)}</time>;
}

export function Day({ of }: { of: string }): JSX.Element {
  return <time dateTime={of}>{day(of)}</time>;
}

/** A state by its words, with a colour that says no more than they do. */
export function State({ group, of }: { group: string; of: string }): JSX.Element {
  return <span class={`state state-${of}`}>{named(group, of)}</span>;
}

/** What is said and its value. */
export function Pairs({ of }: { of: [string, ComponentChildren][] }): JSX.Element {
  return (
    <dl>
      {of.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`}>{value}</dd>])}
    </dl>
  );
}

/** `said` is a title that people wrote, or an id. */
export function Card({ title, said, children, more }: { title?: string; said?: string; children: ComponentChildren; more?: ComponentChildren }): JSX.Element {
  return (
    <section class="card">
      {title !== undefined && <div class="row"><h2>{title}</h2>{more}</div>}
      {said !== undefined && <div class="row"><h2 data-said>{said}</h2>{more}</div>}
      {children}
    </section>
  );
}

/** A line of a list: two lines of text at the left, an amount and a state at the right. */
export function Line({ to, title, sub, right, below }: {
  to?: string | undefined;
  title: ComponentChildren;
  sub?: ComponentChildren;
  right?: ComponentChildren;
  below?: ComponentChildren;
}): JSX.Element {
  const content = (
    <>
      <span class="line-left"><span>{title}</span>{sub !== undefined && <span class="soft">{sub}</span>}</span>
      <span class="line-right">{right}{below !== undefined && <span class="soft">{below}</span>}</span>
    </>
  );
  return to === undefined ? <div class="line">{content}</div> : <a class="line" href={to}>{content}</a>;
}

/** A name in two languages, of the service. */
export function Either({ zh, en }: { zh: string; en: string }): JSX.Element {
  return <>{either({ zh, en })}</>;
}

/** A picture of the server; what it shows is said in words. One that is gone leaves no gap. */
export function Picture({ src, alt, kind = "" }: { src: string; alt: string; kind?: string }): JSX.Element | null {
  const [gone, setGone] = useState(false);
  if (gone) return null;
  return <img onError={() => setGone(true)} class={`picture ${kind}`} src={src} alt={alt} loading="lazy" decoding="async" />;
}
