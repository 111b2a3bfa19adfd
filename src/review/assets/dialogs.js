// Questions that the page asks. Escape closes each; the keyboard stays inside while one is open.

import { button, element, keyCap } from "./elements.js";
import { keySheet } from "./keysheet.js";
import { words } from "./words.js";

/** Opens a dialog; resolves with what `finish` is called with, or `null`. `fill(finish)` makes its content. */
function ask(title, fill, closable = true) {
  return new Promise((resolve) => {
    let answer = null;
    const finish = (value) => {
      answer = value;
      dialog.close();
    };
    const dialog = element("dialog", { "aria-labelledby": "dialog-title" }, element("h2", { id: "dialog-title" }, title), fill(finish));
    if (!closable) dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.scrollTop = 0;
  });
}

function buttons(...made) {
  return element("div", { class: "buttons" }, made);
}

function form(submit, ...children) {
  const onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  return element("form", { onsubmit }, children);
}

/** Who decides; asked until there is a name. */
export function askWho(who, people) {
  const known = element("datalist", { id: "people" }, people.map((name) => element("option", { value: name })));
  const field = element("input", { type: "text", id: "who", value: who, required: true, maxlength: "80", autocomplete: "name", list: "people", autofocus: true });
  return ask(words.whoTitle, (finish) => form(
    () => field.value.trim() && finish(field.value.trim()),
    element("p", {}, words.whoText),
    element("label", { for: "who" }, words.who), field, known,
    buttons(element("button", { class: "primary" }, words.begin)),
  ), Boolean(who));
}

/** A remark. What was typed and not saved comes back through `draft(text)`. */
export function askComment(text, draft) {
  const onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  };
  const field = element("textarea", { rows: "5", id: "comment", autofocus: true, onkeydown, oninput: () => draft(field.value) });
  field.value = text;
  return ask(words.commentTitle, (finish) => form(
    () => finish(field.value),
    element("label", { for: "comment" }, words.commentHint), field,
    buttons(element("button", { class: "primary" }, words.save), button(words.cancel, () => finish(null))),
  ));
}

/** Where a statement is split: the place of the word with which the second part begins. */
export function askSplit(text) {
  const places = [...text.matchAll(/\S+/g)].map((match) => match.index).filter((place) => text.slice(0, place).trim());
  const onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = [...event.currentTarget.querySelectorAll("button")];
    if (step) all[all.indexOf(document.activeElement) + step]?.focus();
  };
  return ask(words.splitTitle, (finish) => {
    const cut = (place, index) => {
      const end = places[index + 1] ?? text.length;
      return [button(text.slice(place, end).trimEnd(), () => finish(place), { class: "word", autofocus: index === 0 }), " "];
    };
    return [
      element("p", {}, words.splitText),
      element("p", { class: "words", lang: "de", onkeydown }, text.slice(0, places[0] ?? text.length), places.map(cut)),
      buttons(button(words.cancel, () => finish(null))),
    ];
  });
}

/** Whether somebody else says this turn, `{ name }`, or the speaker does something else throughout, `{ role }`. */
export function askSpeaker(speaker, others) {
  const field = element("input", { type: "text", id: "speaker", required: true, maxlength: "80" });
  const roles = ["respondent", "interviewer"];
  return ask(words.speakerTitle(speaker.name), (finish) => [
    element("p", {}, words.speakerText(speaker.name)),
    buttons(roles.map((role) => button(words.roles[role], () => finish({ role }), { class: role === speaker.role ? "primary" : "", autofocus: role === speaker.role }))),
    element("p", {}, words.turnText),
    buttons(others.map((other) => button(`${other.name} ${words.roles[other.role]}`, () => finish({ name: other.name })))),
    form(
      () => field.value.trim() && finish({ name: field.value.trim() }),
      element("label", { for: "speaker" }, words.newSpeaker), field,
      buttons(element("button", {}, words.giveTurn), button(words.cancel, () => finish(null))),
    ),
  ]);
}

/** Which suggestions of the selection are accepted: `"all"`, `"sure"`. */
export function askBulk({ all, sure, aside }) {
  return ask(words.bulkTitle, (finish) => [
    element("p", {}, words.bulkText(all.length, sure.length)),
    aside ? element("p", {}, words.bulkUntouched(aside)) : null,
    element("p", {}, words.bulkUndo),
    buttons(
      button(words.bulkSure(sure.length), () => finish("sure"), { class: "primary", disabled: sure.length === 0 }),
      all.length > sure.length ? button(words.bulkAll(all.length), () => finish("all")) : null,
      button(words.cancel, () => finish(null), { autofocus: true }),
    ),
  ]);
}

/** Which suggestions of the selection are rejected: `"all"`, `"unsure"`. */
export function askReject({ all, unsure, aside }) {
  return ask(words.rejectTitle, (finish) => [
    element("p", {}, words.rejectText(all.length, unsure.length)),
    aside ? element("p", {}, words.bulkUntouched(aside)) : null,
    element("p", {}, words.bulkUndo),
    buttons(
      button(words.rejectUnsure(unsure.length), () => finish("unsure"), { class: "primary", disabled: unsure.length === 0 }),
      all.length > unsure.length ? button(words.bulkAll(all.length), () => finish("all")) : null,
      button(words.cancel, () => finish(null), { autofocus: true }),
    ),
  ]);
}

/** Title and description of a job. */
export function askJob(job) {
  const title = element("input", { type: "text", id: "job-title", value: job.title, required: true, maxlength: "200", autofocus: true });
  const description = element("textarea", { id: "job-description", rows: "3" });
  description.value = job.description;
  return ask(words.jobTitle, (finish) => form(
    () => title.value.trim() && finish({ title: title.value.trim(), description: description.value.trim() }),
    element("label", { for: "job-title" }, words.jobHint), title,
    element("label", { for: "job-description" }, words.jobDescription), description,
    buttons(element("button", { class: "primary" }, words.save), button(words.cancel, () => finish(null))),
  ));
}

/** The sheet of keys; `changed()` is told when one was changed. */
export function showHelp(changed) {
  return ask(words.helpTitle, (finish) => [
    element("p", {}, words.helpEnter, " ", words.helpMouse),
    keySheet(changed),
    buttons(button([words.close, " ", keyCap("Esc")], () => finish(null), { autofocus: true })),
  ]);
}
