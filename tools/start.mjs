import { enter } from "./door.mjs";

enter(() => import("./front/start.mjs"));
