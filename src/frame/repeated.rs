//! What stands in the data a second time. It must not know what becomes of it.

use crate::time::moment::Moment;

/// Items that have the same time and key as one before: their places and the place of the first, in the order of
/// the items. Data mostly come in the order of time: then only those of one time are compared.
pub fn repeated<T, K: Ord>(
    items: &[T],
    time: impl Fn(&T) -> Option<Moment>,
    key: impl Fn(&T) -> K,
) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    let mut keys: Vec<(Option<Moment>, K, usize)> = Vec::new();
    let mut tell = |keys: &mut Vec<(Option<Moment>, K, usize)>| {
        keys.sort();
        let same = keys.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1)).filter_map(|same| same.split_first());
        let pairs = same.flat_map(|(first, later)| later.iter().map(|later| (later.2, first.2)));
        repeated.extend(pairs);
        keys.clear();
    };
    let is_sorted = items.is_sorted_by_key(&time);
    for (place, item) in items.iter().enumerate() {
        if is_sorted && keys.last().is_some_and(|(last, ..)| *last != time(item)) {
            tell(&mut keys);
        }
        keys.push((time(item), key(item), place));
    }
    tell(&mut keys);
    repeated.sort_unstable();
    repeated
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn repeated_items_have_the_place_of_the_first(
            mut items in prop::collection::vec((0_i64..6, 0_u8..4), 0..40),
            sorted in any::<bool>(),
        ) {
            if sorted {
                items.sort_by_key(|item| item.0);
            }
            let found = repeated(&items, |item| Some(Moment::from_seconds(item.0)), |item| item.1);
            let first = |place: usize| items.iter().position(|item| *item == items[place]).unwrap();
            let expected: Vec<(usize, usize)> =
                (0..items.len()).map(|place| (place, first(place))).filter(|(place, first)| place != first).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
