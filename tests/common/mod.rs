//! The files of this project that tests read.

// Each test file is a crate of its own and uses a part of this.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use tonelint::collection::Collection;
use tonelint::config::Config;
use tonelint::message::{Kind, Message};

/// Root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files under `folder` (from the root on) whose extension is one of `extensions`, in order.
pub fn files(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is part of the project") {
            let path = entry.expect("it can be listed").path();
            let wanted = path.extension().is_some_and(|e| extensions.iter().any(|wanted| e == *wanted));
            if path.is_dir() {
                folders.push(path);
            } else if wanted {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Reads the file at `path` as text.
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every fixture: its path from the root on, its bytes and the message it is.
pub fn fixtures() -> Vec<(String, Vec<u8>, Message)> {
    let paths = files("fixtures", &["eml", "txt", "html", "mjml"]).into_iter().chain(files("fixtures", &["md"]));
    let documents = paths.filter(|path| !path.ends_with("fixtures/README.md"));
    let read = |path: PathBuf| {
        let raw = fs::read(&path).expect("a fixture can be read");
        let shown = path.strip_prefix(root()).expect("it lies in the project").display().to_string();
        let message = Message::read(&raw, Kind::of(&path, &raw)).unwrap_or_else(|error| panic!("{shown}: {error}"));
        (shown, raw, message)
    };
    documents.map(read).collect()
}

/// Every fixture that holds many replies: its path from the root on, its bytes, and what it holds.
pub fn collections() -> Vec<(String, Vec<u8>, Collection)> {
    let paths = files("fixtures/collections", &["json", "yml", "csv", "po", "properties", "ftl"]);
    let read = |path: PathBuf| {
        let raw = fs::read(&path).expect("a fixture can be read");
        let shown = path.strip_prefix(root()).expect("it lies in the project").display().to_string();
        let config = Config::load(path.parent().expect("it lies in a folder"), None).expect("it can stand");
        let Kind::Collection(format) = Kind::of(&path, &raw) else { panic!("{shown}: one message") };
        let choice = config.collection(&path).map(|named| &named.choice);
        let collection = Collection::open(&path, &raw, format, choice);
        (shown.clone(), raw, collection.unwrap_or_else(|error| panic!("{shown}: {error}")))
    };
    paths.into_iter().map(read).collect()
}
