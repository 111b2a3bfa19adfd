// The page: puts list, panel and selection together, and does what keys and buttons ask for.

import { Comparison } from "./comparison.js";
import { askBulk, askComment, askJob, askReject, askSpeaker, askSplit, askWho, showHelp } from "./dialogs.js";
import { action, element, present } from "./elements.js";
import { board } from "./jobs.js";
import { keys, listen, takeKeysOf } from "./keys.js";
import { List } from "./list.js";
import { StatementMap } from "./map.js";
import { allJobs, canAccept, changedByLearning, fill, find, foresee, interviewOf, isOpen, model, NO_JOB, ranks, shownReason, speakerOf, suggestedJob, take, withRing } from "./model.js";
import { panel } from "./panel.js";
import { acceptable, clock, filter, isWhole, pace, progress, rejectable, rows } from "./queue.js";
import { Sender } from "./sender.js";
import { RINGS, words } from "./words.js";

const { labels } = words;
const app = document.getElementById("app");
const drafts = new Map();
let selected = null;

const list = new List(choose, changeSpeaker);
const detail = element("aside", { class: "detail", "aria-label": words.detail });
const tally = element("div", {});
const sidebar = element("nav", { class: "sidebar", "aria-label": words.filters });
const desk = element("main", {}, sidebar, list.element, detail);
const jobs = element("main", { class: "board", hidden: true });
const header = element("header", {});
const views = element("div", { class: "views", role: "group" });
const bar = element("progress", { "aria-label": words.detail });
const progressText = element("span", { class: "progress" });
const status = element("span", { class: "status", role: "status" });
const toast = element("div", { class: "toast", role: "status", "aria-live": "polite" });
const filtersButton = action(words.filters, null, () => showFilters(!desk.classList.contains("filtering")), { class: "toggle", "aria-expanded": "false" });
const who = action("", null, () => nameWho(), { class: "who" });
const sender = new Sender({ changed, refused, nothing, status: showStatus, forbidden: () => say(words.forbidden, true) });
const comparison = new Comparison((first, second) => sender.ask("comparison", { first, second }), act);
const map = new StatementMap(() => sender.ask("map"), (statement) => act("show", statement));
const mains = { statements: desk, jobs, comparison: comparison.element };

/* What the page shows. */

function build() {
  document.title = `${model.project} · ringwerk`;
  showHeader();
  sidebar.replaceChildren(...present([searchField(), choices(), tally]));
  app.replaceChildren(header, desk, jobs, comparison.element, toast);
  view("statements");
}

function showHeader() {
  header.replaceChildren(...present([
    element("h1", {}, model.project),
    views, filtersButton, bar, progressText, model.blind ? element("span", { class: "blind" }, words.blind) : null, status, who,
    action(labels.undo, keys.undo, () => act("undo")),
    action(labels.redo, keys.redo, () => act("redo")),
    action(labels.help, keys.help, () => act("help"), { class: "by-key" }),
  ]));
}

/** Makes the list anew. A list that is no transcript begins with its first open statement, unless `keep` says otherwise. */
function showRows(keep = isWhole()) {
  list.setRows(rows());
  const listed = list.statements();
  if (!keep || !listed.includes(selected)) selected = listed.find(isOpen) ?? listed.find((one) => one.codable) ?? null;
  list.select(selected);
  showDetail();
  showProgress();
}

/** Switches between statements, jobs and the comparison of two people. */
function view(name) {
  for (const [one, main] of Object.entries(mains)) main.hidden = one !== name;
  const button = (one) => action(words.views[one], null, () => view(one), { id: `view-${one}`, "aria-pressed": String(one === name) });
  const focus = views.contains(document.activeElement);
  views.replaceChildren(...Object.keys(mains).filter((one) => !model.blind || one !== "comparison").map(button));
  if (focus) document.getElementById(`view-${name}`).focus();
  filtersButton.hidden = desk.hidden;
  if (name === "statements") list.resized();
  showBoard();
  showComparison();
}

