import { find } from "../shared/dom";
import { manifest } from "../shared/load-data";
import { wireThemeButton } from "../shared/theme-button";
import { Page } from "./page";
import { wireTabs } from "./view/tabs";

wireThemeButton();
wireTabs(find("[role=tablist]"));
new Page(manifest()).start();
