// Starts the page that holds its engine.

import { say } from "../report/base.js";
import { start } from "./alone.js";

try {
  await start();
  await import("lab/main.js");
} catch (error) {
  const place = document.getElementById("problem");
  place.hidden = false;
  place.textContent = say("too_old", { problem: String(error) });
}
