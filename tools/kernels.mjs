import { enter } from "./door.mjs";

enter(() => import("./front/kernels.mjs"));
