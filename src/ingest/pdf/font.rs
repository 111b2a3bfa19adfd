//! Fonts of a PDF: which letters a code stands for, and how wide it is.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::{MOST_UNPACKED, widths};

/// The most bytes that a single sign may stand for.
const MOST_LETTERS: usize = 64;

/// A code's letters and its width in thousandths of the font size.
pub(super) struct Glyph<'f> {
    pub(super) text: &'f str,
    pub(super) width: f64,
    /// The code is a single byte 32: word spacing counts here.
    pub(super) is_space: bool,
}

/// How a font turns bytes into letters.
pub(super) enum Font<'a> {
    /// One byte a sign.
    Simple { letters: Vec<String>, widths: Vec<f64> },
    /// Two bytes a sign.
    Composite(Box<Composite<'a>>),
}

/// A font with more signs than one byte can tell apart; letters are looked up when they are met.
pub(super) struct Composite<'a> {
    encoding: Option<Encoding<'a>>,
    letters: HashMap<u16, String>,
    widths: HashMap<u16, f64>,
    default: f64,
}

impl<'a> Font<'a> {
    /// Reads a font dictionary; what is missing or wrong in it becomes U+FFFD or an average width.
    pub(super) fn new(document: &'a Document, font: &'a Dictionary) -> Self {
        if name(font, b"Subtype") == b"Type0" { composite(document, font) } else { simple(document, font) }
    }

    /// Calls `show` for each sign.
    pub(super) fn each(&mut self, bytes: &[u8], mut show: impl FnMut(Glyph<'_>)) {
        match self {
            Font::Simple { letters, widths } => {
                for &byte in bytes {
                    let (text, width) = (&letters[usize::from(byte)], widths[usize::from(byte)]);
                    show(Glyph { text, width, is_space: byte == b' ' });
                }
            }
            Font::Composite(font) => {
                for pair in bytes.chunks(2) {
                    let code = u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]);
                    show(font.glyph(code));
                }
            }
        }
    }
}

impl Composite<'_> {
    fn glyph(&mut self, code: u16) -> Glyph<'_> {
        let encoding = self.encoding.as_ref();
        let text = self.letters.entry(code).or_insert_with(|| decode(encoding, &code.to_be_bytes()));
        Glyph { text, width: self.widths.get(&code).copied().unwrap_or(self.default), is_space: false }
    }
}

fn simple<'a>(document: &'a Document, font: &'a Dictionary) -> Font<'a> {
    let by_table = letters_by_table(document, font);
    let by_name = letters_by_name(document, font);
    let letters = by_table.into_iter().zip(by_name);
    let letters = letters.map(|(table, name)| if is_unknown(&table) { name } else { table }).collect();
    Font::Simple { letters, widths: simple_widths(document, font) }
}

/// By the table that programs add so that text can be copied. It knows most.
fn letters_by_table(document: &Document, font: &Dictionary) -> Vec<String> {
    let mut only_table = Dictionary::new();
    only_table.set("Type", Object::Name(b"Font".to_vec()));
    if let Ok(table) = font.get(b"ToUnicode") {
        only_table.set("ToUnicode", table.clone());
    }
    match only_table.get_font_encoding_with_limit(document, MOST_UNPACKED) {
        Ok(encoding @ Encoding::UnicodeMapEncoding(_)) => all_letters(&encoding),
        _ => vec![String::new(); 256],
    }
}

/// By the names of the signs, or a standard encoding.
fn letters_by_name(document: &Document, font: &Dictionary) -> Vec<String> {
    let mut named = font.clone();
    named.remove(b"ToUnicode");
    named.set("Type", Object::Name(b"Font".to_vec()));
    if !named.has(b"Encoding") && name(font, b"Subtype") == b"TrueType" {
        named.set("Encoding", Object::Name(b"WinAnsiEncoding".to_vec()));
    }
    match named.get_font_encoding_with_limit(document, MOST_UNPACKED) {
        Ok(encoding) => all_letters(&encoding),
        Err(_) => vec![String::from("\u{FFFD}"); 256],
    }
}

fn all_letters(encoding: &Encoding<'_>) -> Vec<String> {
    (0..=255).map(|byte| decode(Some(encoding), &[byte])).collect()
}

