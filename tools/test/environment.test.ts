import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEnvironment } from "../front/environment.mjs";
import { root } from "./scratch";

const head = "name: x\nchannels:\n  - conda-forge\ndependencies:\n  - nodejs>=20.19\n  - python>=3.10\n  - pip\n";

describe("the reader of environment.yml", () => {
  test("reads the file of the project", () => {
    const found = readEnvironment(readFileSync(join(root, "environment.yml"), "utf8"));
    expect(found.python).toEqual([3, 10]);
    expect(found.minimum.map((item) => item.split("==")[0])).toEqual(["nbclient", "nbconvert"]);
    expect(found.lab.map((item) => item.split("==")[0])).toEqual(["ipykernel", "jupyterlab", "plotly"]);
  });

  test("takes quotes, comments, Windows line ends, tabs, other indentation and spaces around the pin", () => {
    const list =
      "- pip:   # the rest\r\n\r\n    # minimum: all\r\n    - \"a==1.0\"  # why\r\n  \t- b == 2\r\n  # Lab\r\n    - 'c[x]==3'\r\n";
    const found = readEnvironment(head.replaceAll("\n", "\r\n").replaceAll("  - ", "- ") + list);
    expect(found).toEqual({ python: [3, 10], minimum: ["a==1.0", "b==2"], lab: ["c[x]==3"] });
  });

  test("the pip list ends where another key begins", () => {
    const found = readEnvironment(`${head}  - pip:\n      - a==1\n  - numpy\nvariables:\n  - b\n`);
    expect(found.minimum).toEqual(["a==1"]);
  });

  test.each([
    ["- pip:\n      - a>=1\n", 'environment.yml:9 "a>=1" has no pin'],
    ["- numpy\n", "environment.yml has no pip list"],
  ])("says what is wrong with %j", (tail, words) => {
    expect(() => readEnvironment(`${head}  ${tail}`)).toThrow(words);
  });

  test("Binder reads the same file", () => {
    const read = (path: string) => readFileSync(join(root, path), "utf8");
    // A checkout without symbolic links holds the link's text.
    expect([read("environment.yml"), "../environment.yml"]).toContain(read(".binder/environment.yml"));
  });
});
