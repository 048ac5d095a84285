//! What is read of tables that no program wrote alike: dates in several cells, ranks, codes, and tables of
//! indices as people keep them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use popchart::data::{Columns, Dataset, read};
use popchart::time::moment::Step;

use crate::read::{rows, without_lines};
use crate::read_keys::holds;

/// What is read of a text, and what is warned of.
pub(crate) fn told(file: &str, text: &str) -> (Dataset, Vec<String>) {
    let (dataset, report) =
        read(file, text.as_bytes(), &Columns::default()).unwrap_or_else(|report| panic!("{report}"));
    holds(file, text.as_bytes(), &dataset);
    (dataset, report.diagnostics.into_iter().map(|d| d.message).collect())
}

/// What is read of a text of which there is nothing to warn.
pub(crate) fn quiet(text: &str) -> Dataset {
    let (dataset, warnings) = told("kept.csv", text);
    assert_eq!(warnings, [""; 0], "{text}");
    dataset
}

pub(crate) fn refused(text: &str) -> String {
    read("kept.csv", text.as_bytes(), &Columns::default()).unwrap_err().to_string()
}

mod parts_of_dates {
    use super::*;

    #[test]
    fn a_quarter_beside_its_year_is_no_month() {
        let dataset = quiet("pushes,code,year,quarter\n9,AT,2020,1\n4,BE,2020,1\n8,AT,2020,2\n5,BE,2020,2\n");
        assert_eq!(rows(&dataset)[2..], ["2020-04-01 AT/pushes = 8", "2020-04-01 BE/pushes = 5"]);
        assert_eq!(dataset.facts.step, Some(Step::Quarter));
        let dataset = quiet("year,quarter,Alpha\n2020,Q3,9\n2020,Q4,8\n2021,Q1,7\n");
        assert_eq!(rows(&dataset)[1], "2020-10-01 Alpha/value = 8");
    }

    #[test]
    fn a_month_may_stand_before_its_year_and_have_a_name() {
        let dataset = quiet("month,year,Alpha,Beta\n11,2020,1,2\n12,2020,3,4\n1,2021,5,6\n");
        assert_eq!(rows(&dataset)[4..], ["2021-01-01 Alpha/value = 5", "2021-01-01 Beta/value = 6"]);
        let dataset = quiet("Year;Month;Posts\n2020;November;1,5\n2020;Dec;2,5\n2021;January;3,5\n");
        assert_eq!(rows(&dataset)[1], "2020-12-01 kept/Posts = 2.5");
        assert_eq!(dataset.facts.step, Some(Step::Month));
    }

    #[test]
    fn days_and_weeks_have_cells_of_their_own_too() {
        let dataset = quiet("year,month,day,Alpha\n2020,2,28,1\n2020,2,29,2\n2020,3,1,3\n");
        assert_eq!(rows(&dataset)[1], "2020-02-29 Alpha/value = 2");
        let dataset = quiet("year,week,Alpha\n2020,52,1\n2020,53,2\n2021,1,3\n");
        assert_eq!(rows(&dataset)[1..], ["2020-12-28 Alpha/value = 2", "2021-01-04 Alpha/value = 3"]);
        assert_eq!(dataset.facts.step, Some(Step::Week));
    }

    #[test]
    fn a_part_that_is_none_is_told_with_its_place() {
        let expected = "\
error[not-a-date-part]: expected a month, found \"Febuary\"
 --> kept.csv:3:6 (column `Month`)
  |
3 | 2020,Febuary,2
  |      ^^^^^^^
hint: write months as 1 to 12 or in English

error[not-a-date-part]: expected a month, found nothing
 --> kept.csv:6:6 (column `Month`)
  |
6 | 2020,,5
  |      ^
hint: write months as 1 to 12 or in English
";
        let text = "Year,Month,Alpha\n2020,January,1\n2020,Febuary,2\n2020,March,3\n2020,April,4\n2020,,5\n";
        assert_eq!(refused(text), expected);
    }

