//! Why a column plays a part: the candidates for each part with their reasons, which the choice compares and
//! `inspect --why` prints. It must not know how reasons are found.

use crate::data::model::decision::Decision;
use crate::data::shape::sheet::Sheet;

/// A part that columns play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Date,
    Subject,
    Group,
    Values,
}

/// What speaks for a column in a part, the strongest first, and below that what speaks against it.
///
/// Of two candidates the one is taken whose first reason that differs stands higher here, or has the smaller number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// The user, or what is known of the source, names it for this part.
    Asked,
    /// Its title says so, the more surely the smaller the number.
    Titled(usize),
    /// Its title names a place, and every row has another one.
    PlaceOfRow,
    /// It has another text in every row.
    EveryRow,
    /// Its title says nothing of it.
    Untitled,
    /// Its title names a place.
    Place,
    /// Its title names what splits a measure.
    Splitter,
    /// Its cells can be nothing but dates.
    Dates,
    /// Its cells are numbers that read as dates.
    BareDates,
    /// Its cells are numbers.
    Numbers,
    /// Rows that are alike otherwise differ in it; so many are alike all the same.
    Parts(usize),
    /// It holds so many different texts.
    Texts(usize),
    /// It stands here, from the left.
    Stands(usize),

    /// The titles of the columns of numbers are what is asked for: why.
    Header(&'static str),
    /// The whole file is of one subject: why.
    File(&'static str),

    /// It is a date or a year that describes what this other column names, in every row another.
    Describes(String),
    /// It stands far to the right under a title that names no date.
    Elsewhere,
    /// It numbers the rows, or what they are of.
    Counter,
    /// It holds the codes of what another column names.
    Code,
    /// It stands for the names in another column.
    Abbreviates(String),
    /// It holds the versions of what another column names.
    Versions,
    /// It holds degrees on a map.
    Coordinates,
    /// It holds years in which something began.
    Years,
    /// It counts what a number is of.
    Bookkeeping,
    /// It answers yes or no.
    Flag,
    /// It holds addresses.
    Addresses,
    /// It holds sentences.
    Sentences,
    /// It says something else at every date.
    Remarks,
    /// It does not stand under the title that spans the others.
    Beside(String),
    /// It is the sum of the columns beside it.
    Sum,
    /// It holds the same text in every row.
    OneText,
    /// It tells no rows apart that are alike otherwise.
    PartsNothing,
}

/// A column that may play a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) column: usize,
    /// What speaks for it, the strongest first.
    pub(crate) reasons: Vec<Reason>,
    /// What forbids it.
    pub(crate) against: Option<Reason>,
}

impl Candidate {
    pub(crate) fn new(column: usize, reasons: Vec<Reason>) -> Self {
        Candidate { column, reasons, against: None }
    }

    pub(crate) fn unless(mut self, against: Option<Reason>) -> Self {
        self.against = against;
        self
    }

    /// What orders candidates: nobody who is forbidden comes before one who is not.
    fn strength(&self) -> (Option<&Reason>, &[Reason]) {
        (self.against.as_ref(), &self.reasons)
    }
}

/// The candidates for a part, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidates {
    pub(crate) role: Role,
    all: Vec<Candidate>,
    /// What plays the part where no column does.
    instead: Option<Reason>,
    /// How many of the candidates play the part.
    taken: usize,
}

impl Candidates {
    /// Puts candidates in order; the best one plays the part, if any may.
    pub(crate) fn best_of(role: Role, all: Vec<Candidate>) -> Self {
        let mut found = Self::all_of(role, all);
        found.taken = found.taken.min(1);
        found
    }

    /// Puts candidates in order; all that nothing forbids play the part.
    pub(crate) fn all_of(role: Role, mut all: Vec<Candidate>) -> Self {
        all.sort_by(|a, b| a.strength().cmp(&b.strength()));
        let taken = all.iter().take_while(|candidate| candidate.against.is_none()).count();
        Candidates { role, all, instead: None, taken }
    }

    /// Nobody plays the part but what the reason names.
    pub(crate) fn instead(mut self, reason: Reason) -> Self {
        (self.instead, self.taken) = (Some(reason), 0);
        self
    }

    /// The column that plays the part.
    pub(crate) fn chosen(&self) -> Option<usize> {
        self.columns().next()
    }

