import { enter } from "./door.mjs";

enter(() => import("./front/setup.mjs"));
