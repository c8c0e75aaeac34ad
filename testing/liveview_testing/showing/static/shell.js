// The shell around the pages: frames of people side by side, and the panel. What comes from pages and worlds enters by textContent only.
const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((each) => each !== null && each !== undefined));
  return node;
};

let state = null;
let socket = null;
let reloads = 0;
let tab = "happened";
let scriptErrors = [];
const frames = new Map();
const before = new Map();
const colours = new Map();

const waiting = []; // what pages told while the server was not there
const send = (command) => {
  if (socket?.readyState === 1) socket.send(JSON.stringify(command));
  else if (command.do === "acted") waiting.push(command);
};
const seconds = (at) => (at < 60 ? `${at.toFixed(2)} s` : `${Math.floor(at / 60)}:${(at % 60).toFixed(1).padStart(4, "0")}`);
const colour = (who) => {
  const name = who.split(" · ")[0];
  if (!colours.has(name)) colours.set(name, colours.size % 6);
  return `var(--p${colours.get(name)})`;
};
const person = (who) => make("span", { class: "who", style: `color: ${colour(who)}` }, who);

// --- frames ------------------------------------------------------------------------------------------------------------

const windowOf = (name) => `frame-${name.replace(/[^A-Za-z0-9]+/g, "-")}`;
const enter = (name, path) => `/_show/as/${encodeURIComponent(windowOf(name))}?name=${encodeURIComponent(name)}${path ? `&to=${encodeURIComponent(path)}` : ""}`;

function addFrame(name, source) {
  if (frames.has(windowOf(name))) return;
  const view = make("iframe", { name: windowOf(name), title: `${name}'s page`, src: source });
  const address = make("input", { "aria-label": `${name}'s address`, spellcheck: "false" });
  address.addEventListener("keydown", (event) => {
    if (event.key === "Enter") view.src = enter(name, address.value);
  });
  const off = make("span", { class: "off", hidden: true }, "not connected");
  const box = make(
    "div",
    { class: "frame", style: `--person: ${colour(name)}` },
    make("div", { class: "bar" }, make("b", {}, name), address, off,
      make("button", { title: "Load the page anew", "aria-label": `Load ${name}'s page anew`, onclick: () => view.contentWindow.location.reload() }, "↻"),
      make("button", { title: "Close", "aria-label": `Close ${name}'s page`, onclick: () => { box.remove(); frames.delete(windowOf(name)); } }, "×")),
    view,
  );
  frames.set(windowOf(name), { view, address, off, box, name });
  $("frames").insertBefore(box, $("frames").querySelector(".add"));
}

function drawFrames() {
  if (!$("frames").querySelector(".add")) {
    $("frames").append(make("button", { class: "add", type: "button", title: "Another person's page", onclick: addPerson }, make("span", {}, "+ person")));
  }
  if (frames.size === 0 && !drawFrames.done) {
    drawFrames.done = true;
    const seats = state.seats.filter((seat) => seat.window.startsWith("frame-") && seat.url);
    if (seats.length) for (const seat of seats) addFrame(seat.name, `/_show/resume/${encodeURIComponent(seat.window)}`);
    else for (const each of state.people.slice(0, 2)) addFrame(each.name, enter(each.name));
  }
  for (const seat of state.seats) {
    const frame = frames.get(seat.window);
    if (!frame) continue;
    if (seat.url && document.activeElement !== frame.address) frame.address.value = seat.url;
    frame.off.hidden = seat.connected;
  }
}

const NAMES = "Ann Ben Cyd Dan Eve Fay Gus Hal Ida Jon Kim Leo Mia Ned Ora Pip".split(" ");
function addPerson() {
  const open = new Set([...frames.values()].map((each) => each.name));
  const known = state.people.map((each) => each.name).find((name) => !open.has(name));
  const name = known ?? NAMES.find((each) => !open.has(each)) ?? `browser ${open.size + 1}`;
  addFrame(name, enter(name));
}

function putBack() {
  for (const [name, frame] of frames) {
    const seat = state.seats.find((each) => each.window === name);
    frame.view.src = seat ? `/_show/resume/${encodeURIComponent(name)}` : enter(frame.name);
  }
  for (const seat of state.seats) {
    if (seat.window.startsWith("frame-") && seat.url && !frames.has(seat.window)) addFrame(seat.name, `/_show/resume/${encodeURIComponent(seat.window)}`);
  }
}

// --- panes -------------------------------------------------------------------------------------------------------------

const empty = (text) => make("p", { class: "empty" }, text);

