/** Days since 1970-01-01 of a date of the Gregorian calendar. Source: H. Hinnant, "chrono-compatible date algorithms". */
export function dayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** ISO date of a day since 1970-01-01. */
export function isoOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Days since 1970-01-01 of an ISO date such as "2017-12-31", or NaN if the text is none. */
export function dayOfIso(text: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return Number.NaN;
  const day = dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return isoOf(day) === text ? day : Number.NaN;
}

/** Day of the week, 0 = Sunday .. 6 = Saturday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
