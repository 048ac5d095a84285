//! Labels that want the same place, moved apart as little as they can be.
//!
//! It knows only lengths: what the labels say and belong to is the caller's.

/// Something with a height that wants its centre at a height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Where its centre wants to be.
    pub center: f64,
    /// How high it is.
    pub height: f64,
}

/// A run of neighbours that touch, and so move as one.
struct Stack {
    /// How many labels are in it.
    count: usize,
    /// Where its upper edge would be if each label had its wish, summed over its labels.
    wished: f64,
    /// Its height with the gaps between its labels.
    height: f64,
}

impl Stack {
    fn top(&self, range: (f64, f64)) -> f64 {
        let free = self.wished / self.count as f64;
        free.min(range.1 - self.height).max(range.0)
    }
}

/// The centres of labels given from top to bottom, at least `gap` apart and
/// inside `range` (upper and lower edge), with the least movement; `None`
/// where they do not all fit. Their order is kept.
#[must_use]
pub fn dodge(wishes: &[Wish], gap: f64, range: (f64, f64)) -> Option<Vec<f64>> {
    let needed = wishes.iter().map(|w| w.height + gap).sum::<f64>() - gap;
    if needed > range.1 - range.0 {
        return None;
    }
    let mut stacks: Vec<Stack> = Vec::new();
    for wish in wishes {
        let mut last = Stack { count: 1, wished: wish.center - wish.height / 2.0, height: wish.height };
        while let Some(above) = stacks.pop() {
            if above.top(range) + above.height + gap <= last.top(range) {
                stacks.push(above);
                break;
            }
            let offset = above.height + gap;
            last = Stack {
                count: above.count + last.count,
                wished: above.wished + last.wished - offset * last.count as f64,
                height: offset + last.height,
            };
        }
        stacks.push(last);
    }
    let mut centers = Vec::with_capacity(wishes.len());
    let mut rest = wishes.iter();
    for stack in &stacks {
        let mut top = stack.top(range);
        for wish in rest.by_ref().take(stack.count) {
            centers.push(top + wish.height / 2.0);
            top += wish.height + gap;
        }
    }
    Some(centers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wish(center: f64) -> Wish {
        Wish { center, height: 10.0 }
    }

    #[test]
    fn labels_with_room_stay() {
        assert_eq!(dodge(&[wish(10.0), wish(50.0)], 4.0, (0.0, 100.0)), Some(vec![10.0, 50.0]));
    }

    #[test]
    fn equal_wishes_part_evenly() {
        assert_eq!(dodge(&[wish(50.0), wish(50.0)], 4.0, (0.0, 100.0)), Some(vec![43.0, 57.0]));
    }

    #[test]
    fn the_edge_pushes_back() {
        assert_eq!(dodge(&[wish(0.0), wish(2.0)], 4.0, (0.0, 100.0)), Some(vec![5.0, 19.0]));
        assert_eq!(dodge(&[wish(0.0), wish(2.0)], 4.0, (0.0, 23.0)), None);
    }

    proptest! {
        #[test]
        fn nothing_overlaps_or_leaves(mut centers in prop::collection::vec(-20.0..120.0_f64, 1..9)) {
            centers.sort_by(f64::total_cmp);
            let wishes: Vec<Wish> = centers.iter().map(|&c| wish(c)).collect();
            let range = (0.0, 130.0);
            let placed = dodge(&wishes, 4.0, range).unwrap();
            for pair in placed.windows(2) {
                prop_assert!(pair[1] - pair[0] >= 14.0 - 1e-9);
            }
            prop_assert!(placed[0] >= 5.0 - 1e-9 && placed[placed.len() - 1] <= 125.0 + 1e-9);
        }
    }
}
