// Both judges in one process: JSON lines on stdin, `{"call": NAME, ...arguments}`, one answer a line on stdout, in order.
// Stays up until stdin ends. `{"value": ...}` or `{"failure": text}`.
import { createInterface } from "node:readline";

const answers = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr); // a stray console.log must not look like an answer
console.error = console.warn = console.log = () => {}; // the client logs before it throws; the throw is what we report

const calls = {
  rendered: async ({ session }) => (await import("./rendered.mjs")).play(session),
  page: async (request) => (await import("./live_socket.mjs")).handle(request),
  tab: async (request) => (await import("./tab.mjs")).handle(request),
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const request = JSON.parse(line);
    answer = { value: await calls[request.call](request) };
  } catch (error) {
    answer = { failure: error.stack ?? String(error) };
  }
  answers(JSON.stringify(answer) + "\n");
}
