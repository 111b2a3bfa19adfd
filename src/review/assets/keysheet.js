// The sheet of keys: shows what each key does, and lets a person change it.

import { button, chip, element, keyCap } from "./elements.js";
import { changeKey, keys, labelOf, resetKeys } from "./keys.js";
import { RINGS, words } from "./words.js";

const { labels } = words;
const OTHERS = ["accept", "none", "reason", "job", "skip", "flag", "comment", "reopen", "undo", "redo", "merge", "split", "nextOpen", "search", "near", "learn", "help"];

/** The sheet; `changed()` is told when a key was changed. */
export function keySheet(changed) {
  const note = element("p", { class: "note", role: "alert" });
  const body = element("tbody");
  const fill = () => body.replaceChildren(...RINGS.map((ring) => row(ring, [chip(ring, words, false), " ", words.asks[ring]])),
    ...OTHERS.map((name) => row(name, labels[name])), fixed(["↑", "↓"], labels.move), fixed(["␣"], labels.accept));
  const row = (name, text) => element("tr", {}, element("th", { scope: "row" }, keyButton(name)), element("td", {}, text));
  const fixed = (caps, text) => element("tr", {}, element("th", { scope: "row" }, caps.map(keyCap)), element("td", {}, text));
  const keyButton = (name) => button(keyCap(keys[name]), (event) => ask(name, event.currentTarget), { class: "key", "data-key": name, "aria-label": words.changeKey(labelOf(name), keys[name]) });

  /** Takes the next key that is pressed on the button. */
  const ask = (name, asked) => {
    note.replaceChildren(words.pressKey(labelOf(name)));
    asked.replaceChildren("…");
    asked.focus();
    const take = (event) => {
      if (["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      asked.removeEventListener("keydown", take);
      asked.removeEventListener("blur", leave);
      const refusal = event.key === "Escape" ? null : changeKey(name, event.key);
      note.replaceChildren(refusal ?? "");
      fill();
      body.querySelector(`[data-key=${name}]`).focus();
      changed();
    };
    const leave = () => {
      asked.removeEventListener("keydown", take);
      asked.replaceChildren(keyCap(keys[name]));
    };
    asked.addEventListener("keydown", take);
    asked.addEventListener("blur", leave, { once: true });
  };
  const reset = () => {
    resetKeys();
    note.replaceChildren();
    fill();
    changed();
  };
  fill();
  return [element("p", {}, words.helpKeys), element("table", { class: "keys" }, body), note, button(words.resetKeys, reset)];
}
