// The viewer of a timeline: reads the data that is packed into this page, and shows it. It keeps nothing but what is read, makes
// pages on demand, and lets text from the run into its own document by `textContent` alone.
"use strict";

/** @typedef {Record<string, any>} Data */

// --- small things -------------------------------------------------------------------------------------------------------------

/** @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);

/** An element with properties, data and children; text is text. @returns {any} */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "style") for (const [key, each] of Object.entries(value)) node.style.setProperty(key, each);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(3).filter((each) => each !== null && each !== undefined && each !== false));
  return node;
}

const size = (bytes) => (bytes < 10000 ? `${bytes} B` : `${(bytes / 1000).toFixed(bytes < 100000 ? 1 : 0)} kB`);
const plural = (count, one, many = one + "s") => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const seconds = (micros) => `${(micros / 1e6).toFixed(3).replace(/\.?0+$/, "") || "0"} s`;

// --- the data -----------------------------------------------------------------------------------------------------------------

async function unpack() {
  const bytes = Uint8Array.from(atob($("data").textContent.trim()), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** The last of some versions, `[[step, value], …]`, up to a step. */
function at(versions, step) {
  if (!versions) return undefined;
  let low = 0, high = versions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (versions[middle][0] <= step) low = middle + 1; else high = middle;
  }
  return low ? versions[low - 1][1] : undefined;
}

const ROOT_TAG = /^\s*(?:<!--[^]*?-->\s*)*<[a-zA-Z][^\s/>]*/;
const CONTAINER = /<[a-zA-Z][^<>]*\sdata-phx-session\b[^<>]*>/g;

/** The page versions; as `pages.py` has them, rule for rule. */
class Pages {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.roots = new Map();
    this.components = new Map();
    this.views = new Map();
    const put = (map, key, step, value) => (map.get(key) || map.set(key, []).get(key)).push([step, value]);
    for (const step of data.steps) {
      for (const [pid, [root, components]] of Object.entries(step.pages || {})) {
        put(this.roots, pid, step.n, root);
        for (const [cid, node] of Object.entries(components)) put(this.components, `${cid} ${pid}`, step.n, node);
      }
      for (const [pid, children] of Object.entries(step.views || {})) put(this.views, pid, step.n, children);
    }
  }

  html(pid, step) {
    const root = at(this.roots.get(pid), step);
    if (root === undefined) return null;
    const own = this.spelled(this.pieces(root), pid, step, []);
    const { strings, processes } = this.data;
    const inside = new Map();
    for (const child of at(this.views.get(pid), step) || []) {
      const process = processes[strings[child]];
      const shown = process && this.html(strings[child], step);
      if (shown !== null && shown !== undefined) inside.set(strings[process.dom], shown);
    }
    return inside.size ? filled(own, inside) : own;
  }

  pieces(node) {
    const { strings, nodes } = this.data;
    const found = [], stack = [[nodes[node], 0]];
    let text = "";
    while (stack.length) {
      const top = stack[stack.length - 1];
      if (top[1] === top[0].length) { stack.pop(); continue; }
      const part = top[0][top[1]++];
      if (typeof part !== "number") {
        if (text) found.push(text);
        text = "";
        found.push([part[0], part.length > 1 ? strings[part[1]] : ""]);
      } else if (part >= 0) text += strings[part];
      else stack.push([nodes[~part], 0]);
    }
    if (text) found.push(text);
    return found;
  }

  spelled(pieces, pid, step, within) {
    let out = "";
    for (const piece of pieces) {
      if (typeof piece === "string") { out += piece; continue; }
      const [cid, attributes] = piece;
      const root = at(this.components.get(`${cid} ${pid}`), step);
      if (root === undefined || root === null || within.includes(cid)) continue;
      const inner = marked(this.pieces(root), ` data-phx-component="${cid}"${attributes}`);
      out += this.spelled(inner, pid, step, [...within, cid]);
    }
    return out;
  }
}

function marked(pieces, attributes) {
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    const put = (value) => [...pieces.slice(0, i), value, ...pieces.slice(i + 1)];
    if (typeof piece !== "string") return put([piece[0], piece[1] + attributes]);
    const match = ROOT_TAG.exec(piece);
    if (match) return put(piece.slice(0, match[0].length) + attributes + piece.slice(match[0].length));
    if (piece.trim()) break;
  }
  return pieces;
}

function filled(html, inside) {
  return html.replace(CONTAINER, (tag) => {
    const id = / id="([^"]*)"/.exec(tag);
    const inner = id && inside.get(id[1].replace(/&quot;/g, '"').replace(/&#(?:39|x27);/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&"));
    return inner === undefined || inner === null ? tag : tag + inner;
  });
}

// --- foreign pages: nothing in them runs, loads, leads away or takes the focus --------------------------------------------------

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";
const OUT = "script,iframe,frame,frameset,object,embed,applet,link,base,meta,noscript,portal,template,audio>source,video>source,track,animate,set,animateMotion,animateTransform,foreignObject script";
const LOADS = new Set("href src srcset action formaction poster ping background data srcdoc xlink:href target autofocus http-equiv archive classid codebase cite longdesc manifest profile usemap dynsrc lowsrc popovertarget commandfor imagesrcset attributionsrc nonce is slot".split(" "));
const PICTURE = /^data:image\/(?:png|gif|jpeg|webp)[;,]/i;
const OURS = "data-timeline";