fn is_unknown(text: &str) -> bool {
    text.is_empty() || text.contains('\u{FFFD}')
}

/// The letters of a code, with ligatures spelt out.
fn decode(encoding: Option<&Encoding<'_>>, code: &[u8]) -> String {
    let decoded = encoding.and_then(|encoding| Document::decode_text(encoding, code).ok());
    // No sign has this many letters; tables that say so are made to fill the memory.
    let decoded = decoded.filter(|text| text.len() <= MOST_LETTERS).unwrap_or_else(|| String::from("\u{FFFD}"));
    let mut text = String::with_capacity(decoded.len());
    for sign in decoded.chars() {
        match sign {
            'ﬀ' => text.push_str("ff"),
            'ﬁ' => text.push_str("fi"),
            'ﬂ' => text.push_str("fl"),
            'ﬃ' => text.push_str("ffi"),
            'ﬄ' => text.push_str("ffl"),
            'ﬅ' | 'ﬆ' => text.push_str("st"),
            '\t' | '\n' | '\r' => text.push(' '),
            _ if sign.is_control() => {}
            _ => text.push(sign),
        }
    }
    text
}

fn simple_widths(document: &Document, font: &Dictionary) -> Vec<f64> {
    let descriptor = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok();
    let missing = descriptor.and_then(|descriptor| number(document, descriptor.get(b"MissingWidth").ok()?));
    let mut widths: Vec<f64> = (0..=255).map(|byte| missing.unwrap_or_else(|| widths::standard(font, byte))).collect();
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
    let Ok(given) = font.get_deref(b"Widths", document).and_then(Object::as_array) else { return widths };
    for (code, width) in (first..).zip(given) {
        let place = usize::try_from(code).ok().and_then(|code| widths.get_mut(code));
        if let (Some(place), Some(width)) = (place, number(document, width)) {
            *place = width;
        }
    }
    widths
}

fn composite<'a>(document: &'a Document, font: &'a Dictionary) -> Font<'a> {
    let encoding = match font.get_font_encoding_with_limit(document, MOST_UNPACKED) {
        // The library's last resort for codes of two bytes is a table for one byte, which would make up letters.
        Ok(Encoding::OneByteEncoding(_)) | Err(_) => None,
        Ok(encoding) => Some(encoding),
    };
    let inner = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
    let inner = inner.and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
    let default = inner.and_then(|inner| number(document, inner.get(b"DW").ok()?)).unwrap_or(1000.0);
    let widths = inner.map(|inner| composite_widths(document, inner)).unwrap_or_default();
    Font::Composite(Box::new(Composite { encoding, letters: HashMap::new(), widths, default }))
}

/// `code [w w w]` or `first last w`, again and again.
fn composite_widths(document: &Document, inner: &Dictionary) -> HashMap<u16, f64> {
    let mut widths = HashMap::new();
    let Ok(given) = inner.get_deref(b"W", document).and_then(Object::as_array) else { return widths };
    let mut rest = given.as_slice();
    while let [first, second, tail @ ..] = rest {
        let Some(first) = code(document, first) else { break };
        if let Ok(list) = document.dereference(second).and_then(|(_, second)| second.as_array()) {
            let list = list.iter().map(|width| number(document, width).unwrap_or(0.0));
            widths.extend((first..=u16::MAX).zip(list));
            rest = tail;
        } else if let (Some(last), [width, tail @ ..]) = (code(document, second), tail) {
            let width = number(document, width).unwrap_or(0.0);
            widths.extend((first..=last).map(|code| (code, width)));
            rest = tail;
        } else {
            break;
        }
    }
    widths
}

fn code(document: &Document, object: &Object) -> Option<u16> {
    document.dereference(object).ok()?.1.as_i64().ok()?.try_into().ok()
}

/// A number, or a reference to one.
pub(super) fn number(document: &Document, object: &Object) -> Option<f64> {
    document.dereference(object).ok()?.1.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

fn name<'d>(dictionary: &'d Dictionary, key: &[u8]) -> &'d [u8] {
    dictionary.get(key).and_then(Object::as_name).unwrap_or_default()
}
