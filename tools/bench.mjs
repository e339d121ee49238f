import { enter } from "./door.mjs";

enter(() => import("./front/bench.mjs"));
