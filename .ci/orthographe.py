"""Extracts the French prose of the content and asks hunspell about each of its words.

Prose is what a person reads: the texts of known keys, without Markdown code, addresses, template code nor identifiers.
A word unknown to the dictionary must be in docs/mots.txt; a word of that list that no text uses any more must leave it.
Besides words, a few faults of typography that no dictionary sees are refused.
"""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "docs" / "mots.txt"

# Keys whose value is prose.
PROSE = {
    "title", "summary", "text", "why", "help", "example", "tip", "label", "ask", "ask_words", "caution", "left_out",
    "note", "first_step", "steps", "say", "blank", "place", "start", "gesture", "proof", "reason", "remedy", "message", "facts", "lesson", "purpose",
    "legitimate_interest", "persons", "data", "recipients", "retention", "archive", "retention_source", "security",
    "mandatory", "consequence", "why_needed", "why_not", "paste", "body",
}
# Proper names, identifiers and sources: not prose.
STRING = re.compile(r'"""(.*?)"""|\'\'\'(.*?)\'\'\'|"((?:[^"\\\n]|\\.)*)"', re.S)
KEY = re.compile(r"(?:^|[{,])\s*([a-z_]+)\s*=\s*(?=[\"'\[])", re.M)

NOISE = [
    re.compile(r"```.*?```", re.S),
    re.compile(r"\{#.*?#\}", re.S),
    re.compile(r"\{%.*?%\}", re.S),
    re.compile(r"\{\{.*?\}\}", re.S),
    re.compile(r"<!--.*?-->", re.S),
    re.compile(r"`[^`\n]*`"),
    re.compile(r"\]\([^)\s]*\)"),
    re.compile(r"https?://\S+"),
    re.compile(r"[\w.+-]+@[\w.-]*"),
    re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|example|info|be|io|gouv)(?:/\S*)?"),
    re.compile(r"<[^<>\n]*>"),
    # Names of cookies, files and settings.
    re.compile(r"[\w*-]*_[\w*-]*"),
    re.compile(r"\b[\w-]+\.(?:js|md|toml|gov|csv|xls)\b|\b\w+/\w+(?=\W)"),
]
# The words a template writes inside its code are prose too.
INSIDE = re.compile(r'\b(?:libelle|texte|sinon)\s*=\s*"([^"]*)"|\{\{\s*"([^"]+)"|\belse\b\s*"([^"]+)"')
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]+(?:['’‑-][A-Za-zÀ-ÖØ-öø-ÿŒœ]+)*")

FAULTS = [
    (re.compile(r"[\w»]\.\.\.(?!\w)"), "trois points au lieu de « … »"),
    (re.compile(r"(?<![\w/=])\"[^\"\n]*\"(?![\w/])"), "guillemets droits"),
    (re.compile(r"«(?![ \u00a0\u202f])|(?<![ \u00a0\u202f])»"), "guillemets sans espace"),
    (re.compile(r"[a-zà-ÿ](?<!\bhttp)(?<!https)[!?;](?:\s|$)"), "signe double sans espace avant"),
    (re.compile(r"\b(A|E)(?= (?:la|le|les|partir|chaque|votre|qui)\b)"), "capitale sans accent"),
    (re.compile(r"(?<=[\w»)]) +[,.](?=\s|$)"), "espace avant une virgule ou un point"),
    (re.compile(r"\b(le|la|les|de|des|du|un|une|et|à|que|qui|pour|dans)\s+\1\b", re.I), "mot répété"),
]


def values(source):
    """Gives (line, text) for each prose string of a TOML file."""
    source_lines = re.sub(r"(?m)^\s*#.*$", lambda m: " " * len(m.group()), source)
    # Inside multi-line strings a « # » is a heading: comments are only blanked outside of them.
    spans = [m.span() for m in STRING.finditer(source)]
    chars = list(source_lines)
    for start, end in spans:
        chars[start:end] = source[start:end]
    clean = "".join(chars)
    strings = {m.start(): m for m in STRING.finditer(clean)}
    inside = [m.span() for m in strings.values()]
    keys = {
        m.end(): m.group(1)
        for m in KEY.finditer(clean)
        if not any(start < m.start(1) < end for start, end in inside)
    }
    # The key a value is waited for, and the key of each open list; a table in a list has keys of its own.
    waited, lists, at = None, [], 0
    while at < len(clean):
        waited = keys.get(at, waited)
        match = strings.get(at)
        if match:
            key = waited or (lists[-1] if lists else None)
            if key in PROSE:
                text = next(group for group in match.groups() if group is not None)
                yield clean.count("\n", 0, at) + 1, text.replace("\\\"", "\"")
            waited, at = None, match.end()
            continue
        if clean[at] == "[":
            lists.append(waited or (lists[-1] if lists else None))
            waited = None
        elif clean[at] == "{":
            lists.append(None)
            waited = None
        elif clean[at] in "]}" and lists:
            lists.pop()
        at += 1


def blanked(text):
    for noise in NOISE:
        text = noise.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
    return text


def stood_in(text):
    """The text as it will be printed, or nearly: a stand-in where something is inserted, nothing for a test."""
    for noise in NOISE[1:3]:
        text = noise.sub(lambda m: "\n" * m.group().count("\n"), text)
    for noise in [NOISE[0], *NOISE[3:]]:
        text = noise.sub(lambda m: "\u03a9" + "\n" * m.group().count("\n"), text)
    return text


def prose(path):
    """Gives (line, text) for each piece of prose of a file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        # The first paragraph of the README is for English readers.
        source = re.sub(r"(?ms)^\*Aplomb is.*?\*$", lambda m: "\n" * m.group().count("\n"), source)
        yield 1, source
        return
    for line, text in values(source):
        for match in INSIDE.finditer(text):
            words = next((group for group in match.groups() if group), "")
            yield line + text.count("\n", 0, match.start()), words
        yield line, text


def unknown(words):
    """The words hunspell does not know."""
    if not words:
        return set()
    run = subprocess.run(
        ["hunspell", "-d", "fr_FR", "-i", "utf-8", "-l"],
        input="\n".join(sorted(words)) + "\n",
        capture_output=True, text=True, encoding="utf-8", check=False,
        env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "DICPATH": "/usr/share/hunspell"},
    )
    if run.returncode or run.stderr.strip():
        sys.exit(f"hunspell : {run.stderr.strip() or run.returncode}")
    return set(run.stdout.split())


def files():
    yield from sorted((ROOT / "questionnaires").rglob("*.toml"))
    yield from sorted((ROOT / "templates").rglob("*.toml"))
    yield ROOT / "README.md"
    yield ROOT / "questionnaires" / "README.md"
    examples = ROOT / "examples" / "README.md"
    if examples.exists():
        yield examples


def main():
    # A broken dictionary must not pass for perfect spelling.
    if unknown({"bonjour", "conformité"}) or not unknown({"ortografe"}):
        sys.exit("Le dictionnaire français de hunspell ne répond pas comme attendu.")
    ours = {line.strip() for line in WORDS.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")}
    places, faults = defaultdict(list), []
    for path in files():
        name = path.relative_to(ROOT)
        for line, raw in prose(path):
            text = blanked(raw)
            for match in WORD.finditer(text):
                word = match.group().replace("’", "'").replace("‑", "-")
                places[word].append(f"{name}:{line + text.count(chr(10), 0, match.start())}")
            if path.suffix == ".toml":
                text = stood_in(raw)
                for pattern, what in FAULTS:
                    for match in pattern.finditer(text):
                        at = line + text.count("\n", 0, match.start())
                        around = text[max(0, match.start() - 20):match.end() + 15].replace("\n", " ")
                        faults.append(f"{name}:{at} : {what} : « {around.strip()} »")
    wrong = unknown(set(places))
    # « l'Arcep », « post-incident »: known when each part is.
    composed = {word: re.split(r"['-]", word) for word in wrong if re.search(r"['-]", word) and word not in ours}
    parts = unknown({part for group in composed.values() for part in group if len(part) > 1})
    elided = {"l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}
    known = lambda part: part.lower() in elided or len(part) == 1 or part not in parts or part in ours
    wrong -= {word for word, group in composed.items() if all(known(part) for part in group)}
    used = set(places) | {part for word in places for part in re.split(r"['-]", word)}
    wrong -= ours
    if "--liste" in sys.argv:
        print("\n".join(sorted(wrong)))
        return
    for word in sorted(wrong):
        print(f"{word} : {', '.join(places[word][:3])}")
    for fault in faults:
        print(fault)
    stale = sorted(ours - used)
    for word in stale:
        print(f"docs/mots.txt : « {word} » ne sert plus")
    if wrong or faults or stale:
        sys.exit(f"{len(wrong)} mot(s) inconnu(s), {len(faults)} faute(s) de typographie, {len(stale)} mot(s) inutile(s). "
                 "Corrigez, ou ajoutez un mot juste à docs/mots.txt.")
    print(f"{sum(map(len, places.values()))} mots relus, {len(ours)} propres à Aplomb.")


main()