function happened() {
  const rows = make("ol", { class: "rows" });
  for (const each of [...state.moments].reverse()) {
    rows.append(make("li", {}, make("span", { class: "at" }, seconds(each.at)), person(each.who), make("span", { class: "what" }, each.title),
      make("button", { class: "back", title: "The world becomes what it was after this", onclick: () => send({ do: "back", number: each.number }) }, "back to here")));
  }
  if (!state.moments.length) return [empty("Nothing has happened yet.")];
  return [
    make("p", {}, make("a", { href: "/_show/timeline", target: "_blank" }, "Open the time-travel page"), make("span", { class: "dim" }, "  of the session so far")),
    rows,
  ];
}

function assigns() {
  if (!state.views.length) return [empty("No view is connected.")];
  const found = [];
  const table = (key, pairs) => {
    const body = make("table", { class: "assigns" });
    const old = before.get(key) ?? new Map();
    for (const [name, text] of pairs) {
      const fresh = old.size && old.get(name) !== text;
      body.append(make("tr", fresh ? { class: "new" } : {}, make("td", { class: "mono" }, `@${name}`), make("td", { class: "mono" }, text)));
    }
    assigns.next.set(key, new Map(pairs));
    return body;
  };
  assigns.next = new Map();
  for (const view of state.views) {
    found.push(make("h3", {}, person(view.who), ` ${view.view}`), view.assigns.length ? table(view.pid, view.assigns) : make("p", { class: "dim" }, "no assigns"));
    for (const each of view.components) {
      found.push(make("h3", {}, `component ${each.cid} · ${each.name} ${each.id}`), table(`${view.pid}/${each.cid}`, each.assigns));
    }
  }
  for (const [key, value] of assigns.next) before.set(key, value);
  return found;
}

const pretty = (text) => {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
};

function wire() {
  if (!state.wire.length) return [empty("Nothing has travelled yet.")];
  return [...state.wire].reverse().map((each) =>
    make("details", { class: "wire" },
      make("summary", {}, make("span", { class: "dim mono" }, seconds(each.at)), person(each.who), make("span", { class: "dir" }, each.up ? "→" : "←"),
        make("span", {}, each.event), make("span", { class: "more mono" }, each.payload)),
      make("pre", {}, `${each.topic}\n${pretty(each.payload)}`)));
}

function world() {
  const timers = make("ul", { class: "rows" });
  for (const each of state.clock.timers) {
    timers.append(make("li", {}, make("span", { class: "at" }, `in ${seconds(Math.max(0, each.in))}`), person(each.who), make("span", { class: "what mono" }, each.what)));
  }
  const tasks = make("ul", { class: "rows" });
  for (const each of state.tasks.pending) {
    const value = make("input", { "aria-label": `Value for ${each.name}`, placeholder: "JSON value", size: 10 });
    tasks.append(make("li", {}, person(each.who), make("span", { class: "what mono" }, each.name),
      make("button", { onclick: () => send({ do: "run", seq: each.seq }) }, "run"), value,
      make("button", { onclick: () => send({ do: "resolve", seq: each.seq, value: value.value }) }, "answer"),
      make("button", { onclick: () => send({ do: "fail", seq: each.seq, reason: "failed" }) }, "fail")));
  }
  const hold = make("button", { "aria-pressed": String(state.tasks.hold), onclick: () => send({ do: "hold", hold: !state.tasks.hold }) }, state.tasks.hold ? "Tasks are held" : "Hold tasks");
  const topics = make("ul", { class: "rows" });
  for (const each of state.topics) {
    topics.append(make("li", {}, make("span", { class: "mono" }, each.topic), make("span", { class: "what dim" }, each.who.join(", "))));
  }
  const topic = make("input", { name: "topic", "aria-label": "Topic", placeholder: "topic", value: state.topics[0]?.topic ?? "" });
  const message = make("input", { name: "message", "aria-label": "Message", placeholder: '"hello", or any JSON' });
  const form = make("form", { class: "line", onsubmit: (event) => { event.preventDefault(); send({ do: "broadcast", topic: topic.value, message: message.value }); } },
    topic, message, make("button", {}, "Broadcast"));
  return [
    make("h3", {}, "Timers"), state.clock.timers.length ? timers : make("p", { class: "dim" }, "No timer waits."),
    make("h3", {}, "Tasks"), make("p", {}, hold), state.tasks.pending.length ? tasks : make("p", { class: "dim" }, "No task waits."),
    make("h3", {}, "PubSub"), state.topics.length ? topics : make("p", { class: "dim" }, "Nobody has subscribed."), form,
    make("h3", {}, "Network"), make("p", { class: "dim" }, state.network.flying ? `${state.network.flying} frames are on their way.` : "No frame is on its way."),
  ];
}

