//! Every package that the program is made from or tested with has a licence that `deny.toml` allows, by what the
//! package says of itself. `cargo deny check` looks further, where it can be had; this needs nothing but cargo.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The licences that `deny.toml` allows.
fn allowed() -> Vec<String> {
    let text = std::fs::read_to_string("deny.toml").expect("what is allowed");
    let list = text.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("a list");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met with what is allowed. Older packages write `/` for OR.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (met, rest) = either(&words, allowed);
    met && rest.is_empty()
}

fn either<'w>(words: &'w [&'w str], allowed: &[String]) -> (bool, &'w [&'w str]) {
    let (mut met, mut rest) = both(words, allowed);
    while let [word, more @ ..] = rest
        && word.eq_ignore_ascii_case("or")
    {
        let (other, left) = both(more, allowed);
        (met, rest) = (met || other, left);
    }
    (met, rest)
}

fn both<'w>(words: &'w [&'w str], allowed: &[String]) -> (bool, &'w [&'w str]) {
    let (mut met, mut rest) = one(words, allowed);
    while let [word, more @ ..] = rest
        && word.eq_ignore_ascii_case("and")
    {
        let (other, left) = one(more, allowed);
        (met, rest) = (met && other, left);
    }
    (met, rest)
}

fn one<'w>(words: &'w [&'w str], allowed: &[String]) -> (bool, &'w [&'w str]) {
    let is_allowed = |name: &str| allowed.iter().any(|known| known == name);
    match words {
        ["(", inside @ ..] => {
            let (met, rest) = either(inside, allowed);
            match rest {
                [")", rest @ ..] => (met, rest),
                _ => (false, rest),
            }
        }
        [name, with, exception, rest @ ..] if with.eq_ignore_ascii_case("with") => {
            (is_allowed(&format!("{name} WITH {exception}")), rest)
        }
        [name, rest @ ..] => (is_allowed(name), rest),
        [] => (false, words),
    }
}

/// What a package says of its licence: an expression, or a file in which the text of one stands.
fn expression(package: &Value) -> String {
    if let Some(expression) = package["license"].as_str() {
        return expression.to_owned();
    }
    let folder = package["manifest_path"].as_str().and_then(|path| Path::new(path).parent());
    let file = folder.zip(package["license_file"].as_str()).map(|(folder, file)| folder.join(file));
    let text = file.and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
    let head: String = text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
    let known = [("Apache License Version 2.0", "Apache-2.0"), ("MIT License", "MIT")];
    known
        .iter()
        .find(|(words, _)| head.contains(words))
        .map(|(_, name)| (*name).to_owned())
        .unwrap_or_default()
}

#[test]
fn every_package_has_a_licence_that_is_allowed() {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(rustc).arg("-vV").output().expect("the compiler runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("it says for what");
    // What other systems need may not be on this machine.
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host])
        .output()
        .expect("cargo runs");
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let allowed = allowed();
    assert!(packages.len() > 100 && allowed.len() > 5, "{} packages, {allowed:?}", packages.len());
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !is_met(&expression(package), &allowed))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert_eq!(refused, [""; 0]);
}

#[test]
fn an_expression_is_met_by_one_side_of_or_and_by_both_of_and() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT/GPL-2.0", true),
        ("GPL-2.0 OR MIT", true),
        ("GPL-2.0 AND MIT", false),
        ("MIT AND (ISC OR GPL-2.0)", true),
        ("(MIT OR GPL-2.0) AND GPL-3.0-only", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
        ("MIT ISC", false),
        ("(MIT", false),
        ("", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}
