import { enter } from "./door.mjs";

enter(() => import("./front/refresh.mjs"));