    #[test]
    fn the_sum_of_a_year_is_left_out() {
        let text = "Year,Quarter,Posts\n2020,Q1,1\n2020,Q2,2\n2020,Q3,3\n2020,Q4,4\n2020,Total,10\n";
        let (dataset, warnings) = told("kept.csv", text);
        assert_eq!(
            (dataset.observations.len(), warnings),
            (4, vec!["left out 1 row of sums or remarks, first \"2020\"".to_owned()])
        );
    }

    #[test]
    fn parts_that_repeat_a_date_are_no_series() {
        let dataset =
            quiet("date,year,month,weekday,downloads\n2020-01-01,2020,1,Wed,9\n2020-01-02,2020,1,Thu,8\n");
        assert_eq!(rows(&dataset), ["2020-01-01 kept/downloads = 9", "2020-01-02 kept/downloads = 8"]);
        assert_eq!(
            dataset.facts.notes[0],
            "Left out `year`, `month`, `weekday`, which the dates say already."
        );
    }

    #[test]
    fn weeks_quarters_and_seconds_have_short_forms() {
        assert_eq!(rows(&quiet("week,Alpha\n202052,1\n202053,2\n"))[1], "2020-12-28 Alpha/value = 2");
        assert_eq!(rows(&quiet("quarter,Alpha\n3Q20,1\n4Q20,2\n"))[1], "2020-10-01 Alpha/value = 2");
        assert_eq!(
            rows(&quiet("ts,Alpha\n1577836800.0,1\n1577923200.5,2\n"))[1],
            "2020-01-02 Alpha/value = 2"
        );
    }
}

mod ranks_and_codes {
    use super::*;

    #[test]
    fn a_rank_or_an_index_is_counted_where_nothing_else_is() {
        assert_eq!(
            rows(&quiet("date,language,rank\n2020-01-01,A,1\n2020-01-01,B,2\n2020-02-01,A,2\n"))[2],
            "2020-02-01 A/rank = 2"
        );
        assert_eq!(
            rows(&quiet("date,index\n2020-01-01,100\n2020-02-01,99\n"))[1],
            "2020-02-01 kept/index = 99"
        );
    }

    #[test]
    fn ranks_beside_other_numbers_are_left_out() {
        let dataset = quiet("last_position,current_position,language,share\n2,1,A,9.5\n1,2,B,8.5\n");
        assert_eq!(rows(&dataset), ["A/share = 9.5", "B/share = 8.5"]);
        assert_eq!(
            dataset.facts.notes,
            ["Left out `last_position`, `current_position`, which number the rows."]
        );
    }

    #[test]
    fn a_change_in_brackets_is_no_part_of_the_number() {
        let text = "year,quarter,action,ranking,language,percent\n2013,1,pushes,1,A,18.2%  (+0.1%)\n2013,1,pushes,2,B,17%\n\
            2013,1,stars,1,B,9%  (-1%)\n2013,1,stars,2,A,8%\n2013,2,pushes,1,A,18%  (-0.2%)\n";
        let dataset = quiet(text);
        assert_eq!(dataset.measure_names(), ["percent"]);
        assert_eq!(rows(&dataset)[4], "2013-04-01 A/percent/pushes = 18");
    }

    #[test]
    fn codes_of_places_are_no_series() {
        let dataset = quiet(
            "date,Area Title,area_code,change\n2020-02-01,\"X, OH\",10420,0\n2020-02-01,Y,10580,-1\n2020-02-02,\"X, OH\",10420,2\n",
        );
        assert_eq!(rows(&dataset)[2], "2020-02-02 X, OH/change = 2");
        let dataset =
            quiet("town,date,zone_code,value\nX,2020-02-01,7,100\nX,2020-02-02,7,99\nY,2020-02-01,8,100\n");
        assert_eq!((dataset.measure_names(), dataset.subjects.len()), (vec!["value"], 2));
        let dataset = quiet("date,Vim,VS Code\n2020-02-01,1,2\n2020-02-02,3,4\n");
        assert_eq!(dataset.subjects, ["Vim", "VS Code"]);
    }

