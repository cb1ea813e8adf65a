// Drawing a block's boundary, or a line over a lot: OpenLayers on bare shapes, no tiles, no WebGL. Loaded on those pages only.
// The lines of the text field are what is drawn; the picture writes them and reads them, so that a keyboard does as well.
import { defaults as controls } from "ol/control/defaults.js";
import GeoJSON from "ol/format/GeoJSON.js";
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import Polygon from "ol/geom/Polygon.js";
import Draw from "ol/interaction/Draw.js";
import Modify from "ol/interaction/Modify.js";
import Snap from "ol/interaction/Snap.js";
import VectorLayer from "ol/layer/Vector.js";
import OlMap from "ol/Map.js";
import VectorSource from "ol/source/Vector.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Circle from "ol/style/Circle.js";
import MultiPoint from "ol/geom/MultiPoint.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import View from "ol/View.js";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const PLANE = { dataProjection: "EPSG:4326", featureProjection: "EPSG:3857" };
const COUNTY = [121.1, 28.1, 121.9, 28.7];

function start(box) {
  const form = box.closest("form");
  const field = form.querySelector("[data-corners]");
  const isLine = box.hasAttribute("data-draw-line");
  const undo = form.querySelector("[data-draw-undo]");
  const says = form.querySelector("[data-draw-says]");
  const format = new GeoJSON(PLANE);
  const lots = new VectorSource({ features: format.readFeatures(document.getElementById(box.dataset.draw).textContent) });
  const edge = new VectorSource();
  const map = new OlMap({
    target: box,
    controls: controls({ attribution: false, rotate: false }),
    layers: [new VectorLayer({ source: lots, style: lot }), new VectorLayer({ source: edge, style: outline })],
    view: new View({ maxZoom: 23 }),
  });
  const modify = new Modify({ source: edge });
  const draw = new Draw({ source: edge, type: isLine ? "LineString" : "Polygon" });
  const past = [];
  let shown = "";

  const corners = () => {
    const shape = edge.getFeatures()[0]?.getGeometry().clone().transform("EPSG:3857", "EPSG:4326");
    if (!shape) return [];
    return isLine ? shape.getCoordinates() : shape.getCoordinates()[0].slice(0, -1);
  };
  // J3 is the third corner of the lot that is being looked at.
  const chosen = lots.getFeatures().find((one) => one.get("on"));
  const own = chosen?.getGeometry().clone().transform("EPSG:3857", "EPSG:4326").getCoordinates()[0] ?? [];
  const pointOf = (line) => {
    const named = /^\s*j(\d+)\s*$/i.exec(line);
    if (named) return own[Number(named[1]) - 1] ?? [];
    return line.replaceAll("，", ",").split(/[,\s]+/).filter(Boolean).map(Number);
  };
  const shapeOf = (good) => (isLine ? new LineString(good) : new Polygon([[...good, good[0]]]));
  const lines = () => corners().map(([x, y]) => `${x.toFixed(7)}, ${y.toFixed(7)}`).join("\n");

  function tell() {
    undo.disabled = past.length === 0;
    says.textContent = says.dataset.text.replace("{n}", corners().length);
    draw.setActive(edge.getFeatures().length === 0);
  }
  function show(text) {
    const points = text.split("\n").map(pointOf);
    const good = points.filter((point) => point.length === 2 && point.every(Number.isFinite));
    edge.clear();
    if (good.length > (isLine ? 1 : 2)) edge.addFeature(new Feature(shapeOf(good).transform("EPSG:4326", "EPSG:3857")));
    shown = lines();
    tell();
  }
  function keep() {
    if (shown === lines()) return;
    past.push(field.value);
    field.value = shown = lines();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    tell();
  }

  for (const interaction of [modify, draw, new Snap({ source: lots }), new Snap({ source: edge })]) map.addInteraction(interaction);
  modify.on("modifyend", keep);
  edge.on("addfeature", () => queueMicrotask(keep));
  let before = field.value;
  field.addEventListener("change", () => {
    past.push(before);
    before = field.value;
    show(field.value);
  });
  undo.addEventListener("click", () => {
    field.value = before = past.pop() ?? "";
    show(field.value);
  });
  form.querySelector("[data-draw-again]").addEventListener("click", () => {
    past.push(field.value);
    field.value = before = "";
    show("");
    box.focus();
  });

  show(field.value);
  const around = chosen ? chosen.getGeometry().getExtent() : edge.getFeatures().length ? edge.getExtent() : lots.getFeatures().length ? lots.getExtent() : null;
  const county = new Polygon([[[COUNTY[0], COUNTY[1]], [COUNTY[2], COUNTY[3]], [COUNTY[0], COUNTY[3]], [COUNTY[0], COUNTY[1]]]]);
  map.getView().fit(around ?? county.transform("EPSG:4326", "EPSG:3857").getExtent(), { padding: [40, 40, 40, 40] });
  box.dataset.ready = "1";
  box.heliMap = map;
}

function lot(feature, resolution) {
  const number = resolution < 0.35 ? String(feature.get("n")) : "";
  return new Style({
    fill: new Fill({ color: colour(feature.get("on") ? "--dawn-soft" : "--card") }),
    stroke: new Stroke({ color: colour("--ink-2"), width: feature.get("on") ? 2 : 0.8 }),
    text: new Text({ text: number, font: `13px ${colour("--font")}`, fill: new Fill({ color: colour("--ink") }) }),
  });
}

function outline(feature) {
  const line = new Style({ stroke: new Stroke({ color: colour("--dawn"), width: 3 }) });
  const round = new Circle({ radius: 6, fill: new Fill({ color: colour("--card") }), stroke: new Stroke({ color: colour("--dawn"), width: 2.5 }) });
  const dots = new Style({ image: round, geometry: (one) => new MultiPoint(one.getGeometry().getCoordinates().flat(one.getGeometry().getType() === "Polygon" ? 1 : 0)) });
  return [line, dots];
}

document.querySelectorAll("[data-draw]").forEach(start);
