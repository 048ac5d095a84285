//! popchart turns popularity data, as it was exported, into figures an article
//! can print, and keeps them true when the data change.
//!
//! # Words
//!
//! Types are named after these and no others (`architecture` holds it).
//!
//! **Data.** A **subject** is who is compared, a **measure** what is counted, in a **unit**, split where the data split it
//! into **groups**. A measure's **basis** is how its numbers came about (a count, an index, ranks, …), and so what may be
//! done with them; a **refusal** says why something may not. A **value** is a number, a bound that it is below, or missing.
//! An **observation** is one value of a file, at a **line**; its **columns** say who and when. A **data file** has a
//! **shape**, a **format** (how one source writes its files), and **facts**: what reading found, such as the
//! **completeness** of its last period. A **dataset** is a file, or several by **joining** them (**join keys** say how): exports of one scale each are
//! **anchored** by a term that all have, the **anchor**. An **aggregate** makes one value of several of one date.
//!
//! **Reading.** Bytes are **unpacked** and **decoded** to text, which is **split** into the rows and **cells** of a **table**, as many as are **wanted** and
//! with some **progress** from chunk to chunk, or an **answer** in JSON, whose **spots** say
//! where its records stand (a **scan** of the text finds their lines), or a **workbook** of **grids** of **grid cells**; what is found on the way are **findings**. Cells of a column are **evidence** of its **decimal** sign
//! and of the order of its dates, whose **stand** is a column or a header; a date may stand in **parts**, a cell may be a
//! **fragment** of one or have a **fault**, **bare** numbers may be years; a **span** is a half or a fiscal year, and months
//! and weekdays alone are **named** in an order of their own. What a spreadsheet keeps as a text is **wrapped**. A **sheet** is a table whose data are **located**: what its columns hold
//! (**holds**), what the words of their titles mean (a **meaning**), which **roles** they play and for what **reason** (a **decision**
//! between candidates), of what **kind** and **size** their numbers are, what lies **across** them;
//! **habits** are what a source does that its table does not show. A user may say its **encoding**, **delimiter**, **header**, the
//! **order** of day, month and year, what holds of all columns or of
//! **each**, and what is **unread**. What gives a source away is **known**; a table in another
//! text is **rewritten** or **written** anew. A row without a date may be a **foreign** line; a **builder** makes the dataset of observations,
//! an **aggregation** one value of several, and events are **counted**. A **plan** says
//! how the rows of a table are read, whose **sink** is a list of observations or an aggregation; the cells **of** a **column** are **readings**. What a column of words is for is **named**; sums that lose nothing are
//! **partials**, and what few values have is **rare**.
//!
//! **Time.** A **moment** is a second of civil time, a **period** a day, week, month, quarter or year around it, a **step** the
//! distance from one observation to the next, a **stretch** some dates evenly apart, a **precision** how exactly dates are known.
//!
//! **Manifest.** A **manifest** (`popchart.toml`) describes figures as a **spec** each: a **figure** is one chart of one or more
//! datasets, in one or more **panels**, **at** a date or over time. What it asks for: to **combine** values of groups or periods, a
//! **transform** that **takes** an amount, what becomes of the **last period**, which names come **from** where, a **theme choice**,
//! how missing **glyphs** are drawn, an **output** of files. A **claim** is a sentence about the data that the figure's words rely
//! on, in one **form** out of several; it has a **scope** (**dates**, groups), and what it says is a **statement**. A
//! **template** is a text in **pieces**: **words** and **placeholders** for values. A **source** is a text in which a **span**, a
//! **word** or a **name** (**names**) has its **place** (**places**).
//!
//! **Frame.** The **frame** of a figure, and of each panel, has **rows**: who, when, how much. **Who** is a place among its
//! **candidates**, everybody known. What a dataset says of a panel's measure is **picked**. A **transformation** turns rows into rows, as is **asked**; what stands behind its key is **given**: **per**, **share**, **index**, **growth**, **rank**, **since** a **start**, **log**.
//! A **counter** has **counts**; what an index is of is its **base**, **own** to a subject, and a share is of a **whole**. A **fact** says what was done to them; a **fate** what
//! became of a period that is not whole; a **part** of one is what a value is made of; the **top** who is shown of many. **Digits** are as many as tell numbers apart. A
//! **description** says what is drawn to who does not see it.
//!
//! **Picture.** A **kind** of **chart** makes **marks** of rows: **bars** in **bar groups**, **series** of **points**, or **grids** of cells under **headings**. The **look** of
//! a figure is what is not data: **inks** (colours before a theme decides, as **RGB** values after), an **emphasis** for each
//! subject, **events** of some kind, and what only some have, its **extras**: **annotations** at values, **shades** of times. What a kind cannot show is **unsuited**; a **fit** is how well it shows data that nobody
//! described. A **scale** is a domain with **ticks** at steps of time or in **linear** distances, and labels in one **number
//! format**, one **year style**. **Text** is **plain** characters in a **style** and a **weight**, made of glyphs of the **fonts**: a **run**
//! of glyphs, each with an outline of **contours**, all **outlines** kept. A **theme** has colours and **sizes**; two of its colours may
//! **clash**. A **preset** is a size that pictures are made for, with the type that is read where they are shown.
//! The data of a plot have an **extent**, between dates and values; a place is in **px**.
//! A layout puts a **body** (of bars, of lines) on a **ground**, in an **area** under the header's frame: **text lines** at an
//! anchor, a **time axis**, **lanes** for event marks, **end labels** beside **lines** where they stand nearest to their **wish**,
//! or **legend entries**; what stands **beside** lines, a **note mark**, has **room**; **placed bars** in a bar panel; cells in the shades of
//! their **heat**; a **stack** of **parts**. A point that a claim speaks of is **marked**, and becomes a **claimed** mark; texts in a plot keep off
//! what is **taken**. Each line is a **strand** that is **woven** over those beneath it, and its halo leaves what is **kept**. A **pen** has
//! **drawn** it when its **surface**, the **canvas**, has a
//! **scene**: **items**, each a shape in a **rect** with a **stroke** or a **paint**, and the **role** it plays. A **picture** keeps a **rule** of some
//! **level**, or there is a **breach** of it and it is **broken**; a figure that was held against all is **linted**.
//!
//! **Files.** An **export** is how a **drawing**, or an **entry** of words with its **pictures**, becomes the bytes of a **file**: it says
//! how to **make** them, with **labels** for who reads the markup, in a **workspace** of memory. Each file has a **record** of
//! what it was made from in a **slot**, by an **insertion** that may **touch** nothing else. What is **found** under a name has a
//! **state**. **Render**, `check` and the others are a **job** in some **mode**, with **tools**, **inputs** to **read** and what is **asked** of them;
//! a figure is **ready** to be drawn or is a **failure**, and what is **told** of it becomes an **outcome** with an **exit** code.
//! A **diagnostic** is one thing to tell, of some **severity**, with the **excerpt** of the file it speaks of; a **report** is all of a
//! run. An **error** of the drawing library is one of them. The **CLI** is what the user typed.
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
//! | [`preset`] | the sizes that pictures are made for, one file each | what is drawn |
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
//! | [`lint`] | the rules of pictures, a section a file, over spec, frame and scene | files, how a scene came about |
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
//! * What `plot` draws is what its printed manifest draws, byte for byte (`plot_manifest`).
//! * A claim that the data cannot decide is undecided, and an error (`truth`, `claims`).
//! * Every fault has a code that is explained, and its line of the file (`codes`, `manifest`).
//! * Claims, words and kinds read the frame, and nothing from before it (`architecture`).
//! * Imports run one way between rooms, and no files import each other (`architecture`, `circles`); a third-party
//!   crate is named in its own room only; entries of a registry do not know each other (`registries`).
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
//! * **Two dates make a slope where a manifest says so** (`plot` does): values and names at both ends say what an axis
//!   would. Values that are only known to be below a bound are never printed as numbers, so they keep the axis.
//! * **Claims and placeholders speak of what is drawn**: of the average where a line is one, of the month's sum where a bar is
//!   one. A claim about a raw value belongs to a figure that shows it.
//! * **An index of whole numbers is known to half a point**: 57 > 56 holds, as the true values are 56.5 or more, and less;
//!   57 > 57, and a ratio near its claim, are undecided.
//! * **A sum of which a part is missing is missing**, and the note names the part; a mean is of what is known.
//! * **A first or last period that is not whole is left out** where two whole ones remain, and drawn dashed or hollow where not.
//! * **Kinds and transformations stand before the manifest**, which asks each for the keys it takes, so that a new one is a file
//!   and a line; and after the frame, which they read.
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
//! * **A closed standard output is looked for before `main`**: Rust opens /dev/null in its place, which cannot be told from
//!   a reader's own afterwards. That is all that runs there, and the only code that needs `unsafe`, in what `ctor` writes.
//! * **The exports stand before the manifest**, which offers their names.
//! * **Files are not synced to the disk**, only renamed when complete: that
//!   survives the end of the process at any moment, which is what is promised.

#![forbid(unsafe_code)]

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
pub mod lint;
pub mod manifest;
pub mod preset;
pub mod project;
pub mod scale;
pub mod spec;
pub mod tell;
pub mod text;
pub mod theme;
pub mod time;
