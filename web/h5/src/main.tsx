// Where the pages begin: the words of the chosen language, then the screen of the address.

import { render } from "preact";
import { chosen, speak } from "@linli/shared/words";
import "@linli/shared/tokens.css";
import "@linli/shared/base.css";
import "./style.css";
import { App } from "./app.tsx";
import { followLinks } from "./router.ts";

await speak(chosen());
followLinks();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
