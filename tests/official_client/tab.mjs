// Judge 3. The whole official client in jsdom, as a browser's tab: a person acts on it as on a real page, time passes in
// timers and animation frames, and the server's messages arrive at their instants. Driven in lockstep with a tab of ours:
//
//   open   a document (HTML) at a URL and an instant: the client connects and sends its joins
//   act    one act of a person, a script or the clock; then `script`, the messages of the server until `until`
//   close  forget the tab
//
// Law: what jsdom leaves out of the platform is performed here, explicitly: the focus of a mousedown, `change` when an edited
// field is left, implicit submission, the blur of what is removed (browser.md 0.1). Nothing depends on the real clock.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { JSDOM, VirtualConsole } from "jsdom";

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

const FRAME = 16;
const implOf = (wrapper) => wrapper[Object.getOwnPropertySymbols(wrapper).find((symbol) => symbol.description === "impl")];
const TEXTS = new Set(["text", "search", "tel", "url", "email", "password", "date", "month", "week", "time", "datetime-local", "number"]);
const NEVER = new Set("area base datalist head link meta noscript param script style template title".split(" "));

// The parts of a binary frame, as Phoenix's serializer makes it: lengths first, then the texts, then the bytes.
const chunkOf = (buffer) => {
  const bytes = Buffer.from(buffer);
  let at = 5;
  const words = [1, 2, 3, 4].map((index) => bytes.subarray(at, (at += bytes[index])).toString());
  return [...words, bytes.subarray(at).toString("latin1")];
};

class Tab {
  calls = []; // frames that went out: [at, topic, event, payload]
  refs = {}; // by topic: the refs of the frames that want an answer, in order
  joins = {}; // by topic: [join ref, ref] of each join
  left = [];
  logged = [];
  events = [];
  hooked = [];
  timers = new Map();
  ids = 0;
  edited = null;
  entered = "";
  caret = null; // what is selected in the field that has the focus; null: the caret stands at its end
  carets = new WeakMap(); // where the caret of a field was when it was left, and what the field had then
  sought = null; // what was typed into a select: { select, text, at }
  open = null; // the list of a select that is open, which takes all keys: { select, at, moved }
  blocking = []; // what ends the dispatched events that block
  quiet = 0;
  stops = []; // the radio buttons that had the focus: Tab stops there again
  fading = null; // the frame in which what has the focus loses it
  from = null; // where the mouse went down last without giving anything the focus: Tab goes on from there
  scrolledTo = null;
  framed = false; // whether a frame is drawn
  scrolled = 5000; // how far, in the middle of something long

  constructor({ html, url, now }) {
    this.now = now;
    const problems = new VirtualConsole();
    problems.on("jsdomError", (error) => {
      const text = String(error.detail ?? error.message ?? error);
      if (text.includes("Not implemented: navigation")) this.left.push("link");
      else if (text.includes("HTMLFormElement.prototype")) this.left.push("submit");
      else this.logged.push(text);
    });
    for (const level of ["error", "warn"]) problems.on(level, (...words) => this.logged.push(words.map(String).join(" ")));
    this.dom = new JSDOM(html, { url, runScripts: "outside-only", virtualConsole: problems });
    this.window = this.dom.window;
    this.document = this.window.document;
    this.time();
    this.boxes();
    this.styles();
    this.places();
    this.focusing();
    this.hearing();
    const context = this.dom.getInternalVMContext();
    phoenix.runInContext(context);
    client.runInContext(context);
    const { LiveView, Phoenix } = vm.runInContext("({LiveView, Phoenix})", context);
    this.socket = new LiveView.LiveSocket("/live", Phoenix.Socket, {
      transport: this.transport(),
      params: () => ({}),
      hooks: this.hooks(),
      uploaders: this.uploaders(),
    });
  }

