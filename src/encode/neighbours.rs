//! How the tokens of a statement see those of its neighbours, in an interview laid out as one row of tokens.

use std::ops::Range;

use tch::{Kind, Tensor};

use super::bert::attention;

/// Statements that are seen before and after the own one.
const BEFORE: usize = 2;
const AFTER: usize = 1;
/// Places that a seen statement can have: two before, one before, the own, one after.
pub(super) const PLACES: i64 = (BEFORE + 1 + AFTER) as i64;
/// Which of them is the own.
pub(super) const OWN: i64 = BEFORE as i64;
/// Statements are taken together until they have so many tokens, in training and in reading; only a matter of speed.
const GROUP_TOKENS: [i64; 2] = [64, 384];

/// Statements as one row of tokens, in groups that look at the same part of it.
pub(super) struct Row {
    /// Tokens of each statement.
    lengths: Vec<i64>,
    groups: Vec<Group>,
}

struct Group {
    /// Statements whose tokens look.
    looking: Range<usize>,
    /// Statements whose tokens are looked at.
    seen: Range<usize>,
    /// Which place a seen token's statement has: `(looking, seen, PLACES)`, one or zero.
    places: Tensor,
    /// Far below any score where a token is not seen: `(looking, seen)`.
    unseen: Tensor,
}

impl Row {
    /// A row of statements with these numbers of tokens.
    pub fn new(lengths: &[usize], training: bool) -> Self {
        let most = GROUP_TOKENS[usize::from(!training)];
        let lengths: Vec<i64> = lengths.iter().map(|&length| length as i64).collect();
        let mut groups = Vec::new();
        let mut first = 0;
        while first < lengths.len() {
            let mut end = first + 1;
            while end < lengths.len() && lengths[first..=end].iter().sum::<i64>() <= most {
                end += 1;
            }
            groups.push(Group::new(&lengths, first..end));
            first = end;
        }
        Self { lengths, groups }
    }

    /// What each token gathers `(tokens, hidden)`, from query, key and value of all `(tokens, 3 · hidden)`.
    ///
    /// `bias` is added to the attention that each head gives to a place: `(heads, PLACES)`.
    pub fn attend(&self, three: &Tensor, bias: &Tensor, training: bool) -> Tensor {
        let heads = bias.size()[0];
        // Statement by statement, so that what goes back in training is small.
        let parts: Vec<Vec<Tensor>> =
            three.chunk(3, 1).iter().map(|part| part.split_with_sizes(&self.lengths[..], 0)).collect();
        let gathered = self.groups.iter().map(|group| {
            let part = |of: usize, statements: &Range<usize>| {
                let tokens = Tensor::cat(&parts[of][statements.clone()], 0);
                tokens.reshape([tokens.size()[0], heads, -1]).transpose(0, 1).unsqueeze(0)
            };
            // In one piece, or libtorch takes a slower way.
            let bias = group.bias(bias).to_kind(three.kind()).contiguous().unsqueeze(0);
            let (query, key, value) = (part(0, &group.looking), part(1, &group.seen), part(2, &group.seen));
            attention(&query, &key, &value, &bias, training).squeeze_dim(0).transpose(0, 1).flatten(1, 2)
        });
        Tensor::cat(&gathered.collect::<Vec<_>>(), 0)
    }
}

impl Group {
    fn new(lengths: &[i64], looking: Range<usize>) -> Self {
        let seen = looking.start.saturating_sub(BEFORE)..(looking.end + AFTER).min(lengths.len());
        // The statement of each token.
        let statements = |range: &Range<usize>| {
            let each = range.clone().map(|one| std::iter::repeat_n(one as i64, lengths[one] as usize));
            Tensor::from_slice(&each.flatten().collect::<Vec<i64>>())
        };
        let place = statements(&seen).unsqueeze(0) - statements(&looking).unsqueeze(1) + OWN;
        let places: Vec<Tensor> = (0..PLACES).map(|one| place.eq(one).to_kind(Kind::Float)).collect();
        let places = Tensor::stack(&places, 2);
        let unseen = (places.sum_dim_intlist(2, false, Kind::Float) - 1.0) * 1e4;
        Self { looking, seen, places, unseen }
    }

    /// `(heads, looking, seen)`.
    fn bias(&self, bias: &Tensor) -> Tensor {
        self.places.matmul(&bias.transpose(0, 1)).permute([2, 0, 1]) + &self.unseen
    }
}

#[cfg(test)]
mod tests {
    use tch::Device;

    use super::*;

    /// A token gathers the same, whichever other statements are in its group, and nothing from beyond its neighbours.
    #[test]
    fn tokens_see_their_neighbours_and_nobody_else() {
        tch::manual_seed(3);
        let (heads, hidden) = (2, 8);
        let lengths = [30, 5, 40, 1, 2, 70, 3];
        let tokens: usize = lengths.iter().sum();
        let three = Tensor::randn([tokens as i64, 3 * hidden], (Kind::Float, Device::Cpu));
        let bias = Tensor::randn([heads, PLACES], (Kind::Float, Device::Cpu));
        let whole = Row::new(&lengths, true).attend(&three, &bias, false);
        let in_other_groups = Row::new(&lengths, false).attend(&three, &bias, false);
        assert!(whole.allclose(&in_other_groups, 1e-5, 1e-6, false));
        // Statement 3 in a row of what it may see only: 1 to 4.
        let start: usize = lengths[..1].iter().sum();
        let part = three.narrow(0, start as i64, lengths[1..5].iter().sum::<usize>() as i64);
        let alone = Row::new(&lengths[1..5], true).attend(&part, &bias, false);
        let before: usize = lengths[1..3].iter().sum();
        let found = whole.get((start + before) as i64);
        assert!(found.allclose(&alone.get(before as i64), 1e-5, 1e-6, false));
        // By definition, for its only token and the first head.
        let head = hidden / heads;
        let one = |of: i64, token: i64| three.get(token).narrow(0, of * hidden, head);
        let query = one(0, (start + before) as i64);
        let mut scores = Vec::new();
        let mut values = Vec::new();
        for (place, statement) in (1..5).enumerate() {
            let first: usize = lengths[..statement].iter().sum();
            for token in first..first + lengths[statement] {
                let score = query.dot(&one(1, token as i64)) / (head as f64).sqrt() + bias.get(0).get(place as i64);
                scores.push(score);
                values.push(one(2, token as i64));
            }
        }
        let shares = Tensor::stack(&scores, 0).softmax(0, None);
        let expected = shares.unsqueeze(0).matmul(&Tensor::stack(&values, 0)).squeeze_dim(0);
        assert!(found.narrow(0, 0, head).allclose(&expected, 1e-5, 1e-6, false));
    }
}
