// Starts the page that holds its engine.

import { start } from "./alone.js";

await start();
await import("lab/main.js");