  time() {
    const { window } = this;
    const tab = this;
    const later = (work, at) => {
      const id = ++this.ids;
      this.timers.set(id, { at, id, work });
      return id;
    };
    const cancel = (id) => this.timers.delete(id);
    window.setTimeout = (work, delay, ...rest) => later(() => work(...rest), this.now + Math.max(0, Number(delay) || 0));
    window.setInterval = (work, delay, ...rest) => {
      const again = () => (this.timers.set(id, { at: this.now + Math.max(1, delay), id, work: again }), work(...rest));
      const id = later(again, this.now + Math.max(1, delay));
      return id;
    };
    const inFrame = (work) => {
      this.framed = true;
      try {
        work(this.now);
      } finally {
        this.framed = false;
      }
    };
    window.requestAnimationFrame = (work) => later(() => inFrame(work), (Math.floor(this.now / FRAME) + 1) * FRAME);
    window.clearTimeout = window.clearInterval = window.cancelAnimationFrame = cancel;
    window.Date.now = () => this.now;
    window.HTMLFormElement.prototype.submit = function () {
      tab.left.push(["submit", this.getAttribute("action"), [...new window.FormData(this)]]);
    };
    window.__leave = (to) => this.left.push(String(to));
    // A file is read in a task of its own, and its picture has a URL that says which it is.
    window.FileReader = class {
      readAsArrayBuffer(blob) {
        const bytes = implOf(blob)._bytes ?? implOf(blob)._buffer;
        const result = new window.ArrayBuffer(bytes.length);
        new Uint8Array(result).set(bytes);
        later(() => this.onload({ target: { error: null, result } }), tab.now);
      }
    };
    window.URL.createObjectURL = (file) => `blob:${window.location.origin}/${file._phxRef}`;
    window.URL.revokeObjectURL = () => {};
    window.CSS ??= {};
    window.CSS.escape ??= (text) => String(text).replaceAll(/[^\w-]/g, (c) => `\\${c}`);
    window.TextEncoder ??= TextEncoder;
    window.TextDecoder ??= TextDecoder;
    window.scrollTo = () => {};
    window.scroll = (_, to) => tab.events.push(["scroll", null, { to }]);
    // in a frame, with no options: what a link names. Viewport bindings give some, and jsdom goes to fragments by itself.
    window.Element.prototype.scrollIntoView = function (options) {
      if (options === undefined && tab.framed) tab.events.push(["scroll", this.id || this.localName, { to: window.location.hash }]);
    };
    window.sessionStorage.setItem("phx:live-socket:debug", "false");
  }

  // A place that an ordinary link has made has no state, which is null in every browser.
  places() {
    const { prototype } = this.window.History;
    const { get } = Object.getOwnPropertyDescriptor(prototype, "state");
    Object.defineProperty(prototype, "state", { configurable: true, get() { return get.call(this) ?? null; } });
  }

  // An inline style that has this display already is left as it is written, as in Chromium.
  styles() {
    const { prototype } = this.window.CSSStyleDeclaration;
    const { get, set } = Object.getOwnPropertyDescriptor(prototype, "display");
    Object.defineProperty(prototype, "display", {
      configurable: true,
      get,
      set(value) {
        if (value !== get.call(this)) set.call(this, value);
      },
    });
  }

  // Nothing is laid out here: what is on view is 10 by 10, and in the viewport.
  boxes() {
    const { Element } = this.window;
    const box = { x: 1, y: 1, top: 1, left: 1, right: 11, bottom: 11, width: 10, height: 10 };
    const none = { x: 0, y: 0, top: 0, left: 0, right: 0, bottom: 0, width: 0, height: 0 };
    const tab = this;
    // Once somebody has scrolled to an element it is on view; what is before it is above, what is after it below.
    const where = (element) => {
      const seen = tab.scrolledTo;
      if (!seen || seen === element || seen.contains(element)) return box;
      const list = seen.closest("[phx-viewport-top], [phx-viewport-bottom]");
      if (element.contains(seen) && list !== element && list?.contains(element)) return box;
      if (element.contains(seen)) return { ...box, top: -5000, bottom: 5000, height: 10000 };
      const above = seen.compareDocumentPosition(element) & 2;
      return { ...box, top: above ? -900 : 2000, bottom: above ? -890 : 2010 };
    };
    Element.prototype.getClientRects = function () {
      return tab.isShown(this) ? [where(this)] : [];
    };
    Element.prototype.getBoundingClientRect = function () {
      return tab.isShown(this) ? where(this) : none;
    };
    Object.defineProperty(Element.prototype, "scrollTop", { get: () => tab.scrolled, set: () => {} });
  }

  isShown(element) {
    if (!element.isConnected) return false;
    for (let each = element, below = null; each; below = each, each = each.parentElement) {
      const display = each.style?.display;
      if (display === "none") return false;
      if (!display) {
        if (each.hasAttribute("hidden") || NEVER.has(each.localName)) return false;
        if (each.localName === "dialog" && !each.hasAttribute("open")) return false;
        if (each.localName === "input" && each.type === "hidden") return false;
      }
      if (each.localName === "details" && !each.hasAttribute("open") && below && below !== each.querySelector(":scope > summary")) return false;
    }
    return true;
  }

  isFocusable(element) {
    if (element.matches(":disabled") || element.closest("[inert]")) return false;
    const index = element.getAttribute("tabindex");
    const takes =
      (["input", "select", "textarea", "button", "iframe", "summary"].includes(element.localName) && element.type !== "hidden") ||
      (["a", "area"].includes(element.localName) && element.hasAttribute("href")) ||
      (index !== null && /^\s*[-+]?\d+\s*$/.test(index));
    return takes && this.isShown(element);
  }

