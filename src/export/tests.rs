//! Records, sealed into a file of every kind and taken out again.

use std::collections::BTreeMap;

use super::of_ending;
use super::record::{Record, Slot, Touch, open, seal, sha256};

fn record() -> Record {
    Record {
        figure: "stars".into(),
        style: 1,
        data: BTreeMap::from([("datasets/a.csv".into(), sha256(b"a"))]),
        shows: sha256(b"figure"),
        source: "Source: A --> </metadata><script> & \"Ünï\u{202e}\u{7}📈\"".into(),
        dates: vec!["2016-01".into(), "2025-12".into()],
        thinned: Some(1_000_000),
        drawing: None,
        beside: BTreeMap::from([("stars.csv".into(), sha256(b"b"))]),
        replacing: BTreeMap::new(),
        artifact: String::new(),
    }
}

fn bodies() -> [(&'static str, Slot, Vec<u8>); 3] {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\n<desc>d</desc>\n<g/></svg>\n";
    let png = super::png::png(svg, 1.0, "alt", &mut Default::default()).unwrap();
    let slot = |name| of_ending(name).unwrap().slot.unwrap();
    [
        ("svg", slot("svg"), svg.as_bytes().to_vec()),
        ("png", slot("png"), png),
        ("md", slot("md"), b"# Title\n\n<!-- popchart notes -->\n".to_vec()),
    ]
}

#[test]
fn sha256_is_the_standard_one() {
    assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn a_sealed_record_comes_out_as_it_went_in() {
    for (name, slot, body) in bodies() {
        let sealed = seal(&slot, &body, &record());
        let (found, touch) = open(&slot, &sealed).unwrap();
        assert_eq!(touch, Touch::None, "{name}");
        assert_eq!(found, Record { artifact: sha256(&body), ..record() });
        assert_eq!(open(&slot, &body), None, "{name} without a record");
    }
}

#[test]
fn any_edit_shows() {
    for (name, slot, body) in bodies() {
        let sealed = seal(&slot, &body, &record());
        for at in 0..sealed.len() {
            let mut edited = sealed.clone();
            edited[at] ^= 1;
            // What an edit of the record itself changes is the record.
            assert_ne!(open(&slot, &edited), open(&slot, &sealed), "{name}, byte {at}");
        }
    }
}

#[test]
fn rewritten_line_ends_are_told_from_other_edits() {
    for (name, slot, body) in bodies().into_iter().filter(|(name, ..)| *name != "png") {
        let text = String::from_utf8(seal(&slot, &body, &record())).unwrap();
        let rewritten = text.replace('\n', "\r\n");
        assert_eq!(open(&slot, rewritten.as_bytes()).unwrap().1, Touch::LineEnds, "{name}");
        let first = rewritten.replacen("\r\n", "\n", 1);
        assert_eq!(open(&slot, first.as_bytes()).unwrap().1, Touch::LineEnds, "{name}");
        let edited = format!(" {rewritten}");
        assert_eq!(open(&slot, edited.as_bytes()).unwrap().1, Touch::Hand, "{name}");
    }
}

#[test]
fn sealed_files_stay_readable() {
    let [(_, svg_slot, svg), (_, png_slot, png), _] = bodies();
    let sealed = String::from_utf8(seal(&svg_slot, &svg, &record())).unwrap();
    let document = roxmltree::Document::parse(&sealed).unwrap();
    assert!(document.descendants().any(|node| node.tag_name().name() == "metadata"));
    let sealed = seal(&png_slot, &png, &record());
    let mut reader = png::Decoder::new(std::io::Cursor::new(sealed)).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut data).unwrap();
    reader.finish().unwrap();
    let texts: Vec<&str> = reader.info().utf8_text.iter().map(|chunk| chunk.keyword.as_str()).collect();
    assert_eq!(texts, ["popchart", "Description"]);
}
