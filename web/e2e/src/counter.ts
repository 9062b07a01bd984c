// What stores come for: collecting with a code that shows the amount, verifying a voucher, answering a refund, whom to ask where
// a right is missing. Must not be added here: what members do elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { approve } from "./journeys.ts";
import { at, opened, picture, read } from "./world.ts";

test("a code with an amount is shown, paid by a visitor, and its arrival is seen", async () => {
  const [owner, visitor] = [await opened("owner"), await opened("visitor")];
  const till = await at(owner, "/app/shop/S0001/collect");
  await till.getByLabel("付款金额").fill("66.60");
  await till.getByRole("button", { name: "出示收款码" }).dblclick();
  const shown = await till.locator("img.qr").getAttribute("src");
  const code = /\/v1\/codes\/([^/]+)\/qr\.svg/.exec(shown ?? "")?.[1];
  assert.ok(code, "the picture of the code");
  await picture(till, "collecting");
  const page = await at(visitor, `/c/${code}`);
  assert.match((await page.locator("main").textContent()) ?? "", /¥66\.60/);
  await page.getByRole("button", { name: "去付款" }).click();
  await approve(page);
  await till.getByText("已到账").first().waitFor();
  await picture(till, "arrived");
  await owner.close();
  await visitor.close();
});

interface Voucher {
  code: string;
  uses_left: number;
}

test("a voucher is looked up and verified once, however often the button is pressed", async () => {
  const { code, uses_left } = await read<Voucher>("member", "/v1/me/vouchers/voucher-unused-1");
  const owner = await opened("owner");
  const page = await at(owner, "/app/shop/S0001/verify");
  await page.getByLabel("券码").fill(code);
  await page.getByRole("button", { name: "查询" }).click();
  await page.getByRole("button", { name: "确认核销" }).dblclick();
  await page.locator(".arrived").waitFor();
  const left = (await read<Voucher>("member", "/v1/me/vouchers/voucher-unused-1")).uses_left;
  assert.equal(left, uses_left - 1);
  await owner.close();
});

test("a refund that was asked for is given back by the store", async () => {
  const state = async (): Promise<string> => (await read<{ state: string }>("member", "/v1/refunds/refund-asked")).state;
  assert.equal(await state(), "asked", "the demo has one");
  const owner = await opened("owner");
  const page = await at(owner, "/app/shop/S0001/refunds");
  const card = page.locator("section.card", { has: page.getByRole("heading", { name: "order-refund-asked", exact: true }) });
  await card.getByRole("button", { name: "同意退款" }).dblclick();
  await card.waitFor({ state: "detached" });
  assert.equal(await state(), "agreed");
  await owner.close();
});

test("whoever lacks a right is told which it is, and whom to ask", async () => {
  const cashier = await opened("cashier");
  const page = await at(cashier, "/app/shop/S0001/refunds");
  const told = (await page.getByRole("alert").textContent()) ?? "";
  assert.match(told, /处理退款/);
  assert.match(told, /店主/);
  await cashier.close();
});
