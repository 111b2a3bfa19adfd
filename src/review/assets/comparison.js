// What two people decided, side by side: how far they agree, and one difference after the other to be settled.

import { action, chip, element, present } from "./elements.js";
import { keys } from "./keys.js";
import { find, model } from "./model.js";
import { context, heading } from "./panel.js";
import { words } from "./words.js";

export class Comparison {
  /** `load(first, second)` asks for a comparison, `act(name, value)` does what buttons say. */
  constructor(load, act) {
    this.load = load;
    this.act = act;
    this.people = [];
    this.at = 0;
    this.element = element("main", { class: "board comparison", hidden: true });
  }

  /** Asks for the comparison anew and shows it. */
  async renew() {
    const known = this.people.every((name) => model.people.includes(name));
    if (this.people.length < 2 || !known) this.people = model.people.slice(0, 2);
    this.found = this.people.length < 2 ? null : await this.load(...this.people);
    this.show();
  }

  /** The difference that is looked at; statements that were split or merged meanwhile are passed over. */
  difference() {
    const differences = this.found?.differences.filter(({ key }) => find(key, true)) ?? [];
    this.at = Math.min(this.at, Math.max(0, differences.length - 1));
    return differences[this.at] ?? null;
  }

  next(step = 1) {
    const count = this.found?.differences.length ?? 0;
    if (count > 0) this.at = (this.at + step + count) % count;
    this.show();
  }

  /** What was settled is no difference any more. */
  drop(difference) {
    this.found.differences = this.found.differences.filter((one) => one !== difference);
    this.show();
  }

  show() {
    const focus = this.element.contains(document.activeElement) ? document.activeElement.id : null;
    this.element.replaceChildren(...present(this.found ? this.content() : [element("p", { class: "intro" }, words.comparisonIntro), element("p", { class: "note" }, words.onePerson)]));
    if (focus) document.getElementById(focus)?.focus();
  }

  content() {
    const difference = this.difference();
    return [
      element("p", { class: "intro" }, words.comparisonIntro),
      element("div", { class: "pair" }, this.choice(0), this.choice(1)),
      element("h2", {}, words.sameOf(this.found.same, this.found.both)),
      this.found.both ? this.figures() : element("p", { class: "note" }, words.nothingInCommon),
      element("h2", {}, difference ? words.differenceOf(this.at + 1, this.found.differences.length) : words.allSettled),
      difference ? this.sides(difference) : null,
    ];
  }

  choice(side) {
    const onchange = ({ target }) => {
      const other = this.people[1 - side];
      this.people[side] = target.value;
      if (other === target.value) this.people[1 - side] = model.people.find((name) => name !== other);
      this.renew();
    };
    const options = model.people.map((name) => element("option", { value: name, selected: name === this.people[side] }, name));
    return element("label", {}, words.person(side), element("select", { id: `person-${side}`, onchange }, options));
  }

  figures() {
    const head = [words.ring, ...this.people, words.bothGave, words.kappa].map((name) => element("th", { scope: "col" }, name));
    const rows = this.found.agreed.map(({ id, given, kappa }) => element("tr", {},
      element("th", { scope: "row" }, chip(id, words, false)), given.map((count) => element("td", {}, String(count))), element("td", {}, kappa)));
    const reasons = element("tr", {}, element("th", { scope: "row" }, words.labels.reason), element("td", { colspan: "3" }), element("td", {}, this.found.reason));
    return [element("table", { class: "figures" }, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows, reasons)), element("p", {}, element("small", {}, words.kappaHint))];
  }

  sides(difference) {
    const statement = find(difference.key, true);
    return element("section", { class: "difference" },
      heading(statement, this.act), context(statement, this.act),
      element("blockquote", { lang: "de" }, statement.text),
      element("div", { class: "pair" }, this.side(difference, "first", "←", 0), this.side(difference, "second", "→", 1)),
      element("div", { class: "buttons" },
        action(words.labels.nextDifference, keys.nextOpen, () => this.next()),
        action(words.showIt, null, () => this.act("show", statement))),
    );
  }

  side(difference, name, key, place) {
    const { rings, reason } = difference[name];
    const says = reason === null ? null : element("p", {}, reason ? words.reasonIs : words.reasonIsNot);
    return element("div", { class: "side" },
      element("h3", {}, this.people[place]),
      element("p", {}, (rings.length ? rings : [null]).map((ring) => [chip(ring, words, false), " "])), says,
      action(words.settleAs(this.people[place]), key, () => this.act("side", name), { class: "primary", id: `settle-${name}` }),
    );
  }
}
