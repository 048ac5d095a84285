//! Which figure data make: the chart, the measure, the dates. Who is shown is decided elsewhere.

use crate::data::{self, Anchor, Completeness, Dataset, JoinKeys, Joining, Value, measure_words, narrow};
use crate::diag::{self, Place, Report, listed};
use crate::figure::Kind;
use crate::infer::plan::{Asked, Choice, Plan, measure};
use crate::infer::sketch::{self, dates};
use crate::infer::who;
use crate::infer::words::{self, Shown};
use crate::kind::{self, Shape};
use crate::spec::LastPeriod;
use crate::text::Fonts;
use crate::text::plain::Plain;
use crate::time::period::Period;

/// Groups counted at more dates than this each are lines over time, at fewer the bars of their last date.
const GROUPED_DATES: usize = 6;

/// Most panels of facets.
const PANELS: usize = 6;

/// What a user changes to have files joined in another way.
const KEYS: JoinKeys =
    JoinKeys { anchor: "`--anchor`", measure: "`--measure`", apart: "plot each file alone" };

/// Chooses the figure.
pub(super) fn choose(read: &[Dataset], asked: &Asked, fonts: &Fonts) -> Result<(Plan, Report), Report> {
    let mut choice = Choice::default();
    let mut data = joined(read, asked, &mut choice.plan)?;
    sketch::drop_repeated(&mut data);
    part_dates(&mut data, &mut choice.plan);
    let words = part_measures(&mut data, asked, &mut choice)?;
    let words = match (data.subjects.as_slice(), data.groups.len()) {
        // Its groups are all that is left to name.
        ([only], 2..)
            if !read.iter().any(|data| words::file_name(data.file()).starts_with(only.as_str())) =>
        {
            format!("{words} of {only}")
        }
        _ => words,
    };
    leave_out_lone_shares(&mut data, &mut choice)?;
    part_groups(&mut data, &mut choice.plan);
    let chart = kind::best(&shape(&data));
    judge_last_period(asked, chart, &mut data, &mut choice.plan)?;
    if chart.keeps_groups {
        who::groups(asked, &mut data, &mut choice);
    }
    if chart.has_panels {
        choice.note("Each panel has a scale of its own");
    }
    let singles = chart.shows_span && who::leave_out_singles(&mut data, &mut choice);
    let total = sketch::count_valued(&data);
    let leaders = who::subjects(asked, (chart, singles), &mut data, &mut choice);
    let total = total.max(data.subjects.len());
    if chart.shows_span && sketch::has_gaps(&data) {
        choice.note("Lines break where values are missing");
    }
    let mut plain = Plain::new(None);
    let labels: Vec<String> = data.subjects.iter().map(|name| plain.name(name)).collect();
    let measure = plain.name(&words);
    let shown = Shown { chart, data: &data, labels: &labels, leaders: &leaders, total, measure: &measure };
    choice.plan.chart = if chart.shows_span { over_time(&data) } else { chart }.name;
    choice.plan.title = words::title(&shown, asked.title.as_deref());
    choice.plan.subtitle = words::subtitle(&shown, &mut plain);
    choice.plan.quantity = (!chart.has_panels).then(|| words::quantity(&measure));
    choice.plan.source = words::source(read);
    choice.plan.leaders = leaders.iter().filter_map(|index| data.subjects.get(*index)).cloned().collect();
    let note: Vec<String> =
        choice.notes.iter().map(|sentence| words::braced(&format!("{sentence}."))).collect();
    choice.plan.note = note.join(" ");
    choice.plan.escapes = needs_escapes(&choice.plan, &data, fonts);
    Ok((choice.plan, choice.warnings))
}

/// The files as one, a copy to look at.
fn joined(read: &[Dataset], asked: &Asked, plan: &mut Plan) -> Result<Dataset, Report> {
    let mut read = read.to_vec();
    let anchor = asked.anchor.as_deref().map(|term| Anchor { term, below_one: asked.below_one });
    if read.len() > 1 && anchor.is_none() && read.iter().any(|data| !data.groups.is_empty()) {
        plan.groups_are_subjects = true;
        read.iter_mut().for_each(narrow::fold_groups);
    }
    let whom = |name: &str| name.trim().to_lowercase();
    data::join(read, &Joining { anchor, whom: &whom, keys: KEYS }).map(|(data, _)| data)
}

