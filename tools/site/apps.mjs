import { join } from "node:path";

/** The pages that are programs: one entry per page, its script site/pages/NAME/main.ts, its frame NAME.html.j2. */
const apps = [
  {
    name: "hit-or-flop",
    title: "Hit or Flop?",
    short: "Hit or Flop?",
    description: "Put in a song and see the verdict of three models, with its reasons and how far to trust it.",
  },
  {
    name: "decades",
    title: "Six decades of hits and flops",
    short: "Decades",
    description: "Fifteen audio features of 41,106 songs by decade, hits beside flops.",
  },
  {
    name: "train",
    title: "Train it",
    short: "Train it",
    description: "Train a network on songs in this page and watch it learn.",
  },
];

export const appNames = apps.map(({ name }) => name);

/** What the templates need of each page. */
export function describeApps(site) {
  return apps.map((app) => ({
    ...app,
    template: `${app.name}.html.j2`,
    href: `${app.name}.html`,
    out: join(site, `${app.name}.html`),
  }));
}
