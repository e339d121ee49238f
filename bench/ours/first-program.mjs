// The first thing a reader may try: the songs of the nineties, a small network, one epoch, its test accuracy.
import * as hitlab from "hitlab";

const { evaluate, load, networks, prepare } = hitlab;
await hitlab.openBackend();
const { frame } = await load.hitPredictor(["90s"]);
const songs = prepare.samples(frame, { features: [...load.audioFeatures], target: "target" });
const { train, test } = prepare.split(songs, { by: "random", like: "sklearn", randomState: 42, testSize: 0.2 });
const scaler = prepare.standard(train);
const model = networks.mlp({ inputs: train.x.columns, hidden: [64, 32], output: "sigmoid", seed: 42 });
await hitlab.fit(model, scaler.apply(train), { epochs: 1, batchSize: 32 });
console.log(evaluate.classifier(model, scaler.apply(test)).accuracy);
