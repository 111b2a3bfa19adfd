// Which key does what, as the person who decides has set it. Keys work everywhere on the page but in fields for text, in
// choices, in open dialogs, and where a button that is in focus takes them itself.

import { RINGS, words } from "./words.js";

const MOVES = { ArrowDown: ["move", 1], ArrowUp: ["move", -1], ArrowLeft: ["side", "first"], ArrowRight: ["side", "second"], " ": ["accept"] };

/** The key of each action, by its name; rings are named by their ids. */
export const keys = { ...words.keys };

let person = "";

function place() {
  return `ringwerk-keys-${person}`;
}

/** Takes the keys that a person has set in this browser. */
export function takeKeysOf(who) {
  person = who;
  Object.assign(keys, words.keys);
  try {
    for (const [name, key] of Object.entries(JSON.parse(localStorage.getItem(place()) ?? "{}"))) changeKey(name, key);
  } catch {
    localStorage.removeItem(place());
  }
}

/** Sets the key of an action; returns why not, where it is refused. */
export function changeKey(name, pressed) {
  const key = pressed.length === 1 ? pressed.toLowerCase() : pressed;
  if (key in MOVES || (key.length !== 1 && key !== "Enter")) return words.keyFixed;
  const taken = nameOf(key);
  if (taken && taken !== name) return words.keyTaken(key, labelOf(taken));
  if (name in keys) keys[name] = key;
  const changed = Object.entries(keys).filter(([one, its]) => its !== words.keys[one]);
  localStorage.setItem(place(), JSON.stringify(Object.fromEntries(changed)));
  return null;
}

/** Sets all keys as they were at first. */
export function resetKeys() {
  localStorage.removeItem(place());
  Object.assign(keys, words.keys);
}

/** What an action is called. */
export function labelOf(name) {
  return words.labels[name] ?? words.rings[name];
}

/** Listens; `act(name, value)` does it. */
export function listen(act) {
  document.addEventListener("keydown", (event) => {
    const known = meaning(event);
    if (!known) return;
    event.preventDefault();
    act(...known);
  });
}

function meaning(event) {
  const { key, target } = event;
  if (event.altKey || event.isComposing || document.querySelector("dialog[open]")) return null;
  const types = target.matches("input[type=search], input[type=text], textarea");
  if (types) return key === "Escape" || (key === "Enter" && target.type === "search") ? ["list"] : null;
  if (event.ctrlKey || event.metaKey) return combined(key.toLowerCase(), event.shiftKey);
  if (target.matches("select") || (target.matches("button, summary") && (key === "Enter" || key === " "))) return null;
  if (key in MOVES) return MOVES[key];
  const name = nameOf(key.length === 1 ? key.toLowerCase() : key);
  if (!name) return null;
  return RINGS.includes(name) ? ["ring", name] : [name];
}

function nameOf(key) {
  return Object.keys(keys).find((name) => keys[name] === key);
}

function combined(key, shift) {
  if (key === "z") return [shift ? "redo" : "undo"];
  return key === "y" ? ["redo"] : null;
}