function laws() {
  const found = [];
  for (const each of state.findings) found.push(make("div", { class: "finding" }, person(each.who), ` ${each.name}`, make("pre", {}, each.text)));
  for (const each of state.crashes) found.push(make("div", { class: "finding" }, person(each.who), ` crashed at ${each.what}`, make("pre", {}, each.text)));
  for (const text of [...state.failures, ...state.notes, ...scriptErrors]) found.push(make("div", { class: "finding" }, make("pre", {}, text)));
  return found.length ? found : [empty("Every law holds, and no lint has anything to say.")];
}

function asserting(pointed) {
  const choices = [["text", "its text"], ["visible", "it is visible"], ["value", "its value"], ["checked", "it is checked, or not"], ["count", "how many there are"], ["url", "the address"], ["aria", "roles and names in it"]];
  const choose = (what) => {
    send({ do: "acted", window: pointed.window, data: JSON.stringify({ act: "expect", what, on: pointed.on }) });
    recorded.pointed = null;
    draw();
  };
  return make("p", { role: "group", "aria-label": "Assert" }, make("b", {}, pointed.text || "this"), " : ",
    ...choices.map(([what, label]) => make("button", { type: "button", onclick: () => choose(what) }, label)));
}

function recorded() {
  if (!state.recording) return [empty("Nothing is recorded: liveview show … --record tests/test_x.py")];
  const toAll = (kind) => { for (const frame of frames.values()) frame.view.contentWindow.postMessage({ liveview: kind }, location.origin); };
  const save = () => { // once every page has told what is still being typed, or does not answer
    const pages = new Set(frames.keys());
    const done = () => { clearTimeout(late); recorded.flushed = () => {}; send({ do: "save" }); };
    const late = setTimeout(done, 1000);
    recorded.flushed = (name) => { if (pages.delete(name) && !pages.size) done(); };
    if (pages.size) toAll("flush");
    else done();
  };
  return [
    make("p", {}, make("button", { type: "button", onclick: () => toAll("point") }, "Assert …"), " ", make("button", { type: "button", onclick: save }, "Save the test"),
      make("span", { class: "dim" }, `  ${state.recording.file}`)),
    recorded.pointed ? asserting(recorded.pointed) : null,
    state.recording.saved ? make("p", { role: "status" }, state.recording.saved) : null,
    make("pre", { id: "recorded" }, state.recording.lines.join("\n")),
  ].filter(Boolean);
}
recorded.pointed = null;
recorded.flushed = () => {};

const PANES = { happened: ["Happened", happened], assigns: ["Assigns", assigns], wire: ["Wire", wire], world: ["World", world], laws: ["Laws", laws], recorded: ["Recording", recorded] };

function counts() {
  return {
    happened: state.moments.length,
    assigns: state.views.length,
    wire: state.wire.length,
    world: state.tasks.pending.length + state.clock.timers.length,
    recorded: state.recording?.lines.length ?? 0,
    laws: state.findings.length + state.crashes.length + state.failures.length + state.notes.length + scriptErrors.length,
  };
}

function drawTabs() {
  const numbers = counts();
  const names = Object.keys(PANES).filter((name) => name !== "recorded" || state.recording);
  $("tabs").replaceChildren(...names.map((name) =>
    make("button", { role: "tab", id: `tab-${name}`, type: "button", "aria-selected": String(name === tab), tabindex: name === tab ? "0" : "-1",
      class: name === "laws" && numbers.laws ? "bad" : "", onclick: () => { tab = name; draw(); },
      onkeydown: (event) => {
        const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (!by) return;
        tab = names[(names.indexOf(tab) + by + names.length) % names.length];
        draw();
        $(`tab-${tab}`).focus();
      } }, PANES[name][0], make("span", { class: "count" }, numbers[name] ? String(numbers[name]) : ""))));
}

function drawPane() {
  const pane = $("pane");
  if (pane.contains(document.activeElement) && /INPUT|SELECT/.test(document.activeElement.tagName)) return; // somebody writes there
  const open = new Set([...pane.querySelectorAll("details[open] summary")].map((each) => each.textContent));
  const top = pane.scrollTop;
  pane.setAttribute("aria-labelledby", `tab-${tab}`);
  pane.replaceChildren(...PANES[tab][1]());
  for (const each of pane.querySelectorAll("details")) if (open.has(each.querySelector("summary").textContent)) each.open = true;
  pane.scrollTop = top;
}

