//! Bytes to text, and text to lines. Wording is never altered: what decodes is kept sign by sign.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::source::Line;

/// How much of a file the guesses look at: enough to be sure, little enough to be quick.
const PEEK: usize = 64 << 10;

/// A file's bytes as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark and NUL.
    pub text: String,
    /// Name of the encoding (`UTF-8`, `windows-1252`, …).
    pub encoding: &'static str,
    /// Whether bytes were no valid text and show as U+FFFD.
    pub replaced: bool,
}

/// Decodes a whole file. The encoding is told from the byte order mark, else from the bytes themselves.
///
/// ```
/// use ringwerk::ingest::decode;
/// assert_eq!(decode::text(b"K\xf6nnen Sie das erkl\xe4ren?").text, "Können Sie das erklären?");
/// ```
pub fn text(bytes: &[u8]) -> Decoded {
    let (encoding, mark) = encoding(bytes);
    let (text, replaced) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let text = if text.contains('\0') { text.replace('\0', "") } else { text.into_owned() };
    Decoded { text, encoding: encoding.name(), replaced }
}

/// Decodes the beginning of a file, to tell what it is.
pub(super) fn beginning(bytes: &[u8]) -> String {
    let (encoding, mark) = encoding(bytes);
    let end = bytes.len().min(PEEK);
    encoding.decode_without_bom_handling(&bytes[mark.min(end)..end]).0.into_owned()
}

/// Cuts a text into lines, at every kind of line end; a form feed (new page) ends a line too.
///
/// ```
/// use ringwerk::ingest::decode;
/// let lines = decode::lines("I: Warum?\r\nB: Darum.\n");
/// assert_eq!((lines.len(), lines[1].number, lines[1].text.as_str()), (2, 2, "B: Darum."));
/// ```
pub fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(is_line_end).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        lines.push(Line { number: lines.len() + 1, text: line.to_owned() });
        rest = after_line_end(tail);
    }
    lines
}

fn is_line_end(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn after_line_end(tail: &str) -> &str {
    tail.strip_prefix("\r\n").unwrap_or_else(|| {
        let mut signs = tail.chars();
        signs.next();
        signs.as_str()
    })
}

/// Whether this is no text in any encoding: too many control signs.
///
/// Text may hold a stray one (programs leave them behind), so a few do not count.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let (encoding, _) = encoding(bytes);
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return is_garbled(&encoding.decode_without_bom_handling(&bytes[..bytes.len().min(PEEK)]).0);
    }
    let controls = bytes.iter().filter(|byte| matches!(byte, 0..=8 | 0xE..=0x1A | 0x1C..=0x1F)).count();
    controls > 1 && controls * 500 > bytes.len()
}

/// Pairs of random bytes are mostly signs that no European language writes.
fn is_garbled(text: &str) -> bool {
    let foreign = text.chars().filter(|&sign| sign == '\u{FFFD}' || (sign < ' ' && !is_line_end(sign) && sign != '\t'));
    foreign.count() * 50 > text.chars().count()
}

/// The encoding, and the length of the byte order mark.
fn encoding(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some(found) = Encoding::for_bom(bytes) {
        return found;
    }
    if let Some(wide) = utf16_without_mark(&bytes[..bytes.len().min(PEEK)]) {
        return (wide, 0);
    }
    if is_utf8(bytes) { (UTF_8, 0) } else { (one_byte(bytes), 0) }
}

/// UTF-16 shows as a zero in every second byte wherever the signs are Latin.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |offset| bytes.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), bytes.len() / 2);
    match (even, odd) {
        _ if pairs == 0 => None,
        (even, odd) if odd * 2 > pairs && even * 10 < pairs => Some(UTF_16LE),
        (even, odd) if even * 2 > pairs && odd * 10 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Valid UTF-8, or UTF-8 with single faults: bytes of another encoding would not form many valid sequences by chance.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|&byte| byte >= 0xC2).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    faults == 0 || valid > faults
}

/// The encoding of a text with one byte a sign, judged from the part where the first non-ASCII bytes are.
fn one_byte(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let part = &bytes[first.saturating_sub(PEEK / 2)..bytes.len().min(first + PEEK)];
    if is_macintosh(part) {
        return MACINTOSH;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(part, true);
    match detector.guess(Some(b"de"), Utf8Detection::Deny) {
        guess if guess.is_single_byte() => guess,
        _ => WINDOWS_1252,
    }
}

/// Old Macs write ä ö ü ß as bytes that are rare signs elsewhere, and never the bytes that Windows uses for them.
fn is_macintosh(bytes: &[u8]) -> bool {
    let count = |signs: &[u8]| bytes.iter().filter(|byte| signs.contains(byte)).count();
    count(b"\x8A\x9A\x9F\xA7") > 0 && count(b"\xE4\xF6\xFC\xDF") == 0
}