    /// All columns that play the part.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.all.iter().take(self.taken).map(|candidate| candidate.column)
    }

    /// Those that were left out, with what forbids them.
    pub(crate) fn forbidden(&self) -> impl Iterator<Item = (usize, &Reason)> {
        self.all.iter().filter_map(|candidate| Some((candidate.column, candidate.against.as_ref()?)))
    }

    /// What decides between the chosen column and the next one, and that column; `None` where there is no other.
    pub(crate) fn decisive(&self) -> Option<(&Reason, usize)> {
        let (first, second) = (self.all.first().filter(|_| self.taken == 1)?, self.all.get(1)?);
        let differs = first.reasons.iter().zip(&second.reasons).find(|(one, other)| one != other)?.0;
        second.against.is_none().then_some((differs, second.column))
    }

    /// The same in words, for whoever asks why.
    pub(crate) fn decision(&self, sheet: &Sheet<'_, '_>) -> Decision {
        let name = |candidate: &Candidate| sheet.name(candidate.column).to_owned();
        let columns: Vec<String> = self.all.iter().take(self.taken).map(name).collect();
        let it = if self.taken > 1 { "each" } else { "it" };
        let because = match &self.instead {
            Some(instead) => vec![instead.in_words(it)],
            None => self.deciding().map(|reason| reason.in_words(it)).collect(),
        };
        let others = self.all.iter().skip(self.taken);
        let others = others.map(|candidate| (name(candidate), self.why_not(candidate))).collect();
        Decision { role: self.role.name(), columns, because, others }
    }

    /// The reasons that decided for the first: up to the one that sets it apart from the next, or without another all
    /// that do not only set it apart.
    fn deciding(&self) -> impl Iterator<Item = &Reason> {
        let first = self.all.iter().take(self.taken.min(1)).flat_map(|candidate| &candidate.reasons);
        let rival = self.all.get(1).filter(|rival| self.taken == 1 && rival.against.is_none());
        let differs = |rival: &Candidate| {
            let own = self.all.first().map(|candidate| candidate.reasons.as_slice()).unwrap_or_default();
            own.iter().zip(&rival.reasons).take_while(|(own, other)| own == other).count() + 1
        };
        let last = rival.map_or(usize::MAX, differs);
        let is_decided = rival.is_some();
        let apart =
            move |reason: &&Reason| is_decided || !matches!(reason, Reason::Texts(_) | Reason::Stands(_));
        first.take(last).filter(apart)
    }

    /// Why a candidate does not play the part.
    fn why_not(&self, candidate: &Candidate) -> String {
        match (&candidate.against, &self.instead) {
            (Some(reason), _) | (None, Some(reason)) => reason.in_words("it"),
            (None, None) => {
                let best = self.all.first().map(|best| best.reasons.as_slice()).unwrap_or_default();
                let differs = candidate.reasons.iter().zip(best).find(|(own, other)| own != other);
                differs.map_or_else(String::new, |(own, _)| own.beside_the_chosen())
            }
        }
    }
}

impl Role {
    /// As results name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Date => "date",
            Role::Subject => "subject",
            Role::Group => "group",
            Role::Values => "values",
        }
    }
}

impl Reason {
    /// The reason, as a sentence without its stop, of `it`, or of `each` of several.
    fn in_words(&self, it: &str) -> String {
        match self {
            Reason::Asked => format!("{it} is named for this part"),
            Reason::Titled(_) => "its title says so".into(),
            Reason::PlaceOfRow => "its title names a place, another one in every row".into(),
            Reason::EveryRow => format!("{it} has another text in every row"),
            Reason::Untitled => "its title says nothing of it".into(),
            Reason::Place => "its title names a place".into(),
            Reason::Splitter => "its title names what splits a measure".into(),
            Reason::Dates => format!("{it} holds dates"),
            Reason::BareDates => "its numbers read as dates".into(),
            Reason::Numbers => format!("{it} holds numbers"),
            Reason::Parts(_) => format!("{it} tells the most rows apart that are alike otherwise"),
            Reason::Texts(_) => format!("{it} holds the fewest different texts"),
            Reason::Stands(_) => format!("{it} stands first"),
            Reason::Header(why) | Reason::File(why) => (*why).to_owned(),
            against => format!("{it} {}", against.predicate(true)),
        }
    }

    /// The same of a candidate that another one is better than for this reason.
    fn beside_the_chosen(&self) -> String {
        match self {
            Reason::Titled(_) => "its title says so less surely".into(),
            Reason::Parts(_) => "it tells fewer rows apart".into(),
            Reason::Texts(_) => "it holds more different texts".into(),
            Reason::Stands(_) => "it stands further right".into(),
            other => other.in_words("it"),
        }
    }

    /// What columns do that speaks against them: `Left out x, which number the rows`.
    pub(crate) fn predicate(&self, single: bool) -> String {
        let of = |one: &str, several: &str| if single { one.to_owned() } else { several.to_owned() };
        match self {
            Reason::Describes(named) => format!("{} each `{named}`", of("describes", "describe")),
            Reason::Elsewhere => {
                format!("{} far to the right under a title that names no date", of("stands", "stand"))
            }
            Reason::Counter => of("numbers the rows", "number the rows"),
            Reason::Code => of("is a code of what the rows name", "are codes of what the rows name"),
            Reason::Abbreviates(names) => format!("{} for `{names}`", of("stands", "stand")),
            Reason::Versions => format!("{} versions", of("holds", "hold")),
            Reason::Coordinates => format!("{} degrees on a map", of("holds", "hold")),
            Reason::Years => format!("{} when something began", of("says", "say")),
            Reason::Bookkeeping => format!("{} what a number is of", of("counts", "count")),
            Reason::Flag => format!("{} yes or no", of("answers", "answer")),
            Reason::Addresses => format!("{} addresses", of("holds", "hold")),
            Reason::Sentences => format!("{} sentences", of("holds", "hold")),
            Reason::Remarks => format!("{} something else at every date", of("says", "say")),
            Reason::Beside(title) => {
                format!("{} under \"{title}\", as the others do", of("does not stand", "do not stand"))
            }
            Reason::Sum => of("is the sum of the others", "are the sums of the others"),
            Reason::OneText => format!("{} the same text in every row", of("holds", "hold")),
            Reason::PartsNothing => {
                format!("{} no rows apart that are alike otherwise", of("tells", "tell"))
            }
            _ => self.in_words("it"),
        }
    }
}
