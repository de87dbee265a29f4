//! Dates as HTTP and Unix write them, turned into the form of the `time` field.

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `Wed, 11 May 2022 09:00:00 GMT` to `2022-05-11T09:00:00Z`; the blank after the comma may be missing.
pub(super) fn iso_of_http(date: &str) -> Option<String> {
    let (_, rest) = date.split_once(',')?;
    let mut words = rest.split_whitespace();
    let day: u32 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year: u32 = words.next()?.parse().ok()?;
    let clock = words.next()?;
    (words.next()? == "GMT").then(|| format!("{year:04}-{month:02}-{day:02}T{clock}Z"))
}

/// Unix seconds to `2022-05-11T09:15:00Z`.
pub(super) fn iso_of_unix(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days to civil date over 400-year eras that begin on 1 March.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::{iso_of_http, iso_of_unix};

    #[test]
    fn an_http_date_becomes_an_iso_time_with_or_without_the_blank() {
        for date in [
            "Wed, 11 May 2022 09:00:00 GMT",
            "Wed,11 May 2022 09:00:00 GMT",
        ] {
            assert_eq!(iso_of_http(date).as_deref(), Some("2022-05-11T09:00:00Z"));
        }
        assert_eq!(iso_of_http("2022-05-11T09:00:00Z"), None);
    }

    #[test]
    fn unix_seconds_become_an_iso_time() {
        assert_eq!(iso_of_unix(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso_of_unix(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(iso_of_unix(1_652_260_500), "2022-05-11T09:15:00Z");
    }
}
