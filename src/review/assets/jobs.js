// Jobs as a board: what people confirmed, and what the engine gathered as candidates.

import { element } from "./elements.js";
import { find, interviewOf, model } from "./model.js";
import { words } from "./words.js";

const FEW = 3;

/** The board; `act(name, value)` does what buttons and choices say. */
export function board(act) {
  const candidates = model.candidates.map(openMembers).filter((candidate) => candidate.members.length > 0);
  return [
    element("p", { class: "intro" }, words.jobsIntro),
    element("h2", {}, words.confirmedJobs(model.jobs.length)),
    model.jobs.length ? element("div", { class: "cards" }, model.jobs.map((job) => jobCard(job, act))) : element("p", { class: "note" }, words.noJobs),
    element("h2", {}, words.candidateJobs(candidates.length)),
    element("div", { class: "cards" }, candidates.map((candidate) => candidateCard(candidate, act))),
  ];
}

/** The statements of a confirmed job. */
function membersOf(job) {
  return model.statements.filter((statement) => statement.decided?.job?.id === job.id);
}

/** A candidate with the members that nobody gave to a job yet, the typical ones first. */
function openMembers(candidate) {
  const keys = [...candidate.quotes, ...candidate.members];
  const members = [...new Set(keys.map((key) => find(key, true)))].filter((statement) => statement && !statement.decided?.job);
  return { ...candidate, members };
}

function jobCard(job, act) {
  const members = membersOf(job);
  const others = model.jobs.filter((other) => other !== job);
  return element("article", { class: "card confirmed" },
    element("h3", {}, job.title),
    job.description ? element("p", {}, job.description) : null,
    voices(members),
    quotes(members, act),
    element("div", { class: "buttons" },
      button(words.rename, () => act("rename", job)),
      others.length ? pick(words.mergeWith, others, (into) => act("mergeJobs", { from: job.id, into })) : null,
      button(words.noJob, () => act("removeJob", job)),
    ),
  );
}

function candidateCard(candidate, act) {
  const { label, terms, members } = candidate;
  return element("article", { class: "card" },
    element("h3", {}, label),
    element("p", {}, element("small", {}, terms.join(", "))),
    voices(members),
    quotes(members, act),
    element("div", { class: "buttons" },
      button(words.confirmJob, () => act("confirm", candidate), { class: "primary" }),
      model.jobs.length ? pick(words.addTo, model.jobs, (id) => act("assign", { id, statements: members })) : null,
    ),
  );
}

/** How many statements, of how many interviews: what one person says often counts once. */
function voices(members) {
  return element("p", {}, element("b", {}, words.voices(members.length, new Set(members.map((one) => one.interview)).size)));
}

function quotes(members, act) {
  const line = (statement) => element("li", {},
    element("button", { type: "button", class: "quote", lang: "de", title: words.showIt, onclick: () => act("show", statement) }, `„${statement.text}“ `, element("small", {}, interviewOf(statement).name)),
    jobChoice(statement, act),
  );
  const rest = members.slice(FEW);
  return [
    element("ul", {}, members.slice(0, FEW).map(line)),
    rest.length ? element("details", {}, element("summary", {}, words.moreQuotes(rest.length)), element("ul", {}, rest.map(line))) : null,
  ];
}

/** To which job a statement speaks, to be changed. */
export function jobChoice(statement, act) {
  const { job } = statement.decided ?? {};
  const now = !job ? "" : job.id === null ? "none" : `job ${job.id}`;
  const options = [["", words.jobOpen], ...model.jobs.map((one) => [`job ${one.id}`, one.title]), ["none", words.jobNone]];
  const onchange = ({ target: { value } }) => {
    if (value === "") act("release", [statement]);
    else act("assign", { id: value === "none" ? null : value.slice(4), statements: [statement] });
  };
  return element("select", { "aria-label": words.job, onchange }, options.map(([value, text]) => element("option", { value, selected: value === now }, text)));
}

function button(label, press, attributes = {}) {
  return element("button", { type: "button", onclick: press, ...attributes }, label);
}

/** A choice of a job that acts at once. */
function pick(label, jobs, choose) {
  const options = jobs.map((job) => element("option", { value: job.id }, job.title));
  return element("select", { "aria-label": label, onchange: (event) => choose(event.target.value) }, element("option", { value: "", selected: true, disabled: true }, label), options);
}
