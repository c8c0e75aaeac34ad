// The list of playlist.py, for a real browser: liveview show scenarios/playlist.py --hooks scenarios/playlist.js
export const Sortable = {
  mounted() {
    const on = (type, heard) => this.el.addEventListener(type, heard);
    on("dragstart", (event) => (this.dragged = event.target.id));
    on("dragover", (event) => this.dragged && event.preventDefault());
    on("drop", (event) => {
      if (!this.dragged) return;
      event.preventDefault();
      this.pushEvent("move", { song: this.dragged, to: event.target.id });
    });
    on("dragend", () => (this.dragged = null));
  },
};
