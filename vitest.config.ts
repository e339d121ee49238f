import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "lib",
          include: ["lib/test/**/*.test.ts", "bench/test/**/*.test.ts", "site/test/unit/**/*.test.ts"],
          setupFiles: ["tools/test/property-seed.ts"],
          testTimeout: 30_000,
        },
      },
      // Whole programs: the runner, a notebook, the site and the Lab in a browser. One after another.
      {
        test: {
          name: "system",
          include: ["tools/test/**/*.test.ts", "site/test/*.test.ts"],
          setupFiles: ["tools/test/property-seed.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          // What a page shows a moment later is waited for, also on a machine that has more to do.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
