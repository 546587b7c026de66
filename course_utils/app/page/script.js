"use strict";
// The page's own behaviour: what stands in the form is asked of this machine, and the answers are shown. No library.

const $ = (id) => document.getElementById(id);
const query = { id: null, file: null }; // the picture that is searched with: one of the folder, or a dropped one
const WELCOME = "Drop a picture, write a sentence, or do both. A click on an answer searches on from it.";
let beginning = []; // pictures that are shown before anything is asked
let latest = 0; // number of the newest question: answers to older ones are not shown any more

function element(kind, properties = {}, ...children) {
  const made = Object.assign(document.createElement(kind), properties);
  made.append(...children);
  return made;
}

async function ask(address, options) {
  let reply;
  try {
    reply = await fetch(address, options);
  } catch {
    throw new Error("the program behind this page has ended; start it again");
  }
  const content = await reply.json();
  if (!reply.ok) throw new Error(content.error);
  return content;
}

function say(id, text, isError = false) {
  $(id).textContent = text;
  $(id).classList.toggle("error", isError);
}

function card(row, shared, other) {
  const image = element("img", { src: `${row.id}/thumbnail`, alt: row.name, loading: "lazy" });
  const made = element("button", { type: "button", className: "answer", title: `search on from ${row.name}` }, image);
  if (row.score !== undefined) {
    const score = element("span", { className: "score" }, row.score.toFixed(3));
    if (shared && !shared.includes(row.id)) {
      score.append(element("span", { className: "badge", title: `${other} does not find it` }, "only here"));
    }
    made.append(score, element("span", { className: "why" }, row.why));
  }
  made.append(element("span", { className: "name" }, row.day ? `${row.name} · ${row.day}` : row.name));
  made.addEventListener("click", () => { show("search"); choose(row); });
  return made;
}

function choose(row) { // a picture of the folder becomes the query
  Object.assign(query, { id: row.id, file: null });
  $("text").value = "";
  picture(`${row.id}/picture`, row.name);
  window.scrollTo({ top: 0 });
  search();
}

function drop(file) { // one from elsewhere
  if (!file) return;
  Object.assign(query, { id: null, file });
  picture(URL.createObjectURL(file), file.name);
  search();
}

function picture(address, name) {
  const there = address !== null;
  $("picture").hidden = $("where").hidden = !there;
  $("hint").hidden = there;
  if (there) $("picture").src = address; else $("picture").removeAttribute("src");
  $("name").textContent = name;
  fit();
}

function fit() { // parts of the form that make sense now
  const text = $("text").value.trim(), seen = query.id !== null || query.file;
  $("weight").hidden = !(text && seen);
  $("encoder").disabled = Boolean(text);
  $("wish-value").textContent = Number($("wish").value).toFixed(1);
}

async function search() {
  fit();
  const number = ++latest;
  if (query.id === null && !query.file && !$("text").value.trim()) { begin(); return; }
  const form = new FormData();
  for (const name of ["text", "wish", "folder", "since", "until", "k"]) form.append(name, $(name).value);
  const encoder = document.querySelector("input[name=encoder]:checked");
  if (encoder) form.append("encoder", encoder.value);
  if (query.id !== null) form.append("id", query.id);
  if (query.file) form.append("picture", query.file);
  $("answers").classList.add("busy");
  try {
    const found = await ask("search", { method: "POST", body: form });
    if (number !== latest) return;
    $("answers").replaceChildren(...found.answers.map((row) => card(row, found.shared, found.other)));
    say("note", note(found));
  } catch (error) {
    if (number !== latest) return;
    $("answers").replaceChildren();
    say("note", error.message, true);
  } finally {
    if (number === latest) $("answers").classList.remove("busy");
    if (window.innerWidth <= 760) $("note").scrollIntoView();
  }
}

function begin() { // nothing is searched with: what the page begins with
  $("answers").classList.remove("busy");
  $("answers").replaceChildren(...beginning.map((row) => card(row)));
  if (beginning.length) say("note", WELCOME);
  else say("note", "There is no picture in this folder that can be read; see the tab Folder.", true);
}

function note(found) {
  const count = found.answers.length;
  if (!count) return "No picture fits this folder and these days.";
  const first = `${count} nearest, with ${found.encoder}: cosine, the words that speak for both, file, day.`;
  if (!found.other) return `${first} Sentences are read by clip-small alone.`;
  return `${first} ${found.shared.length} of them ${found.other} finds as well.`;
}

async function duplicates() {
  $("threshold-value").textContent = Number($("threshold").value).toFixed(2);
  say("near-note", "comparing ...");
  try {
    const found = await ask(`duplicates?threshold=${$("threshold").value}`);
    const groups = found.of === 1 ? "1 group" : `${found.of} groups`;
    say("near-note", found.of ? `${groups} of pictures that hardly differ` : "No two pictures are so near; move the slider to the left.");
    const group = (rows) => element("div", { className: "group grid" }, ...rows.map((row) => card(row)));
    $("groups").replaceChildren(...found.groups.map(group));
  } catch (error) {
    say("near-note", error.message, true);
  }
}

function show(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", chosen);
    $(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (name === "duplicates") duplicates();
}

async function start() {
  const about = await ask("about");
  $("about").textContent = `${about.pictures.toLocaleString("en")} pictures in ${about.folder}`;
  for (const [value, text] of about.folders) $("folder").append(element("option", { value }, text));
  about.encoders.forEach((name, i) => {
    const input = element("input", { type: "radio", name: "encoder", value: name, checked: i === 0 });
    $("encoder").append(element("label", {}, input, ` ${name}`));
  });
  beginning = about.some;
  begin();
  for (const id of ["since", "until"]) Object.assign($(id), { min: about.first, max: about.last });
  const others = Object.entries(about.others).map(([suffix, count]) => `${count} ${suffix}`).join(", ") || "none";
  const facts = { "Folder": about.folder, "This time": about.summary, "Days": `${about.first} to ${about.last}`,
    "Index": about.engine, "Files that are no pictures": others };
  for (const [term, text] of Object.entries(facts)) $("facts").append(element("dt", {}, term), element("dd", {}, text));
  const rows = about.problems.map((row) => element("tr", {}, ...row.map((text) => element("td", {}, text))));
  $("problems").append(...(rows.length ? rows : [element("tr", {}, element("td", { colSpan: 2 }, "nothing"))]));
}

for (const tab of document.querySelectorAll("[role=tab]")) tab.addEventListener("click", () => show(tab.id.slice(4)));
$("query").addEventListener("submit", (event) => { event.preventDefault(); search(); });
$("file").addEventListener("change", () => { drop($("file").files[0]); $("file").value = ""; });
$("picture").addEventListener("error", () => {
  $("picture").hidden = true;
  $("hint").hidden = false;
  if (query.id !== null) say("note", "This picture cannot be shown: its file has changed or gone.", true);
});
$("clear").addEventListener("click", () => {
  Object.assign(query, { id: null, file: null });
  picture(null, "");
  search();
});
for (const id of ["wish", "folder", "since", "until", "k", "encoder"]) $(id).addEventListener("change", search);
for (const id of ["text", "wish"]) $(id).addEventListener("input", fit);
$("text").addEventListener("input", () => { if (!$("text").value.trim()) search(); }); // erased
$("threshold").addEventListener("change", duplicates);
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) { show("search"); drop(event.dataTransfer.files[0]); }
  });
}
start().catch((error) => say("note", error.message, true));
