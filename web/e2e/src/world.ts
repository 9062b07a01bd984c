// The pages in Debian's Chromium against the program that runs on the demo world. People of the demo log in once and keep their
// session. Must not be added here: what is tried.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before } from "node:test";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export const base = process.env["LINLI_URL"] ?? "http://127.0.0.1:8080";
export const pictures = process.env["LINLI_PICTURES"];

/** Who can log in, as `linli demo` prints it. */
export const PHONES = { owner: "13800000001", member: "13800000002", cashier: "13800000003", agent: "13800000004", recruiter: "13800000005" } as const;
export type Who = keyof typeof PHONES | "visitor";

export const PHONE_SCREEN = { width: 390, height: 844 };

let browser: Browser | undefined;
const tokens = new Map<string, string>();

before(async () => {
  const executablePath = process.env["LINLI_CHROMIUM"] ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
});
after(() => browser?.close());

/** The interface itself, as somebody. */
export async function ask(who: Who, path: string, body?: unknown, key?: string): Promise<Response> {
  const headers: Record<string, string> = {};
  if (who !== "visitor") headers["Authorization"] = `Bearer ${await token(who)}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (body !== undefined) headers["Idempotency-Key"] = key ?? crypto.randomUUID();
  return fetch(base + path, { headers, ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }) });
}

export async function read<Answer>(who: Who, path: string): Promise<Answer> {
  const answer = await ask(who, path);
  assert.equal(answer.status, 200, path);
  return (await answer.json()) as Answer;
}

export async function shownCode(phone: string): Promise<string> {
  const messages = (await (await fetch(`${base}/v1/sandbox/messages`)).json()) as { phone: string; code?: string | null }[];
  const code = messages.find((one) => one.phone.endsWith(phone) && one.code)?.code;
  assert.ok(code, `no code for ${phone}`);
  return code;
}

async function token(who: Exclude<Who, "visitor">): Promise<string> {
  const known = tokens.get(who);
  if (known !== undefined) return known;
  const phone = PHONES[who];
  const headers = { "Content-Type": "application/json" };
  const sent = await fetch(`${base}/v1/login/codes`, { method: "POST", headers, body: JSON.stringify({ phone }) });
  assert.equal(sent.status, 202, `${who} gets a code`);
  const body = JSON.stringify({ phone, code: await shownCode(phone) });
  const answer = await fetch(`${base}/v1/login`, { method: "POST", headers, body });
  assert.equal(answer.status, 200, `${who} logs in`);
  const made = ((await answer.json()) as { token: string }).token;
  tokens.set(who, made);
  return made;
}

export interface Looks {
  language?: "zh-CN" | "en" | "xx";
  scripts?: boolean;
  screen?: { width: number; height: number };
}

/** A browser of somebody's own. */
export async function opened(who: Who, looks: Looks = {}): Promise<BrowserContext> {
  assert.ok(browser, "the browser is there before any test");
  const context = await browser.newContext({
    viewport: looks.screen ?? PHONE_SCREEN,
    locale: looks.language === "en" ? "en-GB" : "zh-CN",
    javaScriptEnabled: looks.scripts ?? true,
    permissions: ["geolocation"],
    geolocation: { latitude: 23.129163, longitude: 113.264435 },
  });
  const cookies: { name: string; value: string; url: string }[] = [{ name: "linli_language", value: looks.language ?? "zh-CN", url: base }];
  if (who !== "visitor") cookies.push({ name: "linli_session", value: await token(who), url: base });
  await context.addCookies(cookies);
  context.setDefaultTimeout(15_000);
  return context;
}

/** Opens a path, once everything that it loads is there; what a script throws fails the test. */
export async function at(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(`${path}: ${error.message}`));
  await go(page, path);
  return page;
}

export async function go(page: Page, path: string): Promise<void> {
  await page.goto(base + path);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.locator(".waiting").first().waitFor({ state: "detached" });
}

export async function picture(page: Page, name: string): Promise<void> {
  // The tabs stand at the bottom of the screen, which is somewhere in the middle of a whole page.
  const style = ".tabs { position: static !important; }";
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true, style });
}
