"use strict";
// What is chosen stands in the address behind “#”, so that it can be sent on and is there again after a reload.
const articles = [...document.querySelectorAll("article")];
const texts = articles.map((one) => one.textContent.toLowerCase());
const box = document.querySelector("#words");
const buttons = [...document.querySelectorAll("button[data-kind]")];

function chosen() {
  return new URLSearchParams(location.hash.slice(1));
}

function choose(key, value) {
  const now = chosen();
  if (value && now.get(key) !== value) now.set(key, value);
  else now.delete(key);
  history.replaceState(null, "", "#" + now);
  show();
}

function show() {
  const now = chosen();
  const words = (now.get("words") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = ["speaker", "month"].filter((key) => now.get(key));
  let shown = 0;
  articles.forEach((one, at) => {
    const fits = wanted.every((key) => one.dataset[key] === now.get(key)) && words.every((word) => texts[at].includes(word));
    one.hidden = !fits;
    shown += fits;
  });
  for (const story of document.querySelectorAll("section")) story.hidden = !story.querySelector("article:not([hidden])");
  for (const one of buttons) one.setAttribute("aria-pressed", String(now.get(one.dataset.kind) === one.dataset.value));
  if (box.value !== (now.get("words") ?? "")) box.value = now.get("words") ?? "";
  document.querySelector("#count").textContent = shown + " of " + articles.length;
}

box.addEventListener("input", () => {
  const now = chosen();
  if (box.value) now.set("words", box.value);
  else now.delete("words");
  history.replaceState(null, "", "#" + now);
  show();
});
for (const one of buttons) one.addEventListener("click", () => choose(one.dataset.kind, one.dataset.value));
addEventListener("hashchange", show);
document.querySelector("#search").hidden = false;
show();
document.querySelector("#timeline [aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
