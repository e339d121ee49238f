import { enter } from "./door.mjs";

enter(() => import("./site/serve.mjs"));
