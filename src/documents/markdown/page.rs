//! Self-contained HTML page: one file, no outside resource, no script, prints well.

use super::brand;
use super::html::{escape, fragment};
use crate::domain::branding::Branding;

const STYLE: &str = include_str!("page.css");

/// Writes a whole page in French around a Markdown text.
pub fn page(title: &str, markdown: &str, branding: Option<&Branding>) -> String {
    let mut name = String::new();
    escape(title, &mut name);
    let body = fragment(markdown);
    let (policy, style) = (brand::policy(branding), brand::style(branding));
    let (head, foot) = (brand::head(branding), brand::foot(branding, false));
    format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';{policy} base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{name}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n<main>\n{head}<h1>{name}</h1>\n{body}{foot}</main>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_needs_nothing_from_outside() {
        let html = page("A <b>", "## Titre\n\nTexte.", None);
        assert!(html.contains("<title>A &lt;b&gt;</title>"));
        assert!(html.contains("lang=\"fr\""));
        for outside in ["src=", "url(", "@import", "<script", "<link"] {
            assert!(!html.contains(outside), "{outside}");
        }
    }
}
