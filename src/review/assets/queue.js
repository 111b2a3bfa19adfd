// Which statements are shown, in which order, and how far the work is.

import { isDecided, isOpen, model, placeOf, shownRings, suggestedJob, suggestedRings } from "./model.js";

/** `near` are statements found by meaning: `{ title, ranks }`, the nearest with rank 0. */
export const filter = { interview: null, show: "all", ring: null, job: null, order: "talk", search: "", near: null };

const SHOWS = {
  all: () => true,
  open: isOpen,
  auto: (statement) => isOpen(statement) && Boolean(statement.suggestion?.auto),
  decided: isDecided,
  skipped: (statement) => isOpen(statement) && Boolean(statement.decided?.skipped),
  flagged: (statement) => Boolean(statement.decided?.flagged),
  commented: (statement) => Boolean(statement.decided?.comment),
  learned: (statement) => Boolean(statement.before),
};

/** Whether transcripts are shown whole, questions included. */
export function isWhole() {
  return filter.show === "all" && filter.ring === null && filter.job === null && filter.order === "talk" && !filter.search.trim() && !filter.near;
}

/** The rows of the list: `{ interview }`, `{ turn, statement }` above a turn, `{ statement }`. */
export function rows() {
  return isWhole() ? wholeRows() : foundRows();
}

function wholeRows() {
  const made = [];
  model.interviews.forEach((interview, index) => {
    if (filter.interview !== null && filter.interview !== index) return;
    made.push({ interview });
    let turn = -1;
    for (const statement of interview.statements) {
      if (statement.turn !== turn) made.push({ turn: statement.turn, statement });
      turn = statement.turn;
      made.push({ statement, alone: false });
    }
  });
  return made;
}

function foundRows() {
  const made = [];
  let interview = null;
  for (const statement of sorted(model.statements.filter(fits))) {
    if (filter.order === "talk" && !filter.near && interview !== statement.interview) {
      interview = statement.interview;
      made.push({ interview: model.interviews[interview] });
    }
    made.push({ statement, alone: true });
  }
  return made;
}

function fits(statement) {
  if (!statement.codable || (filter.interview !== null && statement.interview !== filter.interview)) return false;
  const rings = shownRings(statement);
  const ring = filter.ring === null || (filter.ring === "none" ? rings.length === 0 : rings.includes(filter.ring));
  if (filter.job !== null && filter.job !== (suggestedJob(statement)?.id ?? placeOf(statement))) return false;
  if (filter.near && !filter.near.ranks.has(statement.id)) return false;
  const search = filter.search.trim().toLocaleLowerCase();
  return ring && SHOWS[filter.show](statement) && statement.text.toLocaleLowerCase().includes(search);
}

function sorted(statements) {
  const sure = (statement) => statement.suggestion?.confidence ?? 0;
  if (filter.order === "unsure") return statements.sort((a, b) => sure(a) - sure(b));
  if (filter.order === "sure") return statements.sort((a, b) => sure(b) - sure(a));
  if (filter.near) return statements.sort((a, b) => filter.near.ranks.get(a.id) - filter.near.ranks.get(b.id));
  return statements;
}

/** How many statements are to be decided, and how many of them are. */
export function progress(statements = model.statements) {
  const codable = statements.filter((statement) => statement.codable);
  return { all: codable.length, done: codable.filter(isDecided).length };
}

/** Open statements of a list that can be accepted at once: all, the sure ones, and how many were put aside. */
export function acceptable(listed) {
  const open = listed.filter((statement) => isOpen(statement) && statement.suggestion);
  const all = open.filter((statement) => !statement.decided?.skipped);
  return { all, sure: all.filter((statement) => statement.suggestion.auto), aside: open.length - all.length };
}

/** Open statements of a list whose suggested rings can be rejected at once: all, the unsure ones, and how many were put aside. */
export function rejectable(listed) {
  const { all, aside } = acceptable(listed.filter((statement) => suggestedRings(statement).length > 0));
  return { all, unsure: all.filter((statement) => !statement.suggestion.auto), aside };
}

const LONGEST_PAUSE = 120_000;
const LEAST = 8;
const gaps = [];
let before = null;

/** Notes that one statement was decided, for the estimate; longer pauses do not count. */
export function clock() {
  const now = Date.now();
  if (before !== null && now - before < LONGEST_PAUSE) gaps.push(now - before);
  before = now;
}

/** Seconds that a decision takes, in the middle of the last thirty; `null` as long as there are too few. */
export function pace() {
  if (gaps.length < LEAST) return null;
  const last = gaps.slice(-30).sort((a, b) => a - b);
  return last[Math.floor(last.length / 2)] / 1000;
}
