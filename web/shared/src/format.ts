// How amounts, prices, rates and times are shown: everywhere the same. What comes from the service is a text and stays one:
// digits are grouped and cut, never computed. Must not be added here: arithmetic on money.

/** A minus that lines up with digits. */
const MINUS = "−";

function parts(text: string): { sign: string; whole: string; fraction: string } {
  const sign = text.startsWith("-") ? MINUS : "";
  const [whole = "0", fraction = ""] = text.replace(/^[-+]/, "").split(".");
  return { sign, whole, fraction };
}

function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `¥1,234.56`, `−¥0.30`. */
export function money(text: string): string {
  const { sign, whole, fraction } = parts(text);
  return `${sign}¥${grouped(whole)}.${fraction.padEnd(2, "0").slice(0, 2)}`;
}

/** With its sign, for what came and went: `+¥1.00`. */
export function moved(text: string): string {
  const shown = money(text);
  return shown.startsWith(MINUS) || isZero(text) ? shown : `+${shown}`;
}

/** For cards that have the exact value behind them: `¥12.3万` from 10,000 up, else as it is. Digits are cut, not rounded. */
export function short(text: string, language: string): string {
  const { sign, whole } = parts(text);
  if (language === "zh-CN" && whole.length > 5) {
    return `${sign}¥${grouped(whole.slice(0, -4))}.${whole.slice(-4, -3)}万`;
  }
  return money(text);
}

/** Points: whole digits grouped, decimals as they are but for zeros at the end beyond two. */
export function points(text: string): string {
  const { sign, whole, fraction } = parts(text);
  const kept = fraction.replace(/0+$/, "").padEnd(2, "0");
  return `${sign}${grouped(whole)}.${kept}`;
}

/** Four decimals: `27.0325`. */
export function price(text: string): string {
  const { sign, whole, fraction } = parts(text);
  return `${sign}${grouped(whole)}.${fraction.padEnd(4, "0").slice(0, 4)}`;
}

/** Whether an amount is nothing. */
export function isZero(text: string): boolean {
  return !/[1-9]/.test(text);
}

/** Whether an amount is below nothing. */
export function isBelow(text: string): boolean {
  return text.startsWith("-") && !isZero(text);
}

const CLOCK = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** `2026-01-31 08:00:00` by the clock of Asia/Shanghai. */
export function time(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : CLOCK.format(at);
}

/** The day of it: `2026-01-31`. */
export function day(text: string): string {
  return time(text).slice(0, 10);
}

/** What somebody types as an amount, as the service takes it; none if it is not one. */
export function typed(text: string, decimals = 2): string | undefined {
  const plain = text.trim().replace(/[，,\s]/g, "").replace("。", ".").replace(/^[¥￥]/, "");
  const form = new RegExp(`^\\d{1,12}(\\.\\d{1,${decimals}})?$`);
  return form.test(plain) && !isZero(plain) ? plain : undefined;
}
