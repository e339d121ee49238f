/**
 * A number for readers: thousands separated by commas, as many decimals as asked for.
 *
 * Without `digits`, whole numbers stay whole and others keep three significant digits, at most four decimals.
 *
 * @example
 * ```ts
 * formatNumber(69663); // "69,663"
 * formatNumber(0.97654); // "0.977"
 * formatNumber(null); // "—"
 * ```
 */
export function formatNumber(value: number | bigint | null | undefined, digits?: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  if (typeof value === "bigint") return separated(value.toString());
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (Number.isInteger(value) && digits === undefined)
    return separated(Object.is(value, -0) ? "0" : wholeDigits(value));
  return separated(value.toFixed(digits ?? usualDigits(Math.abs(value))));
}

/** A share of one as a percentage: `percent(0.9765)` is "97.7%". */
export function percent(share: number, digits = 1): string {
  return Number.isFinite(share) ? `${formatNumber(share * 100, digits)}%` : "—";
}

/** A duration in words: "45 s", "3 min 05 s", "1 h 02 min". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (seconds < 9.95 && seconds > 0) return `${seconds.toFixed(1)} s`;
  if (whole < 60) return `${whole} s`;
  const two = (part: number) => String(part).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** The singular or the plural: `counted(1, "song")` is "1 song", `counted(2000, "song")` is "2,000 songs". */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${formatNumber(count)} ${count === 1 ? thing : things}`;
}

function usualDigits(size: number): number {
  if (size >= 1000) return 0;
  if (size >= 100) return 1;
  if (size >= 10) return 1;
  if (size >= 1) return 2;
  return size >= 0.01 || size === 0 ? 3 : 4;
}

/** The digits of a whole number, without an exponent up to the largest that a chart can count. */
function wholeDigits(value: number): string {
  return Math.abs(value) < 1e21 ? BigInt(value).toString() : value.toString();
}

function separated(digits: string): string {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(digits) ?? ["", "", digits, ""];
  // What rounds to zero has no sign.
  return `${sign && /[1-9]/.test(digits) ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest}`;
}
