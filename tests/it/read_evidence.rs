//! Which column plays which part is decided by evidence, which `inspect --why` prints: what describes rows is no
//! value, sums are not drawn beside their parts, things of different kinds share no axis.

use popchart::data::{Columns, Dataset, read};

use crate::inspect::run;
use crate::read::rows;

/// What was read of a text, and the warnings that came with it.
fn told(text: &str) -> (Dataset, Vec<String>) {
    let read = read("f.csv", text.as_bytes(), &Columns::default());
    let (dataset, report) = read.unwrap_or_else(|report| panic!("{report}\n{text}"));
    (dataset, report.diagnostics.iter().map(|d| d.message.clone()).collect())
}

/// The same table with semicolons, with CRLF, and with quotes around all cells.
fn variants(text: &str) -> [String; 4] {
    let quoted =
        |line: &str| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\n";
    [
        text.to_owned(),
        text.replace(',', ";"),
        text.replace('\n', "\r\n"),
        text.lines().map(quoted).collect::<String>(),
    ]
}

mod descriptions {
    use super::*;

    #[test]
    fn degrees_on_a_map_are_no_values() {
        let text = "Region,alpha bread,beta bread,Lat,Long\nNorthland,65%,35%,44.02,1.35\nSouthland,62%,38%,44.98,0.41\n";
        for text in variants(text) {
            let (dataset, warnings) = told(&text);
            assert_eq!(dataset.subjects, ["alpha bread", "beta bread"], "{text}");
            assert_eq!(warnings, ["left out columns `Lat`, `Long`, which hold degrees on a map"]);
            assert_eq!(rows(&dataset)[1], "beta bread/value/Northland = 35");
        }
        let (dataset, _) = told("longitude,city,latitude,visits\n-75.5,A,40.1,12\n2.35,B,48.8,30\n");
        assert_eq!(rows(&dataset), ["A/visits = 12", "B/visits = 30"]);
        // Without degrees north it may be long what is counted.
        let (dataset, _) = told("name,short,long\nA,12,140\nB,30,90\n");
        assert_eq!(dataset.observations.len(), 4);
    }

    #[test]
    fn codes_versions_and_short_names_are_no_values_and_nobody() {
        let text = "city,geonameid,iso_code,Latest Version,population\nA,101,276,1.2,120000\nB,102,250,3.0,300000\nC,103,36,0.9,80000\n";
        assert_eq!(
            rows(&told(text).0),
            ["A/population = 120000", "B/population = 300000", "C/population = 80000"]
        );
        let text = "country_code,country,year,value\nDE,Germany,2020,5\nFR,France,2020,6\nDE,Germany,2021,7\nFR,France,2021,8\n";
        let (dataset, warnings) = told(text);
        assert_eq!(
            (dataset.subjects.as_slice(), warnings.len()),
            (["Germany", "France"].map(String::from).as_slice(), 0)
        );
        let (dataset, warnings) = told(&text.replace("country_code,country", "x,y"));
        assert_eq!(
            (dataset.subjects.as_slice(), warnings.len()),
            (["Germany", "France"].map(String::from).as_slice(), 0)
        );
    }

    #[test]
    fn a_remark_at_every_date_is_nobody() {
        let (dataset, _) =
            told("date,event,Alpha,Beta\n2020-01-01,start,1,2\n2020-02-01,pause,3,4\n2020-03-01,end,5,6\n");
        assert_eq!(dataset.subjects, ["Alpha", "Beta"]);
    }

    #[test]
    fn what_tells_the_rows_of_a_date_apart_is_the_subject() {
        let (dataset, _) =
            told("Studio,Titel,Jahr,Einnahmen\nS1,Alpha,2018,5\nS1,Beta,2018,7\nS2,Gamma,2020,9\n");
        assert_eq!(
            (dataset.subjects.as_slice(), dataset.groups.len()),
            (["Alpha", "Beta", "Gamma"].map(String::from).as_slice(), 0)
        );
    }

