//! 2,000 samples of every figure on 4,000 statements in under 5 s.

use std::time::{Duration, Instant};

use ringwerk::codebook::Ring;
use ringwerk::evaluate::*;

const PROJECTS: usize = 20;
const INTERVIEWS: usize = 100;
const STATEMENTS: usize = 40;
const JOBS: usize = 8;
const CLUSTERS: usize = 25;

/// A number below `below`, the same in every run and without pattern to the eye.
fn scattered(seed: usize, below: usize) -> usize {
    (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) % below
}

/// Gold and found rings of the statements of one interview.
fn rings(interview: usize) -> Vec<(LabelSet, LabelSet)> {
    let set = |seed| (0..scattered(seed, 3)).map(|n| scattered(seed + n, 6)).collect();
    let numbers = (0..STATEMENTS).map(|statement| interview * STATEMENTS + statement);
    numbers.map(|n| (set(3 * n), if n % 3 == 0 { set(7 * n + 1) } else { set(3 * n) })).collect()
}

/// Job and cluster of each statement of one interview.
fn jobs(interview: usize) -> Vec<(usize, usize)> {
    let numbers = (0..STATEMENTS).map(|statement| interview * STATEMENTS + statement);
    numbers.map(|n| (scattered(n, JOBS), scattered(n + scattered(n, 3), CLUSTERS))).collect()
}

fn confidences(interview: usize) -> Vec<Prediction> {
    let numbers = (0..STATEMENTS).map(|statement| interview * STATEMENTS + statement);
    numbers.filter_map(|n| Prediction::new(scattered(n, 1001) as f64 / 1000.0, n % 3 > 0)).collect()
}

/// Mean over the projects that were drawn; interviews belong to project `interview % PROJECTS`.
fn mean_of_projects(drawn: &[usize], figure: impl Fn(&[usize]) -> Figure) -> Option<f64> {
    let of = |project| drawn.iter().copied().filter(|interview| interview % PROJECTS == project).collect::<Vec<_>>();
    let figures: Vec<f64> = (0..PROJECTS).filter_map(|project| figure(&of(project)).value()).collect();
    (!figures.is_empty()).then(|| figures.iter().sum::<f64>() / figures.len() as f64)
}

/// How long the intervals of one figure take.
fn timed(name: &str, statistic: impl Fn(&[usize]) -> Option<f64> + Sync) -> (&str, Duration) {
    let start = Instant::now();
    assert!(interval(INTERVIEWS, 2000, 1, statistic).is_some(), "{name}");
    (name, start.elapsed())
}

#[test]
#[ignore = "takes time and a machine at rest; run with --release -- --ignored"]
fn intervals_of_every_figure() {
    let each = |of: &dyn Fn(usize) -> Table| (0..INTERVIEWS).map(of).collect::<Vec<_>>();
    let labels: Vec<_> = (0..INTERVIEWS).map(|interview| LabelCounts::count(6, rings(interview))).collect();
    let first = |set: LabelSet| Ring::ALL.into_iter().find(|ring| set.contains(ring.index()));
    let primary = each(&|n| primary_confusion(rings(n).into_iter().map(|(gold, found)| (first(gold), first(found)))));
    let units = |n| -> Vec<Unit<LabelSet>> { rings(n).into_iter().map(|(a, b)| vec![Some(a), Some(b)]).collect() };
    let all: Vec<Unit<LabelSet>> = (0..INTERVIEWS).flat_map(units).collect();
    let scale = Scale::new(&all, masi);
    let coincidences: Vec<_> = (0..INTERVIEWS).map(|n| scale.coincidences(&units(n))).collect();
    let calibration: Vec<Calibration> = (0..INTERVIEWS).map(|n| confidences(n).into_iter().collect()).collect();
    let ranking = Ranking::new(&(0..INTERVIEWS).map(confidences).collect::<Vec<_>>());
    let tables = each(&|n| Table::count(JOBS, CLUSTERS, jobs(n)));
    let item = |(job, cluster): (usize, usize), n: usize| {
        let project = n % PROJECTS * CLUSTERS;
        Item::new([project + cluster], [project + job])
    };
    let items: Vec<Vec<Item>> =
        (0..INTERVIEWS).map(|n| jobs(n).into_iter().map(|one| item(one, n)).collect()).collect();
    let overlaps = Overlaps::new(&items);
    let clusters = |figure: fn(&Table) -> Figure| {
        let tables = &tables;
        move |drawn: &[usize]| {
            mean_of_projects(drawn, |drawn| {
                total(tables, drawn).map_or(Figure::NotComputable(Reason::NoItems), |table| figure(&table))
            })
        }
    };
    let times = [
        timed("macro F1", |drawn| total(&labels, drawn)?.macro_f1().value()),
        timed("kappa", |drawn| cohens_kappa(&total(&primary, drawn)?).value()),
        timed("alpha", |drawn| scale.alpha(&total(&coincidences, drawn)?).value()),
        timed("expected error", |drawn| total(&calibration, drawn)?.expected_error().value()),
        timed("coverage", |drawn| ranking.coverage_at(0.7, drawn).value()),
        timed("adjusted Rand", clusters(adjusted_rand)),
        timed("adjusted information", clusters(adjusted_mutual_information)),
        timed("V", clusters(v_measure)),
        timed("BCubed", |drawn| overlaps.bcubed(drawn).f.value()),
    ];
    assert!(times.iter().map(|(_, time)| time).sum::<Duration>() < Duration::from_secs(5), "{times:?}");
}
