// Each form that moves money or makes something to be paid: its answer is lost once, then it is slow and pressed twice; what it
// does is done once. Must not be added here: what a screen looks like.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { type Who, ask, at, base, opened, read, settled } from "./world.ts";

interface Once {
  name: string;
  who: Who;
  path: () => Promise<string>;
  /** What is sent. */
  target: string;
  fill: (page: Page) => Promise<void>;
  button: string;
  /** What is there of it. */
  count: () => Promise<number>;
}

interface Items {
  items: { order?: string; id?: string }[];
}

const SLOW_MS = 600;

const many = async (who: Who, path: string): Promise<number> => (await read<Items>(who, `${path}?limit=200`)).items.length;

let bought = "";

/** An order of the member in a store, paid now. */
async function pays(): Promise<string> {
  const opened_ = await ask("member", "/v1/payments", { orders: [{ store: "S0001", amount: "20.00" }] });
  const { id } = (await opened_.json()) as { id: string };
  const { page, orders } = await read<{ page: string; orders: { order: string }[] }>("member", `/v1/payments/${id}`);
  await fetch(`${base}${page}/approve`, { method: "POST", redirect: "manual" });
  for (let looks = 0; looks < 200; looks += 1) {
    if ((await read<{ state: string }>("member", `/v1/payments/${id}`)).state === "carried_out") break;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  bought = orders[0]?.order ?? "";
  return bought;
}

const FORMS: Once[] = [
  {
    name: "a redemption",
    who: "member",
    path: async () => "/app/redeem",
    target: "**/v1/me/redemptions",
    fill: async (page) => {
      await page.getByLabel("积分数量").fill("1");
      await page.getByRole("button", { name: "试算" }).click();
      await page.getByText("试算结果").waitFor();
    },
    button: "确认卖出",
    count: async () => -Number.parseInt((await read<{ points: { held: string } }>("member", "/v1/me/home")).points.held, 10),
  },
  {
    name: "a request for a refund",
    who: "member",
    path: async () => `/app/orders/${await pays()}/refund`,
    target: "**/v1/orders/*/refunds",
    fill: async (page) => {
      await page.getByLabel("退款金额").fill("5.00");
      await page.getByLabel("原因").fill("太咸");
    },
    button: "提交申请",
    count: async () => (await read<Items>("member", "/v1/me/refunds?limit=200")).items.filter((one) => one.order === bought).length,
  },
  {
    name: "a deal",
    who: "member",
    path: async () => "/app/deals/deal-card",
    target: "**/v1/deals/*/buy",
    fill: async () => undefined,
    button: "购买",
    count: () => many("member", "/v1/me/vouchers"),
  },
  {
    name: "a code with an amount",
    who: "owner",
    path: async () => "/app/shop/S0001/collect",
    target: "**/v1/stores/S0001/codes",
    fill: async (page) => page.getByLabel("付款金额").fill("9.90"),
    button: "出示收款码",
    count: () => many("owner", "/v1/stores/S0001/codes"),
  },
  {
    name: "a store's withdrawal",
    who: "owner",
    path: async () => "/app/shop/S0001/money",
    target: "**/v1/stores/S0001/withdrawals",
    fill: async (page) => page.getByLabel("提现金额").fill("11.00"),
    button: "提交申请",
    count: () => many("owner", "/v1/stores/S0001/withdrawals"),
  },
];

for (const form of FORMS) {
  test(`${form.name} is one, though its answer is lost and it is pressed again and again`, async () => {
    const context = await opened(form.who);
    const page = await at(context, await form.path());
    const before = await form.count();
    let sent = 0;
    await context.route(form.target, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      sent += 1;
      if (sent === 1) {
        await route.fetch();
        return route.abort();
      }
      await new Promise((wake) => setTimeout(wake, SLOW_MS));
      return route.continue();
    });
    await form.fill(page);
    await page.getByRole("button", { name: form.button }).dblclick();
    await page.getByRole("alert").first().waitFor();
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST" && response.url().startsWith(`${base}/v1/`)),
      page.getByRole("button", { name: form.button }).dblclick(),
    ]);
    assert.equal(answer.status(), 200);
    await settled(page);
    assert.equal(sent, 2, "a double click sends one");
    assert.equal(await form.count(), before + 1);
    await context.close();
  });
}

interface Exported {
  orders: unknown[];
  statement_wallet: { amount: string }[];
}

test("one's data come as one file, to the last line of each list", async () => {
  const context = await opened("member");
  const page = await at(context, "/app/export");
  await page.getByRole("button", { name: "生成文件" }).click();
  const link = page.getByRole("link", { name: /linli\.json/ });
  await link.waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const stream = await download.createReadStream();
  let text = "";
  for await (const piece of stream) text += String(piece);
  const file = JSON.parse(text) as Exported;
  const { member } = await read<{ member: string }>("member", "/v1/me");
  const statement = await read<{ lines: number; closing: string }>("member", `/v1/accounts/member:${member}:wallet/statement`);
  assert.equal(file.statement_wallet.length, statement.lines);
  const fen = (amount: string): bigint => BigInt(amount.replace(".", ""));
  assert.equal(file.statement_wallet.reduce((sum, line) => sum + fen(line.amount), 0n), fen(statement.closing));
  assert.ok(file.orders.length > 10);
  await context.close();
});
