import { beforeAll, describe, expect, it } from "vitest";
import * as load from "../../../src/data/load";
import { logLoss } from "../../../src/evaluate";
import type { GradientBoostingClassifier } from "../../../src/models/boosting/classifier";
import { fitGradientBoosting } from "../../../src/models/boosting/fit";
import { samples, split } from "../../../src/prepare";
import type { Samples } from "../../../src/samples";

/**
 * Golden values, scikit-learn 1.9.1, the six decades in the order 00s 10s 60s 70s 80s 90s:
 *
 * train_x, test_x, train_y, test_y = train_test_split(x, y, random_state=12, test_size=0.25)
 * m = HistGradientBoostingClassifier(early_stopping=False).fit(train_x, train_y)
 * m.score(test_x, test_y), log_loss(test_y, m.predict_proba(test_x)), m.decision_function(test_x)[:4]
 */
const golden = {
  accuracy: 0.7863189646784081,
  logLoss: 0.4498358710245281,
  decision: [-0.10226106530251496, -1.8656175124112517, 2.3468468721526583, -2.7992162978749753],
};

describe.runIf(process.env.HITLAB_DATA)("gradient boosting of 41,106 real songs (needs HITLAB_DATA)", () => {
  let test: Samples;
  let model: GradientBoostingClassifier;
  beforeAll(async () => {
    const { frame } = await load.hitPredictor();
    const all = samples(frame, { features: [...load.audioFeatures], target: "target" });
    const parts = split(all, { by: "random", like: "sklearn", randomState: 12, testSize: 0.25 });
    test = parts.test;
    model = fitGradientBoosting(parts.train);
  });

  it("is scikit-learn's: accuracy, log loss and the log-odds of single songs", () => {
    expect(test.x.rows).toBe(10_277);
    expect(model.score(test)).toBe(golden.accuracy);
    expect(logLoss(test.y, model.predictProbability(test.x))).toBeCloseTo(golden.logLoss, 12);
    [...model.decision(test.x).subarray(0, 4)].forEach((score, row) => {
      expect(score).toBeCloseTo(golden.decision[row], 12);
    });
  });

  it("gains most by instrumentalness", () => {
    const best = model.gainImportances.indexOf(Math.max(...model.gainImportances));
    expect(model.names[best]).toBe("instrumentalness");
    expect(model.gainImportances.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});
