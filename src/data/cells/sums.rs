//! Whether numbers are the sums of others that stand beside them. It must not know where they stand.

use crate::data::cells::describing;

/// Fewer parts than these have no sum to be told from them.
const PARTS: usize = 2;

/// So many sums that are exact are no chance, whatever they are called.
const CERTAIN: usize = 5;

/// Smaller sums are exact by chance.
const LARGE: f64 = 10.0;

/// A sum of rounded parts may be off by this part of it.
const ROUNDED: f64 = 0.01;

/// How it is known that numbers are the sums of the parts beside them; `None` where they are not.
pub(crate) fn is_sum(name: &str, places: impl Iterator<Item = (f64, Vec<f64>)>) -> Option<&'static str> {
    let (mut count, mut is_exact, mut is_near, mut is_greatest) = (0, true, true, true);
    for (sum, parts) in places.filter(|(_, parts)| parts.len() >= PARTS) {
        let all: f64 = parts.iter().sum();
        let off = (all - sum).abs();
        count += 1;
        is_exact &= sum >= LARGE && off <= 1e-9 * sum && parts.iter().all(|part| *part > 0.0);
        is_near &= off <= sum.abs() * ROUNDED;
        is_greatest &= parts.iter().all(|part| *part <= sum);
    }
    match count {
        0 => None,
        _ if is_near && describing::is_sum(name) => Some("which is the sum of the others"),
        CERTAIN.. if is_exact => Some("which is the sum of the others"),
        _ if is_greatest && describing::is_sum_alone(name) => {
            Some("which is called a sum and is nowhere below one of the others")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_known_by_its_name_or_by_many_sums_that_are_exact() {
        let is = |name: &str, rows: &[[f64; 3]]| {
            is_sum(name, rows.iter().map(|[sum, one, other]| (*sum, vec![*one, *other]))).is_some()
        };
        let many: Vec<[f64; 3]> = (1..9).map(|i| f64::from(i) * 10.0).map(|i| [i + 7.0, i, 7.0]).collect();
        assert!(is("Total", &many[..1]) && is("All portals", &many[..1]) && is("World", &many[..2]));
        assert!(is("Bund", &many) && !is("Bund", &many[..4]));
        assert!(is("Total", &[[9.0, 4.0, 3.0]]) && !is("All Blacks", &[[9.0, 4.0, 3.0]]));
        assert!(!is("Total", &[[2.0, 4.0, 3.0]]) && !is("Total", &[]));
        assert!(!is("A", &[[2.0, 1.0, 1.0]; 9]));
    }
}
