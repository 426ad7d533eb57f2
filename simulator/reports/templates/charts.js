(function () {
  "use strict";
  var settings = { displayModeBar: false, responsive: true, staticPlot: false, showLink: false };
  document.querySelectorAll(".chart").forEach(function (place) {
    var found = JSON.parse(document.getElementById(place.id + "-figure").textContent);
    delete found.layout.width;
    Plotly.newPlot(place, found.data, found.layout, settings);
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.numbers").forEach(function (one) { one.open = true; });
  });
})();