let dismissed = 0;
function drawOverlay() {
  const errors = [
    ...(state.stopped ? [["The session could be replayed up to here", state.stopped]] : []),
    ...state.failures.map((text) => ["A page could not be made", text]),
    ...state.crashes.map((each) => [`${each.who}'s view crashed at ${each.what}`, each.text]),
  ];
  const last = errors.at(-1);
  if (errors.length < dismissed) dismissed = 0;
  $("overlay").hidden = !last || errors.length <= dismissed;
  if (last) {
    $("overlay-title").textContent = last[0];
    $("overlay-text").textContent = last[1];
  }
  $("dismiss").onclick = () => { dismissed = errors.length; $("overlay").hidden = true; };
}

// --- time --------------------------------------------------------------------------------------------------------------

const worldTime = () => new Date(state.clock.now).getTime();

// The pages' timers stand still when the world does, and go on as far as it goes.
function keepTime() {
  const paused = state.clock.mode === "paused";
  for (const frame of frames.values()) {
    if (frame.at === undefined) continue; // its page has not said yet that it is there
    const by = worldTime() - frame.at;
    if (by <= 0 && paused === frame.paused) continue;
    frame.at += Math.max(0, by);
    frame.paused = paused;
    frame.view.contentWindow?.postMessage({ liveview: "clock", paused, by: paused ? Math.max(0, by) : 0 }, location.origin);
  }
}

// In how many milliseconds a page has something to do.
const pageDue = () => Math.min(...[...frames.values()].map((each) => each.due ?? Infinity));

// Time passes from one thing that is due in a page to the next, so that what pages send comes at its own instant.
const MOST_STEPS = 50; // then the rest at once: a page that always has something to do would keep us here
let going = 0;
let steps = 0;
let later = null;
function pass(ms) {
  going = ms;
  steps = 0;
  goOn();
}
function goOn() {
  later = null;
  if (going <= 0) return;
  const by = state.clock.mode === "paused" && ++steps < MOST_STEPS ? Math.min(going, Math.max(1, pageDue())) : going;
  going -= by;
  send({ do: "advance", seconds: by / 1000 });
}

function stepOn() {
  const page = pageDue();
  if (state.clock.mode === "paused" && page < (state.clock.due ?? Infinity) * 1000) send({ do: "advance", seconds: Math.max(1, page) / 1000 });
  else send({ do: "step" });
}

// --- the whole ---------------------------------------------------------------------------------------------------------

const options = (select, entries, chosen) => {
  const text = JSON.stringify(entries);
  if (select.dataset.entries !== text) {
    select.dataset.entries = text;
    select.replaceChildren(...entries.map(([value, label]) => make("option", { value }, label)));
  }
  if (chosen !== undefined) select.value = chosen;
};

let heard = 0;
function drawClock() {
  if (!state) return;
  const ahead = state.clock.mode === "real" ? performance.now() - heard : 0;
  const now = new Date(new Date(state.clock.now).getTime() + ahead);
  $("now").textContent = now.toISOString().slice(0, 19).replace("T", " ");
  $("now").className = state.clock.mode === "paused" ? "paused" : "";
}
setInterval(drawClock, 250);

// Whatever the world does meanwhile: a button that is pressed is there when it is let go, or the click would be nobody's.
let pressed = false, undrawn = false;
addEventListener("pointerdown", () => { pressed = true; }, true);
for (const kind of ["pointerup", "pointercancel", "blur"]) {
  addEventListener(kind, (event) => {
    if (kind === "blur" && event.target !== window) return; // only an element's
    setTimeout(() => {
      pressed = false;
      if (undrawn) draw();
    });
  }, true);
}

function draw() {
  undrawn = pressed;
  if (undrawn) return;
  const words = document.activeElement?.closest?.("#tabs, #pane") && document.activeElement.textContent, held = document.activeElement;
  drawAll();
  if (words && !held.isConnected) { // its like has the focus now
    const like = [...$(held.role === "tab" ? "tabs" : "pane").querySelectorAll(held.localName)];
    (like.find((each) => each.textContent === words) ?? (held.id && $(held.id)))?.focus();
  }
}

