import { wireThemeButton } from "../../pages/shared/theme-button";
import { foldCode, wireCodeButtons } from "./code";
import { wireContents } from "./contents";
import { watchFigures } from "./figures";
import { wireZoom } from "./zoom";

wireThemeButton();
foldCode();
wireCodeButtons();
wireContents();
watchFigures();
wireZoom();
