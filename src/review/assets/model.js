// The project as the page knows it: statements with suggestions and what is decided.

import { words } from "./words.js";

export const model = {
  project: "",
  people: [],
  interviews: [],
  statements: [],
  examples: [],
  blind: null,
  learns: false,
  learned: false,
  jobs: [],
  listed: [],
  candidates: [],
  run: 0,
  last: 0,
  undo: null,
  redo: [],
};

const byKey = new Map();

/** What names a statement, as one word. */
export function keyOf({ transcript, span }) {
  return `${transcript}:${span.start}:${span.end}`;
}

/** Takes a whole project in. */
export function fill(overview) {
  const { project, blind, learns, learned, examples, jobs, listed, candidates } = overview;
  Object.assign(model, { project, blind, learns, learned, examples, jobs, listed, candidates, statements: [] });
  byKey.clear();
  model.interviews = overview.interviews;
  overview.interviews.forEach((interview, index) => {
    interview.statements.forEach((statement, place) => {
      statement.interview = index;
      statement.place = place;
      statement.key = { transcript: interview.key, span: { start: statement.start, end: statement.end } };
      statement.id = keyOf(statement.key);
      statement.codable = speakerOf(statement).role === "respondent";
      byKey.set(statement.id, statement);
      model.statements.push(statement);
    });
  });
  note(overview);
}

/** Takes changes in; returns the statements that are decided otherwise now. */
export function take(changes) {
  note(changes);
  const touched = [];
  for (const { key, decided } of changes.decided) {
    const statement = byKey.get(keyOf(key));
    if (!statement) continue;
    statement.decided = decided;
    touched.push(statement);
  }
  return touched;
}

function note({ run, last, people, undo, redo }) {
  Object.assign(model, { run, last, people, undo, redo });
}

/** The statement with this key; where there is none and `exactly` does not forbid it, the one that begins last before it. */
export function find(key, exactly = false) {
  const exact = byKey.get(keyOf(key));
  if (exact || exactly) return exact ?? null;
  const interview = model.interviews.find((one) => one.key === key.transcript);
  return interview?.statements.findLast((statement) => statement.start <= key.span.start) ?? null;
}

export function interviewOf(statement) {
  return model.interviews[statement.interview];
}

export function turnOf(statement) {
  return interviewOf(statement).turns[statement.turn];
}

export function speakerOf(statement) {
  const interview = interviewOf(statement);
  return interview.speakers[interview.turns[statement.turn].speaker];
}

/** The rings that the engine suggests. */
export function suggestedRings(statement) {
  return (statement.suggestion?.rings ?? []).filter((ring) => ring.suggested).map((ring) => ring.id).slice(0, 2);
}

/** The rings to show: the decided ones, else the suggested ones. */
export function shownRings(statement) {
  return statement.decided?.rings ?? suggestedRings(statement);
}

/** Whether it says why, as decided, else as suggested. */
export function shownReason(statement) {
  return statement.decided?.reason ?? statement.suggestion?.reason.suggested ?? false;
}

export function isDecided(statement) {
  return Boolean(statement.decided?.rings);
}

export function isOpen(statement) {
  return statement.codable && !isDecided(statement);
}

/** The jobs that can be given: the confirmed ones, then those of the project's list. */
export function allJobs() {
  return [...model.jobs, ...model.listed];
}

export const NO_JOB = "none";
export const OPEN = "";

/** To which job a statement speaks, as decided: a job's id, `NO_JOB`, or `OPEN`. */
export function placeOf({ decided }) {
  if (!decided?.job) return OPEN;
  return decided.job.id ?? NO_JOB;
}

/** The suggested job of a statement for which nobody has decided on a job. */
export function suggestedJob(statement) {
  const { suggestion, decided } = statement;
  return suggestion?.job && !decided?.job ? allJobs().find((job) => job.id === suggestion.job.id) : null;
}

/** Whether accepting would decide anything. */
export function canAccept(statement) {
  const { suggestion, decided } = statement;
  return Boolean(suggestion) && statement.codable && (!decided?.rings || decided.reason === null);
}

/** Which place each of the statements with these keys has among them. */
export function ranks(keys) {
  return new Map(keys.map((key, rank) => [keyOf(key), rank]));
}

/** The statements for which something else is suggested than before learning. */
export function changedByLearning() {
  return model.statements.filter((statement) => statement.codable && statement.before);
}

/** Shows a decision before it is stored. `wish` is what is sent. */
export function foresee(statement, wish, who) {
  const empty = { rings: null, reason: null, job: null, flagged: false, comment: null, skipped: false };
  const decided = { ...empty, ...statement.decided, who, at: new Date().toISOString() };
  if (wish === "accept") {
    decided.rings ??= suggestedRings(statement);
    decided.reason ??= statement.suggestion?.reason.suggested ?? false;
    decided.skipped = false;
  } else if (wish === "reject") decided.rings ??= [];
  else if (wish === "skip") decided.skipped = true;
  else if (wish === "reopen") Object.assign(decided, { rings: null, reason: null, job: null, skipped: false });
  else if ("rings" in wish) Object.assign(decided, { rings: wish.rings, skipped: false });
  else if ("settle" in wish) Object.assign(decided, { ...wish.settle, skipped: false });
  else if ("reason" in wish) decided.reason = wish.reason;
  else if ("flag" in wish) decided.flagged = wish.flag;
  else if ("comment" in wish) decided.comment = wish.comment.trim() || null;
  statement.decided = decided;
}

/** The rings after a person pressed the key of one: it is added, replaces two, or goes where it was there. */
export function withRing(statement, ring) {
  const now = statement.decided?.rings ?? [];
  if (now.includes(ring)) return now.filter((one) => one !== ring);
  return now.length === 1 ? [...now, ring] : [ring];
}

/** The statements of the turn right before. */
export function questionTo(statement) {
  return interviewOf(statement).statements.filter((one) => one.turn === statement.turn - 1);
}

/** The previous statement of the same turn. */
export function previousOf(statement) {
  const before = interviewOf(statement).statements[statement.place - 1];
  return before && before.turn === statement.turn ? before : null;
}

/** The time of an instant, short. */
export function shortTime(at) {
  return new Date(at).toLocaleString(words.locale, { day: "numeric", month: "numeric", hour: "2-digit", minute: "2-digit" });
}
