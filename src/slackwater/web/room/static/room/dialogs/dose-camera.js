/** Reads the code on a vial with the camera, where the browser can. Everywhere else a scanner or a keyboard does. */

import { part, write } from "../dom.js";

const FORMATS = ["data_matrix", "code_128", "ean_13", "ean_8", "upc_a", "qr_code"];
const EVERY_MS = 250;

export function camera({ root, onCode }) {
  const button = part("check-camera", root);
  const video = part("check-video", root);
  if (!("BarcodeDetector" in globalThis) || !navigator.mediaDevices?.getUserMedia) return;
  button.hidden = false;
  let stream = null;

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
    video.hidden = true;
    write(button, "Camera");
  };
  const look = async (detector) => {
    if (!stream) return;
    const [found] = await detector.detect(video).catch(() => []);
    if (found?.rawValue) {
      stop();
      onCode(found.rawValue);
      return;
    }
    setTimeout(() => look(detector), EVERY_MS);
  };
  const start = async () => {
    try {
      const known = await BarcodeDetector.getSupportedFormats();
      const formats = FORMATS.filter((format) => known.includes(format));
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      write(button, "Stop the camera");
      look(new BarcodeDetector({ formats }));
    } catch {
      stop();
      write(button, "No camera here");
    }
  };
  button.addEventListener("click", () => (stream ? stop() : start()));
  root.closest("dialog").addEventListener("close", stop);
}
