//! What any SVG of ours must be, whatever was drawn: well-formed, named,
//! closed in itself, with ids of its own.

use std::collections::BTreeSet;

use popchart::canvas::{Item, Paint, Rect, Role, Scene, Shape, Stroke};
use popchart::export::png::{Workspace, png};
use popchart::export::svg::{Labels, Outlines, svg};
use popchart::figure::Rgb;
use popchart::text::{Fonts, TextStyle, Weight};

const INK: Paint = Paint { rgb: Rgb(0x1a, 0x1a, 0x1a), alpha: 255 };
const GROUND: Paint = Paint { rgb: Rgb(255, 255, 255), alpha: 255 };

fn item(role: Role, subject: Option<usize>, shape: Shape) -> Item {
    Item { role, subject, shape }
}

fn text(fonts: &Fonts, words: &str, at: (i32, i32)) -> Shape {
    let style = TextStyle { size: 14.0, weight: Weight::Medium };
    Shape::Text { run: fonts.shape(words, style), origin: at, fill: INK, halo: None }
}

fn line(points: &[(i32, i32)], width: u32) -> Shape {
    Shape::Path { points: points.to_vec(), stroke: Stroke { paint: INK, width, dash: None } }
}

/// One of every shape, and layers that come twice.
fn scene(fonts: &Fonts, words: &str) -> Scene {
    let ground = Rect { left: 0, top: 0, right: 12_800, bottom: 6400 };
    let halo = Some((GROUND, 128));
    let Shape::Text { run, origin, fill, .. } = text(fonts, words, (640, 6000)) else { panic!("not a text") };
    let items = vec![
        item(Role::Background, None, Shape::Rect { rect: ground, fill: GROUND }),
        item(Role::Grid, None, line(&[(640, 672), (12_160, 672)], 64)),
        item(Role::Grid, None, line(&[(640, 1312), (12_160, 1312)], 64)),
        item(Role::Series, Some(0), line(&[(640, 5000), (700, 4711), (900, 4711), (1000, 1)], 160)),
        item(
            Role::EndDot,
            Some(0),
            Shape::Circle { center: (1000, 1), radius: 224, fill: Some(INK), stroke: None },
        ),
        item(Role::Series, Some(0), line(&[(2000, 2000), (2000, 2000)], 160)),
        item(Role::Grid, None, line(&[(640, 1952), (12_160, 1952)], 64)),
        item(Role::Bar, None, Shape::Polygon { points: vec![(0, 0), (64, 0), (64, 64)], fill: INK }),
        item(Role::Title, None, text(fonts, words, (640, 960))),
        item(Role::EventLabel, None, Shape::Text { run, origin, fill, halo }),
        item(Role::Note, None, text(fonts, " ", (640, 960))),
    ];
    Scene { width: 200, height: 100, items }
}

fn labels<'a>(name: &'a str, words: &'a str) -> Labels<'a> {
    Labels { name, title: words, desc: words, lang: "en", density: 96 }
}

/// Checks what every file must keep, and returns its ids.
pub(crate) fn ids_of_sound(text: &str) -> BTreeSet<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/2000/svg"));
    let (width, height) = (root.attribute("width").unwrap(), root.attribute("height").unwrap());
    assert_eq!(root.attribute("viewBox").unwrap(), format!("0 0 {width} {height}"));
    assert_eq!(root.attribute("role"), Some("img"));
    let mut children = root.children().filter(roxmltree::Node::is_element);
    let (title, desc) = (children.next().unwrap(), children.next().unwrap());
    assert_eq!((title.tag_name().name(), desc.tag_name().name()), ("title", "desc"));
    let named = format!("{} {}", title.attribute("id").unwrap(), desc.attribute("id").unwrap());
    assert_eq!(root.attribute("aria-labelledby"), Some(named.as_str()));
    let mut ids = BTreeSet::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(
            ["svg", "title", "desc", "metadata", "g", "path", "rect", "circle"].contains(&name),
            "<{name}>"
        );
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(
                !["style", "class", "href", "filter", "src"].contains(&name) && !name.starts_with("on"),
                "{name}"
            );
            assert!(!attribute.value().contains("url("), "{name}");
            if name == "id" {
                assert!(ids.insert(attribute.value().to_owned()), "id {} comes twice", attribute.value());
            }
        }
    }
    ids
}

#[test]
fn every_shape_is_written_soundly() {
    let fonts = Fonts::bundled().unwrap();
    let text =
        svg(&scene(&fonts, "Keras & co."), &labels("stars", "Keras & co."), &fonts, &mut Outlines::default());
    let ids = ids_of_sound(&text);
    let prefix = ids.iter().find_map(|id| id.strip_suffix("-title")).unwrap().to_owned();
    assert!(prefix.starts_with("stars-"));
    for layer in ["background", "grid", "grid.2", "series-1", "series-1.2", "end-dot-1", "bar", "headline"] {
        assert!(ids.contains(&format!("{prefix}-{layer}")), "{layer} is not in {ids:?}");
    }
    assert!(!ids.contains(&format!("{prefix}-note")), "a blank text has nothing to show");
    let elements: Vec<&str> = text.lines().collect();
    let grid = format!("<g id=\"{prefix}-grid\" fill=\"none\" stroke=\"#1a1a1a\">");
    let at = elements.iter().position(|line| *line == grid).unwrap();
    assert_eq!(elements.get(at + 1), Some(&"<path d=\"M10 10.5h180\"/>"));
    let series = format!(
        "<path id=\"{prefix}-series-1\" d=\"M10 78.13l.94-4.52h3.12l1.57-73.59\" fill=\"none\" stroke=\"#1a1a1a\" \
         stroke-width=\"2.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
    );
    assert!(elements.contains(&series.as_str()), "{text}");
    assert!(text.contains("aria-label=\"Keras &amp; co.\""));
    assert!(text.contains("d=\"M31.25 31.25h0\""), "a line of no length is a dot");
}

