// On the page at a former address: leads to the present one, and to the same place on it.
addEventListener("DOMContentLoaded", () => location.replace(document.getElementById("moved").href + location.hash));
