//! Reads back the PDF files this program writes: enough of the format for that, no more.

use std::collections::BTreeMap;
use std::io::Read as _;

/// A file, as objects.
pub struct Pdf {
    objects: BTreeMap<usize, Vec<u8>>,
}

impl Pdf {
    pub fn read(bytes: &[u8]) -> Self {
        let mut objects = BTreeMap::new();
        let mut rest = bytes;
        while let Some(at) = find(rest, b" 0 obj\n") {
            let start = rest[..at]
                .iter()
                .rposition(|b| !b.is_ascii_digit())
                .map_or(0, |p| p + 1);
            let number = String::from_utf8_lossy(&rest[start..at]).parse().unwrap();
            let body = &rest[at + 7..];
            let end = find(body, b"\nendobj").unwrap();
            objects.insert(number, body[..end].to_vec());
            rest = &body[end + 7..];
        }
        Self { objects }
    }

    /// Objects as text, streams aside.
    pub fn dictionaries(&self) -> impl Iterator<Item = String> {
        self.objects.values().map(|object| {
            let end = find(object, b"stream\n").unwrap_or(object.len());
            String::from_utf8_lossy(&object[..end]).into_owned()
        })
    }

    /// Whether a dictionary says this.
    pub fn says(&self, what: &str) -> bool {
        self.dictionaries().any(|text| text.contains(what))
    }

    /// Whether a dictionary has this key, whatever its texts say.
    pub fn has_key(&self, key: &str) -> bool {
        self.dictionaries()
            .any(|text| without_texts(&text).contains(key))
    }

    /// Whether a stream says this, as it stands in the file.
    pub fn has_stream(&self, what: &str) -> bool {
        self.objects
            .values()
            .any(|object| find(object, what.as_bytes()).is_some())
    }

    fn dictionary(&self, number: usize) -> String {
        let object = &self.objects[&number];
        let end = find(object, b"stream\n").unwrap_or(object.len());
        String::from_utf8_lossy(&object[..end]).into_owned()
    }

    fn stream(&self, number: usize) -> Vec<u8> {
        let object = &self.objects[&number];
        let start = find(object, b"stream\n").unwrap() + 7;
        let end = find(object, b"\nendstream").unwrap();
        let mut text = Vec::new();
        if self.dictionary(number).contains("FlateDecode") {
            let mut inflated = flate2::read::ZlibDecoder::new(&object[start..end]);
            inflated.read_to_end(&mut text).unwrap();
        } else {
            text = object[start..end].to_vec();
        }
        text
    }

    /// Numbers of the pages, in order.
    fn pages(&self) -> Vec<usize> {
        let is_page = |number: &&usize| self.dictionary(**number).contains("/Type/Page/");
        let mut pages: Vec<usize> = self.objects.keys().filter(is_page).copied().collect();
        pages.sort_by_key(|number| {
            let text = self.dictionary(*number);
            text.split("/StructParents ").nth(1).and_then(first_number)
        });
        pages
    }

    pub fn page_count(&self) -> usize {
        self.pages().len()
    }

    /// How a page is drawn.
    pub fn drawn(&self, page: usize) -> String {
        let page = self.dictionary(self.pages()[page]);
        let stream = self.stream(reference(&page, "/Contents").unwrap());
        String::from_utf8_lossy(&stream).into_owned()
    }

    /// What a reader is told, page after page: decoration left out.
    pub fn text(&self) -> String {
        self.texts().concat()
    }

    /// The same, each page apart.
    pub fn texts(&self) -> Vec<String> {
        let pages = self.pages().into_iter().map(|page| {
            let page = self.dictionary(page);
            let fonts = self.fonts(&page);
            let mut out = String::new();
            self.read_aloud(reference(&page, "/Contents").unwrap(), &fonts, &mut out);
            out
        });
        pages.collect()
    }

    /// Characters of each font of a page.
    fn fonts(&self, page: &str) -> BTreeMap<String, BTreeMap<u32, String>> {
        let resources = self.dictionary(reference(page, "/Resources").unwrap());
        let Some(list) = resources.split("/Font<<").nth(1) else {
            return BTreeMap::new();
        };
        let list = list.split(">>").next().unwrap();
        let fonts = list.split('/').filter_map(|entry| {
            let (name, rest) = entry.split_once(' ')?;
            let font = self.dictionary(first_number(rest)?);
            let map = self.stream(reference(&font, "/ToUnicode")?);
            Some((name.to_owned(), characters(&String::from_utf8_lossy(&map))))
        });
        fonts.collect()
    }

