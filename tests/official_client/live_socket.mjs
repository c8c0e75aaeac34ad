// Judge 2. The whole official client (LiveSocket, views, DOM patching, form and event handling) in jsdom, over a transport
// that only records and delivers: the server is whoever asks. Driven in lockstep:
//
//   open     a page (the body's HTML at a URL): the client connects and sends its join
//   act      do something a user does; answers what the client sent
//   deliver  frames from the server, as [join_ref, ref, topic, event, payload]
//   advance  let virtual milliseconds pass
//   close    forget the page
//   canon    the canonical text of some HTML, read by jsdom's parser as a container's content
//
// Law: time is virtual. Timers due now run until all is quiet, later ones wait for `advance`; nothing depends on the real clock.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";
import { JSDOM, VirtualConsole } from "jsdom";

const require = createRequire(import.meta.url);
const folder = new URL("./node_modules/", import.meta.url);
const script = (path, edit = (text) => text) =>
  new vm.Script(edit(readFileSync(new URL(path, folder), "utf8")), { filename: path });
const phoenix = script("phoenix/priv/static/phoenix.js");
// jsdom's location cannot be intercepted: leaving the page is told to the judge instead.
const client = script("phoenix_live_view/priv/static/phoenix_live_view.js", (text) =>
  text
    .replaceAll(/window\.location\.href = ([^;]+);/g, "window.__leave($1);")
    .replaceAll("window.location.reload()", "window.__leave(window.location.href)"),
);
const { version } = JSON.parse(readFileSync(new URL("phoenix_live_view/package.json", folder), "utf8"));

class Page {
  frames = [];
  left = [];
  logged = [];
  timers = new Map();
  now = 0;
  ids = 0;

  constructor({ html, url, params }) {
    const problems = new VirtualConsole();
    problems.on("jsdomError", (error) => this.logged.push(String(error.detail ?? error)));
    for (const level of ["error", "warn"]) problems.on(level, (...words) => this.logged.push(words.map(String).join(" ")));
    this.dom = new JSDOM(`<!DOCTYPE html><html><head><title></title><meta name="csrf-token" content="csrf"></head><body>${html}</body></html>`, {
      url,
      runScripts: "outside-only",
      virtualConsole: problems,
    });
    this.window = this.dom.window;
    this.document = this.window.document;
    this.prepare();
    const context = this.dom.getInternalVMContext();
    phoenix.runInContext(context);
    client.runInContext(context);
    const { LiveView, Phoenix } = vm.runInContext("({LiveView, Phoenix})", context);
    // A fresh object each time: the client writes its own params into it.
    this.socket = new LiveView.LiveSocket("/live", Phoenix.Socket, {
      transport: this.transport(),
      params: () => ({ ...params }),
      hooks: new Proxy({}, { get: () => ({}), has: () => true }), // every phx-hook exists and does nothing
    });
  }

  prepare() {
    const { window } = this;
    const later = (work, delay) => {
      const id = ++this.ids;
      this.timers.set(id, { at: this.now + Math.max(0, Number(delay) || 0), id, work });
      return id;
    };
    const cancel = (id) => this.timers.delete(id);
    window.setTimeout = (work, delay, ...rest) => later(() => work(...rest), delay);
    window.setInterval = (work, delay, ...rest) => {
      const again = () => (this.timers.set(id, { at: this.now + Math.max(1, delay), id, work: again }), work(...rest));
      const id = later(again, delay);
      return id;
    };
    window.requestAnimationFrame = (work) => later(() => work(this.now), 0);
    window.clearTimeout = window.clearInterval = window.cancelAnimationFrame = cancel;
    window.__leave = (to) => this.left.push(String(to));
    // No structuredClone: ours would make arrays of another realm, which the client does not take for arrays; it has a way without.
    window.CSS ??= {};
    window.CSS.escape ??= (text) => String(text).replaceAll(/[^\w-]/g, (c) => `\\${c}`);
    window.TextEncoder ??= TextEncoder;
    window.TextDecoder ??= TextDecoder;
    window.scrollTo = () => {};
    window.Element.prototype.scrollIntoView = () => {};
    // Nothing is laid out here: what is in the document is in view, 10 by 10.
    const box = { x: 1, y: 1, top: 1, left: 1, right: 11, bottom: 11, width: 10, height: 10 };
    window.Element.prototype.getClientRects = function () {
      return this.isConnected && !this.closest("[hidden]") ? [box] : [];
    };
    window.Element.prototype.getBoundingClientRect = () => box;
    window.sessionStorage.setItem("phx:live-socket:debug", "false");
  }

  transport() {
    const page = this;
    return class {
      readyState = 0;
      bufferedAmount = 0;
      constructor() {
        page.wire = this;
        page.window.setTimeout(() => ((this.readyState = 1), this.onopen({})), 0);
      }
      send(text) {
        page.frames.push(JSON.parse(text));
      }
      close(code = 1000) {
        this.readyState = 3;
        page.window.setTimeout(() => this.onclose?.({ code }), 0);
      }
    };
  }

  // Everything due now, in order of time and making, with all promises in between, until nothing is due.
  async settle() {
    for (let rounds = 0; rounds < 10_000; rounds++) {
      await new Promise(setImmediate);
      const due = [...this.timers.values()].filter((timer) => timer.at <= this.now);
      if (due.length === 0) return;
      const [next] = due.sort((a, b) => a.at - b.at || a.id - b.id);
      this.timers.delete(next.id);
      next.work();
    }
    throw new Error("the client does not come to rest");
  }