/** Draws the board anew; what was opened stays open, and the choice in focus stays in focus. */
function showBoard() {
  if (jobs.hidden) return;
  const opened = [...jobs.querySelectorAll("details")].map((one) => one.open);
  const focus = [...jobs.querySelectorAll("select")].indexOf(document.activeElement);
  const { scrollTop } = jobs;
  jobs.replaceChildren(...present([model.blind ? null : map.element, board(act)]));
  map.draw();
  jobs.querySelectorAll("details").forEach((one, index) => { one.open = opened[index] ?? false; });
  jobs.querySelectorAll("select")[focus]?.focus();
  jobs.scrollTop = scrollTop;
}

async function showComparison() {
  if (comparison.element.hidden) return;
  try {
    await comparison.renew();
  } catch {
    say(words.loadFailed);
  }
}

function showDetail() {
  const focus = detail.contains(document.activeElement) ? [...detail.querySelectorAll("button")].indexOf(document.activeElement) : -1;
  detail.replaceChildren(...present(panel(selected, act)));
  if (focus >= 0) (detail.querySelectorAll("button")[focus] ?? list.element).focus();
}

function showProgress() {
  const { done, all } = progress();
  const seconds = pace();
  const estimate = done === all ? words.allDone : seconds === null ? null : words.minutesLeft(span(seconds * (all - done)), Math.max(1, Math.round(seconds)));
  Object.assign(bar, { max: Math.max(all, 1), value: done });
  bar.setAttribute("aria-label", words.decided(done, all));
  progressText.replaceChildren(element("b", {}, words.decided(done, all)), estimate ? ` · ${estimate}` : "");
  who.replaceChildren(sender.who);
  showTally();
}

function span(seconds) {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60), minutes % 60);
}

function showStatus() {
  const count = sender.jobs.length;
  status.textContent = !sender.online ? words.offline(count) : count > 0 ? words.saving(count) : words.saved;
  status.classList.toggle("offline", !sender.online);
}

let learning = false;
let hiding = null;
function say(text, stays = false) {
  toast.replaceChildren(element("p", {}, text));
  clearTimeout(hiding);
  if (!stays) hiding = setTimeout(() => toast.replaceChildren(), 6000);
}

/* The selection. */

/** On narrow screens the selection takes the place of the list. */
function showFilters(shown) {
  desk.classList.toggle("filtering", shown);
  filtersButton.setAttribute("aria-expanded", String(shown));
}

/** What changes with every decision: how many are found, how far each interview is. */
function showTally() {
  const active = tally.contains(document.activeElement) ? document.activeElement.id : null;
  const listed = list.statements().filter((statement) => statement.codable);
  const count = acceptable(listed);
  const against = rejectable(listed);
  tally.replaceChildren(...present([
    filter.near ? action([words.nearTo(shortened(filter.near.title)), element("span", { "aria-hidden": "true" }, " ✕")], null, () => act("everything"), { id: "clear-near", class: "wide near", title: words.everything }) : null,
    model.learns && filter.search.trim() ? action(words.byMeaning, null, () => act("meaning"), { id: "by-meaning", class: "wide" }) : null,
    element("p", { class: "found" }, words.found(listed.length, listed.filter(isOpen).length)),
    model.blind ? null : action(words.acceptAll(count.all.length), null, acceptMany, { id: "accept-many", class: "wide", disabled: count.all.length === 0 }),
    model.blind ? null : action(words.rejectAll(against.all.length), null, rejectMany, { id: "reject-many", class: "wide", disabled: against.all.length === 0 }),
    isWhole() ? null : action(words.renew, null, () => showRows(), { id: "renew", class: "wide" }),
    model.learns ? lessons() : null,
    interviewChoice(),
  ]));
  if (active) document.getElementById(active)?.focus();
}

function searchField() {
  const oninput = (event) => {
    Object.assign(filter, { search: event.target.value, near: null });
    showRows();
  };
  return [element("label", { for: "search" }, words.searchFor), element("input", { type: "search", id: "search", oninput })];
}

function choices() {
  const ring = (id) => [id, `${words.signs[id]} ${id === "none" ? words.noRing : words.rings[id]}`];
  const told = { auto: !model.blind, learned: model.learns };
  return [
    choice("show", words.show, Object.entries(words.shows).filter(([name]) => told[name] ?? true)),
    model.blind ? null : choice("order", words.order, Object.entries(words.orders)),
    choice("ring", words.ring, [["", words.allRings], ...[...RINGS, "none"].map(ring)]),
    choice("job", words.job, jobOptions()),
  ];
}

