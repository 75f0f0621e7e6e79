// A class that joins from other machines: who has the code comes in, votes, and sees what the teacher shows.

import { make, say } from "../report/base.js";
import { ask } from "./asking.js";

const at = (id) => document.getElementById(id);

/** Asks for the code of the room, and gives the key of who is let in. */
export async function join(code) {
  at("join").hidden = false;
  at("join-code").value = code ?? "";
  const attempt = async () => {
    try {
      return (await ask("", "/api/join", { code: at("join-code").value })).key;
    } catch (error) {
      at("join-said").textContent = error.status === 403 ? say("other_code") : say("come_later");
      return null;
    }
  };
  let key = code ? await attempt() : null;
  while (!key) {
    await new Promise((done) => {
      at("join-form").onsubmit = (event) => {
        event.preventDefault();
        done();
      };
    });
    key = await attempt();
  }
  at("join").hidden = true;
  return key;
}

/** The room on the page: of the teacher with its code and who came, of the others with what the teacher shows. */
export class Room {
  constructor(key, { role, room }, lab) {
    Object.assign(this, { key, lab, isTeacher: role === "teacher", revision: 0, wanted: {} });
    document.body.classList.toggle("student", !this.isTeacher);
    this.isOpen = Boolean(room) || !this.isTeacher;
    at("room").hidden = !this.isOpen;
    if (!this.isOpen) return;
    at("room-code").hidden = !this.isTeacher;
    at("follow-label").hidden = this.isTeacher;
    if (this.isTeacher) {
      const image = room.picture ? [make("img", { src: `data:image/svg+xml,${encodeURIComponent(room.picture)}`, alt: room.address })] : [];
      at("room-code").replaceChildren(
        ...image, make("p", {}, say("room_at", { address: room.address.split("/#")[0] })), make("p", { class: "code" }, room.code),
        make("p", {}, say("not_encrypted")),
      );
    }
    // a page that is loaded again goes on as it was
    at("follow").checked = sessionStorage.getItem("flywheel-follow") !== "no";
    at("follow").onchange = () => {
      sessionStorage.setItem("flywheel-follow", at("follow").checked ? "yes" : "no");
      this.follow();
    };
    this.timer = setInterval(() => this.meet(), this.isTeacher ? 1000 : 1500);
  }

  /** The teacher shows this market, and perhaps what a vote came to. */
  show(shown) {
    if (this.isOpen && this.isTeacher) Object.assign(this.wanted, { show: shown });
  }

  /** Another scenario is on its way: what was to be told of the one before is not. */
  leave() {
    this.wanted = {};
  }

  vote(scenario, answer) {
    this.wanted.vote = [scenario, answer];
    this.meet();
  }

  /** Tells what is wanted, and hears how it stands. */
  async meet() {
    if (!this.isOpen) return;
    const wanted = this.wanted;
    this.wanted = {};
    try {
      this.told = await ask(this.key, "/api/room", { scenario: this.lab.position, ...wanted });
    } catch (error) {
      // what was refused once would be refused again
      if (error.status === 429 || error.status === undefined) this.wanted = { ...wanted, ...this.wanted };
      if (error.status !== 429) this.lab.trouble(error);
      return;
    }
    at("room-joined").textContent = this.isTeacher ? say("joined", { count: this.told.joined }) : "";
    this.lab.lesson?.setVotes(this.told.votes);
    this.follow();
  }

  /** Goes where the teacher is, while that is wanted. */
  follow() {
    const { shown } = this.told ?? {};
    if (this.isTeacher || !shown || shown.revision === 0) return;
    if (shown.revealed) document.body.classList.remove("secret");
    if (!at("follow").checked || shown.revision === this.revision) return;
    this.revision = shown.revision;
    this.lab.go(shown.scenario, shown.changes);
  }
}
