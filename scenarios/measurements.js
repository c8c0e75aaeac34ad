// The chart of measurements.py, for a real browser: liveview show scenarios/measurements.py --hooks scenarios/measurements.js
export const Chart = {
  mounted() {
    this.points = [];
    this.handleEvent("point", ({ point }) => this.draw([...this.points, point].slice(-this.last)));
    this.el.addEventListener("chart:zoom", ({ detail }) => this.ask(detail.last));
    this.ask(3);
  },
  reconnected() {
    this.ask(this.last);
  },
  ask(last) {
    this.last = last;
    this.pushEvent("range", { last }, ({ points }) => this.draw(points));
  },
  draw(points) {
    this.points = points;
    this.el.textContent = points.join(" ");
  },
};
