//! How a file on disk stands to what it should be: whose it is, whether it is
//! up to date, and if not, why. `render` and `check` both go by this.

use std::path::Path;

use crate::artifact::{Found, look, reason, shown};
use crate::diag::{self, Diagnostic, Place, Report, listed};
use crate::export::Export;
use crate::export::record::{Record, Touch, open, sha256, with_own_line_ends};

/// Why a file differs whose line ends alone were rewritten.
pub(crate) const LINE_ENDS: &str = "line ends changed";
const BY_HAND: &str = "edited by hand";

/// What a file should be.
pub(super) struct Expected<'a> {
    /// What it is.
    pub(super) export: &'a Export,
    /// What it is made from.
    pub(super) record: Record,
    /// Its bytes; `None` where its record is enough to judge it by.
    pub(super) bytes: Option<&'a [u8]>,
    /// The record of the page on disk, which may vouch for a file without one, and the file's name there.
    pub(super) page: Option<(&'a Record, &'a str)>,
    /// Whether a file of data, whose hash was this, has other line ends now and no other change.
    pub(super) is_rewritten: &'a dyn Fn(&str, &str) -> bool,
}

/// How a file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is what it should be.
    Same,
    /// There is none.
    Missing,
    /// popchart wrote it, from something else.
    Drifted(Vec<String>),
    /// popchart wrote it, and somebody has edited it since.
    Edited(Vec<String>),
    /// popchart did not write it.
    Foreign,
    /// It is the gallery of another manifest of the folder.
    Others,
    /// It is no regular file but what is named.
    Special(&'static str),
}

/// Judges what was found under a file's name.
pub(super) fn judge(found: &Found, expected: &Expected<'_>) -> Verdict {
    let old = match found {
        Found::Nothing => return Verdict::Missing,
        Found::Other(kind) => return Verdict::Special(kind),
        Found::File(old) if expected.bytes == Some(old) => return Verdict::Same,
        Found::File(old) => old,
    };
    let opened = match (&expected.export.slot, expected.page) {
        (Some(slot), _) => open(slot, old),
        (None, Some((page, name))) => touched(old, page, name).map(|touch| (page.clone(), touch)),
        (None, None) => None,
    };
    let Some((was, touch)) = opened else { return Verdict::Foreign };
    let is_of_it = |was: &Record| Record { artifact: String::new(), ..was.clone() } == expected.record;
    match touch {
        Touch::None if expected.bytes.is_none() && is_of_it(&was) => Verdict::Same,
        Touch::None | Touch::LineEnds => Verdict::Drifted(reasons(&was, touch, expected)),
        Touch::Hand => Verdict::Edited(reasons(&was, touch, expected)),
    }
}

/// What became of a file for which a page vouches; `None` where it does not.
pub(super) fn touched(bytes: &[u8], page: &Record, name: &str) -> Option<Touch> {
    let hashes: Vec<&str> = page.vouched().filter(|(of, _)| *of == name).map(|(_, hash)| hash).collect();
    let is_one = |bytes: &[u8]| hashes.contains(&sha256(bytes).as_str());
    if hashes.is_empty() {
        None
    } else if is_one(bytes) {
        Some(Touch::None)
    } else if with_own_line_ends(bytes).is_some_and(|own| is_one(&own)) {
        Some(Touch::LineEnds)
    } else {
        Some(Touch::Hand)
    }
}

/// Why a file is not what it should be, as far as its record tells.
fn reasons(was: &Record, touch: Touch, expected: &Expected<'_>) -> Vec<String> {
    let now = &expected.record;
    let mut why: Vec<String> = match touch {
        Touch::None => Vec::new(),
        Touch::LineEnds => vec![LINE_ENDS.to_owned()],
        Touch::Hand => vec![BY_HAND.to_owned()],
    };
    if was.figure != now.figure {
        why.push(match was.figure.as_str() {
            "" => "written as the gallery".to_owned(),
            other => format!("written for figure `{other}`"),
        });
        return why;
    }
    let differs = |path: &str, old: &str| now.data.get(path).is_some_and(|hash| hash != old);
    let different = was.data.iter().filter(|(path, old)| differs(path, old));
    let (rewritten, changed): (Vec<_>, Vec<_>) =
        different.partition(|(path, old)| (expected.is_rewritten)(path, old));
    let same_files = was.data.keys().eq(now.data.keys());
    let names = |files: Vec<(&String, &String)>| listed(files.into_iter().map(|(path, _)| path));
    if !rewritten.is_empty() {
        why.push(format!("{LINE_ENDS}: {}", names(rewritten)));
    }
    if !changed.is_empty() {
        why.push(format!("data changed: {}", names(changed)));
    } else if was.shows != now.shows || !same_files || was.source != now.source {
        why.push("manifest changed".to_owned());
    }
    if was.style != now.style {
        why.push(format!("popchart's style changed: {} was {}", now.style, was.style));
    }
    if why.is_empty() {
        let interrupted = !was.replacing.is_empty();
        why.push(if interrupted { "a run was interrupted" } else { "popchart changed" }.to_owned());
    }
    why
}

