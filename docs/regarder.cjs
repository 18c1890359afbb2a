// Pictures of the pages, and what axe-core finds in them. Run by docs/regarder.
const fs = require("fs");
const path = require("path");
const puppeteer = require("puppeteer-core");
const axe = require.resolve("axe-core/axe.min.js");

const root = process.argv[2];
const SHOTS = [
  { label: "a4", width: 794, height: 1123, scheme: "light", media: "screen" },
  { label: "telephone", width: 390, height: 844, scheme: "light", media: "screen" },
  { label: "telephone-sombre", width: 390, height: 844, scheme: "dark", media: "screen" },
  { label: "sombre", width: 1200, height: 900, scheme: "dark", media: "screen" },
  { label: "imprime", width: 794, height: 1123, scheme: "light", media: "print" },
];
/** Tallest picture, in pixels. */
const SLICE = 8000;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  let serious = 0;
  for (const name of fs.readdirSync(root)) {
    const folder = path.join(root, name);
    if (!fs.existsSync(path.join(folder, "bilan.html"))) continue;
    const pages = ["", "documents", "cabinet", "lus"].flatMap((inside) =>
      fs.readdirSync(path.join(folder, inside))
        .filter((file) => file.endsWith(".html") && (inside === "lus" || !/\.fragment(-listes)?\.html$/.test(file)))
        .map((file) => path.join(folder, inside, file)),
    );
    for (const file of pages) {
      const at = path.basename(path.dirname(file));
      // What was read back is only shown; a fragment answers for itself, not for the page it is pasted in.
      const isRead = path.basename(file).startsWith("lu-");
      const isPasted = path.basename(file).startsWith("hote-");
      const shots = isRead ? SHOTS.slice(0, 1) : isPasted ? SHOTS.slice(0, 2) : SHOTS;
      for (const shot of shots) {
        const page = await browser.newPage();
        await page.setBypassCSP(true);
        await page.setViewport({ width: shot.width, height: shot.height });
        // One call undoes the other.
        if (shot.media === "print") await page.emulateMediaType("print");
        else await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: shot.scheme }]);
        await page.goto("file://" + file);
        const base = (at === "cabinet" ? "cabinet-" : "") + path.basename(file, ".html");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0 && isPasted && !base.includes("fragment-listes")) {
          // A table cannot be narrower than its words: that is what the other fragment is for.
          const tables = await page.evaluate(() => document.querySelectorAll("#colle table").length);
          if (tables === 0) serious += 1;
          console.log(`${tables > 0 ? "note" : "FAULT"} ${name} ${base} ${shot.label}: ${tables} tables, the page scrolls sideways by ${wide} px`);
        } else if (wide > 0 && !isRead) {
          serious += 1;
          console.log(`FAULT ${name} ${base} ${shot.label}: the page scrolls sideways by ${wide} px`);
        }
        // A word is cut when its letters stand on two lines; one longer than the screen has to be.
        const cut = await page.evaluate(() => {
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            for (const word of node.data.matchAll(/\p{L}+/gu)) {
              const range = document.createRange();
              range.setStart(node, word.index);
              range.setEnd(node, word.index + word[0].length);
              const tops = new Set([...range.getClientRects()].map((r) => Math.round(r.top)));
              if (tops.size > 1 && !/\S{30}/.test(node.data)) found.push(word[0]);
            }
          }
          return found;
        });
        if (cut.length > 0 && !isRead && !isPasted) {
          serious += 1;
          console.log(`FAULT ${name} ${base} ${shot.label}: words cut: ${cut.slice(0, 5).join(", ")}`);
        }
        // Chromium does not draw the whole report at once: one picture every SLICE pixels.
        const tall = await page.evaluate(() => document.documentElement.scrollHeight);
        for (let top = 0; top < tall && !process.env.SANS_IMAGES; top += SLICE) {
          const part = tall > SLICE ? `-${top / SLICE + 1}` : "";
          await page.screenshot({
            path: path.join(folder, "images", `page-${base}-${shot.label}${part}.png`),
            clip: { x: 0, y: top, width: shot.width, height: Math.min(SLICE, tall - top) },
            captureBeyondViewport: true,
          });
        }
        if (shot.media === "screen" && !isRead) {
          await page.addScriptTag({ path: axe });
          const found = await page.evaluate(
            (tags, pasted) =>
              axe.run(pasted ? { include: ["#colle"] } : document, {
                runOnly: tags,
                // The colours are those of the site.
                rules: pasted ? { "color-contrast": { enabled: false } } : {},
              }),
            TAGS,
            isPasted,
          );
          for (const violation of found.violations) {
            const grave = ["serious", "critical"].includes(violation.impact);
            serious += grave ? 1 : 0;
            console.log(
              `${grave ? "FAULT" : "note"} ${name} ${base} ${shot.label}: ${violation.id} (${violation.impact}), ` +
                `${violation.nodes.length} × ${violation.nodes[0].html.slice(0, 90)}`,
            );
          }
        }
        await page.close();
      }
    }
  }
  await browser.close();
  console.log(`${serious} serious faults in pages`);
  process.exit(serious === 0 ? 0 : 1);
})();