  // The platform's order when the focus moves (CE-38), and when what has it goes away (PF-12).
  focusing() {
    const { HTMLElement, Node, Element } = this.window;
    const tab = this;
    HTMLElement.prototype.focus = function () {
      if (tab.document.activeElement === this || !tab.isFocusable(this)) return;
      const had = tab.document.activeElement === tab.document.body ? null : tab.document.activeElement;
      tab.leave();
      tab.document.activeElement?.blur(); // jsdom lets nothing disabled go
      tab.edited = null;
      tab.caret = tab.resting(this);
      if (!this.isConnected) return;
      const came = { composed: true, relatedTarget: had }; // jsdom knows of nothing that had the focus by now
      implOf(tab.document)._lastFocusedElement = implOf(this);
      if (this.type === "radio") tab.stops = [...tab.stops.filter((each) => each !== this), this];
      tab.fire(this, new tab.window.FocusEvent("focus", came));
      tab.fire(this, new tab.window.FocusEvent("focusin", { bubbles: true, ...came }));
    };
    HTMLElement.prototype.blur = function () {
      if (tab.document.activeElement !== this) return;
      tab.leave();
      if (tab.document.activeElement !== this) return;
      implOf(tab.document)._lastFocusedElement = null;
      tab.fire(this, new tab.window.FocusEvent("blur", { composed: true }));
      tab.fire(this, new tab.window.FocusEvent("focusout", { bubbles: true, composed: true }));
    };
    const going = (node) => {
      const active = tab.document.activeElement;
      if (!tab.quiet && node?.nodeType && active && active !== tab.document.body && node.isConnected && node.contains(active)) active.blur();
    };
    const wrap = (prototype, name, which) => {
      const original = prototype[name];
      if (!original) return;
      prototype[name] = function (...args) {
        for (const node of which(this, args)) going(node);
        return original.apply(this, args);
      };
    };
    wrap(Node.prototype, "removeChild", (_, [node]) => [node]);
    wrap(Node.prototype, "insertBefore", (_, [node]) => [node]);
    wrap(Node.prototype, "appendChild", (_, [node]) => [node]);
    wrap(Node.prototype, "replaceChild", (_, [node, old]) => [node, old]);
    wrap(Element.prototype, "remove", (node) => [node]);
    wrap(Element.prototype, "replaceWith", (node, nodes) => [node, ...nodes]);
    Node.prototype.moveBefore = function (node, next) {
      const inner = implOf(tab.document);
      const had = inner._lastFocusedElement;
      tab.quiet++;
      this.insertBefore(node, next);
      tab.quiet--;
      inner._lastFocusedElement = had;
    };
  }

  // The active element is about to be left: `change`, if it was edited since it has the focus.
  leave() {
    this.shut();
    const field = this.edited;
    this.edited = null;
    if (field && field === this.document.activeElement && field.value !== this.entered) this.tell(field, "change");
    const left = this.document.activeElement;
    if (left && (left.localName === "input" || left.localName === "textarea")) {
      const moved = JSON.stringify(this.caret) !== JSON.stringify(this.resting(left));
      if (moved) this.carets.set(left, { value: left.value, caret: this.caret });
    }
  }

  // What a reset writes moves a caret, as all that is written does.
  resets() {
    this.window.addEventListener("reset", (event) => {
      for (const field of event.target.elements ?? []) {
        const stays = this.carets.get(field)?.caret ?? [0, 0];
        this.carets.set(field, { value: field.defaultValue, caret: field.value === field.defaultValue ? stays : null });
      }
    });
  }

  // A mouse that clicks a label gives the focus to its control, once nobody has prevented the click.
  labels() {
    this.window.addEventListener("click", (event) => {
      const control = event.detail && !event.defaultPrevented && event.isTrusted ? event.target.closest?.("label")?.control : null;
      if (control && !control.contains(event.target)) control.focus();
    });
  }

  hearing() {
    const { EventTarget } = this.window;
    const { dispatchEvent } = EventTarget.prototype;
    const tab = this;
    const record = function (event) {
      if (/^(phx|app):/.test(event.type) && event.type !== "phx:live-view:diagnostic") {
        if (this.nodeType === 1 && !this.isConnected) return dispatchEvent.call(this, event); // nobody of the page hears it
        const node = this === tab.window || this === tab.document ? null : nameOf(this);
        if (event.detail?.done) tab.blocking.push(event.detail.done);
        tab.events.push([event.type, node, told(event.type, event.detail)]);
      }
      return dispatchEvent.call(this, event);
    };
    EventTarget.prototype.dispatchEvent = record;
    this.window.dispatchEvent = record;
  }

