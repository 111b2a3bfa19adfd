// A list of which only the visible rows exist, so that ten thousand statements scroll like ten.

import { chip, element, marked } from "./elements.js";
import { interviewOf, isDecided, shownReason, shownRings, speakerOf, turnOf } from "./model.js";
import { words } from "./words.js";

const BEYOND = 600;
const LINE = 22;

/** The list. `choose(statement)` and `changeSpeaker(statement)` are told what was clicked. */
export class List {
  constructor(choose, changeSpeaker) {
    this.choose = choose;
    this.changeSpeaker = changeSpeaker;
    this.inside = element("div", { class: "rows", role: "list", "aria-label": words.list });
    this.empty = element("p", { class: "empty" }, words.nothingFound);
    this.element = element("div", { class: "list", tabindex: "0", "aria-label": words.list, role: "region", onscroll: () => this.draw() }, this.inside, this.empty);
    this.rows = [];
    this.shown = new Map();
    new ResizeObserver(() => this.resized()).observe(this.element);
  }

  /** Shows other rows; `selected` stays in view where it is among them. */
  setRows(rows) {
    this.rows = rows;
    this.heights = Float64Array.from(rows, guess);
    this.measured = new Uint8Array(rows.length);
    this.places = new Map(rows.map((row, index) => [row.alone === undefined ? null : row.statement, index]));
    this.places.delete(null);
    this.empty.hidden = rows.length > 0;
    this.clear();
    this.layOut();
    this.draw();
  }

  /** The statements of the list, in order. */
  statements() {
    return [...this.places.keys()];
  }

  /** Marks a statement and brings it into view. */
  select(statement) {
    const before = this.selected;
    this.selected = statement;
    for (const one of [before, statement]) this.refresh(one);
    this.reveal(statement);
  }

  /** Draws a statement again where it is visible. */
  refresh(statement) {
    const index = this.places?.get(statement);
    const old = this.shown.get(index);
    if (old === undefined) return;
    const fresh = this.make(index);
    old.replaceWith(fresh);
    this.shown.set(index, fresh);
    this.measured[index] = 0;
    this.measure();
  }

  refreshAll() {
    this.clear();
    this.draw();
  }

  reveal(statement) {
    const index = this.places.get(statement);
    if (index === undefined) return;
    for (let round = 0; round < 3; round++) {
      const { scrollTop, clientHeight } = this.element;
      const [top, bottom] = [this.tops[index], this.tops[index + 1]];
      const margin = Math.min(140, clientHeight / 4);
      if (top >= scrollTop + margin / 2 && bottom <= scrollTop + clientHeight - margin) return;
      this.element.scrollTop = Math.max(0, top - clientHeight / 3);
      this.draw();
    }
  }

  resized() {
    this.measured?.fill(0);
    this.measure();
    this.draw();
    if (this.tops) this.reveal(this.selected);
  }

  clear() {
    this.inside.replaceChildren();
    this.shown.clear();
  }

  layOut() {
    this.tops = new Float64Array(this.rows.length + 1);
    for (let index = 0; index < this.rows.length; index++) this.tops[index + 1] = this.tops[index] + this.heights[index];
    this.inside.style.height = `${this.tops[this.rows.length]}px`;
    for (const [index, row] of this.shown) row.style.top = `${this.tops[index]}px`;
  }

