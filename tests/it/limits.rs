//! What is too much for a figure: texts, names of files, events. Each has its limit and its exact words.

use popchart::manifest;

use crate::plot::Desk;
use crate::project::Project;
use crate::read::without_lines;

/// A manifest of one figure, with these lines in it, and under this name.
fn manifest_of(name: &str, lines: &str) -> String {
    format!(
        "[datasets.d]\npath = \"d.csv\"\nsource = \"S\"\nretrieved = 2020\n[figures.{name}]\n\
         dataset = \"d\"\nchart = \"line\"\nclaims = [\"A > B\"]\n{lines}\n"
    )
}

/// What is told of a manifest, without its lines.
fn told(text: &str) -> String {
    without_lines(&manifest::load("popchart.toml", text).1.to_string())
}

/// What is told of a text that is too long.
fn too_long(what: &str, most: usize, found: usize, place: &str, hint: &str) -> String {
    format!(
        "error[too-long]: {what}: expected at most {most} characters, found {found}\n  --> popchart.toml:{place}\nhint: {hint}\n"
    )
}

const SHORTEN: &str = "shorten it, and say the rest in the text around the figure";

#[test]
fn words_longer_than_a_picture_can_show_are_refused_at_their_place() {
    for (key, most) in [("subtitle", 500), ("note", 1000), ("source", 500), ("quantity", 200)] {
        let lines = |count: usize| format!("title = \"T\"\n{key} = \"{}\"", "é".repeat(count));
        assert_eq!(told(&manifest_of("f", &lines(most))), "", "{key}");
        let (place, what) = (format!("10:{}", key.len() + 4), format!("figure `f`: `{key}`"));
        let expected = too_long(&what, most, most + 1, &place, SHORTEN);
        assert_eq!(told(&manifest_of("f", &lines(most + 1))), expected);
    }
    for title in ["x".repeat(301), "word ".repeat(200_000), "{value: ".repeat(200_000)] {
        let expected = too_long("figure `f`: `title`", 300, title.len(), "9:9", SHORTEN);
        assert_eq!(told(&manifest_of("f", &format!("title = \"{title}\""))), expected);
    }
    let event = |label: &str| format!("title = \"T\"\nevents = [{{ date = 2020, label = \"{label}\" }}]");
    assert_eq!(told(&manifest_of("f", &event(&"x".repeat(200)))), "");
    let expected = too_long("figure `f`: `label`", 200, 201, "10:34", SHORTEN);
    assert_eq!(told(&manifest_of("f", &event(&"x".repeat(201)))), expected);
}

#[test]
fn names_of_subjects_and_panels_have_a_limit() {
    let long = "x".repeat(201);
    let subjects = |lines: &str| format!("{lines}{}", manifest_of("f", "title = \"T\""));
    let expected = too_long("`label`", 200, 201, "2:9", SHORTEN);
    assert_eq!(told(&subjects(&format!("[subjects.a]\nlabel = \"{long}\"\n"))), expected);
    let expected = too_long("a subject's key", 200, 201, "1:11", "give it a `label`");
    assert_eq!(told(&subjects(&format!("[subjects.{long}]\n"))), expected);
    assert_eq!(told(&subjects(&format!("[subjects.{long}]\nlabel = \"X\"\n"))), "");
    let panels = format!("title = \"T\"\npanels = [{{ measure = \"m\", title = \"{}\" }}]", "x".repeat(301));
    let text = manifest_of("f", &panels).replace("\"line\"", "\"facets\"");
    assert_eq!(told(&text), too_long("figure `f`: `title`", 300, 301, "10:36", SHORTEN));
}

#[test]
fn no_string_or_key_is_longer_than_anything_that_is_meant() {
    let title = "title = \"T\"\n";
    let claim = format!("A > {}", "B".repeat(1_000_000));
    let text = manifest_of("f", title).replace("A > B", &claim);
    assert_eq!(told(&text), too_long("figure `f`: `claims`", 2000, 1_000_004, "8:11", "shorten it"));
    let key = "k".repeat(2001);
    let keys = |text: &str, what: &str, place: &str| {
        assert_eq!(told(text), too_long(what, 2000, 2001, place, "shorten it"));
    };
    keys(&manifest_of("f", &format!("{title}{key} = 1")), "figure `f`: a key", "10:1");
    keys(&format!("{key} = 1\n{}", manifest_of("f", title)), "a key", "1:1");
    let only = format!("retrieved = 2020\nonly = {{ {key} = \"x\" }}");
    keys(&manifest_of("f", title).replace("retrieved = 2020", &only), "dataset `d`: a key of `only`", "5:10");
}

