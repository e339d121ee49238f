import { enter } from "./door.mjs";

enter(() => import("./front/same-digits.mjs"));
