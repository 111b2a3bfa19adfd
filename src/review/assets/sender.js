// Sends what a person does, one thing after the other, and asks what others have changed. What could not be sent yet is kept
// in the browser, so that neither a restart of the program nor closing the page loses it.

import { model } from "./model.js";

const EVERY = 2500;
const PAUSES = [500, 1000, 2000, 4000];

export class Sender {
  /** `page` is told: `changed(changes, job)`, `refused(message, job)`, `status()`, `forbidden()`. */
  constructor(page) {
    this.page = page;
    this.jobs = [];
    this.online = true;
    this.busy = false;
    this.who = localStorage.getItem("ringwerk-who") ?? "";
    setInterval(() => this.poll(), EVERY);
    addEventListener("visibilitychange", () => this.poll());
  }

  setWho(who) {
    this.who = who;
    localStorage.setItem("ringwerk-who", who);
  }

  /** The whole project. */
  load() {
    return this.ask("project", { who: this.who });
  }

  /** Something that is only looked at. */
  async ask(path, parameters = {}) {
    const response = await fetch(`/api/${path}?${new URLSearchParams(parameters)}`);
    if (!response.ok) throw response;
    return response.json();
  }

  /** What an earlier visit could not send. */
  restore() {
    try {
      this.jobs = JSON.parse(localStorage.getItem(this.place()) ?? "[]");
    } catch {
      this.jobs = [];
    }
    this.work();
  }

  /** Puts something at the end of the line: `path` names what is done, `body` what with. */
  send(path, body) {
    this.jobs.push({ path, body: { who: this.who, ...body } });
    this.keep();
    this.work();
  }

  async work() {
    if (this.busy) return;
    this.busy = true;
    this.page.status();
    for (let failures = 0; this.jobs.length > 0; ) {
      const job = this.jobs[0];
      if (!prepare(job)) {
        this.finish(job);
        continue;
      }
      const sent = await this.attempt(job);
      if (sent) failures = 0;
      else await new Promise((wake) => setTimeout(wake, PAUSES[Math.min(failures++, PAUSES.length - 1)]));
    }
    this.busy = false;
    this.page.status();
  }

  /** Whether the job was answered, well or not. */
  async attempt(job) {
    let response;
    try {
      response = await post(job.path, { ...job.body, since: model.last });
    } catch {
      return this.lost();
    }
    if (response.status === 401 || response.status === 403) {
      this.page.forbidden();
      return this.lost();
    }
    const answer = await response.json().catch(() => ({ message: response.statusText }));
    if (response.status === 503) {
      this.page.refused(answer.message, null);
      return this.lost();
    }
    this.online = true;
    this.finish(job);
    if (response.ok) this.page.changed(answer, job);
    else this.page.refused(answer.message, job);
    return true;
  }

  lost() {
    this.online = false;
    this.page.status();
    return false;
  }

  finish(job) {
    this.jobs.splice(this.jobs.indexOf(job), 1);
    this.keep();
    this.page.status();
  }

  async poll() {
    if (this.busy || document.hidden || model.run === 0) return;
    try {
      const response = await fetch(`/api/changes?${new URLSearchParams({ who: this.who, since: model.last })}`);
      if (response.status === 401 || response.status === 403) return this.page.forbidden();
      const back = !this.online;
      this.online = response.ok;
      if (response.ok && !this.busy) this.page.changed(await response.json(), null);
      if (back) this.page.status();
    } catch {
      this.lost();
    }
  }

  place() {
    return `ringwerk-waiting-${model.project}${model.blind ? `-${model.blind}` : ""}`;
  }

  keep() {
    if (this.jobs.length > 0) localStorage.setItem(this.place(), JSON.stringify(this.jobs));
    else localStorage.removeItem(this.place());
  }
}

/** Undoing names its step when it is sent first, so that sending it again cannot undo another one. */
function prepare(job) {
  if (job.path === "undo") job.body.step ??= model.undo?.id;
  if (job.path === "redo") job.body.steps ??= model.redo.length > 0 ? model.redo : undefined;
  return (job.path !== "undo" || job.body.step) && (job.path !== "redo" || job.body.steps);
}

function post(path, body) {
  return fetch(`/api/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}
