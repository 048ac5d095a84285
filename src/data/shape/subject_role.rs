//! Which column names the subjects and which splits the measure, or whether the value columns are subjects
//! themselves.

use std::collections::BTreeSet;

use crate::diag::{self, Place, listed};

use crate::data::cells::calendar::{is_year, plain_year};
use crate::data::cells::dates;
use crate::data::cells::describing;
use crate::data::cells::measured;
use crate::data::cells::spans;
use crate::data::cells::words::{self, Meaning};
use crate::data::model::columns::set;
use crate::data::shape::choice::Choice;
use crate::data::shape::evidence::{Candidate, Candidates, Reason, Role};
use crate::data::shape::plan::{Across, Roles, Who};
use crate::data::shape::sheet::Holds;

impl Choice<'_, '_, '_, '_, '_> {
    /// Fills in who is compared, what splits the measure, and what the value columns are.
    pub(crate) fn who(&mut self, roles: &mut Roles, subject: Option<(usize, Reason)>) -> Option<()> {
        if let Some((column, reason)) = subject {
            self.decided.push(Candidates::best_of(Role::Subject, vec![Candidate::new(column, vec![reason])]));
            self.take_subject(roles, column);
            if !roles.distinct {
                self.find_group(roles, column);
            }
            return Some(());
        }
        let candidates = self.subjects(roles.date);
        let Some(best) = candidates.chosen() else { return self.without_text(roles, candidates) };
        let meaning = self.meaning(best);
        if meaning == Meaning::Group && self.constant_subject(roles, best) {
            return Some(());
        }
        if self.names_only_measures(best, roles) {
            self.take_only_measures(roles, best, candidates);
            return Some(());
        }
        if roles.date.is_none() && roles.group.is_none() && self.are_times(&roles.values) {
            self.decided.push(candidates);
            (roles.who, roles.across) = (Who::Cell(best), Across::Times);
            self.findings.note("Took the header's dates as dates, and each row as a subject.");
            return Some(());
        }
        if let Some(why) = self.are_subjects(roles, best) {
            self.decided.push(candidates.instead(Reason::Header(why)));
            self.take_as_group(roles, best);
            return Some(());
        }
        self.take_subject(roles, best);
        self.tell_subject(&candidates, best);
        self.decided.push(candidates);
        if !self.across(roles) {
            self.find_group(roles, best);
        }
        Some(())
    }

    /// Whether the only texts of a table are the names of what is counted in each row.
    pub(crate) fn names_only_measures(&self, best: usize, roles: &Roles) -> bool {
        self.meaning(best) == Meaning::Group
            && self.texts(Holds::Text).len() == 1
            && self.names_measures(best, &roles.values)
    }

    /// Takes them as measures of the file's only subject.
    pub(crate) fn take_only_measures(&mut self, roles: &mut Roles, column: usize, candidates: Candidates) {
        self.tell_measures(column);
        self.decided.push(candidates.instead(Reason::File("its only texts name measures")));
        (roles.who, roles.measured_by) = (Who::Only(self.findings.stem().to_owned()), Some(column));
        self.taken.insert(column);
    }

    pub(crate) fn take_subject(&mut self, roles: &mut Roles, column: usize) {
        (roles.who, roles.owner) = (Who::Cell(column), self.owner(column));
        if let Some(owner) = roles.owner {
            let (owner, name) = (self.sheet.name(owner), self.sheet.name(column));
            self.findings.note(format!("Took columns `{owner}` and `{name}` together as the subject."));
        }
        self.taken.extend([column].into_iter().chain(roles.owner));
    }

    /// Whether several columns of numbers beside a text that names no subjects are the subjects, and why.
    fn are_subjects(&mut self, roles: &mut Roles, best: usize) -> Option<&'static str> {
        let meaning = self.meaning(best);
        if roles.values.iter().any(|&column| self.sheet.span(column).is_some()) {
            return Some("a title above those of the columns of numbers names the measure");
        }
        let is_subject = matches!(meaning, Meaning::Subject(_));
        if !is_subject && roles.date.is_none() && self.part_titles(roles) {
            return Some("the titles of the columns of numbers name them and one measure");
        }
        let measures = self.count_measures(&roles.values);
        let names_subjects = is_subject
            || self.is_index(best, roles.values.len(), measures)
            || roles.values.len() == 1
            || measures == roles.values.len()
            || self.are_unlike(&roles.values, false);
        let wide = match roles.date {
            Some(_) => meaning == Meaning::Group && !names_subjects,
            None => roles.group.is_some() || !names_subjects,
        };
        wide.then_some("the titles of several columns of numbers name them, and no text does")
    }

    fn count_measures(&self, values: &[usize]) -> usize {
        values.iter().filter(|&&column| words::is_measure(self.sheet.name(column))).count()
    }

    /// Decides what several columns of numbers beside a subject are, where their titles name no measures; `false`
    /// where these are left to be measures.
    fn across(&mut self, roles: &mut Roles) -> bool {
        let per_cent = |column: &&usize| self.sheet.name(**column).contains('%');
        let signs = roles.values.iter().filter(per_cent).count();
        let are_groups = roles.date.is_none()
            && roles.values.len() > 1 + signs
            && self.count_measures(&roles.values) == signs
            && roles.group.is_none();
        if !are_groups {
            return false;
        }
        let kept = roles.values.iter().filter(|column| signs == roles.values.len() || !per_cent(column));
        let kept: Vec<usize> = kept.copied().collect();
        let names = listed(kept.iter().take(8).map(|&column| self.sheet.name(column)));
        if self.are_unlike(&kept, false) {
            self.findings.note(format!(
                "Took the columns of numbers as measures of their own, as their sizes tell them apart: {names}."
            ));
        } else {
            roles.across = Across::Groups;
            self.findings.note(format!("Took the columns of numbers as groups of one measure: {names}."));
        }
        true
    }

    /// Makes the best text the group of columns that are subjects.
    fn take_as_group(&mut self, roles: &mut Roles, best: usize) {
        let group = roles.group.unwrap_or(best);
        roles.group = Some(group);
        let reasons = vec![if group == best { Reason::Untitled } else { Reason::Asked }];
        self.decided.push(Candidates::best_of(Role::Group, vec![Candidate::new(group, reasons)]));
        let by = self.sheet.name(group);
        self.findings
            .note(format!("Took the columns of numbers as subjects, and column `{by}` as the group."));
    }

    /// Tells which of several texts is the subject, and of what could as well be it.
    pub(crate) fn tell_subject(&mut self, candidates: &Candidates, best: usize) {
        let Some((decisive, other)) = candidates.decisive() else { return };
        let name = self.sheet.name(best);
        let why = match decisive {
            Reason::Titled(_) => "by its name",
            Reason::EveryRow | Reason::PlaceOfRow => "which has another text in every row",
            Reason::Texts(_) => "which has the fewest distinct texts",
            Reason::Stands(_) => "which stands first",
            _ => "by its name",
        };
        if !matches!(decisive, Reason::Texts(_) | Reason::Stands(_)) {
            return self.findings.note(format!("Took column `{name}` as the subject, {why}."));
        }
        let message = format!(
            "took column `{name}` as the subject, {why}; `{}` could be it, too",
            self.sheet.name(other)
        );
        self.findings.warn("close-subject", None, message, &set("subject", self.sheet.name(other)));
    }

    /// The columns of texts that may name the subjects.
    pub(crate) fn subjects(&self, date: Option<usize>) -> Candidates {
        let texts = self.texts(Holds::Text);
        let plain = |column: &&usize| self.is_prose(**column).is_none();
        let has_plain = texts.iter().any(|column| plain(&column));
        let candidate = |&column: &usize| {
            let own =
                self.names_rows(column) && (date.is_none() || !self.is_keyed_without(column, date, &texts));
            let first = match self.meaning(column) {
                Meaning::Subject(rank) => Reason::Titled(rank),
                Meaning::Place if own => Reason::PlaceOfRow,
                Meaning::Unknown if own => Reason::EveryRow,
                Meaning::Unknown => Reason::Untitled,
                Meaning::Place => Reason::Place,
                Meaning::Group => Reason::Splitter,
            };
            let is_titled = matches!(first, Reason::Titled(_));
            let reasons = vec![first, Reason::Texts(self.distinct(column)), Reason::Stands(column)];
            let short = self
                .abbreviated(column, &texts)
                .map(|other| Reason::Abbreviates(self.sheet.name(other).to_owned()));
            let remark = self.is_remark(column, date).then_some(Reason::Remarks);
            let against =
                short.or(remark).or_else(|| self.is_prose(column).filter(|_| has_plain && !is_titled));
            Candidate::new(column, reasons).unless(against)
        };
        Candidates::best_of(Role::Subject, texts.iter().map(candidate).collect())
    }

    /// Whether another text that nobody knows tells the rows of a date apart, so that one which differs in every row
    /// is not needed for it.
    fn is_keyed_without(&self, column: usize, date: Option<usize>, texts: &[usize]) -> bool {
        let Some(date) = date else { return false };
        let keys = |other: usize| {
            self.sheet.sampled(date).zip(self.sheet.sampled(other)).collect::<BTreeSet<_>>().len()
        };
        let rows = self.sheet.sampled(column).count();
        let others = texts.iter().filter(|&&other| other != column && self.is_prose(other).is_none());
        others.into_iter().any(|&other| keys(other) == rows && self.distinct(other) < rows)
            || self.distinct(date) == rows
    }

    /// Whether a text beside several numbers says something else at every date, of which each has one row: it names
    /// nobody who could be compared.
    fn is_remark(&self, column: usize, date: Option<usize>) -> bool {
        let several =
            self.sheet.holding(Holds::Numbers).into_iter().filter(|other| Some(*other) != date).count() > 1;
        let once = |column: usize| self.distinct(column) == self.sheet.sampled(column).count();
        let unnamed = self.sheet.has_titles() && self.meaning(column) == Meaning::Unknown;
        several && unnamed && once(column) && date.is_some_and(|date| once(date) && self.is_in_step(date))
    }

    /// The names that a column of texts stands for: it says so, or it is short and in capitals, and has one for each.
    fn abbreviated(&self, column: usize, texts: &[usize]) -> Option<usize> {
        let short = |cell: &str| {
            cell.len() <= 4 && cell.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        };
        let cells = || self.sheet.sampled(column).filter(|cell| !cell.is_empty());
        let is_short = describing::is_short(self.sheet.name(column)) || cells().all(short);
        let one_each = |other: &usize| {
            let pairs =
                self.sheet.sampled(column).zip(self.sheet.sampled(*other)).collect::<BTreeSet<_>>().len();
            let longer = self.sheet.sampled(*other).any(|cell| !short(cell));
            *other != column
                && pairs == self.distinct(*other)
                && longer
                && !describing::is_short(self.sheet.name(*other))
        };
        texts.iter().copied().find(one_each).filter(|_| is_short)
    }

    /// Whether a column of texts holds addresses or sentences, which name nobody.
    pub(crate) fn is_prose(&self, column: usize) -> Option<Reason> {
        let cells = || self.sheet.sampled(column).filter(|cell| !cell.is_empty());
        let most = |fits: fn(&&str) -> bool| cells().filter(fits).count() * 2 > cells().count();
        if describing::is_address(self.sheet.name(column)) || most(|cell| cell.contains("://")) {
            return Some(Reason::Addresses);
        }
        most(|cell| cell.split(' ').count() > 5).then_some(Reason::Sentences)
    }

    /// The column that names whose each subject is, where a repository is known by both: `ann/alpha`.
    fn owner(&self, subject: usize) -> Option<usize> {
        const OWNERS: [&str; 12] = [
            "owner",
            "username",
            "user_name",
            "owner_name",
            "org",
            "organization",
            "login",
            "namespace",
            "user",
            "author",
            "account",
            "owner_login",
        ];
        let title = self.sheet.name(subject).to_lowercase();
        let repository = title.contains("repo") || ["name", "project", "package"].contains(&title.as_str());
        let is_owner = |column: &usize| {
            let title = self.sheet.title(*column).to_lowercase().replace(' ', "_");
            *column != subject && OWNERS.contains(&title.as_str())
        };
        let texts = [Holds::Text, Holds::Constant].map(|kind| self.sheet.holding(kind)).concat();
        let plain = || self.sheet.sampled(subject).all(|cell| !cell.contains('/'));
        texts.into_iter().find(is_owner).filter(|_| repository && plain())
    }

    /// Parts titles that say who was counted and what: `VPN Searches`, where all say the same of what.
    pub(crate) fn part_titles(&mut self, roles: &mut Roles) -> bool {
        let titles = || roles.values.iter().map(|&column| self.sheet.title(column));
        let Some(parted) = titles().map(measured::parted).collect::<Option<Vec<_>>>() else { return false };
        let Some(((first, what), others)) = parted.split_first() else { return false };
        let alike = others.iter().all(|(who, other)| other == what && who != first);
        if !alike {
            return false;
        }
        let names = listed(parted.iter().take(8).map(|(who, _)| who));
        let subjects = if others.is_empty() { "subject" } else { "subjects" };
        self.findings
            .note(format!("Took {names} from the header as the {subjects}, and `{what}` as the measure."));
        roles.measure = Some(what.clone());
        roles.called = parted.into_iter().map(|(who, _)| who).collect();
        true
    }

    /// Whether a column of texts is that of a data frame's rows, which has no name: they are subjects where most
    /// columns name what is counted, or where the rows are by far too many for groups.
    fn is_index(&self, column: usize, values: usize, measures: usize) -> bool {
        let rows = self.sheet.located.block_end - self.sheet.located.first;
        let nameless = column == 0 && self.sheet.title(0).is_empty() && self.sheet.has_titles();
        nameless && (measures * 2 >= values || (rows > 12 && rows >= 4 * values))
    }

    /// Takes a subject that is the same in all rows, where the only texts that differ split its measure.
    fn constant_subject(&mut self, roles: &mut Roles, group: usize) -> bool {
        let named = |column: &usize| matches!(self.meaning(*column), Meaning::Subject(_));
        let Some(subject) = self.texts(Holds::Constant).into_iter().find(named) else { return false };
        roles.who = Who::Cell(subject);
        roles.group = roles.group.or(Some(group));
        let titled =
            |role, column, reason| Candidates::best_of(role, vec![Candidate::new(column, vec![reason])]);
        self.decided.push(titled(Role::Subject, subject, Reason::Titled(0)));
        self.decided.push(titled(Role::Group, group, Reason::Splitter));
        let (subject, group) = (self.sheet.name(subject), self.sheet.name(group));
        self.findings
            .note(format!("Took column `{subject}` as the subject and column `{group}` as the group."));
        true
    }

    /// No text tells rows apart: the value columns are subjects, or measures of one subject.
    fn without_text(&mut self, roles: &mut Roles, candidates: Candidates) -> Option<()> {
        let constants = self.texts(Holds::Constant);
        let values = &roles.values;
        let all_measures = values.iter().all(|&column| words::is_measure(self.sheet.name(column)));
        let named = constants.iter().copied().min_by_key(|&column| self.meaning(column));
        let certain = named.is_some_and(|column| matches!(self.meaning(column), Meaning::Subject(_)));
        let only = constants.len() == 1 && (all_measures || !self.sheet.has_titles());
        if let Some(column) = named.filter(|_| certain || only) {
            roles.who = Who::Cell(column);
            let reason = if certain { Reason::Titled(0) } else { Reason::OneText };
            self.decided.push(Candidates::best_of(Role::Subject, vec![Candidate::new(column, vec![reason])]));
            return Some(());
        }
        if roles.date.is_none() && roles.group.is_none() && self.sheet.sample().len() > 1 {
            let place = Place::file(self.findings.file);
            self.findings.fault(|| {
                diag::error("no-names-or-dates", "missing a column of dates or of names")
                    .at(place)
                    .hint("add a column that says what each row is, or name it with `date` or `subject` (`--date`, `--subject`)")
            });
            return None;
        }
        if roles.values.iter().any(|&column| self.sheet.span(column).is_some()) {
            let why = "a title above those of the columns of numbers names the measure";
            self.decided.push(candidates.instead(Reason::Header(why)));
            return Some(());
        }
        if self.part_titles(roles) {
            let why = "the titles of the columns of numbers say who was counted, and what";
            self.decided.push(candidates.instead(Reason::Header(why)));
            return Some(());
        }
        let bare = |column: usize| {
            self.sheet.title(column).is_empty() || words::is_anonymous(self.sheet.title(column))
        };
        let untitled = roles.values.len() == 1 && roles.values.iter().all(|&column| bare(column));
        let stem = self.findings.stem().to_owned();
        if all_measures || untitled {
            let why = "only the measure is named";
            self.findings.note(format!("Took the file's name as the subject, as {why}: {stem}."));
            self.decided.push(candidates.instead(Reason::File(why)));
            roles.who = Who::Only(stem);
        } else if self.are_unlike(&roles.values, true) {
            let names = listed(roles.values.iter().take(8).map(|&column| self.sheet.name(column)));
            self.findings.note(format!(
                "Took the columns of numbers as measures of their own, as their sizes tell them apart: {names}."
            ));
            self.decided.push(candidates.instead(Reason::File("its columns are measures of several kinds")));
            roles.who = Who::Only(stem);
        } else {
            let why = "no column of texts tells rows apart, and the columns of numbers have names";
            self.decided.push(candidates.instead(Reason::Header(why)));
        }
        Some(())
    }

    /// A column of numbers that names the subjects where no text does: versions, categories or keys whose dates
    /// repeat, or of which every row has its own.
    pub(crate) fn numbered_subject(&mut self, date: Option<usize>) -> Option<usize> {
        let free = |column: &usize| !self.taken.contains(column);
        let numbers: Vec<usize> = self.sheet.holding(Holds::Numbers).into_iter().filter(free).collect();
        let texts = self.texts(Holds::Text).len() + self.texts(Holds::Constant).len();
        let rows = |column| self.sheet.sampled(column).count();
        let dates_repeat = date.is_none_or(|date| self.distinct(date) < rows(date));
        if texts > 0 || numbers.len() < 2 || !dates_repeat {
            return None;
        }
        let named = |column: &usize| {
            let (key, meaning) = (words::is_key(self.sheet.name(*column)), self.meaning(*column));
            let (own, subject) =
                (self.distinct(*column) == rows(*column), matches!(meaning, Meaning::Subject(_)));
            match date {
                Some(_) => subject || (!own && (key || meaning == Meaning::Group)),
                None => own && (key || subject || meaning == Meaning::Group),
            }
        };
        let subject = numbers.into_iter().find(named)?;
        self.findings
            .note(format!("Took column `{}` as the subject, by its name.", self.sheet.name(subject)));
        Some(subject)
    }

    /// Whether the value columns are called by dates.
    pub(crate) fn are_times(&self, values: &[usize]) -> bool {
        let titles = || values.iter().map(|&column| self.sheet.title(column));
        let seasons = titles().all(spans::is_season);
        values.len() > 1
            && !seasons
            && (titles().all(dates::is_date) || titles().all(|title| is_year(plain_year(title))))
    }
}