/** Style without anything that loads. */
const plainStyle = (css) => css.replace(/(?:url|image-set|-webkit-image-set)\(\s*(?!["']?data:)[^)]*\)/gi, "none").replace(/@import[^;]*;?/gi, "");

/** A document of the page's text, in which nothing is left that could do anything. */
function harmless(html) {
  const doc = new DOMParser().parseFromString(html, "text/html");
  for (const node of doc.querySelectorAll(OUT)) node.remove();
  for (const node of doc.querySelectorAll("style")) node.textContent = plainStyle(node.textContent);
  for (const node of doc.querySelectorAll("*")) {
    for (const { name, value } of [...node.attributes]) {
      const low = name.toLowerCase();
      if (low.startsWith("on") || low.startsWith(OURS)) node.removeAttribute(name);
      else if (low === "style") { if (/url|image-set/i.test(value)) node.setAttribute("style", plainStyle(value)); }
      else if (LOADS.has(low) || low.endsWith(":href")) {
        if (low === "src" && PICTURE.test(value)) continue;
        node.removeAttribute(name);
        if (low === "href") node.setAttribute("data-lv-link", value);
      }
    }
  }
  return doc;
}

const PLAIN = "body{font:15px/1.5 system-ui,'DejaVu Sans',sans-serif;margin:14px;color:#111}[data-lv-link]{color:#1f55d6;text-decoration:underline}table{border-collapse:collapse}td,th{padding:2px 8px 2px 0;text-align:left}[hidden]{display:none}";
const MARKS = `
[${OURS}-mark~="new"]{outline:2px solid #15803d!important;outline-offset:1px;background-image:linear-gradient(#15803d1a,#15803d1a)!important}
[${OURS}-mark~="changed"]{outline:2px solid #d99a00!important;outline-offset:1px;background-image:linear-gradient(#d99a0026,#d99a0026)!important}
[${OURS}-mark~="gone"]{outline:2px dashed #c62820!important;outline-offset:1px;background-image:linear-gradient(#c628201a,#c628201a)!important}
[${OURS}-focus]{box-shadow:0 0 0 3px #6a3fc4aa!important}
[${OURS}-at]{outline:3px dashed #1f55d6!important;outline-offset:3px}`;

// --- what differs between two versions of a page --------------------------------------------------------------------------------

/** The places where two bodies differ: `{kind, old, now, path, before, after}`; whole subtrees that are equal are passed over. */
function differences(old, now) {
  const found = [];
  const note = (kind, was, is) => found.push({ kind, old: was, now: is });
  const own = (node) => [...node.childNodes].filter((each) => each.nodeType === 1 || (each.nodeType === 3 && each.data.trim()));
  const same = (one, two) => one.nodeType === two.nodeType && one.nodeName === two.nodeName && (one.nodeType === 3 || (one.id || "") === (two.id || ""));
  const walk = (one, two) => {
    if (one.isEqualNode(two)) return;
    let told = false;
    const tell = () => { if (!told) { note("changed", one, two); told = true; } };
    if (one.nodeType === 1 && !equalAttributes(one, two)) tell();
    let a = own(one), b = own(two);
    while (a.length && b.length && a[0].isEqualNode(b[0])) { a.shift(); b.shift(); }
    while (a.length && b.length && a[a.length - 1].isEqualNode(b[b.length - 1])) { a.pop(); b.pop(); }
    const ids = new Map(b.filter((each) => each.id).map((each) => [each.id, each]));
    const pairs = [], left = [];
    for (const each of a) {
      const twin = each.id && ids.get(each.id);
      if (twin && twin.nodeName === each.nodeName) { pairs.push([each, twin]); ids.delete(each.id); } else left.push(each);
    }
    const taken = new Set(pairs.map((pair) => pair[1]));
    const rest = b.filter((each) => !taken.has(each));
    for (const each of left) {
      const i = rest.findIndex((other) => same(each, other));
      if (i < 0) { if (each.nodeType === 1) note("gone", each, two); else tell(); continue; }
      if (each.nodeType === 1) pairs.push([each, rest[i]]);
      else if (each.data !== rest[i].data) tell();
      rest.splice(i, 1);
    }
    for (const each of rest) { if (each.nodeType === 1) note("new", one, each); else tell(); }
    for (const [was, is] of pairs) walk(was, is);
  };
  walk(old, now);
  return found;
}

function equalAttributes(one, two) {
  const own = (node) => [...node.attributes].filter((each) => !each.name.startsWith(OURS)); // the focus is no change of the page
  const [a, b] = [own(one), own(two)];
  return a.length === b.length && a.every((each) => two.getAttribute(each.name) === each.value);
}

/** Where an element stands, in short. */
function path(node) {
  const names = [];
  for (let each = node; each && each.nodeType === 1 && names.length < 3; each = each.parentElement) {
    if (each.localName === "body" || each.localName === "html") break;
    names.unshift(each.id ? `#${each.id}` : each.localName);
    if (each.id) break;
  }
  return names.join(" › ") || "the page";
}

/** An element as text, one tag a line where it has elements inside. */
function written(node, depth = 0) {
  if (node.nodeType === 3) return "  ".repeat(depth) + node.data.trim();
  const shell = node.cloneNode(false);
  const tag = shell.outerHTML.replace(/ data-lv-link=/g, " href=").replace(/ data-timeline-focus=""/g, "").replace(/<\/[^>]*>$/, "");
  const inside = [...node.childNodes].filter((each) => each.nodeType === 1 || (each.nodeType === 3 && each.data.trim()));
  const end = /^(?:area|br|col|hr|img|input|wbr|source)$/.test(node.localName) ? "" : `</${node.localName}>`;
  const pad = "  ".repeat(depth);
  if (!inside.some((each) => each.nodeType === 1)) return pad + tag + inside.map((each) => each.data.trim()).join(" ") + end;
  return [pad + tag, ...inside.map((each) => written(each, depth + 1)), pad + end].join("\n");
}

function cards(found) {
  return found.map(({ kind, old, now }) => {
    if (kind === "new") return [path(now), null, written(now)];
    if (kind === "gone") return [path(old), written(old), null];
    const text = (node) => {
      const words = [...node.childNodes].filter((each) => each.nodeType === 3).map((each) => each.data.trim()).filter(Boolean).join(" ");
      return equalAttributes(old, now) ? words : node.cloneNode(false).outerHTML.replace(/ data-lv-link=/g, " href=").replace(/ data-timeline-focus=""/g, "").replace(/<\/[^>]*>$/, "") + words;
    };
    return [path(now), text(old), text(now)];
  });
}

// --- the viewer -----------------------------------------------------------------------------------------------------------------

const BOOKKEEPING = new Set(["cids_will_destroy", "cids_destroyed", "phx_leave", "close", "allow_upload", "progress"]);
const BUILT_IN = new Set(["str", "int", "float", "bool", "tuple", "list", "dict", "NoneType"]);
const ICONS = { broadcast: "⇄", timer: "◷", task: "⚙", info: "✉", client: "▸", call: "✉", cast: "✉", exit: "◼", send_update: "✉", forwarded: "↗", own: "·" };
const PANELS = ["changes", "assigns", "wire", "server", "test", "world", "else"];
const COLOURS = 6;

class Viewer {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.s = (number) => (number === undefined || number === null ? "" : data.strings[number]);
    this.steps = data.steps;
    this.pages = new Pages(data);
    this.step = 0;
    this.panel = "changes";
    this.which = "after";
    this.tab = null;
    this.hidden = new Set();
    this.bookkeeping = false;
    this.open = new Map();
    this.docs = new Map();
    this.frames = new Map();
    this.read();
  }

  /** What is asked often, found once. */
  read() {
    const { data, s } = this;
    this.people = [];
    const seen = new Map();
    for (const process of Object.values(data.processes)) {
      if (seen.has(process.tab)) continue;
      seen.set(process.tab, this.people.length);
      this.people.push({ tab: process.tab, who: s(process.who) });
    }
    this.people.sort((a, b) => a.tab - b.tab);
    this.people.forEach((each, i) => { each.colour = `var(--p${i % COLOURS})`; each.lane = i; });
    this.person = new Map(this.people.map((each) => [each.tab, each]));
    this.rootOf = new Map();
    this.urls = new Map(); this.titles = new Map(); this.laid = new Map(); this.client = new Map();
    this.timers = []; this.tasks = []; this.alive = new Map();
    this.caused = new Map();
    this.firstOf = new Map();
    let nodes = 0;
    const put = (map, key, step, value) => (map.get(key) || map.set(key, []).get(key)).push([step, value]);
    for (const step of this.steps) {
      const pid = s(step.process), process = data.processes[pid];
      if (step.cause) put(this.caused, step.cause, step.n, step.n);
      if (step.act !== undefined && !this.firstOf.has(step.act)) this.firstOf.set(step.act, step.n);
      for (const each of Object.keys(step.pages || {})) {
        const root = data.processes[each];
        if (root && root.parent === undefined) put(this.rootOf, root.tab, step.n, each);
      }
      if (process) put(this.alive, pid, step.n, !step.ended);
      if (step.url !== undefined) put(this.urls, step.tab, step.n, s(step.url));
      if (step.title !== undefined) put(this.titles, step.tab, step.n, s(step.title));
      if (step.overlay) put(this.laid, step.tab, step.n, step.overlay);
      if (step.client) put(this.client, step.tab, step.n, step.client);
      if (step.world && step.world.timers) this.timers.push([step.n, step.world.timers]);
      if (step.world && step.world.tasks) this.tasks.push([step.n, step.world.tasks]);
      let last = nodes;
      for (const version of Object.values(step.pages || {})) {
        for (const node of [version[0], ...Object.values(version[1])]) if (node !== null && node >= last) last = node + 1;
      }
      step.fresh = [nodes, this.lastNode(last)];
      nodes = Math.max(nodes, step.fresh[1]);
    }
  }

  /** Nodes are numbered as they are met: those of a step end where the next step's begin. */
  lastNode(node) { return node; }

  who(step) {
    const process = this.data.processes[this.s(step.process)];
    if (!process) return { who: step.tab && this.person.has(step.tab) ? this.person.get(step.tab).who : "test", colour: "var(--quiet)", lane: null };
    const person = this.person.get(process.tab);
    return { who: person.who + (process.parent === undefined ? "" : ` · ${this.s(process.dom)}`), colour: person.colour, lane: person.lane };
  }

  /** What a step is called in the list, without who. */
  told(step) {
    const s = this.s, event = s(step.event);
    if (step.kind === "time") return "time passes";
    if (step.kind === "begin") return "was here before";
    if (step.kind === "failed") return s(step.error).split("\n")[0];
    if (step.kind === "page") return "the page alone";
    if (step.kind === "lost") return `to nobody: ${event}`;
    if (s(step.origin) === "client" && event === "phx_join") return `joins ${s((this.data.processes[s(step.process)] || {}).view)}`;
    if (step.handles !== undefined) return s(step.handles);
    return step.message !== undefined && BUILT_IN.has(event) ? s(step.message) : event;
  }

  changed(step) { return Boolean(step.pages || step.overlay); }

  // --- the list ---

  build() {
    const { data } = this;
    document.title = `${data.title} · timeline`;
    $("title").textContent = data.title;
    const verdict = data.failure ? "failed" : "passed";
    $("verdict").textContent = verdict;
    $("verdict").classList.add(verdict);
    const messages = this.steps.filter((each) => each.kind === "message" || each.kind === "crash").length;
    $("counts").textContent = `${plural(data.acts.length, "act")} · ${plural(messages, "message")} · ${plural(this.people.length, "person", "people")}`;
    if (data.failure) { $("failure").hidden = false; $("failure").firstElementChild.textContent = this.s(data.failure.text); }
    $("plain").textContent = data.css === null ? "styles not given" : "";
    this.buildPeople();
    this.buildRows();
    this.buildPanels();
    this.listen();
    if (!this.steps.length) {
      $("steps").append(el("p", { class: "none" }, "Nothing happened: no view was opened."));
      this.fromLink();
      return;
    }
    const failure = data.failure;
    this.tab = (failure && failure.tab) || null;
    if (failure) this.panel = "test";
    this.select(this.fromLink() || (failure ? failure.step || this.steps.length : 1), { keep: true });
  }

  buildPeople() {
    const extra = this.steps.filter((each) => this.isBookkeeping(each)).length;
    $("people").replaceChildren(
      ...this.people.map((each) => el("button", {
        type: "button", "aria-pressed": "true", style: { "--who": each.colour }, title: `Show or hide what ${each.who} got`,
        onclick: (event) => {
          const off = !this.hidden.delete(each.tab);
          if (off) this.hidden.add(each.tab);
          event.currentTarget.setAttribute("aria-pressed", String(!off));
          this.filter();
        },
      }, el("i", { class: "dot" }), each.who)),
      ...(extra ? [el("button", {
        type: "button", class: "extra", "aria-pressed": "false", title: "What client and server settle among themselves",
        onclick: (event) => {
          this.bookkeeping = !this.bookkeeping;
          event.currentTarget.setAttribute("aria-pressed", String(this.bookkeeping));
          this.filter();
        },
      }, `bookkeeping ${extra}`)] : []),
    );
  }

  isBookkeeping(step) {
    if (this.firstOf.get(step.act) === step.n) return false;
    return step.kind === "page" ? !this.changed(step) : step.kind === "message" && BOOKKEEPING.has(this.s(step.event));
  }

  buildRows() {
    const width = 14 * this.people.length + 12, x = (lane) => 12 + 14 * lane;
    const lines = this.people.map((each) => `linear-gradient(${each.colour},${each.colour}) ${x(each.lane) - 0.5}px 0/1px 100% no-repeat`).join(",");
    $("steps").style.setProperty("--lanes", lines || "none");
    this.rows = new Map();
    const parts = [];
    let clock = 0;
    for (const step of this.steps) {
      if (step.t !== clock && step.kind !== "begin") {
        parts.push(el("div", { class: "clock", role: "presentation" }, el("span", { style: { width: `${width}px`, flex: "none" } }), `+${seconds(step.t - clock)} → ${seconds(step.t)}`));
      }
      clock = step.t;
      const row = this.row(step, width, x);
      this.rows.set(step.n, row);
      parts.push(row);
    }
    const failure = this.data.failure;
    if (failure) parts.push(el("div", { class: "row failing", role: "option", id: "row-failure", "aria-selected": "false", onclick: () => { this.show("test"); this.select(failure.step, { keep: true }); } }, "✗ ", el("span", { class: "said" }, this.s(failure.short))));
    $("steps").replaceChildren(...parts);
    this.filter();
  }

  row(step, width, x) {
    const { who, colour, lane } = this.who(step);
    const act = step.act === undefined ? null : this.data.acts[step.act];
    const leads = act && this.firstOf.get(step.act) === step.n;
    const bad = step.kind === "crash" || step.kind === "failed";
    const cause = step.cause ? this.who(this.steps[step.cause - 1]) : null;
    const lanes = el("span", { class: "lanes", style: { width: `${width}px` }, "aria-hidden": "true" });
    if (lane !== null) {
      if (cause && cause.lane !== null && cause.lane !== lane) {
        const [a, b] = [x(cause.lane), x(lane)];
        lanes.append(el("span", { class: `from ${b > a ? "right" : "left"}`, style: { left: `${Math.min(a, b) + (b > a ? 0 : 6)}px`, width: `${Math.abs(a - b) - 6}px`, "--cause": cause.colour } }));
      }
      const kind = step.kind === "page" || step.kind === "begin" ? " alone" : this.changed(step) || bad ? "" : " hollow";
      lanes.append(el("span", { class: `mark${kind}`, style: { left: `${x(lane)}px` } }));
    }
    const what = leads ? this.s(act.what) : this.told(step);
    const after = leads ? this.afterwards(step, what) : "";
    const shown = leads && act.who !== undefined ? this.s(act.who) : who;
    const title = [shown, what, after, step.kind === "crash" ? this.s(step.error) : ""].filter(Boolean).join(" ");
    return el("div", {
      class: `row${leads ? " act" : ""}${bad ? " bad" : ""}`, role: "option", id: `row-${step.n}`, "aria-selected": "false", title,
      style: { "--who": colour }, onclick: () => this.select(step.n),
    },
    lanes,
    leads ? el("span", { class: "number" }, String(step.act + 1)) : [el("span", { class: "number" }), el("span", { class: "icon", "aria-hidden": "true" }, bad ? "✗" : ICONS[this.s(step.origin)] || "·")],
    el("span", { class: "who" }, shown), " ",
    el("span", { class: "said" }, what),
    after ? [" ", el("span", { class: "handles" }, after)] : null,
    step.bytes ? el("span", { class: "bytes" }, size(step.bytes)) : null);
  }

  /** Of an act: what of it reached the server, if its own words do not say so already. */
  afterwards(step, what) {
    const s = this.s;
    if (step.kind === "crash") return `✗ ${s(step.error).split("\n")[0]}`;
    if (step.handles !== undefined && !what.includes(s(step.handles))) return `→ ${s(step.handles)}`;
    if (step.left) return `→ ${s(step.left[0])} ${s(step.left[1])}`;
    if (step.to !== undefined && !what.includes(s(step.to))) return `→ patch ${s(step.to)}`;
    return step.kind === "message" && s(step.origin) !== "client" && !what.includes(s(step.event)) ? `→ ${s(step.event)}` : "";
  }

  filter() {
    const words = $("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let hits = 0;
    this.matches = [];
    for (const step of this.steps) {
      const row = this.rows.get(step.n);
      const hit = !words.length || words.every((word) => this.textOf(step).includes(word));
      const shown = hit && !this.hidden.has(step.tab) && (this.bookkeeping || words.length || !this.isBookkeeping(step));
      row.hidden = !shown;
      if (shown) { hits++; this.matches.push(step.n); }
    }
    for (const rule of document.querySelectorAll(".clock")) rule.hidden = words.length > 0;
    $("found").textContent = words.length ? `${hits} of ${this.steps.length}` : "";
    this.drawStrip();
  }

  /** All text of a step, for the search. */
  textOf(step) {
    if (step.text !== undefined) return step.text;
    const { data, s } = this, parts = [this.who(step).who, this.told(step)];
    const act = data.acts[step.act];
    if (act) parts.push(s(act.what), s(act.code));
    const texts = (value) => {
      if (typeof value === "number") parts.push(s(value));
      else if (Array.isArray(value)) value.forEach(texts);
    };
    for (const name of ["event", "origin", "message", "handles", "gesture", "url", "title", "error"]) if (step[name] !== undefined) parts.push(s(step[name]));
    for (const name of ["assigns", "effects", "notes", "client", "page_events", "undone"]) if (step[name]) texts(step[name]);
    for (const each of step.frames || []) parts.push(s(each[1]), s(each[2]));
    for (const each of step.hooks || []) parts.push(s(each[0]), s(each[1]), ...each[3].map(s));
    for (const each of Object.values(step.components || {})) { parts.push(s(each[0]), s(each[1])); texts(each[2]); }
    for (const [pid, version] of Object.entries(step.pages || {})) {
      parts.push(pid);
      for (const node of [version[0], ...Object.values(version[1])]) if (node !== null) this.words(node, step.n, parts);
    }
    return (step.text = parts.join("\n").toLowerCase());
  }

  /** The text of the nodes that are met here for the first time. */
  words(node, step, parts) {
    this.met = this.met || new Map();
    const todo = [node];
    while (todo.length) {
      const each = todo.pop();
      if ((this.met.get(each) || step) !== step || this.met.has(each)) continue;
      this.met.set(each, step);
      for (const part of this.data.nodes[each]) {
        if (typeof part !== "number") continue;
        if (part >= 0) parts.push(this.data.strings[part]); else todo.push(~part);
      }
    }
  }

  // --- going about ---

  /** @param {number} number @param {{keep?: boolean}} options */
  select(number, options = {}) {
    if (!this.steps.length) return;
    const n = Math.max(1, Math.min(this.steps.length, number));
    const step = this.steps[n - 1];
    if (this.step) { const old = this.rows.get(this.step); old.setAttribute("aria-selected", "false"); }
    this.step = n;
    const row = this.rows.get(n);
    row.setAttribute("aria-selected", "true");
    reveal($("steps"), row);
    $("steps").setAttribute("aria-activedescendant", row.id);
    if (!(options.keep && this.tab) && step.tab && this.person.has(step.tab)) this.tab = step.tab;
    if (!this.tab && this.people.length) this.tab = this.people[0].tab;
    this.draw();
  }

  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.drawNow();
    });
  }

  drawNow() {
    const step = this.steps[this.step - 1];
    this.drawTabs();
    this.drawSheets();
    this.drawPanel();
    this.drawStrip();
    $("position").textContent = `${this.step} / ${this.steps.length} · ${seconds(step.t)}`;
    $("back").disabled = this.step === 1;
    $("forth").disabled = this.step === this.steps.length;
    const strip = $("strip");
    strip.setAttribute("aria-valuemin", "1");
    strip.setAttribute("aria-valuemax", String(this.steps.length));
    strip.setAttribute("aria-valuenow", String(this.step));
    strip.setAttribute("aria-valuetext", `${this.step} of ${this.steps.length}: ${this.rows.get(this.step).title}`);
    this.toLink();
  }

  toLink() {
    const who = this.person.get(this.tab);
    const hash = `#step=${this.step}&tab=${this.panel}${who ? `&person=${encodeURIComponent(who.who)}` : ""}`;
    try { history.replaceState(null, "", hash); } catch { /* in a srcdoc there is no address to change */ }
  }

  fromLink() {
    const given = new URLSearchParams(location.hash.slice(1));
    const person = this.people.find((each) => each.who === given.get("person"));
    if (person) this.tab = person.tab;
    if (this.hasPanel(given.get("tab") || "")) this.panel = given.get("tab");
    this.markPanels();
    return Number(given.get("step")) || null;
  }

  /** The next step in a direction that is not filtered out; `acts`: the next act. */
  next(by, acts = false) {
    for (let n = this.step + by; n >= 1 && n <= this.steps.length; n += by) {
      const step = this.steps[n - 1];
      if (!this.rows.get(n).hidden && (!acts || this.firstOf.get(step.act) === n)) return n;
    }
    return this.step;
  }

  // --- the page ---

  drawTabs() {
    $("tabs").replaceChildren(...this.people.map((each) => el("button", {
      type: "button", role: "tab", "aria-selected": String(each.tab === this.tab), style: { "--who": each.colour },
      onclick: () => { this.tab = each.tab; this.draw(); },
    }, each.who)));
    const url = at(this.urls.get(this.tab), this.step), title = at(this.titles.get(this.tab), this.step);
    $("address").textContent = url === undefined ? "" : url + (title ? `  —  ${title}` : "");
    for (const button of $("which").children) button.setAttribute("aria-pressed", String(button.dataset.which === this.which));
  }

  /** The step whose page is the one before this step's, for whoever is looked at. */
  before() { return this.step - 1; }

  /** A person's page after a step, as a document without anything that could act. */
  doc(tab, step) {
    const pid = at(this.rootOf.get(tab), step);
    if (pid === undefined) return null;
    const html = this.pages.html(pid, step);
    if (html === null) return null;
    const around = this.data.processes[pid].document;
    const whole = around ? this.s(around[0]) + html + this.s(around[1]) : html;
    const laid = at(this.laid.get(tab), step);
    const last = this.docs.get(tab) || [];
    let found = last.find((each) => each.whole === whole && each.laid === laid);
    if (!found) {
      found = { whole, laid, doc: harmless(whole) };
      if (laid) this.lay(found.doc, laid, pid);
      last.unshift(found);
      last.length = Math.min(last.length, 3);
      this.docs.set(tab, last);
    }
    return found.doc;
  }

  /** What the client did to the page. */
  lay(doc, laid, root) {
    const { s, data } = this;
    for (const [view, place, name, value] of laid.map((each) => each.map((one) => (one === null ? null : s(one))))) {
      const process = data.processes[view];
      const top = (process && process.dom !== undefined && doc.getElementById(s(process.dom))) || doc.getElementById(root) || doc.body;
      const node = locate(doc, top, place);
      if (!node) continue;
      if (name === ":focus") node.setAttribute(`${OURS}-focus`, "");
      else if (name === ":value") { if (node.localName === "textarea") node.textContent = value; else node.setAttribute("value", value); }
      else if (name === ":checked") node.toggleAttribute("checked", value === "true");
      else if (name === ":selected") { const chosen = JSON.parse(value); for (const each of node.querySelectorAll("option")) each.toggleAttribute("selected", chosen.includes(each.value)); }
      else if (name === ":text") node.textContent = value;
      else if (name === ":html") { const other = harmless(value).body.firstElementChild; if (other) node.replaceWith(doc.adoptNode(other)); }
      else if (name === ":leaving") { const [index, html] = JSON.parse(value); const other = harmless(html).body.firstElementChild; if (other) node.insertBefore(doc.adoptNode(other), node.children[index] || null); }
      else if (name.startsWith(":")) continue;
      else if (/^on/i.test(name) || LOADS.has(name.toLowerCase())) continue;
      else if (value === null) node.removeAttribute(name);
      else try { node.setAttribute(name, value); } catch { /* a name that no parser would take either */ }
    }
  }

  drawSheets() {
    const step = this.steps[this.step - 1];
    const now = this.doc(this.tab, this.step);
    const old = this.step > 1 ? this.doc(this.tab, this.step - 1) : null;
    this.found = now && old && now !== old ? differences(old.body, now.body) : [];
    this.first = Boolean(now && !old);
    const wanted = this.which === "both" ? ["before", "after"] : [this.which];
    const key = wanted.join();
    if (this.layout !== key) {
      this.layout = key;
      this.frames.clear();
      $("sheets").replaceChildren(...wanted.map((name) => el("div", { class: "sheet", "data-sheet": name }, el("h2", {}, name), el("p", {}))));
    }
    for (const name of wanted) this.drawSheet(name, name === "before" ? old : now, step);
  }

  drawSheet(name, doc, step) {
    const box = $("sheets").querySelector(`[data-sheet="${name}"]`), words = box.querySelector("p");
    words.hidden = Boolean(doc);
    if (!doc) {
      words.textContent = name === "before" && this.first ? `This is ${this.person.get(this.tab).who}'s first page.` : "This person has no page yet.";
      box.querySelector("iframe")?.remove();
      this.frames.delete(name);
      return;
    }
    const marks = new Map();
    for (const each of this.found) {
      if (name === "after" && each.kind !== "gone") marks.set(each.now, each.kind);
      if (name === "before" && each.kind !== "new") marks.set(each.old, each.kind);
    }
    const mine = step.tab === this.tab;
    const act = this.data.acts[step.act];
    const failing = this.data.failure && this.step === this.data.failure.step && this.data.failure.at !== undefined;
    const where = failing ? this.s(this.data.failure.at) : mine && act && act.at !== undefined ? this.s(act.at) : null;
    this.fill(name, box, doc, marks, where);
  }

  /** Put a page into a sheet: a frame in which no script runs, and which may load nothing. */
  fill(name, box, doc, marks, where) {
    const put = (frame) => {
      const target = frame.contentDocument;
      if (!target || !target.body) return;
      const body = target.importNode(doc.body, true);
      const twins = new Map();
      if (marks.size || where) pair(doc.body, body, twins, marks);
      for (const [node, kind] of marks) twins.get(node)?.setAttribute(`${OURS}-mark`, kind);
      const acted = where ? find(body, where) : null;
      if (acted) acted.setAttribute(`${OURS}-at`, "");
      const head = [...doc.querySelectorAll("head style")].map((each) => target.importNode(each, true));
      target.head.querySelectorAll("style[data-from-page]").forEach((each) => each.remove());
      for (const each of head) { each.setAttribute("data-from-page", ""); target.head.insertBefore(each, target.head.lastElementChild); }
      for (const each of [...target.documentElement.attributes]) target.documentElement.removeAttribute(each.name);
      for (const { name: key, value } of doc.documentElement.attributes) target.documentElement.setAttribute(key, value);
      body.inert = true;
      target.documentElement.replaceChild(body, target.body);
      const aim = acted || body.querySelector(`[${OURS}-mark]`);
      if (aim) {
        const box = aim.getBoundingClientRect(), high = frame.clientHeight;
        if (box.top < 0 || box.bottom > high) frame.contentWindow.scrollTo(0, Math.max(0, frame.contentWindow.scrollY + box.top - Math.min(high / 3, Math.max(20, high - box.height - 20))));
      }
    };
    let frame = this.frames.get(name);
    if (frame && frame.ready) return put(frame.node);
    if (frame) { frame.put = put; return; }
    const css = this.data.css === null ? PLAIN : this.data.css;
    const node = document.createElement("iframe");
    node.setAttribute("sandbox", "allow-same-origin"); // never with allow-scripts: the two together would undo the sandbox
    node.title = `The page ${name} the step`;
    node.tabIndex = -1;
    node.srcdoc = `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style id="page"></style><style id="marks"></style></head><body inert></body></html>`;
    frame = { node, ready: false, put };
    this.frames.set(name, frame);
    node.addEventListener("load", () => {
      const target = node.contentDocument;
      if (!target || frame.ready) return;
      target.getElementById("page").textContent = plainStyle(css);
      target.getElementById("marks").textContent = MARKS;
      // A click gives the focus to the sheet; until the blur has given it back, the keys arrive here.
      target.addEventListener("keydown", (event) => this.key(event));
      frame.ready = true;
      frame.put(node);
    });
    box.append(node);
  }

  // --- the details ---

  buildPanels() {
    const names = { changes: "Changes", assigns: "Assigns", wire: "Wire", server: "Server", test: "Test", world: "World", else: "What else" };
    $("panels").replaceChildren(...PANELS.map((name) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "panel", onclick: () => { this.show(name); } }, names[name], el("small", {}))));
    this.markPanels();
  }

  markPanels() {
    for (const name of PANELS) {
      const button = $(`tab-${name}`);
      if (button) { button.setAttribute("aria-selected", String(name === this.panel)); button.tabIndex = name === this.panel ? 0 : -1; }
    }
    $("panel").setAttribute("aria-labelledby", `tab-${this.panel}`);
  }

  hasPanel(name) { return PANELS.includes(name) && (name !== "else" || !!this.data.choices); }

  show(name) {
    if (!this.hasPanel(name)) return;
    this.panel = name; this.markPanels(); if (this.steps.length) { this.drawPanel(); this.toLink(); }
  }

  drawPanel() {
    const step = this.steps[this.step - 1];
    const components = Object.values(step.components || {}).reduce((sum, each) => sum + each[2].length, 0);
    const counts = {
      changes: this.found.length, assigns: (step.assigns || []).length + components, wire: (step.frames || []).length,
      server: (step.effects || []).length + (step.hooks || []).length + (step.notes || []).length + (step.error === undefined ? 0 : 1),
      test: 0, else: this.choicesAt(step).reduce((sum, [, each]) => sum + each.options.length - 1, 0), world: (step.client ? 1 : 0) + (step.page_events || []).length + (step.world ? 1 : 0),
    };
    for (const name of PANELS) $(`tab-${name}`).querySelector("small").textContent = counts[name] || "";
    $("tab-else").hidden = !this.data.choices;
    const panel = $("panel"), top = this.drawn === `${this.panel}` ? panel.scrollTop : 0;
    this.drawn = this.panel;
    panel.replaceChildren(...[this[`${this.panel}Panel`](step)].flat(3).filter(Boolean));
    if (this.panel === "test") reveal(panel, panel.querySelector(".fails") || panel.querySelector(".here"), true);
    else panel.scrollTop = top;
  }

  card(title, was, is) {
    return el("div", { class: "card" }, el("header", {}, title),
      was === null ? null : el("pre", { class: "was" }, `− ${was}`), is === null ? null : el("pre", { class: "is" }, `+ ${is}`));
  }

  /** A part that opens; whether it is open stays from step to step. */
  fold(key, open, title, bytes, ...inside) {
    const node = el("details", { class: "card", open: this.open.has(key) ? this.open.get(key) : open }, el("summary", {}, ...title, bytes === null ? null : el("span", { class: "bytes" }, bytes)), ...inside);
    node.addEventListener("toggle", () => { if (node.open !== (this.open.has(key) ? this.open.get(key) : open)) this.open.set(key, node.open); });
    return node;
  }

  changesPanel(step) {
    const who = (this.person.get(this.tab) || {}).who;
    const others = step.tab && step.tab !== this.tab && this.person.has(step.tab) ? el("p", { class: "small" }, `This step happened to ${this.person.get(step.tab).who}.`) : null;
    if (!this.people.length || !this.doc(this.tab, this.step)) return [others, el("p", { class: "none" }, "This person has no page yet.")];
    if (this.first) return [others, el("p", { class: "none" }, `${who}'s first page.`)];
    if (!this.found.length) return [others, el("p", { class: "none" }, `Nothing on ${who}'s page changed.`)];
    const shown = this.found.slice(0, 60);
    return [others, ...cards(shown).map(([title, was, is]) => this.card(title, was, is)), this.found.length > 60 ? el("p", { class: "small" }, `and ${this.found.length - 60} more`) : null];
  }

  diffs(list) { return (list || []).map(([place, was, is]) => this.card(this.s(place), was === null ? null : this.s(was), is === null ? null : this.s(is))); }

  assignsPanel(step) {
    const { s } = this;
    const parts = [];
    if (step.assigns) parts.push(el("h3", {}, this.who(step).who), ...this.diffs(step.assigns));
    for (const [cid, [name, id, list]] of Object.entries(step.components || {})) {
      parts.push(this.fold(`component ${cid}`, true, [`${s(name)} `, el("span", { class: "quiet" }, `${s(id)} · component ${cid}`)], null, el("div", { style: { padding: "8px 8px 0" } }, list.length ? this.diffs(list) : el("p", { class: "small" }, "rendered; no assign changed"))));
    }
    return parts.length ? parts : [el("p", { class: "none" }, "No assign changed.")];
  }

  wirePanel(step) {
    const { s } = this;
    if (!step.frames) return [el("p", { class: "none" }, step.kind === "message" ? "Nothing travelled: the message changed nothing on the page." : this.data.left_out.some((each) => each.includes("the frames of")) && step.kind !== "page" ? "Nothing is told here: see what was left out, in World." : "Nothing travelled.")];
    return step.frames.map(([direction, event, text, bytes, topic], i) => {
      const pretty = prettied(s(text)), lines = pretty.split("\n").length;
      return this.fold(`frame ${direction} ${s(event)} ${i}`, lines <= 400, [direction ? "← server " : "→ browser ", s(event), topic === undefined ? "" : ` ${s(topic)}`], size(bytes), coloured(pretty));
    });
  }

  serverPanel(step) {
    const { s, data } = this, pid = s(step.process), process = data.processes[pid];
    const rows = [];
    const row = (name, ...value) => rows.push(el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, ...value)));
    const jump = (n) => el("button", { type: "button", onclick: () => this.select(n) }, `${n} ${this.who(this.steps[n - 1]).who} ${this.told(this.steps[n - 1])}`);
    if (process) row("process", `${pid} (${s(process.view)})`);
    if (step.kind === "lost") row("to nobody", s(step.event));
    if (step.origin !== undefined) row("message", s(step.origin) === "client" ? `${s(step.event)} from the client${step.handles === undefined ? "" : `: ${s(step.gesture)} ${s(step.handles)}${step.cid === undefined ? "" : ` for component ${step.cid}`}`}` : `${s(step.origin)} ${s(step.message)}`);
    if (step.cause) row("caused by", jump(step.cause));
    const caused = this.caused.get(step.n) || [];
    if (caused.length) row("caused", caused.slice(0, 20).map(([n]) => jump(n)), caused.length > 20 ? `and ${caused.length - 20} more` : "");
    if (step.kind === "message") row("dynamics", `${step.evaluated || 0} evaluated`);
    if (step.rendered) row("components", step.rendered.slice(0, 60).join(", ") + (step.rendered.length > 60 ? ", …" : ""));
    if (step.left) row("left", `${s(step.left[0])} to ${s(step.left[1])}`);
    if (step.ended) row("then", "the process ended");
    const parts = [];
    if (step.error !== undefined) parts.push(el("h3", {}, step.kind === "crash" ? "The crash" : "The error: nothing of this act is in the world"), el("pre", { class: "bad-text" }, s(step.error)));
    if (step.undone) parts.push(el("h3", {}, "What had happened by then, and is undone"), el("ul", { class: "list" }, step.undone.map((each) => el("li", {}, s(each)))));
    if (step.notes) parts.push(el("h3", {}, "Lints and notes"), el("ul", { class: "list" }, step.notes.map(([kind, text]) => el("li", {}, el("b", {}, `${s(kind)} `), s(text)))));
    if (rows.length) parts.push(el("table", {}, el("tbody", {}, rows)));
    if (step.hooks) parts.push(el("h3", {}, "Hooks"), el("ul", { class: "list" }, step.hooks.map(([stage, id, changed, touched]) => el("li", {}, `${changed ? "●" : "○"} ${s(stage)} ${s(id)}`, touched.length ? el("span", { class: "quiet" }, ` changed ${touched.map(s).join(", ")}`) : el("span", { class: "quiet" }, changed ? " changed the socket" : " changed nothing")))));
    if (step.effects) parts.push(el("h3", {}, "Effects"), el("ul", { class: "list" }, step.effects.map((each) => el("li", {}, s(each)))));
    return parts.length ? parts : [el("p", { class: "none" }, "Nothing happened on the server.")];
  }

  testPanel(step) {
    const { s, data } = this;
    const act = step.act === undefined ? {} : data.acts[step.act], failure = data.failure || {};
    const file = act.file !== undefined ? s(act.file) : failure.file !== undefined ? s(failure.file) : null;
    const parts = [];
    if (failure.text !== undefined && step.n === failure.step) parts.push(el("pre", { class: "bad-text" }, s(failure.short)));
    const text = file === null ? undefined : data.sources[file];
    if (!text) return [...parts, act.code === undefined ? el("p", { class: "none" }, "Where this was asked for is not known.") : el("pre", {}, s(act.code))];
    const lines = text.split("\n"), of = new Map();
    data.acts.forEach((each, i) => { if (each.file !== undefined && s(each.file) === file && !of.has(each.line)) of.set(each.line, this.firstOf.get(i)); });
    const fails = failure.file !== undefined && s(failure.file) === file ? failure.line : 0;
    parts.push(el("h3", {}, `${file}:${act.line || fails}`));
    parts.push(el("div", { class: "source" }, lines.map((line, i) => {
      const n = of.get(i + 1);
      const kind = `${i + 1 === fails ? " fails" : ""}${i + 1 === act.line ? " here" : ""}${n ? " acts" : ""}`.trim();
      return el("div", { class: kind || null, title: n ? "Go to the step" : null, onclick: n ? () => this.select(n) : null }, el("span", {}, String(i + 1)), line);
    })));
    return parts;
  }

  worldPanel(step) {
    const { s, data } = this, n = step.n;
    const list = (title, items, none) => [el("h3", {}, title), items.length ? el("ul", { class: "list" }, items.map((each) => el("li", {}, each))) : el("p", { class: "small" }, none)];
    const alive = Object.entries(data.processes).filter(([pid]) => at(this.alive.get(pid), n));
    const client = at(this.client.get(this.tab), n) || [];
    const when = new Date(Date.parse(data.started) + step.t / 1000);
    return [
      ...list("Processes", alive.map(([pid, each]) => `${pid} ${s(each.view)} · ${s(each.who)}`), "No process is there."),
      ...list("Timers", (at(this.timers, n) || []).map(s), "No timer is set."),
      ...list("Tasks", (at(this.tasks, n) || []).map(s), "No task is pending."),
      ...list("Mailboxes", ((step.world || {}).waiting || []).map(s), "No message waits."),
      ...list(`The client of ${(this.person.get(this.tab) || {}).who || "nobody"}`, client.map(([what, value]) => [el("b", {}, `${s(what)} `), s(value)]), "It has done nothing to the page by itself."),
      ...(step.page_events ? list("What scripts of the page would have heard", step.page_events.map(([kind, text]) => `${s(kind)}: ${s(text)}`), "") : []),
      el("h3", {}, "This run"),
      el("table", {}, el("tbody", {}, [["instant", when.toISOString()], ["seed", String(data.seed)], ["kit", data.kit], ...(data.hidden ? [["hidden", plural(data.hidden, "secret value")]] : [])].map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value))))),
      ...list("Left out", data.left_out, "Nothing."),
    ];
  }

  /** The choices that led to a step, by their numbers; where none did, the last before. */
  choicesAt(step) {
    const all = (this.data.choices || []).map((each, i) => [i + 1, each]), here = all.filter(([, each]) => each.step === step.n);
    return here.length ? here : all.filter(([, each]) => each.step < step.n).slice(-1);
  }

  elsePanel(step) {
    const { s, data } = this, choices = this.choicesAt(step);
    return [
      data.up ? el("p", {}, el("a", { href: data.up }, "Back to the schedule that this one leaves")) : null,
      choices.length ? null : el("p", { class: "none" }, "This was before the first choice."),
      ...choices.map(([n, each]) => [
        el("h3", {}, `What else could have come next, at choice ${n} of ${data.choices.length}`),
        el("ul", { class: "list" }, each.options.map((option) => el("li", {},
          option.taken ? el("b", {}, s(option.what)) : data.behind && option.behind ? el("a", { href: `${data.behind}${option.behind}.html` }, s(option.what)) : s(option.what),
          el("span", { class: "small" }, `${option.taken ? " · this came" : ""}${option.usual ? " · the usual" : ""}`)))),
      ]),
    ];
  }

  // --- the strip ---

  drawStrip() {
    const canvas = $("strip"), steps = this.steps, width = canvas.clientWidth, height = canvas.clientHeight;
    if (!width || !steps.length) return;
    const scale = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
    if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
    const paint = canvas.getContext("2d");
    const probe = this.probe || (this.probe = document.body.appendChild(el("i", { style: { position: "fixed", visibility: "hidden" } })));
    const colour = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
    const palette = new Map(this.people.map((each) => [each.tab, colour(each.colour)]));
    const quiet = colour("var(--line)"), red = colour("var(--red)"), accent = colour("var(--accent)");
    paint.setTransform(scale, 0, 0, scale, 0, 0);
    paint.clearRect(0, 0, width, height);
    paint.fillStyle = quiet;
    paint.fillRect(0, height / 2 - 0.5, width, 1);
    const room = (width - 12) / steps.length, bar = Math.max(1, Math.min(10, room * 0.7));
    const x = (n) => 6 + room * (n - 0.5);
    for (const step of steps) {
      const tall = step.kind === "crash" || step.kind === "failed" ? height : Math.min(height - 4, 3 + 3.2 * Math.log2(1 + (step.bytes || 0) / 24));
      paint.fillStyle = step.kind === "crash" || step.kind === "failed" ? red : palette.get(step.tab) || quiet;
      paint.globalAlpha = this.rows && this.rows.get(step.n).hidden ? 0.25 : 1;
      paint.fillRect(x(step.n) - bar / 2, (height - tall) / 2, bar, tall);
    }
    paint.globalAlpha = 1;
    if (this.data.failure) { paint.fillStyle = red; paint.fillRect(width - 3, 0, 3, height); }
    paint.strokeStyle = accent;
    paint.lineWidth = 2;
    const frame = Math.max(bar + 6, 8);
    paint.strokeRect(x(this.step) - frame / 2, 1, frame, height - 2);
  }

  scrub(event) {
    const box = $("strip").getBoundingClientRect();
    const n = Math.ceil(((event.clientX - box.left - 6) / (box.width - 12)) * this.steps.length);
    if (n !== this.step) this.select(n);
  }

  // --- listening ---

  listen() {
    document.addEventListener("keydown", (event) => this.key(event));
    $("search").addEventListener("input", () => this.filter());
    $("back").onclick = () => this.select(this.next(-1));
    $("forth").onclick = () => this.select(this.next(1));
    for (const button of $("which").children) button.onclick = () => { this.which = button.dataset.which; this.draw(); };
    const strip = $("strip");
    strip.addEventListener("pointerdown", (event) => { strip.setPointerCapture(event.pointerId); this.scrub(event); });
    strip.addEventListener("pointermove", (event) => { if (strip.hasPointerCapture(event.pointerId)) this.scrub(event); });
    addEventListener("resize", () => this.drawStrip());
    addEventListener("hashchange", () => { const n = this.fromLink(); if (n) this.select(n, { keep: true }); });
    // A click into a sheet must not swallow the keys.
    addEventListener("blur", () => setTimeout(() => { if (document.activeElement && document.activeElement.tagName === "IFRAME") $("steps").focus({ preventScroll: true }); }));
    $("theme").onclick = () => {
      const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      this.drawStrip();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.drawStrip());
    $("copy").onclick = () => this.copy(this.test(), "the test up to this step");
    $("help").onclick = () => this.help();
    this.grip("grip-left", "--left", 1, 260);
    this.grip("grip-right", "--right", -1, 260);
  }

  grip(id, name, direction, least) {
    const grip = $(id), root = document.documentElement;
    const set = (width) => root.style.setProperty(name, `${Math.max(least, Math.min(innerWidth / 2, width))}px`);
    const now = () => parseFloat(getComputedStyle(root).getPropertyValue(name));
    grip.addEventListener("pointerdown", (event) => { grip.setPointerCapture(event.pointerId); event.preventDefault(); });
    grip.addEventListener("pointermove", (event) => { if (grip.hasPointerCapture(event.pointerId)) { set(direction > 0 ? event.clientX : innerWidth - event.clientX); this.drawStrip(); } });
    grip.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -20, ArrowRight: 20 }[event.key];
      if (by) { set(now() + by * direction); event.preventDefault(); event.stopPropagation(); }
    });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
    const typing = event.target === $("search");
    if (typing) {
      if (event.key === "Escape") { $("search").value = ""; this.filter(); $("steps").focus(); }
      else if (event.key === "Enter") { const after = this.matches.find((n) => n > this.step) || this.matches[0]; if (after) this.select(after); }
      else if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      if (event.key === "ArrowDown") this.select(this.next(1));
      if (event.key === "ArrowUp") this.select(this.next(-1));
      event.preventDefault();
      return;
    }
    const tabs = event.target.closest && event.target.closest('[role="tablist"]');
    if (tabs && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const all = [...tabs.children], i = all.indexOf(event.target) + (event.key === "ArrowLeft" ? -1 : 1);
      const other = all[(i + all.length) % all.length];
      other.click();
      requestAnimationFrame(() => { const again = [...tabs.children][(i + all.length) % all.length]; again.focus(); });
      event.preventDefault();
      return;
    }
    const acts = {
      ArrowLeft: () => this.select(this.next(-1)), ArrowRight: () => this.select(this.next(1)),
      ArrowUp: () => this.select(this.next(-1, true)), ArrowDown: () => this.select(this.next(1, true)),
      Home: () => this.select(1), End: () => this.select(this.steps.length),
      b: () => { const all = ["before", "after", "both"]; this.which = all[(all.indexOf(this.which) + 1) % 3]; this.draw(); },
      p: () => { const i = this.people.findIndex((each) => each.tab === this.tab); if (this.people.length) { this.tab = this.people[(i + 1) % this.people.length].tab; this.draw(); } },
      "/": () => $("search").focus(), "?": () => this.help(), c: () => this.copy(location.href, "the link to this step"),
    };
    PANELS.forEach((name, i) => { acts[String(i + 1)] = () => this.show(name); });
    const act = acts[event.key];
    if (!act || (event.target === $("panel") && (event.key === "ArrowUp" || event.key === "ArrowDown" || event.key === "Home" || event.key === "End"))) return;
    event.preventDefault();
    act();
  }

  help() {
    const keys = [["← →", "the step before, the next"], ["↑ ↓", "the act before, the next"], ["Home End", "the first, the last"], ["b", "before, after, both"], ["p", "the next person"], ["1 – 6", "the details"], ["/", "search; Enter goes to the next match, Esc leaves"], ["c", "copy the link to this step"], ["?", "this"]];
    $("keys").replaceChildren(el("h2", {}, "Keys"), el("table", {}, el("tbody", {}, keys.map(([key, what]) => el("tr", {}, el("th", { scope: "row" }, key.split(" ").map((each) => [el("kbd", {}, each), " "])), el("td", {}, what))))), el("form", { method: "dialog", style: { "margin-top": "12px", "text-align": "right" } }, el("button", {}, "Close")));
    // The policy lets no form go anywhere, a dialog's neither.
    $("keys").querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); $("keys").close(); });
    $("keys").showModal();
  }

  /** The test up to this step. */
  test() {
    const { data, s } = this, act = this.steps.length ? this.steps[this.step - 1].act : undefined;
    if (data.script && data.script.test) {
      const { head, lines } = data.script.test;
      return [...head, ...lines.slice(0, act === undefined ? 0 : act + 1).flat()].join("\n") + "\n";
    }
    const lines = [];
    data.acts.slice(0, act === undefined ? data.acts.length : act + 1).forEach((each) => { const code = each.code === undefined ? `# ${s(each.what)}` : s(each.code); if (lines[lines.length - 1] !== code) lines.push(code); });
    return `def test_again(sim):\n${lines.map((each) => `    ${each}`).join("\n") || "    pass"}\n`;
  }

  async copy(text, what) {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    this.copied = text;
    const said = $("said");
    said.textContent = `Copied ${what}.`;
    said.classList.add("shown");
    setTimeout(() => said.classList.remove("shown"), 1600);
    $("steps").focus({ preventScroll: true });
  }
}

