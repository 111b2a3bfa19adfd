//! How the tokens of a statement see those of its neighbours, in an interview laid out as one row of tokens.

use std::ops::Range;

use tch::{Device, Kind, Tensor, nn};

use super::batches::{UNSEEN, places, starts};
use super::bert::{Bert, attention};

/// In how many of the last layers a statement's tokens see those of its neighbours.
const LAYERS: usize = 4;
/// What is added to the attention to neighbours at first: they count little until training finds what they are good for.
const FIRST_BIAS: f64 = -2.0;
/// Statements that are seen before and after the own one.
const BEFORE: usize = 2;
const AFTER: usize = 1;
/// Places that a seen statement can have: two before, one before, the own, one after.
const PLACES: i64 = (BEFORE + 1 + AFTER) as i64;
/// Which of them is the own.
pub(super) const OWN: i64 = BEFORE as i64;
/// Most statements of a group; only a matter of speed and memory.
const GROUP: usize = 8;

/// What is added to the attention to neighbours when training begins, for each of the last layers: `(heads, PLACES)`.
pub(super) fn first_biases(path: &nn::Path, bert: &Bert) -> Vec<Tensor> {
    let layers = bert.depth().saturating_sub(LAYERS)..bert.depth();
    let first = Tensor::full([bert.heads(), PLACES], FIRST_BIAS, (Kind::Float, Device::Cpu));
    let _ = first.select(1, OWN).fill_(0.0);
    layers.map(|layer| path.var_copy(&format!("layer_{layer}"), &first)).collect()
}

/// All statements of an interview, in groups whose attention is computed together.
pub(super) struct Neighbours {
    groups: Vec<Group>,
    /// Where in the groups, one after the other, each token is `(tokens)`.
    back: Tensor,
}

/// Statements, each with those that it sees, as rows of equal length.
struct Group {
    /// How many statements, and the longest that one of them has and sees.
    size: [i64; 3],
    /// The tokens that look `(statements · longest)`; the interview's first one fills.
    looking: Tensor,
    /// The tokens that are seen `(statements · longest)`; the interview's first one fills.
    seen: Tensor,
    /// Which place a seen token's statement has, the last for what only fills: `(PLACES + 1, statements · longest)`, one or
    /// zero.
    places: Tensor,
}

impl Neighbours {
    /// Of statements with these numbers of tokens, laid out one after the other, and of further tokens that belong to none.
    pub fn new(lengths: &[usize], filling: usize) -> Self {
        let starts = starts(lengths);
        let seen_by = |statement: usize| statement.saturating_sub(BEFORE)..(statement + AFTER + 1).min(lengths.len());
        let seen: Vec<usize> = (0..lengths.len()).map(|statement| lengths[seen_by(statement)].iter().sum()).collect();
        let mut back = vec![0; lengths.iter().sum::<usize>() + filling];
        let mut place = 0;
        let mut of_all = Vec::new();
        let mut order: Vec<usize> = (0..lengths.len()).collect();
        order.sort_by_key(|&statement| (places(lengths[statement]), seen[statement]));
        let alike = order.chunk_by(|&a, &b| places(lengths[a]) == places(lengths[b]));
        for statements in alike.flat_map(|statements| statements.chunks(GROUP)) {
            let longest = |of: &[usize]| statements.iter().map(|&statement| places(of[statement])).max().unwrap_or(0);
            let (own, around) = (longest(lengths), longest(&seen));
            for &statement in statements {
                (place..).zip(&mut back[starts[statement]..][..lengths[statement]]).for_each(|(at, token)| *token = at);
                place += own as i64;
            }
            of_all.push(Group::new(statements, &seen_by, lengths, &starts, [own, around]));
        }
        Self { groups: of_all, back: Tensor::from_slice(&back) }
    }

    /// What each token gathers `(tokens, hidden)`, from query, key and value of all `(tokens, 3 · hidden)`.
    ///
    /// `bias` is added to the attention that each head gives to a place: `(heads, PLACES)`.
    pub fn attend(&self, three: &Tensor, bias: &Tensor, training: bool) -> Tensor {
        let heads = bias.size()[0];
        let unseen = Tensor::full([heads, 1], UNSEEN, (Kind::Float, bias.device()));
        let bias = Tensor::cat(&[bias, &unseen], 1);
        let gathered = self.groups.iter().map(|group| group.attend(three, &bias, heads, training));
        Tensor::cat(&gathered.collect::<Vec<_>>(), 0).index_select(0, &self.back)
    }
}

impl Group {
    fn new(
        statements: &[usize],
        seen_by: &dyn Fn(usize) -> Range<usize>,
        lengths: &[usize],
        starts: &[usize],
        [own, around]: [usize; 2],
    ) -> Self {
        let mut looking = Vec::new();
        let mut seen = Vec::new();
        let mut places = Vec::new();
        for (row, &statement) in (1..).zip(statements) {
            let tokens = |of: usize| (starts[of]..starts[of] + lengths[of]).map(|token| token as i64);
            looking.extend(tokens(statement));
            looking.resize(row * own, 0);
            for other in seen_by(statement) {
                seen.extend(tokens(other));
                places.resize(seen.len(), (other + BEFORE - statement) as i64);
            }
            seen.resize(row * around, 0);
            places.resize(row * around, PLACES);
        }
        let places = Tensor::from_slice(&places);
        let places: Vec<Tensor> = (0..=PLACES).map(|one| places.eq(one).to_kind(Kind::Float)).collect();
        Self {
            size: [statements.len(), own, around].map(|size| size as i64),
            looking: Tensor::from_slice(&looking),
            seen: Tensor::from_slice(&seen),
            places: Tensor::stack(&places, 0),
        }
    }

    /// What its tokens gather `(statements · longest, hidden)`; `bias` is `(heads, PLACES + 1)`.
    fn attend(&self, three: &Tensor, bias: &Tensor, heads: i64, training: bool) -> Tensor {
        let [statements, own, around] = self.size;
        // (3, statements, heads, tokens, size)
        let rows = |tokens: &Tensor, longest: i64| {
            three.index_select(0, tokens).reshape([statements, longest, 3, heads, -1]).permute([2, 0, 3, 1, 4])
        };
        let (looking, seen) = (rows(&self.looking, own), rows(&self.seen, around));
        let bias = bias.matmul(&self.places).to_kind(three.kind()).reshape([heads, statements, 1, around]);
        let bias = bias.transpose(0, 1).contiguous();
        let gathered = attention(&looking.get(0), &seen.get(1), &seen.get(2), &bias, training);
        gathered.transpose(1, 2).flatten(2, 3).flatten(0, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What tokens gather is what the definition says, and nothing comes from beyond their neighbours.
    #[test]
    fn tokens_see_their_neighbours_and_nobody_else() {
        tch::manual_seed(3);
        let (heads, hidden) = (2, 8);
        let lengths = [30, 5, 40, 1, 2, 70, 3];
        let tokens: usize = lengths.iter().sum();
        let three = Tensor::randn([tokens as i64, 3 * hidden], (Kind::Float, Device::Cpu));
        let bias = Tensor::randn([heads, PLACES], (Kind::Float, Device::Cpu));
        let whole = Neighbours::new(&lengths, 0).attend(&three, &bias, false);
        // Statement 3 in a row of what it may see only: 1 to 4.
        let start: usize = lengths[..1].iter().sum();
        let part = three.narrow(0, start as i64, lengths[1..5].iter().sum::<usize>() as i64);
        let alone = Neighbours::new(&lengths[1..5], 0).attend(&part, &bias, false);
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
