//! Self-contained HTML page: one file, no outside resource, no script, prints well.

use super::html::{escape, fragment};

const STYLE: &str = include_str!("page.css");

/// Writes a whole page in French around a Markdown text.
pub fn page(title: &str, markdown: &str) -> String {
    let mut name = String::new();
    escape(title, &mut name);
    let body = fragment(markdown);
    format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_needs_nothing_from_outside() {
        let html = page("A <b>", "## Titre\n\nTexte.");
        assert!(html.contains("<title>A &lt;b&gt;</title>"));
        assert!(html.contains("lang=\"fr\""));
        for outside in ["src=", "url(", "@import", "<script", "<link"] {
            assert!(!html.contains(outside), "{outside}");
        }
    }
}
