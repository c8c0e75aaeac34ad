// What a person does in the page, told to the shell: trusted events only, before the page and its client hear them.
const ACTIONS = "button, a[href], summary, [phx-click], [role=button], [role=link], [role=tab], [role=option], [role=menuitem], [role=switch], [role=checkbox], [role=radio], [role=treeitem], [role=gridcell]";
const TYPED = "input:not([type=checkbox], [type=radio], [type=file], [type=button], [type=submit], [type=reset], [type=image], [type=hidden]), textarea";
const KEYS = ["Enter", "Escape", "Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
const MOST = 64_000;

const named = (element) => element.id && !element.id.startsWith("phx-");
const plain = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 200);

// Where an element stands: child by child from the nearest with an id. That id may be another in the test (if it was drawn): so what
// it says, and where it stands itself, are told as well.
const spot = (element, from = element, deep = 0) => {
  const path = [];
  let at = from;
  if (at !== element) path.unshift([...element.parentElement.children].indexOf(element));
  while (at !== document.body && at.parentElement && !at.hasAttribute("data-phx-main") && !named(at)) {
    path.unshift([...at.parentElement.children].indexOf(at));
    at = at.parentElement;
  }
  const main = at.hasAttribute("data-phx-main");
  const place = { tag: element.localName, path, main, id: !main && named(at) ? at.id : null };
  if (place.id !== null && at !== document.body && at.parentElement && deep < 20) {
    place.says = plain(at);
    place.within = spot(at, at.parentElement, deep + 1);
  }
  return place;
};

const base64 = (buffer) => {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
};

export const record = (tell) => {
  let typed = null; // a field that is being typed into
  let entered = false; // Enter also clicks the form's button: that is one act
  let armed = false;
  let answers = null;
  const reading = new Set(); // files that were chosen, and are not read yet

  const say = (data) => tell("act", { data });
  const flush = () => {
    const field = typed;
    typed = null;
    if (field?.isConnected) say({ act: "fill", on: spot(field), value: field.value });
  };
  const act = (kind, element, more = {}) => {
    flush();
    say({ act: kind, on: spot(element), ...more });
  };
  const listen = (name, heard) => window.addEventListener(name, (event) => event.isTrusted && heard(event), true);
  const where = () => location.pathname + location.search + location.hash;

  const how = performance.getEntriesByType("navigation")[0]?.type;
  say({ act: "open", url: where(), how: { reload: "reload", back_forward: "travel" }[how] ?? "load" });

  const ask = window.confirm.bind(window);
  window.confirm = (question) => {
    const yes = ask(question);
    answers?.push(yes);
    return yes;
  };

  // An armed page is pointed at, not used: neither it nor its client sees that click.
  for (const name of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
    listen(name, (event) => {
      if (!armed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (name !== "click") return;
      armed = false;
      document.documentElement.style.cursor = "";
      flush();
      tell("pointed", { on: spot(event.target), text: event.target.innerText?.trim().slice(0, 60) ?? "" });
    });
  }

  listen("click", (event) => {
    if (entered && event.detail === 0) return;
    const element = event.target.closest?.(ACTIONS) ?? event.target.closest?.("input[type=submit], input[type=button], input[type=reset], input[type=image]");
    if (!element || event.target.closest(`select, option, ${TYPED}`)) return;
    if (!element.closest("[data-confirm]")) return act("click", element);
    flush();
    const given = [];
    const told = { act: "click", on: spot(element), answers: given };
    answers = given;
    setTimeout(() => {
      answers = null;
      say(told);
    });
  });

  listen("input", (event) => {
    const field = event.target;
    if (!field.matches?.(TYPED)) return;
    if (typed && typed !== field) flush();
    typed = field;
  });

  listen("change", (event) => {
    const field = event.target;
    if (field.matches("select")) act("select", field, { value: [...field.selectedOptions].map((each) => each.value) });
    else if (field.matches("input[type=checkbox], input[type=radio]")) act(field.checked ? "check" : "uncheck", field);
  });

  const files = (input, chosen) => {
    flush();
    const on = spot(input);
    const read = Promise.all(
      [...chosen].map(async (file) => ({
        name: file.name,
        type: file.type,
        size: file.size,
        content: file.size <= MOST ? base64(await file.arrayBuffer()) : null,
      })),
    ).then((value) => say({ act: "files", on, value }));
    reading.add(read);
    read.finally(() => reading.delete(read));
  };
  // (No script chooses files; whoever drives a browser does, and such events are not trusted.)
  window.addEventListener("change", (event) => {
    if (event.target.matches?.("input[type=file]")) files(event.target, event.target.files);
  }, true);
  listen("drop", (event) => {
    const id = event.target.closest?.("[phx-drop-target]")?.getAttribute("phx-drop-target");
    const input = id && document.getElementById(id);
    if (input && event.dataTransfer.files.length) files(input, event.dataTransfer.files);
  });

  listen("keydown", (event) => {
    if (!KEYS.includes(event.key) || event.isComposing) return;
    const element = event.target;
    if (!element.matches || element.matches("select, input[type=radio]")) return; // what changes there is told by its change
    if (element.matches("textarea, [contenteditable]") && !["Escape", "Tab"].includes(event.key)) return;
    if (event.key === "Enter") entered = true;
    const mods = [event.ctrlKey && "Control", event.altKey && "Alt", event.shiftKey && "Shift", event.metaKey && "Meta"].filter(Boolean);
    act("press", element, { value: [...mods, event.key].join("+") });
  });
  listen("keyup", () => { entered = false; });

  listen("popstate", () => {
    flush();
    say({ act: "travel", url: where() });
  });
  listen("focusout", flush);
  window.addEventListener("blur", flush);
  window.addEventListener("pagehide", flush);

  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.source !== window.parent) return;
    if (event.data?.liveview === "point") {
      armed = true;
      document.documentElement.style.cursor = "crosshair";
    } else if (event.data?.liveview === "flush") {
      flush();
      Promise.allSettled(reading).then(() => tell("flushed", {}));
    }
  });
};