#[test]
fn figures_are_named_so_that_their_files_can_be_anywhere() {
    let told = |name: &str| told(&manifest_of(&format!("\"{name}\""), "title = \"T\""));
    let refused = |name: &str, because: &str, hint: &str| {
        let place = "  --> popchart.toml:5:10";
        let expected = format!(
            "error[unusable-name]: figure `{name}`: the key cannot name a file{because}\n{place}\nhint: {hint}\n"
        );
        assert_eq!(told(name), expected);
    };
    for name in ["con", "prn", "aux", "nul", "com1", "com9", "com0", "lpt1", "lpt9"] {
        refused(name, ": Windows means a device by it", &format!("call it `{name}-chart`"));
    }
    for name in ["--force", "-rf", "-"] {
        refused(name, ": commands take it for an option", "begin with a letter or a digit");
    }
    for name in ["", "a.", "stars.", "CON", "Stars", "a b", "../a", "é"] {
        refused(name, "", "use small letters, digits, `-` and `_`");
    }
    let because = ": it has 247 characters, and the names of its files would be too long";
    let long = "x".repeat(247);
    let hint = "hint: use at most 246 characters";
    let place = "  --> popchart.toml:5:10";
    let expected = format!(
        "error[unusable-name]: figure `{long}`: the key cannot name a file{because}\n{place}\n{hint}\n"
    );
    assert_eq!(told(&long), expected);
    for name in ["console", "com10", "com", "lpt-1", "nul-dark", "a-", "_a", &"x".repeat(246)] {
        assert_eq!(told(name), "", "{name}");
    }
}

#[test]
fn a_name_of_the_greatest_length_can_be_written() {
    let (project, name) = (Project::new(), "x".repeat(246));
    project.edit("popchart.toml", "[figures.stars]", &format!("[figures.{name}]"));
    project.run("render").fine();
    assert!(project.charts().contains_key(&format!("{name}-dark.svg")));
}

#[test]
fn events_without_room_for_their_text_are_told_of() {
    let project = Project::new();
    let events = |count: usize| {
        let event = "{ date = 2020-02-01, label = \"Release\" }, ";
        format!("chart = \"line\"\nevents = [{}]", event.repeat(count))
    };
    project.edit("popchart.toml", "chart = \"line\"", &events(20));
    project.run("render").fine();
    project.edit("popchart.toml", &events(20), &events(800));
    let told = "warning[unnamed-events]: figure `stars`: 772 of 800 events have no room for their labels\n  \
                --> popchart.toml:26:10\n\
                hint: mark fewer events, give them shorter labels, or draw a shorter time\n";
    for command in ["render", "check"] {
        let ran = project.run(command);
        assert_eq!((ran.code, without_lines(&ran.err).as_str()), (0, told), "{command}: {}", ran.out);
    }
}

#[test]
fn a_height_without_room_is_told_where_it_stands() {
    let project = Project::new();
    project.edit("popchart.toml", "chart = \"line\"", "chart = \"line\"\nheight = 150");
    let render = project.run("render stars");
    let told = "\
error[height-too-small]: figure `stars`: cannot draw this figure 150 px high: its plot would have no room
  --> popchart.toml:26:10
   |
26 | height = 150
   |          ^^^
hint: set `height` to ";
    assert!(render.code == 2 && render.err.starts_with(told), "{}", render.err);
}

#[test]
fn a_title_of_the_command_line_has_the_same_limit() {
    let desk = Desk::new(&[("a.csv", "name,value\nA,1\nB,2\n")]);
    let title = |count: usize| format!("a.csv --title {} -o a.svg", "x".repeat(count));
    assert_eq!(desk.run(&format!("plot {}", title(300))).fine(), "a.svg: written\n");
    let told = "\
error[too-long]: `--title`: expected at most 300 characters, found 10000
hint: say the rest in the text around the figure
";
    desk.refuses(&title(10_000), told);
}

#[test]
fn a_name_of_the_data_is_drawn_as_far_as_anybody_reads() {
    let project = Project::new();
    let (name, group) = ("name ".repeat(20_000), "g".repeat(100_000));
    let table = format!("place,framework,listings\n{group},{name},250\n{group},PyTorch,120\nH,PyTorch,9\n");
    project.write("data/jobs.csv", &table);
    project.edit(
        "popchart.toml",
        "path = \"data/jobs.csv\"",
        "path = \"data/jobs.csv\"\ngroup = \"place\"\nsubject = \"framework\"\nvalues = [\"listings\"]",
    );
    project.edit("popchart.toml", "chart = \"bar\"", "chart = \"grouped-bar\"");
    project.edit("popchart.toml", "{leader} is asked", "PyTorch is asked");
    project.edit("popchart.toml", "Keras > PyTorch", "PyTorch > 1 in every group");
    project.edit("popchart.toml", "formats = [\"svg\", \"png\", \"csv\"]", "formats = [\"svg\"]");
    let ran = project.run("render jobs");
    assert_eq!(ran.code, 0, "{}", ran.err.chars().take(2000).collect::<String>());
    let svg = String::from_utf8(project.charts()["jobs.svg"].clone()).unwrap();
    let height = svg.split(" height=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(height.parse::<u32>().unwrap() < 8000, "{height}");
}
