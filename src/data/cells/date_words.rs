//! Words above columns of dates, in the languages exports come in. It must not know what such a column holds.

/// What columns are called whose bare numbers may be dates, a line for some languages each.
const DATE_WORDS: [&str; 13] = [
    "date time timestamp datetime ts utc epoch unix unixtime yearmonth day days week weeks month",
    "months quarter quarters half year years fiscal fy period ds",
    "datum tag woche monat quartal halbjahr jahr geschäftsjahr zeit zeitraum zeitpunkt",
    "jour semaine mois trimestre semestre année annee période periode temps",
    "fecha día dia semana mes año ano período periodo",
    "data mês giorno settimana mese anno dag maand kwartaal jaar vecka månad år dato uge uke måned",
    "päivä päivämäärä pvm viikko kuukausi vuosi",
    "dzień tydzień miesiąc rok kwartał okres týden měsíc deň týždeň mesiac dátum hét hónap év nap",
    "tarih gün hafta ay yıl săptămâna luna lună anul",
    "год дата день неделя месяц квартал время период тиждень місяць рік ημερομηνία έτος μήνας",
    "εβδομάδα ημέρα",
    "tanggal minggu bulan tahun waktu ngày tuần tháng năm",
    "年 月 週 日 日期 日付 时间 時間 周 月份 年份 年度 季度 星期 날짜 일자 년 연도 월 주 시간",
];

/// Whether a header names a date.
pub(crate) fn is_date_word(header: &str) -> bool {
    let lower = header.to_lowercase();
    let is_known = |word: &str| DATE_WORDS.iter().any(|line| line.split(' ').any(|known| known == word));
    lower.split(|c: char| !c.is_alphabetic()).any(|word| !word.is_empty() && is_known(word))
        || lower.ends_with("_at")
        || lower.starts_with("time_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_name_dates() {
        for header in ["Week", "time_iso8601", "created_at", "月", "Año", "start date"] {
            assert!(is_date_word(header), "{header}");
        }
        for header in ["stars", "Update", "monthly", "TagName"] {
            assert!(!is_date_word(header), "{header}");
        }
    }
}