function jobOptions() {
  return [["", words.allJobs], ...allJobs().map(({ id, title }) => [id, title]), [NO_JOB, words.jobNone]];
}

/** The choice of a job with the jobs as they are now; one that is gone is not chosen any more. */
function renewJobChoice() {
  if (allJobs().every(({ id }) => id !== filter.job) && filter.job !== NO_JOB) filter.job = null;
  sidebar.querySelector("#choose-job").replaceChildren(...optionsOf("job", jobOptions()));
}

function optionsOf(name, options) {
  return options.map(([value, text]) => element("option", { value, selected: (filter[name] ?? "") === value }, text));
}

function choice(name, label, options) {
  let byMouse = false;
  const onchange = (event) => {
    filter[name] = event.target.value || null;
    showRows();
    if (byMouse) list.element.focus();
  };
  const asked = { onchange, onpointerdown: () => { byMouse = true; }, onkeydown: () => { byMouse = false; } };
  return [element("label", { for: `choose-${name}` }, label), element("select", { id: `choose-${name}`, ...asked }, optionsOf(name, options))];
}

function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Learning: the button, and what has changed by it. */
function lessons() {
  const count = changedByLearning().length;
  return [
    action(learning ? words.learning : labels.learn, learning ? null : keys.learn, () => act("learn"), { id: "learn", class: "wide", disabled: learning }),
    model.learned ? action(words.showLearned(count), null, () => act("showLearned"), { id: "show-learned", class: "wide" }) : null,
    model.learned ? action(words.forget, null, () => act("forget"), { id: "forget", class: "wide", disabled: learning }) : null,
  ];
}

function interviewChoice() {
  const pick = (index) => () => {
    filter.interview = index;
    showFilters(false);
    showRows();
  };
  const entry = (index, name, statements) => {
    const { done, all } = progress(statements);
    return element("li", {}, element("button", { type: "button", id: `interview-${index ?? "all"}`, "aria-pressed": String(filter.interview === index), onclick: pick(index) }, element("span", {}, name), element("small", {}, `${done}/${all}`)));
  };
  return [element("h2", {}, words.interviews), element("ul", { class: "interviews" },
    entry(null, words.allInterviews, model.statements),
    model.interviews.map((interview, index) => entry(index, interview.name, interview.statements)),
  )];
}

/* What can be done. */

function choose(statement) {
  selected = statement;
  list.select(statement);
  showDetail();
}

function move(step) {
  const listed = list.statements().filter((statement) => statement.codable);
  const next = listed[listed.indexOf(selected) + step];
  if (next) choose(next);
}

function nextOpen() {
  const listed = list.statements();
  const from = listed.indexOf(selected);
  const waits = (statement) => isOpen(statement) && (filter.show === "skipped" || !statement.decided?.skipped);
  const behind = listed.findIndex((statement, index) => index > from && waits(statement));
  const next = behind >= 0 ? behind : listed.findIndex(waits);
  if (next < 0 || listed[next] === selected) return say(words.end);
  if (behind < 0) say(words.wrapped);
  choose(listed[next]);
}

/** Shows a decision, then sends it. */
function decide(wish, statements = [selected]) {
  statements.forEach((statement) => foresee(statement, wish, sender.who));
  sender.send("decide", { statements: keysOf(statements), wish });
  statements.length > 1 ? list.refreshAll() : list.refresh(statements[0]);
  showDetail();
  showProgress();
}

