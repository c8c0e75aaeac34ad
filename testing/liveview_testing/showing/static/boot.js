// What makes a page live: Phoenix's own client, at this server. What happens in the page is told to the shell around it, if there is one.
import { clock } from "/_show/clock.js";
import { Socket } from "/_show/client/phoenix.js";
import { LiveSocket } from "/_show/client/phoenix_live_view.js";

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") ?? null;

// A window keeps its name when its page is loaded again: by it the server knows who sits there.
const named = meta("liveview-window");
if (named !== null) window.name = named;
if (!window.name) window.name = `window-${Math.random().toString(36).slice(2, 10)}`;

// The next page of this window is asked for in its name.
window.addEventListener("beforeunload", () => {
  document.cookie = `liveview_window=${encodeURIComponent(window.name)}; path=/; max-age=5; samesite=strict`;
});

// A view that goes on is at an address of its own.
const path = meta("liveview-path");
if (path !== null) history.replaceState(history.state, "", path);

const shell = window.parent !== window ? window.parent : null;
const tell = (kind, data) => shell?.postMessage({ liveview: kind, window: window.name, ...data }, location.origin);

// Beside the panel the page's timers stand still when the world does, and go on with it; the shell says how far.
if (shell !== null) {
  clock.install();
  clock.stand(meta("liveview-clock") === "paused");
  let saying = false;
  const say = () => {
    saying = false;
    tell("timers", { due: clock.due() });
  };
  clock.changed = () => {
    if (!saying) queueMicrotask(say);
    saying = true;
  };
  window.addEventListener("message", async (event) => {
    if (event.origin !== location.origin || event.source !== shell || event.data?.liveview !== "clock") return;
    clock.stand(event.data.paused);
    await clock.advance(event.data.by);
    say();
  });
  tell("timers", { due: null, fresh: true });
}

window.addEventListener("error", (event) => tell("script-error", { text: String(event.error?.stack ?? event.message) }));
window.addEventListener("unhandledrejection", (event) => tell("script-error", { text: String(event.reason?.stack ?? event.reason) }));
document.addEventListener("securitypolicyviolation", (event) =>
  tell("script-error", { text: `refused by the content policy: ${event.blockedURI} (${event.violatedDirective})` }),
);

if (shell !== null && meta("liveview-record") !== null) (await import("/_show/record.js")).record(tell);

class ShownSocket extends Socket {
  endPointURL() {
    const url = new URL(super.endPointURL());
    url.searchParams.set("window", window.name);
    url.searchParams.set("_csrf_token", meta("csrf-token") ?? "");
    return url.toString();
  }
}

const hooksOf = (module) => {
  const given = module.hooks ?? module.default ?? module;
  return Object.fromEntries(Object.entries(given).filter(([, each]) => each && typeof each !== "string"));
};

let hooks = {};
const from = meta("liveview-hooks");
if (from !== null) {
  try {
    hooks = hooksOf(await import(from));
  } catch (error) {
    tell("script-error", { text: `${from}: ${error?.stack ?? error}` });
    console.error(error);
  }
}

// What phoenix_html does for links and buttons: the question of data-confirm is asked first, data-method becomes a form.
const submitted = (element) => {
  const form = document.createElement("form");
  const method = element.getAttribute("data-method");
  form.method = method === "get" ? "get" : "post";
  form.action = element.getAttribute("data-to");
  form.style.display = "none";
  const hidden = (name, value) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  };
  const csrf = element.getAttribute("data-csrf");
  if (csrf) hidden("_csrf_token", csrf);
  if (method !== "get" && method !== "post") hidden("_method", method);
  document.body.append(form);
  form.submit();
};
window.addEventListener("click", (event) => {
  if (event.defaultPrevented) return;
  for (let element = event.target; element?.getAttribute; element = element.parentNode) {
    if (!element.dispatchEvent(new CustomEvent("phoenix.link.click", { bubbles: true, cancelable: true }))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (element.getAttribute("data-method") && element.getAttribute("data-to")) {
      submitted(element);
      event.preventDefault();
      return;
    }
  }
});
window.addEventListener("phoenix.link.click", (event) => {
  const question = event.target.getAttribute("data-confirm");
  if (question && !window.confirm(question)) event.preventDefault();
});

const params = JSON.parse(meta("liveview-params") ?? "{}");
const liveSocket = new LiveSocket("/live", ShownSocket, { params, hooks, ...(window.liveviewOptions ?? {}) });
liveSocket.connect();
window.liveSocket = liveSocket;

const where = () => tell("at", { url: location.pathname + location.search + location.hash, title: document.title });
window.addEventListener("phx:page-loading-stop", where);
window.addEventListener("phx:navigate", where);
window.addEventListener("popstate", where);
where();