    #[test]
    fn bookkeeping_and_answers_of_yes_or_no_are_no_values() {
        let (dataset, warnings) = told("name,downloads,n_months,is_new\nA,12,3,0\nB,30,12,1\n");
        assert_eq!(rows(&dataset), ["A/downloads = 12", "B/downloads = 30"]);
        assert_eq!(
            warnings,
            [
                "left out column `n_months`, which counts what a number is of",
                "left out column `is_new`, which answers yes or no"
            ]
        );
        let (dataset, warnings) = told("name,n_months\nA,3\nB,12\n");
        assert_eq!((rows(&dataset).len(), warnings.len()), (2, 0));
    }

    #[test]
    fn what_differs_in_every_row_is_the_subject_and_its_years_are_no_measure() {
        let text = "Phase,Film,Year_Release,U.S. release date,Box office gross Worldwide,Budget,Director\n\
            One,Alpha,2018,2018-05-02,585000000,140000000,A Smith\n\
            One,Beta,2018,2018-06-13,264000000,150000000,B Jones\n\
            Two,Gamma,2020,2020-05-07,623000000,200000000,A Smith\n";
        for text in variants(text) {
            let (dataset, warnings) = told(&text);
            assert_eq!(dataset.subjects, ["Alpha", "Beta", "Gamma"]);
            assert_eq!(dataset.measure_names(), ["Box office gross Worldwide", "Budget"]);
            assert_eq!((dataset.facts.first, dataset.groups.len()), (None, 0));
            assert_eq!(warnings, ["left out column `Year_Release`, which says when something began"]);
        }
        // In words that nobody knows, every row has another text in one column only.
        let (dataset, _) = told("Genre,Werk,Founded,Punkte\nx,Alpha,1998,5\nx,Beta,2001,6\ny,Gamma,2001,7\n");
        assert_eq!(rows(&dataset), ["Alpha/Punkte = 5", "Beta/Punkte = 6", "Gamma/Punkte = 7"]);
    }

    #[test]
    fn addresses_and_sentences_are_nobody() {
        let text = "kind,page,about,seen\nx,https://a.example/1,what all of it is about here,5\n\
            x,https://a.example/2,what the other of it is about,6\ny,https://a.example/3,something else that is not that,9\n";
        assert_eq!(told(text).0.subjects, ["x", "y"]);
    }

    #[test]
    fn a_choice_by_a_hair_is_told_with_the_key_that_takes_the_other() {
        let (dataset, warnings) =
            told("date,eins,zwei,n\n2020-01-01,a,x,1\n2020-01-01,b,y,2\n2020-02-01,a,z,3\n");
        assert_eq!(dataset.subjects, ["a", "b"]);
        let message =
            "took column `eins` as the subject, which has the fewest distinct texts; `zwei` could be it, too";
        assert_eq!(warnings, [message]);
    }
}

mod kinds {
    use super::*;

    #[test]
    fn rates_and_counts_are_measures_of_their_own() {
        for names in ["growth_rate,search_results", "momentum,reach"] {
            let text = format!("toolkit,{names}\nalpha,0.6,233\nbeta,0.79,1490\ngamma,0.58,46300\n");
            for text in variants(&text) {
                let (dataset, _) = told(&text);
                assert_eq!((dataset.measures.len(), dataset.groups.len()), (2, 0), "{text}");
            }
        }
        let (dataset, _) = told("name,height_cm,Weight (kg)\nA,180.5,70\nB,175.2,66\n");
        assert_eq!(dataset.measure_names(), ["height_cm", "Weight (kg)"]);
        // Portals of many sizes are still of one kind.
        let (dataset, _) = told("skill,Indeed,LinkedIn\nA,12,6347\nB,3,3818\nC,7,2888\n");
        assert_eq!((dataset.measures.len(), dataset.groups.len()), (1, 2));
    }

