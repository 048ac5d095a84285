//! popchart turns popularity data, as it was exported, into figures an article
//! can print, and keeps them true when the data change.
//!
//! # Words
//!
//! A **subject** is who is compared, a **measure** what is counted, split
//! where the data split it into **groups**. Its **basis** is how its numbers came
//! about (a count, an index, ranks, …), and so what may be done with them; a
//! **format** is how one source writes its files. An **observation** is one count, a
//! **dataset** a file of them, or several that make one, with its source. A **figure** is one chart of
//! one or more datasets, described in the manifest `popchart.toml`; a **claim**
//! is a sentence about the data that the figure's words rely on; an
//! **artifact** is a file that is written, with the record of what it was made from.
//!
//! # The pipeline
//!
//! ```text
//! popchart.toml ─ manifest ─► FigureSpec ─┐
//!                                         ├─► Frame ─ kind ─► marks ─► Scene ─ export ─► SVG ─► PNG
//! datasets/*    ─ data ─────► Dataset ────┘     │             (layout, chart; theme, scale, text, canvas)
//!                                               └─ claim, tell ─► claims, words, alt text, table
//! ```
//!
//! `plot` has no way of its own: what it draws of files, [`infer`] writes as a manifest, which then goes this way.
//!
//! **The frame is the only place that numbers come from.** It is rows of subject, group, period and value, after
//! everything that changes a number or drops one; marks, claims, placeholders, notes, alt text and tables read these
//! rows and nothing from before them, so that a picture and what is said of it cannot disagree.
//!
//! Between each pair of stages stands one typed value, so that each stage is a
//! function that is tested alone. A room may import only rooms before it:
//!
//! | room | turns what into what | must not know |
//! |---|---|---|
//! | [`diag`] | code, message, context, place and hints, many in a run; text with the line of the file | charts |
//! | [`time`] | civil time, the step between observations, periods and how they read | figures |
//! | [`data`] | bytes to observations: decoding, delimiter, dates, numbers, shape | figures, pixels |
//! | [`figure`] | the words that manifest, series, layout and chart share | files |
//! | [`text`] | bundled fonts: shaping, measuring, wrapping, outlines | layout, system fonts |
//! | [`canvas`] | plotters' drawing calls to a [`canvas::Scene`] | what the shapes mean |
//! | [`export`] | one file an output: a drawing or words to bytes, with their record | how a scene came about |
//! | [`spec`] | what a figure is, without a default left open; claims and templates as they are written | data, TOML |
//! | [`frame`] | observations to rows: picked, combined, judged, averaged; and facts of what was done | scales, colours |
//! | [`claim`] | claims and title templates against the data | drawing |
//! | [`tell`] | what is drawn, in words and as a table | drawing |
//! | [`scale`] | domains, ticks and how they read; plotters' `Ranged` | widths of text |
//! | [`theme`] | colours and sizes, light and dark | data, positions |
//! | [`layout`] | everything's place, collisions solved | plotters, files |
//! | [`chart`] | parts of drawing: lines and bars through plotters | kinds, files |
//! | [`kind`] | a kind of chart a file: its keys, what it suits, its marks, how they are arranged and drawn | files, each other |
//! | [`manifest`] | TOML to figures | pixels, fonts |
//! | [`infer`] | datasets to the manifest of what `plot` draws of them | files, drawing |
//! | [`artifact`] | what there is under a name; whole files or none | how bytes were made |
//! | [`project`] | one driver: opened, prepared, judged against the disk, written | how things are drawn |
//! | [`commands`] | one file a command | how things are drawn |
//! | [`cli`] | what the user typed | everything else |
//!
//! # Invariants, and the test that holds each
//!
//! * Same manifest, data and fonts, same bytes: whatever the time zone, the
//!   locale, the fonts installed or the number of jobs (`determinism`, `goldens`).
//!   There is no clock, environment, `static` state or hash map below
//!   [`commands`], and transcendental functions come from `libm` (clippy).
//! * After [`data`] every number is finite and an absent one is absent; it ends
//!   as a gap in the line (`read`, `series`).
//! * A scale is total: its domain is never empty and every tick lies in it (`scale`'s own tests).
//! * In any picture of any data nothing overlaps, nothing is clipped, and bars
//!   have the ratio of their values (`pictures`, over generated data).
//! * Every sentence of alt texts and descriptions holds against the values drawn (`words`, by a judge that shares
//!   no code with what writes them, over generated data).
//! * `check` writes nothing; `render` replaces a file only when its figure is
//!   whole, and a kill at any moment leaves whole files (`cli`).
//! * What `check` calls out of date `render` redraws, or says what stands in its way,
//!   and the other way round, whatever changed (`agree`).
//! * A file that popchart did not write, and data, are never replaced or removed;
//!   one that was edited by hand only when that is asked for (`ownership`).
//! * What `plot --manifest` prints draws the bytes that `plot` draws (`plot_manifest`, over generated tables).
//! * The drawings of the goldens change only together with the style profile (`style`).
//! * Imports run one way, and a third-party crate is named in its own room only (`architecture`).
//!
//! # Decisions
//!
//! * **plotters draws, and decides nothing.** It holds the coordinate systems and
//!   draws the marks; ranges, ticks, text widths, legends and output are ours. Our
//!   backend takes whole numbers of 1/64 px, so a line lies where its value is.
//! * **A manifest is read by hand from the spanned TOML tree**, not by a derive:
//!   a derive stops at the first error of a table, and every error is told at once.
//! * **Bars carry their names and values**, one row each, grouped ones too: neither
//!   a legend nor a value axis is needed, and colour is never the only key. Where
//!   nobody is highlighted, bars of one measure have one colour.
//! * **Names stand at line ends**, in a column, with leaders where they had to
//!   move. The plot grows for them; only a fixed height brings a legend.
//! * **Two dates make a slope**: values and names at both ends say what an axis would. Values that are
//!   only known to be below a bound are never printed as numbers, so they keep the axis.
//! * **A picture of fixed height is sized by its height too**, so that a wide and low one keeps room for its data.
//! * **The pages beside the pictures** (`NAME.md`, the gallery) are artifacts like
//!   any other and are checked like them: alt text drifts as pixels do.
//! * **A picture of pixels is judged by its record**: it is up to date when it was made of the very SVG text
//!   that the figure gives now, and nobody edited it. All else costs less to make than to judge.
//! * **Values (`NAME.csv`) carry no record**, which a reader of CSV would trip over. The record of the figure's
//!   page holds their hash: values that have it are popchart's, others of a page that vouches for some were
//!   edited, and without such a page they are somebody else's. Before they are replaced the page vouches for the
//!   old and the new ones, so that a run that is killed leaves none that is nobody's.
//! * **A link under a file's name is refused**, not followed and not replaced: popchart did not make it.
//! * **A closed standard output cannot be told from /dev/null** by safe code: Rust opens that in its place before
//!   `main`. All other failures to write results are told, and end with 2.
//! * **The exports stand before the manifest**, which offers their names.
//! * **Files are not synced to the disk**, only renamed when complete: that
//!   survives the end of the process at any moment, which is what is promised.

pub mod artifact;
pub mod canvas;
pub mod chart;
pub mod claim;
pub mod cli;
pub mod commands;
pub mod data;
pub mod diag;
pub mod export;
pub mod figure;
pub mod frame;
pub mod infer;
pub mod kind;
pub mod layout;
pub mod manifest;
pub mod project;
pub mod scale;
pub mod spec;
pub mod tell;
pub mod text;
pub mod theme;
pub mod time;
