// Everything works without this file. It adds: one click that copies a citation, and the address of the
// words that are selected in a text.
"use strict";
(() => {
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };

  const copied = async (words, field) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      // Without https there is no clipboard of this kind; what is selected can still be copied.
      if (!field) return false;
      field.closest("details")?.setAttribute("open", "");
      field.focus();
      if (field.select) field.select();
      else document.getSelection().selectAllChildren(field);
      return document.execCommand("copy");
    }
  };

  document.querySelectorAll(".cite").forEach((block) => {
    const bar = document.createElement("p");
    const said = document.createElement("span");
    bar.className = "copy";
    said.setAttribute("role", "status");
    bar.append("Copy: ");
    block.querySelectorAll("[data-form]").forEach((field) => {
      bar.append(button(field.dataset.form, async () => {
        const done = await copied(field.value ?? field.textContent, field);
        said.textContent = done ? `${field.dataset.form} copied.` : `${field.dataset.form} is selected: copy it by hand.`;
      }));
    });
    bar.append(said);
    block.querySelector(".forms")?.before(bar);
  });

  // Offsets count code points; JavaScript counts UTF-16 units. A block shows its part of the text unchanged.
  const text = document.querySelector("[data-text]");
  if (!text) return;
  const blocks = [...text.querySelectorAll("[data-start]")];
  const points = (words) => { let count = 0; for (const _ of words) count += 1; return count; };
  const within = (block, node, offset) => {
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(node, offset);
    return before.toString();
  };

  const span = (range) => {
    const touched = blocks.filter((block) => range.intersectsNode(block));
    let start = null, end = null;
    for (const block of touched) {
      const whole = block.textContent;
      const from = block.contains(range.startContainer) ? within(block, range.startContainer, range.startOffset).length : 0;
      const to = block.contains(range.endContainer) ? within(block, range.endContainer, range.endOffset).length : whole.length;
      const chosen = whole.slice(from, to);
      if (!chosen.trim()) continue;
      const first = from + chosen.length - chosen.trimStart().length;
      const last = from + chosen.trimEnd().length;
      const base = Number(block.dataset.start);
      if (start === null) start = base + points(whole.slice(0, first));
      end = base + points(whole.slice(0, last));
    }
    return start === null ? null : [start, end];
  };

  const box = document.createElement("div");
  box.className = "picked";
  box.hidden = true;
  const link = document.createElement("a");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const copy = button("Copy address", async () => {
    said.textContent = await copied(link.dataset.printed) ? "Copied." : link.dataset.printed;
  });
  box.append(link, copy, said);
  document.body.append(box);
  // The box is no part of the text: pressing it keeps what is selected.
  box.addEventListener("mousedown", (event) => event.preventDefault());

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (box.contains(document.activeElement)) return;
    const found = selection.rangeCount && !selection.isCollapsed ? span(selection.getRangeAt(0)) : null;
    box.hidden = !found;
    if (!found) return;
    const place = `${found[0]}-${found[1]}`;
    link.href = `${text.dataset.text}/${place}#passage`;
    link.dataset.printed = `${text.dataset.printed}/${place}`;
    link.textContent = `Cite the passage ${found[0]}–${found[1]}`;
    said.textContent = "";
  });
})();