const DO = {
  accept: () => {
    if (canAccept(selected)) {
      if (isOpen(selected)) clock();
      decide("accept");
    } else if (isOpen(selected)) return say(words.needRing);
    nextOpen();
  },
  ring: (ring) => {
    if (isOpen(selected)) clock();
    decide({ rings: withRing(selected, ring) });
  },
  none: () => {
    if (isOpen(selected)) clock();
    decide({ rings: [] });
  },
  reason: () => decide({ reason: !shownReason(selected) }),
  flag: () => decide({ flag: !selected.decided?.flagged }),
  skip: () => {
    decide("skip");
    nextOpen();
  },
  reopen: () => decide("reopen"),
  comment: async () => {
    const statement = selected;
    const before = drafts.get(statement.id) ?? statement.decided?.comment ?? "";
    const comment = await askComment(before, (text) => drafts.set(statement.id, text));
    if (comment === null) return;
    drafts.delete(statement.id);
    decide({ comment }, [statement]);
  },
  near: () => {
    const { transcript, span } = selected.key;
    findNear("near", { transcript, ...span }, selected.text);
  },
  merge: () => sender.send("merge", { statement: selected.key }),
  split: async () => {
    const statement = selected;
    const at = await askSplit(statement.text);
    if (at !== null) sender.send("split", { statement: statement.key, at });
  },
  job: () => {
    const job = suggestedJob(selected);
    if (job) shapeJobs({ assign: { id: job.id, statements: [selected.key] } });
    else detail.querySelector("#give-job")?.focus();
  },
};

/** Also without a chosen statement, in both views. */
const ALWAYS = {
  help: () => showHelp(() => {
    showHeader();
    showDetail();
  }),
  undo: () => sender.send("undo", {}),
  redo: () => sender.send("redo", {}),
  learn: () => study("learn", words.lesson),
  forget: () => study("forget", () => words.forgotten),
};

/** Among the statements. */
const LOOK = {
  move,
  nextOpen,
  showLearned: () => {
    filterFor({ show: "learned" });
    showRows();
    list.element.focus();
  },
  search: () => {
    showFilters(true);
    sidebar.querySelector("#search").focus();
  },
  meaning: () => {
    const text = filter.search.trim();
    if (text) findNear("meant", { text }, text);
  },
  everything: () => {
    filterFor({});
    showRows(true);
    list.reveal(selected);
  },
  list: () => {
    showFilters(false);
    list.element.focus();
  },
};

/** In the comparison of two people. */
const COMPARE = {
  side: (name) => {
    const difference = comparison.difference();
    if (!difference) return;
    const { rings, reason } = difference[name];
    const other = difference[name === "first" ? "second" : "first"].reason;
    decide({ settle: { rings, reason: reason ?? other ?? false } }, [find(difference.key, true)]);
    comparison.drop(difference);
  },
  nextOpen: () => comparison.next(),
  move: (step) => comparison.next(step),
};

/** About jobs. */
const JOBS = {
  confirm: async ({ label, members }) => {
    const named = await askJob({ title: label, description: "" });
    if (named) shapeJobs({ confirm: { ...named, statements: keysOf(members) } });
  },
  rename: async (job) => {
    const named = await askJob(job);
    if (named) shapeJobs({ rename: { id: job.id, ...named } });
  },
  mergeJobs: (merge) => shapeJobs({ merge }),
  removeJob: ({ id }) => shapeJobs({ remove: { id } }),
  assign: ({ id, statements }) => shapeJobs({ assign: { id, statements: keysOf(statements) } }),
  release: (statements) => shapeJobs({ release: { statements: keysOf(statements) } }),
  show: (statement) => {
    filterFor({});
    selected = statement;
    view("statements");
    showRows(true);
  },
};

/** Selects these alone. */
function filterFor(wanted) {
  showFilters(false);
  Object.assign(filter, { interview: null, show: "all", ring: null, job: null, order: "talk", search: "", near: null, ...wanted });
  for (const field of sidebar.querySelectorAll("select, input")) field.value = filter[field.id.replace("choose-", "")] ?? "";
}

/** Finds statements by meaning and lists these alone, the nearest first. */
async function findNear(path, parameters, title) {
  try {
    const keys = await sender.ask(path, parameters);
    filterFor({ near: { title, ranks: ranks(keys) } });
    showRows();
    list.element.focus();
  } catch (problem) {
    say(await reason(problem, words.loadFailed));
  }
}

/** Why something did not work, as ringwerk tells it. */
async function reason(problem, otherwise) {
  const answer = problem.json ? await problem.json().catch(() => null) : null;
  return answer ? words.notSaved + answer.message : otherwise;
}

/** Lets ringwerk learn, or forget, while everything else goes on; then says what came of it. */
async function study(path, told) {
  if (!model.learns || learning) return;
  learning = true;
  showTally();
  try {
    const lesson = await sender.demand(path);
    await sender.renew();
    say(told(lesson));
  } catch (problem) {
    say(await reason(problem, words.notLearned));
  }
  learning = false;
  showTally();
}