  transport() {
    const tab = this;
    return class {
      readyState = 0;
      bufferedAmount = 0;
      constructor() {
        tab.wire = this;
        if (tab.cut) tab.window.setTimeout(() => ((this.readyState = 3), this.onclose?.({ code: 1006 })), 0);
        else tab.window.setTimeout(() => ((this.readyState = 1), this.onopen({})), 0);
      }
      send(text) {
        const [joinRef, ref, topic, event, payload] = typeof text === "string" ? JSON.parse(text) : chunkOf(text);
        const told = event === "phx_leave" ? topic !== "lv:" : event === "phx_join" && topic.startsWith("lv:");
        if (told) tab.calls.push([tab.now, topic, event, joined(payload)]);
        if (topic === "phoenix" && tab.silent) return; // the line looks whole, and nothing comes through
        if (topic === "phoenix" || event === "phx_leave") {
          tab.window.setTimeout(() => this.onmessage({ data: JSON.stringify([joinRef, ref, topic, "phx_reply", { status: "ok", response: {} }]) }), 0);
        } else if (event === "phx_join") {
          (tab.joins[topic] ??= []).push([joinRef, ref]);
        } else {
          (tab.refs[topic] ??= []).push(ref);
          tab.calls.push([tab.now, topic, event, payload]);
        }
      }
      close(code = 1000) {
        this.readyState = 3;
        tab.window.setTimeout(() => this.onclose?.({ code }), 0);
      }
    };
  }

  // Every hook logs its callbacks. `Push` pushes as it is mounted, `Reply` waits for the answer, `Listen` hears "told".
  hooks() {
    const tab = this;
    const { window } = this;
    const log = (hook, name, ...rest) => tab.hooked.push([name, hook.el.id, ...rest]);
    const named = (name) => ({
      mounted() {
        log(this, "mounted");
        if (name === "Listen") this.handleEvent("told", (payload) => log(this, "told", payload));
        if (name === "Js") {
          this.js().addClass(this.el, "by-hook");
          this.js().hide(this.el, { time: 20, transition: "out" });
          this.js().push(this.el, "pushed", { value: { a: 1 } });
        }
        if (name === "Hear") {
          for (const type of ["keydown", "click", "input", "app:one", "app:block"]) {
            this.el.addEventListener(type, (event) => {
              log(this, "heard", type, nameOf(event.target));
              if (event.key === "x") event.preventDefault();
              if (event.target.id === "stop") event.stopPropagation();
              if (event.detail?.done) window.setTimeout(() => event.detail.done(), 50);
            });
          }
        }
        if (name === "To") this.pushEventTo("[id^=box-]", "to", { id: this.el.id });
        if (name === "Push") this.pushEvent("hooked", { id: this.el.id });
        if (name === "Reply") this.pushEvent("asked", { id: this.el.id }, (reply, ref) => log(this, "replied", reply, ref));
      },
      beforeUpdate() {
        log(this, "before_update");
      },
      updated() {
        log(this, "updated");
        if (name === "OnUpdate") this.pushEvent("seen", { id: this.el.id });
      },
      destroyed() {
        log(this, "destroyed");
      },
      disconnected() {
        log(this, "disconnected");
      },
      reconnected() {
        log(this, "reconnected");
      },
    });
    return Object.fromEntries(["Log", "Other", "Listen", "Push", "Reply", "OnUpdate", "Js", "To", "Hear"].map((name) => [name, named(name)]));
  }

  // Stand-ins for the app's own uploaders: one that sends, one that fails, one that gives up its first file.
  uploaders() {
    const { window } = this;
    return {
      S3: (entries, onViewError) => {
        for (const entry of entries) {
          onViewError(() => this.hooked.push(["view_failed", entry.ref]));
          entry.onCancel(() => this.hooked.push(["cancelled", entry.ref]));
          entry.progress(10.7);
          entry.progress(10.2);
          window.setTimeout(() => {
            if (!entry.isCancelled()) entry.progress(50);
            window.setTimeout(() => entry.progress(100), 100);
          }, 100);
        }
      },
      Failing: ([entry]) => entry.error("no bucket"),
      Cancelling: ([entry]) => entry.cancel(),
    };
  }

  // --- time -----------------------------------------------------------------------------------------------------------

  async settle() {
    for (let rounds = 0; rounds < 10_000; rounds++) {
      await new Promise(setImmediate);
      let next = null;
      for (const timer of this.timers.values())
        if (timer.at <= this.now && (!next || timer.at < next.at || (timer.at === next.at && timer.id < next.id))) next = timer;
      if (!next) {
        if (this.look()) continue;
        return;
      }
      this.timers.delete(next.id);
      try {
        next.work();
      } catch (error) {
        this.logged.push(String(error)); // as a browser reports what nobody has caught
      }
    }
    throw new Error("the client does not come to rest");
  }

  // What has the focus, and cannot have it any more, loses it as the next frame is drawn; by its own `hidden` at once (PF-12).
  look() {
    const { activeElement: active, body } = this.document;
    const stays = !active || active === body || active.isContentEditable || active.localName === "dialog" || this.isFocusable(active);
    if (stays) {
      if (this.fading) this.timers.delete(this.fading);
      this.fading = null;
    } else if (active.hasAttribute("hidden") || (!active.hasAttribute("disabled") && active.matches(":disabled"))) {
      this.fade();
      return true;
    } else this.fading ??= this.window.requestAnimationFrame(() => this.fade());
    return false;
  }

