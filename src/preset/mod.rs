//! The sizes that pictures are made for, each with type that is read at the size it is shown at.
//!
//! One file a size, and a line in [`ALL`]: adding one is no more. The room must not know what is drawn.

mod article;
mod card;
mod phone;
mod print;
mod size;
mod square;
mod wide;

pub use article::ARTICLE;
pub use size::{Preset, SCREEN, Size};

/// Every size, in the order that messages list them.
pub static ALL: [&Preset; 6] =
    [&ARTICLE, &wide::WIDE, &card::CARD, &square::SQUARE, &phone::PHONE, &print::PRINT];

/// The size of a word.
#[must_use]
pub fn find(name: &str) -> Option<&'static Preset> {
    ALL.into_iter().find(|preset| preset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_size_is_too_small_where_it_is_shown() {
        for preset in ALL {
            let texts = [preset.title, preset.subtitle, preset.label, preset.tick, preset.footer];
            assert!(texts.is_sorted_by(|a, b| a >= b), "{}: {texts:?}", preset.name);
            assert!(
                preset.footer >= preset.floor(),
                "{}: {} < {}",
                preset.name,
                preset.footer,
                preset.floor()
            );
        }
    }

    #[test]
    fn sizes_are_told_apart_by_name_width_and_files() {
        for (i, a) in ALL.iter().enumerate() {
            assert_eq!(find(a.name), Some(*a));
            for b in ALL.iter().skip(i + 1) {
                assert!(a.name != b.name && a.width != b.width && a.suffix != b.suffix);
            }
        }
        // A file's end says one thing: its size, or that it is dark.
        assert!(ALL.iter().all(|preset| preset.suffix != "-dark"));
    }
}
