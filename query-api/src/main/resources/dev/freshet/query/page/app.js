import { append, readable, stems } from "/page/highlight.js";

const HITS = 20;
const TYPING_PAUSE_MS = 250;

const element = (id) => document.getElementById(id);
const form = element("form");
const query = element("query");
const tenant = element("tenant");
const grouped = element("grouped");
const status = element("status");
const notice = element("notice");
const hits = element("hits");
const welcome = element("welcome");
const dialog = element("document");

let running = null;
let typing = 0;
let shown = "";

const mode = () => form.elements.mode.value;

function headers(extra) {
  const name = tenant.value.trim();
  return name === "" ? extra : { ...extra, "Freshet-Tenant": name };
}

/** The state of the page lives in its address: it can be shared, and survives a reload. */
function writeAddress() {
  const state = new URLSearchParams();
  if (query.value.trim() !== "") state.set("q", query.value.trim());
  if (mode() !== "hybrid") state.set("mode", mode());
  if (grouped.checked) state.set("group", "document");
  if (tenant.value.trim() !== "") state.set("tenant", tenant.value.trim());
  const text = state.toString();
  history.replaceState(null, "", text === "" ? "/" : `/?${text}`);
}

function readAddress() {
  const state = new URLSearchParams(location.search);
  query.value = state.get("q") ?? "";
  tenant.value = state.get("tenant") ?? "";
  grouped.checked = state.get("group") === "document";
  const wanted = state.get("mode");
  for (const choice of form.elements.mode) choice.checked = choice.value === (wanted ?? "hybrid");
  if (mode() === "") form.elements.mode[0].checked = true;
}

async function search() {
  clearTimeout(typing);
  running?.abort();
  const text = query.value.trim();
  writeAddress();
  if (text === "") {
    showNothing();
    return;
  }
  const call = new AbortController();
  running = call;
  hits.setAttribute("aria-busy", "true");
  try {
    const started = performance.now();
    const answer = await fetch("/v1/search", {
      method: "POST",
      signal: call.signal,
      headers: headers({ "Content-Type": "application/json" }),
      body: JSON.stringify({
        query: text,
        mode: mode(),
        k: HITS,
        group_by: grouped.checked ? "document" : "chunk",
        explain: true,
      }),
    });
    const body = await answer.json();
    if (answer.ok) showHits(body, performance.now() - started);
    else showProblem(body.detail ?? "The search failed.");
  } catch (failure) {
    if (failure.name === "AbortError") return;
    showProblem("Freshet does not answer. Is it running?");
  } finally {
    if (running === call) {
      running = null;
      hits.removeAttribute("aria-busy");
    }
  }
}

function showNothing() {
  hits.replaceChildren();
  hits.removeAttribute("aria-busy");
  status.textContent = "";
  notice.hidden = true;
  welcome.hidden = false;
  shown = "";
}

function showProblem(detail) {
  welcome.hidden = true;
  hits.replaceChildren();
  status.textContent = "";
  notice.textContent = detail;
  notice.hidden = false;
}

const DEGRADED = {
  embedder_unavailable: "The embedding model is not available: these results were found by their words only.",
  vector_leg_failed: "The vector search failed: these results were found by their words only.",
  keyword_leg_failed: "The keyword search failed: these results were found by their meaning only.",
  metadata_leg_failed: "The search of metadata failed: it has no part in these results.",
  documents_leg_failed: "Documents could not be chosen first: all were searched.",
  rerank_timeout: "The reranker was too slow: these results are in the order of the search.",
  rerank_unavailable: "The reranker is not available: these results are in the order of the search.",
  rerank_invalid: "The reranker failed: these results are in the order of the search.",
  vectors_unavailable: "Results that say the same could not be recognised.",
};

function showHits(answer, elapsed) {
  shown = answer.query;
  welcome.hidden = true;
  notice.hidden = answer.degraded.length === 0;
  notice.textContent = answer.degraded.map((code) => DEGRADED[code] ?? code).join(" ");
  const ms = (value) => `${value.toFixed(1)} ms`;
  const took = answer.took_ms;
  const count = answer.hits.length === 1 ? "1 result" : `${answer.hits.length} results`;
  status.textContent =
    answer.hits.length === 0
      ? "Nothing was found."
      : `${count} in ${ms(took.total)} · embed ${ms(took.embed)} · retrieve ${ms(took.retrieve)} · fuse ${ms(took.fuse)} · ${ms(elapsed)} with network`;
  const words = stems(answer.query);
  hits.replaceChildren(...answer.hits.map((hit) => hitElement(hit, words)));
}

