// Everything works without this file. It adds: choosing a claim without a jump, and keys.
//   n or j: next claim · p or k: the one before · o: open its source · Escape: back to the text
"use strict";
(() => {
  const claims = [...document.querySelectorAll(".reading a.claim[id]")];
  if (!claims.length) return;
  document.querySelector(".hint")?.append(" Keys: n next, p before, o its source, Esc closes.");
  const cardOf = (claim) => document.getElementById(claim.id.replace(/^m-/, "c-"));
  let current = claims.find((claim) => claim.classList.contains("chosen")) || null;

  const choose = (claim, focus) => {
    document.querySelectorAll(".chosen").forEach((old) => old.classList.remove("chosen"));
    current = claim;
    document.body.classList.toggle("choosing", Boolean(claim));
    if (!claim) return;
    const card = cardOf(claim);
    if (!card) { location.href = claim.href; return; }
    document.querySelectorAll(`a.claim[href="#${card.id}"]`).forEach((part) => part.classList.add("chosen"));
    card.classList.add("chosen");
    history.replaceState(null, "", `?claim=${claim.id.slice(2)}#${claim.id}`);
    if (focus) {
      claim.focus({ preventScroll: true });
      claim.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  };

  const step = (by) => {
    const at = claims.indexOf(current);
    choose(claims[at < 0 ? (by > 0 ? 0 : claims.length - 1) : (at + by + claims.length) % claims.length], true);
  };

  document.addEventListener("click", (event) => {
    const claim = event.target.closest("a.claim");
    if (!claim || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const first = document.getElementById(`m-${(claim.hash || "").slice(3)}`);
    if (!first || !cardOf(first)) return;
    event.preventDefault();
    choose(first === current ? null : first, false);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "n" || event.key === "j") step(1);
    else if (event.key === "p" || event.key === "k") step(-1);
    else if (event.key === "Escape") choose(null, false);
    else if (event.key === "o" && current) cardOf(current)?.querySelector(".source a, .cited a")?.click();
    else return;
    event.preventDefault();
  });

  document.querySelectorAll("a.close").forEach((link) => link.addEventListener("click", (event) => {
    const claim = current;
    event.preventDefault();
    choose(null, false);
    claim?.focus();
  }));
})();
