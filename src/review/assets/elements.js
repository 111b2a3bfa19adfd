// Builds elements. Texts are only ever put in as text, so nothing that somebody said in an interview can act as HTML.

/** An element with attributes (`on…` are listeners, `null` and `false` leave an attribute out) and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...present(children));
  return made;
}

/** Children that are there; lists in lists are laid out, `null` and `false` left out. */
export function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** A key as it is printed on a keyboard. */
export function keyCap(name) {
  return element("kbd", {}, name.length === 1 ? name.toUpperCase() : name);
}

/** A plain button. */
export function button(label, press, attributes = {}) {
  return element("button", { type: "button", onclick: press, ...attributes }, label);
}

/** A button with its key beside what it does. A click by mouse gives the keyboard back to the page. */
export function action(label, key, act, attributes = {}) {
  const onclick = (event) => {
    if (event.detail > 0) event.currentTarget.blur();
    act();
  };
  return element("button", { type: "button", onclick, ...attributes }, label, key ? keyCap(key) : null);
}

/** A ring as a coloured chip with its sign and name; a suggested one is dashed and has a question mark. */
export function chip(ring, words, suggested) {
  const name = ring ? words.rings[ring] : words.noRing;
  const kind = `chip ring-${ring || "none"}${suggested ? " suggested" : ""}`;
  return element("span", { class: kind }, element("i", { "aria-hidden": "true" }, words.signs[ring || "none"]), name, suggested ? "?" : null);
}

/** A text with some parts marked: `marks` are `[start, end, className]`, which may overlap. */
export function marked(text, marks) {
  const edges = [...new Set([0, text.length, ...marks.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
  const parts = [];
  for (let index = 0; index + 1 < edges.length; index++) {
    const [start, end] = [edges[index], edges[index + 1]];
    const kinds = marks.filter((mark) => mark[0] <= start && end <= mark[1]).map((mark) => mark[2]);
    const part = text.slice(start, end);
    parts.push(kinds.length ? element("span", { class: kinds.join(" ") }, part) : part);
  }
  return parts;
}