    #[test]
    fn measures_over_time_do_not_share_an_axis_either() {
        let text = "date,conversion rate,visits total\n2024-01-01,0.61,4210\n2024-02-01,0.57,5210\n2024-03-01,0.66,3999\n";
        assert_eq!(told(text).0.measures.len(), 2);
        let (dataset, _) =
            told("date,Alpha,Beta\n2024-01-01,0.61,4210\n2024-02-01,0.57,5210\n2024-03-01,0.66,3999\n");
        assert_eq!((dataset.subjects.len(), dataset.measures.len()), (2, 1));
    }

    #[test]
    fn groups_that_name_measures_are_measures() {
        let text = "language,source,raw_value\nalpha,repo_count,3457974\nbeta,repo_count,4796513\nalpha,survey_share,58.1\n\
            beta,survey_share,66.3\nalpha,index_rating,20.97\nbeta,index_rating,3.11\n";
        for text in variants(text) {
            let (dataset, _) = told(&text);
            assert_eq!(dataset.measure_names(), ["repo_count", "survey_share", "index_rating"]);
            let note = "Took each text of column `source` as a measure of its own, as their sizes tell them apart; name it as `group` (`--group`) to have them on one axis.";
            assert!(dataset.facts.notes.contains(&note.to_owned()), "{:?}", dataset.facts.notes);
        }
        let asked = Columns { group: Some("source".into()), ..Columns::default() };
        let (dataset, _) = read("f.csv", text.as_bytes(), &asked).unwrap();
        assert_eq!((dataset.measures.len(), dataset.groups.len()), (1, 3));
    }

    #[test]
    fn texts_that_name_measures_of_one_subject_are_measures() {
        let text = "date,metric,value\n2024-01,stars,12000\n2024-01,share,4.5\n2024-02,stars,12100\n2024-02,share,4.7\n";
        assert_eq!(rows(&told(text).0)[..2], ["2024-01-01 f/stars = 12000", "2024-01-01 f/share = 4.5"]);
        let text = "tool,survey,result\nA,usage percent,45.5%\nB,usage percent,12.5%\nA,respondents count,1200\nB,respondents count,800\n";
        let (dataset, _) = told(text);
        let units: Vec<_> =
            dataset.measures.iter().map(|measure| measure.unit.map(popchart::data::Unit::name)).collect();
        assert_eq!((dataset.facts.percent, units), (false, vec![Some("percent"), Some("count")]));
    }

    #[test]
    fn the_places_of_an_order_are_ranks() {
        let text = "Year,A,B,C\n2020,1,2,3\n2021,2,1,3\n2022,3,1,2\n";
        assert_eq!(told(text).0.measures[0].basis.name(), "rank");
        assert_eq!(told(&text.replace("2022,3,1,2", "2022,3,1,1")).0.measures[0].basis.name(), "unknown");
    }

    #[test]
    fn a_title_may_be_a_number_in_per_cent() {
        let (dataset, warnings) = told("date,10%,20,30\n2020-01-01,1,2,3\n2020-02-01,3,4,7\n");
        assert_eq!(
            (dataset.subjects.as_slice(), warnings.len()),
            (["10%", "20", "30"].map(String::from).as_slice(), 0)
        );
        let (dataset, _) = told("country,10%,50%,90%\nA,1,2,3\nB,3,4,9\n");
        assert_eq!((dataset.observations.len(), dataset.facts.header_line), (6, Some(1)));
    }
}

mod sums {
    use super::*;

    #[test]
    fn a_sum_among_groups_is_left_out() {
        let text = "language,metric_value,source,date\nalpha,1394,jobs_gb,2026-05-08\nbeta,554,jobs_gb,2026-05-08\n\
            alpha,10352,jobs_us,2026-05-08\nbeta,1934,jobs_us,2026-05-08\nalpha,11746,jobs_total,2026-05-08\n\
            beta,2488,jobs_total,2026-05-08\n";
        for text in variants(text) {
            let (dataset, warnings) = told(&text);
            assert_eq!(dataset.groups, ["jobs_gb", "jobs_us"]);
            assert_eq!(warnings, ["left out the group \"jobs_total\", which is the sum of the others"]);
        }
        let only = vec![("source".into(), vec!["jobs_gb".into(), "jobs_us".into(), "jobs_total".into()])];
        let asked = Columns { only, ..Columns::default() };
        assert_eq!(read("f.csv", text.as_bytes(), &asked).unwrap().0.groups.len(), 3);
    }

