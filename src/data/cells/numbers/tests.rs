//! Numbers as people write them, and what is none.

use super::*;

fn point(cell: &str) -> Option<f64> {
    match parse(cell, Decimal::Point) {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}

#[test]
fn digits_of_one_kind_say_the_same() {
    let mut known = [None; 8];
    for cell in (0..1100).flat_map(|n| ["", ".5", ".25", ".125", ".0625"].map(|rest| format!("{n}{rest}"))) {
        let (digits, _) = digits::within(cell.as_bytes(), 0, cell.len(), b'.').unwrap();
        for negative in [false, true] {
            let evidence = Evidence::of_digits(digits, negative, Decimal::Point);
            let kind = &mut known[usize::from(digits.kind(negative))];
            assert_eq!(*kind.get_or_insert(evidence), evidence, "{cell}");
        }
    }
}

#[test]
fn numbers_as_people_write_them() {
    for (cell, number) in [
        ("0", 0.0),
        ("196576", 196_576.0),
        ("2.31409256370255", 2.314_092_563_702_55),
        ("6,347", 6347.0),
        ("1,234,567.5", 1_234_567.5),
        ("12,34,567", 1_234_567.0),
        ("~1,200", 1200.0),
        ("18.201%  (+0.000%)", 18.201),
        ("12,000+ results", 12_000.0),
        ("1,234 USD", 1234.0),
        ("1.234,5", 1234.5),
        ("1.234.567", 1_234_567.0),
        ("1\u{a0}234", 1234.0),
        ("1'234'567", 1_234_567.0),
        ("12.3k", 12_300.0),
        ("500K+", 500_000.0),
        ("1.2M", 1_200_000.0),
        ("12,000+", 12_000.0),
        ("74%", 74.0),
        ("70\u{a0}%", 70.0),
        ("+2.39", 2.39),
        ("\u{2212}3", -3.0),
        ("-2", -2.0),
        ("$1,234", 1234.0),
        ("(20)", -20.0),
        ("(1,234.5)", -1234.5),
        ("($5)", -5.0),
        ("$(5)", -5.0),
        ("€ (1 234)", -1234.0),
        ("(5%)", -5.0),
        ("(5)%", -5.0),
        ("(1.5k)", -1500.0),
        ("( 7 )", -7.0),
        ("(0)", 0.0),
        ("5-", -5.0),
        ("1,234.50-", -1234.5),
        ("12−", -12.0),
        ("5.5- €", -5.5),
        ("5.5 €-", -5.5),
        ("–5", -5.0),
        ("-$5", -5.0),
        ("16462.0", 16462.0),
        ("1.2e-8", 1.2e-8),
        ("1e-05", 1e-5),
        ("9.99e29", 9.99e29),
        (".5", 0.5),
        ("%70", 70.0),
        ("500 mil+", 500_000.0),
        ("50万+", 500_000.0),
        ("9007199254740993", 9_007_199_254_740_992.0),
    ] {
        assert_eq!(point(cell), Some(number), "{cell}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for cell in [
        "26 (est.)",
        "5 ()",
        "(3",
        "3)",
        "(-3)",
        "-(3)-",
        "-3-",
        "(3) (4)",
        "(a)",
        "()",
        "5--",
        "abc",
        "1,23",
        "1,23,45",
        "1,234,56",
        "123,45,678",
        "results",
        "~",
        "1,2345",
        "1.2.3",
        "12 34",
        "1e999",
        "1e30",
        "-1e30",
        "inf",
        "0x10",
        "5 apples",
        "%",
        "+",
        "<",
        "1-2",
        "12:30",
    ] {
        assert_eq!(parse(cell, Decimal::Point), None, "{cell}");
    }
}

#[test]
fn a_decimal_comma_is_the_columns_choice() {
    assert_eq!(parse("165,4", Decimal::Comma), Some(Value::Number(165.4)));
    assert_eq!(parse("0,73%", Decimal::Comma), Some(Value::Number(0.73)));
    assert_eq!(parse("1.234", Decimal::Comma), Some(Value::Number(1234.0)));
    assert_eq!(parse("12.5", Decimal::Comma), None);
    assert_eq!(parse("1,234", Decimal::Point), Some(Value::Number(1234.0)));
}

#[test]
fn below_one_has_a_form_in_every_language() {
    for cell in ["<1", "<%1", "< 1", "<\u{a0}1", "<1%", "<\u{a0}1\u{a0}%", "1 未満", "1 미만", "&lt;1"] {
        assert_eq!(parse(cell, Decimal::Point), Some(Value::Below(1.0)), "{cell}");
    }
    assert_eq!(parse("<0", Decimal::Point), None);
    assert!(["1e-05", "-$5", "<1", "1,5", "1.5"].iter().all(|cell| is_number(cell)));
    assert!(!["2020-01-05", "1/5/2020", "abc", "", "NA"].iter().any(|cell| is_number(cell)));
}

#[test]
fn evidence_tells_decimal_commas_from_thousands() {
    let decided = |cell| (Evidence::of(cell).comma, Evidence::of(cell).point);
    assert_eq!(decided("12,5"), (true, false));
    assert_eq!(decided("0,123"), (true, false));
    assert_eq!(decided("1.234,5"), (true, false));
    assert_eq!(decided("1.234.567"), (true, false));
    assert_eq!(decided("1,234.5"), (false, true));
    assert_eq!(decided("1,234,567"), (false, true));
    assert_eq!(decided("12.5"), (false, true));
    assert!(Evidence::of("1,234").open_comma && Evidence::of("1.234").open_point);
    assert_eq!(Evidence::of("1234"), Evidence { large: true, unmarked: true, ..Evidence::default() });
    assert_eq!(Evidence::of("123"), Evidence { small: true, unmarked: true, ..Evidence::default() });
    assert_eq!(Evidence::of(""), Evidence::default());
    let (rise, share) = (Evidence::of("+180%"), Evidence::of("80%"));
    assert!(rise.rise && rise.percent && share.percent && !share.rise);
}

#[test]
fn what_cannot_be_drawn_is_told_from_what_is_no_number() {
    for cell in ["inf", "-Infinity", "+INF", "∞", "−∞", "1e30", "1.7e30", "-1e999"] {
        assert!(is_endless(cell) && !is_number(cell), "{cell}");
    }
    assert!(!["info", "1e29", "", "x", "NaN"].iter().any(|cell| is_endless(cell)));
    assert!(["1O0", "12x", "(20", "1,23,45", "12 34"].iter().all(|cell| resembles(cell) && !is_number(cell)));
    assert!(!["1.2.3", "x12", "3 apples", "12:30", "1/2"].iter().any(|cell| resembles(cell)));
    assert!(["(20)", "5-", "-5", "(1,234)"].iter().all(|cell| is_number(cell)));
    assert_eq!((minus("(20)"), minus("5-")), (Some(Finding::Bracketed), Some(Finding::Trailing)));
    assert_eq!((minus("-5"), minus("x")), (None, None));
}