impl Verdict {
    /// Why a file may not be replaced; `None` where it may. `elsewhere` is the way out of a foreign file's way.
    pub(super) fn refusal(&self, path: &Path, force: bool, elsewhere: &str) -> Option<Diagnostic> {
        let refused = match self {
            Verdict::Edited(_) if !force => {
                diag::error("edited-file", "cannot replace a file that was edited by hand")
                    .hint("replace it with `--force`, or move it away")
            }
            Verdict::Foreign => {
                diag::error("foreign-file", "cannot replace a file that popchart did not write")
                    .hint(format!("move it away, or {elsewhere}"))
            }
            Verdict::Others => {
                diag::error("shared-gallery", "cannot replace the gallery of another manifest of the folder")
                    .hint(format!("{elsewhere}, or remove it"))
            }
            Verdict::Special(kind) => {
                diag::error("special-file", format!("expected a regular file, found {kind}"))
                    .hint(format!("remove it, or {elsewhere}"))
            }
            Verdict::Same | Verdict::Missing | Verdict::Drifted(_) | Verdict::Edited(_) => return None,
        };
        Some(refused.at(Place::file(shown(path))))
    }

    /// Why a file is not what it should be.
    pub(super) fn why(self) -> Vec<String> {
        match self {
            Verdict::Same | Verdict::Missing => Vec::new(),
            Verdict::Drifted(why) | Verdict::Edited(why) => why,
            Verdict::Foreign => {
                vec!["it has no record of popchart's: edited by hand or made by something else".to_owned()]
            }
            Verdict::Others => vec!["the gallery of another manifest of the folder".to_owned()],
            Verdict::Special(kind) => vec![format!("it is {kind}")],
        }
    }
}

/// Whether a picture outside of a project may be written under a name.
///
/// # Errors
/// When something stands there that popchart did not write, or that was edited since and `force` is not set.
pub(crate) fn writable(path: &Path, export: &Export, force: bool) -> Result<(), Report> {
    let found = look(path).map_err(|error| unreadable(path, &error))?;
    let verdict = match &found {
        Found::Nothing => Verdict::Missing,
        Found::Other(kind) => Verdict::Special(kind),
        Found::File(bytes) => match export.slot.as_ref().and_then(|slot| open(slot, bytes)) {
            Some((_, Touch::Hand)) => Verdict::Edited(Vec::new()),
            Some(_) => Verdict::Drifted(Vec::new()),
            None => Verdict::Foreign,
        },
    };
    verdict.refusal(path, force, "name another file with `-o`").map_or(Ok(()), |refusal| Err(refusal.into()))
}

/// That a file cannot be read.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Report {
    let message = format!("failed to read: {}", reason(error));
    diag::error("unreadable-file", message).at(Place::file(shown(path))).into()
}

