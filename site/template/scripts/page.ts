import { wireThemeButton } from "../../pages/shared/theme-button";
import { foldCode, wireCodeButtons } from "./code";
import { wireContents } from "./contents";
import { watchFigures } from "./figures";

wireThemeButton();
foldCode();
wireCodeButtons();
wireContents();
watchFigures();