  fade() {
    if (this.fading) this.timers.delete(this.fading);
    this.fading = null;
    const { activeElement: active, body } = this.document;
    if (!active || active === body || this.isFocusable(active)) return;
    active.blur();
    this.from = active; // Tab goes on from there
  }

  // Time passes until `until`; each message of the script arrives at its instant, once the frame that it answers was sent.
  async play(script, until) {
    await this.settle();
    for (const message of script) {
      await this.pass(message.at);
      this.deliver(message);
      await this.settle();
    }
    await this.pass(until);
  }

  async pass(until) {
    for (;;) {
      let next = Infinity;
      for (const timer of this.timers.values()) next = Math.min(next, timer.at);
      if (next > until) break;
      this.now = next;
      await this.settle();
    }
    this.now = until;
  }

  deliver({ topic, event, payload, answers, join: old, of }) {
    const joins = this.joins[topic] ?? [];
    const which = Number.isInteger(answers?.join) ? answers.join : of ?? -1;
    const [joinRef, join] = old ? [old, old] : (joins.at(which) ?? [null, null]);
    const ref = answers === "join" || answers?.join >= 0 ? join : answers === null ? null : (this.refs[topic] ?? [])[answers];
    if (ref === undefined) return this.logged.push(`judge: nothing was sent that ${event} ${answers} on ${topic} answers`);
    try {
      this.wire.onmessage({ data: JSON.stringify([joinRef, ref, topic, event, payload]) });
    } catch (error) {
      this.logged.push(String(error)); // as a browser reports what nobody has caught
    }
  }

  // --- acts: what a browser makes of what a person does ------------------------------------------------------------

  find({ selector, nth }) {
    if (nth !== undefined) return this.document.body.querySelectorAll("*")[nth];
    const found = this.document.querySelectorAll(selector);
    if (found.length !== 1) throw new Error(`${found.length} elements match ${selector}`);
    return found[0];
  }

  fire(target, event) {
    implOf(event).isTrusted = true;
    return implOf(target)._dispatch(implOf(event));
  }

  tell(target, type) {
    return this.fire(target, new this.window.Event(type, { bubbles: true }));
  }

  act(act) {
    const { window } = this;
    const ofPeople = ["click", "fill", "type", "press", "choose", "attach", "drag", "focus", "blur", "press-release"];
    if (this.fading && ofPeople.includes(act.kind)) this.fade(); // who acts has seen what is drawn
    switch (act.kind) {
      case "click":
        return this.click(this.find(act), act.count ?? 1, act.modifiers ?? []);
      case "fill": {
        const field = this.find(act);
        field.focus();
        if (this.document.activeElement === field) return field.readOnly ? undefined : this.enter(field, act.text);
        return this.insert(act.text); // what cannot have the focus is not written into
      }
      case "type":
        for (const key of act.text) this.press(key === "\n" ? "Enter" : key, []);
        return;
      case "press":
        return this.press(act.key, act.modifiers ?? [], act.phase);
      case "choose": {
        const select = this.find(act);
        for (const option of select.options)
          if (select.multiple) option.selected = act.values.includes(option.value);
        if (!select.multiple) select.value = act.values[0];
        this.tell(select, "input");
        this.tell(select, "change");
        return;
      }
      case "attach": {
        const input = this.find(act);
        const list = this.fileList(act.files);
        input.files = list;
        input.dispatchEvent(new window.Event("input", { bubbles: true, composed: true }));
        return input.dispatchEvent(new window.Event("change", { bubbles: true }));
      }
      case "drag": {
        const event = new window.Event(act.phase, { bubbles: true, cancelable: true, composed: true });
        event.dataTransfer = { types: act.holds ? ["Files"] : ["text/plain"], files: this.fileList(act.files) };
        return this.fire(this.find(act), event);
      }
      case "track":
        return this.find(act).dispatchEvent(new window.CustomEvent("track-uploads", { bubbles: true, detail: { files: this.fileList(act.files) } }));
      case "scroll": {
        const target = this.find(act);
        const list = target.closest("[phx-viewport-top], [phx-viewport-bottom]");
        this.scrolled += list && list.lastElementChild?.contains(target) ? 10 : -10;
        this.scrolledTo = target;
        window.dispatchEvent(new window.Event("scroll"));
        this.scrolledTo = null; // what is asked of other elements is not about scrolling
        return;
      }
      case "focus":
        return this.find(act).focus();
      case "blur": {
        const { activeElement: active, body } = this.document;
        if (active && active !== body) this.from = active; // Tab goes on from there
        return active?.blur();
      }
      case "dispatch":
        return this.find(act).dispatchEvent(new window.CustomEvent(act.event, { bubbles: true, cancelable: true, detail: act.detail ?? null }));
      case "wait":
        return;
      case "drop":
        this.cut = true;
        this.wire.readyState = 3;
        return this.wire.onclose({ code: 1006 });
      case "restore":
        this.cut = false;
        return;
      case "silence":
        this.silent = act.on;
        return;
      case "press-release":
        return this.pressAndRelease(this.find(act), this.find({ selector: act.to }));
      case "done": {
        const done = this.blocking.shift();
        return done();
      }
      case "go":
        return this.window.history.go(act.by);
      default:
        throw new Error(`unknown act ${act.kind}`);
    }
  }

