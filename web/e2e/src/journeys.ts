// What members come for, from the first link to the last screen, and that a double click, a reload, a second tab and a lost
// answer have no second effect. Must not be added here: how a screen looks.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { at, base, go, opened, picture, read, settled, shownCode } from "./world.ts";

/** A number that nobody of the demo has. */
function newPhone(): string {
  return `139${Math.floor(Math.random() * 1e8).toString().padStart(8, "0")}`;
}

/** Pays on the sandbox's page and waits until the receipt says so. */
export async function approve(page: Page): Promise<void> {
  await page.waitForURL(/\/sandbox\/pay\//);
  await page.locator('form[action$="/approve"] button').click();
  await page.locator('a[href^="/p/"]').click();
  await page.locator(".gain[role=status]").waitFor();
}

async function register(page: Page, phone: string, agrees: boolean): Promise<void> {
  await page.getByLabel("手机号").fill(phone);
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("验证码").waitFor();
  await page.getByLabel("验证码").fill(await shownCode(phone));
  await page.getByRole("button", { name: "登录" }).click();
  if (agrees) await page.getByLabel("我同意绑定此邀请人").check();
  await page.getByLabel(/我已阅读并同意/).check();
  await page.getByRole("button", { name: "注册" }).click();
}

interface Binding {
  inviter: string | null;
  source: string | null;
}

test("a link is followed through registration and payment, and the inviter is kept", async () => {
  const visitor = await opened("visitor");
  const page = await at(visitor, "/s/S0001");
  await page.getByText("店主邀请您成为会员").click();
  await page.getByRole("link", { name: "注册并查看邀请" }).click();
  await register(page, newPhone(), true);
  await page.waitForURL(/\/s\/S0001$/);
  await page.getByLabel("付款金额").fill("88.00");
  await page.getByRole("button", { name: "去付款" }).click();
  await approve(page);
  await picture(page, "receipt");
  const text = (await page.locator("main").textContent()) ?? "";
  assert.match(text, /付款成功/);
  assert.match(text, /推荐人/, "who invited gets a part of it");
  const binding = (await (await page.request.get(`${base}/v1/me/binding`)).json()) as Binding;
  assert.equal(binding.source, "store");
  await go(page, "/app/orders");
  await page.locator(".list a").first().click();
  await page.getByText("这笔钱将去哪里").waitFor();
  await visitor.close();
});

test("a store is paid without any script", async () => {
  const visitor = await opened("visitor", { scripts: false });
  const page = await visitor.newPage();
  await page.goto(`${base}/s/S0001`);
  await page.getByLabel("付款金额").fill("12.50");
  await page.getByRole("button", { name: "去付款" }).click();
  await page.waitForURL(/\/sandbox\/pay\//);
  await page.locator('form[action$="/approve"] button').click();
  await page.locator('a[href^="/p/"]').click();
  await page.locator(".gain[role=status]").waitFor();
  assert.match((await page.locator("tfoot").textContent()) ?? "", /¥12\.50/);
  await visitor.close();
});

test("everything is reached by keyboard alone, from the first tab to being logged in", async () => {
  const visitor = await opened("visitor");
  const page = await at(visitor, "/app/login");
  const phone = newPhone();
  const reach = async (selector: string): Promise<void> => {
    for (let presses = 0; presses < 60; presses += 1) {
      if ((await page.locator(`${selector}:focus`).count()) > 0) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`${selector} is not reached by Tab`);
  };
  await reach("#f-phone");
  await page.keyboard.type(phone);
  await page.keyboard.press("Enter");
  await page.locator("#f-code").waitFor();
  await reach("#f-code");
  await page.keyboard.type(await shownCode(phone));
  await page.keyboard.press("Enter");
  await page.locator("input[type=checkbox]").first().waitFor();
  await reach("form input[type=checkbox]");
  await page.keyboard.press("Space");
  await reach("form button[type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/$/);
  await page.locator(".four").waitFor();
  await visitor.close();
});

interface Listed {
  items: { id: string; amount: string }[];
}

const withdrawals = async (): Promise<number> => (await read<Listed>("member", "/v1/me/withdrawals?limit=200")).items.length;

test("a withdrawal is one after a double click, a lost answer, a reload and a second tab", async () => {
  const member = await opened("member");
  const before = await withdrawals();
  const [page, other] = [await at(member, "/app/withdraw"), await at(member, "/app/withdraw")];
  // The answer is lost once: the service has heard it, the page has not.
  let lost = 0;
  await member.route("**/v1/me/withdrawals", async (route) => {
    if (route.request().method() !== "POST" || lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.getByLabel("提现金额").fill("10.00");
  await page.getByRole("button", { name: "提交申请" }).dblclick();
  await page.getByRole("alert").waitFor();
  assert.equal(await withdrawals(), before + 1, "it has arrived");
  await page.reload();
  await settled(page);
  for (const tab of [page, other]) {
    await tab.getByLabel("提现金额").fill("10.00");
    await tab.getByRole("button", { name: "提交申请" }).dblclick();
    await tab.waitForURL(/\/app\/withdrawals\//);
    await settled(tab);
  }
  assert.equal(await withdrawals(), before + 1, "sent four times more, it is the same one");
  assert.equal(page.url(), other.url());
  await page.getByText("已提交").first().waitFor();
  await picture(page, "withdrawal-timeline");
  await member.close();
});

interface Home {
  available: string;
  points: { held: string };
}

test("points are quoted and redeemed once, and the wallet has the amount that was quoted", async () => {
  const member = await opened("member");
  const page = await at(member, "/app/redeem");
  const before = await read<Home>("member", "/v1/me/home");
  await page.getByLabel("积分数量").fill("1");
  await page.getByRole("button", { name: "试算" }).click();
  await page.getByText("试算结果").waitFor();
  const quoted = (await page.locator("strong .money").textContent())?.replace(/[¥,]/g, "") ?? "";
  await page.getByRole("button", { name: "确认卖出" }).dblclick();
  await page.locator(".gain[role=status]").waitFor();
  const after = await read<Home>("member", "/v1/me/home");
  const fen = (text: string): bigint => BigInt(text.replace(".", ""));
  assert.equal(fen(after.available) - fen(before.available), fen(quoted));
  assert.equal(fen(before.points.held) - fen(after.points.held), 1_000_000n);
  await member.close();
});

test("a deal is bought, paid and becomes a voucher", async () => {
  const member = await opened("member");
  const page = await at(member, "/app/deals/deal-card");
  await page.getByRole("button", { name: "购买" }).dblclick();
  await page.waitForURL(/\/app\/vouchers\//);
  const voucher = page.url();
  await page.getByRole("button", { name: "去付款" }).dblclick();
  await approve(page);
  await page.goto(voucher);
  await settled(page);
  assert.match((await page.locator(".code").textContent()) ?? "", /^\d{4} \d{4} \d{4}$/);
  await member.close();
});

test("goods go from the shelf through the basket to a paid order", async () => {
  const member = await opened("member");
  const page = await at(member, "/app/mall/products/noodles");
  await page.getByRole("button", { name: "加入购物车" }).first().click();
  await page.getByRole("link", { name: "去结算" }).click();
  await page.getByRole("button", { name: /提交订单并付款/ }).dblclick();
  await approve(page);
  await go(page, "/app/mall/orders");
  await page.locator(".list a", { hasText: "竹升面" }).first().click();
  await settled(page);
  await page.getByText("待发货").first().waitFor();
  await go(page, "/app/basket");
  await page.getByText("购物车是空的").waitFor();
  await member.close();
});

interface Split {
  legs: { amount: string }[];
  pool: { amount: string };
  amount: string;
  events: { postings: { asset: string; amount: string }[] }[];
}

test("what a receipt shows sums to what was paid, and its postings sum to nothing", async () => {
  const { items } = await read<{ items: { order: string }[] }>("member", "/v1/me/orders?limit=20");
  const fen = (text: string): bigint => BigInt(text.replace(".", ""));
  for (const { order } of items) {
    const split = await read<Split>("member", `/v1/orders/${order}/split`);
    const sum = split.legs.reduce((all, leg) => all + fen(leg.amount), fen(split.pool.amount));
    assert.equal(sum, fen(split.amount), order);
    for (const { postings } of split.events) {
      const money = postings.filter((posting) => posting.asset === "CNY").reduce((all, posting) => all + fen(posting.amount), 0n);
      assert.equal(money, 0n, order);
    }
  }
});

test("the amounts are hidden from who looks over a shoulder, also after a reload", async () => {
  const member = await opened("member");
  const page = await at(member, "/");
  assert.match((await page.locator(".four").textContent()) ?? "", /¥/);
  await page.getByRole("button", { name: "隐藏金额" }).click();
  await page.reload();
  await settled(page);
  assert.doesNotMatch((await page.locator(".four").textContent()) ?? "", /¥/);
  await member.close();
});

test("a binding is released by its member, after one look at what that means", async () => {
  const visitor = await opened("visitor");
  const page = await at(visitor, "/app/invitation/member/M000058");
  await page.getByRole("link", { name: "注册或登录" }).click();
  await register(page, newPhone(), true);
  await page.waitForURL(/\/$/);
  await go(page, "/app/binding");
  await page.getByRole("button", { name: "解除绑定" }).click();
  await page.getByRole("button", { name: "确认解除" }).click();
  await page.getByText("您没有推荐人").waitFor();
  await visitor.close();
});
