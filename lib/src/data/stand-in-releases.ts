import type { Random } from "../random";
import { dayOf, weekdayOf } from "./calendar";
import type { ReleaseModel } from "./stand-in-table-model";

/**
 * A day near `day` on which a song might come out: 1 January of its year as often as in that time, else one of the seven
 * days around it, Fridays more often than others.
 *
 * @param day days since 1970-01-01
 * @returns days since 1970-01-01, none after the model's last
 */
export function releaseDay(day: number, model: ReleaseModel, rng: Random): number {
  const year = new Date(day * 86_400_000).getUTCFullYear();
  const share = model.newYear.find(({ until }) => year <= until)?.share ?? 0;
  const weekday = drawWeekday(model.weekdays, rng.uniform());
  if (rng.uniform() < share) return dayOf(year, 1, 1);
  const earliest = day - 3;
  const near = earliest + ((weekday - weekdayOf(earliest) + 7) % 7);
  return near > model.last ? near - 7 : near;
}

function drawWeekday(shares: readonly number[], draw: number): number {
  let left = draw;
  for (const [weekday, share] of shares.entries()) {
    left -= share;
    if (left < 0) return weekday;
  }
  return shares.length - 1;
}
