// Pictures of the market on the page, drawn when somebody asks: with how far they are, and a way to give them up.

import { make, say } from "../report/base.js";
import { follow, newName } from "./asking.js";

const at = (id) => document.getElementById(id);

/** What each picture is called. */
const NAMES = { fates: say("fates"), journey: say("journey"), wheel: say("wheel"), sources: say("sources"), feedback: say("feedback") };

/** A drawing as a picture that nothing in it can leave, with its words for those who listen. */
export function imageOf(svg) {
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml");
  const words = ["title", "desc"].map((part) => drawing.querySelector(part)?.textContent ?? "");
  return make("img", { class: "drawing", src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt: words.join(". ") });
}

export class Pictures {
  constructor(key, { pictures, firms }, trouble) {
    Object.assign(this, { key, trouble, abort: null, page: newName() });
    this.ofFirm = new Map(pictures);
    at("picture").replaceChildren(...pictures.map(([name]) => make("option", { value: name }, NAMES[name])));
    at("picture-firm").querySelector("select").replaceChildren(...firms.map((firm) => make("option", { value: firm }, firm)));
    at("picture").onchange = () => this.choose();
    at("draw").onclick = () => (this.abort ? this.clear() : this.draw());
    this.choose();
  }

  choose() {
    at("picture-firm").hidden = !this.ofFirm.get(at("picture").value);
  }

  /** Pictures are of this market from now on; one of another is none. */
  about(which, changes) {
    Object.assign(this, { which, changes });
    this.clear();
  }

  /** Gives up what is being drawn, and takes away what was. */
  clear() {
    this.abort?.abort();
    this.rest();
    at("drawn").replaceChildren();
  }

  rest() {
    this.abort = null;
    at("draw").textContent = say("draw");
    at("drawing").hidden = true;
  }

  async draw() {
    at("drawn").replaceChildren();
    const own = new AbortController();
    this.abort = own;
    at("draw").textContent = say("cancel");
    const bar = at("drawing");
    bar.hidden = false;
    bar.removeAttribute("value");
    bar.setAttribute("aria-label", say("working"));
    const firm = at("picture-firm").querySelector("select").value;
    const body = { which: this.which, page: this.page, changes: this.changes, kind: at("picture").value, firm };
    try {
      await follow(this.key, "/api/picture", body, own.signal, (event, told) => {
        if (this.abort !== own) return;
        if (event === "progress") Object.assign(bar, { max: told.of, value: told.done });
        else if (event === "picture") this.show(told);
        else this.trouble(say("refused", told));
      });
    } catch (error) {
      if (error.name !== "AbortError") this.trouble(error);
    }
    if (this.abort === own) this.rest();
  }

  show({ figures }) {
    at("drawn").replaceChildren(...figures.map(imageOf));
  }
}
