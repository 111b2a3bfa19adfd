// Jobs as a board: what people confirmed, what the project's list names, and what the engine gathered as candidates.

import { button, element } from "./elements.js";
import { handle } from "./drag.js";
import { allJobs, find, interviewOf, model, NO_JOB, OPEN, placeOf, suggestedJob } from "./model.js";
import { words } from "./words.js";

const FEW = 3;

/** The board; `act(name, value)` does what buttons, choices and dragging say. */
export function board(act) {
  const candidates = model.candidates.map(openMembers).filter((candidate) => candidate.members.length > 0);
  return [
    element("p", { class: "intro" }, words.jobsIntro),
    element("h2", {}, words.confirmedJobs(model.jobs.length)),
    model.jobs.length ? null : element("p", { class: "note" }, words.noJobs),
    element("div", { class: "cards" }, model.jobs.map((job) => jobCard(job, act)), noJobCard(act)),
    model.listed.length ? [element("h2", {}, words.listedJobs(model.listed.length)), element("div", { class: "cards" }, model.listed.map((job) => listedCard(job, act)))] : null,
    element("section", { "data-job": OPEN, class: "open-jobs" },
      element("h2", {}, words.candidateJobs(candidates.length)),
      element("p", { class: "note" }, words.dropOpen),
      element("div", { class: "cards" }, candidates.map((candidate) => candidateCard(candidate, act))),
    ),
  ];
}

/** The statements that people gave to a job; to none for `null`. */
function membersOf(id) {
  return model.statements.filter((statement) => statement.decided?.job && statement.decided.job.id === id);
}

/** A candidate with the members that nobody gave to a job yet, the typical ones first. */
function openMembers(candidate) {
  const keys = [...candidate.quotes, ...candidate.members];
  const members = [...new Set(keys.map((key) => find(key, true)))].filter((statement) => statement && !statement.decided?.job);
  return { ...candidate, members };
}

function jobCard(job, act) {
  const members = membersOf(job.id);
  const others = model.jobs.filter((other) => other !== job);
  const shaping = [
    button(words.rename, () => act("rename", job)),
    others.length ? pick(words.mergeWith, others, (into) => act("mergeJobs", { from: job.id, into })) : null,
    button(words.noJob, () => act("removeJob", job)),
  ];
  return element("article", { class: "card confirmed", "data-job": job.id },
    title(job),
    voices(members),
    quotes(members, act),
    suggestions(job, act),
    model.blind ? null : element("div", { class: "buttons" }, shaping),
  );
}

/** A job of the project's list: giving a statement to it confirms it. */
function listedCard(job, act) {
  return element("article", { class: "card", "data-job": job.id }, title(job), suggestions(job, act));
}

function noJobCard(act) {
  const members = membersOf(null);
  return element("article", { class: "card", "data-job": NO_JOB }, element("h3", {}, words.jobNone), members.length ? voices(members) : null, quotes(members, act));
}

function title(job) {
  return [element("h3", {}, job.title), job.description ? element("p", {}, job.description) : null];
}

/** The statements for which the engine suggests this job, to be looked at and given to it at once. */
function suggestions(job, act) {
  const statements = model.statements.filter((statement) => suggestedJob(statement)?.id === job.id);
  if (statements.length === 0) return null;
  return element("details", {},
    element("summary", {}, words.suggestedFor(statements.length)),
    element("ul", {}, statements.map((statement) => line(statement, act))),
    button(words.giveAll(statements.length), () => act("assign", { id: job.id, statements })),
  );
}

function candidateCard(candidate, act) {
  const { label, terms, members } = candidate;
  return element("article", { class: "card" },
    element("h3", {}, label || words.noTerms),
    terms.length ? element("p", {}, element("small", {}, terms.join(", "))) : null,
    voices(members),
    quotes(members, act),
    element("div", { class: "buttons" },
      button(words.confirmJob, () => act("confirm", candidate), { class: "primary" }),
      allJobs().length ? pick(words.addTo, allJobs(), (id) => act("assign", { id, statements: members })) : null,
    ),
  );
}

/** How many statements, of how many interviews: what one person says often counts once. */
function voices(members) {
  return element("p", {}, element("b", {}, words.voices(members.length, new Set(members.map((one) => one.interview)).size)));
}

function quotes(members, act) {
  const rest = members.slice(FEW);
  return [
    element("ul", {}, members.slice(0, FEW).map((statement) => line(statement, act))),
    rest.length ? element("details", {}, element("summary", {}, words.moreQuotes(rest.length)), element("ul", {}, rest.map((statement) => line(statement, act)))) : null,
  ];
}

/** A statement: dragged by its handle, shown by a click, given to a job by the choice. */
function line(statement, act) {
  const quote = `„${statement.text}“`;
  return element("li", {},
    handle(quote, (place) => give(statement, place, act)),
    element("button", { type: "button", class: "quote", lang: "de", title: words.showIt, onclick: () => act("show", statement) }, `${quote} `, element("small", {}, interviewOf(statement).name)),
    jobChoice(statement, act),
  );
}

/** Gives a statement to the job with this id, to none, or back to the open ones; nothing where that is so already. */
function give(statement, place, act) {
  if (place === placeOf(statement)) return;
  if (place === OPEN) act("release", [statement]);
  else act("assign", { id: place === NO_JOB ? null : place, statements: [statement] });
}

/** To which job a statement speaks, to be changed. */
export function jobChoice(statement, act, attributes = {}) {
  const now = placeOf(statement);
  const options = [[OPEN, words.jobOpen], ...allJobs().map((one) => [one.id, one.title]), [NO_JOB, words.jobNone]];
  const onchange = ({ target }) => give(statement, target.value, act);
  return element("select", { "aria-label": words.job, onchange, ...attributes }, options.map(([value, text]) => element("option", { value, selected: value === now }, text)));
}

/** A choice of a job that acts at once. */
function pick(label, jobs, choose) {
  const options = jobs.map((job) => element("option", { value: job.id }, job.title));
  return element("select", { "aria-label": label, onchange: (event) => choose(event.target.value) }, element("option", { value: "", selected: true, disabled: true }, label), options);
}
