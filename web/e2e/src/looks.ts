// What must hold of every screen, light and dark, in each language, on the narrowest phone: nothing that axe finds, nothing that
// is cut off, no text that is in no catalogue. Must not be added here: an exception for one screen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { PATHS, SERVED } from "./paths.ts";
import { PHONE_SCREEN, type Who, go, opened, picture } from "./world.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const NARROW = { width: 320, height: 640 };

interface Found {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

async function axeFinds(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)")) as Found[];
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary?.split("\n")[1] ?? ""}`));
}

/** How much wider the page is than the screen, and the widest thing on it. */
async function tooWide(page: Page): Promise<string> {
  return (await page.evaluate(`(() => {
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over <= 0) return "";
    const wide = [...document.querySelectorAll("body *")].find((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return over + " pixels: " + wide?.outerHTML.slice(0, 120);
  })()`)) as string;
}

/** Text of headings, labels and buttons that no catalogue has; what people wrote, numbers and ids are theirs. */
async function hardCoded(page: Page): Promise<string[]> {
  return (await page.evaluate(`[...document.querySelectorAll("label, button, dt, legend, h2, caption, nav a, th[scope=col], .top > a")]
    .filter((one) => one.getClientRects().length > 0 && one.closest("[lang]:not(html), [data-said]") === null)
    .map((one) => one.textContent.trim())
    .filter((text) => /[A-Za-z\\u4e00-\\u9fff]/.test(text) && !text.includes("⟦"))`)) as string[];
}

async function each(paths: [Who, string, string][], look: (page: Page, name: string, path: string) => Promise<void>, looks: Parameters<typeof opened>[1]): Promise<void> {
  const contexts = new Map<Who, BrowserContext>();
  const pages = new Map<Who, Page>();
  for (const [who, path, name] of paths) {
    if (!contexts.has(who)) contexts.set(who, await opened(who, looks));
    const page = pages.get(who) ?? (await contexts.get(who)!.newPage());
    pages.set(who, page);
    await go(page, path);
    await look(page, name, path);
  }
  for (const context of contexts.values()) await context.close();
}

test("axe finds nothing on any screen, light or dark, and nothing is cut off on the narrowest phone", async () => {
  const found: string[] = [];
  await each([...PATHS, ...SERVED], async (page, name) => {
    await page.setViewportSize(PHONE_SCREEN);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await axeFinds(page)).map((one) => `${name} ${colorScheme} ${one}`));
      await picture(page, `${name}-${colorScheme}`);
    }
    await page.setViewportSize(NARROW);
    const over = await tooWide(page);
    if (over !== "") found.push(`${name} is wider than ${NARROW.width}: ${over}`);
  }, {});
  assert.deepEqual(found, []);
});

test("every screen speaks another language, says nothing that is in no catalogue, and has room for longer words", async () => {
  const found: string[] = [];
  await each(PATHS, async (page, name) => {
    for (const text of await hardCoded(page)) found.push(`${name}: ${text}`);
    await page.setViewportSize(NARROW);
    const over = await tooWide(page);
    if (over !== "") found.push(`${name}: ${over}`);
    await page.setViewportSize(PHONE_SCREEN);
  }, { language: "xx" });
  assert.deepEqual([...new Set(found)], []);
});

test("the first screens are those of a catalogue in each language", async () => {
  for (const [language, word] of [["zh-CN", "我的资产"], ["en", "What I have"]] as const) {
    const context = await opened("member", { language });
    const page = await context.newPage();
    await go(page, "/");
    assert.equal(await page.getAttribute("html", "lang"), language);
    await page.getByText(word).waitFor();
    await picture(page, `home-${language}`);
    await context.close();
  }
});