/// That a file cannot be written.
pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Report {
    let message = format!("failed to write: {}", reason(error));
    diag::error("unwritable-file", message).at(Place::file(shown(path))).into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::export::record::seal;
    use crate::export::{self, page};

    fn record(data: &[(&str, &str)], shows: &str, style: u32) -> Record {
        Record {
            figure: "stars".into(),
            style,
            data: data.iter().map(|(p, h)| ((*p).to_owned(), (*h).to_owned())).collect::<BTreeMap<_, _>>(),
            shows: shows.into(),
            source: String::new(),
            dates: Vec::new(),
            thinned: None,
            drawing: None,
            beside: BTreeMap::new(),
            replacing: BTreeMap::new(),
            artifact: String::new(),
        }
    }

    fn file(bytes: &[u8]) -> Found {
        Found::File(bytes.to_vec())
    }

    #[test]
    fn every_cause_has_its_reason() {
        let old = record(&[("a.csv", "1"), ("b.csv", "2")], "x", 1);
        let sealed = seal(&page::SLOT, b"# Stars\n", &old);
        let verdict = |bytes: &[u8], record| {
            let expected = Expected {
                export: &page::EXPORT,
                record,
                bytes: Some(b"fresh"),
                page: None,
                is_rewritten: &|path, _| path == "c.csv",
            };
            judge(&file(bytes), &expected)
        };
        let drifted = |why: &str| Verdict::Drifted(vec![why.to_owned()]);
        let data = [("a.csv", "1"), ("b.csv", "2")];
        let changed = record(&[("a.csv", "1"), ("b.csv", "9")], "y", 1);
        assert_eq!(verdict(&sealed, changed), drifted("data changed: `b.csv`"));
        assert_eq!(verdict(&sealed, record(&data, "y", 1)), drifted("manifest changed"));
        assert_eq!(verdict(&sealed, record(&[("a.csv", "1")], "x", 1)), drifted("manifest changed"));
        assert_eq!(verdict(&sealed, record(&data, "x", 2)), drifted("popchart's style changed: 2 was 1"));
        assert_eq!(verdict(&sealed, old.clone()), drifted("popchart changed"));
        let ends = record(&[("a.csv", "1"), ("b.csv", "2"), ("c.csv", "3")], "x", 1);
        let sealed_ends = seal(&page::SLOT, b"# Stars\n", &ends);
        let now = record(&[("a.csv", "1"), ("b.csv", "2"), ("c.csv", "4")], "x", 1);
        assert_eq!(verdict(&sealed_ends, now), drifted("line ends changed: `c.csv`"));
        let replacing = BTreeMap::from([("stars.csv".into(), "1".into())]);
        let sealed_by_killed = seal(&page::SLOT, b"# Stars\n", &Record { replacing, ..old.clone() });
        assert_eq!(verdict(&sealed_by_killed, old.clone()), drifted("a run was interrupted"));
        let other = Record { figure: "jobs".into(), ..old.clone() };
        assert_eq!(verdict(&sealed, other), drifted("written for figure `stars`"));
        let rewritten = String::from_utf8(sealed.clone()).unwrap().replace('\n', "\r\n");
        assert_eq!(verdict(rewritten.as_bytes(), old.clone()), drifted("line ends changed"));
        let edited = [b"! ".as_slice(), &sealed].concat();
        assert_eq!(verdict(&edited, old.clone()), Verdict::Edited(vec!["edited by hand".to_owned()]));
        assert_eq!(verdict(b"# Stars\n", old.clone()), Verdict::Foreign);
        assert_eq!(verdict(b"fresh", old), Verdict::Same);
    }

    #[test]
    fn values_are_ours_where_their_page_says_so() {
        let was = record(&[("a.csv", "1")], "x", 1);
        let now = record(&[("a.csv", "2")], "x", 1);
        let was = Record { beside: BTreeMap::from([("s.csv".into(), sha256(b"a,b\n1,2\n"))]), ..was };
        let verdict = |bytes: &[u8], page| {
            let (record, bytes_now) = (now.clone(), Some(b"a,b\n3,4\n".as_slice()));
            judge(
                &file(bytes),
                &Expected {
                    export: &export::csv::EXPORT,
                    record,
                    bytes: bytes_now,
                    page,
                    is_rewritten: &|_, _| false,
                },
            )
        };
        let page = Some((&was, "s.csv"));
        let data = "data changed: `a.csv`".to_owned();
        assert_eq!(verdict(b"a,b\n1,2\n", page), Verdict::Drifted(vec![data.clone()]));
        assert_eq!(verdict(b"a,b\r\n1,2\r\n", page), Verdict::Drifted(vec![LINE_ENDS.into(), data.clone()]));
        assert_eq!(verdict(b"a,b\n1,9\n", page), Verdict::Edited(vec![BY_HAND.into(), data]));
        // A run was killed that was about to replace them.
        let killed = Record { replacing: BTreeMap::from([("s.csv".into(), sha256(b"a\n"))]), ..was.clone() };
        for bytes in ["a\n", "a,b\n1,2\n"] {
            let verdict = verdict(bytes.as_bytes(), Some((&killed, "s.csv")));
            assert!(matches!(verdict, Verdict::Drifted(_)), "{verdict:?}");
        }
        assert_eq!(verdict(b"a,b\n1,2\n", Some((&was, "other.csv"))), Verdict::Foreign);
        assert_eq!(verdict(b"a,b\n1,2\n", None), Verdict::Foreign);
        assert_eq!(verdict(b"a,b\n3,4\n", None), Verdict::Same);
    }
}