    fn read_aloud(
        &self,
        contents: usize,
        fonts: &BTreeMap<String, BTreeMap<u32, String>>,
        out: &mut String,
    ) {
        let mut font = None;
        let mut silent = true;
        let mut actual: Option<String> = None;
        let mut before: Vec<Token> = Vec::new();
        for token in tokens(&self.stream(contents)) {
            let Token::Word(word) = &token else {
                before.push(token);
                continue;
            };
            match word.as_str() {
                "BDC" | "BMC" => {
                    silent = before.contains(&Token::Word("/Artifact".to_owned()));
                    let key = Token::Word("/ActualText".to_owned());
                    let said = before.iter().skip_while(|token| **token != key).nth(1);
                    actual = said.map(|said| match said {
                        Token::Text(bytes) => text_string(bytes),
                        Token::Word(word) => panic!("{word}"),
                    });
                }
                "Tf" => {
                    let Token::Word(name) = &before[before.len() - 2] else {
                        panic!("a font has a name")
                    };
                    font = fonts.get(&name[1..]);
                }
                "TJ" | "Tj" if !silent => match actual.take() {
                    Some(actual) => out.push_str(&actual),
                    None => {
                        for token in &before {
                            if let Token::Text(codes) = token {
                                for code in codes.chunks(2) {
                                    let code = u32::from(code[0]) << 8 | u32::from(code[1]);
                                    out.push_str(&font.unwrap()[&code]);
                                }
                            }
                        }
                    }
                },
                "TJ" | "Tj" | "EMC" | "Tr" | "Tm" | "BT" | "ET" | "cm" | "q" | "Q" | "Do"
                | "gs" | "scn" => {}
                _ => {
                    before.push(token);
                    continue;
                }
            }
            before.clear();
        }
    }
}

/// A piece of a page description.
#[derive(Debug, PartialEq)]
enum Token {
    Text(Vec<u8>),
    Word(String),
}

fn tokens(bytes: &[u8]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut at = 0;
    let close = |word: &mut String, out: &mut Vec<Token>| {
        if !word.is_empty() {
            out.push(Token::Word(std::mem::take(word)));
        }
    };
    while at < bytes.len() {
        let next = bytes.get(at + 1).copied();
        match bytes[at] {
            b'(' => {
                close(&mut word, &mut out);
                let (text, end) = literal(bytes, at + 1);
                out.push(Token::Text(text));
                at = end;
            }
            b'<' if next != Some(b'<') => {
                close(&mut word, &mut out);
                let length = bytes[at..].iter().position(|b| *b == b'>').unwrap();
                let digits = std::str::from_utf8(&bytes[at + 1..at + length]).unwrap();
                let pairs = digits.as_bytes().chunks(2);
                let text = pairs.map(|pair| {
                    u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()
                });
                out.push(Token::Text(text.collect()));
                at += length;
            }
            b'<' | b'>' => {
                close(&mut word, &mut out);
                at += 1;
            }
            b'[' | b']' | b' ' | b'\n' | b'\r' | b'\t' => close(&mut word, &mut out),
            b'/' => {
                close(&mut word, &mut out);
                word.push('/');
            }
            byte => word.push(char::from(byte)),
        }
        at += 1;
    }
    close(&mut word, &mut out);
    out
}

/// A text between parentheses, and where it ends.
fn literal(bytes: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let mut out = Vec::new();
    let mut depth = 0;
    loop {
        match bytes[at] {
            b'\\' => {
                at += 1;
                match bytes[at] {
                    b'n' => out.push(b'\n'),
                    b'r' => out.push(b'\r'),
                    b't' => out.push(b'\t'),
                    b'b' => out.push(8),
                    b'f' => out.push(12),
                    b'0'..=b'7' => {
                        let digits = bytes[at..]
                            .iter()
                            .take(3)
                            .take_while(|b| matches!(b, b'0'..=b'7'));
                        let digits: Vec<u8> = digits.copied().collect();
                        let value = digits
                            .iter()
                            .fold(0_u32, |value, b| value * 8 + u32::from(b - b'0'));
                        out.push(u8::try_from(value).unwrap());
                        at += digits.len() - 1;
                    }
                    other => out.push(other),
                }
            }
            b')' if depth == 0 => return (out, at),
            byte => {
                depth += i32::from(byte == b'(') - i32::from(byte == b')');
                out.push(byte);
            }
        }
        at += 1;
    }
}

/// A text of a dictionary.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest
                .chunks(2)
                .map(|unit| u16::from(unit[0]) << 8 | u16::from(unit[1]));
            String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
        }
        bytes => bytes.iter().copied().map(char::from).collect(),
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn first_number(text: &str) -> Option<usize> {
    let digits: String = text
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

fn reference(dictionary: &str, key: &str) -> Option<usize> {
    first_number(dictionary.split(key).nth(1)?)
}

fn utf16(hex: &str) -> String {
    let units: Vec<u16> = hex
        .as_bytes()
        .chunks(4)
        .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap())
        .collect();
    String::from_utf16(&units).unwrap()
}

fn characters(map: &str) -> BTreeMap<u32, String> {
    let blocks = map.split("beginbfchar").skip(1);
    let lines = blocks.flat_map(|block| block.split("endbfchar").next().unwrap().lines());
    lines
        .filter_map(|line| {
            let (code, text) = line.trim().strip_prefix('<')?.split_once("> <")?;
            let code = u32::from_str_radix(code, 16).ok()?;
            Some((code, utf16(text.trim_end_matches('>'))))
        })
        .collect()
}

/// A dictionary without what stands between brackets: texts, where a bracket is escaped or has its pair.
fn without_texts(dictionary: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let mut chars = dictionary.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if depth > 0 => drop(chars.next()),
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
