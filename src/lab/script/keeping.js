// Keeping what was found: as a scenario in the folder where the lab was started, as a download of a page without one, or as a link.

import { make, say } from "../report/base.js";
import { Refused, ask } from "./asking.js";

const at = (id) => document.getElementById(id);

/** The dialog that saves the present market under a name; it asks before it replaces a file. */
export class Keeping {
  constructor(key, folder) {
    Object.assign(this, { key, folder, replaces: "" });
    at("keeping-no").addEventListener("click", () => at("keeping").close());
    at("keeping").querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    at("keeping-name").addEventListener("input", () => this.ready(""));
  }

  /** Asks for a name. */
  open(which, changes, name) {
    Object.assign(this, { which, changes });
    at("keeping-name").value = name;
    this.ready("");
    at("keeping").showModal();
  }

  /** Ready to save; over a file only if that is the one that was asked about. */
  ready(replaces) {
    this.replaces = replaces;
    at("keeping-yes").textContent = replaces ? say("replace") : say("save");
    at("keeping-said").textContent = replaces ? say("exists", { file: replaces }) : this.folder ? say("save_into", { folder: this.folder }) : say("save_here");
  }

  async save() {
    const name = at("keeping-name").value;
    const body = { which: this.which, changes: this.changes, name, replace: this.replaces === `${name}.toml` };
    try {
      const { file, text } = await ask(this.key, "/api/save", body);
      // a page without a server has no folder: the browser keeps the file as it keeps others
      if (text !== undefined) download(file, text);
      at("keeping-said").textContent = say("saved", { file });
      at("keeping-yes").textContent = say("save");
      this.replaces = "";
    } catch (error) {
      if (error instanceof Refused && error.told.exists) this.ready(error.told.exists);
      else at("keeping-said").textContent = error.message;
    }
  }
}

/** Hands the browser a file to keep. */
function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
  make("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/** Puts the address of the page, with all changes, into the clipboard; tells how it went. */
export async function copyLink(tell) {
  try {
    await navigator.clipboard.writeText(location.href);
    tell(say("copied"));
  } catch {
    tell(`${say("copy_by_hand")} ${location.href}`);
  }
}
