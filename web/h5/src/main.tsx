// Where the pages begin: the words of the chosen language, then the screen of the address.

import { render } from "preact";
import { chosen, speak } from "@linli/shared/words";
import "@linli/shared/tokens.css";
import "@linli/shared/base.css";
import "./style.css";
import { App } from "./app.tsx";
import { followLinks } from "./router.ts";
import { find } from "./routes.ts";

// The words and the screen of the address come at the same time; what fails with the screen is shown where it would be.
await Promise.all([speak(chosen()), find(location.pathname).load().catch(() => undefined)]);
followLinks();
const root = document.getElementById("app");
root?.replaceChildren();
if (root !== null) render(<App />, root);