    #[test]
    fn a_sum_among_subjects_or_columns_is_left_out() {
        let long = "month,tool,n\n2024-01,Gesamt,9\n2024-01,A,4\n2024-01,B,3\n2024-02,A,5\n2024-02,B,6\n2024-02,Gesamt,12\n";
        let (dataset, warnings) = told(long);
        assert_eq!(
            (dataset.subjects.as_slice(), dataset.observations.len()),
            (["A", "B"].map(String::from).as_slice(), 4)
        );
        let why = "which is called a sum and is nowhere below one of the others";
        assert_eq!(warnings, [format!("left out the subject \"Gesamt\", {why}")]);
        let (dataset, warnings) = told("month,A,B,TOTAL\n2024-01,4,3,7\n2024-02,5,6,11\n");
        assert_eq!(dataset.subjects, ["A", "B"]);
        assert_eq!(warnings, ["left out column `TOTAL`, which is the sum of the others"]);
    }

    #[test]
    fn a_sum_is_known_by_its_numbers_whatever_it_is_called() {
        let (dataset, warnings) = told("date,country,n\n2024-01,World,90\n2024-01,DE,40\n2024-01,FR,50\n");
        assert_eq!(
            (dataset.subjects.len(), warnings),
            (2, vec!["left out the subject \"World\", which is the sum of the others".to_owned()])
        );
        let row = |month: i64| {
            let (a, b) = (month * 7 + 3, month * month + 5);
            format!("2024-{month:02},A,{a}\n2024-{month:02},Bund,{}\n2024-{month:02},B,{b}\n", a + b)
        };
        let text: String = (1..9).map(row).collect();
        assert_eq!(told(&format!("month,x,n\n{text}")).0.subjects, ["A", "B"]);
        let few: String = (1..4).map(row).collect();
        assert_eq!(told(&format!("month,x,n\n{few}")).0.subjects, ["A", "Bund", "B"]);
    }

    #[test]
    fn what_is_only_called_a_sum_stays() {
        for text in [
            "month,A,B,Total War\n2024-01,4,3,9\n2024-02,5,6,30\n",
            "month,A,B,Total\n2024-01,4,3,2\n2024-02,5,6,1\n",
        ] {
            let (dataset, warnings) = told(text);
            assert_eq!((dataset.subjects.len(), warnings.len()), (3, 0), "{text}");
        }
        assert_eq!(
            told("date,new stars,total stars\n2024-01-01,4,40\n2024-01-02,5,45\n").0.observations.len(),
            4
        );
    }
}

mod titles {
    use super::*;

    #[test]
    fn a_title_says_who_and_what() {
        for (text, who, what) in [
            ("Week,VPN Searches\n2024-01-07,35\n2024-01-14,100\n", vec!["VPN"], "searches"),
            (
                "Week,VPN searches,Proxy searches\n2024-01-07,35,2\n2024-01-14,100,4\n",
                vec!["VPN", "Proxy"],
                "searches",
            ),
            (
                "month,Downloads of left-pad,Downloads of chalk\n2024-01,35,2\n2024-02,99,4\n",
                vec!["left-pad", "chalk"],
                "downloads",
            ),
            (
                "Region,Keras job postings,JAX job postings\nA,35,2\nB,99,4\n",
                vec!["Keras", "JAX"],
                "job postings",
            ),
        ] {
            for text in variants(text) {
                let (dataset, _) = told(&text);
                assert_eq!(
                    (dataset.subjects.clone(), dataset.measure_names()),
                    (who.iter().map(|w| (*w).to_owned()).collect(), vec![what]),
                    "{text}"
                );
            }
        }
        let (dataset, _) = told("month,Rust (%),Go (%)\n2024-01,20.5,2\n2024-02,21.5,4\n");
        assert_eq!(
            (dataset.subjects.join(" "), dataset.measure_names()),
            ("Rust Go".to_owned(), vec!["percent"])
        );
        assert!(dataset.facts.percent);
        for title in ["Page views", "GitHub stars", "Total Downloads", "searches"] {
            let (dataset, _) = told(&format!("month,{title}\n2024-01,35\n2024-02,99\n"));
            assert_eq!((dataset.subjects[0].as_str(), dataset.measure_names()), ("f", vec![title]));
        }
    }