/// Dates that only describe subjects, one each, are no axis.
fn part_dates(data: &mut Dataset, plan: &mut Plan) {
    let several = dates(data).len();
    let is_span = several == 1 && data.facts.span.is_some();
    plan.at_each = several > 1 && sketch::is_snapshot(data);
    if is_span || plan.at_each {
        data.observations.iter_mut().for_each(|o| o.time = None);
    }
}

/// One axis has one measure; panels have one each. Gives what is counted, in words.
fn part_measures(data: &mut Dataset, asked: &Asked, choice: &mut Choice) -> Result<String, Report> {
    let words = measure_words(data);
    if data.measures.len() < 2 {
        return Ok(words);
    }
    if let Some(index) = asked.measure.as_deref().and_then(|name| measure(data, name)) {
        choice.plan.measure = data.measures.get(index).map(|measure| measure.name.clone());
        narrow::keep_measure(data, index);
        return Ok(measure_words(data));
    }
    if !data.groups.is_empty() || dates(data).len() > 1 {
        let message = format!(
            "drew {} only, of the measures {}",
            listed(data.measure_names().first()),
            listed(data.measure_names())
        );
        let warning = diag::warning("left-out-measures", message).at(Place::file(data.file()));
        choice.warnings.push(warning.hint("choose another one with `--measure`"));
        choice.plan.measure = data.measures.first().map(|measure| measure.name.clone());
        narrow::keep_measure(data, 0);
        return Ok(words);
    }
    if data.measures.len() > PANELS {
        choice.note(format!("The first {PANELS} of {} measures are shown", data.measures.len()));
        data.observations.retain(|o| o.measure < PANELS);
        data.measures.truncate(PANELS);
    }
    let title = |name: &String| words::braced(&words::sentence_case(&name.replace('_', " ")));
    choice.plan.panels =
        data.measures.iter().map(|measure| (measure.name.clone(), title(&measure.name))).collect();
    Ok(words)
}

/// In a place that has a value of one term alone, this is all of what was searched: it says nothing beside those
/// places that compare several.
fn leave_out_lone_shares(data: &mut Dataset, choice: &mut Choice) -> Result<(), Report> {
    if !data.facts.format.is_shared_out || data.subjects.len() < 2 || data.groups.is_empty() {
        return Ok(());
    }
    let mut valued = vec![0_usize; data.groups.len()];
    sketch::valued(data).filter_map(|o| o.group).for_each(|group| {
        valued.get_mut(group).into_iter().for_each(|count| *count += 1);
    });
    let of = |fits: fn(usize) -> bool| {
        let counts = valued.iter().enumerate();
        counts.filter(|(_, count)| fits(**count)).map(|(group, _)| group).collect::<Vec<_>>()
    };
    let (lone, several) = (of(|count| count == 1), of(|count| count > 1));
    if lone.is_empty() {
        return Ok(());
    }
    if several.is_empty() {
        let message = "cannot compare terms: every place has a value of one term alone, which is all of it";
        let fault = diag::error("lone-shares", message).at(Place::file(data.file()));
        return Err(fault.hint("export a longer time, or larger places such as regions").into());
    }
    let places = if lone.len() == 1 { "1 place has".into() } else { format!("{} places have", lone.len()) };
    choice.note(format!("{places} a value of one term alone and are not drawn"));
    if let [only] = several.as_slice() {
        let place = data.groups.get(*only).cloned().unwrap_or_default();
        choice.plan.groups_are_subjects = true;
        narrow::fold_groups(data);
        let of_place = |name: &&String| name.strip_prefix(&place).is_some_and(|rest| rest.starts_with(": "));
        choice.plan.subjects = data.subjects.iter().filter(of_place).cloned().collect();
        let kept =
            |index: &usize| data.subjects.get(*index).is_some_and(|name| choice.plan.subjects.contains(name));
        let kept: Vec<usize> = (0..data.subjects.len()).filter(kept).collect();
        narrow::keep_subjects(data, &kept);
        return Ok(());
    }
    choice.plan.groups = several.iter().filter_map(|group| data.groups.get(*group).cloned()).collect();
    narrow::keep_groups(data, &several);
    Ok(())
}

