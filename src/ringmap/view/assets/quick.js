/* Draws the quick map with vis-network. Names and facts are only ever set as text. */
(function () {
  "use strict";
  var block = JSON.parse(document.getElementById("quick-data").textContent);
  var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  var ink = dark ? "#e8edf2" : "#17212b";
  var paper = dark ? "#12171c" : "#fcfcfb";

  function titled(item) {
    var copy = Object.assign({}, item);
    copy.title = document.createElement("div");
    copy.title.textContent = item.title;
    return copy;
  }

  function inkOf(node) {
    var copy = titled(node);
    copy.font = { color: ink, strokeColor: paper, strokeWidth: 3, size: 15 };
    if (node.shape === "box") copy.font = { color: "#17212b", size: 13 };
    return copy;
  }

  var options = block.options;
  options.edges.color = { color: dark ? "#7b8794" : "#8b96a3", highlight: ink, hover: ink };
  var network = new vis.Network(
    document.getElementById("net"),
    { nodes: new vis.DataSet(block.nodes.map(inkOf)), edges: new vis.DataSet(block.edges.map(titled)) },
    options
  );
  network.once("afterDrawing", function () {
    window.quickmap = { network: network, parties: block.nodes.length, ties: block.edges.length };
  });
})();