    #[test]
    fn a_title_above_spans_the_columns_it_stands_over() {
        let text =
            ",Pct. of searches,,\nRegion,Alpha,Beta,Turnout%\nNorth,45%,21%,79.1%\nSouth,32%,30%,59.1%\n";
        for text in variants(text) {
            let (dataset, warnings) = told(&text);
            assert_eq!(
                (dataset.subjects.len(), dataset.measure_names()),
                (2, vec!["Pct. of searches"]),
                "{text}"
            );
            assert_eq!(rows(&dataset)[3], "Beta/Pct. of searches/South = 30");
            let message = "left out column `Turnout%`, which does not stand under \"Pct. of searches\", as the others do";
            assert_eq!((warnings, dataset.facts.preamble_lines), (vec![message.to_owned()], 0));
        }
        let (dataset, _) =
            told(",,Votes,\nRegion,Turnout,Alpha,Beta\nNorth,79,4512,2191\nSouth,59,3200,3001\n");
        assert_eq!(
            (dataset.subjects.as_slice(), dataset.measure_names()),
            (["Alpha", "Beta"].map(String::from).as_slice(), vec!["Votes"])
        );
        let (dataset, _) = told(
            ",Downloads,,Stars,\nmonth,alpha,beta,alpha,beta\n2024-01,100,200,3,5\n2024-02,300,250,6,4\n",
        );
        assert_eq!(
            (dataset.subjects.as_slice(), dataset.measure_names()),
            (["alpha", "beta"].map(String::from).as_slice(), vec!["Downloads", "Stars"])
        );
        assert_eq!(rows(&dataset)[3], "2024-01-01 beta/Stars = 5");
        let (dataset, _) = told(",2019,,2020,\nregion,a,b,a,b\nX,1,2,3,4\nY,5,6,7,8\n");
        assert_eq!(dataset.subjects, ["2019, a", "2019, b", "2020, a", "2020, b"]);
    }

    #[test]
    fn a_repository_is_known_by_its_owner_and_its_name() {
        for (owner, name) in [("username", "repo_name"), ("owner", "name"), ("Organization", "repository")] {
            let text = format!("{name},stars,{owner}\nskills,800,ann\nskills,700,bob\nalpha,5,cy\n");
            assert_eq!(
                rows(&told(&text).0)[..2],
                ["ann/skills/stars = 800", "bob/skills/stars = 700"],
                "{name}"
            );
        }
        let (dataset, _) = told("full_name,stars,owner\nann/skills,800,ann\nbob/skills,700,bob\n");
        assert_eq!(dataset.subjects, ["ann/skills", "bob/skills"]);
    }

    #[test]
    fn a_row_of_data_is_no_header_though_its_number_looks_like_a_year() {
        for (text, first) in [
            ("A,2019\nB,7\n", "A/value = 2019"),
            ("who,n\nAda,2000\n", "Ada/n = 2000"),
            ("framework,listings\nReact,2011\nAngular,1336\nVue,700\n", "React/listings = 2011"),
            ("who\tn\nAda\t2000\nBob\t7\n", "Ada/n = 2000"),
        ] {
            assert_eq!(rows(&told(text).0)[0], first, "{text}");
        }
        let years = "country,2019,2020\nA,7,8\nB,9,10\n";
        assert_eq!(rows(&told(years).0)[0], "2019-01-01 A/value = 7");
    }

