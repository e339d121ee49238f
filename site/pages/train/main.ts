import { wireThemeButton } from "../shared/theme-button";
import { TrainPage } from "./view/page";

wireThemeButton();
new TrainPage().start();
