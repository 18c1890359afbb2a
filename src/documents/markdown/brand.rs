//! The identity of a practice on a page: colours, head and foot.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::html::escape;
use crate::documents::escape::clean;
use crate::domain::branding::{Branding, Colour};
use crate::domain::typography::french;

/// The box a logo fits in, in pixels.
const LOGO: (u32, u32) = (220, 88);

fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    escape(&clean(&french(value)), &mut out);
    out
}

/// What the content policy of the page has to allow.
pub fn policy(branding: Option<&Branding>) -> &'static str {
    match branding.and_then(|branding| branding.logo.as_ref()) {
        Some(_) => " img-src data:;",
        None => "",
    }
}

/// Rules after those of the page.
pub fn style(branding: Option<&Branding>) -> String {
    let Some(branding) = branding else {
        return String::new();
    };
    let mut out = String::from(
        ".brand { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1.2rem; margin: 0 0 1.5rem; padding-bottom: 1rem; border-bottom: 3px solid var(--accent, currentColor); }\n\
         .brand img { display: block; max-width: 100%; height: auto; }\n\
         .brand p { margin: 0; font-size: .95rem; overflow-wrap: anywhere; }\n\
         .brand-end { margin-top: 2.5rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .92rem; }\n",
    );
    if let Some(main) = branding.main {
        let dark = main.readable_on(Colour::DARK_PAGE);
        let light = format!("--link: #{0}; --strong: #{0};", main.hex());
        writeln!(
            out,
            ":root {{ {light} }}\n\
             @media (prefers-color-scheme: dark) {{ :root {{ --link: #{0}; --strong: #{0}; }} }}\n\
             @media print {{ :root {{ {light} }} }}\n\
             h1, h2 {{ color: var(--strong); }}",
            dark.hex()
        )
        .unwrap_or_default();
    }
    if let Some(accent) = branding.accent {
        writeln!(
            out,
            ":root {{ --accent: #{}; }}\n\
             thead th {{ background: var(--accent); color: #{}; print-color-adjust: exact; -webkit-print-color-adjust: exact; }}",
            accent.hex(),
            accent.text().hex()
        )
        .unwrap_or_default();
    }
    out
}

/// Logo, name and contact.
pub fn head(branding: Option<&Branding>) -> String {
    let Some(branding) = branding else {
        return String::new();
    };
    let mut out = String::from("<div class=\"brand\">\n");
    if let Some(logo) = &branding.logo {
        let (width, height) = logo.fit(LOGO.0, LOGO.1);
        // The name stands beside the picture: reading it twice would help nobody.
        writeln!(
            out,
            "<img alt=\"\" width=\"{width}\" height=\"{height}\" src=\"data:{};base64,{}\">",
            logo.format.media_type(),
            STANDARD.encode(&logo.bytes)
        )
        .unwrap_or_default();
    }
    write!(out, "<p><strong>{}</strong>", text(&branding.name)).unwrap_or_default();
    for line in &branding.contact {
        write!(out, "<br>{}", text(line)).unwrap_or_default();
    }
    out.push_str("</p>\n</div>\n");
    out
}

/// Closing words and the foot.
pub fn foot(branding: Option<&Branding>) -> String {
    let Some(branding) = branding else {
        return String::new();
    };
    let mut out = String::new();
    for words in branding.closing.iter().chain(&branding.footer) {
        writeln!(out, "<p>{}</p>", text(words)).unwrap_or_default();
    }
    if out.is_empty() {
        return out;
    }
    format!("<div class=\"brand-end\">\n{out}</div>\n")
}
