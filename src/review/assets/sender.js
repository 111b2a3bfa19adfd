// Sends what a person does, one thing after the other, and asks what others have changed. What could not be sent yet is kept
// in the browser, so that neither a restart of the program nor closing the page loses it.

import { model } from "./model.js";

const EVERY = 2500;
const PAUSES = [500, 1000, 2000, 4000];

export class Sender {
  /** `page` is told: `changed(changes, job)`, `refused(message, job)`, `nothing(job)` to take back, `status()`, `forbidden()`. */
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

  /** The whole project, as soon as it can be had. */
  async reload() {
    for (let failures = 0; ; failures++) {
      try {
        const overview = await this.load();
        this.online = true;
        return overview;
      } catch ({ status }) {
        if (isForbidden(status)) this.page.forbidden();
        this.lost();
        await pause(failures);
      }
    }
  }

  /** Something that is only looked at. */
  async ask(path, parameters = {}) {
    const response = await fetch(`/api/${path}?${new URLSearchParams(parameters)}`);
    if (!response.ok) throw response;
    return response.json();
  }

  /** Something that takes its time and that nobody has to wait for. */
  async demand(path) {
    const response = await post(path, {});
    if (!response.ok) throw response;
    return response.json();
  }

  /** Asks what has changed, now. */
  async renew() {
    while (this.busy) await pause(0);
    await this.poll();
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
    this.jobs.push({ path, body: { who: this.who, run: model.run, ...body } });
    this.keep();
    this.page.status();
    this.work();
  }

  async work() {
    if (this.busy) return;
    this.busy = true;
    for (let failures = 0; this.jobs.length > 0; ) {
      const job = this.jobs[0];
      if (!prepare(job)) {
        this.finish(job);
        this.page.nothing(job);
        continue;
      }
      const sent = await this.attempt(job);
      if (sent) failures = 0;
      else await pause(failures++);
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
    if (isForbidden(response.status)) {
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
    // What comes next, an undo say, is about the project as it is after this.
    await (response.ok ? this.page.changed(answer, job) : this.page.refused(answer.message, job));
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

  /** Asks what has changed. What is done meanwhile waits, so that nothing old is ever shown over something new. */
  async poll() {
    if (this.busy || document.hidden || model.run === 0) return;
    this.busy = true;
    try {
      const changes = await this.ask("changes", { who: this.who, since: model.last });
      this.online = true;
      await this.page.changed(changes, null);
    } catch ({ status }) {
      if (isForbidden(status)) this.page.forbidden();
      else this.lost();
    }
    this.busy = false;
    this.page.status();
    if (this.jobs.length > 0) this.work();
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

function isForbidden(status) {
  return status === 401 || status === 403;
}

/** Waits, the longer the more often something has failed. */
function pause(failures) {
  return new Promise((wake) => setTimeout(wake, PAUSES[Math.min(failures, PAUSES.length - 1)]));
}

function post(path, body) {
  return fetch(`/api/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}
