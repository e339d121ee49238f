import { beforeAll, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { classifier, scores } from "../../src/evaluate";
import { lstmHitPredictor, predictProbability } from "../../src/models/networks";
import { random } from "../../src/random";
import { matrix } from "../../src/samples";

beforeAll(async () => {
  await openBackend();
});

it("scores a network of tfjs as it stands", () => {
  const rng = random(1, "classifier");
  const x = matrix(
    20,
    3,
    Float64Array.from({ length: 60 }, () => rng.normal()),
  );
  const samples = { x, y: Float64Array.from({ length: 20 }, (_, r) => r % 2), info: {} };
  const model = lstmHitPredictor({ lookBack: 3 });
  const expected = scores(samples.y, predictProbability(model, x), { threshold: 0.4 });
  expect(classifier(model, samples, { threshold: 0.4 })).toEqual(expected);
});
