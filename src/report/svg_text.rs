//! Lines of text in drawings, which unlike pages do not break lines themselves.

/// How wide characters are, in parts of the font's size: those of Arial and of the fonts that measure like it, with a reserve.
const NARROW: f64 = 0.30;
const USUAL: f64 = 0.58;
const CAPITAL: f64 = 0.72;
const WIDE: f64 = 0.95;

/// A text in lines of at most `width`, at a font of `size`; both in pixels. A word that is longer than a line is broken.
/// What XML cannot hold becomes blanks.
pub(super) fn lines(text: &str, width: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let clean: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    for word in clean.split_whitespace().flat_map(|word| pieces(word, width, size)) {
        match lines.last_mut() {
            Some(line) if length(line, size) + length(" ", size) + length(&word, size) <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// A word in parts that fit into a line.
fn pieces(word: &str, width: f64, size: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for sign in word.chars() {
        let last = pieces.len() - 1;
        let fits = length(&pieces[last], size) + length("-", size) + wide(sign) * size <= width;
        if !fits && !pieces[last].is_empty() {
            pieces[last].push('-');
            pieces.push(String::new());
        }
        let last = pieces.len() - 1;
        pieces[last].push(sign);
    }
    pieces
}

/// How wide a text is at a font of `size`, in pixels.
fn length(text: &str, size: f64) -> f64 {
    text.chars().map(wide).sum::<f64>() * size
}

fn wide(sign: char) -> f64 {
    match sign {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | ' ' => NARROW,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '„' | '“' | '”' => 0.36,
        'm' | 'w' | 'M' | 'W' | '…' | '%' | '–' => WIDE,
        sign if sign.is_uppercase() => CAPITAL,
        sign if (sign as u32) < 0x250 => USUAL,
        _ => 1.05,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_no_line_is_too_long() {
        let text =
            "Die Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, äh, zahlt\u{7} nie.";
        let lines = lines(text, 100.0, 12.0);
        assert!(lines.iter().all(|line| length(line, 12.0) <= 100.0), "{lines:?}");
        let plain = |text: &str| text.replace([' ', '-', '\u{7}'], "");
        assert_eq!(plain(&lines.concat()), plain(text));
    }
}