function hitElement(hit, words) {
  const item = element("hit").content.cloneNode(true).firstElementChild;
  const part = (selector) => item.querySelector(selector);
  const title = titleOf(hit);
  append(part(".title"), title, words);
  const path = [hit.document_id, ...hit.heading_path.filter((heading) => heading !== title)];
  part(".path").textContent = path.join(" › ");
  append(part(".text"), withoutTitle(readable(hit.text), title), words);
  part(".score .value").textContent = hit.score.toFixed(3);
  part(".legs").append(...["vector", "keyword"].filter(legRan).map((name) => legElement(name, hit.explain.legs[name])));
  part(".facets").append(...facets(hit.metadata));
  const open = () => showDocument(hit);
  part(".title").addEventListener("click", open);
  part("article").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === event.currentTarget) open();
  });
  return item;
}

/** What a person would call the document: its title, its first heading, or the end of its id. */
function titleOf(hit) {
  const heading = /^\s{0,3}#{1,6}\s+(.{1,200})$/m.exec(hit.text)?.[1];
  return hit.title ?? hit.heading_path[0] ?? heading ?? hit.document_id.split("/").at(-1);
}

/** A text that begins with its title need not say it again. */
function withoutTitle(text, title) {
  const rest = text.startsWith(title) ? text.slice(title.length).trimStart() : text;
  return rest === "" ? text : rest;
}

const legRan = (name) => mode() === "hybrid" || mode() === name;

function legElement(name, leg) {
  const row = element("leg").content.cloneNode(true).firstElementChild;
  row.classList.add(name);
  row.classList.toggle("absent", leg === undefined);
  row.querySelector(".label").textContent = name;
  row.querySelector(".value").textContent = leg === undefined ? "–" : `${leg.score.toFixed(name === "vector" ? 3 : 2)} · #${leg.rank}`;
  row.querySelector(".bar span").style.setProperty("--part", leg === undefined ? 0 : leg.normalized);
  row.title = leg === undefined ? `not among the ${name} results` : `normalized ${leg.normalized.toFixed(3)}`;
  return row;
}

function facets(metadata) {
  return Object.entries(metadata)
    .filter(([, value]) => value !== null && (typeof value !== "object" || Array.isArray(value)))
    .slice(0, 4)
    .map(([key, value]) => {
      const item = document.createElement("li");
      item.textContent = `${key}: ${Array.isArray(value) ? value.join(", ") : value}`;
      item.title = item.textContent;
      return item;
    });
}

async function showDocument(hit) {
  element("document-title").textContent = titleOf(hit);
  element("document-facts").textContent = hit.document_id;
  element("document-text").textContent = "…";
  dialog.showModal();
  const path = hit.document_id.split("/").map(encodeURIComponent).join("/");
  try {
    const answer = await fetch(`/v1/documents/${path}`, { headers: headers({}) });
    const body = await answer.json();
    if (answer.ok) fillDocument(body, hit.chunk_id);
    else element("document-text").textContent = body.detail ?? "The document cannot be shown.";
  } catch {
    element("document-text").textContent = "Freshet does not answer. Is it running?";
  }
}

function fillDocument(body, chunkId) {
  const facts = element("document-facts");
  facts.textContent = `${body.id} · version ${body.version} · ${new Date(body.event_time).toLocaleString()}`;
  if (/^https?:\/\//.test(body.uri ?? "")) {
    const link = document.createElement("a");
    link.href = body.uri;
    link.rel = "noopener noreferrer";
    link.textContent = "source";
    facts.append(" · ", link);
  }
  const text = element("document-text");
  text.replaceChildren();
  const words = stems(shown);
  const here = body.chunks.find((chunk) => chunk.id === chunkId);
  // Offsets hold only while no chunk is missing.
  if (here === undefined || body.missing_chunks !== undefined) {
    append(text, body.text, words);
    return;
  }
  const passage = document.createElement("span");
  passage.className = "here";
  append(passage, body.text.slice(here.start, here.end), words);
  text.append(body.text.slice(0, here.start), passage, body.text.slice(here.end));
  passage.scrollIntoView({ block: "center" });
}

function move(step) {
  const all = [...hits.querySelectorAll("article")];
  if (all.length === 0) return;
  const next = all.indexOf(document.activeElement?.closest("article")) + step;
  if (next < 0) query.focus();
  else all[Math.min(next, all.length - 1)].focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
query.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(search, TYPING_PAUSE_MS);
});
for (const input of [...form.elements.mode, grouped, tenant]) input.addEventListener("change", search);
element("document-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
document.addEventListener("keydown", (event) => {
  if (dialog.open) return;
  const writing = event.target.matches("input");
  if (event.key === "/" && !writing) {
    event.preventDefault();
    query.select();
  } else if (event.key === "Escape" && event.target === query) {
    query.value = "";
    search();
  } else if (event.key === "ArrowDown" && (!writing || event.target === query)) {
    event.preventDefault();
    move(1);
  } else if (event.key === "ArrowUp" && !writing) {
    event.preventDefault();
    move(-1);
  }
});
window.addEventListener("popstate", () => {
  readAddress();
  search();
});

readAddress();
if (query.value !== "") search();