#[test]
fn hostile_words_stay_words() {
    let fonts = Fonts::bundled().unwrap();
    let hostile = "a\"/><script>alert(1)</script>&\u{0}\u{1b}[2J\u{202e}fdp\u{2066}\u{ffff}]]>'\r\n<!--";
    let text = svg(&scene(&fonts, hostile), &labels(hostile, hostile), &fonts, &mut Outlines::default());
    let ids = ids_of_sound(&text);
    for id in ids {
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{id}");
    }
    let document = roxmltree::Document::parse(&text).unwrap();
    let title =
        document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "title")));
    let shown = "a\"/><script>alert(1)</script>&\u{fffd}\u{fffd}[2J\u{fffd}fdp\u{fffd}\u{fffd}]]>'  <!--";
    assert_eq!(title.unwrap().text(), Some(shown));
}

#[test]
fn names_that_look_alike_get_ids_of_their_own() {
    let fonts = Fonts::bundled().unwrap();
    let scene = scene(&fonts, "x");
    let ids = |name: &str| ids_of_sound(&svg(&scene, &labels(name, "x"), &fonts, &mut Outlines::default()));
    let long = "n".repeat(60);
    for (a, b) in [("job ads", "job.ads"), ("stars", "stars-dark"), (long.as_str(), &long[1..]), ("", "1")] {
        assert!(ids(a).is_disjoint(&ids(b)), "{a:?} and {b:?}");
    }
}

#[test]
fn coordinates_touch_where_the_scene_touches() {
    let fonts = Fonts::bundled().unwrap();
    let half = |left, right| {
        let rect = Rect { left, top: 0, right, bottom: 640 };
        item(Role::Bar, None, Shape::Rect { rect, fill: INK })
    };
    let scene = Scene { width: 20, height: 10, items: vec![half(1, 333), half(333, 1001)] };
    let text = svg(&scene, &labels("bars", "x"), &fonts, &mut Outlines::default());
    assert!(text.contains("<rect x=\".02\" width=\"5.18\" height=\"10\"/>"), "{text}");
    assert!(text.contains("<rect x=\"5.2\" width=\"10.44\" height=\"10\"/>"), "{text}");
}

#[test]
fn opacity_and_dashes_are_written() {
    let fonts = Fonts::bundled().unwrap();
    let paint = Paint { rgb: Rgb(1, 2, 3), alpha: 71 };
    let stroke = Stroke { paint, width: 64, dash: Some((256, 200)) };
    let path = Shape::Path { points: vec![(0, 0), (640, 64), (700, 0)], stroke };
    let scene = Scene { width: 20, height: 10, items: vec![item(Role::RawSeries, Some(1), path)] };
    let text = svg(&scene, &labels("raw", "x"), &fonts, &mut Outlines::default());
    let looks = "fill=\"none\" stroke=\"#010203\" stroke-opacity=\".278\" stroke-dasharray=\"4 3.13\" \
                 stroke-linejoin=\"round\"/>";
    assert!(text.contains(looks), "{text}");
}

/// The picture is made of the text alone: what the text leaves out is not in it.
#[test]
fn the_png_shows_the_glyphs_where_the_scene_has_them() {
    let fonts = Fonts::bundled().unwrap();
    let all = scene(&fonts, "HH");
    let titles = |item: &&Item| matches!(item.role, Role::Background | Role::Title);
    let scene = Scene { items: all.items.iter().filter(titles).cloned().collect(), ..all };
    let bounds = scene.items[1].bounds(&fonts);
    let bytes = png(
        &svg(&scene, &labels("h", "x"), &fonts, &mut Outlines::default()),
        2.0,
        "alt",
        &mut Workspace::default(),
    )
    .unwrap();
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    assert_eq!((info.width, info.height), (400, 200));
    let dark: Vec<(i32, i32)> =
        (0..400 * 200).filter(|i| data[i * 3] < 128).map(|i| ((i % 400) as i32, (i / 400) as i32)).collect();
    let near = |pixel: i32, units: i32| (pixel * 32 - units).abs() <= 48;
    assert!(near(dark.iter().map(|p| p.0).min().unwrap(), bounds.left));
    assert!(near(dark.iter().map(|p| p.0).max().unwrap() + 1, bounds.right));
    assert!(near(dark.iter().map(|p| p.1).min().unwrap(), bounds.top));
    assert!(near(dark.iter().map(|p| p.1).max().unwrap() + 1, bounds.bottom));
}
