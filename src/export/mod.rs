//! Suggestions to files that a person or another program reads; one file a format.

pub mod json_lines;