    #[test]
    fn the_nameless_names_of_rows_are_subjects_of_measures() {
        let dataset = quiet(",Position,Ratings,Jobs\nA,1,0.5,7\nB,2,0.25,8\n");
        assert_eq!(rows(&dataset)[1..3], ["A/Jobs = 7", "B/Ratings = 0.25"]);
    }
}

mod per_cent {
    use super::*;

    #[test]
    fn a_table_whose_measures_all_have_the_sign_says_so() {
        for (text, expected) in [
            ("date,Alpha\n2020-01,12%\n2020-02,13%\n", true),
            ("date,Alpha,Beta\n2020-01,12%,\n2020-02,13%,\n2020-03,,\n", true),
            ("name,Ratings (%)\na,4.5\nb,5.5\n", true),
            ("name,Alpha,Beta\na,70%,30%\nb,,<1%\n", true),
            ("date,Alpha\n2020-01,12\n2020-02,13\n", false),
            ("date,name,share,stars\n2020-01,a,12%,9\n2020-02,a,13%,8\n", false),
        ] {
            assert_eq!(quiet(text).facts.percent, expected, "{text}");
        }
        // Columns of per cent beside counts are left out, so that counts are what is drawn.
        let (dataset, _) = told("f.csv", "Keyword,Alpha,Beta,Alpha %,Beta %\nA,9,8,50%,40%\nB,7,6,5%,4%\n");
        assert!(!dataset.facts.percent);
    }
}

mod indices {
    use super::*;

    #[test]
    fn a_month_of_ratings_has_one_measure() {
        for header in [
            "Apr 2026,Apr 2025,Change,Programming Language,Ratings,Change",
            "apr2026,apr2025,change,language,ratings,change",
        ] {
            let text = format!("{header}\n1,1,,A,17.76%,-8.22%\n2,3,,B,10.28%,+1.63%\n51,,,C,,\n");
            let dataset = quiet(&text);
            let name = &dataset.measures[0].name;
            let expected =
                [format!("A/{name} = 17.76"), format!("B/{name} = 10.28"), format!("C/{name} = missing")];
            assert_eq!((rows(&dataset), dataset.facts.format.name), (expected.to_vec(), "tiobe"));
        }
        let dataset = quiet(
            "Sep2018,Sep2017,ProgrammingLanguage,Ratings,Change\n1,1,A,17.4%,+4.7%\n9,-,B,2.0%,+2.0%\n",
        );
        assert_eq!(rows(&dataset), ["A/Ratings = 17.4", "B/Ratings = 2"]);
    }

    #[test]
    fn postings_by_sector_compare_the_sectors() {
        let header = "date,jobcountry,indeed_job_postings_index,variable,display_name";
        let text = format!(
            "{header}\n2020-02-01,DE,100,total postings,Law\n2020-02-02,DE,99,total postings,Law\n\
            2020-02-01,DE,100,new postings,Law\n2020-02-02,DE,98,new postings,Law\n\
            2020-02-01,DE,100,total postings,Care\n2020-02-02,DE,97,total postings,Care\n"
        );
        let dataset = quiet(&text);
        assert_eq!(
            (dataset.subjects.as_slice(), dataset.groups.len()),
            (&["Law".to_owned(), "Care".into()][..], 2)
        );
        assert_eq!(dataset.facts.format.name, "indeed-hiring-lab");
        let dataset = quiet(
            "date,state,indeed_job_postings_index\n2020-02-01,AL,100\n2020-02-01,AK,100\n2020-02-02,AL,99\n",
        );
        assert_eq!((dataset.facts.format.name, dataset.subjects.len()), ("indeed-hiring-lab", 2));
    }

    #[test]
    fn the_type_of_a_thing_is_not_the_thing() {
        let dataset = quiet(
            "pushers,language,language_type,year,quarter\n9,HTML,markup,2020,1\n8,CSS,markup,2020,1\n7,C,programming,2020,1\n9,HTML,markup,2020,2\n",
        );
        assert_eq!(dataset.subjects, ["HTML", "CSS", "C"]);
    }
}

mod forms {
    use super::*;

