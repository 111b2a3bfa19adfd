// The chosen statement in full: what is suggested and why, and everything that can be done with it.

import { action, chip, element, marked, present } from "./elements.js";
import { jobChoice } from "./jobs.js";
import { keys } from "./keys.js";
import { allJobs, canAccept, interviewOf, isDecided, model, previousOf, questionTo, shortTime, shownReason, shownRings, speakerOf, suggestedJob, suggestedRings, turnOf } from "./model.js";
import { RINGS, words } from "./words.js";

const { labels } = words;

/** The panel for a statement; `act(name, value)` does what a button says. */
export function panel(statement, act) {
  if (!statement) return [element("p", { class: "empty" }, words.choose)];
  return [
    heading(statement, act),
    context(statement, act),
    quote(statement),
    suggestion(statement),
    action(canAccept(statement) ? labels.accept : labels.goOn, keys.accept, () => act("accept"), { class: "primary" }),
    rings(statement, act),
    reason(statement, act),
    allJobs().length ? job(statement, act) : null,
    more(statement, act),
    remark(statement),
    why(statement),
  ];
}

/** Where it was said, and by whom. */
export function heading(statement, act) {
  return element("div", { class: "heading" }, element("strong", {}, interviewOf(statement).name), speakerButton(statement, act), element("span", { class: "time" }, turnOf(statement).time));
}

/** What was said right before. */
export function context(statement, act) {
  const before = previousOf(statement);
  if (before) return element("p", { class: "context" }, element("b", {}, words.before, ": "), before.text);
  const asked = questionTo(statement);
  if (asked.length === 0) return null;
  return element("p", { class: "context" }, speakerButton(asked[0], act), asked.map((one) => one.text).join(" "));
}

function speakerButton(statement, act) {
  const { name, role } = speakerOf(statement);
  return action(`${name} ${words.roles[role]}`, null, () => act("speaker", statement), { class: "speaker", title: words.changeRole(name) });
}

function quote(statement) {
  const { suggestion } = statement;
  const marks = (suggestion?.words ?? []).map((span) => [...span, "weighed"]);
  const reason = suggestion?.reason.span && shownReason(statement);
  if (reason) marks.push([...suggestion.reason.span, "reason"]);
  return element("blockquote", { lang: "de" }, marked(statement.text, marks), reason ? element("small", {}, words.reasonLegend) : null);
}

function suggestion(statement) {
  const { suggestion } = statement;
  if (!suggestion) return element("p", { class: "note" }, model.blind ? words.blindNote : words.noSuggestion);
  const [first, second] = suggestion.rings;
  const none = !first.suggested;
  const row = (ring) =>
    element("li", {}, chip(ring.id, words, false), element("span", {}, `${words.chance(ring.p)} (${words.percent(ring.p)})`));
  const sure = element("span", { class: suggestion.auto ? "sure" : "unsure" }, suggestion.auto ? `✓ ${words.sure}` : `? ${words.unsure}`);
  return element("section", { class: "suggestion" }, element("h3", {}, words.suggestion, " ", sure), none ? element("p", {}, words.suggestsNone) : null, element("ul", {}, row(first), row(second)), learned(statement));
}

/** What was suggested before learning, where that was something else. */
function learned(statement) {
  const { before, suggestion } = statement;
  if (!before) return null;
  const title = (id) => allJobs().find((job) => job.id === id)?.title ?? words.jobNone;
  const same = before.rings.join() === suggestedRings(statement).join();
  const rings = same ? null : (before.rings.length ? before.rings : [null]).map((ring) => chip(ring, words, false));
  const reason = before.reason === suggestion.reason.suggested ? null : before.reason ? words.reasonIs : words.reasonIsNot;
  const job = before.job === (suggestion.job?.id ?? null) || !allJobs().length ? null : title(before.job);
  return element("p", { class: "learned" }, words.beforeLearning, present([rings, reason, job]).map((part, index) => [index ? " · " : "", part]));
}

function rings(statement, act) {
  const set = shownRings(statement);
  const open = !isDecided(statement);
  const button = (ring, key, press) => {
    const pressed = ring ? set.includes(ring) : set.length === 0 && Boolean(statement.suggestion || !open);
    const state = !pressed ? "" : open ? " suggested" : " set";
    const place = pressed && set.length === 2 ? ` ${set.indexOf(ring) + 1}.` : "";
    const content = [element("i", { "aria-hidden": "true" }, words.signs[ring || "none"]), (ring ? words.rings[ring] : words.noRing) + place];
    return action(content, key, press, { class: `ring ring-${ring || "none"}${state}`, "aria-pressed": String(pressed && !open), title: ring ? words.asks[ring] : null });
  };
  const buttons = RINGS.map((ring) => button(ring, keys[ring], () => act("ring", ring)));
  const status = open ? words.undecided : words.by(statement.decided.who, shortTime(statement.decided.at));
  return element("section", {}, element("h3", {}, words.your, " ", element("small", {}, status)), element("div", { class: "rings" }, buttons, button(null, keys.none, () => act("none"))));
}

function reason(statement, act) {
  const says = shownReason(statement);
  const decided = (statement.decided?.reason ?? null) !== null;
  const text = says ? words.reasonIs : words.reasonIsNot;
  return action([labels.reason, ": ", element("span", {}, decided ? text : `${text}?`)], keys.reason, () => act("reason"), { class: `wide${decided ? " set" : ""}`, "aria-pressed": String(says) });
}

function job(statement, act) {
  const suggested = suggestedJob(statement);
  const percent = suggested ? words.percent(statement.suggestion.job.p) : "";
  const give = suggested ? action(`${suggested.title}? (${percent})`, keys.job, () => act("job"), { class: "wide suggested" }) : null;
  return element("div", { class: "job" }, give, jobChoice(statement, act, { id: "give-job" }));
}

function more(statement, act) {
  const { decided } = statement;
  const button = (name, attributes) => action(labels[name], keys[name], () => act(name), attributes);
  return element("section", {}, element("h3", {}, words.more), element("div", { class: "more" },
    button("skip", { "aria-pressed": String(Boolean(decided?.skipped)) }),
    button("flag", { "aria-pressed": String(Boolean(decided?.flagged)) }),
    button("comment", { "aria-pressed": String(Boolean(decided?.comment)) }),
    model.blind ? null : [button("merge"), button("split"), button("near")],
    button("reopen", { disabled: !isDecided(statement) && !decided?.skipped }),
  ));
}

function remark(statement) {
  const comment = statement.decided?.comment;
  return comment ? element("p", { class: "remark" }, element("b", {}, labels.comment, ": "), comment) : null;
}

function why(statement) {
  const { suggestion } = statement;
  if (!suggestion || (suggestion.words.length === 0 && suggestion.similar.length === 0)) return null;
  const weighed = suggestion.words.map(([start, end]) => `„${statement.text.slice(start, end)}“`).join(", ");
  const similar = suggestion.similar.map(({ example }) => {
    const { text, rings } = model.examples[example];
    return element("li", { lang: "de" }, `„${text}“ `, (rings.length ? rings : [null]).map((ring) => chip(ring, words, false)));
  });
  return element("section", { class: "why" }, element("h3", {}, words.why),
    weighed ? element("p", {}, words.weighed, element("span", { lang: "de" }, weighed)) : null,
    similar.length ? [element("p", {}, words.similar), element("ul", {}, similar)] : null,
  );
}
