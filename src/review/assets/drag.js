// Dragging by mouse, pen or finger: something with a handle is let go over a place that takes it.

import { element } from "./elements.js";

const EDGE = 60;

/** A handle that drags `text` along; `drop(place)` is told the `data-job` of the place where it was let go. */
export function handle(text, drop) {
  const made = element("span", { class: "handle", "aria-hidden": "true" }, "⠿");
  made.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    made.setPointerCapture(event.pointerId);
    const ghost = element("div", { class: "ghost" }, text);
    document.body.append(ghost);
    let target = null;
    const move = ({ clientX, clientY }) => {
      ghost.style.transform = `translate(${clientX + 12}px, ${clientY + 12}px)`;
      const below = document.elementFromPoint(clientX, clientY)?.closest("[data-job]") ?? null;
      target?.classList.remove("target");
      target = below;
      target?.classList.add("target");
      scroll(made.closest(".board"), clientY);
    };
    const end = (ended) => {
      made.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) made.removeEventListener(name, end);
      ghost.remove();
      target?.classList.remove("target");
      if (ended.type === "pointerup" && target) drop(target.dataset.job);
    };
    made.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) made.addEventListener(name, end);
    move(event);
  });
  return made;
}

/** Near its edges the board goes on. */
function scroll(board, y) {
  const { top, bottom } = board.getBoundingClientRect();
  if (y < top + EDGE) board.scrollTop -= 20;
  if (y > bottom - EDGE) board.scrollTop += 20;
}
