//! Places on a page.

/// A PDF transformation: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
}

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// From the six numbers of an operator; missing ones are zero.
    pub(super) fn new(numbers: &[f64]) -> Self {
        let number = |index: usize| numbers.get(index).copied().unwrap_or(0.0);
        Self { a: number(0), b: number(1), c: number(2), d: number(3), e: number(4), f: number(5) }
    }

    pub(super) fn translation(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// First this one, then `next`.
    pub(super) fn then(self, next: Matrix) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// Where the origin goes.
    pub(super) fn place(self) -> (f64, f64) {
        (self.e, self.f)
    }

    /// By how much heights grow.
    pub(super) fn height(self) -> f64 {
        self.c.hypot(self.d)
    }
}
