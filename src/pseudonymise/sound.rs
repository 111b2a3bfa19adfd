//! How words sound, roughly: dialect writes vowels and endings as it likes, and keeps the consonants.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::vocabulary::ORDINARY;
use crate::words::stem;

/// Consonants that are left of a word; shorter ones sound like too much.
const SHORTEST: usize = 4;

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| ORDINARY.stems().into_iter().map(sound).collect());
/// The consonants of a word in groups that dialects mix (b and p, d and t, g and k and ch, s and z and sch, f and w), each
/// once where it stands twice.
fn sound(word: &str) -> String {
    let mut sound = String::new();
    for sign in word.to_lowercase().replace("sch", "s").replace("ch", "g").chars() {
        let group = match sign {
            'b' | 'p' => 'b',
            'd' | 't' => 'd',
            'g' | 'k' | 'q' | 'c' | 'x' => 'g',
            's' | 'z' | 'ß' => 's',
            'f' | 'v' | 'w' => 'f',
            'l' | 'r' | 'm' | 'n' => sign,
            _ => continue,
        };
        if !sound.ends_with(group) {
            sound.push(group);
        }
    }
    sound
}

/// Whether a word sounds like an ordinary one, or is so short that many sound like it.
pub(super) fn sounds_ordinary(word: &str) -> bool {
    let (whole, bare) = (sound(word), sound(&stem(word)));
    let parts = |sound: &str| {
        (3..sound.len().saturating_sub(2)).any(|cut| WORDS.contains(&sound[..cut]) && WORDS.contains(&sound[cut..]))
    };
    whole.len() < SHORTEST || [&whole, &bare].into_iter().any(|sound| WORDS.contains(sound) || parts(sound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialect_sounds_like_the_words_it_is_of_and_a_name_does_not() {
        for word in ["Beweng", "Kranfiarer", "Vertragspartna"] {
            assert!(sounds_ordinary(word), "{word}");
        }
        assert!(!sounds_ordinary("Preisfix"));
    }
}
