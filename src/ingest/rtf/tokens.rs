//! The signs of rich text: groups, control words, bytes.

/// One piece of a rich text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\*`: the group may be left out by those who do not know its kind.
    Optional,
    /// A control word with its number (`\par`, `\u228`), or a control sign (`\~`).
    Word(&'a str, Option<i32>),
    /// A byte written as `\'e4`.
    Byte(u8),
    /// A byte that stands for itself.
    Raw(u8),
}

/// Cuts rich text into its signs.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `length` bytes, or as many as there are.
    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a str {
        let length = self.rest.iter().position(|&byte| !wanted(byte)).unwrap_or(self.rest.len());
        std::str::from_utf8(self.take(length)).unwrap_or_default()
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let &first = self.rest.first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        Some(match *self.take(1).first()? {
            b'\'' => self.hexadecimal(),
            b'*' => Token::Optional,
            b'~' => Token::Word("~", None),
            b'_' => Token::Word("_", None),
            b'\n' | b'\r' => Token::Word("par", None),
            b'\t' => Token::Word("tab", None),
            byte @ (b'{' | b'}' | b'\\') => Token::Byte(byte),
            _ => Token::Word("", None),
        })
    }

    fn hexadecimal(&mut self) -> Token<'a> {
        let digits = std::str::from_utf8(self.rest.get(..2).unwrap_or_default()).ok();
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                self.take(2);
                Token::Byte(byte)
            }
            None => Token::Raw(b'\''),
        }
    }

    fn word(&mut self) -> Token<'a> {
        let word = self.take_while(|byte| byte.is_ascii_alphabetic());
        let minus = self.rest.first() == Some(&b'-') && self.rest.get(1).is_some_and(u8::is_ascii_digit);
        self.take(usize::from(minus));
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        let number = digits.parse::<i32>().ok().map(|number| if minus { -number } else { number });
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if word == "bin" {
            // Raw data of a picture: nothing in it is a token.
            self.take(number.and_then(|length| usize::try_from(length).ok()).unwrap_or(0));
        }
        Token::Word(word, number)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.take(1).first()? {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                b'\n' | b'\r' | 0 => {}
                b'\t' => return Some(Token::Word("tab", None)),
                byte => return Some(Token::Raw(byte)),
            }
        }
    }
}
