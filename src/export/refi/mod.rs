//! REFI-QDA 1.5: projects (`.qdpx`) and codebooks (`.qdc`) that MAXQDA, ATLAS.ti, NVivo and QualCoder read.

mod codebook;
mod guid;
mod package;
mod page;
mod project;

pub(super) use codebook::qdc;
pub(super) use package::qdpx;

/// Which program wrote a file.
const ORIGIN: &str = concat!("ringwerk ", env!("CARGO_PKG_VERSION"));

/// How lines end in the texts of a project. Positions count a line end as one code point in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineEnds {
    /// A line feed, as the other programs expect it.
    #[default]
    Lf,
    /// Carriage return and line feed, for MAXQDA.
    Crlf,
}

/// Where the metadata of interviews stand in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variables {
    /// At the cases, one an interview.
    #[default]
    Case,
    /// At the texts, as MAXQDA writes it.
    Source,
    /// At both.
    Both,
}
