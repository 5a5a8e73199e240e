//! `rapporteur explain`: what a message means.

use super::arguments::Explain;
use super::{Ending, Failure, Outcome, print};
use crate::diagnostics;
use crate::text::nearest;

/// Prints the documentation of a code, or the list of codes.
pub fn run(options: &Explain) -> Outcome {
    let codes = diagnostics::list();
    match &options.code {
        None => {
            for code in &codes {
                let first =
                    diagnostics::explain(code).and_then(|text| text.lines().next().map(str::to_owned));
                print::line(&format!("{code:24} {}", first.unwrap_or_default()));
            }
        }
        Some(code) => match diagnostics::explain(code) {
            Some(text) => print::line(&format!("{code}\n\n{text}")),
            None => {
                let help = match nearest(code, codes.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`rapporteur explain` lists the codes".to_owned(),
                };
                return Err(Failure(format!("there is no code `{code}`; {help}")));
            }
        },
    }
    Ok(Ending::Fine)
}
