// The client against the real service: `cargo xtask test` serves the demo and says where, with a key of a program.

import assert from "node:assert/strict";
import { createHash, createHmac, randomUUID } from "node:crypto";
import { test } from "node:test";
import { done, idempotencyKey, linli, LinliProblem } from "../src/index.ts";

const baseUrl = process.env["LINLI_URL"] ?? "";
const [key, secret] = [process.env["LINLI_KEY"] ?? "", process.env["LINLI_SECRET"] ?? ""];

/** Registers somebody new: a number gets one code a minute, and those of the demo are for other tests. */
async function register(phone: string): Promise<string> {
  const visitor = linli({ baseUrl });
  await done(visitor.POST("/v1/login/codes", { body: { phone } }));
  const shown = await (await fetch(`${baseUrl}/v1/sandbox/messages`)).json();
  const { code } = shown.find((one: { code?: string }) => one.code);
  const { token } = await done(visitor.POST("/v1/login", { body: { phone, code, register: { terms: 1 } } }));
  return token;
}

/** The headers of a program's write, as docs/api.md says. */
function signed(path: string, body: string, once: string): Record<string, string> {
  const now = Math.floor(Date.now() / 1000).toString();
  const digest = createHash("sha256").update(body).digest("hex");
  const lines = ["LINLI-HMAC-SHA256", now, once, "POST", path, digest].join("\n");
  const signature = createHmac("sha256", secret).update(lines).digest("hex");
  return { "Linli-Key": key, "Linli-Time": now, "Linli-Signature": `v1=${signature}` };
}

test("a member registers, pays, and reads the order back", async () => {
  const token = await register("13600000001");
  const member = linli({ baseUrl, token: () => token });
  const me = await done(member.GET("/v1/me"));
  const order = `T${randomUUID().slice(0, 8)}`;
  const body = { cmd: "pay", order, member: me.member, store: "S0001", amount: "12.34" };
  const once = idempotencyKey();
  const headers = signed("/v1/orders", JSON.stringify(body), once);
  const paid = await done(
    linli({ baseUrl }).POST("/v1/orders", { body, headers, params: { header: { "Idempotency-Key": once } } }),
  );
  assert.equal(paid.ok, true);
  const params = { path: { id: order }, query: { at_least_seq: paid.seq } };
  const found = await done(member.GET("/v1/orders/{id}", { params }));
  assert.deepEqual([found.phase, found.paid, found.store], ["paid", "12.34", "S0001"]);
});

test("a problem is thrown with its code", async () => {
  const visitor = linli({ baseUrl });
  await assert.rejects(done(visitor.GET("/v1/me")), (thrown) => {
    assert.ok(thrown instanceof LinliProblem);
    assert.equal(thrown.problem.status, 401);
    return true;
  });
});
