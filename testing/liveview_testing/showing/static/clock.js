// The page's own timers, on a clock that can stand still with the world's: debounced inputs, transitions, the client's next try to connect.
const real = Object.fromEntries(["setTimeout", "clearTimeout", "setInterval", "clearInterval"].map((name) => [name, window[name].bind(window)]));
const timers = new Map();
let last = 1 << 30; // our numbers are not the browser's
let paused = false;
let stood = 0; // where the clock stood, and since when it runs
let since = performance.now();

const now = () => (paused ? stood : stood + performance.now() - since);

const arm = (timer) => {
  real.clearTimeout(timer.handle);
  if (!paused || timer.due <= stood) timer.handle = real.setTimeout(() => run(timer), Math.max(0, timer.due - now()));
};

const run = (timer) => {
  if (timers.get(timer.id) !== timer) return;
  if (timer.every === null) timers.delete(timer.id);
  else {
    timer.due += Math.max(1, timer.every);
    arm(timer);
  }
  try {
    timer.call(...timer.args);
  } catch (error) {
    real.setTimeout(() => { throw error; }); // as any error in a timer: the page's console, and the shell, are told
  }
  clock.changed();
};

const add = (call, wait, args, every) => {
  if (typeof call !== "function") return 0; // the content policy runs no text
  const ms = Math.max(0, Number(wait) || 0);
  const timer = { id: ++last, call, args, due: now() + ms, every: every ? ms : null };
  timers.set(timer.id, timer);
  arm(timer);
  clock.changed();
  return timer.id;
};

const remove = (id) => {
  const timer = timers.get(id);
  if (!timer) return real.clearTimeout(id);
  timers.delete(id);
  real.clearTimeout(timer.handle);
  clock.changed();
};

export const clock = {
  changed: () => {},

  install() {
    window.setTimeout = (call, wait, ...args) => add(call, wait, args, false);
    window.setInterval = (call, wait, ...args) => add(call, wait, args, true);
    window.clearTimeout = window.clearInterval = remove;
  },

  // In how many milliseconds the next timer is due; null: none waits.
  due() {
    const found = [...timers.values()].map((each) => each.due - now());
    return found.length ? Math.max(0, Math.min(...found)) : null;
  },

  stand(still) {
    if (still === paused) return;
    stood = now();
    since = performance.now();
    paused = still;
    timers.forEach(arm);
  },

  // Time passes on a clock that stands still: what is due comes in order, each with all that follows from it at once.
  async advance(ms) {
    const until = stood + ms;
    while (paused) {
      const next = [...timers.values()].filter((each) => each.due <= until).sort((a, b) => a.due - b.due || a.id - b.id)[0];
      if (!next) break;
      real.clearTimeout(next.handle);
      stood = Math.max(stood, next.due);
      run(next);
      await null;
    }
    if (paused) stood = Math.max(stood, until);
  },
};
