//! Dates in what authors write: `YYYY-MM-DD` and nothing else.

use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, Error};

/// The day that `text` names as `YYYY-MM-DD`; `None` for any other form and for a day that no
/// calendar has, such as 30 February.
pub fn parse_date(text: &str) -> Option<Date> {
    has_form_of_date(text).then(|| text.parse().ok()).flatten()
}

/// Whether a text is written as `YYYY-MM-DD`, whether the calendar has that day or not.
pub fn has_form_of_date(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// For the date fields of types that [`super::decode`] makes:
///
/// ```ignore
/// #[serde(default, deserialize_with = "crate::yaml::date")]
/// #[schemars(with = "Option<String>", extend("format" = "date"))]
/// date: Option<jiff::civil::Date>,
/// ```
pub fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let day = parse_date(&text);
    day.map(Some).ok_or_else(|| D::Error::custom(format!("`{text}` is not a date of the form YYYY-MM-DD")))
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn only_days_of_the_calendar_in_the_one_form_are_dates() {
        assert_eq!(parse_date("2012-02-29").map(|day| day.to_string()).as_deref(), Some("2012-02-29"));
        for text in ["2013-02-29", "2012-13-01", "2012-00-01", "2012-1-1", "20120101", "2012-01-01T10:00", ""]
        {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
