// Paying for orders that wait for it: one payment is opened, once, and the payer goes to its page; what became of it stands on
// the receipt, which the server makes. Must not be added here: what an order costs.

import type { JSX } from "preact";
import { t } from "@linli/shared/words";
import { Form, useSend } from "./send.tsx";
import { done, type Schema, service } from "../service.ts";

/** Opens a payment and leaves these pages for its receipt, which goes on to the provider. */
export async function openPayment(orders: Schema<"OrderForm">[], key: string): Promise<void> {
  const opened = await done(service.POST("/v1/payments", { body: { orders }, params: { header: { "Idempotency-Key": key } } }));
  location.assign(`/p/${encodeURIComponent(opened.id)}?go=1`);
}

export function PayOrders({ orders, name, action }: { orders: string[]; name: string; action?: string }): JSX.Element {
  const sending = useSend(`pay:${name}`);
  const pay = (): void => void sending.send((key) => openPayment(orders.map((order) => ({ order })), key));
  return <Form of={sending} action={action ?? t("pay.now")} onSend={pay} />;
}
