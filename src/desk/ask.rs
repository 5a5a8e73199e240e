//! A question to whoever sits at the terminal.

use std::io::{self, BufRead, Write};

/// How a question ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Answered {
    /// With these words, or with the default.
    With(String),
    /// Nobody answers any more.
    NotAtAll,
}

/// Asks until the answer will do. An empty answer is the default. `wrong` says what is wrong with an answer.
///
/// # Errors
/// The machine's.
pub fn ask(
    (input, output): (&mut dyn BufRead, &mut dyn Write),
    question: &str,
    default: &str,
    wrong: &dyn Fn(&str) -> Option<String>,
) -> io::Result<Answered> {
    loop {
        let shown = if default.is_empty() { String::new() } else { format!(" [{default}]") };
        write!(output, "{question}{shown}: ")?;
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            writeln!(output)?;
            return Ok(Answered::NotAtAll);
        }
        let answer = match line.trim() {
            "" => default,
            answer => answer,
        };
        match wrong(answer) {
            None => return Ok(Answered::With(answer.to_owned())),
            Some(why) => writeln!(output, "  {why}")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> (Answered, String) {
        let (mut input, mut output) = (typed.as_bytes(), Vec::new());
        let wrong = |answer: &str| (answer == "bad").then(|| "not that one".to_owned());
        let answered = ask((&mut input, &mut output), "Name", "Ann", &wrong).unwrap();
        (answered, String::from_utf8(output).unwrap())
    }

    #[test]
    fn an_empty_answer_is_the_default_and_a_bad_one_is_asked_again() {
        assert_eq!(asked("\n").0, Answered::With("Ann".into()));
        let (answered, shown) = asked("bad\n Bo \n");
        assert_eq!(answered, Answered::With("Bo".into()));
        assert_eq!(shown, "Name [Ann]:   not that one\nName [Ann]: ");
        assert_eq!(asked("").0, Answered::NotAtAll, "the end of the input is no answer");
    }
}
