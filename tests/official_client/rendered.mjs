// Judge 1. The official client's `Rendered` class, taken out of its bundle, in two readings of one diff sequence:
//
//   patch  what the client hands to its DOM patcher: unchanged roots are empty stubs, a stream shows the rows of this diff only
//   full   the same tree rendered whole, without the client's own marker attributes; a stream shows the rows it received last
//          (what LiveViewTest's tree prints as well; the *accumulated* rows are a matter of the DOM: judge 2)
//
// The class is not exported, but the CommonJS build keeps its name, and one appended line reaches it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
globalThis.window ??= globalThis; // deepClone asks the window for structuredClone
const bundle = { exports: {} };
const source = readFileSync(require.resolve("phoenix_live_view"), "utf8");
new Function("module", "exports", "require", source + "\n;module.exports.Rendered = Rendered;")(bundle, bundle.exports, require);
const { Rendered } = bundle.exports;

const VIEW = "JUDGE";
// What modifyRoot writes into a root's start tag, exactly; the view id above makes it ours alone.
const MARKS = new RegExp(` data-phx-id="[mc]\\d+-${VIEW}"( data-phx-component="\\d+" data-phx-view="${VIEW}")?`, "g");

// A tree that is rendered whole at every step, so it must not consume what `toString` consumes: the rows of streams.
class Whole extends Rendered {
  comprehensionToBuffer(node, templates, output, tracking) {
    const rows = node.k;
    super.comprehensionToBuffer(node, templates, output, tracking);
    node.k = rows; // given back: stream rows are always sent whole, and the next diff's `kc` trims them
  }

  html() {
    // `reset` switches tracking off inside a component, the `false` does it for the rest: no root comes as a stub.
    for (const cid in this.rendered.c) this.rendered.c[cid].reset = true;
    return this.recursiveToString(this.rendered, this.rendered.c, null, false, {}, null).buffer.replace(MARKS, "");
  }
}

// Merges as View does, and gives the HTML it would hand to DOMPatch: nothing for an empty diff, component by component when
// only components changed.
function patched(tree, diff) {
  if (Object.keys(diff).length === 0) return "";
  const only = tree.isComponentOnlyDiff(diff);
  const cids = tree.componentCIDs(diff);
  tree.mergeDiff(diff);
  return only ? cids.map((cid) => tree.componentToString(cid).buffer).join("") : tree.toString(cids).buffer;
}

// Plays one session: a join, then steps, each {diff} or {prune: [cid, ...]}. A throw ends it with {error}.
export function play({ join, steps }) {
  const clone = (diff) => Rendered.extract(structuredClone(diff)); // merging adopts and mutates what it is given
  const tree = new Rendered(VIEW, clone(join).diff);
  const whole = new Whole(VIEW, clone(join).diff);
  const out = [{ patch: tree.toString(null).buffer, full: whole.html() }];
  for (const step of steps) {
    try {
      if (step.prune) {
        tree.pruneCIDs(step.prune);
        whole.pruneCIDs(step.prune);
        out.push({ patch: "", full: whole.html() });
        continue;
      }
      const { diff, title, reply, events } = clone(step.diff);
      whole.mergeDiff(clone(step.diff).diff);
      out.push({ patch: patched(tree, diff), full: whole.html(), title: title ?? null, reply, events });
    } catch (error) {
      out.push({ error: String(error) });
      break;
    }
  }
  return out;
}
