//! French typography on texts of the content: no-break spaces, apostrophes, « n° », « € ».
//!
//! What a person typed is left to the letter: this runs on template bodies and catalogue texts,
//! never on answers. Addresses, e-mails, code, Tera tags and table rules are left alone. Running it
//! twice changes nothing.

const NBSP: char = '\u{a0}';
const THIN: char = '\u{202f}';

/// Applies French typography to a Markdown text or template.
pub fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let with_tags = text.contains('{');
    while !rest.is_empty() {
        let tag = if with_tags { tag_length(rest) } else { 0 };
        let length = if tag > 0 {
            tag
        } else {
            let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
            let opening = with_tags.then(|| opening_tag(&rest[..line])).flatten();
            opening.unwrap_or(line)
        };
        let (part, tail) = rest.split_at(length);
        let is_rule = part.contains(['|', '-'])
            && part
                .chars()
                .all(|c| matches!(c, '|' | ':' | '-' | ' ' | '\n' | '\r'));
        if tag > 0 || is_rule {
            out.push_str(part);
        } else {
            typeset(part, may_hold_addresses(part), &mut out);
        }
        rest = tail;
    }
    out
}

/// A text between guillemets; those it holds become the inner ones, as printers do.
pub fn quoted(text: &str) -> String {
    let inner = text
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace("« ", "“")
        .replace(" »", "”");
    format!("« {inner} »")
}

/// The text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// A reason as a sentence.
pub fn sentence(reason: &str) -> String {
    let mut chars = reason.chars();
    let first: String = chars
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let end = if reason.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{end}", chars.as_str())
}

/// Where the first Tera tag of a line opens.
fn opening_tag(line: &str) -> Option<usize> {
    let openings = ["{{", "{%", "{#"].iter();
    openings.filter_map(|open| line.find(open)).min()
}

/// Length of the Tera tag at the start of a text, 0 if there is none.
fn tag_length(text: &str) -> usize {
    for (open, close) in [("{{", "}}"), ("{%", "%}"), ("{#", "#}")] {
        if text.starts_with(open) {
            return text.find(close).map_or(text.len(), |at| at + close.len());
        }
    }
    0
}

fn typeset(line: &str, with_addresses: bool, out: &mut String) {
    let mut rest = line;
    while !rest.is_empty() {
        if with_addresses {
            let kept = untouched(rest, out.chars().next_back());
            if kept > 0 {
                out.push_str(&rest[..kept]);
                rest = &rest[kept..];
                continue;
            }
        } else {
            // Letters in bulk: nothing changes before a sign, a blank or a digit.
            let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            if letters > 0 {
                out.push_str(&rest[..letters]);
                rest = &rest[letters..];
                continue;
            }
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        let after = chars.clone().next();
        match c {
            // Before a tag the segment ends: « l'{{ … }} ».
            '\'' if is_letter_before(out) && after.is_none_or(opens_word) => out.push('’'),
            ';' | '!' | '?' if ends(after) => before(out, THIN, c),
            ':' | '»' | '€' if c != ':' || ends(after) => before(out, NBSP, c),
            '%' if ends(after) && out.ends_with([' ', NBSP, THIN]) => before(out, NBSP, c),
            '«' => {
                out.push(c);
                out.push(NBSP);
                rest = rest[c.len_utf8()..].trim_start_matches([' ', NBSP, THIN]);
                continue;
            }
            ' ' | NBSP if out.ends_with("n°") => {
                out.push(NBSP);
                rest = rest[c.len_utf8()..].trim_start_matches([' ', NBSP]);
                continue;
            }
            ' ' if is_thousands(out, &rest[1..]) => out.push(THIN),
            _ => out.push(c),
        }
        rest = chars.as_str();
    }
}

/// Tells whether a line may hold code, an address or a link: most do not.
///
/// One pass over the bytes, since every text goes through it: what [`untouched`] keeps starts with,
/// or holds, one of these signs. A line told apart for nothing only costs time.
fn may_hold_addresses(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'@' | b'`' | b']' | b'/' | b'w' => true,
        // `mailto:` and `tel:` are glued to what follows.
        b':' => bytes
            .get(at + 1)
            .is_some_and(|next| !next.is_ascii_whitespace()),
        _ => false,
    })
}

/// Puts `space` before `mark`, in place of the blanks there, unless it opens the line.
fn before(out: &mut String, space: char, mark: char) {
    let kept = out.trim_end_matches([' ', NBSP, THIN]).len();
    let had = kept < out.len();
    let last = out[..kept].chars().next_back();
    let glued = match last {
        None | Some('\n' | '(' | '[' | '|' | '!' | '?' | '…') => false,
        Some(last) => {
            had || last.is_alphabetic()
                || matches!(last, '»' | ')' | '’')
                || last.is_numeric() && mark != ':'
        }
    };
    // `&nbsp;` keeps its semicolon.
    let entity = mark == ';' && !had && is_entity(&out[..kept]);
    if glued && !entity {
        out.truncate(kept);
        out.push(space);
    }
    out.push(mark);
}

