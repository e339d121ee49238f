import { wireThemeButton } from "../shared/theme-button";

wireThemeButton();