/// Groups over many dates are lines of their own; groups that most subjects lack are part of the subject's name.
fn part_groups(data: &mut Dataset, plan: &mut Plan) {
    if data.groups.is_empty() || !data.words.is_empty() {
        return;
    }
    let (filled, all) = sketch::filled(data);
    let dated = sketch::valued(data).filter(|o| o.time.is_some()).count();
    let groups = data.observations.iter().map(|o| o.group);
    let subjects = data.observations.iter().map(|o| o.subject);
    let is_single = subjects.clone().min() == subjects.max() || groups.clone().min() == groups.max();
    if dated > filled * GROUPED_DATES || is_single || filled * 3 < all * 2 {
        plan.groups_are_subjects = true;
        narrow::fold_groups(data);
    }
}

/// What the data are like.
fn shape(data: &Dataset) -> Shape {
    let dates = dates(data).len();
    let (mut numbers, mut bounds) = (0, false);
    for o in sketch::valued(data) {
        numbers += 1;
        bounds |= matches!(o.value, Value::Below(_));
    }
    Shape {
        dates,
        measures: data.measures.len(),
        has_groups: !data.groups.is_empty(),
        is_full: !bounds && numbers == dates * sketch::count_valued(data),
        has_words: !data.words.is_empty(),
    }
}

/// The kind that shows values over time best, of those that are left: there may be two dates now.
fn over_time(data: &Dataset) -> &'static Kind {
    let shape = shape(data);
    kind::best(&Shape { dates: shape.dates.max(2), is_full: shape.is_full && shape.dates == 2, ..shape })
}

/// What becomes of a last period that was still running; one that is not drawn is left out of the copy, too.
fn judge_last_period(asked: &Asked, chart: &Kind, data: &mut Dataset, plan: &mut Plan) -> Result<(), Report> {
    let dates = dates(data);
    let Some(last) = dates.last().copied() else { return Ok(()) };
    // Of another series that goes on longer, nothing is known of this one.
    let is = |found: Completeness| data.facts.last == Some(last) && data.facts.last_period == found;
    let (certain, possible) = (is(Completeness::Partial), is(Completeness::Unsure));
    let is_enough = dates.len() > if chart.shows_span { 2 } else { 1 };
    if asked.last_period == LastPeriod::Drop && !is_enough {
        let period = Period::around(last, sketch::exactness(data)).in_words();
        let message = format!("cannot leave out the last period, {period}: too little would remain");
        let fault = diag::error("too-little-left", message).at(Place::file(data.file()));
        return Err(fault.hint("use `--last-period keep`").into());
    }
    plan.last_period = match asked.last_period {
        LastPeriod::Drop => Some("drop"),
        LastPeriod::Dash => Some("dash"),
        LastPeriod::Keep | LastPeriod::Tell if certain || possible => Some("tell"),
        LastPeriod::Judge if possible => Some("tell"),
        LastPeriod::Keep | LastPeriod::Tell | LastPeriod::Judge => None,
    };
    let judged_out = asked.last_period == LastPeriod::Judge && certain && is_enough;
    if judged_out || asked.last_period == LastPeriod::Drop {
        data.observations.retain(|o| o.time != Some(last));
    }
    Ok(())
}

/// Whether something that is drawn cannot be, as it is.
fn needs_escapes(plan: &Plan, data: &Dataset, fonts: &Fonts) -> bool {
    let mut plain = Plain::new(Some(fonts));
    let measures = data.measures.iter().map(|measure| &measure.name);
    let mut names = data.subjects.iter().chain(&data.groups).chain(measures);
    let texts = [&plan.title, &plan.subtitle, &plan.note, &plan.source];
    names.any(|name| plain.name(name) != name.trim())
        || texts.into_iter().any(|text| plain.text(text) != text.trim())
}
