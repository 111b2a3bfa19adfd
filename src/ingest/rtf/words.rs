//! What the control words of rich text stand for.

use encoding_rs::{Encoding, UTF_8};

/// Control words that stand for a sign.
pub(super) fn sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "~" => "\u{A0}",
        "_" => "\u{2011}",
        "emdash" => "—",
        "endash" => "–",
        "emspace" => "\u{2003}",
        "enspace" => "\u{2002}",
        "qmspace" => "\u{2005}",
        "bullet" => "•",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "zwj" => "\u{200D}",
        "zwnj" => "\u{200C}",
        _ => return None,
    })
}

/// Kinds of groups that begin with `\*` and hold text all the same.
pub(super) fn is_welcome(word: &str) -> bool {
    matches!(word, "ud" | "shpinst" | "shptxt")
}

/// Kinds of groups that hold no text of the document.
pub(super) fn is_left_out(word: &str) -> bool {
    const LEFT_OUT: [&str; 35] = [
        "stylesheet",
        "colortbl",
        "info",
        "pict",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "footnote",
        "annotation",
        "atnid",
        "atnauthor",
        "fldinst",
        "objdata",
        "objclass",
        "nonshppict",
        "sp",
        "shprslt",
        "listtext",
        "pntext",
        "pntxta",
        "pntxtb",
        "xe",
        "tc",
        "upr",
        "filetbl",
        "revtbl",
        "listtable",
        "themedata",
        "nonesttables",
        "nesttableprops",
    ];
    LEFT_OUT.contains(&word)
}

/// The encoding of a Windows code page.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    match number {
        10000 => Some(encoding_rs::MACINTOSH),
        65001 => Some(UTF_8),
        866 => Some(encoding_rs::IBM866),
        874 => Some(encoding_rs::WINDOWS_874),
        932 => Some(encoding_rs::SHIFT_JIS),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes()),
        _ => None,
    }
}

/// The encoding of a font's character set.
pub(super) fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(page)
}