  fileList(files) {
    const list = Object.assign(this.document.createElement("input"), { type: "file" }).files;
    for (const { name, content, type, at } of files) {
      const file = new this.window.File([Buffer.from(content, "latin1")], name, { type, lastModified: at });
      Object.defineProperty(file, "webkitRelativePath", { value: "" });
      implOf(list).push(implOf(file));
    }
    return list;
  }

  click(target, count, modifiers) {
    const options = { bubbles: true, cancelable: true, composed: true, view: this.window, detail: count, ...keys(modifiers) };
    const shut = this.shut();
    if (this.fire(target, new this.window.MouseEvent("mousedown", options))) {
      let nearest = target;
      while (nearest && !this.isFocusable(nearest)) nearest = nearest.parentElement;
      const had = this.document.activeElement;
      if (nearest) nearest.focus();
      else this.document.activeElement?.blur();
      const { activeElement: active } = this.document;
      if (active !== had || active === target) this.caret = null; // where it was clicked nobody knows: behind the text
      if (this.document.activeElement === this.document.body) this.from = target;
      if (target.localName === "select" && target !== shut && !target.matches(":disabled")) this.unfold(target);
    }
    if (!target.isConnected) return;
    this.fire(target, new this.window.MouseEvent("mouseup", options));
    this.activate(target, options);
  }

  // The mouse goes down on one element and up on another: what is around both is clicked.
  pressAndRelease(target, other) {
    const options = { bubbles: true, cancelable: true, composed: true, view: this.window, detail: 1 };
    if (this.fire(target, new this.window.MouseEvent("mousedown", options))) {
      let nearest = target;
      while (nearest && !this.isFocusable(nearest)) nearest = nearest.parentElement;
      if (nearest) nearest.focus();
      else this.document.activeElement?.blur();
    }
    this.fire(other, new this.window.MouseEvent("mouseup", options));
    let both = target;
    while (both && !both.contains(other)) both = both.parentElement;
    if (both) this.activate(both, options);
  }

  activate(target, options) {
    if (target.matches(":disabled") || target.parentElement?.closest("button:disabled")) return;
    this.fire(target, new this.window.MouseEvent("click", options));
  }

  // Where the caret of a field is that gets the focus: at the start, unless somebody has written into it, or a patch into a
  // textarea that was empty.
  resting(field) {
    const kind = field.localName === "input" ? field.type : field.localName;
    if (kind !== "textarea" && !TEXTS.has(kind)) return null;
    const had = this.carets.get(field);
    if (!had) return field.value && (kind !== "textarea" || field.firstChild) ? [0, 0] : null;
    return had.value === field.value ? had.caret : null;
  }

  enter(field, text) {
    this.caret = null;
    if (this.edited !== field) this.entered = field.value; // what it held before the person wrote
    field.value = text;
    this.carets.set(field, { value: field.value, caret: null });
    if (field === this.document.activeElement) this.edited = field;
    this.tell(field, "input");
  }

  press(key, modifiers, phase = "both") {
    const { window } = this;
    const options = { key, bubbles: true, cancelable: true, composed: true, ...keys(modifiers) };
    if (this.open && phase !== "up") this.inList(key, modifiers);
    else if (phase !== "up") {
      const target = this.document.activeElement ?? this.document.body;
      if (this.fire(target, new window.KeyboardEvent("keydown", options))) this.effect(this.document.activeElement ?? this.document.body, key, modifiers);
    }
    if (phase !== "down" && !this.open) {
      const target = this.document.activeElement ?? this.document.body;
      const allowed = this.fire(target, new window.KeyboardEvent("keyup", options));
      if (allowed && key === " " && isPressed(target)) this.press0(target);
    }
  }

  press0(target) {
    this.activate(target, { bubbles: true, cancelable: true, composed: true, view: this.window, detail: 0 });
  }

  // A select that shows one option opens its list; what is marked there is chosen as it closes.
  unfold(select) {
    if (select.multiple || select.size > 1) return false;
    this.open = { select, at: [...select.options].findIndex((each) => each.selected), moved: false };
    this.sought = null;
    return true;
  }

  shut(taken = false) {
    const { open } = this;
    if (!open) return null;
    this.open = this.sought = null;
    const { select, at, moved } = open;
    const option = select.options[at];
    if ((moved || taken) && option && !option.selected) {
      select.value = option.value;
      this.tell(select, "input");
      this.tell(select, "change");
    }
    if (taken) {
      const options = { bubbles: true, cancelable: true, composed: true, view: this.window, detail: 0 };
      for (const type of ["mouseup", "click"]) this.fire(select, new this.window.MouseEvent(type, options));
    }
    return select;
  }

