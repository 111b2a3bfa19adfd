// Statements in a plane: what the model reads alike lies close together. Colours are rings; all of it stands in the list, too.

import { element, present } from "./elements.js";
import { find, interviewOf, isDecided, shownRings } from "./model.js";
import { words } from "./words.js";

const [WIDTH, HEIGHT, MARGIN] = [1000, 480, 12];
const SVG = "http://www.w3.org/2000/svg";

/** The map; `load()` asks for the places, `show(statement)` is told what was clicked. */
export class StatementMap {
  constructor(load, show) {
    this.load = load;
    this.show = show;
    this.inside = element("div", { class: "map" });
    this.element = element("details", { ontoggle: () => this.open() }, element("summary", {}, words.mapTitle), this.inside);
  }

  /** Asks for the places anew where the map is open, and draws it. */
  async open() {
    if (!this.element.open) return;
    const points = await this.load().catch(() => null);
    if (!points) return this.inside.replaceChildren(element("p", { class: "note", role: "alert" }, words.loadFailed));
    this.points = points.map(({ key, x, y }) => ({ statement: find(key, true), x, y })).filter(({ statement }) => statement?.codable);
    this.draw();
  }

  draw() {
    if (!this.points || !this.element.open) return;
    const said = element("p", { class: "said", "aria-live": "polite" }, words.mapHint);
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", words.mapAlt(this.points.length));
    svg.append(...this.points.map((point) => this.dot(point, said)));
    this.inside.replaceChildren(...present(this.points.length ? [svg, said] : [element("p", { class: "note" }, words.noMap)]));
  }

  dot({ statement, x, y }, said) {
    const dot = document.createElementNS(SVG, "circle");
    const [ring] = shownRings(statement);
    dot.setAttribute("class", `dot ring-${ring ?? "none"}${isDecided(statement) ? " set" : ""}`);
    dot.setAttribute("cx", MARGIN + x * (WIDTH - 2 * MARGIN));
    dot.setAttribute("cy", HEIGHT - MARGIN - y * (HEIGHT - 2 * MARGIN));
    dot.setAttribute("r", "5");
    dot.addEventListener("pointerenter", () => said.replaceChildren(`„${statement.text}“ `, element("small", {}, interviewOf(statement).name)));
    dot.addEventListener("click", () => this.show(statement));
    return dot;
  }
}
