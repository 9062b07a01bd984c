// Every screen with its address: the one list. Each file of screens is a piece that is loaded when it is needed. Must not be
// added here: what a screen shows.

import type { ComponentType } from "preact";
import type { Params } from "./app.tsx";
import { match } from "./router.ts";

type Screen = ComponentType<Params>;
type Piece = () => Promise<Record<string, unknown>>;

const home: Piece = () => import("./screens/home.tsx");
const login: Piece = () => import("./screens/login.tsx");
const stores: Piece = () => import("./screens/stores.tsx");
const deals: Piece = () => import("./screens/deals.tsx");
const pay: Piece = () => import("./screens/pay.tsx");
const mall: Piece = () => import("./screens/mall.tsx");
const basket: Piece = () => import("./screens/basket.tsx");
const mallOrders: Piece = () => import("./screens/mall-orders.tsx");
const me: Piece = () => import("./screens/me.tsx");
const wallet: Piece = () => import("./screens/wallet.tsx");
const pointsPiece: Piece = () => import("./screens/points.tsx");
const withdraw: Piece = () => import("./screens/withdraw.tsx");
const orders: Piece = () => import("./screens/orders.tsx");
const refunds: Piece = () => import("./screens/refunds.tsx");
const invite: Piece = () => import("./screens/invite.tsx");
const news: Piece = () => import("./screens/news.tsx");
const account: Piece = () => import("./screens/account.tsx");
const addresses: Piece = () => import("./screens/addresses.tsx");
const shop: Piece = () => import("./screens/shop.tsx");
const counter: Piece = () => import("./screens/counter.tsx");
const shopMoney: Piece = () => import("./screens/shop-money.tsx");
const apply: Piece = () => import("./screens/apply.tsx");
const fields: Piece = () => import("./screens/fields.tsx");
const lost: Piece = () => import("./screens/lost.tsx");

/** The address, the piece, and the name of the screen in it. */
export const ROUTES: [string, Piece, string][] = [
  ["/", home, "Home"],
  ["/app/login", login, "Login"],
  ["/app/invitation/:kind/:id", login, "Invitation"],
  ["/app/stores", stores, "Stores"],
  ["/app/stores/map", stores, "StoreMap"],
  ["/app/stores/:id", stores, "Store"],
  ["/app/deals/:id", deals, "Deal"],
  ["/app/vouchers", deals, "Vouchers"],
  ["/app/vouchers/:id", deals, "OneVoucher"],
  ["/app/pay", pay, "Pay"],
  ["/app/pay/:id", pay, "Paying"],
  ["/app/mall", mall, "Mall"],
  ["/app/mall/products/:id", mall, "Product"],
  ["/app/basket", basket, "Basket"],
  ["/app/mall/orders", mallOrders, "MallOrders"],
  ["/app/mall/orders/:id", mallOrders, "MallOrder"],
  ["/app/mall/orders/:id/return", mallOrders, "AskReturn"],
  ["/app/returns/:id", mallOrders, "OneReturn"],
  ["/app/me", me, "Me"],
  ["/app/wallet", wallet, "Wallet"],
  ["/app/statement/:account", wallet, "StatementOf"],
  ["/app/points", pointsPiece, "Points"],
  ["/app/redeem", pointsPiece, "Redeem"],
  ["/app/deduction", pointsPiece, "DeductionPoints"],
  ["/app/withdraw", withdraw, "Withdraw"],
  ["/app/withdrawals", withdraw, "Withdrawals"],
  ["/app/withdrawals/:id", withdraw, "OneWithdrawal"],
  ["/app/bank", withdraw, "Bank"],
  ["/app/orders", orders, "Orders"],
  ["/app/orders/:id", orders, "OneOrder"],
  ["/app/orders/:id/refund", refunds, "AskRefund"],
  ["/app/refunds", refunds, "Refunds"],
  ["/app/refunds/:id", refunds, "OneRefund"],
  ["/app/invite", invite, "Invite"],
  ["/app/invited", invite, "Invited"],
  ["/app/binding", invite, "BindingOf"],
  ["/app/notifications", news, "Notifications"],
  ["/app/notifications/settings", news, "NotificationSettings"],
  ["/app/rules", news, "Rules"],
  ["/app/rules/:topic", news, "RulesOn"],
  ["/app/documents/:id", news, "OneDocument"],
  ["/app/account", account, "Account"],
  ["/app/sessions", account, "Sessions"],
  ["/app/phone", account, "Phone"],
  ["/app/export", account, "Export"],
  ["/app/addresses", addresses, "Addresses"],
  ["/app/addresses/:id", addresses, "EditAddress"],
  ["/app/apply", apply, "Applications"],
  ["/app/apply/:id", apply, "EditApplication"],
  ["/app/shop", shop, "Shops"],
  ["/app/shop/:id", shop, "Shop"],
  ["/app/shop/:id/qr", shop, "ShopCode"],
  ["/app/shop/:id/staff", shop, "Staff"],
  ["/app/shop/:id/page", shop, "ShopPage"],
  ["/app/shop/:id/collect", counter, "Collect"],
  ["/app/shop/:id/verify", counter, "Verify"],
  ["/app/shop/:id/shifts", counter, "Shifts"],
  ["/app/shop/:id/orders", shopMoney, "ShopOrders"],
  ["/app/shop/:id/refunds", shopMoney, "ShopRefunds"],
  ["/app/shop/:id/money", shopMoney, "ShopMoney"],
  ["/app/recruited", fields, "Recruited"],
  ["/app/recruited/:id", fields, "RecruitedStore"],
  ["/app/regions", fields, "Regions"],
  ["/app/regions/:id", fields, "Region"],
];

/** The tabs, and where each is shown as the one somebody is in. */
export const TABS = [
  { name: "home", to: "/", of: ["/"] },
  { name: "stores", to: "/app/stores", of: ["/app/stores", "/app/deals"] },
  { name: "pay", to: "/app/pay", of: ["/app/pay"] },
  { name: "mall", to: "/app/mall", of: ["/app/mall", "/app/basket", "/app/returns"] },
  { name: "me", to: "/app/me", of: ["/app/"] },
];

/** The screen of a path; one for paths that have none. */
export function find(path: string): { name: string; load: () => Promise<Screen>; params: Params } {
  for (const [pattern, piece, name] of ROUTES) {
    const params = match(pattern, path);
    if (params !== undefined) return { name: `${pattern}`, load: () => take(piece, name), params: params as unknown as Params };
  }
  return { name: "lost", load: () => take(lost, "Lost"), params: {} as Params };
}

async function take(piece: Piece, name: string): Promise<Screen> {
  return (await piece())[name] as Screen;
}