  inList(key, modifiers) {
    const { open } = this;
    const can = [...open.select.options].map((each, at) => (each.disabled || each.parentElement.disabled ? -1 : at)).filter((at) => at >= 0);
    if (key === "Escape") return this.shut();
    if (key === "Enter" || key === "Tab") return this.shut(true);
    const there = key === "ArrowDown" ? can.find((at) => at > open.at) : key === "ArrowUp" ? can.findLast((at) => at < open.at) : undefined;
    if (there !== undefined) this.open = { ...open, at: there, moved: true };
    else if (key.length === 1 && !modifiers.length) this.seek(open.select, key);
  }

  effect(target, key, modifiers) {
    const kind = target.localName === "input" ? target.type : target.localName;
    const goesOn = this.sought && this.sought.select === target && this.now - this.sought.at < 1000;
    const opens = key === "Enter" || (key === " " && !goesOn);
    if (kind === "select" && opens && !modifiers.length && !target.matches(":disabled") && this.unfold(target)) return;
    const writes = (kind === "textarea" || TEXTS.has(kind)) && !target.matches(":disabled") && !target.readOnly;
    if (key === "Tab") this.tabulate(modifiers.includes("Shift"));
    else if (key === "Enter") {
      if (kind === "textarea") writes && this.enter(target, target.value + "\n");
      else if (["a", "button", "summary", "submit", "image", "reset"].includes(kind)) this.press0(target);
      else if (target.localName === "input") {
        this.leave();
        if (target.form && kind !== "file") this.implicit(target.form);
      }
    } else if (writes && !modifiers.some((each) => ["Control", "Meta", "Alt"].includes(each))) {
      if (kind === "number" && key.length === 1 && !/[-+0-9.eE]/.test(key)) return; // no number has it
      let [start, end] = this.caret ?? [target.value.length, target.value.length];
      if (key === "Backspace" && start === end) start--;
      if (key === "Backspace" && end > 0) this.enter(target, target.value.slice(0, start) + target.value.slice(end));
      else if (key.length === 1) this.replace(target, key, start, end);
    } else if (kind === "select" && key.length === 1 && !modifiers.length) this.seek(target, key);
  }

  insert(text) {
    const target = this.document.activeElement;
    const kind = target?.localName === "input" ? target.type : target?.localName;
    if ((kind !== "textarea" && !TEXTS.has(kind)) || target.matches(":disabled") || target.readOnly) return;
    this.replace(target, text, ...(this.caret ?? [target.value.length, target.value.length]));
  }

  replace(field, text, start, end) {
    const { value } = field;
    this.enter(field, value.slice(0, start) + text + value.slice(end));
    const caret = start + text.length;
    if (caret < field.value.length) this.caret = [caret, caret];
  }

  // Letters typed into a select choose the next option that begins with them; the same letter again goes on to the next one.
  seek(select, key) {
    const { sought } = this;
    const goesOn = sought && sought.select === select && this.now - sought.at < 1000;
    if (select.multiple) return;
    const text = ((goesOn ? sought.text : "") + key).toLowerCase();
    this.sought = { select, text, at: this.now };
    const cycles = new Set(text).size === 1;
    const options = [...select.options].filter((each) => !each.disabled && !each.parentElement.disabled);
    const marked = this.open ? select.options[this.open.at] : null;
    const from = Math.max(0, options.findIndex((each) => (marked ? each === marked : each.selected))) + (cycles ? 1 : 0);
    const order = [...options.slice(from), ...options.slice(0, from)];
    const found = order.find((each) => each.text.toLowerCase().startsWith(cycles ? text[0] : text));
    if (found && this.open) this.open = { ...this.open, at: found.index, moved: true };
    if (!found || found.selected || this.open) return;
    select.value = found.value;
    this.tell(select, "input");
    this.tell(select, "change");
  }

  implicit(form) {
    const button = [...form.elements, ...form.querySelectorAll("input[type=image]")].find((each) => ["submit", "image"].includes(each.type));
    if (button) {
      if (!button.matches(":disabled")) this.press0(button);
    } else if ([...form.elements].filter((each) => each.localName === "input" && TEXTS.has(each.type)).length <= 1) form.requestSubmit();
  }

  tabulate(back) {
    const all = [...this.document.body.querySelectorAll("*")].filter((each) => this.isFocusable(each) && each.tabIndex >= 0);
    const stop = (radio) => {
      const group = all.filter((other) => isRival(other, radio));
      return group.find((each) => each.checked) ?? this.stops.findLast((each) => group.includes(each)) ?? group.at(back ? -1 : 0);
    };
    const order = all.filter((each) => each.type !== "radio" || !each.name || each === stop(each));
    const { activeElement: focused, body } = this.document;
    const active = focused && focused !== body ? focused : this.from?.isConnected ? this.from : body;
    const lost = active !== body && !order.includes(active); // it cannot have the focus any more
    const before = lost ? order.filter((each) => active.compareDocumentPosition(each) & 2).length - 1 : order.indexOf(active);
    const next = before < 0 && !lost ? order.at(back ? -1 : 0) : order[before + (back ? (lost ? 0 : -1) : 1)];
    if (!next) {
      this.from = null;
      return this.document.activeElement?.blur();
    }
    next.focus();
    if (next.localName === "input" && TEXTS.has(next.type)) this.caret = [0, next.value.length];
  }