function keysOf(statements) {
  return statements.map((statement) => statement.key);
}

function shapeJobs(job) {
  sender.send("jobs", { job });
}

function act(name, value) {
  if (name in ALWAYS) ALWAYS[name](value);
  else if (name in JOBS) JOBS[name](value);
  else if (!comparison.element.hidden && name in COMPARE) COMPARE[name](value);
  else if (name === "speaker") changeSpeaker(value);
  else if (desk.hidden) return;
  else if (name in LOOK) LOOK[name](value);
  else if (selected) DO[name]?.(value);
}

function nothing({ path }) {
  say(path === "undo" ? words.nothingToUndo : words.nothingToRedo);
}

/** Somebody else says this turn, or the speaker asks instead of answering. */
async function changeSpeaker(statement) {
  if (model.blind) return;
  const speaker = speakerOf(statement);
  const others = interviewOf(statement).speakers.filter((other) => other !== speaker);
  const { role, name } = (await askSpeaker(speaker, others)) ?? {};
  if (role && role !== speaker.role) sender.send("role", { transcript: statement.key.transcript, speaker: speaker.name, role });
  if (name && name !== speaker.name) sender.send("speaker", { statement: statement.key, speaker: name });
}

async function acceptMany() {
  const count = acceptable(list.statements());
  const which = await askBulk(count);
  if (!which) return;
  decide("accept", count[which]);
  say(`${words.bulkDone(count[which].length)} ${labels.undo}: ${keys.undo}`);
}

async function rejectMany() {
  const count = rejectable(list.statements());
  const which = await askReject(count);
  if (!which) return;
  decide("reject", count[which]);
  say(`${words.rejectDone(count[which].length)} ${labels.undo}: ${keys.undo}`);
}

async function nameWho() {
  if (model.blind) return;
  const name = await askWho(sender.who, model.people);
  if (name) sender.setWho(name);
  takeKeysOf(sender.who);
  showHeader();
  showDetail();
  showProgress();
}

/* What comes back. */

async function changed(changes, job) {
  const undone = job?.path === "undo" ? model.undo : null;
  if (undone) say(words.undone(undone.statements));
  if (job?.path === "redo") say(words.redone);
  if (changes.reload || changes.run !== model.run) return reload();
  const touched = take(changes);
  foreseeAgain();
  if (undone?.statements === 1) choose(find(undone.first) ?? selected);
  if (touched.length === 0) return;
  if (job?.path !== "decide") showComparison();
  touched.length > 20 ? list.refreshAll() : touched.forEach((statement) => list.refresh(statement));
  if (undone || touched.includes(selected)) showDetail();
  showBoard();
  showProgress();
}

/** What waits to be sent is still shown as decided. */
function foreseeAgain() {
  for (const { path, body } of sender.jobs) {
    if (path !== "decide") continue;
    for (const key of body.statements) {
      const statement = find(key);
      if (statement) foresee(statement, body.wish, body.who);
    }
  }
}

function refused(message, job) {
  const comment = job?.body.wish?.comment;
  say(words.notSaved + message + (comment ? ` („${comment}“)` : ""), Boolean(job));
  if (job) return reload();
}

async function reload() {
  const [key, top] = [selected?.key, list.element.scrollTop];
  fill(await sender.reload());
  renewJobChoice();
  foreseeAgain();
  selected = key ? find(key) : null;
  showRows(true);
  list.element.scrollTop = top;
  if (selected) list.reveal(selected);
  showBoard();
  map.open();
  showComparison();
}

async function start() {
  try {
    fill(await sender.load());
  } catch (problem) {
    const forbidden = problem.status === 401 || problem.status === 403;
    app.replaceChildren(element("p", { class: "loading", role: "alert" }, forbidden ? words.forbidden : words.loadFailed));
    if (!forbidden) setTimeout(start, 2000);
    return;
  }
  if (model.blind) sender.who = model.blind;
  takeKeysOf(sender.who);
  build();
  showRows();
  showStatus();
  listen(act);
  if (!sender.who) await nameWho();
  sender.restore();
  foreseeAgain();
  showRows(true);
  list.element.focus();
}

start();
