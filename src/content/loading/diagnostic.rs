//! What is wrong with a content file, where, and what to do about it.

use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::source::Sources;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// The content cannot be used.
    Error,
    /// The content can be used; its author should look.
    Warning,
}

/// A fault of the content, with its place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub gravity: Gravity,
    /// Stable word naming the kind of fault.
    pub code: &'static str,
    /// Index of the file in the sources.
    pub file: usize,
    /// Bytes of the file concerned.
    pub span: Range<usize>,
    /// What is wrong, in French.
    pub message: String,
    /// What to do, in French.
    pub help: String,
}

impl Diagnostic {
    /// Draws the fault with its source lines, as plain text.
    pub fn render(&self, sources: &Sources) -> String {
        let (path, text) = sources.get(self.file);
        let level = match self.gravity {
            Gravity::Error => Level::ERROR.with_name("erreur"),
            Gravity::Warning => Level::WARNING.with_name("attention"),
        };
        let end = self.span.end.min(text.len());
        let start = self.span.start.min(end);
        let report = &[level
            .primary_title(&self.message)
            .id(self.code)
            .element(
                Snippet::source(text)
                    .path(path)
                    .line_start(1)
                    .annotation(AnnotationKind::Primary.span(start..end)),
            )
            .element(Level::HELP.with_name("aide").message(&self.help))];
        Renderer::plain()
            .decor_style(DecorStyle::Ascii)
            .render(report)
    }

    /// Line and column of the fault, counted from 1, columns in characters.
    pub fn place(&self, sources: &Sources) -> (usize, usize) {
        let (_, text) = sources.get(self.file);
        let before = text.get(..self.span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        (line, column)
    }
}

/// Every fault found in a set of sources.
#[derive(Debug, Clone)]
pub struct Faults {
    /// The sources, to draw the faults.
    pub sources: Sources,
    /// The faults, ordered by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            writeln!(f, "{}\n", diagnostic.render(&self.sources))?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// Orders faults: errors first, then by file and place.
pub(crate) fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|d| (d.gravity, d.file, d.span.start, d.span.end));
}
