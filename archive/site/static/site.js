// Everything works without this file, and it says no words of its own. It adds to an article: choosing a claim
// without a jump, keys (n or j, p or k, o, s, Escape) that can be turned off, and in a long article the card
// of the chosen claim without the whole page.
"use strict";
(() => {
  const claims = [...document.querySelectorAll(".reading a.claim[id]")];
  if (!claims.length) return;
  const idOf = (claim) => claim.id.slice(2);
  const cardOf = (claim) => document.getElementById(`c-${idOf(claim)}`);
  const firstOf = (id) => document.getElementById(`m-${id}`);
  const partsOf = (id) => document.querySelectorAll(`a.claim[href$="-${id}"]`);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const margin = matchMedia("(min-width: 72rem)");
  let current = claims.find((claim) => claim.classList.contains("chosen")) || null;
  // Where reading goes on after a card was closed.
  let last = current;

  // A long article's page has no cards but the chosen one's.
  const bring = async (claim) => {
    if (cardOf(claim)) return cardOf(claim);
    const address = new URL(claim.href);
    address.searchParams.set("part", "card");
    const answer = await fetch(address);
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const card = page.getElementById(`c-${idOf(claim)}`);
    if (card && !cardOf(claim)) claim.closest(".block").append(document.adoptNode(card));
    return cardOf(claim);
  };

  const choose = async (claim, how = {}) => {
    document.querySelectorAll(".chosen").forEach((old) => old.classList.remove("chosen"));
    current = claim;
    if (!claim) return;
    last = claim;
    partsOf(idOf(claim)).forEach((part) => part.classList.add("chosen"));
    if (how.focus) {
      claim.focus({ preventScroll: true });
      claim.scrollIntoView({ block: margin.matches ? "center" : "start", behavior: calm ? "auto" : "smooth" });
    }
    const card = await bring(claim).catch(() => null);
    if (current !== claim) return;
    if (!card) { location.assign(claim.href); return; }
    card.classList.add("chosen");
    const address = new URL(location.href);
    address.searchParams.set("claim", idOf(claim));
    address.hash = claim.id;
    history.replaceState(null, "", address);
    if (how.enter) card.focus({ preventScroll: margin.matches });
    else if (!how.focus && !margin.matches) card.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const at = claims.indexOf(last);
    choose(claims[at < 0 ? (by > 0 ? 0 : claims.length - 1) : (at + by + claims.length) % claims.length], { focus: true });
  };
  const close = () => { const claim = current; choose(null); claim?.focus(); };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    const link = event.target.closest("a.claim, .card a.close, .card a.step");
    if (!link || link.closest(".choices")) return;
    const first = firstOf(link.hash.replace(/^#[cm]-/, ""));
    if (!first) return;
    event.preventDefault();
    if (link.matches(".close")) close();
    else if (link.matches(".step")) choose(first, { focus: true });
    // A click made with a key has no place: who cannot point is taken into the card.
    else choose(first === current && event.detail ? null : first, { enter: !event.detail });
  });

  const keys = document.querySelector(".hint .keys");
  const on = keys?.querySelector("input");
  if (keys) {
    keys.hidden = false;
    try {
      on.checked = localStorage.getItem("keys") !== "off";
      on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
    } catch { /* A browser that keeps nothing: the keys are on at every visit. */ }
  }
  const follow = (...places) => {
    const card = current && cardOf(current);
    places.map((where) => card?.querySelector(where)).find(Boolean)?.click();
  };
  const acts = {
    n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
    o: () => follow(".evidence a.place", ".cited a"), s: () => follow(".source a"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "Escape" && current) close();
    else if (on?.checked && Object.hasOwn(acts, event.key)) acts[event.key]();
    else return;
    event.preventDefault();
  });
})();