  /** The first row that ends behind a place. */
  rowAt(top) {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle + 1] <= top) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  draw() {
    if (!this.tops) return;
    const { scrollTop, clientHeight } = this.element;
    const first = this.rowAt(scrollTop - BEYOND);
    const last = Math.min(this.rowAt(scrollTop + clientHeight + BEYOND) + 1, this.rows.length);
    for (const [index, row] of this.shown) {
      if (index >= first && index < last) continue;
      row.remove();
      this.shown.delete(index);
    }
    const kept = Math.min(...this.shown.keys());
    const [above, below] = [document.createDocumentFragment(), document.createDocumentFragment()];
    for (let index = first; index < last; index++) {
      if (this.shown.has(index)) continue;
      const row = this.make(index);
      this.shown.set(index, row);
      (index < kept ? above : below).append(row);
    }
    if (!above.firstChild && !below.firstChild) return;
    this.inside.prepend(above);
    this.inside.append(below);
    this.measure();
  }

  /** Takes the real heights of new rows; what is in view stays where it is. */
  measure() {
    if (!this.tops) return;
    const anchor = this.rowAt(this.element.scrollTop);
    const offset = this.element.scrollTop - this.tops[Math.min(anchor, this.rows.length)];
    let changed = false;
    for (const [index, row] of this.shown) {
      if (this.measured[index]) continue;
      const height = row.offsetHeight;
      changed ||= height !== this.heights[index];
      this.heights[index] = height;
      this.measured[index] = 1;
    }
    if (!changed) return;
    this.layOut();
    const top = this.tops[Math.min(anchor, this.rows.length)] + offset;
    if (Math.abs(top - this.element.scrollTop) > 0.5) this.element.scrollTop = top;
  }

  make(index) {
    const row = this.rows[index];
    const made = row.interview ? interviewRow(row.interview) : row.alone === undefined ? this.turnRow(row) : this.statementRow(row);
    made.style.top = `${this.tops[index]}px`;
    made.setAttribute("role", "listitem");
    made.setAttribute("aria-setsize", this.rows.length);
    made.setAttribute("aria-posinset", index + 1);
    return made;
  }

  turnRow({ statement }) {
    const speaker = speakerOf(statement);
    const label = `${speaker.name} ${words.roles[speaker.role]}`;
    const name = element("button", { type: "button", class: "speaker", tabindex: "-1", title: words.changeRole(speaker.name), onclick: () => this.changeSpeaker(statement) }, label);
    return element("div", { class: `row turn ${speaker.role}` }, name, element("span", { class: "time" }, turnOf(statement).time));
  }

  statementRow({ statement, alone }) {
    const { decided, suggestion } = statement;
    const done = isDecided(statement);
    const kind = ["row", "statement", speakerOf(statement).role, done && "done", this.selected === statement && "selected"];
    const open = statement.codable && !done;
    const rings = shownRings(statement);
    const chips = statement.codable && (done || suggestion) ? (rings.length ? rings : [null]).map((ring) => chip(ring, words, open)) : [];
    const reason = suggestion?.reason.span && shownReason(statement) ? [[...suggestion.reason.span, "reason"]] : [];
    const meta = alone ? element("p", { class: "meta" }, [interviewOf(statement).name, speakerOf(statement).name, turnOf(statement).time].filter(Boolean).join(" · ")) : null;
    return element(
      "div",
      { class: kind.filter(Boolean).join(" "), "aria-current": this.selected === statement ? "true" : null, onclick: () => statement.codable && this.choose(statement) },
      element("div", { class: "marks" }, statement.codable ? marks(decided, done) : null),
      element("div", { class: "said" }, meta, element("p", {}, marked(statement.text, reason))),
      element("div", { class: "chips" }, chips, done && decided.reason ? element("span", { class: "chip because" }, words.labels.reason) : null),
    );
  }
}

function interviewRow(interview) {
  const warnings = interview.warnings.map((warning) => element("p", { class: "warning" }, warning));
  return element("div", { class: "row interview" }, element("h2", {}, interview.name), warnings);
}

function marks(decided, done) {
  const mark = (sign, name) => element("span", { title: name }, element("span", { "aria-hidden": "true" }, sign), element("span", { class: "hidden" }, name));
  return [
    done ? mark("✓", words.status.decided) : decided?.skipped ? mark("⏸", words.status.skipped) : mark("·", words.status.open),
    decided?.flagged ? mark("⚑", words.status.flagged) : null,
    decided?.comment ? mark("✎", words.status.comment) : null,
  ];
}

function guess(row) {
  if (row.interview) return 64;
  if (row.alone === undefined) return 38;
  return 16 + LINE * Math.ceil(row.statement.text.length / 75) + (row.alone ? LINE : 0);
}
