//! The filters that templates have besides Tera's own. Each is a function of its input and of the
//! strings it is given: no clock, no files, no network.

use jiff::civil::Date;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Registers the filters. `strings` are the theme's: components see none but their own arguments, so
/// a filter can't look them up when it runs.
pub(super) fn register(tera: &mut Tera, strings: &Value) {
    let months = strings.get_from_path("months").and_then(Value::as_array).unwrap_or_default();
    let months: Vec<String> = months.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    tera.register_filter("date", move |text: &str, _: Kwargs, _: &State| date(text, &months));
    tera.register_filter("thousands", thousands);
}

/// `"2012-12-20" | date` gives `20 December 2012`, with the months of the theme's strings
/// (`t.months`). What is no date stays as it is.
fn date(text: &str, months: &[String]) -> TeraResult<String> {
    let Ok(day) = text.parse::<Date>() else { return Ok(text.to_owned()) };
    let month = usize::try_from(day.month() - 1).ok().and_then(|month| months.get(month));
    let month = month
        .ok_or_else(|| Error::message("the theme's strings have no `months`, a list of twelve names"))?;
    Ok(format!("{} {month} {}", day.day(), day.year()))
}

/// `1234567 | thousands` gives `1,234,567`.
fn thousands(number: i64, _: Kwargs, _: &State) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number < 0 { format!("-{grouped}") } else { grouped }
}
