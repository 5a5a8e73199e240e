//! Rows with the names of their columns: for people, for spreadsheets, for programs.

/// A list that the desk shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns' names.
    pub columns: Vec<&'static str>,
    /// The rows, each with a text for every column.
    pub rows: Vec<Vec<String>>,
}

/// How long a text of several words is shown, in characters.
const WIDEST: usize = 48;

/// What begins a formula in a spreadsheet; some take the wide forms for the others.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

impl Table {
    /// A table without rows.
    pub fn new(columns: &[&'static str]) -> Table {
        Table { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Lines with the columns below one another; the first is of their names. A text that is long is cut.
    pub fn lines(&self) -> Vec<String> {
        let head: Vec<String> = self.columns.iter().map(|&name| name.to_owned()).collect();
        let shown: Vec<Vec<String>> = std::iter::once(&head)
            .chain(&self.rows)
            .map(|row| row.iter().map(|text| cut(text)).collect())
            .collect();
        let wide = |text: &String| text.chars().count();
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|at| shown.iter().filter_map(|row| row.get(at).map(wide)).max().unwrap_or(0))
            .collect();
        let line = |row: &Vec<String>| {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(text, width)| format!("{text}{}", " ".repeat(width.saturating_sub(wide(text)))));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        shown.iter().map(line).collect()
    }

    /// The table as CSV (RFC 4180), its lines without their ends. A text that a spreadsheet would take for a
    /// formula begins with an apostrophe.
    pub fn csv(&self) -> Vec<String> {
        let cell = |text: &str| {
            let guarded = match text.starts_with(FORMULA) {
                true => format!("'{text}"),
                false => text.to_owned(),
            };
            match guarded.contains([',', '"', '\n', '\r']) {
                true => format!("\"{}\"", guarded.replace('"', "\"\"")),
                false => guarded,
            }
        };
        let row = |row: &[String]| row.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",");
        let head = self.columns.join(",");
        std::iter::once(head).chain(self.rows.iter().map(|cells| row(cells))).collect()
    }

    /// A JSON object for each row, on a line.
    pub fn json(&self) -> Vec<String> {
        let object = |row: &Vec<String>| {
            let pairs =
                self.columns.iter().zip(row).map(|(name, text)| ((*name).to_owned(), text.clone().into()));
            serde_json::Value::Object(pairs.collect()).to_string()
        };
        self.rows.iter().map(object).collect()
    }
}

fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A name or a place is of use only whole.
    match line.contains(' ') && line.chars().count() > WIDEST {
        true => line.chars().take(WIDEST - 1).chain(['…']).collect(),
        false => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_in_its_cell() {
        let mut table = Table::new(&["a", "b"]);
        table.rows.push(vec!["one, \"two\"".into(), "=1+1".into()]);
        table.rows.push(vec!["é".into(), "x ".repeat(40)]);
        assert_eq!(table.csv()[..2], ["a,b", "\"one, \"\"two\"\"\",'=1+1"]);
        assert_eq!(table.json()[0], r#"{"a":"one, \"two\"","b":"=1+1"}"#);
        let lines = table.lines();
        assert_eq!(lines[1], "one, \"two\"  =1+1");
        assert!(lines[2].starts_with("é           x x") && lines[2].ends_with('…'), "{lines:?}");
    }
}
