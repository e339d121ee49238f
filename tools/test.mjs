import { enter } from "./door.mjs";

enter(() => import("./front/test.mjs"));