fn is_entity(text: &str) -> bool {
    let name = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < text.len() && name.ends_with('&')
}

fn ends(after: Option<char>) -> bool {
    after.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '*' | ')' | '»' | ']' | '"' | '!' | '?' | '…' | '|')
    })
}

fn opens_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '«' | '*' | '[')
}

fn is_letter_before(out: &str) -> bool {
    out.chars().next_back().is_some_and(char::is_alphabetic)
}

/// A space between « 12 » and « 500 » in « 12 500 »; never in a telephone or company number.
fn is_thousands(out: &str, after: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let head = out.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (left, number) = out.split_at(out.len() - head);
    let grouped = head == 3 && left.ends_with(THIN);
    let blank = left.trim_end_matches([' ', NBSP]);
    let alone = !left.ends_with(|c: char| c.is_alphanumeric() || ".,/-+\u{202f}°".contains(c))
        && (blank.len() == left.len() || !blank.ends_with(|c: char| c.is_ascii_digit()));
    (1..=3).contains(&head)
        && !number.starts_with('0')
        && (grouped || alone)
        && digits(after) == 3
        && !after[3..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
}

/// Length of what must not be touched at the start of `rest`: code, addresses, destinations.
fn untouched(rest: &str, before: Option<char>) -> usize {
    if rest.starts_with('`') {
        let fence = rest.bytes().take_while(|b| *b == b'`').count();
        return match rest[fence..].find(&rest[..fence]) {
            Some(at) => fence + at + fence,
            None => fence,
        };
    }
    if rest.starts_with("](") {
        return rest.find(')').map_or(rest.len(), |at| at + 1);
    }
    if before.is_none_or(|c| !c.is_alphanumeric()) {
        let word = rest
            .find(|c: char| {
                c.is_whitespace() || matches!(c, NBSP | THIN | '<' | '>' | '»' | ')' | ']' | '|')
            })
            .unwrap_or(rest.len());
        let token = &rest[..word];
        let address = ["http://", "https://", "mailto:", "tel:", "www."]
            .iter()
            .any(|p| token.starts_with(p));
        let mail = token
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if address || mail {
            return token
                .trim_end_matches([':', ';', '!', '?', ',', '.', '*'])
                .len();
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn guillemets_are_not_nested() {
        assert_eq!(quoted("Que vendez-vous ?"), "« Que vendez-vous ? »");
        let nested = quoted("Une page « Vie privée » ?");
        assert_eq!(nested, "« Une page “Vie privée” ? »");
    }

    #[test]
    fn french_marks_take_their_spaces() {
        let cases = [
            ("Où ? Ici !", "Où\u{202f}? Ici\u{202f}!"),
            ("Nom : « Épi »", "Nom\u{a0}: «\u{a0}Épi\u{a0}»"),
            ("Nom: «Épi»", "Nom\u{a0}: «\u{a0}Épi\u{a0}»"),
            ("l'entreprise d'ici", "l’entreprise d’ici"),
            (
                "1 500 euros, 12 345 678",
                "1\u{202f}500 euros, 12\u{202f}345\u{202f}678",
            ),
            ("loi n° 2004-575", "loi n°\u{a0}2004-575"),
            ("8 000 €", "8\u{202f}000\u{a0}€"),
            ("10 % ; ou moins", "10\u{a0}%\u{202f}; ou moins"),
            ("à 10:30", "à 10:30"),
            ("aujourd'hui", "aujourd’hui"),
            (
                "{{ nom }} : {{ role }} !",
                "{{ nom }}\u{a0}: {{ role }}\u{202f}!",
            ),
            ("| --- | :-- |", "| --- | :-- |"),
        ];
        for (text, expected) in cases {
            assert_eq!(french(text), expected);
        }
    }

    #[test]
    fn addresses_code_and_tags_are_left_alone() {
        for text in [
            "https://exemple.fr/a?b=1;c",
            "`l'a ; b`",
            "{{ champ(q='a ; b') }}",
            "| :--- | ---: |",
            "l.o'neil@exemple.fr",
            "[x](https://e.fr/?a=1)",
            "le 3 bis rue",
            "75334 Paris",
            "TSA 80715, 75334 Paris",
        ] {
            assert_eq!(french(text), text);
        }
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "[a-zé0-9 :;!?«»'€%°n\u{a0}\u{202f}&{}(@./`|\\n\\[\\]*-]{0,60}") {
            let once = french(&text);
            prop_assert_eq!(french(&once), once.clone());
        }

        #[test]
        fn the_short_way_gives_the_same_text(
            line in "([a-z0-9 :;!.é«@`/w]|mailto:|tel:|www\\.|https://|\\]\\(){0,20}"
        ) {
            let (mut short, mut long) = (String::new(), String::new());
            typeset(&line, may_hold_addresses(&line), &mut short);
            typeset(&line, true, &mut long);
            prop_assert_eq!(short, long);
        }
    }
}
