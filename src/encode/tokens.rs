//! Texts to token ids.

use std::path::Path;

use tokenizers::{Tokenizer, TruncationParams};

use super::{EncodeError, ModelFolder};
use crate::text::ByteSpan;

/// A text of more characters than this per allowed token is cut before tokenising: what lies beyond could not count
/// anyway, and tokenising megabytes for nothing would take minutes.
const CHARACTERS_PER_TOKEN: usize = 16;

/// The tokens of a text.
pub(super) struct TextTokens {
    pub ids: Vec<i64>,
    /// Where each stands in the text; empty for the model's marks and for the prefix.
    pub places: Vec<ByteSpan>,
}

/// The tokenizer of a model folder.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    prefix: String,
    max_tokens: usize,
}

impl Tokens {
    /// Loads `tokenizer.json`; ids must be below `vocabulary`, and texts end after `max_tokens` tokens.
    pub fn open(folder: &ModelFolder, vocabulary: usize, max_tokens: usize) -> Result<Self, EncodeError> {
        let path = folder.path.join("tokenizer.json");
        let malformed = |problem: String| EncodeError::Malformed { path: path.clone(), problem };
        let tokenizer = read(&path, max_tokens).map_err(malformed)?;
        let size = tokenizer.get_vocab_size(true);
        if size > vocabulary {
            return Err(malformed(format!("{size} tokens, but config.json says vocab_size {vocabulary}")));
        }
        Ok(Self { tokenizer, prefix: folder.manifest.prefix.clone(), max_tokens })
    }

    /// The tokens of each text, with the model's marks around them; never none, never more than the model allows.
    pub fn of(&self, texts: &[&str]) -> Result<Vec<TextTokens>, EncodeError> {
        let prefixed: Vec<String> = texts.iter().map(|text| self.prefixed(text)).collect();
        let encodings =
            self.tokenizer.encode_batch(prefixed, true).map_err(|error| EncodeError::Failed(error.to_string()))?;
        let prefix = self.prefix.len();
        let place =
            |&(start, end): &(usize, usize)| ByteSpan::new(start.saturating_sub(prefix), end.saturating_sub(prefix));
        encodings
            .iter()
            .map(|encoding| match encoding.get_ids() {
                [] => Err(EncodeError::Failed("the tokenizer gave no token for a text".into())),
                ids => Ok(TextTokens {
                    ids: ids.iter().map(|&id| i64::from(id)).collect(),
                    places: encoding.get_offsets().iter().map(place).collect(),
                }),
            })
            .collect()
    }

    fn prefixed(&self, text: &str) -> String {
        let cut = text.char_indices().nth(self.max_tokens * CHARACTERS_PER_TOKEN).map_or(text.len(), |(byte, _)| byte);
        format!("{}{}", self.prefix, &text[..cut])
    }
}

/// Reads a tokenizer, without the padding that some files ask for and with a cut after `max_tokens`.
fn read(path: &Path, max_tokens: usize) -> Result<Tokenizer, String> {
    let mut tokenizer = Tokenizer::from_file(path).map_err(|error| error.to_string())?;
    let cut = TruncationParams { max_length: max_tokens, ..TruncationParams::default() };
    tokenizer.with_padding(None).with_truncation(Some(cut)).map_err(|error| error.to_string())?;
    Ok(tokenizer)
}