  async advance(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      await this.settle();
      const next = Math.min(...[...this.timers.values()].map((timer) => timer.at));
      if (next > end) break;
      this.now = next;
    }
    this.now = end;
    await this.settle();
  }

  one(selector) {
    const found = this.document.querySelectorAll(selector);
    if (found.length !== 1) throw new Error(`${found.length} elements match ${selector}`);
    return found[0];
  }

  // Sets a field as typing or choosing would leave it, without any event.
  set(form, name, value) {
    const fields = [...form.elements].filter((field) => field.name === name && field.type !== "hidden");
    if (fields.length === 0) throw new Error(`no field ${name}`);
    const values = [value].flat().map(String);
    for (const field of fields) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.multiple && field.options) for (const option of field.options) option.selected = values.includes(option.value);
      else field.value = values[0];
    }
    return fields.find((field) => field.checked) ?? fields[0];
  }

  act({ kind, selector, data = {}, target, key, submitter }) {
    const { window } = this;
    const element = this.one(selector);
    const mouse = (type) => element.dispatchEvent(new window.MouseEvent(type, { bubbles: true, cancelable: true, detail: 1 }));
    switch (kind) {
      case "click":
        mouse("mousedown");
        mouse("mouseup");
        element.click();
        break;
      case "submit":
        for (const [name, value] of Object.entries(data)) this.set(element, name, value);
        element.requestSubmit(submitter ? this.one(submitter) : undefined);
        break;
      case "change": {
        let changed;
        for (const [name, value] of Object.entries(data)) {
          const field = this.set(element, name, value);
          if (target === undefined || target === name) changed = field;
        }
        changed.focus(); // who types into a field is in it: its value is the user's while diffs come in
        changed.dispatchEvent(new window.Event("input", { bubbles: true }));
        break;
      }
      case "keydown":
      case "keyup":
        element.dispatchEvent(new window.KeyboardEvent(kind, { key, bubbles: true, cancelable: true }));
        break;
      case "focus":
      case "blur":
        element.dispatchEvent(new window.FocusEvent(kind, { bubbles: false }));
        element.dispatchEvent(new window.FocusEvent(kind === "focus" ? "focusin" : "focusout", { bubbles: true }));
        break;
      default:
        throw new Error(`unknown action ${kind}`);
    }
  }

  report() {
    const { frames, left, logged } = this;
    this.frames = [];
    this.left = [];
    this.logged = [];
    const main = this.document.querySelector("[data-phx-main]") ?? this.document.body;
    return { frames, left, logged, dom: canonical(main), title: this.document.title, url: this.window.location.href };
  }
}

// One line a node, attributes sorted, without what the client itself writes into the page, and without what is live state of a
// field rather than markup (the chosen option, a textarea's text: the client sets them as properties). Text is exact, but for
// white space between the rows of a stream: rows come and go there without it.
const OWN = /^data-phx-(id|component|view|root-id|session|static|main|stream|skip|loc|ref-.*)$/;
const OWN_CLASS = /^phx-(.+-loading|connected|loading|error|client-error|server-error)$/;
function canonical(container) {
  const lines = [];
  const walk = (parent, depth) => {
    let text = "";
    const flush = () => {
      const idle = parent.getAttribute?.("phx-update") === "stream" && text.trim() === "";
      if (text !== "" && !idle) lines.push("  ".repeat(depth) + JSON.stringify(text));
      text = "";
    };
    for (const node of (parent.content ?? parent).childNodes) {
      if (node.nodeType === 3) text += node.data;
      else if (node.nodeType === 1) {
        flush();
        const attributes = [];
        for (const { name, value } of node.attributes) {
          if (OWN.test(name) || (name === "selected" && node.localName === "option")) continue;
          const kept = name === "class" ? value.split(/\s+/).filter((word) => word && !OWN_CLASS.test(word)).join(" ") : value;
          if (name !== "class" || kept !== "") attributes.push(`${name}=${JSON.stringify(kept)}`);
        }
        lines.push("  ".repeat(depth) + ["<" + node.localName, ...attributes.sort()].join(" ") + ">");
        if (node.localName !== "textarea") walk(node, depth + 1);
      }
    }
    flush();
  };
  walk(container, 0);
  return lines.join("\n");
}

const pages = new Map();
const paper = new JSDOM("").window.document;
let made = 0;

export async function handle({ op, page: id, ...rest }) {
  const page = pages.get(id);
  switch (op) {
    case "open": {
      const opened = new Page(rest);
      pages.set(++made, opened);
      if (opened.document.readyState === "loading") await new Promise((done) => opened.window.addEventListener("load", done));
      opened.socket.connect();
      await opened.settle();
      return { page: made, version, ...opened.report() };
    }
    case "act":
      page.act(rest);
      break;
    case "deliver":
      for (const frame of rest.frames) {
        page.wire.onmessage({ data: JSON.stringify(frame) });
        await page.settle();
      }
      break;
    case "advance":
      await page.advance(rest.milliseconds);
      break;
    case "close":
      pages.delete(id);
      page.window.close();
      return null;
    case "canon": {
      const container = paper.createElement("div");
      container.innerHTML = rest.html;
      return canonical(container);
    }
    default:
      throw new Error(`unknown op ${op}`);
  }
  await page.settle();
  return page.report();
}
