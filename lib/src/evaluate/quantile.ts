export { quantileSorted } from "../quantile";
