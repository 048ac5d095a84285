//! Who has a colour in a figure, and which one: colour follows the part that somebody plays in it.
//!
//! Who is highlighted comes first; where nobody is, those that the title or a claim names and the highest of the
//! others have a colour, and the rest is grey context.
//! A subject keeps its colour from figure to figure, whatever the order of the data: declared ones have theirs from
//! the manifest, all others by the order of their names. It must not know what the colours are.

use std::collections::BTreeMap;

use crate::data::Dataset;
use crate::diag::{self, Report, listed};
use crate::figure::{COLORS, Emphasis, Ink};
use crate::frame::leftover::is_leftover;
use crate::frame::roster::{Candidate, Who, fold, label};
use crate::spec::FigureSpec;

/// So many have a colour where nobody is highlighted and the figure does not say how many.
pub const COLORED: usize = 4;

/// The colours of all whom the manifest does not declare, by the order of their names in all the data there are.
pub(super) fn by_name(spec: &FigureSpec, datasets: &BTreeMap<String, Dataset>, roster: &mut [Candidate]) {
    let declared: Vec<bool> = spec.declared.iter().map(|subject| subject.named.is_none()).collect();
    let is_open = |place: usize| !declared.get(place).copied().unwrap_or(false);
    if (0..roster.len()).all(|place| !is_open(place)) {
        return;
    }
    let of_tables = || spec.declared.iter().filter(|subject| subject.named.is_none());
    let mut names: Vec<String> =
        datasets.values().flat_map(|data| &data.subjects).map(|name| fold(name)).collect();
    names.extend(roster.iter().enumerate().filter(|(at, _)| is_open(*at)).map(|(_, who)| fold(&who.label)));
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !of_tables().any(|subject| subject.is(name)));
    let before = of_tables().filter(|subject| matches!(subject.ink, Ink::Palette(_))).count();
    for (_, who) in roster.iter_mut().enumerate().filter(|(at, _)| is_open(*at)) {
        let own = fold(&who.label);
        let index = names.partition_point(|name| *name < own);
        who.ink = Ink::Palette((before + index) % COLORS);
    }
}

/// How much each of those that are shown stands out. `ranked` has them in the order in which they get colours.
pub(super) fn emphasis(
    spec: &FigureSpec,
    (shown, ranked): (&[Who], &[Who]),
    roster: &mut [Candidate],
    report: &mut Report,
) -> Vec<Emphasis> {
    let is_highlit = |who: &Who| spec.highlight.contains(&who.place());
    let rest: Vec<Who> =
        shown.iter().copied().filter(|who| shown.len() > 1 && is_leftover(label(roster, *who))).collect();
    if !spec.highlight.is_empty() {
        let wanted: Vec<Who> = shown.iter().copied().filter(is_highlit).collect();
        let colored = colored(spec, &wanted, COLORS, roster);
        let grey: Vec<&str> =
            wanted.iter().filter(|who| !colored.contains(who)).map(|who| label(roster, *who)).collect();
        if !grey.is_empty() {
            let message = format!("cannot highlight {}: no colour is left of {COLORS}", listed(grey));
            let fault = diag::error("grey-highlight", message).at(spec.places.of("highlight"));
            report.push(fault.hint("highlight fewer, or give a subject a `color` of its own"));
        }
        let stands = |who: &Who| if is_highlit(who) { Emphasis::Highlight } else { Emphasis::Context };
        return shown.iter().map(stands).collect();
    }
    if !spec.chart.colors_tell {
        // Colour is not all that tells them apart, but the first few have one of their own all the same.
        colored(spec, ranked, COLORS, roster);
        let stands = |who: &Who| if rest.contains(who) { Emphasis::Context } else { Emphasis::Equal };
        return shown.iter().map(stands).collect();
    }
    let mut wanted: Vec<Who> = ranked.iter().copied().filter(|who| !rest.contains(who)).collect();
    wanted.sort_by_cached_key(|who| !spec.says(label(roster, *who)));
    let colored = colored(spec, &wanted, spec.colored.unwrap_or(COLORED), roster);
    let stands = |who: &Who| if colored.contains(who) { Emphasis::Equal } else { Emphasis::Context };
    shown.iter().map(stands).collect()
}

/// The first `most` of `wanted` that get a colour apart from the others'. Who is not declared moves to a free one.
fn colored(spec: &FigureSpec, wanted: &[Who], most: usize, roster: &mut [Candidate]) -> Vec<Who> {
    let mut taken = [false; COLORS];
    let (mut chosen, mut open): (Vec<Who>, Vec<Who>) = (Vec::new(), Vec::new());
    // A declared colour is meant to be seen.
    let is_fixed =
        |who: &&Who| roster.get(who.place()).is_some_and(|known| matches!(known.ink, Ink::Fixed { .. }));
    let (fixed, others): (Vec<&Who>, Vec<&Who>) =
        wanted.iter().partition(|who| is_fixed(who) && spec.colored.is_none());
    for who in fixed.into_iter().chain(others) {
        let is_declared = spec.declared.get(who.place()).is_some_and(|subject| subject.named.is_none());
        let is_full = chosen.len() >= most;
        let gets = match roster.get(who.place()).map(|candidate| candidate.ink) {
            Some(Ink::Fixed { .. }) => !is_full || spec.colored.is_none(),
            Some(Ink::Palette(slot)) if is_declared => match taken.get_mut(slot) {
                Some(is_taken) if !is_full && !*is_taken => {
                    *is_taken = true;
                    true
                }
                _ => false,
            },
            Some(Ink::Palette(_)) => {
                open.extend((!is_full).then_some(*who));
                !is_full
            }
            None => false,
        };
        chosen.extend(gets.then_some(*who));
    }
    open.sort_by_cached_key(|who| fold(label(roster, *who)));
    for who in open {
        let Some(candidate) = roster.get_mut(who.place()) else { continue };
        let Ink::Palette(first) = candidate.ink else { continue };
        let free =
            (0..COLORS).map(|step| (first + step) % COLORS).find(|slot| taken.get(*slot) == Some(&false));
        let Some(slot) = free else {
            chosen.retain(|other| *other != who);
            continue;
        };
        candidate.ink = Ink::Palette(slot);
        taken.get_mut(slot).into_iter().for_each(|is_taken| *is_taken = true);
    }
    chosen
}