/** Scroll a box, and nothing around it, until something in it is seen. */
function reveal(box, node, always = false) {
  if (!node) return;
  const one = box.getBoundingClientRect(), two = node.getBoundingClientRect();
  if (always || two.top < one.top || two.bottom > one.bottom) {
    const up = two.top - one.top;
    box.scrollTop += always ? up - one.height / 2 : up < 0 ? up - 4 : two.bottom - one.bottom + 4;
  }
}

/** The elements of a copy that stand for those of the original, where they are asked for. */
function pair(original, copy, twins, wanted) {
  const one = document.createTreeWalker(original, NodeFilter.SHOW_ELEMENT), two = document.createTreeWalker(copy, NodeFilter.SHOW_ELEMENT);
  if (wanted.has(original)) twins.set(original, copy);
  while (one.nextNode() && two.nextNode()) if (wanted.has(one.currentNode)) twins.set(one.currentNode, two.currentNode);
}

/** An element by an address: `#id`, `#id/2/0`, `/2/0`; or by a selector. */
function find(body, where) {
  const node = locate(body.ownerDocument, body, where, body);
  if (node && node !== body) return node;
  try { return body.querySelector(where); } catch { return null; }
}

function locate(doc, top, place, scope = doc) {
  const [id, ...steps] = place.split("/");
  let node = top;
  if (id) {
    if (!id.startsWith("#")) return null;
    node = null;
    for (const each of scope.querySelectorAll("[id]")) if (each.id === id.slice(1)) { node = each; break; }
  }
  for (const step of steps) {
    if (!node) return null;
    if (!/^\d*$/.test(step)) return null;
    if (step !== "") node = node.children[Number(step)];
  }
  return node || null;
}

function prettied(text) {
  try { return JSON.stringify(JSON.parse(text), null, 1); } catch { return text; }
}

/** JSON with its names, texts and numbers in colours; a long one plain. */
function coloured(text) {
  const pre = el("pre", { class: "json" });
  if (text.length > 40000) { pre.textContent = text; return pre; }
  let last = 0;
  for (const token of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|-?\b\d[\d.eE+-]*\b/g)) {
    pre.append(text.slice(last, token.index), el("span", { class: token[2] ? "k" : token[1] ? "s" : "n" }, token[1] || token[0]), token[2] || "");
    last = token.index + token[0].length;
  }
  pre.append(text.slice(last));
  return pre;
}

unpack().then((data) => {
  const viewer = new Viewer(data);
  viewer.build();
  Object.defineProperty(window, "timeline", { value: viewer });
}).catch((error) => {
  $("steps").replaceChildren(el("p", { class: "none" }, `This page could not read its data: ${error.message}`));
  throw error;
});
