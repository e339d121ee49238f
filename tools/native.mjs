import { enter } from "./door.mjs";

enter(() => import("./front/native.mjs"));
