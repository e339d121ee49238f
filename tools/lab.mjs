import { enter } from "./door.mjs";

enter(() => import("./front/lab.mjs"));
