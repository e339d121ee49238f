import { enter } from "./door.mjs";

enter(() => import("./data/main.mjs"));
