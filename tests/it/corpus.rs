//! The gold corpus: split by project, no statement told twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use ringwerk::error::{Explain, Tongue};
use ringwerk::gold::{GoldProject, Split, read_projects};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold")
}

/// A respondent's statement as the runs of three words in it.
struct Told {
    interview: String,
    text: String,
    runs: BTreeSet<String>,
}

/// Statements of six words and more; shorter ones repeat in any language.
fn told(projects: &[GoldProject]) -> Vec<Told> {
    let mut all = Vec::new();
    for gold in projects.iter().flat_map(|project| &project.interviews) {
        let answers = gold.statements.iter().filter(|statement| gold.transcript.is_respondent(statement));
        for statement in answers {
            let text = statement.span.of(gold.transcript.text());
            let lower = text.to_lowercase();
            let words: Vec<&str> =
                lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            if words.len() >= 6 {
                let runs = words.windows(3).map(|run| run.join(" ")).collect();
                all.push(Told { interview: gold.transcript.id.clone(), text: text.to_owned(), runs });
            }
        }
    }
    all
}

/// Half of the runs of three words in common: the same sentence with a few words changed.
#[test]
fn no_statement_is_told_in_two_interviews() {
    let told = told(&read_projects(&folder()).unwrap());
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, one) in told.iter().enumerate() {
        one.runs.iter().for_each(|run| places.entry(run).or_default().push(index));
    }
    let mut repeated = Vec::new();
    for (index, one) in told.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for &other in one.runs.iter().flat_map(|run| &places[run.as_str()]) {
            if other > index && told[other].interview != one.interview {
                *shared.entry(other).or_default() += 1;
            }
        }
        for (other, count) in shared {
            let other = &told[other];
            if 2 * count >= one.runs.union(&other.runs).count() {
                repeated.push(format!("{}: {}\n{}: {}", one.interview, one.text, other.interview, other.text));
            }
        }
    }
    assert!(repeated.is_empty(), "{} pairs:\n{}", repeated.len(), repeated.join("\n\n"));
}

#[test]
fn every_project_has_one_part_and_every_part_its_projects() {
    let projects = read_projects(&folder()).unwrap();
    let split = Split::read(&folder(), &projects).unwrap().unwrap();
    let mut named = [split.train, split.development, split.test, split.demonstration].concat();
    named.sort();
    let there: Vec<String> = projects.into_iter().map(|project| project.id).collect();
    assert_eq!(named, there);
}

#[test]
fn every_project_has_four_interviews_and_four_to_eight_jobs() {
    for project in read_projects(&folder()).unwrap() {
        assert_eq!(project.interviews.len(), 4, "{}", project.id);
        assert!((4..=8).contains(&project.jobs.len()), "{}: {} jobs", project.id, project.jobs.len());
        assert!(project.interviews.iter().all(|gold| gold.project == project.id), "{}", project.id);
    }
}

/// Training draws among them, so one that is told twice or belongs to another job would teach the wrong thing; and what is
/// measured must not depend on them.
#[test]
fn other_wordings_of_jobs_are_all_different_and_only_where_is_learned() {
    let projects = read_projects(&folder()).unwrap();
    let split = Split::read(&folder(), &projects).unwrap().unwrap();
    let mut seen = BTreeSet::new();
    for project in projects {
        let learned = split.train.contains(&project.id);
        assert_eq!(!project.wordings.is_empty(), learned, "{}", project.id);
        for job in project.jobs.iter().filter(|_| learned) {
            let wordings = project.wordings.get(&job.id).map_or(&[][..], Vec::as_slice);
            assert!(wordings.len() >= 3, "{} {}: {} wordings", project.id, job.id, wordings.len());
            for wording in wordings {
                assert!(seen.insert(wording.to_lowercase()), "{} {}: told twice: {wording}", project.id, job.id);
            }
        }
    }
}

#[test]
fn wordings_of_an_unknown_job_and_unreadable_ones_are_faults_with_file_and_line() {
    let project = tempfile::tempdir().unwrap();
    for file in ["jobs.json", "agentur-01.json"] {
        std::fs::copy(folder().join("agentur").join(file), project.path().join(file)).unwrap();
    }
    let faults = |wordings: &str| {
        std::fs::write(project.path().join("wordings.toml"), wordings).unwrap();
        read_projects(project.path()).map(|_| ()).map_err(|error| error.explain(Tongue::English))
    };
    assert_eq!(faults("gefunden = [\"Sichtbar sein\"]\n"), Ok(()));
    let unknown = faults("gesucht = [\"Sichtbar sein\"]\n").unwrap_err();
    assert!(unknown.ends_with("wordings.toml: unknown job \"gesucht\"; expected: one of jobs.json"), "{unknown}");
    let unreadable = faults("gefunden = []\npuenktlich = 3\n").unwrap_err();
    assert!(unreadable.contains("wordings.toml:2: cannot be read"), "{unreadable}");
}

/// They are read beside the statements in order, so one too many or too few would belong to the wrong ones.
#[test]
fn needs_are_listed_only_where_is_learned_and_one_for_each_statement_with_a_job() {
    let projects = read_projects(&folder()).unwrap();
    let split = Split::read(&folder(), &projects).unwrap().unwrap();
    for project in projects {
        assert_eq!(!project.needs.is_empty(), split.train.contains(&project.id), "{}", project.id);
        for (interview, needs) in &project.needs {
            let words = |need: &String| need.split_whitespace().count();
            assert!(needs.iter().all(|need| (2..=12).contains(&words(need))), "{interview}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for file in ["jobs.json", "agentur-01.json"] {
        std::fs::copy(self::folder().join("agentur").join(file), folder.path().join(file)).unwrap();
    }
    std::fs::write(folder.path().join("needs.toml"), "agentur-01 = [\"sichtbar sein\"]\nagentur-09 = []\n").unwrap();
    let faults = read_projects(folder.path()).unwrap_err().explain(Tongue::English);
    assert!(faults.contains("needs.toml: 1 texts for \"agentur-01\"; expected:"), "{faults}");
}
