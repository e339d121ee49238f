/// <reference lib="dom" />
// Runs before the page is painted: the colours and the folded code a reader chose last time, so that nothing flashes.
import { recall } from "../../pages/shared/memory";

const root = document.documentElement;
const chosen = recall("theme");
if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
if (recall("code") === "hidden") root.dataset.code = "hidden";
