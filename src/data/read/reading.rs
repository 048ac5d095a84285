//! How a table was read, in the words in which a user would say it. It must not know why it was read so.

use crate::data::build::builder::Builder;
use crate::data::model::columns::Columns;
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::model::writing::{Decimal, Delimiter, Each, Encoding, Header, ValueColumns};
use crate::data::shape::plan::{Across, Roles, Who};
use crate::data::shape::sheet::Sheet;

/// Adds to what was said what was found.
pub(crate) fn tell(sheet: &Sheet<'_, '_>, roles: &Roles, builder: &Builder, facts: &mut Facts) {
    let said = &facts.reading;
    // Of several columns of one name, a name means the first.
    let name = |column: usize| {
        let mut names = [sheet.name(column), sheet.title(column)].into_iter();
        let name = names.find(|name| !name.trim().is_empty() && sheet.position(name) == Some(column));
        name.map(str::to_owned)
    };
    let subject = match roles.who {
        Who::Cell(column) => name(column),
        _ => None,
    };
    // Some may have been left out beside others.
    let read = |column: &&usize| builder.decimals.iter().any(|(read, _)| read == *column);
    let values: Option<Vec<String>> = roles.values.iter().filter(read).map(|&column| name(column)).collect();
    let values_are = match (&roles.who, roles.across) {
        _ if roles.values.is_empty() => None,
        (Who::Header, _) => Some(ValueColumns::Subjects),
        (_, Across::Measures) => Some(ValueColumns::Measures),
        (_, Across::Groups) => Some(ValueColumns::Groups),
        (_, Across::Times) => Some(ValueColumns::Dates),
    };
    let only = roles.only.iter().filter_map(|(column, texts)| Some((name(*column)?, texts.clone())));
    let header = facts.header_line.map_or(Header::None, Header::Line);
    let delimiter = facts.delimiter.and_then(|sign| u8::try_from(sign).ok()).map(Delimiter);
    let found = Columns {
        date: roles.date.and_then(name),
        subject,
        group: roles.group.and_then(name),
        values: values.unwrap_or_default(),
        values_are,
        only: only.collect(),
        header: Some(said.header.unwrap_or(header)),
        delimiter,
        decimal: said.decimal.clone().or_else(|| decimal(&builder.decimals, name)),
        dates: said.dates.or(builder.dates),
        year_starts: said.year_starts.or(builder.year_starts),
        ..said.clone()
    };
    facts.reading = found;
}

/// The sign of most columns, and the others by their names; `None` where names do not tell them apart.
fn decimal(
    all: &[(usize, Option<Decimal>)],
    name: impl Fn(usize) -> Option<String>,
) -> Option<Each<Decimal>> {
    let told = || all.iter().filter_map(|&(column, decimal)| Some((column, decimal?)));
    let commas = told().filter(|(_, decimal)| *decimal == Decimal::Comma).count();
    let most = if commas * 2 > told().count() { Decimal::Comma } else { Decimal::Point };
    let others = told().filter(|(_, decimal)| *decimal != most);
    let named: Option<Vec<_>> = others.map(|(column, decimal)| Some((name(column)?, decimal))).collect();
    (!all.is_empty()).then_some(Each { all: Some(most), named: named? })
}

/// Adds the encoding to what was said.
pub(crate) fn tell_encoding(facts: &mut Facts) {
    facts.reading.encoding = facts.reading.encoding.or_else(|| Encoding::named(&facts.encoding));
}

/// Tells of keys that say how a table of text is written, of a file that is none.
pub(crate) fn refuse_keys(what: &str, columns: &Columns, findings: &mut Findings<'_>) {
    let keys = [("delimiter", columns.delimiter.is_some()), ("header", columns.header.is_some())];
    for (key, _) in keys.into_iter().filter(|(_, said)| *said) {
        let file = findings.file;
        findings.fault(|| columns.unsuited(key, &format!("it is {what}"), file));
    }
}
