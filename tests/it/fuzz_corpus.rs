//! Inputs that a fuzzer found, each replayed through its target: what once crashed, hung or broke a
//! promise (named for it), and a small corpus that reaches what is known (named by number).

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::fuzz_targets::TARGETS;

/// An input takes milliseconds; one that takes this long, unoptimised and on a busy machine, has blown up.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn every_input_that_was_kept_passes() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz");
    for (name, target) in TARGETS {
        let folder = fixtures.join(name);
        let mut inputs: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        inputs.sort();
        assert!(inputs.len() > 20, "{} has {} inputs", folder.display(), inputs.len());
        for path in inputs {
            let bytes = fs::read(&path).unwrap();
            let start = Instant::now();
            if std::panic::catch_unwind(|| target(&bytes)).is_err() {
                panic!("{} breaks its target", path.display());
            }
            assert!(start.elapsed() < LONG, "{} took {:?}", path.display(), start.elapsed());
        }
    }
}
