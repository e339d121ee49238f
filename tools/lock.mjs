import { enter } from "./door.mjs";

enter(() => import("./front/lock.mjs"));
