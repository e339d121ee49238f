import { foldCode, wireCodeButtons } from "./code";
import { wireContents } from "./contents";
import { watchFigures } from "./figures";
import { wireThemeButton } from "./theme-button";

wireThemeButton();
foldCode();
wireCodeButtons();
wireContents();
watchFigures();
