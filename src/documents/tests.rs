//! Documents rendered for fictitious businesses.
