//! Every dependency has a licence, a source and a name that `deny.toml` accepts.

mod common;

use serde::Deserialize;
use std::process::Command;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    license: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Deny {
    licenses: Licences,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

fn deny() -> Deny {
    toml::from_str(&common::text(&common::root().join("deny.toml"))).expect("deny.toml is TOML")
}

/// What Cargo.lock resolves to on this platform, whose packages are here since these tests were built.
fn packages() -> Vec<Package> {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(rustc.stdout).expect("rustc writes text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host]);
    let done = cargo.current_dir(common::root()).output().expect("cargo runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let metadata: Metadata = serde_json::from_slice(&done.stdout).expect("cargo writes JSON");
    metadata.packages
}

/// Whether `expression` (SPDX 2.3, annex D) can be met by the licences that `allowed` accepts.
fn is_met(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let expression = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut tokens = expression.split_whitespace().peekable();
    let met = either(&mut tokens, allowed);
    assert!(tokens.next().is_none(), "not an SPDX expression: {expression}");
    met
}

type Tokens<'t, 'e> = &'t mut std::iter::Peekable<std::str::SplitWhitespace<'e>>;

fn either(tokens: Tokens<'_, '_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = both(tokens, allowed);
    while tokens.next_if_eq(&"OR").is_some() {
        met |= both(tokens, allowed);
    }
    met
}

fn both(tokens: Tokens<'_, '_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = one(tokens, allowed);
    while tokens.next_if_eq(&"AND").is_some() {
        met &= one(tokens, allowed);
    }
    met
}

fn one(tokens: Tokens<'_, '_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    if tokens.next_if_eq(&"(").is_some() {
        let met = either(tokens, allowed);
        assert_eq!(tokens.next(), Some(")"), "a group is not closed");
        return met;
    }
    let licence = tokens.next().unwrap_or_default();
    match tokens.next_if_eq(&"WITH").and_then(|_| tokens.next()) {
        Some(exception) => allowed(&format!("{licence} WITH {exception}")),
        None => allowed(licence),
    }
}

#[test]
fn an_expression_is_met_by_what_it_says() {
    let allowed = |licence: &str| ["MIT", "MPL-2.0"].contains(&licence);
    for met in ["MIT", "GPL-3.0 OR MIT", "Unlicense/MIT", "(Apache-2.0 OR MIT) AND MPL-2.0"] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for not in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND BSD-3-Clause", "MIT WITH exception", ""] {
        assert!(!is_met(not, &allowed), "{not}");
    }
}

#[test]
fn licences_are_accepted_and_every_acceptance_is_needed() {
    let allow = deny().licenses.allow;
    let packages = packages();
    for package in &packages {
        let licence = package.license.as_deref().unwrap_or_default();
        assert!(is_met(licence, &|l| allow.iter().any(|a| a == l)), "{}: {licence:?}", package.name);
    }
    for licence in &allow {
        let needed = packages.iter().any(|package| package.license.as_deref().unwrap_or_default().contains(&**licence));
        assert!(needed, "no dependency needs {licence}");
    }
}

#[test]
fn nothing_unwanted_comes_in_and_all_of_it_from_the_registry() {
    let bans = deny().bans.deny;
    let packages = packages();
    assert!(packages.len() > 20, "only {} packages were read", packages.len());
    for package in packages {
        let ban = bans.iter().find(|ban| ban.name == package.name);
        assert!(ban.is_none(), "{}: {}", package.name, ban.map_or("", |ban| &ban.reason));
        let registry = package.source.as_deref().is_none_or(|source| source.starts_with("registry+"));
        assert!(registry, "{} comes from {:?}", package.name, package.source);
    }
}
