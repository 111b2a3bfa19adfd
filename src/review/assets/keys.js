// Which key does what. Keys work everywhere on the page but in fields for text, in choices, in open dialogs, and where a button
// that is in focus takes them itself.

import { RINGS, words } from "./words.js";

const BY_KEY = new Map(Object.entries(words.keys).map(([name, key]) => [key, name]));

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
  if (key === "ArrowDown" || key === "j") return ["move", 1];
  if (key === "ArrowUp") return ["move", -1];
  if (key === " ") return ["accept"];
  if (/^[1-6]$/.test(key)) return ["ring", RINGS[Number(key) - 1]];
  const name = BY_KEY.get(key) ?? BY_KEY.get(key.toLowerCase());
  return name ? [name] : null;
}

function combined(key, shift) {
  if (key === "z") return [shift ? "redo" : "undo"];
  return key === "y" ? ["redo"] : null;
}
