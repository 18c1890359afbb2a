// Reads back the formats that are not drawn (text, Markdown, CSV, calendar, archive), tells their faults, and makes of each a page
// to look at; puts each fragment in a page whose styles fight it. Run by docs/regarder, before docs/regarder.cjs.
const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const root = process.argv[2];
const host = fs.readFileSync(path.join(__dirname, "regarder-hote.html"), "utf8");
let faults = 0;
const fault = (file, words) => {
  faults += 1;
  console.log(`FAULT ${path.relative(root, file)}: ${words}`);
};
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** A page that shows something as it is. */
function show(folder, label, body) {
  const style = "body{margin:1rem;font:14px/1.4 sans-serif}pre{white-space:pre-wrap;font-size:12px}td,th{border:1px solid #999;padding:2px 4px;vertical-align:top}";
  const page = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>${label}</title><style>${style}</style><body><main><h1>${label}</h1>${body}</main></body></html>`;
  fs.writeFileSync(path.join(folder, "lus", `${label}.html`), page);
}

/** What no text may hold, whatever its format. */
function sound(file, text) {
  for (const left of [/\{%|\{\{\s*\w+[(.|]/, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202e\ue000-\uf8ff\ufffd]/, /undefined|NaN\b/]) {
    const found = text.match(left);
    if (found) fault(file, `holds ${JSON.stringify(found[0])}`);
  }
}

function rows(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows[rows.length - 1];
    if (quoted && sign === '"' && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ";") row.push("");
    else if (!quoted && sign === "\n") rows.push([""]);
    else if (quoted || sign !== "\r") row[row.length - 1] += sign;
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

const READ = {
  txt(file, text) {
    sound(file, text);
    for (const line of text.split("\n")) {
      if ([...line].length > 76 && /\s/.test(line.trim().replace(/^(- |> )+/, ""))) fault(file, `a line of ${[...line].length} signs: ${line.slice(0, 60)}`);
    }
    if (/\*\*|^#|^\|/m.test(text)) fault(file, "Markdown marks are left");
    return `<pre>${escape(text)}</pre>`;
  },
  md(file, text) {
    sound(file, text);
    if (!text.startsWith("# ")) fault(file, "does not begin with its title");
    let depth = 1;
    for (const [, marks] of text.matchAll(/^(#+) /gm)) {
      if (marks.length > depth + 1) fault(file, `a heading of level ${marks.length} under one of level ${depth}`);
      depth = marks.length;
    }
    return `<pre>${escape(text)}</pre>`;
  },
  csv(file, text) {
    sound(file, text);
    const table = rows(text);
    const width = table[table.length - 1].length;
    for (const row of table) if (row.length !== width) fault(file, `a row of ${row.length} cells among ${width}`);
    for (const cell of table.flat()) if (/^[=+@\t]/.test(cell)) fault(file, `a cell a spreadsheet would compute: ${cell.slice(0, 40)}`);
    return `<table>${table.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`).join("")}</table>`;
  },
  ics(file, text) {
    sound(file, text);
    for (const line of text.split("\r\n")) {
      if (Buffer.byteLength(line) > 75) fault(file, `a line of ${Buffer.byteLength(line)} bytes`);
      if (line.includes("\n")) fault(file, "a line end alone");
    }
    const open = [];
    for (const [, way, name] of text.matchAll(/^(BEGIN|END):(\w+)/gm)) {
      if (way === "BEGIN") open.push(name);
      else if (open.pop() !== name) fault(file, `END:${name} closes nothing`);
    }
    if (open.length > 0) fault(file, `${open} left open`);
    return `<pre>${escape(text.replace(/\r\n[ \t]/g, ""))}</pre>`;
  },
};

/** The fingerprints of an archive, checked; its list. */
function archive(file, folder) {
  const out = path.join(folder, "preuves");
  execFileSync("unzip", ["-q", "-o", file, "-d", out]);
  try {
    execFileSync("sha256sum", ["--check", "--strict", "--quiet", "EMPREINTES.sha256"], { cwd: out, stdio: "pipe" });
  } catch (error) {
    fault(file, `fingerprints: ${error.stdout}`);
  }
  return `<pre>${escape(execFileSync("unzip", ["-l", file], { encoding: "utf8" }))}</pre>`;
}

for (const name of fs.readdirSync(root)) {
  const folder = path.join(root, name);
  if (!fs.existsSync(path.join(folder, "bilan.html"))) continue;
  fs.mkdirSync(path.join(folder, "lus"), { recursive: true });
  const texts = path.join(folder, "documents");
  const files = fs.readdirSync(texts).map((file) => path.join(texts, file)).concat(path.join(folder, "plan.ics"));
  for (const file of files) {
    const read = READ[path.extname(file).slice(1)];
    if (read) show(folder, `lu-${path.basename(file)}`, read(file, fs.readFileSync(file, "utf8")));
    if (/\.fragment(-listes)?\.html$/.test(file)) {
      const fragment = fs.readFileSync(file, "utf8");
      sound(file, fragment);
      if (/ne pas publier|ne pas imprimer|>(Pour vous|Conseil)\u00a0:/.test(fragment)) fault(file, "holds what is for the owner alone");
      fs.writeFileSync(path.join(folder, "lus", `hote-${path.basename(file)}`), host.replace("<!-- ICI -->", () => fragment));
    }
  }
  show(folder, "lu-preuves.zip", archive(path.join(folder, "preuves.zip"), folder));
}
console.log(`${faults} faults in what was read back`);
process.exit(faults === 0 ? 0 : 1);