    #[test]
    fn rows_of_years_without_values_are_data() {
        for (titles, gap) in
            [("Year,,b", ""), ("Year,2010 est.,b", "-"), ("Year,2010,2011", ".."), ("Jahr,x,y", ":")]
        {
            let row = |year: i32| match year {
                ..1998 => format!("{year},{gap},{gap}"),
                1998 => format!("{year},2005.7,{gap}"),
                _ => format!("{year},{}.{},2006.1", year + 20, year % 9 + 1),
            };
            let body: Vec<String> = (1900..2010).map(row).collect();
            let (dataset, _) = told(&format!("{titles}\n{}\n", body.join("\n")));
            assert_eq!((dataset.observations.len(), dataset.facts.header_line), (220, Some(1)), "{titles}");
        }
    }
}

mod figures {
    use super::*;

    fn plotted(text: &str) -> crate::project::Ran {
        crate::plot::Desk::new(&[("f.csv", text)]).run("plot f.csv --manifest")
    }

    #[test]
    fn series_of_their_own_hundreds_are_refused() {
        let row = |name: &str, at: usize, value: i32| format!("2022-{at:02}-01,{value},{name}\n");
        let series = |name: &str| {
            [56, 70, 83, 100, 62, 47].iter().zip(1..).map(|(v, at)| row(name, at, *v)).collect::<String>()
        };
        let text = format!("date,interest,keyword\n{}{}{}", series("a"), series("b"), series("c"));
        let ran = plotted(&text);
        let message = "error[unanchored-series]: cannot draw 3 series on one axis: each is scaled to its own highest value, 100";
        assert!(ran.code != 0 && ran.err.starts_with(message), "{}", ran.err);
        let said =
            crate::plot::Desk::new(&[("f.csv", text.as_str())]).run("plot f.csv --basis count --manifest");
        assert_eq!(said.code, 0, "{}", said.err);
        // Of one comparison, one series alone reaches 100.
        let one = text.replace("100,b", "99,b").replace("100,c", "98,c");
        assert_eq!(plotted(&one).code, 0, "{}", plotted(&one).err);
    }

    #[test]
    fn places_of_one_term_are_told_and_not_drawn() {
        let ran = run("plot tests/fixtures/data/map-mostly-empty.csv --manifest", b"");
        assert!(ran.out.contains("chart = \"grouped-bar\""), "{}", ran.out);
        assert!(ran.out.contains("groups = [\"Nordville\", \"Sudville\"]"), "{}", ran.out);
        assert!(
            ran.out.contains("30 places have a value of one term alone and are not drawn."),
            "{}",
            ran.out
        );
        let lone =
            "Category: All categories\n\nCity,a: (1/1/20 - 1/1/25),b: (1/1/20 - 1/1/25)\nX,100%,\nY,,100%\n";
        let ran = plotted(lone);
        let message = "error[lone-shares]: cannot compare terms: every place has a value of one term alone, which is all of it";
        assert!(ran.err.starts_with(message), "{}{}", ran.err, ran.out);
    }

    #[test]
    fn why_columns_play_their_parts_is_printed() {
        let text = "Phase,Film,Released,gross,Director\nOne,Alpha,2018,585,A Smith\nOne,Beta,2018,264,B Jones\nTwo,Gamma,2020,623,A Smith\n";
        let ran = run("inspect --why -", text.as_bytes());
        let why = "
  why
    date       no column
    values     `gross`: it holds numbers
               not `Released`: it says when something began
    subject    `Film`: its title says so
               not `Phase`: its title says nothing of it
               not `Director`: its title says nothing of it
    group      no column
               not `Phase`: it tells no rows apart that are alike otherwise
               not `Director`: it tells no rows apart that are alike otherwise
";
        assert!(ran.out.contains(why), "{}", ran.out);
        assert!(!run("inspect -", text.as_bytes()).out.contains("  why\n"));
    }
}
