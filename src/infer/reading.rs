//! How files are read as the keys of a dataset: what a user says of it, or what was found.

use crate::data::{
    Basis, Columns, DateOrder, Decimal, Delimiter, Each, Encoding, Header, Unit, ValueColumns,
};
use crate::infer::text::{Text, quoted};
use crate::time::period::MONTHS;

/// Writes all that is said.
pub(super) fn write(columns: &Columns, text: &mut Text) {
    text.string("encoding", columns.encoding.map(Encoding::name));
    text.string("sheet", columns.sheet.as_deref());
    text.string("delimiter", columns.delimiter.map(Delimiter::name).as_deref());
    match columns.header {
        Some(Header::Line(line)) => text.number("header", Some(line)),
        Some(none) => text.string("header", Some(&none.to_string())),
        None => {}
    }
    text.string("date", columns.date.as_deref());
    text.string("dates", columns.dates.map(DateOrder::name));
    let month = columns.year_starts.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    text.string("year_starts", month.copied());
    text.string("subject", columns.subject.as_deref());
    text.string("group", columns.group.as_deref());
    text.strings("values", &columns.values);
    text.string("values_are", columns.values_are.map(ValueColumns::name));
    each("decimal", columns.decimal.as_ref(), Decimal::name, text);
    each("unit", columns.unit.as_ref(), Unit::name, text);
    each("basis", columns.basis.as_ref(), Basis::name, text);
    text.strings("same", &columns.same);
    if !columns.only.is_empty() {
        let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
        let one = |(column, texts): &(String, Vec<String>)| format!("{} = [{}]", quoted(column), list(texts));
        let all: Vec<String> = columns.only.iter().map(one).collect();
        text.line(&format!("only = {{ {} }}", all.join(", ")));
    }
    text.strings("leave_out", &columns.leave_out);
}

/// One word for all columns, or one for each.
fn each<T: Copy>(key: &str, said: Option<&Each<T>>, name: fn(T) -> &'static str, text: &mut Text) {
    let Some(Each { all, named }) = said else { return };
    if named.is_empty() {
        return text.string(key, all.map(name));
    }
    let others = all.map(|all| ("*", all)).into_iter();
    let named = named.iter().map(|(column, one)| (column.as_str(), *one));
    let one = |(column, one): (&str, T)| format!("{} = {}", quoted(column), quoted(name(one)));
    let all: Vec<String> = others.chain(named).map(one).collect();
    text.line(&format!("{key} = {{ {} }}", all.join(", ")));
}