    #[test]
    fn months_have_names_in_the_languages_of_exports() {
        for (first, second) in [
            ("Januar 2020", "März 2020"),
            ("janv. 2020", "mars 2020"),
            ("1 de enero de 2020", "1 de marzo de 2020"),
            ("jan/20", "março/20"),
            ("gen-20", "mar-20"),
            ("янв 2020", "март 2020"),
            ("2020年1月", "2020年3月"),
            ("2020년 1월", "2020년 3월"),
            ("2020. 1. 1.", "2020. 3. 1."),
            ("2020M01", "2020M03"),
            ("01.2020", "03.2020"),
            ("\"January, 2020\"", "\"March, 2020\""),
            ("Jan '20", "Mar '20"),
        ] {
            let dataset = quiet(&format!("month,Alpha\n{first},1\n{second},2\n"));
            let expected = ["2020-01-01 Alpha/value = 1", "2020-03-01 Alpha/value = 2"];
            assert_eq!(rows(&dataset), expected, "{first}");
        }
    }

    #[test]
    fn a_date_in_no_known_form_is_a_fault_wherever_it_stands() {
        let expected = "\
error[not-a-date]: expected a date, found \"Janwar 2020\"
 --> kept.csv:2:1 (column `date`)
  |
2 | Janwar 2020,1
  | ^^^^^^^^^^^
hint: write dates as 2020-01-31, or leave the row out with `leave_out` (`--leave-out`)
";
        assert_eq!(refused("date,Alpha\nJanwar 2020,1\n2020-02,2\n2020-03,3\n"), expected);
        let expected = "\
error[date-without-year]: expected a date with its year, found \"20-Jan\"
 --> kept.csv:2:1 (column `date`)
  |
2 | 20-Jan,1,2
  | ^^^^^^
hint: write dates as 2020-01-31 and months as 2020-01
hint: in a spreadsheet, format the column as yyyy-mm-dd and save it again
";
        assert_eq!(refused("date,Alpha,Beta\n20-Jan,1,2\n20-Feb,3,4\n"), expected);
        assert_eq!(quiet("tag,count\nd3,1\nc++11,2\n").subjects, ["d3", "c++11"]);
    }

    #[test]
    fn weeks_may_stand_before_their_year() {
        for (first, second) in
            [("W01-2020", "W02-2020"), ("Week 1, 2020", "Week 2, 2020"), ("KW 1/2020", "KW 2/2020")]
        {
            let dataset = quiet(&format!("week,Alpha\n\"{first}\",1\n\"{second}\",2\n"));
            assert_eq!(rows(&dataset)[1], "2020-01-06 Alpha/value = 2", "{first}");
        }
    }

    #[test]
    fn dates_of_a_header_are_read_alike() {
        let text = "Name,01.01.2020,01.02.2020,13.02.2020\nA,1,2,3\nB,4,5,6\n";
        assert_eq!(rows(&quiet(text))[1..3], ["2020-02-01 A/value = 2", "2020-02-13 A/value = 3"]);
        let dataset = quiet("Rank,Name,2019,2020\n1,A,5,6\n2,B,7,8\n");
        assert_eq!(rows(&dataset)[1], "2020-01-01 A/value = 6");
    }

    #[test]
    fn dates_that_repeat_are_those_of_counting_wherever_they_stand() {
        let text = "framework,portal,listings,collected\nA,X,1,2020-01-01\nB,X,2,2020-01-01\nA,X,3,2020-02-01\nB,X,4,2020-02-01\n";
        assert_eq!(rows(&quiet(text))[2], "2020-02-01 A/listings = 3");
        let text = "list,repo_name,stars,pushed\nX,A,1,2020-01-01\nX,B,2,2020-02-01\nY,A,1,2020-01-01\nY,B,2,2020-02-01\n";
        assert_eq!(rows(&quiet(text))[2], "A/stars/Y = 1");
    }

    #[test]
    fn commas_in_a_tabbed_table_separate_thousands() {
        let (dataset, warnings) = told("kept.tsv", "name\tcount\nA\t1,234\nB\t2,345\n");
        assert_eq!(rows(&dataset)[1], "B/count = 2345");
        let message =
            "every comma in column `count` could be decimal; they were read as separating thousands";
        assert_eq!(warnings, [message]);
    }

