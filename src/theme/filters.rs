//! The filters that templates have besides Tera's own. Each is a function of its input and of the
//! strings it is given: no clock, no files, no network.

use jiff::civil::Date;
use tera::{Error, Kwargs, State, TeraResult, Tera, Value};

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
    tera.register_filter("thousands", thousands);
}

/// `"2012-12-20" | date` gives `20 December 2012`, with the months of the theme's strings
/// (`t.months`). What is no date stays as it is.
fn date(text: &str, _: Kwargs, state: &State) -> TeraResult<Value> {
    let Ok(day) = text.parse::<Date>() else { return Ok(Value::from(text)) };
    let strings = state.get::<Value>("t")?;
    let months = strings.as_ref().and_then(|strings| strings.get_from_path("months"));
    let month = months.and_then(Value::as_array).and_then(|months| months.get(day.month() as usize - 1)).and_then(Value::as_str);
    let month = month.ok_or_else(|| Error::message("the theme's strings have no `months`, a list of twelve names"))?;
    Ok(Value::from(format!("{} {month} {}", day.day(), day.year()).as_str()))
}

/// `1234567 | thousands` gives `1,234,567`.
fn thousands(number: i64, _: Kwargs, _: &State) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number < 0 { format!("-{grouped}") } else { grouped }
}
