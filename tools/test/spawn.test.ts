import { expect, test } from "vitest";
import { run } from "../front/spawn.mjs";

const program = (text: string) => run(process.execPath, ["-e", text]);

test("a program's exit code and output come back", async () => {
  expect(await program("console.log('out'); console.error('err'); process.exitCode = 3")).toEqual({
    code: 3,
    output: "out\nerr\n",
  });
  expect(await run("no-such-program-here", [])).toMatchObject({ code: 127 });
});

test("a program that Ctrl-C ends is told as interrupted, not as a failure of its own", async () => {
  const stopped = program("setTimeout(() => process.exit(1), 300)");
  process.emit("SIGINT");
  await expect(stopped).rejects.toMatchObject({ message: expect.stringMatching(/^interrupted/), exitCode: 130 });
  const finished = program("setTimeout(() => process.exit(0), 300)");
  process.emit("SIGINT");
  expect(await finished).toMatchObject({ code: 0 });
});
