import { wireThemeButton } from "../shared/theme-button";
import { trainPage } from "./view/page";

wireThemeButton();
trainPage();