    #[test]
    fn seasons_of_two_years_are_no_weeks() {
        let (dataset, warnings) = told("kept.csv", "year,n\n2010-11,1\n2011-12,2\n2012-13,3\n");
        assert_eq!(rows(&dataset)[2], "2012-01-01 kept/n = 3");
        let expected =
            "the fiscal years of column `year` were read as calendar years: \"2010-11\" begins at 2010-01-01";
        assert_eq!(warnings, [expected]);
    }

    #[test]
    fn one_column_may_prove_the_thousands_of_another() {
        let (dataset, _) =
            told("f.csv", "month;a;b\n2024-01;1.234;2.500\n2024-02;1.334;987\n2024-03;1.434;1.001\n");
        assert_eq!(rows(&dataset)[0], "2024-01-01 a/value = 1234");
        assert_eq!(rows(&dataset)[1], "2024-01-01 b/value = 2500");
    }

    #[test]
    fn whole_numbers_among_them_make_commas_separators_of_thousands() {
        let dataset = quiet("name\tcount\nA\t1,234\nB\t987\n");
        assert_eq!(rows(&dataset), ["A/count = 1234", "B/count = 987"]);
        let note =
            "Read the commas of column `count` as separators of thousands, as no number below 1000 has one.";
        assert_eq!(dataset.facts.notes, [note]);
        assert_eq!(rows(&quiet("name;count\nA;1.234\nB;987\n"))[0], "A/count = 1234");
    }
}

mod damage {
    use super::*;

    #[test]
    fn one_slip_makes_no_weeks_of_months() {
        let text = |header: &str| {
            format!("{header},Alpha\n2020-01,1\n2020-02,2\n2020-15,3\n2020-04,4\n2020-05,5\n2020-06,6\n")
        };
        for header in ["Month", "date"] {
            let expected = format!(
                "error[not-a-date]: expected a date, found \"2020-15\"\n  --> kept.csv:4:1 (column `{header}`)\n\
                hint: write dates as 2020-01-31, or leave the row out with `leave_out` (`--leave-out`)\n"
            );
            assert_eq!(without_lines(&refused(&text(header))), expected);
        }
        assert_eq!(
            quiet_but(&text("week")),
            ["the rows are not in order of time: 2020-01-20 after 2020-04-06"]
        );
    }

    fn quiet_but(text: &str) -> Vec<String> {
        told("kept.csv", text).1
    }

    #[test]
    fn several_columns_of_per_cent_are_one_warning() {
        let text = "Keyword,Alpha,Beta,Alpha %,Beta %\nA,9,8,50%,40%\nB,7,6,5%,4%\n";
        let (dataset, warnings) = told("kept.csv", text);
        assert_eq!(dataset.groups, ["Alpha", "Beta"]);
        assert_eq!(
            dataset.facts.notes,
            ["Took the columns of numbers as groups of one measure: `Alpha`, `Beta`."]
        );
        let message = "left out columns `Alpha %`, `Beta %`: they hold per cent, other columns hold counts";
        assert_eq!(warnings, [message]);
    }

    #[test]
    fn a_row_of_units_is_no_header() {
        let dataset = quiet("Month,Alpha,Beta\n(month),(%),(%)\n2020-01,1,2\n2020-02,3,4\n");
        assert_eq!(dataset.subjects, ["Alpha", "Beta"]);
        assert_eq!((dataset.facts.header_line, dataset.facts.preamble_lines), (Some(1), 0));
        assert_eq!(dataset.facts.notes, ["Skipped line 2 below the header: \"(%)\"."]);
    }

    #[test]
    fn names_that_only_capitals_tell_apart_are_told() {
        let text = "date,framework,n\n2020-01-01,Alpha,1\n2020-02-01,alpha,2\n";
        assert_eq!(quiet_but(text), ["\"Alpha\" and \"alpha\" were read as two subjects"]);
    }

    #[test]
    fn years_may_have_the_letter_of_a_data_frame() {
        assert_eq!(rows(&quiet("language,X2018,X2019\nA,1,2\nB,3,4\n"))[1], "2019-01-01 A/value = 2");
    }
}