function drawAll() {
  document.title = `${state.shown.name} · liveview show`;
  options($("scenario"), state.all.map((each) => [each.name, each.text ? `${each.name} — ${each.text}` : each.name]), state.shown.name);
  $("stage-pick").hidden = !state.stages.length;
  options($("stage"), [["", "begin at …"], ...state.stages.map((each) => [String(each.number), `${each.number}. ${each.title}`])]);
  const paused = state.clock.mode === "paused";
  $("mode").textContent = paused ? "Paused" : "Pause";
  $("mode").setAttribute("aria-pressed", String(paused));
  $("step").disabled = state.clock.due === null && !(paused && pageDue() < Infinity);
  $("latency").value = String(state.network.latency);
  $("offline").setAttribute("aria-pressed", String(state.network.offline));
  drawClock();
  drawFrames();
  drawTabs();
  drawPane();
  drawOverlay();
  if (state.reloads !== reloads) {
    reloads = state.reloads;
    putBack();
  }
}

$("mode").onclick = () => send({ do: "mode", mode: state.clock.mode === "real" ? "paused" : "real" });
// Who lets time pass has not left the field they are in: a blur would send what is debounced.
for (const id of ["mode", "step", "second", "minute"]) $(id).onmousedown = (event) => event.preventDefault();
$("step").onclick = stepOn;
$("second").onclick = () => pass(1000);
$("minute").onclick = () => pass(60_000);
$("latency").onchange = (event) => send({ do: "latency", seconds: Number(event.target.value) });
$("offline").onclick = () => send({ do: "offline", offline: !state.network.offline });
$("scenario").onchange = (event) => {
  for (const frame of frames.values()) frame.box.remove();
  frames.clear();
  drawFrames.done = false;
  dismissed = 0;
  send({ do: "choose", name: event.target.value });
};
$("stage").onchange = (event) => {
  if (!event.target.value) return;
  for (const frame of frames.values()) frame.box.remove();
  frames.clear();
  send({ do: "begin", step: Number(event.target.value) });
  event.target.value = "";
};

window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || typeof event.data?.liveview !== "string") return;
  const frame = frames.get(event.data.window);
  if (event.data.liveview === "timers") {
    if (!frame || !state) return;
    const said = event.data.due ?? Infinity;
    if (event.data.fresh) {
      frame.due = Infinity;
      frame.at = worldTime();
      frame.paused = undefined;
      keepTime();
    } else frame.due = said;
    $("step").disabled = state.clock.due === null && !(state.clock.mode === "paused" && pageDue() < Infinity);
  } else if (event.data.liveview === "script-error") {
    scriptErrors = [...scriptErrors.slice(-9), `${frame?.name ?? "a page"}: ${String(event.data.text)}`];
    if (state) draw();
  } else if (event.data.liveview === "act") {
    send({ do: "acted", window: String(event.data.window), data: JSON.stringify(event.data.data) });
  } else if (event.data.liveview === "flushed") {
    recorded.flushed(event.data.window);
  } else if (event.data.liveview === "pointed") {
    recorded.pointed = { window: String(event.data.window), on: event.data.on, text: String(event.data.text) };
    tab = "recorded";
    draw();
  } else if (event.data.liveview === "at" && frame && document.activeElement !== frame.address) {
    frame.address.value = String(event.data.url);
  }
});

const divider = $("divider");
const aside = document.querySelector("aside");
const width = (to) => { aside.style.width = `${Math.max(260, Math.min(innerWidth * 0.6, to))}px`; };
divider.onpointerdown = (event) => {
  divider.setPointerCapture(event.pointerId);
  $("frames").style.pointerEvents = "none";
  divider.onpointermove = (move) => width(innerWidth - move.clientX);
  divider.onpointerup = () => { divider.onpointermove = null; $("frames").style.pointerEvents = ""; };
};
divider.onkeydown = (event) => {
  if (event.key === "ArrowLeft") width(aside.offsetWidth + 24);
  if (event.key === "ArrowRight") width(aside.offsetWidth - 24);
};

function connect() {
  socket = new WebSocket(`ws://${location.host}/_show/ws`);
  socket.onmessage = (event) => {
    const said = JSON.parse(event.data);
    if (said.kind === "state") {
      const fresh = state === null;
      state = said;
      heard = performance.now();
      if (fresh) reloads = state.reloads;
      draw();
      keepTime();
      if (going > 0) later ??= setTimeout(goOn, 20); // what the pages have to say by now comes first
    } else if (said.kind === "refused") {
      $("link").textContent = said.text.split("\n")[0];
      setTimeout(() => { $("link").textContent = ""; }, 4000);
    }
  };
  socket.onopen = () => {
    $("link").textContent = "";
    waiting.splice(0).forEach(send);
  };
  socket.onclose = () => {
    $("link").textContent = "the server is not there";
    setTimeout(connect, 300);
  };
}
connect();