  // --- reading ----------------------------------------------------------------------------------------------------------

  report() {
    const { calls, left, logged, events, hooked } = this;
    this.calls = [];
    this.left = [];
    this.logged = [];
    this.events = [];
    this.hooked = [];
    return { calls, left, logged, events, hooked, dom: picture(this.document), title: this.document.title, url: this.window.location.href };
  }
}

// Of a join: what a client says by itself, without what only its own session and its files say.
function joined({ url, redirect, params, flash }) {
  const { _mounts, _mount_attempts, _live_referer } = params ?? {};
  const known = { url, redirect, flash: flash ?? undefined, _mounts, _mount_attempts, _live_referer };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

const keys = (modifiers) => ({
  ctrlKey: modifiers.includes("Control"),
  shiftKey: modifiers.includes("Shift"),
  altKey: modifiers.includes("Alt"),
  metaKey: modifiers.includes("Meta"),
});
const isRival = (one, other) => one.type === "radio" && one.name === other.name && one.form === other.form;
const isPressed = (element) =>
  ["button", "summary"].includes(element.localName) ||
  (element.localName === "input" && ["checkbox", "radio", "button", "submit", "reset", "image"].includes(element.type));
const nameOf = (element) => element.id || element.localName || null;

function told(type, detail) {
  if (type.startsWith("phx:push")) return Object.fromEntries(["event", "ref", "isLoading", "isLocked", "eventType"].map((name) => [name, detail[name] ?? null]));
  if (type.startsWith("phx:undo")) return { ref: detail.ref, event: detail.event ?? null };
  if (detail === null || typeof detail !== "object") return detail ?? {};
  return Object.fromEntries(
    Object.entries(detail)
      .filter(([, value]) => typeof value !== "function")
      .map(([name, value]) => [name, value?.nodeType ? nameOf(value) : value]),
  );
}

// One line a node: its attributes, and the properties of controls; the element with the focus is marked. Without what only
// names things for the client itself; white space between the rows of a stream is no matter.
const OWN = /^data-phx-(id|component|view|root-id|session|static|main|stream|skip|loc|parent-id|sticky|child)$/;
function picture(document) {
  const lines = [];
  const walk = (parent, depth) => {
    if (parent.hasAttribute?.("data-phx-portal")) return; // what is in the template is no part of the page
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
        const attributes = [...node.attributes].filter(({ name }) => !OWN.test(name)).map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
        const mark = node === document.activeElement && node !== document.body ? "*" : "";
        lines.push("  ".repeat(depth) + mark + ["<" + node.localName, ...attributes.sort()].join(" ") + ">" + held(node));
        if (node.localName !== "textarea") walk(node, depth + 1);
      }
    }
    flush();
  };
  walk(document.body, 0);
  return lines.join("\n");
}

function held(node) {
  if (node.localName === "select") return " " + JSON.stringify([...node.options].filter((option) => option.selected).map((option) => option.value));
  if (node.localName === "textarea") return " " + JSON.stringify(node.value);
  if (node.localName !== "input" || node.type === "file") return "";
  if (node.type === "checkbox" || node.type === "radio") return node.checked ? " checked" : "";
  return " " + JSON.stringify(node.value);
}

const tabs = new Map();
let made = 0;
// A rejection that nobody handles is reported by a browser, and the page goes on.
process.on("unhandledRejection", (error) => {
  for (const tab of tabs.values()) tab.logged.push(String(error));
});

export async function handle({ op, tab: id, ...rest }) {
  let tab = tabs.get(id);
  switch (op) {
    case "open":
      for (const [old, each] of tabs) each.window.close(), tabs.delete(old); // one at a time: windows are large
      tab = new Tab(rest);
      tabs.set(++made, tab);
      if (tab.document.readyState === "loading") await new Promise((done) => tab.window.addEventListener("load", done));
      tab.socket.connect();
      tab.labels(); // after the client's own listeners
      tab.resets();
      await tab.play(rest.script, rest.now);
      return { tab: made, ...tab.report() };
    case "act":
      tab.act(rest.act);
      // jsdom follows links in a task of its own
      if (tab.document.querySelector("a[href]")) await new Promise((done) => setTimeout(done));
      await tab.play(rest.script, rest.until);
      return tab.report();
    case "joined":
      return tab.joins[rest.topic].at(-1)[0];
    case "close":
      tabs.delete(id);
      tab.window.close();
      return null;
    default:
      throw new Error(`unknown op ${op}`);
  }
}
